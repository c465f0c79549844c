"""Words with spans, what joins them, and letters lost to a wrong character set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import words
from transforms.words import GAP


def test_words_have_spans_folded_keys_and_capitals() -> None:
    read = words.split("So Élan's 3rd.")
    assert read.keys == ("so", "élan", "s", "3rd")
    assert read.capitals == (True, True, False, True)
    assert [read.text[s:e] for s, e in zip(read.starts, read.ends, strict=True)] == [
        "So", "Élan", "s", "3rd",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Hanna Lindqvist", True),
        ("Hanna-Lindqvist", True),
        ("Hanna\u2013Lindqvist", True),
        ("O'Hara", True),
        ("H. Lindqvist", True),
        ("Gen. Lindqvist", True),
        ("Hanna--Lindqvist", False),
        ("Hanna. Lindqvist", False),
        ("Hanna, Lindqvist", False),
    ],
)
def test_what_joins_two_words_of_a_name(text: str, joined: bool) -> None:
    assert words.split(text).joins(0) is joined


@pytest.mark.parametrize("damage", ["--", "?", "??", "\ufffd", "\ufffd\ufffd", "Ã¼"])
def test_a_known_damaged_word_is_one_word(damage: str) -> None:
    read = words.split(f"Volker R{damage}he rose", {f"r{GAP}he"})
    assert read.keys == ("volker", f"r{GAP}he", "rose")
    assert read.damaged == {1}


def test_an_unknown_damaged_word_is_left_alone() -> None:
    assert words.split("War--Russia won", {f"r{GAP}he"}).keys == ("war", "russia", "won")


@given(st.text(alphabet="aRhe?-\ufffdÃ¼. ", max_size=40))
def test_spans_are_in_order_whatever_is_damaged(text: str) -> None:
    read = words.split(text, {f"r{GAP}he", f"{GAP}a", f"a{GAP}"})
    end = 0
    for start, stop in zip(read.starts, read.ends, strict=True):
        assert end <= start < stop <= len(text)
        end = stop
