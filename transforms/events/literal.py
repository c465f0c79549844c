"""Literal evidence: the very names, numbers and quoted words that two articles both print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from transforms import terms
from transforms.english import MONTHS, WEEKDAYS
from transforms.events import sets
from transforms.events.evidence import Evidence
from transforms.events.sets import Flags, Sets
from transforms.events.wording import QUOTED_RUN
from transforms.ranges import Ints

NAME_LIMIT = 8
NUMBER_LIMIT = 4
QUOTE_LIMIT = 3
# Printed with a capital, and in so many stories that they tell a reader nothing.
TELL_NOTHING = frozenset(
    [form for name in (*WEEKDAYS, *MONTHS) for form in (name, name[:3])]
    + "sept northern southern eastern western north south east west central".split()
)
NOTHING = -1


@dataclass(frozen=True, slots=True)
class _Spelt:
    """Every literal once, by number."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, literal: str) -> int:
        return self.numbers.setdefault(literal, len(self.numbers))


@dataclass(frozen=True, slots=True)
class _Told:
    """Literals by number, each with its pair; those of one pair stand together, in order."""

    pairs: Ints
    literals: Ints


def shared(
    evidence: Evidence, quotations: pa.Table, left: Ints, right: Ints, told: Flags
) -> pa.ListArray:
    """What both of each pair print: quoted words first, then names and numbers, rarest first.

    Nothing for pairs that are not to be told of.
    """
    chosen = np.flatnonzero(told)
    spelt = _Spelt()
    kinds = [
        _quotes(evidence, quotations, left[chosen], right[chosen], spelt),
        _names(evidence, left[chosen], right[chosen], spelt),
        _numbers(evidence, left[chosen], right[chosen], spelt),
    ]
    pairs = chosen[np.concatenate([k.pairs for k in kinds])]
    literals = np.concatenate([k.literals for k in kinds])
    order = np.argsort(pairs, kind="stable")
    ends = np.searchsorted(pairs[order], np.arange(len(left) + 1)).astype(np.int32)
    printed = pa.array(list(spelt.numbers), pa.string()).take(pa.array(literals[order]))
    return pa.ListArray.from_arrays(pa.array(ends), printed)


def _names(evidence: Evidence, left: Ints, right: Ints, spelt: _Spelt) -> _Told:
    """The names of both, as the longest form that both print."""
    names, forms = evidence.names, _Forms(evidence, spelt)
    ranks = _ranks(names)
    parts = []
    for part, place, mine, theirs in sets.shared(names, names, left, right):
        literals = forms.common(mine, theirs)
        kept = np.flatnonzero(literals != NOTHING)
        kept = kept[np.lexsort((ranks[names.codes[mine[kept]]], place[kept]))]
        pairs, literals = part[place[kept]], literals[kept]
        # Two names may be printed alike.
        _, first = np.unique(pairs * len(spelt.numbers) + literals, return_index=True)
        first.sort()
        parts.append(_few(pairs[first], literals[first], NAME_LIMIT))
    return _joined(parts)


class _Forms:
    """The printed forms of every entry of the names, by number."""

    def __init__(self, evidence: Evidence, spelt: _Spelt) -> None:
        names = evidence.names
        numbers: dict[tuple[str, ...], int] = {}
        of_entry = [
            numbers.setdefault(evidence.surfaces[article][names.labels[code]], len(numbers))
            for article, code in zip(names.owners.tolist(), names.codes.tolist(), strict=True)
        ]
        self._of_entry = np.array(of_entry, np.int64)
        self._forms = list(numbers)
        self._spelt = spelt
        longest = [self._literal(forms[0]) for forms in self._forms]
        self._longest = np.array(longest, np.int64)

    def common(self, mine: Ints, theirs: Ints) -> Ints:
        """The longest form that both entries print; none where each has a form of its own."""
        one, other = self._of_entry[mine], self._of_entry[theirs]
        literals = self._longest[one]
        unlike = np.flatnonzero(one != other)
        keys = one[unlike] * len(self._forms) + other[unlike]
        wanted, which = np.unique(keys, return_inverse=True)
        found = [self._both(*divmod(key, len(self._forms))) for key in wanted.tolist()]
        literals[unlike] = np.array(found, np.int64)[which]
        return literals

    def _both(self, one: int, other: int) -> int:
        theirs = self._forms[other]
        form = next((form for form in self._forms[one] if form in theirs), None)
        return NOTHING if form is None else self._literal(form)

    def _literal(self, form: str) -> int:
        return NOTHING if form.lower() in TELL_NOTHING else self._spelt.number(form)


def _numbers(evidence: Evidence, left: Ints, right: Ints, spelt: _Spelt) -> _Told:
    numbers = evidence.numbers
    ranks, literal_of = _ranks(numbers), [spelt.number(label) for label in numbers.labels]
    literals = np.array(literal_of, np.int64)
    parts = []
    for part, place, mine, _ in sets.shared(numbers, numbers, left, right):
        codes = numbers.codes[mine]
        order = np.lexsort((ranks[codes], place))
        parts.append(_few(part[place[order]], literals[codes[order]], NUMBER_LIMIT))
    return _joined(parts)


def _ranks(of: Sets) -> Ints:
    """The place of each code if the rarest come first; of equals the first label."""
    ranks = np.empty(len(of.labels), np.int64)
    ranks[np.argsort(of.frequencies, kind="stable")] = np.arange(len(of.labels))
    return ranks


def _few(pairs: Ints, literals: Ints, limit: int) -> _Told:
    """The first literals of each pair."""
    starts = np.flatnonzero(np.diff(pairs, prepend=-1))
    sizes = np.diff(np.append(starts, len(pairs)))
    kept = np.arange(len(pairs)) - np.repeat(starts, sizes) < limit
    return _Told(pairs[kept], literals[kept])


def _joined(parts: Sequence[_Told]) -> _Told:
    nothing = np.zeros(0, np.int64)
    return _Told(
        np.concatenate([nothing, *(p.pairs for p in parts)]),
        np.concatenate([nothing, *(p.literals for p in parts)]),
    )


def _quotes(
    evidence: Evidence, quotations: pa.Table, left: Ints, right: Ints, spelt: _Spelt
) -> _Told:
    """Words that one quotes and the other prints, the longest first."""
    quotes = _Quotes(evidence, quotations)
    found: dict[int, set[str]] = defaultdict(set)
    for mine, theirs in ((left, right), (right, left)):
        for pair, runs in _hits(evidence, mine, theirs):
            found[pair] |= quotes.phrases(int(mine[pair]), runs)
    told = [
        (pair, spelt.number(phrase))
        for pair in sorted(found)
        for phrase in quotes.best(found[pair])
    ]
    return _Told(*np.array(told, np.int64).reshape(-1, 2).T)


def _hits(evidence: Evidence, mine: Ints, theirs: Ints) -> Iterator[tuple[int, frozenset[int]]]:
    """The pairs of which one quotes what the other prints, with the runs of words that it is."""
    quoted = evidence.quoted
    for part, place, entries, _ in sets.shared(quoted, evidence.runs, mine, theirs):
        order = np.argsort(place, kind="stable")
        codes, places = quoted.codes[entries[order]].tolist(), place[order]
        starts = np.flatnonzero(np.diff(places, prepend=-1))
        ends = np.append(starts, len(places))[1:]
        pairs = part[places[starts]]
        for pair, start, end in zip(pairs.tolist(), starts.tolist(), ends.tolist(), strict=True):
            yield pair, frozenset(quoted.labels[code] for code in codes[start:end])


class _Quotes:
    """The quotations of every article, each read once."""

    def __init__(self, evidence: Evidence, quotations: pa.Table) -> None:
        self._hashes: dict[str, int] = {}
        self._read_quotes: dict[str, tuple[Sequence[tuple[int, int]], Sequence[int]]] = {}
        self._words_of: dict[str, str] = {}
        self._by_run: dict[int, Mapping[int, Sequence[str]]] = {}
        self._of: dict[int, list[str]] = defaultdict(list)
        index = {article: i for i, article in enumerate(evidence.ids)}
        columns = (quotations.column(c).to_pylist() for c in ("article_id", "text"))
        for article, text in zip(*columns, strict=True):
            if article in index:
                self._of[index[article]].append(text)

    def phrases(self, article: int, runs: frozenset[int]) -> set[str]:
        """The stretches of the article's quotations that are made of these runs of words."""
        by_run = self._runs(article)
        return {
            quote[spans[first][0] : spans[last + QUOTED_RUN - 1][1]]
            for quote in {q for run in runs for q in by_run.get(run, ())}
            for spans, of_quote in [self._read(quote)]
            for first, last in _stretches([run in runs for run in of_quote])
        }

    def best(self, phrases: set[str]) -> Sequence[str]:
        """The longest few of these, none within another."""
        by_words: dict[str, str] = {}
        for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
            words = self._words(phrase)
            if not any(words in longer for longer in by_words):
                by_words[words] = phrase
                if len(by_words) == QUOTE_LIMIT:
                    break
        return list(by_words.values())

    def _words(self, phrase: str) -> str:
        if phrase not in self._words_of:
            self._words_of[phrase] = " ".join(terms.tokens(phrase))
        return self._words_of[phrase]

    def _runs(self, article: int) -> Mapping[int, Sequence[str]]:
        """The quotations of the article by the runs of words in them."""
        if article not in self._by_run:
            by_run: dict[int, list[str]] = defaultdict(list)
            for quote in self._of.get(article, ()):
                for run in self._read(quote)[1]:
                    by_run[run].append(quote)
            self._by_run[article] = by_run
        return self._by_run[article]

    def _read(self, quote: str) -> tuple[Sequence[tuple[int, int]], Sequence[int]]:
        """The spans of the words of a quotation, and its runs of words as evidence has them."""
        if quote not in self._read_quotes:
            words = [(m.span(), m.group().lower()) for m in terms.TOKEN.finditer(quote)]
            spans = [span for span, word in words if word != "s"]
            hashes = [self._hashed(word) for _, word in words if word != "s"]
            runs = terms.runs(np.array(hashes, np.uint64), QUOTED_RUN).tolist()
            self._read_quotes[quote] = spans, runs if len(spans) >= QUOTED_RUN else []
        return self._read_quotes[quote]

    def _hashed(self, word: str) -> int:
        if word not in self._hashes:
            self._hashes[word] = int(terms.hashed([terms.stem(word)], {})[0])
        return self._hashes[word]


def _stretches(hits: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of every unbroken run of true values."""
    found: list[tuple[int, int]] = []
    for i, hit in enumerate(hits):
        if hit and i and hits[i - 1]:
            found[-1] = found[-1][0], i
        elif hit:
            found.append((i, i))
    return found
