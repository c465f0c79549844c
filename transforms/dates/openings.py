"""The day that a story's opening tells: its weekday, its dateline, "yesterday"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.articles import Passage, Story
from transforms.authority import FAR_FUTURE, FAR_PAST
from transforms.dates.clues import Clue
from transforms.dates.days import DAY, Interval, valid
from transforms.dates.printed import Moment
from transforms.english import WEEKDAYS
from transforms.months import month_number
from transforms.printed import MONTH, YEAR
from transforms.text import fold_space

# Words of the opening in which the day of the main event is named: two paragraphs.
OPENING_WORDS = 70
# UTC; a story stamped later than this and naming no other day tells of the day itself.
SAME_DAY_HOUR = 12
USUAL_DELAY = (0, 1)  # days: news is filed on its day or the day after
DELAYS = {"today": (0,), "tonight": (0,), "yesterday": (1,), "the day before yesterday": (2,)}
WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.I)
# A weekday behind these words is not that of what the opening tells.
AHEAD = ("next ", "by ", "until ", "since ", "before ", "from ")
NEAR_DAY = re.compile(
    r"\b(today|tonight|the\s+day\s+before\s+yesterday|yesterday|last\s+week)\b", re.I
)
# "On June 3" without a year is of the last weeks.
LATEST_NAMED = dt.timedelta(days=31)
NAMED_DAY = re.compile(
    rf"(?<!until )(?<!by )(?<!since )(?<!before )\b(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})\s+(?P<m2>{MONTH}))\b(?!,?\s*\d{{4}})",
    re.I,
)
# "PARIS, May 27 (Wire) - ", "MADRID, Friday 8 July, 1997 --": an agency or a dash behind the day.
DATELINE_DAY = re.compile(
    r"[^a-z]{3,40}[A-Za-z. ,]{0,30}?\b(?P<day>"
    rf"(?:(?=[A-Z])(?P<m1>(?i:{MONTH}))\s+(?P<d1>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})\s+(?=[A-Z])(?P<m2>(?i:{MONTH})))\b(?:,?\s*(?P<year>{YEAR})\b)?)"
    r"[.,]?\s*(?:[(/\[][^)/\]]{2,40}[)/\]]|--|[-–—:])"
)


Told = tuple[Passage, re.Match[str]]
CalendarDay = tuple[int, int]  # month and day of any year


@dataclass(frozen=True, slots=True)
class Opening:
    """A story's first paragraphs, as far as the main event's day is told in them."""

    paragraphs: tuple[tuple[Passage, str], ...]
    told: Told | None  # the weekday of the main event
    dateline: Told | None  # month and day of the dateline
    has_place: bool  # the dateline names one

    @property
    def weekday(self) -> int | None:
        """The weekday that is told, Monday being 0; None where none is."""
        return None if self.told is None else _number(self.told[1])

    @property
    def filed(self) -> CalendarDay | None:
        """The day of the dateline."""
        if self.dateline is None:
            return None
        _, match = self.dateline
        month = month_number(match.group("m1") or match.group("m2"))
        return month, int(match.group("d1") or match.group("d2"))

    @property
    def calendar_days(self) -> frozenset[CalendarDay]:
        """The days of which a story with this dateline tells, in any year."""
        filed = self.filed and (valid(2001, *self.filed) or valid(2000, *self.filed))
        near = (NEAR_DAY.search(text) for _, text in self.paragraphs)
        word = next((_word(match) for match in near if match), "")
        # "He said today" is no day of what is told beside a weekday.
        delays = USUAL_DELAY if self.told else DELAYS.get(word, USUAL_DELAY)
        days = [filed - DAY * back for back in delays] if filed else []
        return frozenset((day.month, day.day) for day in days)


def read(story: Story) -> Opening:
    """The story's opening with the days it prints."""
    paragraphs = tuple(_paragraphs(story))
    return Opening(
        paragraphs, _weekday(paragraphs), _dateline(paragraphs), story.dateline_place is not None
    )


def _paragraphs(story: Story) -> Iterator[tuple[Passage, str]]:
    left = OPENING_WORDS
    for passage in story.passages:
        if passage.label == "body" and left > 0:
            words = passage.text.split(None, left)
            rest = words[left] if len(words) > left else ""
            yield passage, passage.text[: len(passage.text) - len(rest)]
            left -= len(words)


def _weekday(paragraphs: Sequence[tuple[Passage, str]]) -> Told | None:
    """The weekday of the main event: of two in the opening, the one that came later."""
    found = [
        (passage, match)
        for passage, text in paragraphs
        for match in WEEKDAY.finditer(text)
        if not text[: match.start()].lower().endswith(AHEAD)
    ]
    if not found:
        return None
    first, second = found[0], found[min(1, len(found) - 1)]
    before, after = (_number(m) for _, m in (first, second))
    return second if 1 <= (after - before) % 7 <= 3 else first


def _dateline(paragraphs: Sequence[tuple[Passage, str]]) -> Told | None:
    for body, _ in paragraphs[:1]:
        match = DATELINE_DAY.match(body.text)
        if match is not None:
            return body, match
    return None


def weekday_days(opening: Opening, within: Interval) -> list[tuple[Clue, str]]:
    """The days of the interval that have the opening's weekday; none where it tells none."""
    number = opening.weekday
    if opening.told is None or number is None or within[0] == FAR_PAST or within[1] == FAR_FUTURE:
        return []
    first = within[0] + DAY * ((number - within[0].weekday()) % 7)
    last = within[1] - DAY * ((within[1].weekday() - number) % 7)
    if first > last:  # the story may be written up to six days after the event
        first = last
    passage, match = opening.told
    reason = f"the days of {within[0]} to {within[1]} that it allows"
    return [(_clue("weekday", first, last, passage, match.span()), reason)]


def filed_day(opening: Opening, within: Interval) -> dt.date | None:
    """The day of the dateline: of the year it prints, else of the one year that is left.

    Of several years in the interval it is the one in which the weekday told was that day's or
    the one before; None where no or more than one fits.
    """
    if opening.dateline is None or opening.filed is None:
        return None
    year = opening.dateline[1].group("year")
    if year:
        return valid(int(year), *opening.filed)
    years = range(within[0].year, min(within[1].year, within[0].year + 30) + 1)
    days = [d for y in years if (d := valid(y, *opening.filed)) and within[0] <= d <= within[1]]
    if len(days) > 1 and opening.weekday is not None:
        days = [d for d in days if (d.weekday() - opening.weekday) % 7 in USUAL_DELAY]
    return days[0] if len(days) == 1 else None


def filed_days(opening: Opening, filed: dt.date) -> list[tuple[Clue, str]]:
    """The day of the dateline, and what the opening tells counted from it; the last decides."""
    if opening.dateline is None:
        return []
    body, match = opening.dateline
    span = match.start("day"), match.end("day")
    told, reason = opening_day(opening, Moment(_midnight(filed), "day", 0, 0, day=filed))
    # What is told was told by the day it was filed: its days lie within those of the dateline.
    clue = _clue("dateline_day", min(told.start, filed), filed, body, span)
    if told.method == "publication_day":
        return [(clue, reason)]
    return [(clue, "the day it was filed"), (told, reason)]


def _filed(opening: Opening, published: dt.date) -> dt.date | None:
    """The day of the dateline, up to a week before the publication."""
    days = [published - DAY * back for back in range(8)]
    return next((d for d in days if (d.month, d.day) == opening.filed), None)


def opening_day(opening: Opening, moment: Moment) -> tuple[Clue, str]:
    """The day the opening names, counted back from the day it was filed; else the days before."""
    published = moment.day
    filed = _filed(opening, published)
    day = filed or published
    if opening.told is not None:
        passage, match = opening.told
        back = (day.weekday() - _number(match)) % 7
        if passage.text[: match.start()].lower().endswith("last "):
            back = back or 7
        clue = _clue("weekday", day - DAY * back, day - DAY * back, passage, match.span())
        return clue, f"the {match.group(1)} on or before {day}"
    for passage, text in opening.paragraphs:
        near = NEAR_DAY.search(text)
        if near is not None:
            first, last = _near(_word(near), day)
            return _clue("near_day", first, last, passage, near.span()), f"counted from {day}"
        # The day it was filed is not the day of what it tells.
        named = _named_day(text, day, _behind_dateline(opening, passage))
        if named is not None:
            span, found = named
            return _clue("named_day", found, found, passage, span), f"the last one before {day}"
    body, _ = opening.paragraphs[0]
    if moment.precision == "minute" and moment.at.hour >= SAME_DAY_HOUR:
        reason = "stamped in the second half of the day, and the opening names no other day"
        return _clue("publication_day", published, published, body, (0, 0)), reason
    if filed or opening.has_place or moment.precision == "minute":
        reason = "news is filed on its day or the day after"
        return _clue("publication_day", day - DAY, day, body, (0, 0)), reason
    reason = "no dateline and no hour: a weekly prints what happened since its last issue"
    return _clue("publication_day", day - 7 * DAY, day, body, (0, 0)), reason


def _behind_dateline(opening: Opening, passage: Passage) -> int:
    """Where the passage's own words begin."""
    if opening.dateline is None or opening.dateline[0] is not passage:
        return 0
    return opening.dateline[1].end("day")


def _named_day(text: str, published: dt.date, start: int) -> tuple[tuple[int, int], dt.date] | None:
    """The last day before the publication that the text names by month and number, no year."""
    for match in NAMED_DAY.finditer(text, start):
        printed = match.group("m1") or match.group("m2")
        number = int(match.group("d1") or match.group("d2"))
        for year in (published.year, published.year - 1):
            day = valid(year, month_number(printed), number)
            if day and DAY * 0 <= published - day <= LATEST_NAMED:
                return match.span(), day
    return None


def _near(word: str, published: dt.date) -> Interval:
    if word == "last week":
        monday = published - DAY * published.weekday()
        return monday - 7 * DAY, monday - DAY
    (delay,) = DELAYS[word]
    return published - DAY * delay, published - DAY * delay


def _word(near: re.Match[str]) -> str:
    return fold_space(near.group(1).lower())


def _clue(
    method: str, start: dt.date, end: dt.date, passage: Passage, span: tuple[int, int]
) -> Clue:
    verbatim = passage.text[span[0] : span[1]]
    return Clue(method, start, end, 1.0, method, verbatim, passage.block_index, *span)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _number(match: re.Match[str]) -> int:
    return WEEKDAYS.index(match.group(1).lower())
