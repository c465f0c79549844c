"""Copies form families; a round-up joins nothing."""

from __future__ import annotations

from transforms.events.families import Family, Link, families


def test_copies_of_copies_are_one_family_and_the_fullest_speaks() -> None:
    links = [Link("a", "b", "reprint"), Link("b", "c", "contained"), Link("a", "d", "identical")]
    assert families({"a": 90, "b": 100, "c": 40, "d": 90, "e": 70}, links) == [
        Family("b", ("a", "b", "c", "d")),
        Family("e", ("e",)),
    ]


def test_a_round_up_of_two_stories_joins_neither() -> None:
    links = [Link("a", "z", "contained"), Link("b", "z", "contained")]
    found = families({"a": 100, "b": 120, "z": 300}, links)
    assert [f.members for f in found] == [("a",), ("b",), ("z",)]


def test_two_excerpts_of_one_story_are_no_round_up() -> None:
    links = [Link("a", "b", "contained"), Link("a", "z", "contained"), Link("b", "z", "contained")]
    found = families({"a": 100, "b": 120, "z": 300}, links)
    assert [f.members for f in found] == [("a", "b", "z")]
