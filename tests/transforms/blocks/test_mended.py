"""Mended pages: exact spans where the parser moves, drops or hides text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks import PageBlock, markup, mended, render


def _texts(text: str) -> list[str]:
    found = mended.blocks(text)
    for block in found:
        assert render(text[block.char_start : block.char_end], "text/html") == block.text
        assert block.line == text.count("\n", 0, block.char_start)
    return [b.text for b in found]


def test_a_block_with_its_setting() -> None:
    text = "<div id=a class='Main'>\n<p>One <b>two</b></p><h2><a href=x>Three</a></h2></div>"
    assert mended.blocks(text) == (
        PageBlock(27, 37, "One two", 1, True, "/div/p", "main a"),
        PageBlock(59, 64, "Three", 1, True, "/div/h2", "main a", 2, 1.0),
    )


def test_emphasis_and_links_are_those_of_the_whole_block() -> None:
    text = "<p><b>bold</b><p><b>bo</b>ld<p><a href=x>six</a>ten<p><a name=x>six</a>"
    found = [(b.text, b.is_emphasised, b.link_share) for b in mended.blocks(text)]
    assert found == [
        ("bold", True, 0), ("bold", False, 0), ("sixten", False, 0.5), ("six", False, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("<title>Pier</title><script>x</script>", []),
        ("<p hidden>a<style>b</style>", ["a"]),
        # The parser moves "b" out of the table; the source keeps its order.
        ("<table>b<tr><td>c</td></table>d", ["b", "c", "d"]),
        ("<b>x</b><p>y</b>", ["x", "y"]),
        ("a<br>b", ["a", "b"]),
        ("a<i>b</i>", ["ab"]),
        ("<p>a</p", ["a"]),
        ("<p>&lt;p&gt;", ["<p>"]),
        # Signs that stand for marks are text like any other.
        ("<p>\ue0001\ue001<p>a", ["\ue0001\ue001", "a"]),
    ],
)
def test_texts(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_elements_nested_without_bounds_are_left_out() -> None:
    deep = mended.MAX_DEPTH + 500
    text = "<div>" * deep + "a" + "</div>" * deep + "<p>b"
    assert _texts(text) == ["a", "b"]
    assert mended.blocks(text)[0].path == "/div" * mended.MAX_DEPTH


def test_a_page_cannot_place_its_own_text() -> None:
    # Text run 0 is "a"; what would be its mark stands within an element read as a whole.
    [block] = mended.blocks("<p>a</p><xmp>\ue0000\ue001</xmp>")
    assert (block.text, block.path) == ("a", "/p")


def test_paragraphs_never_closed_nest_nothing() -> None:
    text = "<p>a" * (mended.MAX_DEPTH + 10)
    assert _texts(text) == ["a"] * (mended.MAX_DEPTH + 10)
    assert {b.path for b in mended.blocks(text)} == {"/p"}


PIECES = st.recursive(
    st.sampled_from(["a", "Two words", "<b>bold</b>", "<a href=x>link</a>", "&amp; b", "\n"]),
    lambda inner: st.tuples(
        st.sampled_from(["div", "section", "blockquote", "ul"]), st.lists(inner, max_size=3)
    ).map(lambda it: f"<{it[0]} class={it[0]}-x>{''.join(it[1])}</{it[0]}>"),
    max_leaves=8,
)


@given(st.lists(PIECES, max_size=4).map("".join))
def test_on_sound_pages_it_cuts_as_the_faster_way_does(text: str) -> None:
    fast = [replace(b, surroundings="", boxes=()) for b in markup.blocks(text)]
    assert list(mended.blocks(text)) == fast


@pytest.mark.parametrize(
    ("text", "trimmed"), [(" \n a b\t", "a b"), ("ab", "ab"), ("  ", ""), ("", "")]
)
def test_trim(text: str, trimmed: str) -> None:
    start, end = mended.trim(text, 0, len(text))
    assert text[start:end] == trimmed
