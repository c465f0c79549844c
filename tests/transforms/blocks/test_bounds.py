"""Bounds: tags whose cost would outgrow the page are left out, all others stay."""

from __future__ import annotations

import pytest

from transforms.blocks import markup
from transforms.blocks.bounds import MAX_ATTRIBUTES, MAX_DEPTH, bounded, with_few_attributes
from transforms.blocks.tags import split

DEEP = MAX_DEPTH + 100


def _bounded(text: str) -> str:
    pieces, formatting, _ = split(text)
    return "".join(bounded(pieces[1::2], formatting))


@pytest.mark.parametrize(
    "text",
    [
        "<div><p><b></b></div>",
        "<p>" * DEEP,
        "<td><br>" * DEEP,
        "<div></div>" * DEEP,
        "<div>" * MAX_DEPTH + "</div>" * MAX_DEPTH,
        "<i class=x></i>" * DEEP,
        "<script>x</script>" * DEEP,
        "<b>" * 7 + "</b>" * 7,
    ],
    ids=lambda text: text[:16],
)
def test_what_nests_within_bounds_stays(text: str) -> None:
    assert _bounded(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<div>" * DEEP + "</div>" * DEEP, "<div>" * MAX_DEPTH + "</div>" * MAX_DEPTH),
        ("<svg>" + "<path/>" * DEEP + "</svg>", "<svg></svg>"),
        ("<svg>" + "<td>" * DEEP, "<svg>" + "<td>" * (MAX_DEPTH - 1)),
        ("<b>" * 20 + "</b>" * 20 + "<b>", "<b></b><b>"),
        ("<font>" * 9 + "<b></b></b>", "<font><b></b>"),
        ("<body>" * 9, "<body>"),
    ],
    ids=lambda text: text[:16],
)
def test_what_nests_without_bounds_is_left_out(text: str, left: str) -> None:
    assert _bounded(text) == left


def test_text_nested_without_bounds_is_kept() -> None:
    [deep, after] = markup.blocks("<div>" * DEEP + "a" + "</div>" * DEEP + "<p>b")
    assert (deep.text, deep.path) == ("a", "/div" * MAX_DEPTH)
    assert (after.text, after.path) == ("b", "/p")


def test_drawings_leave_the_page_its_structure() -> None:
    icon = "<svg>" + "<path d=x />" * DEEP + "</svg>"
    [block] = markup.blocks(f"{icon}<div id=x>a</div>")
    assert (block.text, block.path, block.hints) == ("a", "/div", "x")


def test_attributes_are_few() -> None:
    some = "<p " + " ".join(f"a{n}=1" for n in range(MAX_ATTRIBUTES)) + ">"
    more = "<p " + " ".join(f"a{n}=1" for n in range(MAX_ATTRIBUTES + 1)) + ">"
    long_value = f"<p class=x title='{'a b ' * MAX_ATTRIBUTES}'>"
    assert [with_few_attributes(tag) for tag in (some, more, long_value)] == [
        some, "<p>", long_value,
    ]  # fmt: skip
