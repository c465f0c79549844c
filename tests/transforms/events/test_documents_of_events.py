"""Documents are kept with an event and report none; previews and analyses are not counted."""

from __future__ import annotations

from tests.transforms.events.reports import FLOOD_ONE, FLOOD_TWO, MINE, Corpus, article
from tests.transforms.events.test_events import decided, groups
from transforms.events import clusters


def test_a_document_joins_the_event_of_its_nearest_report_and_stands_for_nothing() -> None:
    linked = Corpus(
        (
            article("1", FLOOD_ONE, "Welna floods Orstad"),
            article("2", FLOOD_TWO, None, document="statement"),
            article("3", MINE, "Miners walk out"),
        )
    ).link()
    assert groups(linked) == [["a_1", "a_2"], ["a_3"]]
    roles = {r["article_id"]: r["role"] for r in linked.event_reports.to_pylist()}
    assert roles == {"a_1": "representative", "a_2": "document", "a_3": "representative"}
    counts = [(e["report_count"], e["independent_report_count"]) for e in linked.events.to_pylist()]
    assert counts == [(1, 1), (1, 1)]
    assert linked.event_disagreements.num_rows == 0


def test_documents_alone_make_no_event() -> None:
    linked = Corpus(
        (
            article("1", FLOOD_ONE, document="speech"),
            article("2", FLOOD_TWO, document="statement"),
            article("3", FLOOD_ONE, document="speech"),
            article("4", MINE),
        )
    ).link()
    assert groups(linked) == [["a_4"]]
    assert "a document is with the event" in decided(linked, "a_1", "a_2")["reason"]


def test_a_preview_is_of_the_event_and_no_independent_report() -> None:
    linked = Corpus(
        (
            article("1", FLOOD_ONE, "Welna floods Orstad"),
            article("2", FLOOD_TWO * 2, "Welna to rise", kind="preview"),
        )
    ).link()
    (event,) = linked.events.to_pylist()
    assert (event["report_count"], event["independent_report_count"]) == (2, 1)
    assert event["representative_article_id"] == "a_1"


def test_what_is_attached_goes_to_the_likeliest_and_to_none_if_unlikely() -> None:
    groups_of = [("a", "b"), ("c",)]
    chances = {("a", "x"): 0.6, ("c", "x"): 0.9, ("b", "y"): 0.4, ("x", "y"): 0.99}
    assert clusters.attached(groups_of, chances, {"x", "y"}) == [("a", "b"), ("c", "x")]
