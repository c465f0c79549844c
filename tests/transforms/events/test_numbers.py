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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least 12 people died in the fire.", {"dead": "12"}),
        ("Twenty people have lost their lives, the hospital said.", {"dead": "20"}),
        ("A bomb killed 17 people and wounded 33 others.", {"dead": "17", "hurt": "33"}),
        (
            "The death toll rose to 1,200 on Monday; 45 are missing.",
            {"dead": "1200", "missing": "45"},
        ),
        ("Police arrested 14 men aged 20 to 30.", {"seized": "14"}),
        # A part of the counted, an age, a day and a span of time count nobody.
        ("Three of the injured died in the night.", {}),
        ("A man aged 42 was killed on May 12.", {}),
        ("He was killed after 12 years in the service.", {}),
    ],
)
def test_what_befell_people_has_one_name_whatever_they_are_called(
    text: str, found: dict[str, str]
) -> None:
    assert numbers.casualties(text) == found


def test_numbers_in_one_role_are_disagreements() -> None:
    found = numbers.disagreements(
        {
            "a": "At least 12 people died when the ferry sank.",
            "b": "The sinking killed 17 passengers, the coast guard said.",
            "c": "Seventeen lives were lost.",
        }
    )
    assert sorted(found) == [
        ("number of dead", "12", "a"),
        ("number of dead", "17", "b"),
        ("number of dead", "17", "c"),
    ]
