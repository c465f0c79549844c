"""Tags: where markup begins and ends, and which of it is formatting or never closed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks.tags import split


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("a < b", ["a < b"]),
        ("a<b>c</b>", ["a", "<b>", "c", "</b>", ""]),
        ("<a title='x > y'>z", ["", "<a title='x > y'>", "z"]),
        ("<img alt=Ann's>z", ["", "<img alt=Ann's>", "z"]),
        ("<!-- a > b -->c<!-->d", ["", "<!-- a > b -->", "c", "<!-->", "d"]),
        ("<script>a<b></script >c", ["", "<script>a<b></script >", "c"]),
        ("<scripts>a", ["", "<scripts>", "a"]),
        ("<STYLE>a</style>", ["", "<STYLE>a</style>", ""]),
        ("<style/>a</style>", ["", "<style/>", "a", "</style>", ""]),
        ("<![CDATA[ a ]> ]]>b", ["", "<![CDATA[ a ]> ]]>", "b"]),
        ("</ a>b</", ["", "</ a>", "b</"]),
        ("<p", ["", "<p", ""]),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    assert split(text)[0] == pieces


def test_formatting_is_named_and_an_open_quote_told() -> None:
    _, formatting, unclosed = split("<B class=x>a</b><body><big/><base><p title='>b<tt>")
    assert formatting == ["B", "/b", "body", "big", None, None, "tt"]
    assert unclosed == [5]


@given(st.text(alphabet="<>/!-=\"' abip\n[]?") | st.text())
def test_the_pieces_are_the_page(text: str) -> None:
    pieces, formatting, unclosed = split(text)
    assert "".join(pieces) == text
    assert len(pieces) == 2 * len(formatting) + 1
    assert all(number < len(formatting) for number in unclosed)
