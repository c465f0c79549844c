"""Story: chances that depend on the page alone, and what is kept by them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.made import PROSE, line
from transforms.blocks import cut
from transforms.furniture import story, trees, vocabulary

NEWS = "".join(f"<p>{p}</p>" for p in PROSE)
MENU = "<ul class=menu><li><a href=a>Home</a><li><a href=b>Sport</a><li><a href=c>Tides</a></ul>"
PAGES = (
    cut(
        f"<body>{MENU}<h1>Pier closes</h1><div id=story>{NEWS}</div><p>(c) 1999</body>", "text/html"
    ),
    cut(f"<table><tr><td>{MENU}<td>{NEWS}{NEWS}</table>", "text/html"),
    cut(MENU, "text/html"),
    cut("<p>Tide tables</p>", "text/html"),
    cut("", "text/html"),
    cut("\n\n".join(["PIER CLOSES", *PROSE, "-- end --"]), "text/plain"),
    cut("Home\nSport\nTides", "text/plain"),
    cut("", "text/plain"),
)
ALONE = [story.judge([p])[0].tolist() for p in PAGES]


@settings(max_examples=25)
@given(st.lists(st.integers(0, len(PAGES) - 1), max_size=12))
def test_chances_depend_on_the_page_alone(numbers: list[int]) -> None:
    found = story.judge([PAGES[n] for n in numbers])
    assert [f.tolist() for f in found] == [ALONE[n] for n in numbers]


def test_every_block_has_a_chance() -> None:
    for page, chances in zip(PAGES, ALONE, strict=True):
        assert len(chances) == len(page.blocks)
        assert all(0 <= c <= 1 and round(c, 4) == c for c in chances)


@pytest.mark.parametrize("number", [0, 5])
def test_paragraphs_are_likelier_than_what_stands_around_them(number: int) -> None:
    found = dict(zip((b.text for b in PAGES[number].blocks), ALONE[number], strict=True))
    paragraphs = [found.pop(text) for text in PROSE]
    assert min(paragraphs) > max(found.values())


def _leaf(value: float) -> trees.Forest:
    """A tree that gives every block the same log-odds."""
    return trees.read([["words", "0", "255"] * trees.SPLITS + [str(value)] * trees.LEAVES])


def test_other_weights_stand_in() -> None:
    words = vocabulary.read([("any", "tide", "1")])
    some = story.Weights(_leaf(0.0), _leaf(-1.0986), words)
    markup, text = story.judge([PAGES[3], PAGES[6]], some)
    assert (markup.tolist(), text.tolist()) == ([0.5], [0.25, 0.25, 0.25])


def test_no_pages_have_no_chances() -> None:
    assert story.judge([]) == []


def test_log_odds_as_chances() -> None:
    found = story.chances(np.array([-1.0, 0.0, 1.0, 40.0]))
    assert found.tolist() == [0.2689, 0.5, 0.7311, 1.0]


# What is kept ---------------------------------------------------------------------------------

COUNTED = "one two three four five"  # below the words that make a repeat


def _kept(*chance: float) -> list[bool]:
    blocks = [line(COUNTED) for _ in chance]
    return story.choose(blocks, np.array(chance)).kept


@pytest.mark.parametrize(
    ("chance", "kept"),
    [
        ((), []),
        ((0.9, 0.9, 0.1), [True, True, False]),
        # Sure enough is kept, whatever the others promise.
        ((1.0, 0.5), [True, True]),
        ((1.0, 0.2), [True, False]),
        # None is sure: the likeliest are still a story.
        ((0.3, 0.05), [True, False]),
        # Expected F1 of three: 17/38.5 > 12/28.5; with 0.15 it is 15/37.5 < 12/27.5.
        ((0.3, 0.3, 0.25), [True, True, True]),
        ((0.3, 0.3, 0.15), [True, True, False]),
        # Unlikely is not kept, even where nothing is better.
        ((0.15, 0.1), [True, False]),
        ((0.14, 0.14), [False, False]),
    ],
)
def test_the_pages_own_threshold(chance: tuple[float, ...], kept: list[bool]) -> None:
    assert _kept(*chance) == kept


def test_long_blocks_weigh_more() -> None:
    # One word of 0.4 and ten of 0.2: alone 0.8/3.4, together 4.8/13.4.
    blocks = [line("one"), line("a b c d e f g h i j")]
    assert story.choose(blocks, np.array([0.4, 0.2])).kept == [True, True]
    # Ten of 0.4 and one of 0.2: alone 8/14.2, together 8.4/15.2.
    assert story.choose(blocks[::-1], np.array([0.4, 0.2])).kept == [True, False]


FIRST = "The ferry sails at nine every morning"
SECOND = "Its captain has never missed a tide"
THIRD = "Gulls follow it around the whole cape"


def _chosen(*texts: str, chance: tuple[float, ...] | None = None) -> list[bool]:
    return story.choose([line(t) for t in texts], np.array(chance or [0.9] * len(texts))).kept


def test_what_single_blocks_have_printed_is_not_kept_again() -> None:
    assert _chosen(f"{FIRST}.", f"{SECOND}.", f"{FIRST}. {SECOND}.") == [True, True, False]
    # A third of the sentences is new: 72 of 109 characters are printed, more than 0.6.
    assert _chosen(f"{FIRST}.", f"{SECOND}.", f"{FIRST}. {SECOND}. {THIRD}.")[2] is False


def test_what_is_not_kept_for_it_names_what_it_repeats() -> None:
    blocks = [line(t) for t in (f"{FIRST}.", f"{SECOND}.", f"{FIRST}.")]
    assert story.choose(blocks, np.array([0.9] * 3)).repeats == [None, None, 0]
    assert story.choose(blocks, np.array([0.9, 0.9, 0.1])).repeats == [None] * 3


def test_a_block_that_repeats_less_is_kept() -> None:
    assert _chosen(f"{FIRST}.", f"{FIRST}. {SECOND}.") == [True, True]


def test_short_sentences_are_no_repeats() -> None:
    assert _chosen("He agreed at once, gladly.", "He agreed at once, gladly.") == [True, True]
    assert _chosen("He agreed at once, very gladly.", "He agreed at once, very gladly.") == [
        True,
        False,
    ]


def test_what_is_not_kept_has_printed_nothing() -> None:
    assert _chosen(f"{FIRST}.", f"{FIRST}.", chance=(0.1, 0.9)) == [False, True]
