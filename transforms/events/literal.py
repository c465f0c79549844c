"""Literal evidence: the very names, numbers and quoted words that two articles both print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pyarrow as pa

from transforms import terms
from transforms.events.evidence import Evidence
from transforms.events.sets import Sets
from transforms.events.wording import QUOTED_RUN

NAME_LIMIT = 8
NUMBER_LIMIT = 4
QUOTE_LIMIT = 3
# Printed with a capital, and in so many stories that they tell a reader nothing.
TELL_NOTHING = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december northern southern eastern western "
    "north south east west central mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep "
    "sept oct nov dec".split()
)


class Finder:
    """Looks up what pairs of articles share; every article is read once."""

    def __init__(self, evidence: Evidence, quotations: pa.Table) -> None:
        self._evidence = evidence
        self._known: dict[str, int] = {}
        self._runs_of: dict[str, tuple[Sequence[tuple[int, int]], Sequence[int]]] = {}
        self._quotes_of: dict[int, list[str]] = {}
        index = {article: i for i, article in enumerate(evidence.ids)}
        for article, text in zip(
            quotations.column("article_id").to_pylist(),
            quotations.column("text").to_pylist(),
            strict=True,
        ):
            if article in index:
                self._quotes_of.setdefault(index[article], []).append(text)

    def shared(self, left: int, right: int, *, has_quotes: bool) -> tuple[str, ...]:
        """What both print, quoted words first, then names and numbers, the rarest first."""
        return (
            *(self._quoted(left, right) if has_quotes else ()),
            *self._names(left, right),
            *self._numbers.shared(left, right, NUMBER_LIMIT),
        )

    @cached_property
    def _ranked(self) -> _Ranked:
        return _Ranked(self._evidence.names)

    @cached_property
    def _numbers(self) -> _Ranked:
        return _Ranked(self._evidence.numbers)

    @cached_property
    def _printed(self) -> _Ranked:
        return _Ranked(self._evidence.runs)

    def _names(self, left: int, right: int) -> Sequence[str]:
        mine, theirs = self._evidence.surfaces[left], self._evidence.surfaces[right]
        found: dict[str, None] = {}
        for name in self._ranked.shared(left, right):
            form = _common(mine[name], theirs[name])
            if form and form.lower() not in TELL_NOTHING:
                found[form] = None
                if len(found) == NAME_LIMIT:
                    break
        return list(found)

    def _quoted(self, left: int, right: int) -> Sequence[str]:
        found = {
            phrase
            for mine, theirs in ((left, right), (right, left))
            for quote in self._quotes_of.get(mine, ())
            for phrase in self._phrases(quote, theirs)
        }
        by_words: dict[str, str] = {}
        for phrase in sorted(found, key=lambda p: (-len(p), p)):
            words = " ".join(terms.tokens(phrase))
            if not any(words in longer for longer in by_words):
                by_words[words] = phrase
        return list(by_words.values())[:QUOTE_LIMIT]

    def _phrases(self, quote: str, other: int) -> Sequence[str]:
        spans, runs = self._read(quote)
        there = self._printed.labels(other)
        if there.isdisjoint(runs):
            return []
        return [
            quote[spans[first][0] : spans[last + QUOTED_RUN - 1][1]]
            for first, last in _runs([run in there for run in runs])
        ]

    def _read(self, quote: str) -> tuple[Sequence[tuple[int, int]], Sequence[int]]:
        """The spans of the words of a quotation, and its runs of words as evidence has them."""
        if quote not in self._runs_of:
            matches = [m for m in terms.TOKEN.finditer(quote) if m.group().lower() != "s"]
            stemmed = [terms.stem(m.group().lower()) for m in matches]
            hashes = terms.runs(terms.hashed(stemmed, self._known), QUOTED_RUN)
            runs = hashes.tolist() if len(stemmed) >= QUOTED_RUN else []
            self._runs_of[quote] = [m.span() for m in matches], runs
        return self._runs_of[quote]


class _Ranked:
    """The labels of each article, the rarest first; read when first asked for."""

    def __init__(self, sets: Sets) -> None:
        self._sets = sets
        self._ranked: dict[int, Sequence[Any]] = {}
        self._labels: dict[int, frozenset[Any]] = {}

    def shared(self, left: int, right: int, limit: int | None = None) -> Sequence[Any]:
        """What both have, the rarest first."""
        theirs = self.labels(right)
        return [label for label in self._rarest_first(left) if label in theirs][:limit]

    def labels(self, article: int) -> frozenset[Any]:
        """All that the article has."""
        if article not in self._labels:
            self._labels[article] = frozenset(self._sets.labels[c] for c in self._codes(article))
        return self._labels[article]

    def _rarest_first(self, article: int) -> Sequence[Any]:
        if article not in self._ranked:
            frequencies, labels = self._sets.frequencies, self._sets.labels
            codes = self._codes(article)
            order = sorted(codes, key=lambda c: (frequencies[c], labels[c]))
            self._ranked[article] = [labels[c] for c in order]
        return self._ranked[article]

    def _codes(self, article: int) -> list[int]:
        sets = self._sets
        codes: list[int] = sets.codes[sets.starts[article] : sets.starts[article + 1]].tolist()
        return codes


def _runs(hits: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of every unbroken run of true values."""
    found: list[tuple[int, int]] = []
    for i, hit in enumerate(hits):
        if hit and i and hits[i - 1]:
            found[-1] = found[-1][0], i
        elif hit:
            found.append((i, i))
    return found


def _common(mine: Sequence[str], theirs: Sequence[str]) -> str | None:
    """The longest form both print; None where each has a form of its own."""
    return next((form for form in mine if form in theirs), None)
