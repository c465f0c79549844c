"""The days on which the clues of the greatest weight meet, checked day by day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.made import day, days
from transforms.authority import FAR_FUTURE, FAR_PAST
from transforms.dates.agreement import agreed, verdict
from transforms.dates.clues import Clue
from transforms.dates.days import DAY, Interval

MAY = day("1999-05-01")


def _clue(span: str, weight: float = 1.0, group: str | None = None) -> Clue:
    return Clue("hand", *days(span), weight, group or span, "then", 0, 0, 4)


TWO_AGAINST_ONE = ["1999-05-01", "1999-05-03..1999-05-05", "1999-05-04..1999-05-09"]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], None),
        (["1999-05-01..1999-05-09"], "1999-05-01..1999-05-09"),
        (["1999-05-01..1999-05-09", "1999-05-07..1999-06-30"], "1999-05-07..1999-05-09"),
        (TWO_AGAINST_ONE, "1999-05-04..1999-05-05"),
        (["1999-05-06", "1999-05-01"], "1999-05-01..1999-05-06"),  # two stretches: either
        (["1999-05-01", "1999-05-02"], "1999-05-01..1999-05-02"),  # which touch: one stretch
    ],
)
def test_agreed(spans: list[str], expected: str | None) -> None:
    assert agreed([_clue(span) for span in spans]) == (days(expected) if expected else None)


def test_weight_decides() -> None:
    clues = [_clue("1999-05-01", 2.5), _clue("1999-05-03"), _clue("1999-05-03..1999-05-04")]
    assert agreed(clues) == days("1999-05-01")


def test_two_readings_of_one_expression_count_once() -> None:
    readings = [_clue("1999-05-02..1999-05-09", group="a"), _clue("1999-05-02", group="a")]
    others = [_clue("1999-05-01"), _clue("1999-05-01..1999-05-02")]
    assert agreed([*readings, *others]) == days("1999-05-01..1999-05-02")
    apart = [_clue("1999-05-02..1999-05-09"), _clue("1999-05-02")]
    assert agreed([*apart, *others]) == days("1999-05-02")


def test_open_clues_stay_open() -> None:
    since = Clue("hand", MAY, FAR_FUTURE, 1.0, "a", "then", 0, 0, 4)
    until = Clue("hand", FAR_PAST, MAY, 1.0, "b", "then", 0, 0, 4)
    assert agreed([since]) == (MAY, FAR_FUTURE)
    assert agreed([until]) == (FAR_PAST, MAY)
    assert agreed([since, until]) == (MAY, MAY)
    assert agreed([since], (FAR_PAST, MAY + DAY)) == (MAY, MAY + DAY)
    assert agreed([since], (FAR_PAST, MAY - DAY)) is None


OFFSETS = st.integers(-4, 14)


@st.composite
def _clues(draw: st.DrawFn) -> Clue:
    start, end = sorted((draw(OFFSETS), draw(OFFSETS)))
    first = FAR_PAST if draw(st.integers(0, 9)) == 0 else MAY + DAY * start
    last = FAR_FUTURE if draw(st.integers(0, 9)) == 0 else MAY + DAY * end
    weight = draw(st.sampled_from([0.1, 0.4, 1.0]))
    return Clue("hand", first, last, weight, draw(st.sampled_from("abcd")), "then", 0, 0, 4)


def _oracle(clues: list[Clue], bounds: Interval) -> Interval | None:
    """Day by day: from the first to the last of the days that have the greatest weight."""
    weights = []
    for offset in range((bounds[1] - bounds[0]).days + 1):
        at = bounds[0] + DAY * offset
        of_group: dict[str, float] = {}
        for c in clues:
            if c.start <= at <= c.end:
                of_group[c.group] = max(of_group.get(c.group, 0.0), c.weight)
        weights.append(round(sum(of_group.values()), 6))
    best = max(weights)
    if best == 0:
        return None
    first = weights.index(best)
    last = len(weights) - 1 - weights[::-1].index(best)
    return bounds[0] + DAY * first, bounds[0] + DAY * last


@given(st.lists(_clues(), max_size=7), st.integers(0, 12))
def test_agreed_day_by_day(clues: list[Clue], length: int) -> None:
    bounds = (MAY, MAY + dt.timedelta(days=length))
    assert agreed(clues, bounds) == _oracle(clues, bounds)
    assert agreed(clues[::-1], bounds) == agreed(clues, bounds)


@pytest.mark.parametrize(
    ("span", "is_chosen"),
    [
        ("1999-05-01..1999-05-09", True),
        ("1999-05-03..1999-05-05", True),
        ("1999-05-04..1999-05-09", False),
        ("1999-05-06..1999-05-09", False),
        ("1999-05-01..1999-05-02", False),
    ],
)
def test_verdict(span: str, is_chosen: bool) -> None:
    chosen, reason = verdict(_clue(span), days("1999-05-03..1999-05-05"))
    assert chosen is is_chosen
    assert reason
