"""Organisations, treaties, programmes and places of no table."""

from __future__ import annotations

import pytest

from transforms import names
from transforms.articles import Passage
from transforms.names import Lexicon, usage
from transforms.tables import Mention


def mentions(lexicon: Lexicon, text: str) -> tuple[Mention, ...]:
    passages = [Passage(n, "body", part, 0) for n, part in enumerate(text.split("\n\n"))]
    return names.resolve("a", names.find(passages, lexicon), passages, (None, None), lexicon)


def found(lexicon: Lexicon, text: str) -> list[str]:
    return [m.surface for m in mentions(lexicon, text) if m.method.startswith(("body:", "place:"))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He left the Karsk Foundation in May.", ["Karsk Foundation"]),
        ("She teaches at the University of Ottenby.", ["University of Ottenby"]),
        ("They asked Hill & Barlow Ltd for a loan.", ["Hill & Barlow Ltd"]),
        ("The Ottenby Harbour Board met at noon.", ["Ottenby Harbour Board"]),
        (
            "The Institute for War and Peace Studies closed.",
            ["Institute for War and Peace Studies"],
        ),
        ("The Council on Harbour Relations met.", ["Council on Harbour Relations"]),
        ("Both signed the Ottenby Fishing Treaty.", ["Ottenby Fishing Treaty"]),
        ("It joined the Clean Harbours Programme.", ["Clean Harbours Programme"]),
        ("The Karsk Liberation Front (KLF) denied it.", ["Karsk Liberation Front", "KLF"]),
    ],
)
def test_a_body_is_told_by_its_noun(lexicon: Lexicon, text: str, names: list[str]) -> None:
    assert found(lexicon, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Supreme Court and the Central Committee met.",  # every country has them
        "The West Bank was quiet.",
        "They met the Karsk Liberation Front again.",  # a front may be one of the weather
        "A party, a bank and a treaty were mentioned.",
        f"He left the {'Karsk ' * 13}Foundation in May.",  # no name is so long
        "Yesterday Council members left.",
        "MINISTER OPENS KARSK FOUNDATION",
        "Minister Opens Karsk Foundation Library",
    ],
)
def test_what_says_not_which_one_it_is_is_no_body_by_its_noun(lexicon: Lexicon, text: str) -> None:
    story = [Passage(0, "body", text, 0)]
    methods = {name.method for name in names.find(story, lexicon)}
    assert not {m for m in methods if m.startswith("body:")} - {usage.METHOD}


def test_initials_stand_for_the_name_they_were_introduced_with(lexicon: Lexicon) -> None:
    text = "The Karsk Relief Agency (KRA) spoke.\n\nLater the KRA fell silent. A kra is a bird."
    full, *initials = mentions(lexicon, text)
    assert [m.surface for m in initials] == ["KRA", "KRA"]
    assert {m.entity_id for m in initials} == {full.entity_id}


def test_other_initials_stand_for_nothing(lexicon: Lexicon) -> None:
    assert found(lexicon, "The Karsk Relief Agency (TEL) spoke of TEL.") == ["Karsk Relief Agency"]


def test_a_bracket_that_opens_at_the_end_of_the_text_introduces_nothing(lexicon: Lexicon) -> None:
    text = "Some people had often spoken to those behind the Karsk Relief Agency ("
    assert found(lexicon, text) == ["Karsk Relief Agency"]


def test_a_person_is_no_part_of_a_body_but_a_body_of_a_person_is_none(lexicon: Lexicon) -> None:
    text = "Foreign Minister Igor Ivanov opened the Ivanov Foundation."
    assert [m.surface for m in mentions(lexicon, text)] == ["Igor Ivanov", "Ivanov Foundation"]


def test_a_known_name_is_never_cut(lexicon: Lexicon) -> None:
    assert found(lexicon, "The Permanent Joint Council met at NATO.") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met in Karsk, Russia, on Monday.", ["Karsk"]),
        ("KARSK, Russia (AP) -- They met.", ["KARSK"]),
        ("KARSK (Reuters) - They met.", ["KARSK"]),
        ("They met Karsk, Russia said.", []),
        ("KARSK (see map) lies on a river.", []),
    ],
)
def test_a_place_is_told_by_what_stands_around_it(
    lexicon: Lexicon, text: str, names: list[str]
) -> None:
    assert found(lexicon, text) == names


def test_a_place_of_a_dateline_is_called_as_places_are(lexicon: Lexicon) -> None:
    story = [Passage(1, "body", "KARSK, Russia (AP) -- They met.", 0)]
    (place,) = names.found(names.find(story, lexicon))
    assert (place.name, place.entity_type, place.country) == ("Karsk", "place", "Russia")
