"""A story's opening: its first paragraphs, the day of its dateline, the phrases that tell a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.articles import Passage, Story
from transforms.dates.days import DAY, Interval, valid
from transforms.dates.phrases import Phrase, phrases
from transforms.months import month_number
from transforms.printed import MONTH, YEAR
from transforms.text import sentences

# Words of the opening in which the day of the main event is named.
OPENING_WORDS = 110
USUAL_DELAY = (0, 1)  # days: news is filed on its day or the day after
# "PARIS, May 27 (Wire) - ", "MADRID, Friday 8 July, 1997 --": an agency or a dash behind the day.
DATELINE_DAY = re.compile(
    r"[^a-z]{3,40}[A-Za-z. ,]{0,30}?\b(?P<day>"
    rf"(?:(?=[A-Z])(?P<m1>(?i:{MONTH}))\s+(?P<d1>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})\s+(?=[A-Z])(?P<m2>(?i:{MONTH})))\b(?:,?\s*(?P<year>{YEAR})\b)?)"
    r"[.,]?\s*(?:[(/\[][^)/\]]{2,40}[)/\]]|--|[-–—:])"
)
CalendarDay = tuple[int, int]  # month and day of any year


@dataclass(frozen=True, slots=True)
class Dateline:
    """Month and day of the dateline, the year where it prints one, and where it stands."""

    passage: Passage
    month: int
    number: int
    year: int | None
    start: int
    end: int

    @property
    def day(self) -> CalendarDay:
        """Month and day."""
        return self.month, self.number


@dataclass(frozen=True, slots=True)
class Opening:
    """A story's first paragraphs, as far as the main event's day is told in them."""

    told: tuple[tuple[Passage, tuple[Phrase, ...]], ...]  # paragraphs with their phrases
    dateline: Dateline | None
    has_place: bool  # the dateline names one
    lead: str  # the first sentence behind the dateline

    @property
    def first(self) -> Passage:
        """The first paragraph."""
        return self.told[0][0]

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All phrases, in their order."""
        return tuple(phrase for _, found in self.told for phrase in found)


def read(story: Story) -> Opening:
    """The story's opening with the days it prints."""
    paragraphs = list(_paragraphs(story))
    dateline = _dateline(paragraphs[0][0])
    told = []
    for passage, text in paragraphs:
        start = dateline.end if dateline and passage is dateline.passage else 0
        told.append((passage, tuple(phrases(passage, text, start))))
    body = paragraphs[0][0].text
    begins = dateline.end if dateline else 0
    first = next(sentences(body[begins:]), (0, len(body)))
    lead = body[begins + first[0] : begins + first[1]]
    return Opening(tuple(told), dateline, story.dateline_place is not None, lead)


def _paragraphs(story: Story) -> Iterator[tuple[Passage, str]]:
    left = OPENING_WORDS
    for passage in story.passages:
        if passage.label == "body" and left > 0:
            words = passage.text.split(None, left)
            rest = words[left] if len(words) > left else ""
            yield passage, passage.text[: len(passage.text) - len(rest)]
            left -= len(words)


def _dateline(body: Passage) -> Dateline | None:
    match = DATELINE_DAY.match(body.text)
    if match is None:
        return None
    year = match.group("year")
    month = month_number(match.group("m1") or match.group("m2"))
    number = int(match.group("d1") or match.group("d2"))
    span = match.start("day"), match.end("day")
    return Dateline(body, month, number, int(year) if year else None, *span)


def filed_before(opening: Opening, published: dt.date) -> dt.date | None:
    """The day of the dateline, up to a week before the publication."""
    days = [published - DAY * back for back in range(8)]
    told = opening.dateline.day if opening.dateline else None
    return next((d for d in days if (d.month, d.day) == told), None)


def filed_within(opening: Opening, within: Interval, weekday: int | None) -> dt.date | None:
    """The day of the dateline: of the year it prints, else of the one year that is left.

    Of several years in the interval it is the one in which the weekday told was that day's or
    the one before; None where no or more than one fits.
    """
    if opening.dateline is None:
        return None
    if opening.dateline.year:
        return valid(opening.dateline.year, *opening.dateline.day)
    days = in_years(opening.dateline.day, within)
    if len(days) > 1 and weekday is not None:
        days = [d for d in days if (d.weekday() - weekday) % 7 in USUAL_DELAY]
    return days[0] if len(days) == 1 else None


def in_years(day: CalendarDay, within: Interval) -> Sequence[dt.date]:
    """The day in each year of the interval that has it; of thirty years at most."""
    years = range(within[0].year, min(within[1].year, within[0].year + 30) + 1)
    return [d for y in years if (d := valid(y, *day)) and within[0] <= d <= within[1]]
