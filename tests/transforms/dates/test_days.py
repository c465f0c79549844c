"""Days and spans of days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.made import day, days
from transforms.authority import FAR_FUTURE, FAR_PAST
from transforms.dates.days import after, before, known, month_span, shifted, valid

NEAR = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("1999-01-31", 1, "1999-02-28"),
        ("2000-01-31", 1, "2000-02-29"),
        ("1999-03-31", -1, "1999-02-28"),
        ("1999-12-15", 1, "2000-01-15"),
        ("1999-01-15", -1, "1998-12-15"),
        ("2000-02-29", 12, "2001-02-28"),
        ("1999-05-04", 0, "1999-05-04"),
    ],
)
def test_shifted(start: str, months: int, expected: str) -> None:
    assert shifted(day(start), months) == day(expected)


@given(NEAR, st.integers(-600, 600))
def test_shifting_back_loses_at_most_the_end_of_a_month(start: dt.date, months: int) -> None:
    back = shifted(shifted(start, months), -months)
    assert (back.year, back.month) == (start.year, start.month)
    assert 0 <= (start - back).days <= 3


@pytest.mark.parametrize(
    ("inside", "span"),
    [("2000-02-11", "2000-02-01..2000-02-29"), ("1999-12-31", "1999-12-01..1999-12-31")],
)
def test_month_span(inside: str, span: str) -> None:
    assert month_span(day(inside)) == days(span)


def test_no_bound_stays_no_bound() -> None:
    week = dt.timedelta(days=7)
    assert before(FAR_PAST, week) == FAR_PAST
    assert after(FAR_FUTURE, week) == FAR_FUTURE
    assert before(day("1999-05-08"), week) == day("1999-05-01")
    assert after(day("1999-05-01"), week) == day("1999-05-08")
    assert [known(FAR_PAST), known(FAR_FUTURE)] == [None, None]
    assert known(day("1999-05-01")) == day("1999-05-01")


def test_valid() -> None:
    assert valid(2000, 2, 29) == day("2000-02-29")
    assert [valid(1999, 2, 29), valid(1999, 13, 1), valid(0, 1, 1)] == [None, None, None]
