"""Lines set on top of a paragraph in plain text are captions and headings, not story."""

from __future__ import annotations

import pytest

from tests.transforms.made import PROSE, text_page
from transforms.furniture import label

HEAD = "Council closes northern pier"
MORE = "Nobody spoke against it in the end, though one man asked who would drink his coffee now."


def _labels(*paragraphs: str) -> dict[str, str]:
    page = text_page("\n\n".join((HEAD, *paragraphs)))
    found = label(page, {})
    return {b.text: v.label for b, v in zip(page.blocks, found, strict=True)}


@pytest.mark.parametrize(
    "inset",
    [
        ("Divers at the northern pier",),
        ("A rotten plank", "Divers brought up timber"),
        ("The timber is rotten", "Ingrid Halvorsen"),
    ],
)
def test_what_stands_on_top_of_a_paragraph_is_no_story(inset: tuple[str, ...]) -> None:
    found = _labels(*PROSE[:2], "\n".join((*inset, PROSE[2])), PROSE[3], MORE)
    assert not {found[text] for text in inset} & {"body"}
    assert {found[text] for text in (*PROSE, MORE)} == {"body"}


def test_a_question_beside_a_caption_is_one() -> None:
    inset = ("Divers at the northern pier", "The last dive of the year?")
    found = _labels(*PROSE[:2], "\n".join((*inset, PROSE[2])), PROSE[3], MORE)
    assert found[inset[1]] == "caption"


def test_a_caption_is_not_joined_to_the_long_line_below_it() -> None:
    caption = "Divers at the northern pier on Monday"
    long = f"{PROSE[2]} {PROSE[3]}"
    found = _labels(*PROSE[:2], f"{caption}\n{long}", MORE)
    assert found[long] == "body"
    assert found[caption] != "body"


def test_the_lines_of_a_list_stay() -> None:
    points = ("a ferry for the school", "a crane for the dock", "two boats for the pilots")
    page = "\n".join(("The council also voted to buy:", *points, PROSE[2]))
    assert {_labels(*PROSE[:2], page, PROSE[3], MORE)[p] for p in points} == {"body"}
