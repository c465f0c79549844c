"""Explanations say the decision, what each signal adds, and the evidence in both articles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.transforms.events.reports import FLOOD_ONE, FLOODS, Corpus, article
from transforms.events import explanations
from transforms.schema import to_arrow
from transforms.tables import Article


def tables(corpus: Corpus) -> dict:
    linked = corpus.link()
    return {
        "articles": to_arrow(Article, corpus.articles),
        "pair_decisions": linked.pair_decisions,
        "events": linked.events,
        "event_reports": linked.event_reports,
        "event_disagreements": linked.event_disagreements,
    }


def test_a_pair_of_one_event() -> None:
    text = explanations.explain_pair("a_2", "a_1", tables(FLOODS))
    assert "Both report one event, e_" in text
    assert "together: probability 1.000" in text
    start = FLOOD_ONE.index("Kolby")
    assert f"a_1 [{start}:{start + 5}] Soldiers filled sandbags along the Kolby" in text
    assert "The closest other pair is another event" in text
    assert "what it lacks: " in text


def test_a_pair_of_two_events() -> None:
    text = explanations.explain_pair("a_3", "a_4", tables(FLOODS))
    assert "They report different events" in text
    assert "little else in common" in text


def test_copies_are_explained_by_what_they_copy() -> None:
    copied = replace(FLOODS, articles=(*FLOODS.articles, article("5", FLOOD_ONE)))
    of_text = explanations.explain_pair("a_1", "a_5", tables(copied))
    assert "the same words" in of_text
    by_proxy = explanations.explain_pair("a_2", "a_5", tables(copied))
    assert "a_5 is a copy of a_1, which was compared in its place" in by_proxy
    assert "Both report one event" in by_proxy


def test_an_event() -> None:
    data = tables(FLOODS)
    rows = data["events"].to_pylist()
    (event,) = [e["event_id"] for e in rows if e["report_count"] == 2]
    text = explanations.explain_event(event, data)
    assert "2 reports, 2 of them independent, on 2 sites" in text
    assert "Weakest link: a_1 with a_2, same event" in text
    alone = next(e["event_id"] for e in rows if e["report_count"] == 1)
    assert "nothing has to hold it together" in explanations.explain_event(alone, data)


@pytest.mark.parametrize("call", [("a_1", "a_9"), ("a_9", "a_1")])
def test_an_unknown_article_is_named(call: tuple[str, str]) -> None:
    with pytest.raises(explanations.UnknownError, match="there is no article a_9"):
        explanations.explain_pair(*call, tables(FLOODS))
