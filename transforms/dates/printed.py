"""Printed dates: from a date line, a meta tag or an address to a moment in UTC."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Container, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from transforms.dates.days import valid
from transforms.dates.months import month_number, month_pattern
from transforms.printed import WEEKDAY

__all__ = ["MONTHS", "Moment", "in_address", "moments", "month_number"]

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# Hours east of Greenwich of the zones that news prints.
ZONE_HOURS = {
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "MEZ": 1, "CET": 1, "MESZ": 2,
    "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "MSD": 4, "EDT": -4, "EST": -5, "CDT": -5,
    "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AST": -4, "ADT": -3, "HKT": 8,
    "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
# Clocks that are named by a place: its time of that day, summer time or not.
NAMED_ZONES = {
    "moscow time": "Europe/Moscow",
    "london time": "Europe/London",
    "new york time": "America/New_York",
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "paris time": "Europe/Paris",
    "brussels time": "Europe/Brussels",
    "berlin time": "Europe/Berlin",
    "kyiv time": "Europe/Kyiv",
    "kiev time": "Europe/Kyiv",
    "tokyo time": "Asia/Tokyo",
    "et": "America/New_York",
    "ct": "America/Chicago",
    "pt": "America/Los_Angeles",
}
ZONE = (
    r"Z\b|(?:GMT|UTC)?[+-]\d\d:?\d\d\b|(?:"
    + "|".join(sorted((*ZONE_HOURS, *NAMED_ZONES), key=lambda z: (-len(z), z))).replace(" ", r"\s+")
    + r")\b"
)
MONTH = month_pattern()
ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.)?"
OF = r"(?:of\s+|de\s+|d['’]\s*)?"
YEAR = r"(?:19|20)\d\d"
# What every date has; a digit first, which the engine looks for fastest.
YEAR_PRINTED = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|[./-]\s?\d\d?[./-]\s?\d\d(?!\d))")
# Characters of a date around its year: "September 14th, 08:15:30 Moscow time 2002".
BEFORE_YEAR, BEHIND_YEAR = 60, 30
CLOCK = rf"\d{{1,2}}:\d\d(?::\d\d)?(?:\s+(?:{ZONE}))?"
# Lines are glued on copied pages: "Market newsMay 14, 2002".
OPENS = r"(?:\b|(?-i:(?<=[a-zà-ÿ])(?=[A-Z])))"
DATE = re.compile(
    rf"(?<![\d/-])(?P<y0>{YEAR})(?P<s0>[-/.])(?P<m0>\d{{1,2}})(?P=s0)(?P<d0>\d{{1,2}})(?!\d|[-/]\d)"
    rf"|(?<![\d.,])(?P<d1>\d{{1,2}}){ORDINAL}[\s-]*{OF}(?P<m1>{MONTH})"
    rf"(?:\s*,?\s+(?:del?\s+)?|\s*,\s*|-)(?P<y1>{YEAR})(?!\d)"
    rf"|{OPENS}(?P<m2>{MONTH}),?\s*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:\s*,\s*|\s+)(?:{CLOCK}\s+)?(?P<y2>{YEAR})(?!\d)"
    rf"|(?<![\d.])(?P<d3>\d{{1,2}})\.\s?(?P<m3>\d{{1,2}})\.\s?(?P<y3>{YEAR}|\d\d)(?![\d.]\d|\d|%)"
    rf"|(?<![\d/])(?P<a4>\d{{1,2}})(?P<s4>[/-])(?P<b4>\d{{1,2}})(?P=s4)(?P<y4>{YEAR}|\d\d)(?![\d/]|-\d)"
    rf"|(?<![\w/.-])(?P<y7>{YEAR})[\s-](?P<m7>{MONTH})[\s-](?P<d7>\d{{1,2}})(?![\d:]|,?\s*{YEAR})"
    rf"|(?P<y5>{YEAR})\s?年\s?(?P<m5>\d{{1,2}})\s?月\s?(?P<d5>\d{{1,2}})\s?日"
    r"|(?<!\d)(?P<y6>(?:19|20)\d\d)(?P<m6>0[1-9]|1[0-2])(?P<d6>0[1-9]|[12]\d|3[01])"
    r"(?=T?\d{4}(?:\d\d)?Z?\b|\b)",
    re.I,
)
# "2010 GMT" is a time only with its zone behind it.
TIME = re.compile(
    r"(?<![\d:.])(?:(?P<h>\d{1,2})[:.h](?P<m>\d\d)(?::?(?P<s>\d\d))?(?!\d|[:.]\d\d\b)(?:[.,]\d+)?"
    rf"|(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)(?=\s*(?:hrs?\.?|hours)?\s*\(?(?:{ZONE})))"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?:uhr\b|hrs?\b\.?|hours\b)?\s*\(?(?P<zone>{ZONE})?",
    re.I,
)
WEEKDAY_BEFORE = re.compile(rf"\b{WEEKDAY},?\s+$", re.I)
ADDRESS_DATES = (
    re.compile(rf"(?<!\d)({YEAR})([/_.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"/({YEAR})(/)(\d{{1,2}}|{MONTH})/(\d{{1,2}})(?=/|$)", re.I),
    re.compile(rf"(?<!\d)(0?[1-9]|[12]\d|3[01])([_.-])(0?[1-9]|1[0-2])\2({YEAR})(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One printed date in UTC, as exact as it is printed; its span is in the text it came from."""

    at: dt.datetime
    precision: str  # minute, day
    char_start: int
    char_end: int
    is_ambiguous: bool = False  # 03/04/1999: day and month could be swapped
    # The day as printed: that of the clock on the spot, which in UTC may be another.
    day: dt.date = dt.date.min


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
        at = _moment(day, beside, customs.timezone) if beside else None
        start, end = match.span()
        if weekday := WEEKDAY_BEFORE.search(text, max(0, start - 12), start):
            start = weekday.start()
        if beside is None or at is None:
            whole = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
            yield Moment(whole, "day", start, end, is_ambiguous, day)
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


def in_address(url: str) -> Moment | None:
    """The day in the path of an address (/2000/02/16/ or 20000216); None where there is none.

    Of an archive's copy (".../web/2012.../http://...") the day in the page's own address.
    """
    own = max(url.rfind("http://"), url.rfind("https://"), 0)
    path_start = url.find("/", url.find("//", own) + 2)
    if path_start < 0:
        return None
    for pattern in ADDRESS_DATES:
        for match in pattern.finditer(url, path_start):
            day = _address_day(match)
            if day is not None:
                at = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
                first, last = match.start(1), match.end(len(match.groups()))
                return Moment(at, "day", first, last, day=day)
    return None


def _address_day(match: re.Match[str]) -> dt.date | None:
    first, _, month, last = match.groups()
    number = int(month) if month.isdigit() else month_number(unquote(month))
    year, day = (first, last) if len(first) == 4 else (last, first)
    return valid(int(year), number, int(day))


def _day(match: re.Match[str], customs: Customs) -> tuple[dt.date | None, bool]:
    g = match.groupdict()
    for n in "056":
        if g[f"y{n}"]:
            return valid(int(g[f"y{n}"]), int(g[f"m{n}"]), int(g[f"d{n}"])), False
    for n in "127":
        if g[f"m{n}"]:
            return valid(int(g[f"y{n}"]), month_number(g[f"m{n}"]), int(g[f"d{n}"])), False
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


def _year(printed: str, customs: Customs) -> int | None:
    """The year in full; of two digits only with evidence of the century."""
    if len(printed) == 4:
        return int(printed)
    return next((y for y in (1900 + int(printed), 2000 + int(printed)) if y in customs.years), None)


def _time_beside(text: str, date: re.Match[str], taken: int) -> re.Match[str] | None:
    """The time inside the date or right behind it, else right before it."""
    if date.group("m2"):
        inside = TIME.search(text, date.end("d2"), date.start("y2"))
        if inside is not None and _is_hour(inside):
            return inside
    behind = TIME.search(text, date.end(), date.end() + 40)
    if behind is not None and _is_hour(behind):
        return behind
    first = max(taken, date.start() - 30)
    before = [m for m in TIME.finditer(text, first, date.start()) if _is_hour(m)]
    # A second clock stands in brackets, and the day beside it is that of the first.
    own = [m for m in before if text[max(0, m.start() - 1)] != "("]
    found = own or before
    return found[-1] if found else None


def _is_hour(time: re.Match[str]) -> bool:
    hour, minute = _clock(time)
    return hour < 24 and minute < 60


def _clock(time: re.Match[str]) -> tuple[int, int]:
    return int(time.group("h") or time.group("h4")), int(time.group("m") or time.group("m4"))


def _moment(day: dt.date, time: re.Match[str], timezone: str | None) -> dt.datetime | None:
    """The moment in UTC; None where no zone tells it, or where it is a day set as midnight."""
    hour, minute = _clock(time)
    if time.group("half"):
        hour = hour % 12 + (12 if time.group("half").lower().startswith("p") else 0)
    if (hour, minute, time.group("s")) == (0, 0, "00"):
        return None
    local = dt.datetime(day.year, day.month, day.day, hour, minute)
    zone = _zone(time.group("zone"), timezone)
    if zone is None:
        return None
    try:
        return local.replace(tzinfo=zone).astimezone(dt.UTC)
    except OverflowError:
        return None


def _zone(printed: str | None, timezone: str | None) -> dt.tzinfo | None:
    if printed is None:
        return zoneinfo.ZoneInfo(timezone) if timezone else None
    name = " ".join(printed.split())
    if name.lower() in NAMED_ZONES:
        return zoneinfo.ZoneInfo(NAMED_ZONES[name.lower()])
    if name[-1].isdigit():
        offset = name[-6:] if ":" in name else name[-5:]
        hours, minutes = int(offset[1:3]), int(offset[-2:])
        if hours > 14 or minutes > 59:
            return None
        sign = -1 if offset[0] == "-" else 1
        return dt.timezone(sign * dt.timedelta(hours=hours, minutes=minutes))
    return dt.timezone(dt.timedelta(hours=ZONE_HOURS[name.upper()]))
