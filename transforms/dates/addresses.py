"""Dates in the address of a page: a day, or the month of an issue."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import unquote

from transforms.dates.days import month_span, valid
from transforms.dates.printed import MONTH, YEAR, Moment, century
from transforms.months import month_number

MONTHS = r"0[1-9]|1[0-2]"
DAYS = r"0[1-9]|[12]\d|3[01]"
# The groups are year, separator, month and day; or day, separator, month and year.
DATES = (
    re.compile(rf"(?<!\d)({YEAR})([/_.-]?)({MONTHS})\2({DAYS})(?!\d)"),
    re.compile(rf"/({YEAR})(/)({MONTHS})-({DAYS})(?=/|$)"),
    re.compile(rf"/({YEAR})(/)(\d{{1,2}}|{MONTH})/(\d{{1,2}})(?=/|$)", re.I),
    re.compile(rf"(?<!\d)(0?[1-9]|[12]\d|3[01])([_.-])(0?[1-9]|1[0-2])\2({YEAR})(?!\d)"),
    # A folder a month and a folder a day: /9705/27/ and /97/05/27/.
    re.compile(rf"/(9\d|0\d)(/?)({MONTHS})/({DAYS})(?=/)"),
)
# A folder a month, and no day behind it: /1997/05/92713.html.
MONTH_FOLDER = re.compile(rf"/({YEAR})(/)({MONTHS}|{MONTH})(?=/(?!(?:{DAYS})(?:/|$)))", re.I)


def in_address(url: str) -> Moment | None:
    """The day in the path of an address (/2000/02/16/ or 20000216); None where there is none.

    Of an archive's copy (".../web/2012.../http://...") the day in the page's own address.
    """
    path_start = _path_start(url)
    if path_start is None:
        return None
    for pattern in DATES:
        for match in pattern.finditer(url, path_start):
            day = _day(match)
            if day is not None:
                at = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
                first, last = match.start(1), match.end(len(match.groups()))
                return Moment(at, "day", first, last, day=day)
    return None


def month_in_address(url: str) -> Moment | None:
    """The days of the month whose folder the page lies in; None where its path names none.

    >>> str(month_in_address("http://www.paper.example/1997/05/92713.html").day)
    '1997-05-31'
    """
    path_start = _path_start(url)
    match = MONTH_FOLDER.search(url, path_start) if path_start is not None else None
    if match is None:
        return None
    first, last = month_span(dt.date(int(match.group(1)), _month(match.group(3)), 1))
    at = dt.datetime(first.year, first.month, first.day, tzinfo=dt.UTC)
    return Moment(at, "month", match.start(1), match.end(3), False, last, first)


def _path_start(url: str) -> int | None:
    own = max(url.rfind("http://"), url.rfind("https://"), 0)
    start = url.find("/", url.find("//", own) + 2)
    return start if start >= 0 else None


def _day(match: re.Match[str]) -> dt.date | None:
    first, _, month, last = match.groups()
    year, day = (last, first) if len(last) == 4 else (first, last)
    full = int(year) if len(year) == 4 else century(int(year))
    return valid(full, _month(month), int(day))


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else month_number(unquote(printed))
