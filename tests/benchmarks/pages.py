"""Measures of what an extractor made of pages, against what is true of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.benchmarks import wcxb
from tests.benchmarks.extractors import Extract, Row


@dataclass(frozen=True, slots=True)
class Pages:
    """Means over the pages; None where no page of the set, or no extract, speaks of it."""

    f1: float | None
    precision: float | None
    recall: float | None
    low: float | None  # share of pages with F1 under .5
    must: float | None  # share of snippets of the story that are there
    must_not: float | None  # share of snippets of furniture that are there
    title: float | None
    author: float | None  # of the pages that have one
    day: float | None  # of the pages that have one
    undated: float | None  # of the pages without a day, the share left without


def score(told: Sequence[tuple[Row, Extract]]) -> Pages:
    """The measures of extracts with the rows they are of."""
    is_text, is_title, is_author, is_day = (
        any(getattr(e, name) for _, e in told) for name in ("text", "title", "author", "day")
    )
    overlaps = [_overlap(e.text, row["main_content"]) for row, e in told if _has(row)]
    f1 = [2 * p * r / (p + r) if p + r else 0.0 for p, r in overlaps]
    titled = [(row, e) for row, e in told if row.get("title") is not None]
    signed = [(row, e) for row, e in told if row.get("author")]
    days = [(_day(row), e.day) for row, e in told]
    return Pages(
        _mean(f1, is_text),
        _mean([p for p, _ in overlaps], is_text),
        _mean([r for _, r in overlaps], is_text),
        _mean([f < 0.5 for f in f1], is_text),
        _mean(_found(told, "must_have"), is_text),
        _mean(_found(told, "must_not_have"), is_text),
        _mean([_key(e.title) == _key(row["title"]) for row, e in titled], is_title),
        _mean([_tokens(e.author) == _tokens(row["author"]) for row, e in signed], is_author),
        _mean([day == true for true, day in days if true], is_day),
        _mean([day is None for true, day in days if not true], is_day),
    )


def _has(row: Row) -> bool:
    return bool(row.get("main_content"))


def _day(row: Row) -> str | None:
    said = row.get("publish_date")
    return said[:10] if said else None


def _overlap(found: str, true: str) -> tuple[float, float]:
    """Precision and recall of the words, as multisets."""
    some, wanted = (Counter(wcxb.WORD.findall(text.lower())) for text in (found, true))
    both = (some & wanted).total()
    return both / max(1, some.total()), both / max(1, wanted.total())


def _found(told: Iterable[tuple[Row, Extract]], kind: str) -> list[bool]:
    return [
        " ".join(snippet.split()) in text
        for row, extract in told
        for text in [" ".join(extract.text.split())]
        for snippet in row.get(kind) or ()
    ]


def _mean(values: Sequence[float], is_told: bool) -> float | None:
    return sum(values) / len(values) if values and is_told else None


def _key(text: str | None) -> str:
    return re.sub(r"\W+", " ", (text or "").lower()).strip()


def _tokens(text: str | None) -> set[str]:
    return set(wcxb.WORD.findall((text or "").lower()))
