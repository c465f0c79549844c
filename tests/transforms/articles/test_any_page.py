"""Whatever becomes of a page's text, it is cut, labelled and told, or rejected."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmarks import wcxb
from tests.transforms.readings import ROOT
from transforms import captures
from transforms.articles import Story, compose
from transforms.blocks import cut, render
from transforms.furniture import label
from transforms.tables import LABELS, Rejection

FILES = sorted((ROOT / "seeds" / "captures").glob("*/*.html"))
SAMPLES = [file.read_text("utf-8", "replace") for file in FILES]
MEDIA_TYPES = ("text/html", "text/plain")
BREAKS = (
    "<", ">", '"', "'", "&", "=", "</", "<p>", "</p>", "</td>", "</table>", "<table>", "<td>",
    "<b>", "<title>", "</title>", "<!--", "-->", "<script>", "</script>", "<svg>", "<template>",
    "<h1>",
    "<meta name=author content=", '<script type="application/ld+json">{"@type":"Article"', "\0",
    "\n", "\n\n", "\u2028", "&#0;", "&#xd800;", "\ue0000\ue001", "<plaintext>", "By Bo Ek", "潮汐",
)  # fmt: skip


def _told(text: str, media_type: str) -> Story | Rejection:
    """The page's story or rejection, after checking law 2, its labels and the story's spans."""
    page = cut(text, media_type)
    position = 0
    for block in page.blocks:
        assert position <= block.char_start < block.char_end <= len(text)
        # Titles, scripts and styles are text between blocks of HTML that no reader sees.
        assert media_type == "text/html" or not text[position : block.char_start].strip()
        assert render(text[block.char_start : block.char_end], media_type) == block.text != ""
        position = block.char_end
    assert media_type == "text/html" or not text[position:].strip()
    verdicts = label(page, {}, ("Agency",))
    assert len(verdicts) == len(page.blocks)
    assert {v.label for v in verdicts} <= set(LABELS)
    told = compose("c_1", "north", None, page, verdicts)
    if isinstance(told, Rejection):
        assert told.reason in ("no_story", "too_short")
        return told
    for passage in told.passages:
        if passage.text_start is not None:
            end = passage.text_start + len(passage.text)
            assert told.text[passage.text_start : end] == passage.text
    for value in (told.title, told.byline, told.url, told.text):
        assert value is None or value.encode()
    return told


def _mutated(text: str, chance: random.Random, count: int) -> str:
    """The page with pieces cut out, doubled, moved, or broken by signs of markup."""
    for _ in range(count):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((1, 3, 20, 200, 2_000)))
        at = chance.randrange(len(text) + 1)
        piece = chance.choice(("", text[start:end] * 2, text[at : at + 50], chance.choice(BREAKS)))
        text = text[:start] + piece + text[chance.choice((start, end)) :]
    return text


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_no_mutated_page_raises(media_type: str) -> None:
    assert SAMPLES
    chance = random.Random(19990504)
    for number in range(100):
        sample = SAMPLES[number % len(SAMPLES)]
        _told(_mutated(sample, chance, 1 + number % 12), media_type)


@pytest.mark.skipif(not wcxb.PAGES.exists(), reason="the public labelled pages are not here")
def test_no_mutated_page_of_the_web_raises() -> None:
    chance = random.Random(20020528)
    for row in wcxb.rows(30):
        raw = captures.RawCapture("page.html", row["html"], "web")
        decoded = captures.decode(raw)
        assert isinstance(decoded, captures.Decoded)
        for count in (1, 30):
            _told(_mutated(decoded.text, chance, count), decoded.media_type)


@settings(max_examples=40)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(BREAKS)), max_size=5),
    st.floats(0, 1),
)
def test_no_broken_page_raises(sample: str, breaks: list[tuple[float, str]], cut_at: float) -> None:
    text = sample
    for place, sign in breaks:
        at = round(place * len(text))
        text = text[:at] + sign + text[at:]
    _told(text[: round(cut_at * len(text))], "text/html")


@given(st.lists(st.sampled_from(BREAKS) | st.text(max_size=4), max_size=30).map("".join))
def test_nothing_but_breaks(text: str) -> None:
    for media_type in MEDIA_TYPES:
        assert isinstance(_told(text, media_type), Rejection)


def test_a_page_is_told_the_same_twice() -> None:
    text = _mutated(SAMPLES[0], random.Random(7), 5)
    assert _told(text, "text/html") == _told(text, "text/html")
