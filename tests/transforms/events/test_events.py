"""Reports are joined into events, each article in one, whatever the order of rows."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from tests.transforms.events.reports import (
    FLOOD_ONE,
    FLOODS,
    MINE,
    ROAD,
    Corpus,
    article,
    correction,
)
from transforms import events
from transforms.authority import TimelineEvent
from transforms.events.links import ContradictionError
from transforms.tables import DateCandidate

TABLES = tuple(f for f in events.Linked.__dataclass_fields__ if f != "applied")


def groups(linked: events.Linked) -> list[list[str]]:
    """The articles of each event, sorted."""
    by_event: dict[str, list[str]] = {}
    for row in linked.event_reports.to_pylist():
        by_event.setdefault(row["event_id"], []).append(row["article_id"])
    return sorted(by_event.values())


def decided(linked: events.Linked, left: str, right: str) -> dict:
    """The decision on one pair."""
    return next(
        r
        for r in linked.pair_decisions.to_pylist()
        if (r["article_id_l"], r["article_id_r"]) == (left, right)
    )


def test_two_independent_reports_of_one_event_are_one_event() -> None:
    linked = FLOODS.link()
    assert groups(linked) == [["a_1", "a_2"], ["a_3"], ["a_4"]]
    pair = decided(linked, "a_1", "a_2")
    assert pair["relation"] == "same_event"
    assert pair["score"] > 0.95
    assert "one here had seen the water rise so fast in living memory" in "|".join(
        pair["shared_evidence"]
    )
    assert {"Orstad", "Brevik", "Hansa", "Kolby"} <= set(pair["shared_evidence"])
    (event,) = [e for e in linked.events.to_pylist() if e["report_count"] == 2]
    assert event["independent_report_count"] == event["site_count"] == 2
    assert event["place"] == "Orstad"
    facts = {(r["fact"], r["value"]) for r in linked.event_disagreements.to_pylist()}
    assert {("number of dead", "14"), ("number of dead", "17")} <= facts


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_of_rows_changes_nothing(seed: int) -> None:
    plain, shuffled = FLOODS.link(), FLOODS.link(seed=seed)
    for name in TABLES:
        assert getattr(plain, name).equals(getattr(shuffled, name), check_metadata=True), name


def test_nothing_gives_empty_tables() -> None:
    linked = Corpus(()).link()
    assert [getattr(linked, name).num_rows for name in TABLES] == [0] * len(TABLES)


def test_an_article_alone_is_an_event() -> None:
    linked = Corpus((article("1", ROAD),)).link()
    assert groups(linked) == [["a_1"]]
    assert linked.events.column("title").to_pylist() == [None]


def test_a_wire_story_counts_once_however_often_it_is_printed() -> None:
    wire = replace(
        FLOODS,
        articles=(
            *FLOODS.articles,
            article("5", FLOOD_ONE, "Orstad under water", site="late.example"),
            article("6", FLOOD_ONE[: len(FLOOD_ONE) * 2 // 3], site="late.example"),
        ),
    )
    linked = wire.link()
    assert groups(linked)[0] == ["a_1", "a_2", "a_5", "a_6"]
    (event,) = [e for e in linked.events.to_pylist() if e["report_count"] == 4]
    assert (event["independent_report_count"], event["site_count"]) == (2, 3)
    rows = {r["article_id"]: r for r in linked.event_reports.to_pylist()}
    assert sorted(r["role"] for r in rows.values() if r["event_id"] == event["event_id"]) == [
        "report", "representative", "reprint", "reprint",
    ]  # fmt: skip
    copies = {rows[f"a_{i}"]["syndication_group_id"] for i in "156"}
    assert len(copies) == 1
    assert copies != {None}
    assert rows["a_2"]["syndication_group_id"] is None
    assert decided(linked, "a_1", "a_5")["relation"] == "identical"
    assert decided(linked, "a_1", "a_6")["relation"] == "contained"
    participants = linked.event_participants.column("report_count").to_pylist()
    assert all(count <= 2 for count in participants)


def test_days_that_cannot_meet_speak_against_one_event() -> None:
    def dated(*days: str) -> Corpus:
        bracketed = [article("x", "", days=(d, d)) for d in days]
        return replace(
            FLOODS,
            articles=tuple(
                replace(a, event_date_start=b.event_date_start, event_date_end=b.event_date_end)
                for a, b in zip(FLOODS.articles[:2], bracketed, strict=True)
            ),
        )

    apart = decided(dated("1996-05-07", "1997-05-07").link(), "a_1", "a_2")
    same = decided(dated("1996-05-07", "1996-05-07").link(), "a_1", "a_2")
    assert (apart["date_compatibility"], same["date_compatibility"]) == (0, 1)
    assert "against: the days (-" in apart["reason"]
    assert apart["score"] < same["score"]


def test_links_by_hand_are_honoured_and_counted() -> None:
    by_hand = replace(
        FLOODS,
        corrections=(
            correction("k1", "cannot_link", "c_1|c_2"),
            correction("k2", "must_link", "a_4|a_3"),
            correction("k3", "must_link", "a_4|a_9"),
        ),
    )
    linked = by_hand.link()
    assert groups(linked) == [["a_1"], ["a_2"], ["a_3", "a_4"]]
    assert linked.applied == ("k1", "k2")
    assert decided(linked, "a_1", "a_2")["reason"].startswith("cannot be linked by correction k1")
    assert decided(linked, "a_3", "a_4")["relation"] == "same_event"


def test_links_by_hand_that_contradict_are_an_error() -> None:
    rows = (
        correction("k1", "must_link", "a_1|a_3"),
        correction("k2", "must_link", "a_3|a_4"),
        correction("k3", "cannot_link", "a_1|a_4"),
    )
    with pytest.raises(ContradictionError, match="k3"):
        replace(FLOODS, corrections=rows).link()


def test_a_second_release_of_the_same_adds_no_row_to_the_ledger() -> None:
    first = FLOODS.link()
    past = events.Previous(first.event_reports, first.event_ledger)
    second = FLOODS.link(previous=past, release="1.1.0", seed=5)
    assert all(getattr(first, n).equals(getattr(second, n)) for n in TABLES)


def test_adding_an_unrelated_article_moves_no_id() -> None:
    fewer = replace(FLOODS, articles=FLOODS.articles[:3])
    first = fewer.link()
    past = events.Previous(first.event_reports, first.event_ledger)
    second = FLOODS.link(previous=past, release="1.1.0")
    before = {r["article_id"]: r["event_id"] for r in first.event_reports.to_pylist()}
    after = {r["article_id"]: r["event_id"] for r in second.event_reports.to_pylist()}
    assert {a: after[a] for a in before} == before
    assert second.event_ledger.num_rows == first.event_ledger.num_rows + 1


def test_the_kind_of_event_comes_from_the_timeline_row_it_is() -> None:
    day = article("x", "", days=("1996-05-07", "1996-05-07")).event_date_start
    assert day is not None
    row = TimelineEvent("t1", day, day, "The strike", "strike", "PROTEST", None, (), (), "strike")
    clue = DateCandidate(
        "a_3", 0, "event", day, day, "day", "timeline_event", "t1", "walked out", "text", 1, 0, 10,
        True, "named",
    )  # fmt: skip
    past = replace(clue, candidate_index=1, method="after_timeline", timeline_id="t0")
    linked = replace(FLOODS, dates=(clue, past), timeline=(row,)).link()
    kinds = {e["title"]: (e["timeline_id"], e["event_type"]) for e in linked.events.to_pylist()}
    assert kinds["Talgrube miners strike"] == ("t1", "PROTEST")
    assert kinds["Coastal road opens"] == (None, None)


def test_articles_without_names_or_words_are_events_of_their_own() -> None:
    texts = ["...", "12", "no name stands here at all, none", MINE]
    linked = Corpus(tuple(article(str(i), t) for i, t in enumerate(texts))).link()
    assert groups(linked) == [["a_0"], ["a_1"], ["a_2"], ["a_3"]]


def test_every_compared_pair_keeps_its_score_recomputable() -> None:
    from transforms.events import scoring

    for row in FLOODS.link().pair_decisions.to_pylist():
        odds = scoring.model().base + sum(c.nats for c in scoring.contributions(row))
        assert row["score"] == pytest.approx(1 / (1 + 2.718281828459045**-odds), abs=1e-5)


def test_all_pairs_of_a_small_collection_can_be_asked_for() -> None:
    found = {
        (r["article_id_l"], r["article_id_r"]) for r in FLOODS.link().pair_decisions.to_pylist()
    }
    assert found == set(itertools.combinations(("a_1", "a_2", "a_3", "a_4"), 2))
