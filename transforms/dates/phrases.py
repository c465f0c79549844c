"""Phrases by which a story's opening tells a day: their spans, and the days they can mean.

"on Tuesday", "last night", "two days ago", "over the weekend", "this week", "on May 16", "(Agency,
May 16)": each is counted from the day the story was filed, back or ahead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from transforms.articles import Passage
from transforms.dates.days import DAY, Interval, month_span, shifted, valid
from transforms.english import NUMBERS, WEEKDAYS
from transforms.months import month_number
from transforms.printed import MONTH, YEAR
from transforms.text import fold_space

SIDE = r"(?:(?P<side>last|next|this)\s+(?:past\s+|coming\s+)?)?"
SHORT_WEEKDAY = r"(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\."
WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)}|{SHORT_WEEKDAY})(?!\w)"
CALENDAR_DAY = (
    rf"(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{MONTH}))(?!\w)"
    rf"(?:,?\s+(?P<year>{YEAR})(?!\w))?"
)
# Words of one day: days from the day it was filed, the first and the last.
NEAR: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("today", "tonight", "this morning", "this afternoon", "this evening"), (0, 0)),
    **dict.fromkeys(("yesterday", "last night", "last evening", "the previous day"), (-1, -1)),
    "overnight": (-1, 0),
    "the day before yesterday": (-2, -2),
    "tomorrow": (1, 1),
}
COUNT = "|".join((r"\d{1,2}", "a", "an", *NUMBERS))
PATTERN = re.compile(
    rf"(?P<cited>\([^()]{{2,60}}?,\s+(?:{CALENDAR_DAY.replace('(?P<', '(?P<c')})\))"
    rf"|(?:\b{WEEKDAY.replace('(?P<weekday>', '(?P<beside>')},?\s+)?\b{CALENDAR_DAY}"
    rf"|\b{SIDE}{WEEKDAY}"
    rf"|\b(?P<near>{'|'.join(sorted(NEAR, key=len, reverse=True)).replace(' ', chr(92) + 's+')})\b"
    rf"|\b(?P<count>{COUNT})\s+(?P<unit>hour|day|week)s?\s+ago\b"
    r"|\b(?P<ofweekend>last|next|this|over\s+the|at\s+the|during\s+the|on\s+the)\s+weekend\b"
    r"|\b(?:earlier\s+|later\s+)?(?P<ofspan>last|next|this)\s+(?P<span>week|month)\b"
    r"|\bon\s+the\s+(?P<number>\d{1,2})(?:st|nd|rd|th)\b(?!\s+of)",
    re.I,
)
# "On June 3" without a year is of the last weeks, or of the months to come.
LATEST_NAMED, FURTHEST_NAMED = DAY * 45, DAY * 200
WEEK_OFF = 3  # "two weeks ago" is said of eleven days and of seventeen


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: its kind, the words that count, and its span in the passage."""

    kind: str  # weekday, near, count, weekend, week, month, named, cited
    passage: Passage
    start: int
    end: int
    value: tuple[int, ...] = ()
    side: str = ""  # last, this, next
    year: int | None = None

    @property
    def verbatim(self) -> str:
        """The characters it was read from."""
        return self.passage.text[self.start : self.end]

    def days(self, filed: dt.date, is_ahead: bool) -> Interval | None:
        """The days it means in a story of that day, back or ahead; None where it cannot."""
        if (self.side == "last" and is_ahead) or (self.side == "next" and not is_ahead):
            return None
        return _READINGS[self.kind](self, filed, is_ahead)


def phrases(passage: Passage, text: str, start: int = 0) -> Iterator[Phrase]:
    """The phrases of the passage's text from this character on, in their order."""
    for match in PATTERN.finditer(text, start):
        found = _phrase(passage, match)
        if found is not None:
            yield found


def _phrase(passage: Passage, match: re.Match[str]) -> Phrase | None:
    g = match.groupdict()
    at = passage, match.start(), match.end()
    for prefix, kind in (("c", "cited"), ("", "named")):
        month = g[f"{prefix}m1"] or g[f"{prefix}m2"]
        if month:
            number = int(g[f"{prefix}d1"] or g[f"{prefix}d2"])
            year = g[f"{prefix}year"]
            beside = (weekday_number(g["beside"]),) if g["beside"] and kind == "named" else ()
            value = (month_number(month), number, *beside)
            return Phrase(kind, *at, value, year=int(year) if year else None)
    if g["weekday"]:
        return Phrase("weekday", *at, (weekday_number(g["weekday"]),), (g["side"] or "").lower())
    if g["near"]:
        return Phrase("near", *at, NEAR[fold_space(g["near"].lower())])
    if g["count"]:
        return Phrase("count", *at, _counted(g["count"].lower(), g["unit"].lower()))
    if g["ofweekend"]:
        side = g["ofweekend"].lower()
        return Phrase("weekend", *at, side=side if side in ("last", "next", "this") else "")
    if g["ofspan"]:
        return Phrase(g["span"].lower(), *at, side=g["ofspan"].lower())
    return Phrase("monthday", *at, (int(g["number"]),))


def weekday_number(printed: str) -> int:
    """The number of a weekday in full or short, Monday being 0."""
    short = printed.lower().rstrip(".")[:3]
    return next(n for n, name in enumerate(WEEKDAYS) if name.startswith(short))


def _counted(printed: str, unit: str) -> tuple[int, int]:
    """Days back, the first and the last."""
    number = int(printed) if printed.isdigit() else 1 if printed in ("a", "an") else 0
    number = number or NUMBERS.index(printed) + 1
    if unit == "hour":
        return (-1 - number // 24, 0)
    if unit == "day":
        return (-number, -number)
    return (-7 * number - WEEK_OFF, -7 * number + WEEK_OFF)


Reading = Callable[[Phrase, dt.date, bool], Interval | None]


def _weekday(phrase: Phrase, filed: dt.date, is_ahead: bool) -> Interval:
    if is_ahead:
        ahead = (phrase.value[0] - filed.weekday()) % 7 or (7 if phrase.side == "next" else 0)
        return (filed + DAY * ahead,) * 2
    back = (filed.weekday() - phrase.value[0]) % 7 or (7 if phrase.side == "last" else 0)
    return (filed - DAY * back,) * 2


def _offset(phrase: Phrase, filed: dt.date, is_ahead: bool) -> Interval | None:
    first, last = phrase.value
    if first < 0 if is_ahead else first > 0:
        return None
    return filed + DAY * first, filed + DAY * last


def _weekend(phrase: Phrase, filed: dt.date, is_ahead: bool) -> Interval:
    if is_ahead:
        saturday = filed + DAY * ((5 - filed.weekday()) % 7)
        return saturday, saturday + DAY
    back = (filed.weekday() - 5) % 7
    if phrase.side == "last" and back < 2:
        back += 7
    saturday = filed - DAY * back
    return saturday, min(saturday + DAY, filed)


def _week(phrase: Phrase, filed: dt.date, is_ahead: bool) -> Interval:
    monday = filed - DAY * filed.weekday() + DAY * 7 * _step(phrase)
    return _cut(phrase, (monday, monday + 6 * DAY), filed, is_ahead)


def _month(phrase: Phrase, filed: dt.date, is_ahead: bool) -> Interval:
    return _cut(phrase, month_span(shifted(filed.replace(day=1), _step(phrase))), filed, is_ahead)


def _step(phrase: Phrase) -> int:
    return {"last": -1, "next": 1}.get(phrase.side, 0)


def _cut(phrase: Phrase, span: Interval, filed: dt.date, is_ahead: bool) -> Interval:
    """Of the week or month that the story was filed in, the part behind it or ahead."""
    if phrase.side in ("last", "next"):
        return span
    return (filed, span[1]) if is_ahead else (span[0], filed)


def _named(phrase: Phrase, filed: dt.date, is_ahead: bool) -> Interval | None:
    month, number = phrase.value[:2]
    years = (phrase.year,) if phrase.year else (filed.year - 1, filed.year, filed.year + 1)
    for year in years:
        day = valid(year, month, number)
        if day is None:
            continue
        near = -FURTHEST_NAMED <= filed - day < DAY * 0 if is_ahead else day <= filed
        if near and (is_ahead or phrase.year or filed - day <= LATEST_NAMED):
            return day, day
    return None


def _cited(phrase: Phrase, filed: dt.date, is_ahead: bool) -> Interval | None:
    """Agencies tell of the day itself or of the one before."""
    day = None if is_ahead else _named(phrase, filed, is_ahead)
    return (day[0] - DAY, day[0]) if day else None


def _monthday(phrase: Phrase, filed: dt.date, is_ahead: bool) -> Interval | None:
    for step in (0, 1) if is_ahead else (0, -1):
        first = shifted(filed.replace(day=1), step)
        day = valid(first.year, first.month, phrase.value[0])
        if day and (day > filed if is_ahead else day <= filed):
            return day, day
    return None


_READINGS: dict[str, Reading] = {
    "weekday": _weekday,
    "near": _offset,
    "count": _offset,
    "weekend": _weekend,
    "week": _week,
    "month": _month,
    "named": _named,
    "cited": _cited,
    "monthday": _monthday,
}
