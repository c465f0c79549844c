"""The day that a story's opening tells: its weekday, its dateline, "yesterday"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from transforms.articles import Passage, Story
from transforms.authority import FAR_FUTURE, FAR_PAST
from transforms.dates.clues import Clue
from transforms.dates.days import DAY, WEEKDAYS, Interval, valid
from transforms.dates.months import month_number
from transforms.dates.printed import MONTHS, Moment
from transforms.printed import MONTH

# Words of the opening in which the day of the main event is named: two paragraphs.
OPENING_WORDS = 70
# UTC; a story stamped later than this and naming no other day tells of the day itself.
SAME_DAY_HOUR = 12
WEEKDAY = re.compile(
    r"(?<!next )(?<!by )(?<!until )(?<!since )(?<!before )(?<!from )\b("
    + "|".join(WEEKDAYS)
    + r")\b",
    re.I,
)
NEAR_DAY = re.compile(r"\b(today|tonight|yesterday|last\s+week)\b", re.I)
# "On June 3" without a year is of the last weeks.
LATEST_NAMED = dt.timedelta(days=31)
NAMED_DAY = re.compile(
    rf"(?<!until )(?<!by )(?<!since )(?<!before )\b(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})\s+(?P<m2>{MONTH}))\b(?!,?\s*\d{{4}})",
    re.I,
)
DATELINE_DAY = re.compile(
    r"^[^a-z]{3,40}[A-Za-z. ,]{0,30}?\b([A-Z][a-z]{2,8})\.?\s+(\d{1,2})\b(?!,?\s*\d{4})"
)


def weekday(story: Story) -> int | None:
    """The weekday the opening tells, Monday being 0; None where it tells none."""
    told = _weekday(story)
    return None if told is None else _number(told[1])


def _opening(story: Story) -> Iterator[tuple[Passage, str]]:
    """The first paragraphs, as far as the main event's day is told in them."""
    left = OPENING_WORDS
    for passage in story.passages:
        if passage.label != "body":
            continue
        words = list(re.finditer(r"\S+", passage.text))
        end = words[left - 1].end() if len(words) > left else len(passage.text)
        yield passage, passage.text[:end]
        left -= len(words)
        if left <= 0:
            return


def weekday_days(story: Story, within: Interval) -> tuple[Clue, Interval] | None:
    """The days of the interval that have the opening's weekday."""
    told = _weekday(story)
    if told is None or within[0] == FAR_PAST or within[1] == FAR_FUTURE:
        return None
    passage, match = told
    number = _number(match)
    first = within[0] + DAY * ((number - within[0].weekday()) % 7)
    last = within[1] - DAY * ((within[1].weekday() - number) % 7)
    if first > last:  # the story may be written up to six days after the event
        first = last
    return _clue("weekday", first, last, passage, match.span()), (first, last)


def _weekday(story: Story) -> tuple[Passage, re.Match[str]] | None:
    """The weekday of the main event: of two in the opening, the one that came later."""
    found = [(p, m) for p, text in _opening(story) for m in WEEKDAY.finditer(text)]
    if not found:
        return None
    first, second = found[0], found[min(1, len(found) - 1)]
    before, after = (_number(m) for _, m in (first, second))
    return second if 1 <= (after - before) % 7 <= 3 else first


def dateline_days(story: Story, within: Interval) -> tuple[Clue, Interval] | None:
    """The day of the interval that has the month and day of the dateline, if it is one."""
    found = _dateline(story)
    if found is None:
        return None
    body, month, number, span = found
    years = range(within[0].year, min(within[1].year, within[0].year + 30) + 1)
    days = [
        d for d in (valid(y, month, number) for y in years) if d and within[0] <= d <= within[1]
    ]
    if len(days) != 1:
        return None
    return _clue("dateline_day", days[0], days[0], body, span), (days[0], days[0])


def _dateline(story: Story) -> tuple[Passage, int, int, tuple[int, int]] | None:
    """Month and day of the dateline that opens the story, with their place."""
    body = next((p for p in story.passages if p.label == "body"), None)
    match = DATELINE_DAY.match(body.text) if body else None
    if body is None or match is None or match.group(1)[:3].lower() not in MONTHS:
        return None
    month, number = MONTHS[match.group(1)[:3].lower()], int(match.group(2))
    return body, month, number, (match.start(1), match.end(2))


def _filed(story: Story, published: dt.date) -> dt.date | None:
    """The day of the dateline, up to a week before the publication."""
    found = _dateline(story)
    days = [published - DAY * back for back in range(8)]
    return next((d for d in days if found and (d.month, d.day) == found[1:3]), None)


def opening_day(story: Story, moment: Moment) -> tuple[Clue, str]:
    """The day the opening names, counted back from the day it was filed; else the days before."""
    published = moment.day
    filed = _filed(story, published)
    day = filed or published
    told = _weekday(story)
    if told is not None:
        passage, match = told
        back = (day.weekday() - _number(match)) % 7
        if passage.text[: match.start()].lower().endswith("last "):
            back = back or 7
        clue = _clue("weekday", day - DAY * back, day - DAY * back, passage, match.span())
        return clue, f"the {match.group(1)} on or before {day}"
    for passage, text in _opening(story):
        near = NEAR_DAY.search(text)
        if near is not None:
            first, last = _near(near.group(1).lower(), day)
            return _clue("near_day", first, last, passage, near.span()), f"counted from {day}"
        filed_on = _dateline(story)  # the day it was filed is not the day of what it tells
        is_dateline = filed_on is not None and filed_on[0] == passage
        named = _named_day(text, day, filed_on[3][1] if filed_on and is_dateline else 0)
        if named is not None:
            span, found = named
            return _clue("named_day", found, found, passage, span), f"the last one before {day}"
    body = next(p for p in story.passages if p.label == "body")
    if moment.precision == "minute" and moment.at.hour >= SAME_DAY_HOUR:
        reason = "stamped in the second half of the day, and the opening names no other day"
        return _clue("publication_day", published, published, body, (0, 0)), reason
    if filed or story.dateline_place or moment.precision == "minute":
        reason = "news is filed on its day or the day after"
        return _clue("publication_day", day - DAY, day, body, (0, 0)), reason
    reason = "no dateline and no hour: a weekly prints what happened since its last issue"
    return _clue("publication_day", day - 7 * DAY, day, body, (0, 0)), reason


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
    if word == "yesterday":
        return published - DAY, published - DAY
    if word.startswith("last"):
        monday = published - DAY * published.weekday()
        return monday - 7 * DAY, monday - DAY
    return published, published


def _clue(
    method: str, start: dt.date, end: dt.date, passage: Passage, span: tuple[int, int]
) -> Clue:
    verbatim = passage.text[span[0] : span[1]]
    return Clue(method, start, end, 1.0, method, verbatim, passage.block_index, *span)


def _number(match: re.Match[str]) -> int:
    return WEEKDAYS.index(match.group(1).lower())
