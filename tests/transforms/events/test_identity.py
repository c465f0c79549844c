"""Ids of events last from release to release, and every change is in the ledger."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from transforms.events.identity import Past, ledger, name

EMPTY = Past({}, ())
GROUPINGS = st.lists(st.integers(0, 3), min_size=1, max_size=8).map(
    lambda labels: [
        tuple(f"a_{i}" for i, label in enumerate(labels) if label == chosen)
        for chosen in sorted(set(labels))
    ]
)


def released(clusters: Sequence[Sequence[str]], past: Past, release: str) -> Past:
    events = name(clusters, past)
    return Past(
        {a: e for e, members in events.items() for a in members}, ledger(events, past, release)
    )


def changes(past: Past, release: str) -> list[tuple[str | None, str | None, str]]:
    return [(e.old_event_id, e.new_event_id, e.change) for e in past.ledger if e.release == release]


def test_a_first_release_adds_and_an_unchanged_one_says_nothing() -> None:
    first = released([("a_1", "a_2"), ("a_3",)], EMPTY, "1.0.0")
    assert [change for _, _, change in changes(first, "1.0.0")] == ["added", "added"]
    assert released([("a_3",), ("a_2", "a_1")], first, "1.1.0") == first


def test_a_report_that_joins_keeps_the_id() -> None:
    first = released([("a_5",)], EMPTY, "1.0.0")
    second = released([("a_1", "a_5")], first, "1.1.0")
    event = first.event_of["a_5"]
    assert changes(second, "1.1.0") == [(event, event, "kept")]
    assert second.ledger[-1].cause == "1 report (a_1) joined"


def test_a_merge_of_two_of_one_size_keeps_the_older() -> None:
    first = released([("a_7",)], EMPTY, "1.9.0")
    second = released([("a_7",), ("a_2",)], first, "1.10.0")
    third = released([("a_2", "a_7")], second, "1.11.0")
    old, young = first.event_of["a_7"], second.event_of["a_2"]
    assert changes(third, "1.11.0") == [(old, old, "kept"), (young, old, "merged")]


def test_a_split_leaves_the_id_with_the_larger_part() -> None:
    first = released([("a_1", "a_2", "a_3")], EMPTY, "1.0.0")
    second = released([("a_1",), ("a_2", "a_3")], first, "1.1.0")
    old, new = first.event_of["a_2"], second.event_of["a_1"]
    assert second.event_of["a_2"] == second.event_of["a_3"] == old != new
    assert sorted(changes(second, "1.1.0")) == sorted([(old, old, "kept"), (old, new, "split")])


def test_an_event_without_reports_retires_and_comes_back_under_its_id() -> None:
    first = released([("a_1",), ("a_2",)], EMPTY, "1.0.0")
    second = released([("a_2",)], first, "1.1.0")
    assert changes(second, "1.1.0") == [(first.event_of["a_1"], None, "retired")]
    third = released([("a_1",), ("a_2",)], second, "1.2.0")
    assert third.event_of == first.event_of


@given(GROUPINGS, GROUPINGS)
def test_ids_are_one_to_one_and_the_ledger_leads_to_each(before: list, after: list) -> None:
    first = released(before, EMPTY, "1.0.0")
    second = released(after, first, "1.1.0")
    assert len(set(second.event_of.values())) == len(after)
    assert set(second.event_of.values()) <= {e.new_event_id for e in second.ledger}
    gone = set(first.event_of.values()) - set(second.event_of.values())
    assert gone == {
        old for old, new, change in changes(second, "1.1.0") if change in ("merged", "retired")
    }
    keys = [(e.release, e.old_event_id, e.new_event_id) for e in second.ledger]
    assert len(keys) == len(set(keys))


@given(GROUPINGS)
def test_an_unrelated_report_moves_no_id(groups: list) -> None:
    first = released(groups, EMPTY, "1.0.0")
    second = released([*groups, ("a_new",)], first, "1.1.0")
    assert {a: e for a, e in second.event_of.items() if a != "a_new"} == first.event_of


@given(GROUPINGS, st.sets(st.integers(0, 7)), st.randoms(use_true_random=False))
def test_what_is_deleted_and_added_again_has_its_id_again(
    groups: list, gone: set, rng: random.Random
) -> None:
    first = released(groups, EMPTY, "1.0.0")
    left = [tuple(a for a in g if int(a[2:]) not in gone) for g in groups]
    second = released([g for g in left if g], first, "1.1.0")
    again = [tuple(rng.sample(g, len(g))) for g in rng.sample(groups, len(groups))]
    third = released(again, second, "1.2.0")
    assert third.event_of == first.event_of
    assert all(second.event_of[a] == first.event_of[a] for a in second.event_of)


@given(st.integers(1, 4), st.integers(1, 4), st.booleans())
def test_a_merge_of_two_keeps_the_older(older: int, younger: int, is_smaller: bool) -> None:
    """Whatever their sizes, and whichever has the smaller ids."""
    names = [f"a_{i}" for i in range(older + younger)]
    old = tuple(names[:older] if is_smaller else names[younger:])
    young = tuple(sorted(set(names) - set(old)))
    first = released([old], EMPTY, "1.0.0")
    second = released([old, young], first, "1.1.0")
    third = released([(*old, *young)], second, "1.2.0")
    kept, lost = first.event_of[old[0]], second.event_of[young[0]]
    assert set(third.event_of.values()) == {kept}
    assert (lost, kept, "merged") in changes(third, "1.2.0")


@given(GROUPINGS, GROUPINGS, st.randoms(use_true_random=False))
def test_order_of_groups_and_reports_changes_no_id_and_no_row(
    before: list, after: list, rng: random.Random
) -> None:
    def shuffled(groups: list) -> list:
        return [tuple(rng.sample(g, len(g))) for g in rng.sample(groups, len(groups))]

    first = released(before, EMPTY, "1.0.0")
    assert released(shuffled(before), EMPTY, "1.0.0") == first
    assert released(shuffled(after), first, "1.1.0") == released(after, first, "1.1.0")
