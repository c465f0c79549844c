"""Days as pages print them: in heads and datelines, in the text, in addresses; also wrong ones."""

from __future__ import annotations

import datetime as dt
from random import Random

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RUSSIAN = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
COMMON = 0.6  # how often a form is one of those that most pages print
CLOCKS = ("8:03 a.m. EST (1303 GMT)", "17:40 GMT", "0915 UTC", "11:59 PM", "25:61", "noon")


def any_day(rng: Random) -> dt.date:
    """A day of the years that such pages are of."""
    return dt.date(1993, 1, 1) + dt.timedelta(days=rng.randrange(3_900))


def printed(rng: Random, day: dt.date) -> str:
    """The day in any form that heads print."""
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    short = month[:3]
    if rng.random() < COMMON:
        return rng.choice(
            (
                f"{month} {day.day}, {day.year}",
                f"{day.day} {month} {day.year}",
                f"{weekday}, {month} {day.day}, {day.year}",
                f"{month} {day.day}",
            )
        )
    return rng.choice(
        (
            f"{weekday} {day.day} {month} {day.year}",
            f"{short}. {day.day}, {day.year}",
            f"{day.day}-{short}-{day.year % 100:02}",
            f"{day.month}/{day.day}/{day.year % 100:02}",
            f"{day.day:02}.{day.month:02}.{day.year}",
            f"{day.day}/{day.month}/{day.year}",
            day.isoformat(),
            f"{month.upper()} {day.day}, {day.year}",
            f"{day.day} {RUSSIAN[day.month - 1]} {day.year} г.",
            f"{month} {day.year}",
            f"{weekday}",
            f"{day.year}{day.month:02}{day.day:02}",
            f"{month} 31, {day.year}",  # which half of the months have not
            f"30 February {day.year}",
            f"{weekday} the {day.day}th of {month} '{day.year % 100:02}",
        )
    )


def told(rng: Random, day: dt.date) -> str:
    """The day, or one near it, as a sentence of the text has it."""
    other = day + dt.timedelta(days=rng.randrange(-40, 41))
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    if rng.random() < COMMON:
        return rng.choice(
            (
                f"on {weekday}",
                f"on {month} {day.day}",
                f"on {weekday}, {month} {day.day},",
                f"last {weekday}",
                "yesterday",
                "last night",
            )
        )
    return rng.choice(
        (
            f"on {WEEKDAYS[other.weekday()]}",
            f"last {WEEKDAYS[other.weekday()]}",
            f"next {WEEKDAYS[other.weekday()]}",
            f"on the {day.day}th of {month}",
            f"on {MONTHS[other.month - 1]} {other.day}, {other.year}",
            f"from {month} {day.day} to {MONTHS[other.month - 1]} {other.day}",
            f"on {min(day.day, 27)}-{min(day.day, 27) + 1} {month} {day.year}",
            f"between {other.day} and {day.day} {month}",
            f"in {month}",
            f"in {other.year + rng.randrange(-8, 9)}",
            f"in the spring of {day.year}",
            "today",
            "tonight",
            "this morning",
            "tomorrow",
            "earlier this week",
            "over the weekend",
            "last month",
            "two days ago",
            "three weeks ago",
            f"{rng.randrange(2, 60)} years ago",
            "a decade ago",
            "a year after the summit in Madrid",
            "since the Founding Act was signed in Paris",
            "days before the Rome summit",
            f"by the end of {other.year + 1}",
            f"until {MONTHS[other.month - 1]}",
            f"at {rng.choice(CLOCKS)} on {weekday}",
            f"in '{day.year % 100:02}",
            "on February 30",
            "on Mon.",
        )
    )


def in_address(rng: Random, day: dt.date) -> str:
    """A path of an address that says the day, something like it, or nothing."""
    return rng.choice(
        (
            f"/{day.year}/{day.month:02}/{day.day:02}/story.html",
            f"/{day.year}/{day.month:02}-{day.day}/a{rng.randrange(900)}.htm",
            f"/{day.year % 100:02}{day.month:02}/{day.day:02}/wire",
            f"/{day.year}{day.month:02}{day.day:02}.txt",
            f"/{day.year}/{day.month:02}/",
            f"/archive/{rng.randrange(10**8)}.html",
            f"/{day.year}/{day.month + 12}/{day.day + 31}/odd.html",
            f"/cgi?date={day.day}-{day.month}-{day.year}&id={rng.randrange(99)}",
            "/index.html",
        )
    )
