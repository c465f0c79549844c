"""Bodies that only the use of their names tells, in sentences of our own."""

from __future__ import annotations

import pytest

from transforms import names
from transforms.articles import Passage
from transforms.names import usage
from transforms.names.lexicon import Lexicon


def found(lexicon: Lexicon, *texts: str) -> list[tuple[str, str]]:
    story = [Passage(n, "body", text, n * 1000) for n, text in enumerate(texts)]
    return [(n.surface, n.candidates[0]) for n in names.find(story, lexicon)
            if n.method == usage.METHOD]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "bodies"),
    [
        (
            ("QZD said on Monday that it would buy a server maker. Analysts saw QZD shares fall.",
             "The chip company told investors that sales fell. QZD has lost ground to its rival."),
            {("QZD", "qzd")},
        ),
        (
            ("Harrow-Packwell agreed to buy the software company. Harrow-Packwell shares fell.",
             "The deal was signed by Harrow-Packwell executives on Friday."),
            {("Harrow-Packwell", "harrow packwell")},
        ),
        (
            ("The Karsk Otters have signed a new quarterback for the season. The Otters coach said "
             "the player was fit after his injury.",
             "Fans of the Otters cheered when the team won its first game."),
            {("Karsk Otters", "otters"), ("Otters", "otters")},
        ),
        (
            ("The Karsk Herald printed the picture. Readers wrote to the Karsk Herald.",),
            {("Karsk Herald", "karsk herald")},
        ),
    ],
)  # fmt: skip
def test_a_body_is_told_by_what_stands_beside_its_name(
    lexicon: Lexicon, texts: tuple[str, ...], bodies: set[tuple[str, str]]
) -> None:
    assert set(found(lexicon, *texts)) == bodies


@pytest.mark.parametrize(
    "text",
    [
        "He bought a Corolla in Brooklyn and drove it down Nostrand Avenue to Queens.",
        "They opened the DVD and a PDF about DNA.",
        "On Monday the Supreme Court said no.",
        "It snowed on Mount Brennock in January.",
        "Ann Berg said no. Berg said it twice.",
    ],
)
def test_what_does_not_act_is_no_body(lexicon: Lexicon, text: str) -> None:
    assert found(lexicon, text) == []


def test_a_headline_prints_the_bodies_of_its_story(lexicon: Lexicon) -> None:
    story = [
        Passage(0, "title", "Karsk Herald Signs Director", None),
        Passage(1, "body", "The Karsk Herald said so. Many read the Karsk Herald.", 0),
    ]
    printed = [(n.block_index, n.surface) for n in names.find(story, lexicon)]
    assert printed == [(0, "Karsk Herald"), (1, "Karsk Herald"), (1, "Karsk Herald")]
