"""Evidence: what each article says that another report of the same event would say too.

Words of the whole, of the opening and of the title, names, numbers and quoted words, each as
sets of codes per article, ready to be compared by the million.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from transforms import terms
from transforms.english import MONTHS, WEEKDAYS
from transforms.events import background, scenes, sets, wording
from transforms.events.sets import Sets
from transforms.events.times import Bits
from transforms.ranges import Ints
from transforms.text import fold_letters

CAPITAL = re.compile(r"\b[A-ZÀ-ÞЀ-Я][^\W\d_]{2,}")
BY_USE = "body:usage"  # the method of mentions of bodies that no table or noun tells
# What `times` reads is no name.
TIMES = frozenset((*WEEKDAYS, *MONTHS, *(m[:3] for m in MONTHS), "sept"))
SMALL = re.compile(r"\b[a-zß-ÿа-я]{3,}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sets of all articles, in the order of `ids`; openings and titles share words' codes.

    `times` are those that the openings print, `word_counts` the articles' length in words;
    `surfaces` holds for each article the printed forms of each of its names, the longest first;
    `scenes` is the town each opens in, a code of `words`.
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
    times: Bits
    word_counts: Ints
    surfaces: tuple[Mapping[str, tuple[str, ...]], ...]
    scenes: Ints


def gather(
    articles: pa.Table, mentions: pa.Table, quotations: pa.Table, entities: pa.Table
) -> Evidence:
    """The evidence of these articles, sorted by id; names and quotations of others are left out."""
    columns = articles.select(["article_id", "title", "text"]).sort_by("article_id")
    ids: list[str] = columns.column("article_id").to_pylist()
    titles = [title or "" for title in columns.column("title").to_pylist()]
    texts: list[str] = columns.column("text").to_pylist()
    index = {article: i for i, article in enumerate(ids)}
    said = [
        (index[article], text)
        for article, text in zip(
            quotations.column("article_id").to_pylist(),
            quotations.column("text").to_pylist(),
            strict=True,
        )
        if article in index
    ]
    quoted_by = np.array([i for i, _ in said], np.int64)
    found = wording.read(titles, texts, [text for _, text in said], quoted_by)
    ends = [
        _end_of_word(text, wording.LEAD_WORDS - headline)
        for text, headline in zip(texts, found.headline_counts.tolist(), strict=True)
    ]
    names, lead_names, surfaces = _names(_Printed(titles, texts, ends), index, mentions)
    return Evidence(
        ids=tuple(ids),
        words=found.words,
        leads=found.leads,
        titles=found.titles,
        names=names,
        lead_names=lead_names,
        numbers=sets.coded(
            [{*terms.numbers(a), *terms.numbers(b)} for a, b in zip(titles, texts, strict=True)]
        ),
        quoted=found.quoted,
        runs=found.runs,
        shingles=found.shingles,
        times=found.times,
        surfaces=surfaces,
        word_counts=found.word_counts,
        scenes=scenes.codes(scenes.towns(articles, mentions, entities), found.words),
    )


@dataclass(frozen=True, slots=True)
class _Printed:
    """Titles and texts, and where the opening of each text ends."""

    titles: Sequence[str]
    texts: Sequence[str]
    lead_ends: Sequence[int]


def _end_of_word(text: str, count: int) -> int:
    for number, match in enumerate(terms.TOKEN.finditer(text), start=1):
        if number >= count:
            return match.end()
    return len(text)


def _names(
    articles: _Printed, index: Mapping[str, int], mentions: pa.Table
) -> tuple[Sets, Sets, tuple[Mapping[str, tuple[str, ...]], ...]]:
    """The names of each article, those of its opening, and their printed forms.

    The reference tables cannot know every name; a word with a capital that is no common word
    of English counts as one where no mention covers it. So do the words of a body that is told
    by its use alone: one report prints "Saints", another "New Orleans Saints".
    """
    printed: list[dict[str, set[str]]] = [defaultdict(set) for _ in index]
    leading: list[set[str]] = [set() for _ in index]
    covered: list[list[tuple[int, int]]] = [[] for _ in index]
    columns = ("article_id", "entity_id", "surface", "span_field", "char_start", "char_end")
    folded = cache(fold_letters)
    for method, article, entity, surface, field, start, end in zip(
        *(mentions.column(c).to_pylist() for c in ("method", *columns)), strict=True
    ):
        i = index.get(article)
        if i is None or method == BY_USE:
            continue
        name = entity or folded(surface)
        printed[i][name].add(surface)
        if field == "text":
            covered[i].append((start, end))
        # A name outside the text stands in the title or a caption: only the title leads.
        if start < articles.lead_ends[i] if field == "text" else surface in articles.titles[i]:
            leading[i].add(name)
    proper, ordinary = _proper(articles.texts, covered, mentions)
    for i, found in enumerate(proper):
        for word, start in found:
            if word.lower() in ordinary:
                continue
            printed[i][folded(word)].add(word)
            if start < articles.lead_ends[i]:
                leading[i].add(folded(word))
    names = sets.coded(printed)
    codes = {label: code for code, label in enumerate(names.labels)}
    return names, sets.coded(leading, codes), tuple(_longest_first(p) for p in printed)


def _proper(
    texts: Sequence[str], covered: Sequence[Iterable[tuple[int, int]]], mentions: pa.Table
) -> tuple[list[list[tuple[str, int]]], set[str]]:
    """The words with a capital of each text, and which are no names.

    These are words of offices, and what is printed small in as many articles or opens sentences
    alone.
    """
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    inside: set[str] = set()
    proper = []
    is_common = cache(lambda word: background.is_common(terms.stem(word)))
    for text, spans in zip(texts, covered, strict=True):
        printed_small = frozenset(SMALL.findall(text))
        found = _capitals(text, spans, printed_small, is_common)
        small.update(printed_small)
        large.update({word.lower() for word, _ in found})
        inside.update(word.lower() for word, start in found if not _opens(text, start))
        proper.append(found)
    offices = " ".join(o for o in mentions.column("office").unique().to_pylist() if o)
    # What no text prints inside a sentence has its capital from the sentence's start.
    ordinary = {w for w in large if small[w] >= large[w] or w not in inside}
    return proper, ordinary | set(terms.tokens(offices)) | TIMES


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins there, perhaps behind a quotation mark."""
    before = text[max(0, start - 6) : start].rstrip(" \"'“‘«([—–-")
    return not before or before[-1] in ".!?:\n" or "\n" in text[max(0, start - 2) : start]


def _longest_first(printed: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {n: tuple(sorted(p, key=lambda s: (-len(s), s))) for n, p in sorted(printed.items())}


def _capitals(
    text: str,
    covered: Iterable[tuple[int, int]],
    printed_small: Collection[str],
    is_common: Callable[[str], bool],
) -> list[tuple[str, int]]:
    spans = sorted(covered)
    found = []
    after = 0
    for match in CAPITAL.finditer(text):
        start, end = match.span()
        while after < len(spans) and spans[after][1] <= start:
            after += 1
        if after < len(spans) and spans[after][0] < end:
            continue
        word = match.group().lower()
        if word not in printed_small and not is_common(word):
            found.append((match.group(), start))
    return found
