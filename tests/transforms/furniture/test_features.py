"""Features: one finite row a block, whatever the page."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.made import PROSE, line, page, text_page
from transforms.blocks import Page, PageBlock, cut
from transforms.furniture import elements, features, vocabulary
from transforms.furniture.shards import shard

LINKS = "<ul><li><a href=a>Home</a></li><li><a href=b>Sport</a></li></ul>"


VOCABULARY = vocabulary.read([("any", "tide", "250"), ("first", "by", "-100")])


def _measured(*pages: Page) -> tuple[npt.NDArray[np.float32], list[str]]:
    columns = features.measure(shard(pages), VOCABULARY)
    return np.stack([c.astype(np.float32) for c in columns.values()], axis=1), list(columns)


def _column(name: str, *pages: Page) -> list[float]:
    matrix, names = _measured(*pages)
    return [round(float(v), 4) for v in matrix[:, names.index(name)]]


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "<p>Tide tables",
        LINKS,
        "...",
        "潮汐表",
        "\u0301",
        "\U0001f6a2\U0001f6a2",
        "<p>&#0;x",
        "1\n\n2",
    ],
)
def test_odd_pages(text: str, media_type: str) -> None:
    given = cut(text, media_type)
    matrix, names = _measured(given)
    assert matrix.shape == (len(given.blocks), len(names))
    assert np.isfinite(matrix).all()


def test_no_pages_have_no_rows() -> None:
    matrix, names = _measured()
    assert matrix.shape == (0, len(names))


BLOCKS = st.builds(
    lambda text, level, share, boxes: line(
        text, heading_level=level, link_share=share, boxes=tuple(boxes), hints="main x7",
        path="/div/p", surroundings="main",
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
        lambda t: t == " ".join(t.split()) != ""
    ),
    st.integers(0, 6),
    st.floats(0, 1),
    st.lists(st.integers(1, 9), max_size=4, unique=True),
)  # fmt: skip


@given(st.lists(st.lists(BLOCKS, max_size=4), max_size=3))
def test_every_block_has_a_finite_row(pages: list[list[PageBlock]]) -> None:
    matrix, names = _measured(*(page(*blocks) for blocks in pages))
    assert matrix.shape == (sum(map(len, pages)), len(names))
    assert len(set(names)) == len(names)
    assert np.isfinite(matrix).all()


def test_markup_and_text_have_columns_of_their_own() -> None:
    markup, text = set(_measured(page("a"))[1]), set(_measured(cut("a", "text/plain"))[1])
    assert {"leaf", "link_share", "near_side", "box_share_0"} <= markup - text
    own = {name.split("_-")[0].split("_+")[0] for name in text - markup}
    assert own == {"follows_blank", "said"}


# Values by hand -------------------------------------------------------------------------------


def test_characters_and_words() -> None:
    given = page("Two SHIPS, 9 men.")  # 17 characters, 4 words of 3 + 5 + 1 + 3 letters
    assert _column("characters", given) == [round(float(np.log1p(17)), 4)]
    assert _column("words", given) == [round(float(np.log1p(4)), 4)]
    assert _column("word_length", given) == [3.0]
    assert _column("share_capital", given) == [0.5]
    assert _column("share_short", given) == [0.25]
    assert _column("share_upper", given) == [round(6 / 17, 4)]
    assert _column("share_digit", given) == [round(1 / 17, 4)]
    assert _column("share_comma", given) == [round(1 / 17, 4)]


@pytest.mark.parametrize(
    ("text", "closed"),
    [("He left.", 1), ("“He left.”", 1), ("He left", 0), ("“He left”", 0), ("Why?", 1), ("a:", 0)],
)
def test_is_closed(text: str, closed: int) -> None:
    assert _column("is_closed", page(text)) == [closed]


def test_prose_is_closed_and_of_nine_words_or_very_long() -> None:
    eight, nine = "a b c d e f g h.", "a b c d e f g h i."
    given = page(eight, nine, nine[:-1], "a " * 40 + "a", "a " * 39 + "a", "a " * 70 + "a.")
    assert _column("prose", given) == [0, 9, 0, 41, 0, 60]


def test_place_on_the_page() -> None:
    given = (page("a", "b", "c", "d"), page("e"))
    assert _column("place", *given) == [0, 0.25, 0.5, 0.75, 0]
    assert _column("blocks", *given) == [round(float(np.log1p(n)), 4) for n in (4, 4, 4, 4, 1)]


def test_prose_before_and_near() -> None:
    nine = "a b c d e f g h i."
    given = (page(nine, "x", nine), page(nine))
    assert _column("prose_before", *given) == [0, 0.5, 0.5, 0]
    assert _column("prose_near_2", *given) == [3.6, 3.6, 3.6, 1.8]  # over five places
    assert _column("prose_up_2", *given) == [3, 3, 6, 3]  # over three


def test_copies_are_those_of_the_page() -> None:
    assert _column("copies", page("Home", "home", "Sport"), page("Home")) == [2, 2, 1, 1]


def test_in_title() -> None:
    given = page("Pier closes", "Pier opens", "Pier", title="Pier closes - Herald")
    assert _column("in_title", given) == [0.55, 0, 0]


def test_setting() -> None:
    given = page(line("a", path="/nav/ul/li", hints="site-sidebar", surroundings="footer"), "b")
    assert _column("leaf", given) == [elements.LEAF["li"], 0]
    assert _column("outer_leaf", given) == [elements.LEAF["ul"], 0]
    assert _column("depth", given) == [3, 0]
    assert _column("in_nav", given) == [1, 0]
    assert _column("in_aside", given) == [0, 0]
    assert (_column("near_side", given), _column("near_footer", given)) == ([1, 0], [0, 0])
    assert (_column("far_footer", given), _column("far_side", given)) == ([1, 0], [0, 0])


def test_boxes() -> None:
    nine = "a b c d e f g h i."
    given = page(
        line(nine, boxes=(1, 2)), line(nine, boxes=(1, 2)), line("x", boxes=(1, 3)), line(nine)
    )
    # Box 2 holds two thirds of the prose, box 3 none, box 1 as much as box 2.
    assert _column("box_share_0", given) == [0.6667, 0.6667, 0, 0]
    assert _column("box_share_1", given) == [0.6667, 0.6667, 0.6667, 0]
    assert _column("boxes_0.5", given) == [2, 2, 1, 0]
    assert _column("out_of_0.5", given) == [0, 0, 1, 2]
    assert _column("box_members_0", given) == [round(float(np.log1p(n)), 4) for n in (2, 2, 1, 0)]


def test_boxes_of_two_pages_are_not_one() -> None:
    both = (page(line(PROSE[0], boxes=(1,))), page(line("x", boxes=(1,))))
    assert _column("box_share_0", *both) == [1, 0]


def test_neighbours_end_with_the_page() -> None:
    given = (page(line("a", heading_level=2), "b"), page(line("c", heading_level=3)))
    assert _column("heading_+1", *given) == [0, -1, -1]
    assert _column("heading_-1", *given) == [-1, 2, -1]


def test_what_words_around_say() -> None:
    given = text_page("Tide\n\nOne two\n\nBy tide")  # of one, two and two words
    assert _column("said", given) == [250, 0, 106]  # (250 - 100) / sqrt(2)
    assert _column("said_+1", given) == [0, 106, -999]
    assert _column("said_-2_+2", given) == [92.4] * 3  # (250 + 0 + 212) / 5
    assert _column("said_+1_+5", given) == [53, 106, 0]


@pytest.mark.parametrize(
    ("text", "cue", "hit"),
    [
        ("Share this", 0, 1), ("Timeshare flats", 0, 0),
        ("By Ann Lee", 1, 1), ("Bygone days", 1, 0), ("Stand by us", 1, 0),
        ("5 min read", 2, 1), ("Minsk", 2, 0),
        ("She is a keen editor", 3, 1), ("She is keen", 3, 0),
        ("of ships", 4, 1), ("offices", 4, 0),
    ],
)  # fmt: skip
def test_cues(text: str, cue: int, hit: int) -> None:
    assert _column(f"cue_{cue}", page(text)) == [hit]
