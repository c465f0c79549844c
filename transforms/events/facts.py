"""Facts of an event: its title, days, place and kind, and what its reports disagree on."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.events import numbers
from transforms.tables import EventDisagreement
from transforms.text import fold

REPORT = "report"
# Printed before any name: no office.
COURTESY = frozenset("mr mrs ms miss messrs".split())


@dataclass(frozen=True, slots=True)
class Story:
    """One report as its event sees it."""

    article_id: str
    site_id: str
    title: str | None
    place: str | None
    start: dt.date | None
    end: dt.date | None
    precision: str | None
    method: str | None
    word_count: int
    text: str
    entities: frozenset[str]
    timeline_ids: tuple[str, ...]
    # Entities with an office printed beside their name.
    offices: frozenset[tuple[str, str]] = frozenset()
    report_kind: str | None = "report"
    is_document: bool = False
    is_later_page: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """The bracket of an event."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: str | None = None
    method: str | None = None
    is_agreed: bool = True


def representative(stories: Sequence[Story]) -> Story:
    """The most informative of the independent reports.

    A report before a preview or an analysis, and one with a headline before one without; then
    the one that names most, then the longest; of equals the smallest id.
    """
    return min(
        stories,
        key=lambda s: (
            s.report_kind != REPORT,
            s.title is None,
            -len(s.entities),
            -s.word_count,
            s.article_id,
        ),
    )


def dates(stories: Sequence[Story], chosen: Story) -> Dates:
    """The days all reports allow; where they cannot agree, those of the representative.

    A representative without days leaves them to the report with the narrowest bracket.
    """
    known = [s for s in stories if s.start or s.end]
    if not known:
        return Dates()
    start = max((s.start for s in known if s.start), default=None)
    end = min((s.end for s in known if s.end), default=None)
    if start and end and start > end:
        trusted = chosen if chosen in known else min(known, key=_width)
        return Dates(trusted.start, trusted.end, trusted.precision, trusted.method, False)
    deciding = [s for s in known if (s.start and s.start == start) or (s.end and s.end == end)]
    methods = {m for s in deciding for m in (s.method or "").split("+") if m}
    return Dates(start, end, precision(start, end), "+".join(sorted(methods)) or None)


def precision(start: dt.date | None, end: dt.date | None) -> str:
    """How exact a bracket is: a day, a whole month, a whole year, or just a bracket."""
    if start and end:
        if start == end:
            return "day"
        last = monthrange(end.year, end.month)[1]
        if start.day == 1 and end.day == last and start.year == end.year:
            if start.month == end.month:
                return "month"
            if (start.month, end.month) == (1, 12):
                return "year"
    return "bracket"


def place(stories: Sequence[Story], chosen: Story) -> str | None:
    """The place most reports open with; of equals that of the representative, else the first."""
    printed = [s.place for s in stories if s.place]
    if not printed:
        return None
    counts = Counter(_place_key(p) for p in printed)
    own = _place_key(chosen.place) if chosen.place else ""
    best = min(counts, key=lambda k: (-counts[k], k != own, k))
    return min(
        (p for p in printed if _place_key(p) == best), key=lambda p: (p.isupper(), len(p), p)
    )


def offices(reports: Iterable[Iterable[tuple[str, str]]]) -> dict[str, str]:
    """The office of each entity that most of the reports print; of equals the fullest."""
    printed = [frozenset(report) for report in reports]
    counts = Counter((e, fold(o)) for report in printed for e, o in report)
    spelt = sorted({pair for report in printed for pair in report})
    ranked = sorted(
        spelt, key=lambda s: (counts[s[0], fold(s[1])], len(s[1]), s[1][0].isupper(), s)
    )
    return {e: o for e, o in ranked if fold(o).rstrip(".") not in COURTESY}


def timeline_id(stories: Sequence[Story], chosen: Story) -> str | None:
    """The timeline row most reports were dated by; null where reports are evenly split."""
    counts = Counter(t for s in stories for t in set(s.timeline_ids))
    if not counts:
        return None
    most = max(counts.values())
    best = sorted(t for t, n in counts.items() if n == most)
    own = [t for t in best if t in chosen.timeline_ids]
    if len(best) == 1:
        return best[0]
    return own[0] if len(own) == 1 else None


def disagreements(
    event_id: str, stories: Sequence[Story], agreed: Dates
) -> list[EventDisagreement]:
    """One row a report and fact on which independent reports cannot all be right."""
    texts = {s.article_id: s.text for s in stories}
    found = [*numbers.disagreements(texts), *_places(stories)]
    if not agreed.is_agreed:
        found += [("event_date", _days(s), s.article_id) for s in stories if s.start or s.end]
    return [EventDisagreement(event_id, *row) for row in sorted(set(found))]


def _width(story: Story) -> tuple[int, str]:
    if story.start and story.end:
        return (story.end - story.start).days, story.article_id
    return 10**6, story.article_id


def _place_key(printed: str) -> str:
    return fold(printed).split(",")[0].strip()


def _days(story: Story) -> str:
    if story.start == story.end:
        return str(story.start)
    return f"{story.start or '..'}/{story.end or '..'}"


def _places(stories: Sequence[Story]) -> list[tuple[str, str, str]]:
    printed = [(s.place, s.article_id) for s in stories if s.place]
    if len({_place_key(p) for p, _ in printed}) < 2:
        return []
    return [("place", value, article) for value, article in printed]
