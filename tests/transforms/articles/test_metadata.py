"""Metadata: headlines and authors as pages state them for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.articles.pages import stating
from transforms.articles import metadata
from transforms.articles.bylines import byline
from transforms.articles.metadata import Author, Metadata
from transforms.articles.titles import headline
from transforms.blocks import Page, PageFact


def _linked(*data: Any) -> Page:
    """A page of linked data; what is no text is written as JSON."""
    texts = [d if isinstance(d, str) else json.dumps(d) for d in data]
    return Page("text/html", None, tuple(PageFact("json-ld", t, 0, len(t)) for t in texts), ())


def _article(**values: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle"} | values


def _headlines(page: Page) -> list[tuple[str, str]]:
    return [(s.value, s.method) for s in metadata.read(page).headlines]


def _authors(page: Page) -> list[list[str]]:
    return [[s.value for s in group] for group in metadata.read(page).authors]


# Linked data ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["NewsArticle", "BlogPosting", "Report", ["Article", "Thing"], "WebPage"]
)
def test_stories_state_headlines(kind: Any) -> None:
    page = _linked({"@type": kind, "headline": "Pier closes"})
    assert _headlines(page) == [("Pier closes", "json-ld")]


@pytest.mark.parametrize("kind", ["Organization", "Comment", "WebPageElement", "", None, 7, []])
def test_other_nodes_do_not(kind: Any) -> None:
    assert _headlines(_linked({"@type": kind, "headline": "Pier closes"})) == []


def test_the_story_counts_for_more_than_itsstating() -> None:
    page = {"@type": "WebPage", "headline": "Herald"}
    graph = {"@graph": [page, _article(headline="Pier closes")]}
    assert _headlines(_linked(graph)) == [("Pier closes", "json-ld"), ("Herald", "json-ld")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Pier &amp;  sea", "Pier & sea"),
        ("<b>Pier</b>", "Pier"),
        (["Pier", "Dock"], "Pier"),
        ({"name": "Pier"}, "Pier"),
    ],
)
def test_values_are_read_as_they_are_meant(value: Any, text: str) -> None:
    assert _headlines(_linked(_article(headline=value))) == [(text, "json-ld")]


@pytest.mark.parametrize("value", ["", " ", "<b></b>", None, 7, [], {}, {"name": 7}, [["Pier"]]])
def test_values_that_cannot_be_read_are_left_out(value: Any) -> None:
    assert _headlines(_linked(_article(headline=value))) == []


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[1, 2]", '{"@type": "NewsArticle"', "[" * 50_000, '{"@type": 1e999}'],
)
def test_broken_linked_data_states_nothing(text: str) -> None:
    assert metadata.read(_linked(text)) == Metadata((), ())


def test_line_ends_within_a_value() -> None:
    page = _linked('{"@type": "NewsArticle", "headline": "Pier\n closes"}')
    assert _headlines(page) == [("Pier closes", "json-ld")]


def test_half_a_character_is_no_text() -> None:
    page = _linked('{"@type": "NewsArticle", "headline": "Pier \\ud800 closes \\ud83d\\udea2"}')
    [(value, _)] = _headlines(page)
    assert value == "Pier \ufffd closes \U0001f6a2"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ({"@type": "Person", "name": "Ann Lee"}, ["Ann Lee"]),
        ([{"name": "Ann Lee"}, "Bo Ek"], ["Ann Lee", "Bo Ek"]),
        ({"@id": "#ann"}, ["Ann Lee"]),
    ],
)
def test_authors_of_linked_data(author: Any, names: list[str]) -> None:
    ann = {"@id": "#ann", "@type": "Person", "name": "Ann Lee"}
    assert _authors(_linked([_article(author=author), ann])) == [names]


@pytest.mark.parametrize(
    "author",
    [
        None, "", "A", "http://herald.example/ann", "www.herald.example", "ann@herald.example",
        "Admin", "262588213843476", "page.head.extra.author", "long " * 30,
        {"@id": "#unknown"}, {"@id": ["#ann"]}, {"@id": {}}, {}, 7,
    ],
)  # fmt: skip
def test_what_is_no_author(author: Any) -> None:
    nameless = {"@id": "", "@type": "Person", "name": "Nobody"}
    assert _authors(_linked([_article(author=author), nameless])) == []


def test_administrator_is_a_word_of_its_own() -> None:
    assert _authors(_linked(_article(author="Badminton Desk"))) == [["Badminton Desk"]]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just("NewsArticle"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@graph", "author", "headline", "name"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_linked_data_raises(data: Any) -> None:
    page = _linked(_article(author=data, headline=data) | {"@graph": data})
    stated = metadata.read(page)
    signed = byline(page, (), stated)
    for found in (headline(page, None, stated), signed):
        assert found is None or found.value.encode()


# Meta elements --------------------------------------------------------------------------------


def test_headlines_by_trust() -> None:
    page = stating(title="E", twitter_title="C", title_="x", og_title="B", dc_title="x")
    assert _headlines(page) == [("B", "meta:og:title"), ("C", "meta:twitter:title"), ("E", "title")]


@pytest.mark.parametrize("name", metadata.AUTHOR_FACTS[:-2])
def test_authors_of_meta_elements(name: str) -> None:
    page = Page("text/html", None, (PageFact(name, "Ann Lee", 0, 7),), ())
    assert _authors(page) == [["Ann Lee"]]
    other = Page("text/html", None, (PageFact(f"{name}s", "Ann Lee", 0, 7),), ())
    assert _authors(other) == []


def test_a_twitter_card_signs_where_its_label_says_so() -> None:
    assert _authors(stating(twitter_label1="Written by", twitter_data1="Ann Lee")) == [["Ann Lee"]]
    assert _authors(stating(twitter_label1="Reading time", twitter_data1="Ann Lee")) == []
    assert _authors(stating(twitter_data1="Ann Lee")) == []
    assert _authors(stating(twitter_label2="Written by", twitter_data1="Ann Lee")) == []
    assert _authors(stating(twitter_label2="Written by", twitter_data2="Ann Lee")) == [["Ann Lee"]]


def test_every_author_of_a_paper() -> None:
    facts = tuple(PageFact("meta:citation_author", name, 0, 6) for name in ("Ann Lee", "Bo Ek"))
    assert _authors(Page("text/html", None, facts, ())) == [["Ann Lee", "Bo Ek"]]


def test_the_site_is_told_from_people() -> None:
    herald = {"@type": "Organization", "name": "The Herald"}
    page = _linked(_article(author=[herald, "Ann Lee", "the herald"], publisher=herald))
    stated = metadata.read(page)
    assert stated.sites == {"the herald"}
    assert stated.authors == (
        (
            Author("The Herald", "json-ld", is_site=True),
            Author("Ann Lee", "json-ld"),
            Author("the herald", "json-ld", is_site=True),
        ),
    )
    named = metadata.read(stating(og_site_name="Herald", author="HERALD"))
    assert named.authors == ((Author("HERALD", "meta:author", is_site=True),),)
