"""Numbers of one thing that cannot all be right are told, numbers of other things are not."""

from __future__ import annotations

import pytest

from transforms.events import numbers


def test_counts_of_one_thing_that_differ() -> None:
    found = numbers.disagreements(
        {
            "a": "The police said that 46 arrests were made in the night.",
            "b": "Some 50 arrests were made in the night, police said.",
            "c": "The police said 46 arrests were made.",
        }
    )
    assert sorted(found) == [
        ("number of arrests", "46", "a"),
        ("number of arrests", "46", "c"),
        ("number of arrests", "50", "b"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Other ships: nothing around the numbers is alike.
        ("Two ships opened fire on the harbour.", "The navy keeps five ships in those waters."),
        # Not all words of a sentence away tell what is counted.
        ("The quake killed 30 villagers. Rescue came late.", "Rescue came late to 50 villagers."),
        # A report that gives two numbers may mean either.
        ("He fired 30 rounds at the bank; 10 rounds hit it.", "He fired 20 rounds at the bank."),
        (
            "The 2007 elections in the province failed.",
            "The 2012 elections in the province failed.",
        ),
        (
            "They waited 12 miles off the southern coast.",
            "They waited 13 miles off the southern coast.",
        ),
        ("One 3 percent rise of taxes was refused.", "One 4 percent rise of taxes was refused."),
    ],
)
def test_other_things(one: str, other: str) -> None:
    assert numbers.disagreements({"a": one, "b": other}) == []


def test_a_scale_is_part_of_the_number() -> None:
    found = {
        (c.unit, c.value) for c in numbers.counts("A loan of 2 billion crowns, or 2,000 crowns.")
    }
    assert found == {("crowns", "2 billion"), ("crowns", "2000")}
