"""What would be lost against the last release."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from transforms.losses import Loss, losses

Rows = list[dict[str, Any]]


def held(captures: str, events: str = "", **more: Rows) -> dict[str, pa.Table]:
    """A release of captures with one letter each, one article a capture, and such events."""
    rows: dict[str, Rows] = {
        "captures": [{"capture_id": c, "source_uri": f"{c}.txt"} for c in captures],
        "articles": [{"article_id": f"a{c}", "capture_id": c, "title": None} for c in captures],
        "events": [{"event_id": e, "title": f"Event {e}"} for e in events],
        "rejections": [],
        "event_ledger": [],
    } | more
    empty: dict[str, dict[str, Any]] = {
        "captures": {"capture_id": None, "source_uri": None},
        "articles": {"article_id": None, "capture_id": None, "title": None},
        "events": {"event_id": None, "title": None},
        "rejections": {"capture_id": None, "reason": None},
        "event_ledger": {"old_event_id": None, "change": None, "release": None},
    }
    return {
        name: pa.Table.from_pylist(of, schema=pa.schema([(c, pa.string()) for c in empty[name]]))
        for name, of in rows.items()
    }


def ledger(*changes: str, release: str = "upcoming") -> Rows:
    """Rows of the ledger, each an event and what became of it."""
    return [
        {"old_event_id": c.split()[0], "change": c.split()[1], "release": release} for c in changes
    ]


def test_other_captures_make_up_for_nothing() -> None:
    found = {loss.table_name: loss for loss in losses(held("abcd"), held("wxyz"), "upcoming")}
    assert found["captures"] == Loss(
        "captures", 4, 4, (("not in the sources", 4),), ("a.txt", "b.txt", "c.txt", "d.txt")
    )
    assert found["articles"].causes == (("capture not in the sources", 4),)


def test_more_captures_lose_nothing() -> None:
    assert losses(held("ab", "e"), held("abcd", "ef"), "upcoming") == ()


def test_an_article_is_lost_with_its_reason_and_not_by_a_new_id() -> None:
    after = held("abc")
    renamed = [f"n{i}" for i in range(3)]
    after["articles"] = after["articles"].set_column(0, "article_id", pa.array(renamed))
    assert losses(held("abc"), after, "upcoming") == ()
    after["articles"] = after["articles"].slice(1)
    after["rejections"] = held("", rejections=[{"capture_id": "a", "reason": "no_story"}])[
        "rejections"
    ]
    (loss,) = losses(held("abc"), after, "upcoming")
    assert (loss.lost, loss.before, loss.causes) == (1, 3, (("no_story", 1),))
    assert str(loss) == "1 of 3 articles (no_story 1), such as aa"


def test_a_page_that_tells_fewer_stories_than_before_loses_some() -> None:
    before = held("a")
    before["articles"] = pa.concat_tables([before["articles"], before["articles"]])
    (loss,) = losses(before, held("a"), "upcoming")
    assert loss.causes == (("fewer stories on the page", 1),)


@pytest.mark.parametrize(("merged", "lost"), [("bc", 0), ("bcd", 0), ("bcde", 4)])
def test_a_few_merged_events_are_no_loss_and_many_are(merged: str, lost: int) -> None:
    left = "".join(e for e in "abcdef" if e not in merged)
    changes = ledger(*(f"{e} merged" for e in merged), "a kept")
    after = held("x", left, event_ledger=changes)
    assert sum(loss.lost for loss in losses(held("x", "abcdef"), after, "upcoming")) == lost


def test_a_retired_event_is_lost_and_older_rows_of_the_ledger_are_no_cause() -> None:
    changes = ledger("b merged", release="1.0.0") + ledger("b retired")
    (loss,) = losses(held("x", "ab"), held("x", "a", event_ledger=changes), "upcoming")
    assert (loss.table_name, loss.lost, loss.causes) == ("events", 1, (("retired", 1),))
    assert loss.share == 0.5
