"""What is left of the tables once captures are in quarantine."""

from __future__ import annotations

import pytest

from tests.expectations.release import good, to_tables
from tests.expectations.story_rows import make_id
from transforms.quarantine import Culprit, allowed, quarantined, take_out
from transforms.schema import table_of
from transforms.tables import Article, Block, Capture, DateCandidate, Mention, Quotation, Rejection

YIELDED = (Capture, Rejection, Block, Article, DateCandidate, Mention, Quotation)
FIRST, SECOND, EMPTY = (make_id("c", number, 0) for number in (1, 2, 6))


def tables() -> dict[type, object]:
    made = to_tables([good()])
    return {record: made[table_of(record).name] for record in YIELDED}


def test_the_article_and_all_that_was_read_of_it_go() -> None:
    before, detail = tables(), "date_candidates: candidate_index=0"
    left = take_out(before, [Culprit(FIRST, "date_candidates", "is_ordered", detail)])
    for record in (Article, DateCandidate, Mention, Quotation):
        gone = before[record].num_rows - left[record].num_rows
        own = sum(
            FIRST[2:] in (row.get("capture_id") or row["article_id"])
            for row in before[record].to_pylist()
        )
        assert gone == own > 0
    assert left[Capture] == before[Capture]
    assert left[Block] == before[Block]
    held = {row["capture_id"]: row for row in left[Rejection].to_pylist()}
    assert held[FIRST] == {
        "capture_id": FIRST, "stage": "expectations", "reason": "is_ordered", "detail": detail,
    }  # fmt: skip
    assert len(held) == before[Rejection].num_rows + 1


def test_blocks_at_fault_go_with_their_capture() -> None:
    left = take_out(tables(), [Culprit(FIRST, "blocks", "indices_follow", "x")])
    owners = set(left[Block]["capture_id"].to_pylist())
    assert FIRST not in owners
    assert SECOND in owners


def test_a_capture_has_one_rejection_whatever_it_had_before() -> None:
    left = take_out(tables(), [Culprit(EMPTY, "rejections", "is_not_blank", "x")])
    ids = left[Rejection]["capture_id"].to_pylist()
    assert ids.count(EMPTY) == 1
    ((held,)) = quarantined(left[Capture], left[Rejection])
    assert (held.capture_id, held.rule) == (EMPTY, "is_not_blank")
    assert held.source_uri.endswith("6.html")


@pytest.mark.parametrize(
    ("count", "share", "limit"),
    [
        (1, 0.02, 0),  # a release of nothing is no release
        (3, 0.02, 1),
        (20, 0.02, 3),
        (149, 0.02, 3),
        (1000, 0.02, 20),
        (1000, 0.0, 0),
        (10, 1.0, 10),
    ],
)
def test_a_share_of_the_captures_may_be_left_out(count: int, share: float, limit: int) -> None:
    assert allowed(count, share) == limit
