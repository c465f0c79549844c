"""Captures are cut into blocks that keep their span and their setting."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks import Page, cut, render

TAGS = (
    "<p> </p> <table> </table> <tr> <td> </td> <div> </div> <b> </b> <h1> </h1> <ul><li> </li> <br>"
    " <br/> <hr> <form> <button> <noscript> </noscript> <caption> <body> </body> <html> </ >"
    " <font </p <a> </a> </br> <P> </TABLE>"
).split(" ")
ODD = [
    '<a href="a>b">', "<a title='x > y'>", "<p class=\"open>", "<img alt=Ann's dog>", "<p = 'x'>",
    "<!-- c -->", "<!-->", "<!-- > --!>", "<![CDATA[ x > y ]]>", "<!doctype html>", "<?php x ?>",
    "<script>if (a < b) '<p>no</p>'</script>", "<style>p > a {}</style>",
]  # fmt: skip
UNSEEN = [
    "<title>", "</title>", "<textarea>", "</textarea>", "<select><option>", "</select>", "<svg>",
    "<object>", "</object>", "<frameset><frame src=x>", "<noframes>", "</noframes>", "<iframe>",
    "<template>", "</template>", "<script>", "</script>", "<style/>", "<xmp>", "<plaintext>",
    "<!--", "<![CDATA[", "<!", "<?", "<head>", "</head>", "\ue000" + "3" + "\ue001",
]  # fmt: skip
TEXT = [
    "a word", "Two more.", "<", ">", "< 5", "<3", "'", '"', "=", "&amp;", "&lt;p&gt;", "&nbsp;",
    "&#8217;", "&#x110000;", "&none;", "&", "é", "Ж", "\x85", "\u2028",
]  # fmt: skip
SPACE = [" ", "\n", "\r\n", "\r", "\t", "\x0c"]
SOUP = st.lists(st.sampled_from([*TAGS, *ODD, *TEXT, *SPACE]), max_size=16).map("".join)
WORST = st.lists(
    st.sampled_from([*TAGS, *ODD, *TEXT, *SPACE, *UNSEEN, "\x00"]) | st.text(max_size=3),
    max_size=16,
).map("".join)
LINES = st.lists(
    st.sampled_from([*SPACE, "\n\n", "a line of words that is long enough to wrap", "word"])
    | st.text(max_size=3),
    max_size=20,
).map("".join)


def _texts(page: Page) -> list[str]:
    return [b.text for b in page.blocks]


def _line_ends(text: str, media_type: str) -> int:
    """Line ends of the text; in plain text a carriage return alone is one, as old Macs have it."""
    return len(re.findall(r"\r\n|\r|\n" if media_type == "text/plain" else r"\n", text))


def _gaps(text: str, page: Page) -> list[str]:
    """What lies between the blocks, after checking that they and it give the capture back."""
    gaps, position, joined = [], 0, ""
    for block in page.blocks:
        assert position <= block.char_start < block.char_end <= len(text)
        gaps.append(text[position : block.char_start])
        source = text[block.char_start : block.char_end]
        assert block.text == render(source, page.media_type) == " ".join(block.text.split()) != ""
        assert block.line == _line_ends(text[: block.char_start], page.media_type)
        joined += gaps[-1] + source
        position = block.char_end
    gaps.append(text[position:])
    assert joined + gaps[-1] == text
    return gaps


# Laws 2 and 3 ---------------------------------------------------------------------------------


@given(LINES | st.text())
def test_between_blocks_of_plain_text_is_nothing_that_a_reader_sees(text: str) -> None:
    for gap in _gaps(text, cut(text, "text/plain")):
        assert render(gap, "text/plain") == ""


@given(SOUP)
def test_between_blocks_of_html_is_markup(text: str) -> None:
    for gap in _gaps(text, cut(text, "text/html")):
        assert render(gap, "text/html") == ""


@given(WORST)
def test_no_html_breaks_the_spans(text: str) -> None:
    _gaps(text, cut(text, "text/html"))


@given(st.text(alphabet="<>/!-=\"' abp\n"))
def test_no_brackets_and_quotes_break_the_spans(text: str) -> None:
    _gaps(text, cut(text, "text/html"))


# Plain text -----------------------------------------------------------------------------------


def test_a_line_is_a_block() -> None:
    page = cut("Head\r\n\r\n  One  line \r\nAnother\r\n", "text/plain")
    assert _texts(page) == ["Head", "One line", "Another"]
    assert [b.line for b in page.blocks] == [0, 2, 3]
    assert [b.follows_blank for b in page.blocks] == [True, True, False]
    assert page.document_title is None


WRAPPED = """\
The harbour master said on Monday that none of the
seven ships had asked for leave to sail before the
storm.

A second paragraph is wrapped at the same margin as
the first one was.
A new line where there was room for one is its own.
"""


def test_wrapped_lines_are_one_paragraph() -> None:
    page = cut(WRAPPED, "text/plain")
    first, second, third = page.blocks
    assert first.text.endswith("leave to sail before the storm.")
    assert second.text == "A second paragraph is wrapped at the same margin as the first one was."
    assert (second.line, second.follows_blank) == (4, True)
    assert (third.line, third.follows_blank) == (6, False)


def test_short_lines_are_not_joined() -> None:
    assert (
        _texts(cut("Home\nNews\nSport\nWeather\n", "text/plain"))
        == "Home News Sport Weather".split()
    )


def test_long_lines_are_not_joined() -> None:
    lines = ["A paragraph on one line, " + "with many more words, " * 6 + "ends."] * 3
    assert len(cut("\n".join(lines), "text/plain").blocks) == 3


@pytest.mark.parametrize("text", ["", " \n\t\r\n ", "\u00a0"])
def test_an_empty_page_has_no_blocks(text: str) -> None:
    assert cut(text, "text/plain").blocks == ()
    assert cut(text, "text/html").blocks == ()


# HTML -----------------------------------------------------------------------------------------

NESTED = """\
<html><head><title>Port
 news &amp; views</title><script>var s = "<p>no</p>";</script></head>
<body><table><tr><td class="Menu" id="Left"><a href="/">Home</a> <a href="/s">Sport</a></td><td>
<table><tr><td><h2>Ships <i>sail</i></h2>
<p>Seven&nbsp;ships left <a href="/p">port</a>.<p><b>Crew &lt;aboard&gt;</b><br>Next line
<!-- <p>not this --></td></tr></table></td></tr></table></body></html>
"""


def test_nested_tables_keep_order_and_setting() -> None:
    page = cut(NESTED, "text/html")
    assert page.document_title == "Port news & views"
    menu, head, ships, crew, after = page.blocks
    assert [menu.text, head.text] == ["Home Sport", "Ships sail"]
    assert [ships.text, crew.text] == ["Seven ships left port.", "Crew <aboard>"]
    assert after.text == "Next line"
    assert (menu.link_share, menu.hints, menu.heading_level) == (1.0, "menu left", 0)
    assert menu.path == "/table/tbody/tr/td"
    assert (head.heading_level, head.link_share, head.is_emphasised) == (2, 0.0, False)
    assert head.path == "/table/tbody/tr/td/table/tbody/tr/td/h2"
    assert ships.link_share == pytest.approx(4 / 26)  # of "Seven&nbsp;ships left", "port", "."
    assert (crew.is_emphasised, after.is_emphasised) == (True, False)
    assert [b.line for b in page.blocks] == [2, 3, 4, 4, 4]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a</b>b<i>c</p>d", ["abc", "d"]),
        ("<td>loose</td><p>cell", ["loose", "cell"]),
        ("<table>before<tr><td>in</table>after", ["before", "in", "after"]),
        ("1 < 2 and 3 > 2 <br> x<y", ["1 < 2 and 3 > 2", "x"]),
        ("a<!-- b --!>c<!-->d<!-- > -->e", ["acde"]),
        ("a<![CDATA[ <b>x</b> ]]>b", ["ab"]),
        ("<p title='a > b'>c<p title=\"d > 'e'\">f", ["c", "f"]),
        ("<img alt=Ann's dog>It's here. <img alt='x'>There", ["It's here. There"]),
        ('<p class="open>kept<p>and this', ["kept", "and this"]),
        ("<b>x</b><<b>y</b></<p>z", ["x<yz"]),
        ("</head> a<p>ab<p>ab<p>a", ["a", "ab", "ab", "a"]),
        ("word<p><img alt='>word'><p>word", ["word", "word"]),
        ("<p>one\r\ntwo\r\n<P>three", ["one two", "three"]),
        ("&eacute;t&#233; &amp;amp; &bogus; &#8220;x&#8221;", ["été &amp; &bogus; “x”"]),
        ("<style>p {}</style>a<SCRIPT>b</SCRIPT >c", ["ac"]),
        ("no markup at all", ["no markup at all"]),
        ("<p>left open <a href='x", ["left open"]),
        ("\ue0000\ue001 <xmp>\ue0001\ue001</xmp>", ["\ue0000\ue001", "\ue0001\ue001"]),
    ],
)  # fmt: skip
def test_broken_markup(source: str, expected: list[str]) -> None:
    assert _texts(cut(source, "text/html")) == expected


@pytest.mark.parametrize(
    "source",
    [
        "<frameset cols='20%,80%'><frame src=a.html><noframes><body><p>Get a browser",
        "<html><head><title>Only a title</title></head></html>",
        "<html><body><img src=a.gif><hr></body></html>",
        "<iframe src=x>Fallback</iframe><template><p>T</template><object>O</object>",
        "<!-- the whole page is a comment -->",
        "<script>never closed <p>text",
    ],
)
def test_pages_without_visible_text_have_no_blocks(source: str) -> None:
    assert cut(source, "text/html").blocks == ()


FACTS = """\
<html lang="en"><head><META NAME="Date" content='1999-05-04'>
<meta property=og:title content="Ships &amp; men"><link rel="Canonical" href="http://a.b/c">
<meta name=empty content=" "><script type="application/ld+json">{"a": 1}</script></head>
<body><time datetime="1999-05-05">yesterday</time></body></html>
"""


def test_facts_are_the_characters_of_their_span() -> None:
    facts = cut(FACTS, "text/html").facts
    assert [(f.name, f.value) for f in facts] == [
        ("html:lang", "en"),
        ("meta:date", "1999-05-04"),
        ("meta:og:title", "Ships &amp; men"),
        ("link:canonical", "http://a.b/c"),
        ("time:datetime", "1999-05-05"),
        ("json-ld", '{"a": 1}'),
    ]
    assert [FACTS[f.char_start : f.char_end] for f in facts] == [f.value for f in facts]


def test_plain_text_states_no_facts() -> None:
    assert cut(FACTS, "text/plain").facts == ()


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_five_megabytes_in_one_line(media_type: str) -> None:
    text = "a line without an end, " * 220_000
    (block,) = cut(text, media_type).blocks
    assert (block.char_start, block.char_end, block.line) == (0, len(text) - 1, 0)
