"""Notices behind a paragraph are blocks of their own, with exact spans."""

from __future__ import annotations

import pytest

from transforms.blocks import cut, render

PARAGRAPH = "The ministers met in the town hall on Monday and agreed on hardly anything at all."


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
@pytest.mark.parametrize(
    "notice",
    [
        "(Reporting by Jane Doe in Brussels; editing by John Roe)",
        "[Translated from the Norwegian by Jane Doe]",
        "(Additional reporting by John Roe.)",
    ],
)
def test_a_notice_is_cut_from_its_paragraph(notice: str, media_type: str) -> None:
    text = f"{PARAGRAPH} {notice}"
    found = cut(text, media_type).blocks
    assert [b.text for b in found] == [PARAGRAPH, " ".join(notice.split())]
    assert [render(text[b.char_start : b.char_end], media_type) for b in found] == [
        b.text for b in found
    ]


def test_markup_around_a_notice_is_in_neither() -> None:
    text = f"<p>{PARAGRAPH} <i>(Reporting by Jane Doe)</i></p>"
    assert [text[b.char_start : b.char_end] for b in cut(text, "text/html").blocks] == [
        PARAGRAPH,
        "(Reporting by Jane Doe)",
    ]


@pytest.mark.parametrize(
    "text", [f"{PARAGRAPH} (They reported by wire.)", "(Reporting by Jane Doe)", PARAGRAPH]
)
def test_other_paragraphs_stay_whole(text: str) -> None:
    assert [b.text for b in cut(text, "text/html").blocks] == [text]
