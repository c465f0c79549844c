"""How far from an event a story was written, as the sentence that refers to the event tells it.

"Two weeks ago", "less than a fortnight after", "last month", "on the eve of", "last summer", "the
50th anniversary of": each allows an interval of days, counted from the days of the event.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from transforms import english
from transforms.authority import FAR_FUTURE, FAR_PAST
from transforms.dates.days import DAY, Interval, month_span, shifted


@dataclass(frozen=True, slots=True)
class Distance:
    """One expression: the days it allows for the writing, and its span in the sentence."""

    method: str
    days: Interval
    span: tuple[int, int]
    is_of_what_follows: bool = False  # "two weeks after the summit": counted from what follows


@dataclass(frozen=True, slots=True)
class DistanceRules:
    """How loosely writers count.

    "Two weeks ago" is said of ten days and of eighteen; days are counted, years are rounded.
    """

    day: int = 1
    week: int = 4
    fortnight: int = 4
    month: int = 16
    year: int = 200
    decade: int = 730

    def slack(self, unit: str) -> dt.timedelta:
        """Days that a count of this unit may be off."""
        return dt.timedelta(days=int(getattr(self, unit)))


RULES = DistanceRules()
UNITS_IN_DAYS = {"day": 1, "week": 7, "fortnight": 14}
UNITS_IN_MONTHS = {"month": 1, "year": 12, "decade": 120}
UNITS = {unit + ending for unit in (*UNITS_IN_DAYS, *UNITS_IN_MONTHS) for ending in ("", "s")}
# A word for a number, and the fewest and most it is said of.
NUMBERS = {word: (number, number) for number, word in enumerate(english.NUMBERS, 1)} | {
    "a": (1, 1),
    "an": (1, 1),
    "the": (1, 1),
    "thirty": (30, 30),
    "forty": (40, 40),
    "fifty": (50, 50),
    "a couple of": (2, 2),
    "a few": (2, 6),
    "a handful of": (3, 6),
    "several": (3, 9),
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
} | {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60}
COUNT = (
    r"(?P<count>\d{1,2}|"
    + "|".join(sorted((n.replace(" ", r"\s+") for n in NUMBERS), key=lambda n: (-len(n), n)))
    + ")"
)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
WAY = (
    r"ago|earlier|later|since|after|before(?!\s+(?:yesterday|tomorrow))|from\s+now|from|prior\s+to"
    r"|following|ahead\s+of|time|hence"
)
COUNTED = re.compile(
    r"\b(?:(?P<less>(?:less|fewer|no\s+more|not\s+more)\s+than|under|within|not\s+quite|inside)\s+"
    r"|(?P<more>(?:more|longer)\s+than|over|at\s+least)\s+)?"
    # "The day after", but not "the weeks after".
    rf"(?!the\s+\w+s\b){COUNT}[\s-]+(?P<unit>day|week|fortnight|month|year|decade)s?['’]?\s+"
    rf"(?P<way>{WAY})\b",
    re.I,
)
# The same, with a letter first, which the engine looks for fastest.
COUNT_END = re.compile(
    rf"[dwfmyDWFMY](?i:ay|eek|ortnight|onth|ear|ecade)(?i:s?['’]?\s+(?:{WAY})\b)"
)
BEFORE_UNIT = 50  # characters: "not more than a handful of "
BACKWARDS = ("before", "prior", "ahead")
# "In two weeks' time" is of the event, wherever it stands.
TO_COME = ("from now", "time", "hence")
# "Signed two weeks before." counts back from the writing: nothing follows.
NOTHING = re.compile(r"\s*(?:[.,;:!?)”\"—–-]|$)")
# What follows these is the event itself: "two weeks after the summit".
OF_WHAT_FOLLOWS = ("since", "after", "before", "from", "prior", "following", "ahead")
SIDE = re.compile(
    r"\b(?P<side>last|next|this|earlier\s+this|later\s+this|late\s+last|early\s+last)\s+"
    r"(?P<unit>week|month|year|spring|summer|autumn|fall|winter)\b",
    re.I,
)
EVE = re.compile(r"\b(?:on\s+)?the\s+eve\s+of\b", re.I)
ANNIVERSARY = re.compile(
    r"\b(?:(?P<number>\d{1,2})(?:st|nd|rd|th)|(?P<word>" + "|".join(ORDINALS) + r"))[\s-]+"
    r"(?:anniversary|birthday)\b",
    re.I,
)
NEXT_YEAR = re.compile(r"\bnext\s+year(?:['’]s)?\b", re.I)
LAST_YEAR = re.compile(r"\blast\s+year(?:['’]s)?\b", re.I)


def may_count(words: Set[str]) -> bool:
    """Whether a unit of time is among the words of a text: in most paragraphs none is."""
    return not words.isdisjoint(UNITS)


def counts(sentence: str) -> Iterator[re.Match[str]]:
    """The counts that the sentence prints, looked for around each unit alone: few print one."""
    taken = 0
    for end in COUNT_END.finditer(sentence):
        match = COUNTED.search(sentence, max(taken, end.start() - BEFORE_UNIT), end.end())
        if match:
            yield match
            taken = match.end()


def distances(sentence: str, event: Interval, rules: DistanceRules = RULES) -> Iterator[Distance]:
    """Every distance that the sentence prints, counted from the days of the event."""
    for match in counts(sentence):
        follows = is_of_what_follows(match)
        yield Distance("relative_count", counted(match, event, rules), match.span(), follows)
    for match in SIDE.finditer(sentence):
        yield Distance("relative_period", _beside(match, event), match.span())
    for match in EVE.finditer(sentence):
        yield Distance("eve", (event[0] - 3 * DAY, event[0] - DAY), match.span())


def anniversary(sentence: str, event: Interval) -> Distance | None:
    """The year of the event's anniversary; the one before where it is still to come next year."""
    match = ANNIVERSARY.search(sentence)
    if match is None:
        return None
    number = match.group("number")
    count = int(number) if number else ORDINALS[match.group("word").lower()]
    year = event[0].year + count
    year += LAST_YEAR.search(sentence) is not None
    year -= NEXT_YEAR.search(sentence) is not None
    return Distance("anniversary", (dt.date(year, 1, 1), dt.date(year, 12, 31)), match.span())


def is_of_what_follows(match: re.Match[str]) -> bool:
    """Whether the count is from an event that is told behind it: "two weeks after the summit"."""
    is_open = _way(match).startswith(OF_WHAT_FOLLOWS) and _way(match) not in TO_COME
    return is_open and not NOTHING.match(match.string, match.end())


def counted(match: re.Match[str], event: Interval, rules: DistanceRules = RULES) -> Interval:
    """The days so far from the event: a count with its unit, and how loosely it is said."""
    unit = match.group("unit").lower()
    printed = " ".join(match.group("count").lower().split())
    fewest, most = (int(printed),) * 2 if printed.isdigit() else NUMBERS[printed]
    slack = rules.slack(unit)
    early, late = _moved(event[0], fewest, unit) - slack, _moved(event[1], most, unit) + slack
    is_back = _way(match) in TO_COME or (
        _way(match).startswith(BACKWARDS) and is_of_what_follows(match)
    )
    if is_back:
        early, late = _moved(event[0], -most, unit) - slack, _moved(event[1], -fewest, unit) + slack
    if match.group("less"):
        # The event itself lies at the other end: it is past, or still to come.
        return (early + slack, event[1]) if is_back else (event[0], late - slack)
    if match.group("more"):
        return (early, late - slack) if is_back else (early + slack, late)
    return early, late


def _way(match: re.Match[str]) -> str:
    return " ".join(match.group("way").lower().split())


def _moved(day: dt.date, count: int, unit: str) -> dt.date:
    if unit in UNITS_IN_DAYS:
        return day + dt.timedelta(days=count * UNITS_IN_DAYS[unit])
    return shifted(day, count * UNITS_IN_MONTHS[unit])


def _beside(match: re.Match[str], event: Interval) -> Interval:
    """The weeks, months, seasons or years from which the event's is the last, this or the next."""
    side, unit = " ".join(match.group("side").lower().split()), match.group("unit").lower()
    step = 1 if side.endswith("last") else -1 if side == "next" else 0
    first, last = event
    if unit == "week":
        span = (
            first - dt.timedelta(days=first.weekday()) + dt.timedelta(weeks=step),
            last - dt.timedelta(days=last.weekday()) + dt.timedelta(weeks=step, days=6),
        )
    elif unit == "month":
        span = month_span(shifted(first.replace(day=1), step))
    elif unit == "year":
        span = dt.date(first.year + step, 1, 1), dt.date(first.year + step, 12, 31)
    else:
        return _season(SEASONS[unit], step, event)
    if side == "earlier this":
        return max(span[0], first), span[1]
    if side == "later this":
        return span[0], min(span[1], last)
    return span


def _season(month: int, step: int, event: Interval) -> Interval:
    """The days on which the event's season is the last one, this one or the next one.

    An event outside that season (a month of grace on either side) allows every day.
    """
    start = dt.date(event[0].year - (month == 12 and event[0].month < 9), month, 1)
    end = shifted(start, 3) - DAY
    if not shifted(start, -1) <= event[0] <= shifted(end, 1):
        return FAR_PAST, FAR_FUTURE
    if step == 0:
        return shifted(start, -3), shifted(end, 3)
    if step > 0:  # "last summer" is said from its end until the next one is well under way
        return shifted(start, 2), shifted(end, 10)
    return shifted(start, -12), start
