"""The reference tables compiled: which variants a row gives, and what a look-up costs."""

from __future__ import annotations

from transforms import names
from transforms.authority import Authority, NameVariant, Organisation, Person, Treaty
from transforms.names.hits import scan
from transforms.names.lexicon import Lexicon
from transforms.words import split


def printed(lexicon: Lexicon, text: str) -> list[tuple[str, tuple[str, ...]]]:
    read = split(text, lexicon.damaged_keys)
    return [
        (
            read.text[read.starts[hit.first] : read.ends[hit.last]],
            tuple(sorted({entry.entity_key for entry in hit.entries})),
        )
        for hit in scan(read, lexicon)
    ]


def test_the_longest_name_wins(lexicon: Lexicon) -> None:
    assert printed(lexicon, "The NATO-Russia Permanent Joint Council of NATO") == [
        ("NATO-Russia Permanent Joint Council", ("pjc",)),
        ("NATO", ("nato",)),
    ]


def test_both_sides_of_the_atlantic_spell_a_name() -> None:
    lexicon = names.build(
        Authority(organisations=(Organisation("x", "Defence Cooperation Centre", "c", None, None),))
    )
    for text in ("Defence Cooperation Centre", "Defense Co-operation Center"):
        assert printed(lexicon, text) == [(text, ("x",))]


def test_a_treaty_may_be_printed_with_its_kind_and_small() -> None:
    treaties = (
        Treaty("start", "START II", "treaty", None),
        Treaty("cfe", "CFE Treaty", "treaty", None),
        Treaty("ipp", "Individual Partnership Programme", "programme", None),
    )
    lexicon = names.build(Authority(treaties=treaties))
    text = "START II Treaty, CFE treaty, individual partnership program"
    assert [found for found, _ in printed(lexicon, text)] == text.split(", ")


def test_a_transliteration_gives_its_surname_and_a_nickname_none() -> None:
    lexicon = names.build(
        Authority(
            people=(Person("p", "Anna Vinter", "Anna", "Vinter", None),),
            names=(
                NameVariant("person", "p", "Anna Winther", "transliteration"),
                NameVariant("person", "p", "Annie Snow", "nickname"),
            ),
        )
    )
    assert printed(lexicon, "Winther saw Snow and Annie Snow") == [
        ("Winther", ("p",)),
        ("Annie Snow", ("p",)),
    ]


def test_two_people_of_one_name_are_both_found(lexicon: Lexicon) -> None:
    assert printed(lexicon, "George Bush") == [
        ("George Bush", ("george-h-w-bush", "george-w-bush"))
    ]


def test_a_look_up_does_not_grow_with_the_tables() -> None:
    """The tree below one given name is entered once, however many people share it."""
    people = tuple(
        Person(f"p{n}", f"Anna Vinter{n}x", "Anna", f"Vinter{n}x", None) for n in range(500)
    )
    lexicon = names.build(Authority(people=people))
    visited: list[str] = []

    class Counted(dict):  # type: ignore[type-arg]
        def get(self, key: str, default: object = None) -> object:
            visited.append(key)
            return super().get(key, default)

    tree = Counted({k: Counted(v) if k == "anna" else v for k, v in lexicon.names.items()})
    counted = Lexicon(names=tree, people=lexicon.people)
    assert printed(counted, "Anna Vinter7x left") == [("Anna Vinter7x", ("p7",))]
    assert visited == ["anna", "vinter7x"]
