"""Printed dates: from a date line, a meta tag or an address to a moment in UTC."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from transforms.dates.clocks import TIME, ZONE, is_hour, moment_at
from transforms.dates.days import Interval, valid
from transforms.months import month_number, month_pattern
from transforms.printed import WEEKDAY

__all__ = ["Moment", "moments", "month_number"]

MONTH = month_pattern()
ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.)?"
OF = r"(?:of\s+|de\s+|d['’]\s*)?"
YEAR = r"(?:19|20)\d\d"
# A year of two digits behind a month's name: "14-Feb-96", "14 February '96".
SHORT_YEAR = r"(?:9\d|[0-2]\d)(?!\d|[.,:]\d)"
FIRST_OF_WEB = 90  # pages are of 1990 and later
# What every date has; a digit first, which the engine looks for fastest.
YEAR_PRINTED = re.compile(
    r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|[./-]\s?\d\d?[./-]\s?\d\d(?!\d)"
    r"|(?:st|nd|rd|th)?[\s-][A-Za-zÀ-ÿ]{3,9}\.?[\s-]['’]?\d\d(?!\d)|,?\s+['’]\d\d(?!\d))"
)
# Characters of a date around its year: "September 14th, 08:15:30 Moscow time 2002".
BEFORE_YEAR, BEHIND_YEAR = 60, 30
CLOCK = rf"\d{{1,2}}:\d\d(?::\d\d)?(?:\s+(?:{ZONE}))?"
# Lines are glued on copied pages: "Market newsMay 14, 2002".
OPENS = r"(?:\b|(?-i:(?<=[a-zà-ÿ])(?=[A-Z])))"
DATE = re.compile(
    rf"(?<![\d/-])(?P<y0>{YEAR})(?P<s0>[-/.])(?P<m0>\d{{1,2}})(?P=s0)(?P<d0>\d{{1,2}})(?!\d|[-/]\d)"
    rf"|(?<![\d.,])(?:(?P<f1>\d{{1,2}})\s?[-–]\s?)?(?P<d1>\d{{1,2}}){ORDINAL}[\s-]*{OF}(?P<m1>{MONTH})"
    rf"(?:\s*,?\s+(?:del?\s+)?|\s*,\s*|-)(?P<y1>{YEAR})(?!\d)"
    rf"|{OPENS}(?P<m2>{MONTH}),?\s*(?:(?P<f2>\d{{1,2}})\s?[-–]\s?)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:\s*,\s*|\s+)(?:{CLOCK}\s+)?(?P<y2>{YEAR})(?!\d)"
    rf"|(?<![\d.])(?P<d3>\d{{1,2}})\.\s?(?P<m3>\d{{1,2}})\.\s?(?P<y3>{YEAR}|\d\d)(?![\d.]\d|\d|%)"
    rf"|(?<![\d/])(?P<a4>\d{{1,2}})(?P<s4>[/-])(?P<b4>\d{{1,2}})(?P=s4)(?P<y4>{YEAR}|\d\d)(?![\d/]|-\d)"
    rf"|(?<![\w/.-])(?P<y7>{YEAR})[\s-](?P<m7>{MONTH})[\s-](?P<d7>\d{{1,2}})(?![\d:]|,?\s*{YEAR})"
    rf"|(?<![\d.,/-])(?P<d8>\d{{1,2}}){ORDINAL}[\s-](?P<m8>{MONTH})(?:[\s-]['’]|-|\s(?=9))(?P<y8>{SHORT_YEAR})"
    rf"|{OPENS}(?P<m9>{MONTH})\s+(?P<d9>\d{{1,2}}),?\s+['’](?P<y9>{SHORT_YEAR})"
    rf"|(?P<y5>{YEAR})\s?年\s?(?P<m5>\d{{1,2}})\s?月\s?(?P<d5>\d{{1,2}})\s?日"
    r"|(?<!\d)(?P<y6>(?:19|20)\d\d)(?P<m6>0[1-9]|1[0-2])(?P<d6>0[1-9]|[12]\d|3[01])"
    r"(?=T?\d{4}(?:\d\d)?Z?\b|\b)",
    re.I,
)
WEEKDAY_BEFORE = re.compile(rf"\b{WEEKDAY},?\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Moment:
    """One printed date in UTC, as exact as it is printed; its span is in the text it came from."""

    at: dt.datetime
    precision: str  # minute, day; bracket: a range of days; month
    char_start: int
    char_end: int
    is_ambiguous: bool = False  # 03/04/1999: day and month could be swapped
    # The day as printed: that of the clock on the spot, which in UTC may be another.
    day: dt.date = dt.date.min
    first: dt.date | None = None  # where several days are printed, the first; `day` is the last

    @property
    def days(self) -> Interval:
        """The first and the last day printed; those of the moment in UTC where it is one."""
        at = self.at.date()
        return (self.first, self.day) if self.first else (at, at)


def at_midnight(day: dt.date) -> Moment:
    """A day that is known without its hour."""
    at = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return Moment(at, "day", 0, 0, day=day)


@dataclass(frozen=True, slots=True)
class Customs:
    """What the page and its site tell of how their dates are to be read."""

    timezone: str | None = None  # IANA name of the site's clock, for times without a zone
    is_month_first: bool | None = None  # 03/04/1999 is of March; None: could be either
    # Four-digit years that the page prints: 24.01.97 is of 1997 where 1997 is among them.
    years: Container[int] = ()


def moments(
    text: str, timezone: str | None = None, customs: Customs | None = None
) -> Iterator[Moment]:
    """Every full date of the text with the time beside it.

    `timezone` is the IANA name of the site's clock for times printed without a zone; without
    it such a time is left out and the precision is the day.

    >>> [str(m.at) for m in moments("Tuesday, 14 May, 2002, 15:40 EDT")]
    ['2002-05-14 19:40:00+00:00']
    """
    customs = customs or Customs(timezone)
    taken = 0
    for match in _dates(text):
        day, is_ambiguous = _day(match, customs)
        if day is None:
            continue
        beside = _time_beside(text, match, taken)
        at = moment_at(day, beside, customs.timezone) if beside else None
        start, end = match.span()
        if weekday := WEEKDAY_BEFORE.search(text, max(0, start - 12), start):
            start = weekday.start()
        if beside is None or at is None:
            whole = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
            first = _first(match, day)
            precision = "bracket" if first else "day"
            yield Moment(whole, precision, start, end, is_ambiguous, day, first)
        else:
            start, end = min(start, beside.start()), max(end, beside.end())
            end = start + len(text[start:end].rstrip(" ("))
            yield Moment(at, "minute", start, end, is_ambiguous, day)
        taken = end


def prints_date(text: str) -> bool:
    """Whether the text prints a full date."""
    return next(_dates(text), None) is not None


def _dates(text: str) -> Iterator[re.Match[str]]:
    """Every full date, looked for around each year alone: the pattern is slow, years are rare."""
    taken = 0
    for year in YEAR_PRINTED.finditer(text):
        first, last = max(taken, year.start() - BEFORE_YEAR), year.end() + BEHIND_YEAR
        match = DATE.search(text, first, last) if year.start() >= taken else None
        if match and match.start() <= year.start():
            yield match
            taken = match.end()


def _day(match: re.Match[str], customs: Customs) -> tuple[dt.date | None, bool]:
    g = match.groupdict()
    for n in "056":
        if g[f"y{n}"]:
            return valid(int(g[f"y{n}"]), int(g[f"m{n}"]), int(g[f"d{n}"])), False
    for n in "127":
        if g[f"m{n}"]:
            return valid(int(g[f"y{n}"]), month_number(g[f"m{n}"]), int(g[f"d{n}"])), False
    for n in "89":
        if g[f"m{n}"]:
            year = century(int(g[f"y{n}"]))
            return valid(year, month_number(g[f"m{n}"]), int(g[f"d{n}"])), False
    printed = _year(g["y3"] or g["y4"], customs)
    if printed is None:
        return None, False
    if g["m3"]:
        return valid(printed, int(g["m3"]), int(g["d3"])), False
    first, second = int(g["a4"]), int(g["b4"])
    # Americans print the month first; a number above twelve tells without knowing the site.
    known = customs.is_month_first
    if known is None and customs.timezone is not None:
        known = customs.timezone.startswith("America/")
    month_first = second > 12 or (first <= 12 and bool(known))
    is_ambiguous = first <= 12 and second <= 12 and first != second and known is None
    month, day = (first, second) if month_first else (second, first)
    return valid(printed, month, day), is_ambiguous


def _first(match: re.Match[str], last: dt.date) -> dt.date | None:
    """The first of a range of days: "12-18 May 1997"; None where one day is printed."""
    number = match.group("f1") or match.group("f2")
    first = valid(last.year, last.month, int(number)) if number else None
    return first if first and first < last else None


def _year(printed: str, customs: Customs) -> int | None:
    """The year in full; of two digits only with evidence of the century."""
    if len(printed) == 4:
        return int(printed)
    return next((y for y in (1900 + int(printed), 2000 + int(printed)) if y in customs.years), None)


def century(short: int) -> int:
    """The year in full of one printed with two digits beside a month's name.

    >>> century(96), century(3)
    (1996, 2003)
    """
    return short + (1900 if short >= FIRST_OF_WEB else 2000)


def _time_beside(text: str, date: re.Match[str], taken: int) -> re.Match[str] | None:
    """The time inside the date or right behind it, else right before it."""
    if date.group("m2"):
        inside = TIME.search(text, date.end("d2"), date.start("y2"))
        if inside is not None and is_hour(inside):
            return inside
    behind = TIME.search(text, date.end(), date.end() + 40)
    if behind is not None and is_hour(behind):
        return behind
    first = max(taken, date.start() - 30)
    before = [m for m in TIME.finditer(text, first, date.start()) if is_hour(m)]
    # A second clock stands in brackets, and the day beside it is that of the first.
    own = [m for m in before if text[max(0, m.start() - 1)] != "("]
    found = own or before
    return found[-1] if found else None
