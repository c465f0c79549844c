"""Sets: one sorted set of codes per article, in arrays, ready to be compared by the million."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from transforms.ranges import Ints


@dataclass(frozen=True)  # no slots: what is derived is kept beside the fields
class Sets:
    """One sorted set of codes per article: that of article i is codes[starts[i]:starts[i + 1]]."""

    starts: Ints
    codes: Ints
    labels: Sequence[Any]

    @cached_property
    def sizes(self) -> Ints:
        """How many codes each article has."""
        return np.diff(self.starts)

    @cached_property
    def owners(self) -> Ints:
        """The article of every entry."""
        return np.repeat(np.arange(len(self.starts) - 1), self.sizes)

    @cached_property
    def frequencies(self) -> Ints:
        """In how many articles each code stands."""
        return np.bincount(self.codes, minlength=len(self.labels))

    @cached_property
    def width(self) -> int:
        """The number of codes, at least 1."""
        return max(1, len(self.labels))

    @cached_property
    def keys(self) -> Ints:
        """Article and code of every entry as one number, rising."""
        return self.owners * self.width + self.codes

    def places(self, owners: Ints, codes: Ints) -> Ints:
        """The entry of each (article, code); -1 where the article has no such code."""
        keys = self.keys
        if not len(keys):
            return np.full(len(owners), -1, np.int64)
        wanted = owners * self.width + codes
        found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[found] == wanted, found, -1)


def coded(rows: Sequence[Iterable[str]], codes: Mapping[str, int] | None = None) -> Sets:
    """The sets of these labels, coded in their order or as given."""
    unique = [set(row) for row in rows]
    if codes is None:
        codes = {label: code for code, label in enumerate(sorted(set().union(*unique)))}
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in unique])
    flat = np.array([codes[label] for row in unique for label in row], np.int64)
    return of(owners, flat, len(rows), tuple(codes))


def of(owners: Ints, codes: Ints, count: int, labels: Sequence[Any]) -> Sets:
    """The sets of `count` articles from one owner and one code an entry, in any order."""
    width = max(1, len(labels))
    keys = np.sort(owners * width + codes)
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    starts = np.searchsorted(keys, np.arange(count + 1) * width)
    return Sets(np.asarray(starts, np.int64), keys % width, labels)
