"""What words, sentences and folded text are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.text import (
    ends_as_sentence,
    fingerprint,
    fold,
    fold_letters,
    fold_space,
    runs,
    sentences,
    words,
)

PROSE = st.lists(
    st.sampled_from(
        ["Gen.", "Lee", "went", "U.S.", '"No!"', "Why?", "he", "...", "Да.", "\n", "  ", "J."]
    )
).map(" ".join)


def test_fold_space_takes_every_kind_of_white_space_for_one_blank() -> None:
    assert fold_space("\t a\u00a0\u2003b \r\n c\u2028") == "a b c"


def test_fold_levels_case_quotation_marks_and_dashes() -> None:
    assert fold("„Ölpreis“ – ‘UP’ ﬁve") == "\"ölpreis\" - 'up' five"


def test_fold_letters_drops_accents_but_no_letters() -> None:
    assert fold_letters("Łódź, Brüssel, Ёлка") == "łodz, brussel, елка"


def test_words_hold_together_what_one_mark_joins() -> None:
    text = "O’Neill's AT&T stake: 3.5 per-cent -- (U.N. says)"
    assert words(text) == ["o’neill's", "at&t", "stake", "3.5", "per-cent", "u.n", "says"]


def test_fingerprint_sees_through_counters_case_and_marks() -> None:
    assert fingerprint("12 Comments – “Join”") == fingerprint('3 comments  - "join"')


def test_fingerprint_tells_words_apart() -> None:
    assert fingerprint("12 comments") != fingerprint("12 comment")


@given(st.text())
def test_fingerprint_is_a_signed_64_bit_number(text: str) -> None:
    assert -(2**63) <= fingerprint(text) < 2**63


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ('"Go!" he said. "Now?"', ['"Go!" he said.', '"Now?"']),
        ("Mr. Hay met J. Lee on Jan. 5 there.", ["Mr. Hay met J. Lee on Jan. 5 there."]),
        ("The U.S. Senate sat. It rose.", ["The U.S. Senate sat.", "It rose."]),
        ("It cost 3.5 million. no more", ["It cost 3.5 million. no more"]),
        ("Он уехал. Она осталась.", ["Он уехал.", "Она осталась."]),
        ("Well… So be it", ["Well…", "So be it"]),
        ("(He left.) They sat.", ["(He left.)", "They sat."]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@given(PROSE | st.text())
def test_sentences_are_trimmed_ordered_and_leave_only_white_space(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize("text", ["Done.", "Really?”", "No!)", "So be it…", "(It rained.) "])
def test_prose_ends_as_a_sentence(text: str) -> None:
    assert ends_as_sentence(text)


@pytest.mark.parametrize("text", ["More..", "Read on", "He said:", "", '"', "End;"])
def test_labels_do_not_end_as_a_sentence(text: str) -> None:
    assert not ends_as_sentence(text)


def test_runs_slide_by_one_word() -> None:
    assert list(runs(["a", "b", "c", "d"], 3)) == [("a", "b", "c"), ("b", "c", "d")]
    assert list(runs(["a", "b"], 3)) == []
