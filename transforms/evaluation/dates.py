"""Dates: whether the bracket of the event holds its day, and how narrow it is."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from transforms.evaluation.score import Measure, Miss, share
from transforms.evaluation.subjects import Subject
from transforms.tables import Article

SHOWN = 10  # of the widest brackets


@dataclass(frozen=True, slots=True)
class Widths:
    """How many days the event brackets span; `open_count` of them lack a first or last day.

    `widest` holds some brackets of more than a day, widest first: days, capture, bracket.
    """

    median_days: float | None
    maximal_days: int | None
    open_count: int
    missing_count: int
    widest: tuple[tuple[int, str, str], ...]


def contained(subjects: Iterable[Subject]) -> Measure:
    """Of the brackets given, the share that holds the true day; of the true days, the share held.

    A bracket without a first (last) day has no bound there; one without either is none.
    """
    told = [s for s in subjects if s.truth.event_date is not None]
    given = [s for s in told if s.article and _has_bracket(s.article)]
    right = [s for s in given if s.article and _holds(s.article, s.truth.event_date)]
    misses = tuple(
        Miss("dates", s.truth.file, "event date", str(s.truth.event_date), _bracket(s))
        for s in told
        if s not in right
    )
    note = f"{len(right)} of {len(told)} event brackets hold the true day"
    return Measure(
        "dates", share(len(right), len(given)), share(len(right), len(told)), note, misses
    )


def published(subjects: Iterable[Subject]) -> Measure:
    """Of the publication times given, the share that is exact; of those printed, the share found.

    Exact is the same instant, or the same day where the truth gives a day; null is exact where
    the capture prints none, and only the note counts it.
    """
    told = [s for s in subjects if s.truth.is_published_told and not s.truth.rejected]
    exact = [s for s in told if s.article and _is_exact(s.article.published_at, s.truth.published)]
    given = [s for s in told if s.article and s.article.published_at is not None]
    printed = [s for s in told if s.truth.published is not None]
    right = sum(s.truth.published is not None for s in exact)
    misses = tuple(
        Miss("published", s.truth.file, "published_at", _said(s.truth.published), _printed(s))
        for s in told
        if s not in exact
    )
    note = f"{len(exact)} of {len(told)} exact, {len(told) - len(printed)} of them to be null"
    return Measure("published", share(right, len(given)), share(right, len(printed)), note, misses)


def widths(subjects: Iterable[Subject]) -> Widths:
    """Median and maximal days of the brackets that have both ends, over what the truth dates."""
    told = [s for s in subjects if s.truth.event_date is not None]
    bracketed = [s for s in told if s.article and _has_bracket(s.article)]
    spans = [(n, s.truth.file, _bracket(s)) for s in bracketed if (n := _days(s.article))]
    days = [n for n, _, _ in spans]
    wide = sorted((s for s in spans if s[0] > 1), key=lambda s: (-s[0], s[1]))
    return Widths(
        statistics.median(days) if days else None,
        max(days, default=None),
        len(bracketed) - len(days),
        len(told) - len(bracketed),
        tuple(wide[:SHOWN]),
    )


def _days(article: Article | None) -> int | None:
    if article is None or article.event_date_start is None or article.event_date_end is None:
        return None
    return (article.event_date_end - article.event_date_start).days + 1


def _has_bracket(article: Article) -> bool:
    return article.event_date_start is not None or article.event_date_end is not None


def _holds(article: Article, day: dt.date | None) -> bool:
    first, last = article.event_date_start or dt.date.min, article.event_date_end or dt.date.max
    return day is not None and first <= day <= last


def _is_exact(given: dt.datetime | None, expected: dt.datetime | dt.date | None) -> bool:
    if given is None or expected is None:
        return given is None and expected is None
    if isinstance(expected, dt.datetime):
        return given == expected
    return given.date() == expected


def _bracket(subject: Subject) -> str:
    article = subject.article
    if article is None:
        return f"({subject.state})"
    if not _has_bracket(article):
        return "(no bracket)"
    first, last = article.event_date_start or "", article.event_date_end or ""
    return f"{first}..{last} [{article.event_date_method}]"


def _printed(subject: Subject) -> str:
    article = subject.article
    if article is None:
        return f"({subject.state})"
    return f"{_said(article.published_at)} [{article.published_method}]"


def _said(moment: dt.datetime | dt.date | None) -> str:
    return "null" if moment is None else moment.isoformat().replace("+00:00", "Z")
