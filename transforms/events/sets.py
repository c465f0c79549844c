"""Sets: one sorted set of codes per article, in arrays, ready to be compared by the million."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms import ranges
from transforms.ranges import Ints

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
# Four million cells stay in the cache of a processor, or nearly.
TABLE_CELLS = 4_000_000
PART_PAIRS = 20_000


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


def totals(
    one: Sets,
    other: Sets,
    left: Ints,
    right: Ints,
    weigh: Callable[[Ints, Ints], Floats] | None = None,
) -> Floats:
    """For each pair (left[i], right[i]) the sum over the codes that both have, each 1 or weighed.

    `weigh` is given the entries of `one` and those of `other`.
    """
    total = np.zeros(len(left))
    for part, place, mine, theirs in shared(one, other, left, right):
        total[part] = np.bincount(place, weigh and weigh(mine, theirs), len(part))
    return total


def meetings(one: Sets, other: Sets, left: Ints, right: Ints) -> Ints:
    """For each entry of `one` in how many of the pairs the other has its code."""
    met = np.zeros(len(one.codes), np.int64)
    for _, _, mine, _ in shared(one, other, left, right):
        if len(mine):
            first = int(mine.min())
            found = np.bincount(mine - first)
            met[first : first + len(found)] += found
    return met


def shared(
    one: Sets, other: Sets, left: Ints, right: Ints
) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
    """In parts: some pairs, and for every code that both have the pair's place among these.

    Then the entry of `one` and that of `other`. A few articles of the left at a time are spread
    over a table of all codes, so that every entry of the right is one look-up.
    """
    pairs = np.argsort(left, kind="stable")
    rows = max(1, TABLE_CELLS // one.width)
    spanned = int(left[pairs[-1]] - left[pairs[0]]) + 1 if len(pairs) else 0
    table = np.full(min(rows, spanned) * one.width, -1, np.int32)
    first = 0
    while first < len(pairs):
        begin = int(left[pairs[first]])
        # A popular article meets thousands of others: bounded too.
        last = int(np.searchsorted(left, begin + rows, sorter=pairs))
        last = min(last, first + PART_PAIRS)
        part = pairs[first:last]
        end = int(left[part[-1]]) + 1
        entries = np.arange(one.starts[begin], one.starts[end])
        cells = (one.owners[entries] - begin) * one.width + one.codes[entries]
        table[cells] = np.arange(len(entries))
        sizes = other.sizes[right[part]]
        theirs = ranges.spread(other.starts[right[part]], sizes)
        row = np.repeat((left[part] - begin) * one.width, sizes)
        mine = table[row + other.codes[theirs]]
        table[cells] = -1
        hit = np.flatnonzero(mine >= 0)
        place = np.repeat(np.arange(len(part)), sizes)[hit]
        yield part, place, mine[hit] + one.starts[begin], theirs[hit]
        first = last
