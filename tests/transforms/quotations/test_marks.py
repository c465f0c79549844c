"""Runs of quoted words in every style of marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.quotations import marks


def quoted(text: str) -> list[str]:
    return [run.text(text) for run in marks.runs(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('He said, "It rained." So it did.', ["It rained."]),
        ("He said, “It rained.” So it did.", ["It rained."]),
        ("He said, ''It rained.'' So it did.", ["It rained."]),
        ("He said, ``It rained.'' So it did.", ["It rained."]),
        ("He said, \"It rained,'' and left.", ["It rained,"]),
        ("He said: „It rained.“ So it did.", ["It rained."]),
        ("He said: „It rained.” So it did.", ["It rained."]),
        ("He said: «It rained.» So it did.", ["It rained."]),
        ("He said: »It rained.« So it did.", ["It rained."]),
        ("He said: ‘It rained.’ So it did.", ["It rained."]),
        ("He said: 'It didn't rain.' So it did.", ["It didn't rain."]),
        ("The allies’ ‘last word’ on it.", ["last word"]),
        ("He called it ‘the allies’ plan’ again.", ["the allies’ plan"]),
        ("“I heard ‘no’ twice,” she said.", ["I heard ‘no’ twice,"]),
        ("\"I heard 'no,'\" she said.", ["I heard 'no,'"]),
        ('"One," he said, "two."', ["One,", "two."]),
        ('It is a 6" pipe.', []),
        ("It's the allies' plan, isn't it?", []),
        ("Rock 'n' roll in the '90s.", []),
        ('"It rained and rained.', ["It rained and rained."]),
        ("“It rained and rained.", ["It rained and rained."]),
        ('""', []),
        ("", []),
    ],
)
def test_runs(text: str, words: list[str]) -> None:
    assert quoted(text) == words


def test_a_run_without_its_closing_mark_ends_where_the_next_opens() -> None:
    text = "“It rained, he said. “It poured.”"
    assert [(r.text(text), r.is_closed) for r in marks.runs(text)] == [
        ("It rained, he said.", False),
        ("It poured.", True),
    ]


def test_the_mask_keeps_length_and_what_ends_a_sentence() -> None:
    text = "He said, “Never. Not once!” Then he left."
    assert marks.masked(text, marks.runs(text)) == 'He said, "Xxxxxxxxxxxxxxx!" Then he left.'


@given(st.text(alphabet="ab .,?'\"“”‘’„«»`", max_size=60))
def test_runs_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for run in marks.runs(text):
        assert end <= run.outer_start <= run.start < run.end <= run.outer_end <= len(text)
        assert run.text(text) == run.text(text).strip()
        end = run.outer_end
    assert len(marks.masked(text, marks.runs(text))) == len(text)
