"""Mended text: what no reader sees is gone, broken words are whole, and spans still hold."""

from __future__ import annotations

import pytest

from tests.transforms.made import PROSE
from transforms.blocks import cut, render
from transforms.blocks.pages import mended


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("se\xadcu\xadri\xadty ac\u200bcord", "security accord"),
        ("\ufeffPri\u2060ma\ufeffkov", "Primakov"),
        ("the deci-\nsion of the coun-\r\n  cil", "the decision of the council"),
        ("a long-\nterm plan", "a long-term plan"),
        ("the NATO-\nRussia council", "the NATO-Russia council"),
        ("he left -\nand came back", "he left -\nand came back"),
        ("in 1996-\n97", "in 1996-\n97"),
    ],
)
def test_words_are_whole(source: str, text: str) -> None:
    assert mended(source) == text


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_blocks_slice_to_their_mended_text(media_type: str) -> None:
    source = (
        "The har\xadbour council voted on Tues\u200bday to close the pier, which was a long deci-\n"
        "sion, and the chairwoman said that the ships would all have to go round the cape.\n"
    )
    page = f"<p>{source}</p>" if media_type == "text/html" else source
    blocks = cut(page, media_type).blocks
    assert " ".join(b.text for b in blocks).startswith("The harbour council voted on Tuesday")
    assert "a long decision, and" in " ".join(b.text for b in blocks)
    for block in blocks:
        assert render(page[block.char_start : block.char_end], media_type) == block.text


def test_references_escaped_twice_are_read() -> None:
    [block] = cut("<p>&amp;quot;We agree,&amp;quot; he said &amp; left.</p>", "text/html").blocks
    assert block.text == '"We agree," he said & left.'


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(line_end: str) -> None:
    wrapped = [" ".join(PROSE[0].split()[:9]), " ".join(PROSE[0].split()[9:])]
    text = (line_end * 2).join([line_end.join(wrapped * 3), *PROSE[1:]])
    texts = [b.text for b in cut(text, "text/plain").blocks]
    assert texts == [b.text for b in cut(text.replace(line_end, "\n"), "text/plain").blocks]


def test_marks_alone_are_no_block() -> None:
    assert cut("\u200b\n\nPier closes", "text/plain").blocks[0].text == "Pier closes"


def test_preformatted_text_is_cut_at_its_blank_lines() -> None:
    lines = [f"   {PROSE[0]}\nSo it said.", f"   {PROSE[1]}", PROSE[2]]
    page = "<html><body><pre>\n" + "\n \n".join(lines) + "\n</pre></body></html>"
    blocks = cut(page, "text/html").blocks
    assert [b.text for b in blocks] == [f"{PROSE[0]} So it said.", PROSE[1], PROSE[2]]
    for block in blocks:
        assert render(page[block.char_start : block.char_end], "text/html") == block.text
        assert block.line == page.count("\n", 0, block.char_start)
