"""Ids come from content, part by part."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from transforms import ids

PARTS = st.lists(st.text(alphabet="ab1:-", max_size=4) | st.none(), max_size=4).map(tuple)
Parts = tuple[str | None, ...]


def test_an_id_is_its_prefix_and_twenty_digits() -> None:
    made = ids.make("c", "x", None)
    assert made.startswith("c_")
    assert len(made) == 22
    assert made == ids.make("c", "x", None)


def test_the_same_parts_give_the_same_id_for_ever() -> None:
    # Computed once by hand with hashlib; a change would give every release new ids.
    assert ids.make("c", "ab", None, "") == "c_da1e691d1ce49484c7c7"


@given(PARTS, PARTS)
def test_parts_that_differ_differ_in_id(one: Parts, other: Parts) -> None:
    assert (ids.make("c", *one) == ids.make("c", *other)) == (one == other)


def test_borders_of_parts_count() -> None:
    texts = [("abc",), ("ab", "c"), ("a", "bc"), ("a", "b", "c"), ("abc", ""), ("abc", None), ()]
    for one, other in itertools.combinations(texts, 2):
        assert ids.make("c", *one) != ids.make("c", *other)


def test_an_article_keeps_its_captures_digits() -> None:
    assert ids.article_id("c_00ff") == "a_00ff"


def test_entities_of_two_types_are_two() -> None:
    assert ids.entity_id("place", "georgia") != ids.entity_id("person", "georgia")
    assert ids.entity_id("place", "georgia").startswith("n_")
