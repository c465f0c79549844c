"""The day that a story's opening tells, by weekday, dateline or a word like "yesterday"."""

from __future__ import annotations

import pytest

from tests.transforms.made import day, days, moment, story
from transforms.authority import FAR_FUTURE
from transforms.dates.openings import filed_day, filed_days, opening_day, read, weekday_days
from transforms.dates.printed import Moment, moments

MAY = days("1999-05-01..1999-05-31")  # from a Saturday to a Monday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pier closed on Tuesday.", 1),
        ("On SUNDAY the pier closed.", 6),
        ("The pier closes next Friday.", None),
        ("It must close by Friday, the council said Monday.", 0),
        ("They came on Monday and left on Tuesday.", 1),  # the later of two days in a row
        ("They left on Tuesday for a talk on Monday.", 1),
        ("The pier closed.", None),
        ("word " * 70 + "It closed on Tuesday.", None),
    ],
)
def test_weekday(text: str, expected: int | None) -> None:
    assert read(story(text)).weekday == expected


def test_days_of_the_weekday_within() -> None:
    given = story("The old pier closed on Tuesday.")
    opening = read(given)
    ((clue, reason),) = weekday_days(opening, MAY)
    assert (clue.start, clue.end) == days("1999-05-04..1999-05-25")
    assert (clue.method, clue.verbatim) == ("weekday", "Tuesday")
    assert given.text[clue.char_start : clue.char_end] == "Tuesday"
    assert reason
    ((clue, _),) = weekday_days(opening, days("1999-05-05..1999-05-06"))
    assert (clue.start, clue.end) == days("1999-05-04")  # written within six days of it
    assert weekday_days(opening, (MAY[0], FAR_FUTURE)) == []
    assert weekday_days(read(story("The pier closed.")), MAY) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSLO, May 4 -- The pier closed.", "1999-05-04"),
        ("OSLO, MAY 4 - THE PIER CLOSED.", "1999-05-04"),
        ("OSLO, 4 May (Wire) - The pier closed.", "1999-05-04"),
        ("OSLO, Tuesday 4 May: The pier closed.", "1999-05-04"),
        ("OSLO, May 4 /WIRE/ The pier closed.", "1999-05-04"),
        ("OSLO, Norway, Sept. 4 (Wire) -- The pier closed.", None),  # no such day within
        ("OSLO, May 4, 1998 -- The pier closed.", "1998-05-04"),  # its own year, wherever it is
        ("OSLO, Pier 4 -- It closed.", None),
        ("Oslo, May 4 -- The pier closed.", None),
        ("NATO closed the pier on May 4 and opened it again.", None),  # no dateline
    ],
)
def test_the_day_it_was_filed(text: str, expected: str | None) -> None:
    assert filed_day(read(story(text)), MAY) == (day(expected) if expected else None)


YEARS = days("1995-01-01..1999-12-31")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 4 May was a Thursday, Saturday, Sunday, Monday and Tuesday from 1995 to 1999.
        ("OSLO, May 4 -- The pier closed on Tuesday.", "1999-05-04"),
        ("OSLO, May 4 -- The pier closed on Wednesday.", "1995-05-04"),  # the day before
        ("OSLO, May 4 -- The pier closed on Sunday.", None),  # that day or the day before
        ("OSLO, May 4 -- The pier closed.", None),
    ],
)
def test_the_weekday_tells_the_year_of_a_dateline(text: str, expected: str | None) -> None:
    assert filed_day(read(story(text)), YEARS) == (day(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected", "methods"),
    [
        ("OSLO, May 4 -- It closed on Monday.", "1999-05-03", ["dateline_day", "weekday"]),
        ("OSLO, May 4 -- It closed yesterday.", "1999-05-03", ["dateline_day", "near_day"]),
        ("OSLO, May 4 -- It closed today.", "1999-05-04", ["dateline_day", "near_day"]),
        ("OSLO, May 4 -- It closed.", "1999-05-03..1999-05-04", ["dateline_day"]),
    ],
)
def test_what_is_counted_from_the_dateline(text: str, expected: str, methods: list[str]) -> None:
    found = filed_days(read(story(text)), day("1999-05-04"))
    assert [clue.method for clue, _ in found] == methods
    assert (found[-1][0].start, found[-1][0].end) == days(expected)
    assert found[0][0].verbatim == "May 4"
    assert all(text[c.char_start : c.char_end] == c.verbatim and why for c, why in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSLO, May 1 -- It closed.", {(5, 1), (4, 30)}),
        ("OSLO, May 1 -- It closed today.", {(5, 1)}),
        ("OSLO, May 1 -- It closed yesterday.", {(4, 30)}),
        ("OSLO, Feb. 29 -- It closed today.", {(2, 29)}),
        ("OSLO, May 9 -- It closed on Monday, he said today.", {(5, 9), (5, 8)}),
        ("OSLO -- It closed today.", set()),
    ],
)
def test_days_of_any_year_that_a_dateline_leaves(text: str, expected: set[tuple[int, int]]) -> None:
    assert read(story(text)).calendar_days == expected


def _printed(text: str) -> Moment:
    (found,) = moments(text)
    return found


@pytest.mark.parametrize(
    ("text", "published", "expected", "method"),
    [
        # 1999-05-05 is a Wednesday.
        ("The pier closed on Tuesday.", "5 May 1999", "1999-05-04", "weekday"),
        ("The pier closed on Wednesday.", "5 May 1999", "1999-05-05", "weekday"),
        ("The pier closed last Wednesday.", "5 May 1999", "1999-04-28", "weekday"),
        ("The pier closed on Thursday.", "5 May 1999", "1999-04-29", "weekday"),
        ("The pier closed today.", "5 May 1999", "1999-05-05", "near_day"),
        ("The pier closed yesterday.", "5 May 1999", "1999-05-04", "near_day"),
        ("The pier closed the day before yesterday.", "5 May 1999", "1999-05-03", "near_day"),
        ("The pier closed last week.", "5 May 1999", "1999-04-26..1999-05-02", "near_day"),
        ("OSLO, May 3 -- It closed yesterday.", "5 May 1999", "1999-05-02", "near_day"),
        ("OSLO, May 3 -- It closed on Monday.", "5 May 1999", "1999-05-03", "weekday"),
        ("OSLO, May 3 -- It closed.", "5 May 1999", "1999-05-02..1999-05-03", "publication_day"),
        ("The pier closed.", "5 May 1999", "1999-04-28..1999-05-05", "publication_day"),
        ("The pier closed.", "5 May 1999, 06:00 GMT", "1999-05-04..1999-05-05", "publication_day"),
        ("The pier closed.", "5 May 1999, 12:00 GMT", "1999-05-05", "publication_day"),
    ],
)
def test_opening_day(text: str, published: str, expected: str, method: str) -> None:
    clue, reason = opening_day(read(story(text)), _printed(published))
    assert ((clue.start, clue.end), clue.method) == (days(expected), method)
    assert reason


def test_a_printed_place_tells_that_news_was_filed() -> None:
    clue, _ = opening_day(
        read(story("OSLO -- The pier closed.", place="Oslo")), _printed("5 May 1999")
    )
    assert (clue.start, clue.end) == days("1999-05-04..1999-05-05")


def test_what_is_read_nowhere_has_no_characters() -> None:
    clue, _ = opening_day(read(story("The pier closed.")), _printed("5 May 1999"))
    assert (clue.verbatim, clue.char_start, clue.char_end) == ("", 0, 0)
    assert moment("1999-05-05").date() == day("1999-05-05") == clue.end
