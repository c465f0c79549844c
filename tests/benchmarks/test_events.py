"""Floors of the event stage on ECB+ and the five real captures; they only rise.

ECB+ and the captures here have no days, by which the released weights tell much: with the days
of the whole run the closest false pair of the captures stands at .05. ECB+ as the stage is
released, fitted to the same topics; what is cross-validated stands in the
head of transforms/weights/same_event.tsv. The captures were never fitted to.
"""

from __future__ import annotations

import pytest

from tests.benchmarks import ecbplus, events
from tests.benchmarks.measures import Score

pytestmark = pytest.mark.skipif(
    not (ecbplus.ECB_PLUS.exists() and ecbplus.CAPTURES.exists()),
    reason="../shared/benchmarks and ../shared/seeds are not there",
)


@pytest.fixture(scope="module")
def ecb_plus() -> Score:
    reports = ecbplus.ecb_plus()
    return events.score(reports, events.linked(reports)[0])


def test_reports_of_ecb_plus_find_their_events(ecb_plus: Score) -> None:
    assert ecb_plus.f1 >= 0.925


def test_few_events_of_ecb_plus_are_merged(ecb_plus: Score) -> None:
    assert ecb_plus.precision >= 0.95


def test_the_true_pair_of_the_captures_stands_apart() -> None:
    margin = events.margin()
    assert margin.true >= 0.99
    assert margin.false <= 0.4
    assert margin.nats >= 5
