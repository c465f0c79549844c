"""Brackets of days speak for or against one event."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from transforms.events.days import Bracket, agreements, bracket, compatibilities, spans


def of(start: str | None, end: str | None) -> Bracket | None:
    day = dt.date.fromisoformat
    return bracket(day(start) if start else None, day(end) if end else None, None)


@pytest.mark.parametrize(
    ("one", "other", "compatible", "agreed"),
    [
        (("1996-05-02", "1996-05-02"), ("1996-05-02", "1996-05-02"), 1.0, 1.0),
        (("1996-05-02", "1996-05-02"), ("1996-05-03", "1996-05-03"), 0.8826, 0.0),
        (("1996-05-02", "1996-05-02"), ("1996-05-09", "1996-05-09"), 0.6477, 0.0),
        (("1996-05-02", "1996-05-02"), ("1997-05-02", "1997-05-02"), 0.0, 0.0),
        (("1996-01-01", "1996-12-31"), ("1996-05-09", "1996-05-09"), 1.0, 0.0),
        ((None, "1996-01-01"), ("1999-01-01", None), 0.0, 0.0),
        ((None, None), ("1996-05-09", "1996-05-09"), 1.0, 0.0),
    ],
)
def test_signals(
    one: tuple[str | None, str | None],
    other: tuple[str | None, str | None],
    compatible: float,
    agreed: float,
) -> None:
    both, left, right = spans([of(*one), of(*other)]), np.array([0, 1]), np.array([1, 0])
    assert compatibilities(both, left, right).tolist() == [compatible] * 2
    assert agreements(both, left, right).tolist() == [agreed] * 2


def test_an_undated_event_took_place_in_the_days_before_it_was_printed() -> None:
    found = bracket(None, None, dt.datetime(1996, 5, 9, 12, tzinfo=dt.UTC))
    assert found is not None
    assert (found.start, found.end) == (dt.date(1996, 5, 6), dt.date(1996, 5, 9))
