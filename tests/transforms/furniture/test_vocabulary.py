"""Vocabulary: terms by place, whatever case, digits and neighbours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import weights
from transforms.furniture import characters, vocabulary

TABLE = [
    ("any", "pier", "100"),
    ("first", "pier", "30"),
    ("short", "pier", "7"),
    ("any", "0000", "-50"),
    ("any", "über", "9"),
]
LONG = "one two three four five"


def _said(*texts: str) -> list[int]:
    said: list[int] = vocabulary.read(TABLE).said(characters.spell(texts)).tolist()
    return said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{LONG} pier", 100),
        (f"{LONG} PIER.", 100),
        (f"{LONG} piers", 0),
        (f"Pier {LONG}", 92),  # 130 / sqrt(2)
        ("old pier", 76),  # 107 / sqrt(2)
        ("pier", 79),  # 137 / sqrt(3)
        (f"{LONG} 1999", -50),
        (f"{LONG} ÜBER", 9),
        ("潮汐表", 0),
        ("...", 0),
        (" ".join([LONG] * 5 + ["pier"]), 0),  # behind the first 24 words
    ],
)
def test_what_a_block_says(text: str, said: int) -> None:
    assert _said(text) == [said]


def test_every_block_speaks_for_itself() -> None:
    assert _said("", "pier", "x", "pier", "") == [0, 79, 0, 79, 0]
    assert _said() == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=4))
def test_what_stands_beside_changes_nothing(texts: list[str]) -> None:
    assert _said(*texts) == [_said(text)[0] for text in texts]


def test_terms_of_any_length_are_told_apart() -> None:
    long = "a" * 100
    spelling = characters.spell([long, long + "b", "b" + long])
    assert len(np.unique(vocabulary.hashes_of(spelling))) == 3


def test_the_weights_are_whole() -> None:
    rows = weights.rows("story_words")
    assert len({row[:2] for row in rows}) == len(rows) > 1000
    some = vocabulary.read(rows)
    assert (np.diff(some.hashes.astype(object)) > 0).all()
    assert np.abs(some.weights).max() < 2_000
