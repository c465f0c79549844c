"""Printed dates: from a date line, a meta tag or an address to a moment in UTC."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.printed import MONTH, WEEKDAY

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# Hours east of Greenwich of the zones that English-language news prints.
ZONE_HOURS = {
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "MSD": 4, "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7,
    "PDT": -7, "PST": -8,
}  # fmt: skip
NAMED_ZONES = {"moscow time": "Europe/Moscow", "london time": "Europe/London"}
DATE = re.compile(
    rf"(?P<iso>\b(?:19|20)\d\d-\d\d-\d\d)"
    rf"|\b(?:{WEEKDAY},?\s+)?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<m1>{MONTH})"
    rf"(?:\s*,\s*|\s+|-)(?P<y1>(?:19|20)\d\d)\b"
    rf"|\b(?:{WEEKDAY},?\s+)?(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*"
    rf"(?P<y2>(?:19|20)\d\d)\b"
    r"|\b(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.(?P<y3>(?:19|20)\d\d)\b"
    r"|\b(?P<a4>\d{1,2})/(?P<b4>\d{1,2})/(?P<y4>(?:19|20)\d\d)\b",
    re.I,
)
TIME = re.compile(
    r"(?<![\d:])(?P<h>\d{1,2})[:.](?P<m>\d\d)(?::(?P<s>\d\d))?(?:\.\d+)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>Z\b|[+-]\d\d:?\d\d|(?:"
    + "|".join(ZONE_HOURS)
    + r")\b|moscow\s+time|london\s+time)?",
    re.I,
)
URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One printed date in UTC, as exact as it is printed; its span is in the text it came from."""

    at: dt.datetime
    precision: str  # minute, day
    char_start: int
    char_end: int
    is_ambiguous: bool = False  # 03/04/1999: day and month could be swapped


def moments(text: str, timezone: str | None = None) -> Iterator[Moment]:
    """Every full date of the text with the time beside it.

    `timezone` is the IANA name of the site's clock for times printed without a zone; without
    it such a time is left out and the precision is the day.

    >>> [str(m.at) for m in moments("Tuesday, 14 May, 2002, 15:40 EDT")]
    ['2002-05-14 19:40:00+00:00']
    """
    for match in DATE.finditer(text):
        day, is_ambiguous = _day(match, timezone)
        if day is None:
            continue
        beside = _time_beside(text, match)
        at = _moment(day, beside, timezone) if beside else None
        if beside is None or at is None:
            start = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
            yield Moment(start, "day", match.start(), match.end(), is_ambiguous)
        else:
            start_char, end_char = (
                min(match.start(), beside.start()),
                max(match.end(), beside.end()),
            )
            end_char = start_char + len(text[start_char:end_char].rstrip())
            yield Moment(at, "minute", start_char, end_char, is_ambiguous)


def in_address(url: str) -> Moment | None:
    """The day in the path of an address (/2000/02/16/ or 20000216); None where there is none."""
    path_start = url.find("/", url.find("//") + 2)
    match = URL_DATE.search(url, max(path_start, 0))
    if match is None:
        return None
    day = _valid(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    if day is None:
        return None
    at = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return Moment(at, "day", match.start(), match.end())


def month_number(name: str) -> int:
    """The number of a printed month, in full or short."""
    return MONTHS[name[:3].lower()]


def _day(match: re.Match[str], timezone: str | None) -> tuple[dt.date | None, bool]:
    g = match.groupdict()
    if g["iso"]:
        year, month, day = (int(p) for p in g["iso"].split("-"))
        return _valid(year, month, day), False
    if g["m1"]:
        return _valid(int(g["y1"]), month_number(g["m1"]), int(g["d1"])), False
    if g["m2"]:
        return _valid(int(g["y2"]), month_number(g["m2"]), int(g["d2"])), False
    if g["m3"]:
        return _valid(int(g["y3"]), int(g["m3"]), int(g["d3"])), False
    first, second, year = int(g["a4"]), int(g["b4"]), int(g["y4"])
    # Americans print the month first; a number above twelve tells without knowing the site.
    month_first = second > 12 or (first <= 12 and (timezone or "").startswith("America/"))
    is_ambiguous = first <= 12 and second <= 12 and first != second and timezone is None
    month, day = (first, second) if month_first else (second, first)
    return _valid(year, month, day), is_ambiguous


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _time_beside(text: str, date: re.Match[str]) -> re.Match[str] | None:
    """The time right behind the date, else right before it."""
    behind = TIME.search(text, date.end(), date.end() + 40)
    if behind is not None and _is_hour(behind):
        return behind
    before = [
        m for m in TIME.finditer(text, max(0, date.start() - 30), date.start()) if _is_hour(m)
    ]
    return before[-1] if before else None


def _is_hour(time: re.Match[str]) -> bool:
    return int(time.group("h")) < 24 and int(time.group("m")) < 60


def _moment(day: dt.date, time: re.Match[str], timezone: str | None) -> dt.datetime | None:
    hour = int(time.group("h"))
    if time.group("half"):
        hour = hour % 12 + (12 if time.group("half").lower().startswith("p") else 0)
    local = dt.datetime(day.year, day.month, day.day, hour, int(time.group("m")))
    zone = _zone(time.group("zone"), timezone)
    return None if zone is None else local.replace(tzinfo=zone).astimezone(dt.UTC)


def _zone(printed: str | None, timezone: str | None) -> dt.tzinfo | None:
    if printed is None:
        return zoneinfo.ZoneInfo(timezone) if timezone else None
    name = " ".join(printed.split())
    if name.lower() in NAMED_ZONES:
        return zoneinfo.ZoneInfo(NAMED_ZONES[name.lower()])
    if name[0] in "+-":
        hours, minutes = int(name[1:3]), int(name[-2:])
        sign = -1 if name[0] == "-" else 1
        return dt.timezone(sign * dt.timedelta(hours=hours, minutes=minutes))
    return dt.timezone(dt.timedelta(hours=ZONE_HOURS[name.upper()]))
