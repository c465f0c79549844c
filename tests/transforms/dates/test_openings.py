"""The day a story's opening tells: its phrases, its dateline, and which of them is the event's."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.transforms.made import day, days, moment, story
from transforms.articles import Passage
from transforms.authority import FAR_FUTURE
from transforms.dates import filings, tellings
from transforms.dates.clauses import marks
from transforms.dates.openings import filed_within, read
from transforms.dates.phrases import phrases
from transforms.dates.printed import Moment, at_midnight, moments

MAY = days("1999-05-01..1999-05-31")  # from a Saturday to a Monday
WEDNESDAY = day("1999-05-05")


@pytest.mark.parametrize(
    ("text", "back", "ahead"),
    [
        ("on Tuesday", "1999-05-04", "1999-05-11"),
        ("on Wednesday", "1999-05-05", "1999-05-05"),
        ("last Wednesday", "1999-04-28", None),
        ("next Wednesday", None, "1999-05-12"),
        ("on Tues.", "1999-05-04", "1999-05-11"),
        ("earlier today", "1999-05-05", "1999-05-05"),
        ("this morning", "1999-05-05", "1999-05-05"),
        ("last night", "1999-05-04", None),
        ("overnight", "1999-05-04..1999-05-05", None),
        ("the day before yesterday", "1999-05-03", None),
        ("tomorrow", None, "1999-05-06"),
        ("three days ago", "1999-05-02", None),
        ("5 hours ago", "1999-05-04..1999-05-05", None),
        ("two weeks ago", "1999-04-18..1999-04-24", None),
        ("over the weekend", "1999-05-01..1999-05-02", "1999-05-08..1999-05-09"),
        ("next weekend", None, "1999-05-08..1999-05-09"),
        ("this week", "1999-05-03..1999-05-05", "1999-05-05..1999-05-09"),
        ("last week", "1999-04-26..1999-05-02", None),
        ("last month", "1999-04-01..1999-04-30", None),
        ("on May 2", "1999-05-02", None),
        ("on the 2nd of May", "1999-05-02", None),
        ("on 2 May", "1999-05-02", None),
        ("on Sunday, May 2", "1999-05-02", None),
        ("on May 12", None, "1999-05-12"),
        ("on the 3rd", "1999-05-03", "1999-06-03"),
        ("on 24 March 1998", "1998-03-24", None),
        ("(Reuters, AP, May 4)", "1999-05-03..1999-05-04", None),
    ],
)
def test_a_phrase_counts_back_and_ahead(text: str, back: str | None, ahead: str | None) -> None:
    said = f"It closed {text}."
    (found,) = phrases(Passage(1, "body", said, 0), said)
    assert said[found.start : found.end] == found.verbatim
    assert found.days(WEDNESDAY, False) == (days(back) if back else None)
    assert found.days(WEDNESDAY, True) == (days(ahead) if ahead else None)


@pytest.mark.parametrize(
    "text", ["He sat in the sun.", "Mondays are dull.", "It may close.", "A market in Satu Mare."]
)
def test_no_phrase(text: str) -> None:
    assert not list(phrases(Passage(1, "body", text, 0), text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council is to meet on Friday.", "ahead_before"),
        ("The council voted on Friday.", "past_before"),
        ("The council put off a vote to be held on Friday.", "ahead_before"),
        ("The council opens on Friday.", "present_before"),
        ("On Friday the council will vote.", "verb_behind"),
        ("He said Friday it was over.", "said"),
        ("The pier, which opened on Friday, is full.", "opened_relative"),
        ("It must close by Friday.", "bound"),
        ("They had met on Friday.", "pluperfect"),
        ("Friday's vote was close.", "attribute"),
        ("He reads the Friday Times.", "name"),
        ('"We close on Friday," he said.', "quoted"),
    ],
)
def test_marks_of_the_clause(text: str, expected: str) -> None:
    (phrase,) = phrases(Passage(1, "body", text, 0), text)
    assert expected in set(marks(phrase))


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
    assert filed_within(read(story(text)), MAY, None) == (day(expected) if expected else None)


YEARS = days("1995-01-01..1999-12-31")


@pytest.mark.parametrize(
    ("text", "expected", "method"),
    [
        # 4 May was a Thursday, Saturday, Sunday, Monday and Tuesday from 1995 to 1999.
        ("OSLO, May 4 -- The pier closed on Tuesday.", "1999-05-04", "dateline_day"),
        ("OSLO, May 4 -- The pier closed on Wednesday.", "1995-05-04", "dateline_day"),
        ("OSLO, May 4 -- The pier closed on Sunday.", None, ""),  # that day or the day before
        ("OSLO, May 4 -- The pier closed.", None, ""),
        ("The pier closed on Sunday, May 4.", "1997-05-04", "printed_day"),
        ("The pier closed on Tuesday, officials said (Wire, May 4).", "1999-05-05", "printed_day"),
        ("On May 4, 1996 the pier closed.", "1996-05-04", "printed_day"),
        ("The pier closed on May 4.", None, ""),
    ],
)
def test_the_one_year_that_is_left(text: str, expected: str | None, method: str) -> None:
    opening = read(story(text))
    found = filings.resolve(opening, tellings.likeliest(opening), YEARS)
    assert (found.day if found else None) == (day(expected) if expected else None)
    if found is not None:
        assert found.method == method
        assert text[found.start : found.end] == found.clue(*YEARS).verbatim


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
    opening = read(story(text))
    assert filings.calendar_days(opening, tellings.likeliest(opening)) == expected


def test_days_of_the_weekday_within() -> None:
    likeliest = tellings.likeliest(read(story("The old pier closed on Tuesday.")))
    found = filings.weekday_days(likeliest, MAY)
    assert found is not None
    assert (found[0].start, found[0].end) == days("1999-05-04..1999-05-25")
    assert (found[0].method, found[0].verbatim) == ("weekday", "Tuesday")
    found = filings.weekday_days(likeliest, days("1999-05-05..1999-05-06"))
    assert found is not None
    assert found[0].start == day("1999-05-04")  # written within six days of it
    assert filings.weekday_days(likeliest, (MAY[0], FAR_FUTURE)) is None
    assert filings.weekday_days(tellings.likeliest(read(story("It closed."))), MAY) is None


def _printed(text: str) -> Moment:
    (found,) = moments(text)
    return found


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        # 1999-05-05 is a Wednesday.
        ("The pier closed on Tuesday.", "5 May 1999", "1999-05-04"),
        ("The pier closed on Wednesday.", "5 May 1999", "1999-05-05"),
        ("The pier closed last Wednesday.", "5 May 1999", "1999-04-28"),
        ("The pier closed on Thursday.", "5 May 1999", "1999-04-29"),
        ("The pier closed today.", "5 May 1999", "1999-05-05"),
        ("The pier was closed late last night.", "5 May 1999", "1999-05-04"),
        ("The pier closed the day before yesterday.", "5 May 1999", "1999-05-03"),
        ("The pier closed last week.", "5 May 1999", "1999-04-26..1999-05-02"),
        ("The council will meet on Friday to close the pier.", "5 May 1999", "1999-05-07"),
        ("OSLO, May 3 -- The pier closed yesterday.", "5 May 1999", "1999-05-02"),
        ("OSLO, May 3 -- The pier closed on Monday.", "5 May 1999", "1999-05-03"),
    ],
)
def test_the_day_that_is_told(text: str, published: str, expected: str) -> None:
    opening, at = read(story(text)), _printed(published)
    filed = next(d for d in (filed_within(opening, MAY, None), at.day) if d)
    told = tellings.told(opening, filed, at)
    assert told.bracket == days(expected)
    assert sum(share for _, share in told.readings) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "published", "place"),
    [
        ("The pier was closed.", "5 May 1999", None),
        ("The pier was closed.", "5 May 1999", "Oslo"),
        ("The pier was closed.", "5 May 1999, 06:00 GMT", None),
    ],
)
def test_an_opening_that_tells_no_day_gets_days_before(
    text: str, published: str, place: str | None
) -> None:
    opening = read(story(text, place=place))
    first, last = tellings.told(opening, WEDNESDAY, _printed(published)).bracket
    assert first < WEDNESDAY == last


def test_the_bracket_holds_whole_readings_of_the_target() -> None:
    found = [
        tellings.Reading(days(d), ())
        for d in ("1999-05-01", "1999-05-03", "1999-05-02..1999-05-09")
    ]
    assert tellings.shortest(found, [0.5, 0.35, 0.15], 0.8) == days("1999-05-01..1999-05-03")
    assert tellings.shortest(found, [0.9, 0.05, 0.05], 0.8) == days("1999-05-01")
    assert tellings.shortest(found, [0.1, 0.1, 0.8], 0.8) == days("1999-05-02..1999-05-09")


def test_every_opening_gives_a_bracket_near_its_filing() -> None:
    opening = read(story("Soldiers sat by the road."))
    for at in (at_midnight(WEDNESDAY), Moment(moment("1999-05-05T15:00"), "minute", 0, 0)):
        first, last = tellings.told(opening, WEDNESDAY, at).bracket
        assert first <= last
        assert abs(WEDNESDAY - first) <= dt.timedelta(days=10)
