"""A labelled page becomes a story, or a rejection with its figures."""

from __future__ import annotations

import hashlib

import pytest

from tests.transforms.made import PROSE, page
from transforms.articles import Passage, Story, compose, dateline_place
from transforms.blocks import Page, PageFact, cut
from transforms.furniture import Verdict
from transforms.tables import Rejection

LABELS = (
    "furniture title byline dateline caption body pull_quote body crosshead body credit".split()
)
TEXTS = (
    "Home", "Pier closes", "By ANN LEE", "4 May 1999", "The pier", f"OSLO, Norway -- {PROSE[0]}",
    "Rotten", PROSE[1], "Divers", PROSE[2], "Bo Ek contributed to this report.",
)  # fmt: skip


def _compose(given: Page, labels: list[str], url: str | None = None) -> Story | Rejection:
    verdicts = [Verdict(label, "by hand", 0.0) for label in labels]
    return compose("c_1", "north", url, given, verdicts)


def _story(given: Page, labels: list[str], url: str | None = None) -> Story:
    story = _compose(given, labels, url)
    assert isinstance(story, Story)
    return story


def test_a_story_is_its_body_in_order() -> None:
    story = _story(page(*TEXTS), LABELS)
    assert story.text == f"{TEXTS[5]}\n\n{PROSE[1]}\n\n{PROSE[2]}"
    assert (story.article_id, story.capture_id, story.site_id) == ("a_1", "c_1", "north")
    assert (story.title, story.byline, story.dateline_place) == ("Pier closes", "Ann Lee", "Oslo")
    assert (story.language, story.url) == ("en", None)
    assert story.word_count == 2 + 15 + 15 + 16
    assert story.text_sha256 == hashlib.sha256(story.text.encode()).hexdigest()


def test_passages_are_what_may_print_names() -> None:
    story = _story(page(*TEXTS), LABELS)
    second, third = len(TEXTS[5]) + 2, len(TEXTS[5]) + len(PROSE[1]) + 4
    assert story.passages == (
        Passage(1, "title", "Pier closes", None),
        Passage(4, "caption", "The pier", None),
        Passage(5, "body", TEXTS[5], 0),
        Passage(7, "body", PROSE[1], second),
        Passage(9, "body", PROSE[2], third),
    )
    for passage in story.passages:
        if passage.text_start is not None:
            end = passage.text_start + len(passage.text)
            assert story.text[passage.text_start : end] == passage.text


def test_a_page_without_body_is_no_story() -> None:
    given = _compose(page("Home", "Pier closes"), ["furniture", "title"])
    assert given == Rejection("c_1", "articles", "no_story", "none of 2 blocks belongs to a story")
    assert _compose(page(), []) == Rejection(
        "c_1", "articles", "no_story", "none of 0 blocks belongs to a story"
    )


def test_nine_words_make_a_report() -> None:
    words = "one two three four five six seven eight nine"
    assert _story(page(words), ["body"]).word_count == 9
    short = _compose(page(words.removeprefix("one ")), ["body"])
    assert short == Rejection("c_1", "articles", "too_short", "8 words of text, 9 make a report")


HEAD = """\
<html lang="EN-gb"><head><title>The Herald</title>
<meta property="og:title" content="Pier &amp; sea"/>
<link rel="canonical" href="http://herald.example/pier"></head><body><p>{}</p></body></html>
"""


def test_the_page_states_what_it_does_not_print() -> None:
    given = cut(HEAD.format(" ".join(PROSE)), "text/html")
    story = _story(given, ["body"])
    assert (story.title, story.url) == ("Pier & sea", "http://herald.example/pier")
    assert _story(given, ["body"], "http://known.example/").url == "http://known.example/"


def test_an_address_that_leads_nowhere_is_none() -> None:
    facts = (
        PageFact("link:canonical", "/pier", 0, 5),
        PageFact("meta:og:url", "http://[pier", 0, 12),
        PageFact("meta:og:url", "javascript:x", 0, 12),
    )
    bare = page(*PROSE)
    given = Page("text/html", "The Herald", facts, bare.blocks)
    story = _story(given, ["body"] * 4)
    assert (story.url, story.title) == (None, "The Herald")
    assert _story(bare, ["body"] * 4).title is None


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("OSLO -- The pier closed.", "Oslo"),
        ("OSLO, Norway (AP) — The pier closed.", "Oslo"),
        ("ST. JOHN'S, Canada, Nov. 3 - The pier closed.", "St. John's"),
        ("NEW YORK/OSLO: The pier closed.", "New York"),
        ("BADEN-BADEN (Wire) – The pier closed.", "Baden-Baden"),
        ("SÃO PAULO -- The pier closed.", "São Paulo"),
        ("ОСЛО — Причал закрыт.", "Осло"),
        ("The pier -- an old one -- closed.", None),
        ("A -- B", None),
        ("NATO said on Monday - as often - no.", None),
        ("OSLO said no.", None),
        ("OSLO --", "Oslo"),
        ("", None),
    ],
)
def test_dateline_place(opening: str, place: str | None) -> None:
    assert dateline_place(opening) == place
