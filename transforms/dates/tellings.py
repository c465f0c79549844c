"""Which day a story's opening tells of its event: a distribution over days, and its bracket.

Every phrase of the opening is read back and ahead, and beside the phrases stand the days around
the publication, of which a story tells that names none. How likely each reading is to be the
event's is fitted (`weights/told_day.tsv`) on labelled openings, by `tests.benchmarks.fit_openings`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from transforms import weights
from transforms.dates.clauses import marks, tense
from transforms.dates.days import DAY, Interval
from transforms.dates.openings import Opening
from transforms.dates.phrases import Phrase
from transforms.dates.printed import Moment

# Of a story that names no day: the day it was filed, the one before, the week, the days to come.
UNTOLD: Mapping[str, tuple[int, int]] = {
    "same": (0, 0), "before": (-1, -1), "week": (-7, -2), "ahead": (1, 10),
}  # fmt: skip
# UTC; a story stamped later than this is rather of the day itself.
LATE_HOUR = 12
# A bracket holds so much of the probability.
TARGET = 0.8
FAR = 8  # days between the event and the filing that are seldom


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the opening; `phrase` is None where no phrase is meant."""

    days: Interval
    marks: tuple[str, ...]
    phrase: Phrase | None = None
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The readings with their probabilities, likeliest first, and the bracket of the event."""

    bracket: Interval
    readings: tuple[tuple[Reading, float], ...]


def told(opening: Opening, filed: dt.date, moment: Moment, target: float = TARGET) -> Told:
    """The shortest run of days that holds the event's with a probability of `target`."""
    found = readings(opening, filed, moment)
    shares = probabilities(found, fitted())
    ranked = sorted(zip(found, shares, strict=True), key=lambda r: (-r[1], r[0].days))
    return Told(shortest(found, shares, target), tuple(ranked))


def likeliest(opening: Opening) -> Reading | None:
    """The reading of a phrase that is likeliest where the day of filing is not known."""
    lead = _lead_marks(opening)
    found = [r for p, n in _numbered(opening) for r in _both(p, n, None, lead)]
    shares = probabilities(found, fitted())
    return max(zip(found, shares, strict=True), key=lambda r: r[1])[0] if found else None


@cache
def fitted() -> Mapping[str, float]:
    """The weight of each mark."""
    return {name: float(weight) for name, weight in weights.rows("told_day")}


def readings(opening: Opening, filed: dt.date, moment: Moment) -> list[Reading]:
    """The ways to read an opening filed on this day, on a page published at that moment."""
    lead = _lead_marks(opening)
    found = [
        r
        for p, n in _numbered(opening)
        for r in _both(p, n, filed, [*lead, *_beside(opening, p, filed)])
    ]
    return [*found, *_untold(opening, filed, moment, lead, is_bare=not found)]


def _beside(opening: Opening, phrase: Phrase, filed: dt.date) -> Iterator[str]:
    """How the phrase stands to the others: alone, or telling what came before or after."""
    others = [p for p in opening.phrases if p is not phrase]
    if not others:
        yield "lone"
    own = phrase.days(filed, False)
    for other in others:
        days = other.days(filed, False)
        if other.passage is phrase.passage and own and days and days != own:
            if other.start < phrase.start and days < own:
                yield "follows"
            if other.start > phrase.start and days > own:
                yield "is_followed"


def probabilities(found: Sequence[Reading], weight: Mapping[str, float]) -> list[float]:
    """How likely each reading is the event's; together 1."""
    scores = [sum(weight.get(mark, 0.0) for mark in reading.marks) for reading in found]
    top = max(scores, default=0.0)
    odds = [math.exp(score - top) for score in scores]
    return [odd / sum(odds) for odd in odds]


def shortest(found: Sequence[Reading], shares: Sequence[float], target: float) -> Interval:
    """The shortest run of days that holds whole readings of so much probability.

    Of runs as short the one that holds most of it, then the first.
    """
    starts = sorted({reading.days[0] for reading in found})
    ends = sorted({reading.days[1] for reading in found})
    runs = [
        ((last - first).days, -held, first, last)
        for first in starts
        for last in ends
        if first <= last
        for held in [_inside(found, shares, first, last)]
        if held >= min(target, 1 - 1e-9)
    ]
    return min(runs)[2:]


def _inside(
    found: Sequence[Reading], shares: Sequence[float], first: dt.date, last: dt.date
) -> float:
    return sum(
        share
        for reading, share in zip(found, shares, strict=True)
        if first <= reading.days[0] and reading.days[1] <= last
    )


def _numbered(opening: Opening) -> Iterator[tuple[Phrase, int]]:
    """The phrases with the number of their paragraph, from 0."""
    for number, (_, found) in enumerate(opening.told):
        yield from ((phrase, number) for phrase in found)


def _both(
    phrase: Phrase, paragraph: int, filed: dt.date | None, lead: Sequence[str]
) -> Iterator[Reading]:
    """The phrase read back and ahead."""
    around = [*marks(phrase), *lead, f"paragraph_{min(paragraph, 2)}"]
    if paragraph == 0 and phrase.start < EARLY:
        around.append("early")
    for is_ahead in _ways(phrase, filed, around):
        days = phrase.days(filed or ANY_DAY, is_ahead)
        own = [phrase.kind, *around]
        if phrase.side:
            own.append(phrase.side)
        if days and filed:
            own.append(_away(days, filed))
        named = [f"told:{mark}" for mark in ("", *own)]
        if is_ahead:
            named += [f"ahead:{mark}" for mark in ("", *own)]
        yield Reading(days or (ANY_DAY, ANY_DAY), tuple(named), phrase, is_ahead)


def _ways(phrase: Phrase, filed: dt.date | None, around: Sequence[str]) -> Sequence[bool]:
    """Ahead, back or both: a clause that plainly announces or plainly tells leaves one.

    Where the day of filing is not known, a day of the calendar can lie ahead and back.
    """
    is_open = filed is None and phrase.kind in ("named", "cited")
    on = filed or ANY_DAY
    can = [way for way in (False, True) if is_open or phrase.days(on, way) is not None]
    if len(can) < 2:
        return can
    if "past_before" in around and not PERHAPS_AHEAD.intersection(around):
        return [False]
    return [True] if "ahead_before" in around else can


# Marks of a clause that tells what was and may yet announce: "asked them to meet on Friday".
PERHAPS_AHEAD = frozenset(("infinitive_before", "next"))
EARLY = 200  # characters: where a lead tells its day
ANY_DAY = dt.date(2000, 1, 5)  # days are only counted from it to see that they can be


def _away(days: Interval, filed: dt.date) -> str:
    """How far the days are from the filing, in steps."""
    nearest = min(abs((filed - day).days) for day in days)
    return f"days_{nearest}" if nearest < 2 else "days_few" if nearest < FAR else "days_many"


def _lead_marks(opening: Opening) -> list[str]:
    """Whether the first sentence announces, or tells what is."""
    how = tense(opening.lead)
    if how.is_past:
        return ["lead_ahead_and_past"] if how.is_ahead else []
    return ["lead_ahead"] if how.is_ahead else ["lead_present"]


def _untold(
    opening: Opening, filed: dt.date, moment: Moment, lead: Sequence[str], is_bare: bool
) -> Iterator[Reading]:
    around = list(lead)
    if opening.has_place or opening.dateline:
        around.append("dateline")
    if moment.precision == "minute":
        around.append("late" if moment.at.hour >= LATE_HOUR else "early")
    if is_bare:
        around.append("bare")
    else:
        around.append("told")
    for name, (first, last) in UNTOLD.items():
        days = filed + DAY * first, filed + DAY * last
        yield Reading(days, (f"none:{name}", *(f"none:{name}:{mark}" for mark in around)))
