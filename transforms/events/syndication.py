"""Syndication: which of the sites that print one text printed it first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pyarrow as pa

# How long after the time given a story may have appeared, by the precision of that time.
LENGTHS = {
    "second": dt.timedelta(seconds=1),
    "minute": dt.timedelta(minutes=1),
    "hour": dt.timedelta(hours=1),
    "day": dt.timedelta(days=1),
}
Span = tuple[dt.datetime, dt.datetime]


def printed(articles: pa.Table) -> dict[str, Span]:
    """From when to when each article can have appeared; those without a time are left out."""
    columns = ("article_id", "published_at", "published_precision")
    rows = zip(*(articles.column(c).to_pylist() for c in columns), strict=True)
    return {
        article: (at, at + LENGTHS[precision])
        for article, at, precision in rows
        if at is not None and precision in LENGTHS
    }


def is_first(article: str, members: tuple[str, ...], spans: Mapping[str, Span]) -> bool | None:
    """Whether the article came before every other one of these; None: that cannot be told.

    >>> noon, two = (dt.datetime(1997, 5, 14, hour) for hour in (12, 14))
    >>> times = {"a": (noon, two), "b": (two, two)}
    >>> [is_first(i, ("a", "b"), times) for i in "ab"]
    [True, False]
    """
    own = spans.get(article)
    others = [spans.get(m) for m in members if m != article]
    if own is None or not others:
        return None
    if any(o is not None and o[1] <= own[0] for o in others):
        return False
    return True if all(o is not None and own[1] <= o[0] for o in others) else None
