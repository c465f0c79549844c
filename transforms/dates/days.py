"""Days and spans of days: the arithmetic that every room of this stage needs."""

from __future__ import annotations

import calendar
import datetime as dt

from transforms.authority import FAR_FUTURE, FAR_PAST

Interval = tuple[dt.date, dt.date]  # both days inclusive; FAR_PAST and FAR_FUTURE: no bound
DAY = dt.timedelta(days=1)


def valid(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none such."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def known(day: dt.date) -> dt.date | None:
    """The day, or None where it stands for no bound."""
    return None if day in (FAR_PAST, FAR_FUTURE) else day


def before(day: dt.date, slack: dt.timedelta) -> dt.date:
    """The day so much earlier; no bound stays no bound."""
    return day - slack if day > FAR_PAST + slack else day


def after(day: dt.date, slack: dt.timedelta) -> dt.date:
    """The day so much later; no bound stays no bound."""
    return day + slack if day < FAR_FUTURE - slack else day


def shifted(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of a shorter month.

    >>> shifted(dt.date(1999, 1, 31), 1)
    datetime.date(1999, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_span(day: dt.date) -> Interval:
    """The first and the last day of the day's month."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
