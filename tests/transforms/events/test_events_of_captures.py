"""The five real captures, title and text as labelled by hand: one pair, and a wide margin."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks import ecbplus
from transforms import duplicates, events
from transforms.authority import Authority
from transforms.schema import to_arrow
from transforms.tables import Block, DateCandidate

pytestmark = pytest.mark.skipif(
    not ecbplus.CAPTURES.is_dir(), reason="the captures of ../shared/seeds are not here"
)


def test_the_true_pair_is_one_event_and_no_other_comes_near() -> None:
    reports = ecbplus.real_captures()
    inputs = ecbplus.tables(reports)
    linked = events.link(
        articles=inputs.articles,
        mentions=inputs.mentions,
        entities=inputs.entities,
        quotations=inputs.quotations,
        date_candidates=to_arrow(DateCandidate, []),
        duplicates=duplicates.compare(inputs.articles),
        blocks=to_arrow(Block, []),
        authority=Authority(),
        previous=None,
        release="1.0.0",
    )
    event_of = {r.report_id: r.event for r in reports}
    true, false = [], []
    for row in linked.pair_decisions.to_pylist():
        is_true = event_of[row["article_id_l"]] == event_of[row["article_id_r"]]
        (true if is_true else false).append(row["score"])
    assert min(true) > 0.95
    assert max(false) < 0.40
    assert math.log(min(true) / (1 - min(true)) * (1 - max(false)) / max(false)) > 4
    assert linked.events.num_rows == len(set(event_of.values()))
