"""Repeats: which block a block prints again, and which of two printings counts as the first."""

from __future__ import annotations

from tests.transforms.made import line
from transforms.furniture.candidates import Verdict
from transforms.furniture.repeats import marked, of_sentences

FIRST = "The ferry sails at nine every morning"
SECOND = "Its captain has never missed a tide in thirty years"
THIRD = "Gulls follow it around the whole cape"


def _of_sentences(*texts: str) -> list[int | None]:
    return of_sentences([line(t) for t in texts], [True] * len(texts))


def test_the_block_that_printed_most_of_it() -> None:
    both = f"{FIRST}. {SECOND}."
    assert _of_sentences(f"{FIRST}.", f"{SECOND}.", both) == [None, None, 1]
    assert _of_sentences(f"{FIRST}.", f"{THIRD}.", f"{THIRD}. {FIRST}.") == [None, None, 0]


def test_the_first_of_two_printings() -> None:
    assert _of_sentences(f"{FIRST}.", f"{FIRST}.", f"{FIRST}.") == [None, 0, 0]


def test_what_a_block_prints_twice_itself_is_no_repeat() -> None:
    assert _of_sentences(f"{FIRST}. {FIRST}.") == [None]


def _marked(
    *given: tuple[str, str, str], again: dict[int, int] | None = None
) -> list[tuple[str, int | None]]:
    blocks = [line(text) for text, _, _ in given]
    verdicts = [Verdict(label, rule, 0.0) for _, label, rule in given]
    repeated = [(again or {}).get(index) for index in range(len(given))]
    return [(v.rule, v.repeats) for v in marked(blocks, verdicts, repeated)]


def test_furniture_repeats_the_first_block_of_its_text() -> None:
    menu = ("Home", "furniture", "recurs_on_page"), ("HOME", "furniture", "links")
    assert _marked(*menu, ("Homes", "furniture", "links"), menu[0]) == [
        ("recurs_on_page", None),
        ("links", 0),
        ("links", None),
        ("recurs_on_page", 0),
    ]


def test_before_the_title_and_behind_it_the_title_is_what_is_repeated() -> None:
    link, title = ("Pier closes", "furniture", "links"), ("PIER CLOSES", "title", "headline")
    assert [r for _, r in _marked(link, title, link)] == [1, None, 1]


def test_what_is_of_the_story_repeats_nothing() -> None:
    again = ("He agreed.", "body", "short_sentence")
    assert _marked(again, again, again=({1: 0})) == [("short_sentence", None)] * 2


def test_sentences_printed_before_go_first_and_give_the_rule() -> None:
    prose, left_out = (f"{FIRST}.", "body", "prose"), (f"{FIRST}.", "furniture", "unlikely_story")
    assert _marked(prose, prose, left_out, again={2: 1})[2] == ("repeats_story", 1)
    assert _marked(prose, prose, left_out)[2] == ("unlikely_story", 0)
    linked = (f"{FIRST}.", "furniture", "links")
    assert _marked(prose, prose, linked, again={2: 1})[2] == ("links", 1)


def test_what_the_rules_found_stays() -> None:
    blocks = [line("Home"), line("Sport"), line("Home")]
    verdicts = [Verdict("furniture", "repeats_title", 0.0, repeats=1)] * 3
    assert marked(blocks, verdicts, [None] * 3) == verdicts
