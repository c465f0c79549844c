"""The day on which an undated story was filed: a printed day without a year, and what fits it.

Month and day of a dateline, of the agencies it cites or of its opening fit every year; the days on
which other clues agree leave some of them, and the weekday told often leaves one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.articles import Passage
from transforms.authority import FAR_FUTURE, FAR_PAST
from transforms.dates.clues import Clue
from transforms.dates.days import DAY, Interval, valid
from transforms.dates.openings import USUAL_DELAY, CalendarDay, Opening, filed_within, in_years
from transforms.dates.phrases import Phrase
from transforms.dates.publication import EARLIEST
from transforms.dates.tellings import Reading

# Who cites agencies of a day writes on the next one.
CITED_DELAY = DAY
MOST_YEARS = 30


@dataclass(frozen=True, slots=True)
class Filing:
    """The day a story was filed, and the characters that tell it."""

    day: dt.date
    method: str
    reason: str
    passage: Passage
    start: int
    end: int

    def clue(self, first: dt.date, last: dt.date) -> Clue:
        """The clue, for an event of these days."""
        verbatim = self.passage.text[self.start : self.end]
        at = self.passage.block_index, self.start, self.end
        return Clue(self.method, first, last, 1.0, self.method, verbatim, *at)


def resolve(opening: Opening, likeliest: Reading | None, met: Interval) -> Filing | None:
    """The day of filing where a printed day leaves one; None where none or several fit.

    `met` are the days on which the story can have been written by its other clues.
    """
    within = (max(met[0], EARLIEST), met[1])
    weekday = weekday_of(likeliest)
    if opening.dateline is not None:
        day = filed_within(opening, within, weekday)
        line = opening.dateline
        if day is not None:
            at = line.passage, line.start, line.end
            return Filing(day, "dateline_day", "the day it was filed, in the one year left", *at)
    for phrase in _calendar_phrases(opening, likeliest):
        day = _of_phrase(phrase, within, weekday)
        if day is not None:
            delay = CITED_DELAY if phrase.kind == "cited" else DAY * 0
            reason = "agencies of the day before" if delay else "filed on the day told, or after"
            at = phrase.passage, phrase.start, phrase.end
            return Filing(day + delay, "printed_day", f"{reason}, in the one year left", *at)
    return None


def weekday_of(likeliest: Reading | None) -> int | None:
    """The weekday that the opening tells back, Monday being 0; None where it tells none."""
    if likeliest is None or likeliest.phrase is None or likeliest.is_ahead:
        return None
    phrase = likeliest.phrase
    return phrase.value[0] if phrase.kind == "weekday" else None


def calendar_days(opening: Opening, likeliest: Reading | None) -> frozenset[CalendarDay]:
    """The days, in any year, of which the opening tells by a printed day; none where it has none.

    Of a dateline that day and the one before; of agencies cited the same; else the day it names.
    """
    line = opening.dateline
    delays: Sequence[int] = USUAL_DELAY
    phrase = likeliest.phrase if likeliest else None
    if line is None:
        told = next(iter(_calendar_phrases(opening, likeliest)), None)
        day = told.value[:2] if told else None
        delays = delays if told and told.kind == "cited" else (0,)
    else:
        day = line.day
        if phrase is not None and phrase.kind == "near":
            delays = [-offset for offset in phrase.value]
    printed = (valid(2001, *day) or valid(2000, *day)) if day else None
    days = [printed - DAY * back for back in delays] if printed else []
    return frozenset((found.month, found.day) for found in days)


def weekday_days(likeliest: Reading | None, within: Interval) -> tuple[Clue, str] | None:
    """The days of the interval that have the opening's weekday; None where it tells none."""
    number = weekday_of(likeliest)
    phrase = likeliest.phrase if likeliest else None
    if number is None or phrase is None or within[0] == FAR_PAST or within[1] == FAR_FUTURE:
        return None
    first = within[0] + DAY * ((number - within[0].weekday()) % 7)
    last = within[1] - DAY * ((within[1].weekday() - number) % 7)
    if first > last:  # the story may be written up to six days after the event
        first = last
    at = phrase.passage.block_index, phrase.start, phrase.end
    clue = Clue("weekday", first, last, 1.0, "weekday", phrase.verbatim, *at)
    return clue, f"the days of {within[0]} to {within[1]} that it allows"


def _calendar_phrases(opening: Opening, likeliest: Reading | None) -> list[Phrase]:
    """Cited days, and the day of the calendar that is likeliest the event's."""
    found = [p for p in opening.phrases if p.kind == "cited"]
    if likeliest is None or likeliest.phrase is None or likeliest.phrase.kind != "named":
        return found[:1]
    is_ahead = likeliest.is_ahead and not likeliest.phrase.year
    return found[:1] if is_ahead else [*found[:1], likeliest.phrase]


def _of_phrase(phrase: Phrase, within: Interval, weekday: int | None) -> dt.date | None:
    """The phrase's day in the one year that fits."""
    day = phrase.value[0], phrase.value[1]
    if phrase.year:
        return valid(phrase.year, *day)
    days = in_years(day, within)
    if len(phrase.value) > 2:
        days = [d for d in days if d.weekday() == phrase.value[2]]
    elif len(days) > 1 and weekday is not None:
        days = [d for d in days if (d.weekday() - weekday) % 7 in USUAL_DELAY]
    return days[0] if len(days) == 1 else None
