"""Clocks: the hour printed beside a date, and the moment it is in UTC."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo

# Hours east of Greenwich of the zones that news prints.
ZONE_HOURS = {
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "MEZ": 1, "CET": 1, "MESZ": 2,
    "CEST": 2, "EET": 2, "EEST": 3, "MSD": 4, "EDT": -4, "EST": -5, "CDT": -5,
    "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AST": -4, "ADT": -3, "HKT": 8,
    "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
# Clocks that are named by a place: its time of that day, summer time or not.
NAMED_ZONES = {
    "moscow time": "Europe/Moscow",
    "msk": "Europe/Moscow",  # said of its clock in summer too
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
    r"Z\b|(?:GMT|UTC)?[+-]\d\d:?\d\d\b|(?:GMT|UTC)\s?[+-]\d{1,2}\b|(?:"
    + "|".join(sorted((*ZONE_HOURS, *NAMED_ZONES), key=lambda z: (-len(z), z))).replace(" ", r"\s+")
    + r")\b"
)
OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d?):?(?P<minutes>\d\d)?$")
# "2010 GMT" is a time only with its zone behind it.
TIME = re.compile(
    r"(?<![\d:.])(?:(?P<h>\d{1,2})[:.h](?P<m>\d\d)(?::?(?P<s>\d\d))?(?!\d|[:.]\d\d\b)(?:[.,]\d+)?"
    rf"|(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)(?=\s*(?:hrs?\.?|hours)?\s*\(?(?:{ZONE})))"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?:uhr\b|hrs?\b\.?|hours\b)?\s*\(?(?P<zone>{ZONE})?",
    re.I,
)


def is_hour(time: re.Match[str]) -> bool:
    """Whether the match of TIME is an hour of a day."""
    hour, minute = _clock(time)
    return hour < 24 and minute < 60


def _clock(time: re.Match[str]) -> tuple[int, int]:
    return int(time.group("h") or time.group("h4")), int(time.group("m") or time.group("m4"))


def moment_at(day: dt.date, time: re.Match[str], timezone: str | None) -> dt.datetime | None:
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
    if offset := OFFSET.search(name):
        hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
        if hours > 14 or minutes > 59:
            return None
        sign = -1 if offset["sign"] == "-" else 1
        return dt.timezone(sign * dt.timedelta(hours=hours, minutes=minutes))
    return dt.timezone(dt.timedelta(hours=ZONE_HOURS[name.upper()]))
