"""Facts of an event: its title, days, place and kind, and what its reports disagree on."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.tables import EventDisagreement
from transforms.text import fold

# A number that differs is a disagreement on one thing only where its unit says which thing:
# spans of time are counted from different days, and "one" or "two" come with anything.
TIME_UNITS = frozenset(
    "second minute hour day week month year decade century time o'clock gmt am pm".split()
)
NUMBER_WORDS: Mapping[str, int] = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
COUNTED = re.compile(
    r"(?<![\w.,$£€-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|" + "|".join(NUMBER_WORDS) + r")[ -]"
    r"(?:(percent|per cent|[a-z]{3,})(?:[ ]([a-z]{4,}s))?)",
    re.IGNORECASE,
)
SMALLEST_COUNT = 2


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

    One with a headline before one without; then the one that names most, then the longest;
    of equals the smallest id.
    """
    return min(
        stories,
        key=lambda s: (s.title is None, -len(s.entities), -s.word_count, s.article_id),
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
    found = [*_numbers(stories), *_places(stories)]
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


def _numbers(stories: Sequence[Story]) -> list[tuple[str, str, str]]:
    """Counts of one thing, where each report gives one number and not all the same."""
    by_unit: dict[str, dict[str, str]] = defaultdict(dict)
    for story in stories:
        for unit, values in counts(story.text).items():
            if len(values) == 1:
                by_unit[unit][story.article_id] = next(iter(values))
    return [
        (f"number of {unit}", value, article)
        for unit, by_article in by_unit.items()
        if len(set(by_article.values())) > 1
        for article, value in by_article.items()
    ]


def counts(text: str) -> dict[str, set[str]]:
    """The numbers printed of each thing that is counted in the plural, spans of time left out.

    >>> counts("Three Swedish tourists and 12 ships waited two weeks.")
    {'swedish tourists': {'3'}, 'ships': {'12'}}
    """
    found: dict[str, set[str]] = defaultdict(set)
    for match in COUNTED.finditer(text):
        number, first, second = match.groups()
        value = str(NUMBER_WORDS.get(number.lower(), number.replace(",", "")))
        first = first.lower()
        unit = f"{first} {second.lower()}" if second and not first.endswith("s") else first
        is_counted = unit.endswith("s") or unit in ("percent", "per cent")
        is_time = unit.split()[-1].removesuffix("s") in TIME_UNITS
        if is_counted and not is_time and float(value) >= SMALLEST_COUNT:
            found[unit].add(value)
    return dict(found)
