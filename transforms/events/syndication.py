"""Syndication: which of the sites that print one text printed it first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

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


def firsts(members: Sequence[str], spans: Mapping[str, Span]) -> dict[str, bool | None]:
    """Whether each of these came before every other one; None: that cannot be told.

    >>> noon, two, four = (dt.datetime(1997, 5, 14, hour) for hour in (12, 14, 16))
    >>> firsts(("a", "b"), {"a": (noon, two), "b": (two, four)})
    {'a': True, 'b': False}
    """
    known = [spans[m] for m in members if m in spans]
    starts, ends = sorted(start for start, _ in known), sorted(end for _, end in known)

    def is_first(own: Span | None) -> bool | None:
        if own is None or len(members) == 1:
            return None
        if ends[0] <= own[0]:
            return False
        is_alone = own[0] == starts[0] and len(known) == len(members) and own[1] <= starts[1]
        return True if is_alone else None

    return {member: is_first(spans.get(member)) for member in members}
