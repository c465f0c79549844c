"""Evidence: what each article says that another report of the same event would say too.

Words of the whole, of the opening and of the title, names, numbers and quoted words, each as
sets of codes per article, ready to be compared by the million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from transforms import terms
from transforms.text import fold_letters

Ints = npt.NDArray[np.int64]

# The opening of a report tells the event, whatever its length: 120 words beat 60 and the
# whole text on ECB+, and made five full-length reports of one beat come apart.
LEAD_WORDS = 120
# Stands in for a title that is not printed.
OPENING_WORDS = 15
# Runs of four quoted words: three are stock phrases too often ("in the world").
QUOTED_RUN = 4


@dataclass(frozen=True, slots=True)
class Sets:
    """One set of codes per article: those of article i are codes[starts[i]:starts[i + 1]], sorted."""

    starts: Ints
    codes: Ints
    labels: tuple[str, ...]

    @property
    def sizes(self) -> Ints:
        """How many codes each article has."""
        return np.diff(self.starts)

    @property
    def owners(self) -> Ints:
        """The article of every entry."""
        return np.repeat(np.arange(len(self.starts) - 1), self.sizes)

    @property
    def frequencies(self) -> Ints:
        """In how many articles each code stands."""
        return np.bincount(self.codes, minlength=len(self.labels))

    def places(self, owners: Ints, codes: Ints) -> Ints:
        """The entry of each (article, code); -1 where the article has no such code."""
        width = max(1, len(self.labels))
        keys = self.owners * width + self.codes
        if not len(keys):
            return np.full(len(owners), -1, np.int64)
        wanted = owners * width + codes
        found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[found] == wanted, found, -1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sets of all articles, in the order of `ids`; openings and titles share words' codes.

    `word_counts` is the articles' length in words.
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
    word_counts: Ints


@dataclass(frozen=True, slots=True)
class _Read:
    words: Sequence[str]
    title: Sequence[str]
    numbers: frozenset[str]
    runs: terms.Hashes
    lead_end: int


def gather(articles: pa.Table, mentions: pa.Table, quotations: pa.Table) -> Evidence:
    """The evidence of all articles, sorted by article id; equal inputs in any order are equal."""
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
    names, lead_names = _names(ids, titles, [r.lead_end for r in reads], mentions)
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
    ids: Sequence[str], titles: Sequence[str], lead_ends: Sequence[int], mentions: pa.Table
) -> tuple[Sets, Sets]:
    index = {article: i for i, article in enumerate(ids)}
    everywhere: list[set[str]] = [set() for _ in ids]
    leading: list[set[str]] = [set() for _ in ids]
    columns = ("article_id", "entity_id", "surface", "span_field", "char_start")
    for article, entity, surface, field, start in zip(
        *(mentions.column(c).to_pylist() for c in columns), strict=True
    ):
        i = index[article]
        name = entity or fold_letters(surface)
        everywhere[i].add(name)
        # A name outside the text stands in the title or a caption: only the title leads.
        if start < lead_ends[i] if field == "text" else surface in titles[i]:
            leading[i].add(name)
    names = _sets(everywhere)
    return names, _sets(leading, {label: code for code, label in enumerate(names.labels)})


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
        if len(words) >= QUOTED_RUN:
            hashes = terms.runs(terms.hashed(words, known), QUOTED_RUN)
            quoted[index[article]].update(hashes.tolist())
    wanted = np.array(sorted(set().union(*quoted)), np.uint64)
    codes = {str(value): code for code, value in enumerate(wanted.tolist())}
    printed = [np.intersect1d(r, wanted).tolist() if len(wanted) else [] for r in runs]
    return (
        _sets([[str(v) for v in q] for q in quoted], codes),
        _sets([[str(v) for v in p] for p in printed], codes),
    )


def _sets(rows: Sequence[Iterable[str]], codes: Mapping[str, int] | None = None) -> Sets:
    unique = [set(row) for row in rows]
    if codes is None:
        codes = {label: code for code, label in enumerate(sorted(set().union(*unique)))}
    starts = np.cumsum([0, *(len(row) for row in unique)])
    flat = np.array([codes[label] for row in unique for label in row], np.int64)
    for start, end in pairwise(starts):
        flat[start:end].sort()
    return Sets(starts.astype(np.int64), flat, tuple(codes))
