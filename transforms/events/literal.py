"""Literal evidence: the very names, numbers and quoted words that two articles both print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from transforms import terms
from transforms.events.evidence import QUOTED_RUN, Evidence, Sets

NAME_LIMIT = 8
NUMBER_LIMIT = 4
QUOTE_LIMIT = 3


class Finder:
    """Looks up what pairs of articles share; the texts are read once."""

    def __init__(self, evidence: Evidence, quotations: pa.Table) -> None:
        self._evidence = evidence
        self._known: dict[str, int] = {}
        self._runs_of: dict[str, tuple[Sequence[tuple[int, int]], Sequence[str]]] = {}
        index = {article: i for i, article in enumerate(evidence.ids)}
        self._quotes: dict[int, list[str]] = {}
        for article, text in zip(
            quotations.column("article_id").to_pylist(),
            quotations.column("text").to_pylist(),
            strict=True,
        ):
            if article in index:
                self._quotes.setdefault(index[article], []).append(text)

    def shared(self, left: int, right: int, *, has_quotes: bool) -> tuple[str, ...]:
        """What both print, quoted words first, then names and numbers, the rarest first."""
        return (
            *(self._quoted(left, right) if has_quotes else ()),
            *self._names(left, right),
            *_rarest(self._evidence.numbers, left, right)[:NUMBER_LIMIT],
        )

    def _names(self, left: int, right: int) -> Sequence[str]:
        names = _rarest(self._evidence.names, left, right)
        surfaces = self._evidence.surfaces
        found = [_common(surfaces[left], surfaces[right], name) for name in names]
        return [f for f in dict.fromkeys(found) if f][:NAME_LIMIT]

    def _quoted(self, left: int, right: int) -> Sequence[str]:
        found = [
            phrase
            for mine, theirs in ((left, right), (right, left))
            for quote in self._quotes.get(mine, ())
            for phrase in self._phrases(quote, theirs)
        ]
        by_words: dict[str, str] = {}
        for phrase in sorted(set(found), key=lambda p: (-len(p), p)):
            words = " ".join(terms.tokens(phrase))
            if not any(words in longer for longer in by_words):
                by_words[words] = phrase
        return list(by_words.values())[:QUOTE_LIMIT]

    def _phrases(self, quote: str, other: int) -> Sequence[str]:
        spans, runs = self._read(quote)
        printed = self._evidence.runs
        codes = printed.codes[printed.starts[other] : printed.starts[other + 1]]
        there = {printed.labels[code] for code in codes.tolist()}
        return [
            quote[spans[first][0] : spans[last + QUOTED_RUN - 1][1]]
            for first, last in _runs([run in there for run in runs])
        ]

    def _read(self, quote: str) -> tuple[Sequence[tuple[int, int]], Sequence[str]]:
        """The spans of the words of a quotation, and its runs of words as evidence has them."""
        if quote not in self._runs_of:
            matches = [m for m in terms.TOKEN.finditer(quote) if m.group().lower() != "s"]
            stemmed = [terms.stem(m.group().lower()) for m in matches]
            hashes = terms.runs(terms.hashed(stemmed, self._known), QUOTED_RUN)
            runs = [str(run) for run in hashes.tolist()] if len(stemmed) >= QUOTED_RUN else []
            self._runs_of[quote] = [m.span() for m in matches], runs
        return self._runs_of[quote]


def _runs(hits: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of every unbroken run of true values."""
    edges = np.flatnonzero(np.diff([0, *hits, 0]))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _rarest(sets: Sets, left: int, right: int) -> list[str]:
    mine = sets.codes[sets.starts[left] : sets.starts[left + 1]]
    theirs = sets.codes[sets.starts[right] : sets.starts[right + 1]]
    both = np.intersect1d(mine, theirs, assume_unique=True).tolist()
    frequencies = sets.frequencies
    return [sets.labels[c] for c in sorted(both, key=lambda c: (frequencies[c], sets.labels[c]))]


def _common(
    left: Mapping[str, Sequence[str]], right: Mapping[str, Sequence[str]], name: str
) -> str | None:
    """The longest form both print; None where each has a form of its own."""
    theirs = set(right[name])
    return next((form for form in left[name] if form in theirs), None)
