"""Markup: blocks with exact spans and settings, also where the parser moves or splits text."""

from __future__ import annotations

import pytest

from transforms.blocks import PageBlock, markup, render
from transforms.blocks.markup import MAX_BOXES


def _texts(text: str) -> list[str]:
    found = markup.blocks(text)
    for block in found:
        assert render(text[block.char_start : block.char_end], "text/html") == block.text
        assert block.line == text.count("\n", 0, block.char_start)
    return [b.text for b in found]


def test_a_block_with_its_setting() -> None:
    text = "<div id=a class='Nav'>\n<p>One <b>two</b></p><h2><a href=x>Three</a></h2></div>"
    assert markup.blocks(text) == (
        PageBlock(26, 36, "One two", 1, True, "/div/p", "nav a", 0, 0, False, "navigation", (2, 3)),
        PageBlock(
            58, 63, "Three", 1, True, "/div/h2", "nav a", 2, 1.0, False, "navigation", (2, 5)
        ),
    )


def test_emphasis_and_links_are_those_of_the_whole_block() -> None:
    text = "<p><b>bold</b><p><b>bo</b>ld<p><a href=x>six</a>ten<p><a name=x>six</a>"
    found = [(b.text, b.is_emphasised, b.link_share) for b in markup.blocks(text)]
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
        ("a<?xml version='1'?>b<!-- c -->", ["ab"]),
        ("<p>a</p", ["a"]),
        ("<p>&lt;p&gt;", ["<p>"]),
        ("<xmp>a <b>c</xmp>d", ["a c", "d"]),
        ("a<plaintext>b<p>c</plaintext>", ["a", "bc"]),
        ("<textarea>a<p>b</textarea>", ["ab"]),
        # Within a comment within a script, the end of a script is none.
        ("<script><!-- <script> </script> no --></script>a", ["a"]),
        # In a drawing, a style may close itself.
        ("<svg><style/></svg><p>a</p><style>b</style>", ["a"]),
        ("<template><template></template>no</template>a", ["a"]),
        ("a\0b<p\0class=x>c", ["a b", "c"]),
        # Signs that stand for marks are text like any other.
        ("<p>\ue0001\ue001<p>a", ["\ue0001\ue001", "a"]),
        # Text run 1 is "a"; what would be its mark stands in the name of an element.
        ("<p>a</p><xmp><\ue0001\ue001></xmp>", ["a", "<\ue0001\ue001>"]),
        ("<p>a</p><xmp><x \ue0002\ue001></xmp>", ["a"]),
    ],
)
def test_texts(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_text_that_the_parser_moves_keeps_its_setting() -> None:
    [loose, cell] = markup.blocks("<div class=menu><table>loose<tr><td id=x>cell</table></div>")
    assert (loose.path, loose.hints, loose.surroundings) == ("/div", "menu", "navigation")
    assert (cell.path, cell.hints) == ("/div/table/tbody/tr/td", "x menu")
    assert cell.boxes[0] == loose.boxes[0]


def test_boxes_are_counted_up_to_a_limit() -> None:
    [block] = markup.blocks("<div>" * (MAX_BOXES + 9) + "a")
    assert (len(block.boxes), block.path.count("/")) == (MAX_BOXES, MAX_BOXES + 9)


def test_empty_names_take_no_place_among_the_hints() -> None:
    [block] = markup.blocks("<div class=a><div class=' '><div class='' id=b>x")
    assert block.hints == "b a"


def test_entities_in_names_are_read() -> None:
    [block] = markup.blocks("<p class='a&amp;b'>x")
    assert block.hints == "a&b"


SHOWN = "<p>" + "The harbour council voted to close the old pier to all ships. " * 4 + "</p>"


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='color: red; display:none'>a<p>b</div>",
        "<p hidden>a</p><b aria-hidden=true>b</b>",
        "<noscript>a<br>b</noscript>",
        "<div id=wm-ipp-base><p>a</p>b</div>",
    ],
)
def test_what_a_page_hides_is_told_from_what_it_shows(hidden: str) -> None:
    found = markup.blocks(f"{SHOWN}{hidden}<p>c</p>")
    assert [(b.text, b.is_hidden) for b in found[1:]] == [("a", True), ("b", True), ("c", False)]


def test_a_page_that_hides_its_prose_has_a_script_to_show_it() -> None:
    assert [b.is_hidden for b in markup.blocks(f"<div style='display:none'>{SHOWN}</div><p>c")] == [
        False
    ] * 2


@pytest.mark.parametrize(
    "page",
    [
        f"<title>The Cour</head><body>{SHOWN}",
        f"<body><!-- begin {SHOWN}",
        f"<body><!-- begin <!-- story -->{SHOWN}",
        f"<body><!-- begin {SHOWN}<br>--><img src=a.gif>",
    ],
)
def test_what_is_never_closed_swallows_no_story(page: str) -> None:
    assert SHOWN[3:60] in " ".join(b.text for b in markup.blocks(page))


def test_a_remark_stays_one_beside_a_story() -> None:
    assert [b.text for b in markup.blocks(f"{SHOWN}<!-- <p>x</p> --><p>c</p><!-- d")][1:] == ["c"]


def test_a_listing_of_a_program_stays_whole_and_a_wire_story_is_cut() -> None:
    listing = "function show(id) {\n  var e = find(id);\n\n  e.hidden = false;\n\n  return e;\n}"
    assert len(markup.blocks(f"<pre>{listing}</pre>")) == 1
    assert len(markup.blocks("<pre>The pier was closed.\n\nNobody spoke against it.</pre>")) == 2
