"""Evidence: what each article says that another report of the same event would say too.

Words of the whole, of the opening and of the title, names, numbers and quoted words, each as
sets of codes per article, ready to be compared by the million.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from transforms import terms
from transforms.events import background
from transforms.text import fold_letters

Ints = npt.NDArray[np.int64]

# The opening of a report tells the event, whatever its length: 120 words beat 60 and the
# whole text on ECB+, and made five full-length reports of one beat come apart.
LEAD_WORDS = 120
# Stands in for a title that is not printed.
OPENING_WORDS = 15
# Runs of four quoted words: three are stock phrases too often ("in the world").
QUOTED_RUN = 4
SHINGLE_WORDS = 3
CAPITAL = re.compile(r"\b[A-ZÀ-ÞЀ-Я][^\W\d_]{2,}")
SMALL = re.compile(r"\b[a-zß-ÿа-я]{3,}")


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sets of all articles, in the order of `ids`; openings and titles share words' codes.

    `word_counts` is the articles' length in words; `surfaces` holds for each article the printed
    forms of each of its names, the longest first.
    """

    ids: tuple[str, ...]
    words: Sets
    leads: Sets
    titles: Sets
    names: Sets
    lead_names: Sets
    numbers: Sets
    quoted: Sets
    runs: Sets
    shingles: Sets
    word_counts: Ints
    surfaces: tuple[Mapping[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Read:
    words: Sequence[str]
    title: Sequence[str]
    numbers: frozenset[str]
    runs: terms.Hashes
    shingles: terms.Hashes
    text: str
    lead_end: int


def gather(articles: pa.Table, mentions: pa.Table, quotations: pa.Table) -> Evidence:
    """The evidence of these articles, sorted by id; names and quotations of others are left out."""
    columns = articles.select(["article_id", "title", "text"]).sort_by("article_id")
    ids: list[str] = columns.column("article_id").to_pylist()
    titles = [title or "" for title in columns.column("title").to_pylist()]
    known: dict[str, int] = {}
    stemmed: dict[str, str] = {}
    reads = [
        _read(title, text, known, stemmed)
        for title, text in zip(titles, columns.column("text").to_pylist(), strict=True)
    ]
    words = _sets([r.words for r in reads])
    codes = {label: code for code, label in enumerate(words.labels)}
    names, lead_names, surfaces = _names(reads, titles, ids, mentions)
    quoted, runs = _quoted(ids, [r.runs for r in reads], quotations, known, stemmed)
    return Evidence(
        ids=tuple(ids),
        words=words,
        leads=_sets([r.words[:LEAD_WORDS] for r in reads], codes),
        titles=_sets([r.title for r in reads], codes),
        names=names,
        lead_names=lead_names,
        numbers=_sets([r.numbers for r in reads]),
        quoted=quoted,
        runs=runs,
        shingles=_hash_sets([r.shingles for r in reads]),
        surfaces=surfaces,
        word_counts=np.array([len(r.words) for r in reads], np.int64),
    )


def _read(title: str, text: str, known: dict[str, int], stemmed: dict[str, str]) -> _Read:
    headline = _stems(title, stemmed)
    words = headline + _stems(text, stemmed)
    return _Read(
        words=words,
        title=headline or words[:OPENING_WORDS],
        numbers=frozenset(terms.numbers(text)) | frozenset(terms.numbers(title)),
        runs=terms.runs(terms.hashed(words, known), QUOTED_RUN),
        shingles=terms.runs(terms.hashed(terms.tokens(text), known), SHINGLE_WORDS),
        text=text,
        lead_end=_end_of_word(text, LEAD_WORDS - len(headline)),
    )


def _stems(text: str, stemmed: dict[str, str]) -> list[str]:
    found = terms.tokens(text)
    for word in found:
        if word not in stemmed:
            stemmed[word] = terms.stem(word)
    return [stemmed[word] for word in found]


def _end_of_word(text: str, count: int) -> int:
    for number, match in enumerate(terms.TOKEN.finditer(text), start=1):
        if number >= count:
            return match.end()
    return len(text)


def _names(
    reads: Sequence[_Read], titles: Sequence[str], ids: Sequence[str], mentions: pa.Table
) -> tuple[Sets, Sets, tuple[Mapping[str, tuple[str, ...]], ...]]:
    """The names of each article, those of its opening, and their printed forms.

    The reference tables cannot know every name; a word with a capital that is no common word
    of English counts as one where no mention covers it.
    """
    printed: list[dict[str, set[str]]] = [defaultdict(set) for _ in ids]
    leading: list[set[str]] = [set() for _ in ids]
    covered: list[list[tuple[int, int]]] = [[] for _ in ids]
    index = {article: i for i, article in enumerate(ids)}
    columns = ("article_id", "entity_id", "surface", "span_field", "char_start", "char_end")
    for article, entity, surface, field, start, end in zip(
        *(mentions.column(c).to_pylist() for c in columns), strict=True
    ):
        i = index.get(article)
        if i is None:
            continue
        name = entity or fold_letters(surface)
        printed[i][name].add(surface)
        if field == "text":
            covered[i].append((start, end))
        # A name outside the text stands in the title or a caption: only the title leads.
        if start < reads[i].lead_end if field == "text" else surface in titles[i]:
            leading[i].add(name)
    proper = [proper_words(read.text, covered[i]) for i, read in enumerate(reads)]
    ordinary = _ordinary(reads, proper, mentions)
    for i, read in enumerate(reads):
        for word, start in proper[i]:
            if word.lower() in ordinary:
                continue
            printed[i][fold_letters(word)].add(word)
            if start < read.lead_end:
                leading[i].add(fold_letters(word))
    names = _sets(printed)
    codes = {label: code for code, label in enumerate(names.labels)}
    return names, _sets(leading, codes), tuple(_longest_first(p) for p in printed)


def _ordinary(
    reads: Sequence[_Read], proper: Sequence[Sequence[tuple[str, int]]], mentions: pa.Table
) -> set[str]:
    """Words with a capital that are no names: of offices, or printed small in more articles."""
    offices = " ".join(o for o in mentions.column("office").unique().to_pylist() if o)
    small = Counter(word for read in reads for word in set(SMALL.findall(read.text)))
    large = Counter(word for found in proper for word in {w.lower() for w, _ in found})
    return set(terms.tokens(offices)) | {word for word in large if small[word] >= large[word]}


def _longest_first(printed: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {n: tuple(sorted(p, key=lambda s: (-len(s), s))) for n, p in sorted(printed.items())}


def proper_words(text: str, covered: Iterable[tuple[int, int]] = ()) -> list[tuple[str, int]]:
    """The words printed as names outside the covered spans, with their first character.

    >>> proper_words("The talks with Balanzo ended. Balanzo left.")
    [('Balanzo', 15), ('Balanzo', 30)]
    """
    small = set(SMALL.findall(text))
    spans = sorted(covered)
    found = []
    after = 0
    for match in CAPITAL.finditer(text):
        while after < len(spans) and spans[after][1] <= match.start():
            after += 1
        if after < len(spans) and spans[after][0] < match.end():
            continue
        word = match.group().lower()
        if word not in small and not background.is_common(terms.stem(word)):
            found.append((match.group(), match.start()))
    return found


def _quoted(
    ids: Sequence[str],
    runs: Sequence[terms.Hashes],
    quotations: pa.Table,
    known: dict[str, int],
    stemmed: dict[str, str],
) -> tuple[Sets, Sets]:
    index = {article: i for i, article in enumerate(ids)}
    quoted: list[set[int]] = [set() for _ in ids]
    for article, text in zip(
        quotations.column("article_id").to_pylist(),
        quotations.column("text").to_pylist(),
        strict=True,
    ):
        words = _stems(text, stemmed)
        if article in index and len(words) >= QUOTED_RUN:
            hashes = terms.runs(terms.hashed(words, known), QUOTED_RUN)
            quoted[index[article]].update(hashes.tolist())
    wanted = np.array(sorted(set().union(*quoted)), np.uint64)
    codes = {str(value): code for code, value in enumerate(wanted.tolist())}
    printed = [r[_among(r, wanted)].tolist() for r in runs]
    return (
        _sets([[str(v) for v in q] for q in quoted], codes),
        _sets([[str(v) for v in p] for p in printed], codes),
    )


def _hash_sets(rows: Sequence[terms.Hashes]) -> Sets:
    unique = [np.unique(row) for row in rows]
    starts = np.cumsum([0, *(len(row) for row in unique)])
    values, codes = np.unique(np.concatenate(unique), return_inverse=True)
    return Sets(starts.astype(np.int64), codes.astype(np.int64), range(len(values)))


def _among(values: terms.Hashes, wanted: terms.Hashes) -> npt.NDArray[np.bool_]:
    if not len(wanted):
        return np.zeros(len(values), np.bool_)
    places = np.minimum(np.searchsorted(wanted, values), len(wanted) - 1)
    return np.equal(wanted[places], values)


def _sets(rows: Sequence[Iterable[str]], codes: Mapping[str, int] | None = None) -> Sets:
    unique = [set(row) for row in rows]
    if codes is None:
        codes = {label: code for code, label in enumerate(sorted(set().union(*unique)))}
    starts = np.cumsum([0, *(len(row) for row in unique)])
    flat = np.array([codes[label] for row in unique for label in row], np.int64)
    for start, end in pairwise(starts):
        flat[start:end].sort()
    return Sets(starts.astype(np.int64), flat, tuple(codes))
