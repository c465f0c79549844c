"""Metadata: headline, authors and days as pages state them, weighed against what they print."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.made import PROSE, line
from transforms.articles import metadata
from transforms.articles.metadata import Metadata, Stated, bare, byline, headline, printed_author
from transforms.blocks import Page, PageBlock, PageFact


def _page(*blocks: PageBlock, title: str | None = None, **facts: str) -> Page:
    """A page of these blocks and statements; "og_title" stands for meta:og:title."""
    names = {key: f"meta:{key.replace('_', ':')}" for key in facts}
    made = [PageFact(names[key], value, 0, len(value)) for key, value in facts.items()]
    return Page("text/html", title, tuple(made), blocks)


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


def test_the_story_counts_for_more_than_its_page() -> None:
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
    assert metadata.read(_linked(text)) == Metadata((), (), ())


@pytest.mark.parametrize("text", ["<!-- {} -->", "//<![CDATA[ {} //]]>", "/* data */ {}", "{}"])
def test_linked_data_may_stand_in_a_comment(text: str) -> None:
    page = _linked(text.replace("{}", json.dumps(_article(headline="Pier closes"))))
    assert _headlines(page) == [("Pier closes", "json-ld")]


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
        "Admin", {"@id": "#unknown"}, {"@id": ["#ann"]}, {"@id": {}}, {}, 7, "long " * 30,
    ],
)  # fmt: skip
def test_what_is_no_author(author: Any) -> None:
    nameless = {"@id": "", "@type": "Person", "name": "Nobody"}
    assert _authors(_linked([_article(author=author), nameless])) == []


def test_administrator_is_a_word_of_its_own() -> None:
    assert _authors(_linked(_article(author="Badminton Desk"))) == [["Badminton Desk"]]


def test_days_of_linked_data() -> None:
    page = _linked(_article(dateCreated="1999-05-03", datePublished="1999-05-04", dateline="x"))
    assert metadata.read(page).published == (
        Stated("1999-05-04", "json-ld"),
        Stated("1999-05-03", "json-ld"),
    )
    changed = _linked(_article(dateModified="1999-05-04"))
    assert metadata.read(changed).published == ()


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
    for text in (headline(page, None, stated), byline(page, None, stated)):
        assert text is None or text.encode()


# Meta elements --------------------------------------------------------------------------------


def test_headlines_by_trust() -> None:
    page = _page(title="E", twitter_title="C", title_="x", og_title="B", dc_title="x")
    assert _headlines(page) == [("B", "meta:og:title"), ("C", "meta:twitter:title"), ("E", "title")]


@pytest.mark.parametrize("name", metadata.AUTHOR_FACTS[:-1])
def test_authors_of_meta_elements(name: str) -> None:
    page = Page("text/html", None, (PageFact(name, "Ann Lee", 0, 7),), ())
    assert _authors(page) == [["Ann Lee"]]
    other = Page("text/html", None, (PageFact(f"{name}s", "Ann Lee", 0, 7),), ())
    assert _authors(other) == []


def test_a_twitter_card_signs_where_its_label_says_so() -> None:
    assert _authors(_page(twitter_label1="Written by", twitter_data1="Ann Lee")) == [["Ann Lee"]]
    assert _authors(_page(twitter_label1="Reading time", twitter_data1="Ann Lee")) == []
    assert _authors(_page(twitter_data1="Ann Lee")) == []


# The headline ---------------------------------------------------------------------------------


def _headline(page: Page, printed: str | None = None) -> str | None:
    return headline(page, printed, metadata.read(page))


def _head(text: str) -> PageBlock:
    return line(text, heading_level=1)


@pytest.mark.parametrize(
    ("title", "others", "expected"),
    [
        ("Pier closes - The Herald", ["Pier Closes!"], "Pier closes"),
        ("The Herald | Pier closes", ["pier closes"], "Pier closes"),
        ("Home » Pier closes · Herald", ["Pier closes"], "Pier closes"),
        ("Pier closes", ["Pier closes"], "Pier closes"),
        # Nothing backs it: a short tail behind a long title is still a site's name.
        ("Council closes the old pier | Herald", [], "Council closes the old pier"),
        ("Pier closes - Herald", [], "Pier closes - Herald"),
        ("Pier closes - the council gives way at last", [], None),
        ("North-south ferry sails again today", ["North"], None),
        ("", [], None),
    ],
)
def test_a_sites_name_is_dropped(title: str, others: list[str], expected: str | None) -> None:
    assert bare(title, others) == (title if expected is None else expected)


def test_a_title_of_many_parts_is_left_as_it_is() -> None:
    title = " | ".join(["a"] * 3_000)
    assert bare(title, ["b"]) == title


@given(st.text(st.sampled_from("ab |-·"), max_size=30), st.lists(st.text("ab", max_size=2)))
def test_what_is_left_is_of_the_title(title: str, others: list[str]) -> None:
    assert bare(title, others) in title


def test_og_title_with_the_sites_name() -> None:
    page = _page(_head("Pier closes"), og_title="Pier closes | Herald")
    assert _headline(page) == "Pier closes"
    tailed = _page(og_title="Council closes the old pier | Herald")
    assert _headline(tailed) == "Council closes the old pier"
    assert _headline(_page(og_title="Pier closes | Herald")) == "Pier closes | Herald"


def test_the_printed_headline_of_a_page_that_states_nothing() -> None:
    page = _page(_head("Herald"), title="Herald")
    assert _headline(page, "Pier closes") == "Pier closes"
    assert _headline(_page(_head("Herald"), og_title="Herald"), "Pier closes") == "Herald"


def test_two_statements_agree_on_another() -> None:
    agreed = _page(og_title="Council votes", twitter_title="COUNCIL VOTES")
    assert _headline(agreed, "Pier closes") == "Council votes"
    split = _page(og_title="Council votes", twitter_title="Harbour news")
    assert _headline(split, "Pier closes") == "Pier closes"


def test_a_first_heading_near_a_statement() -> None:
    page = _page(_head("Old northern pier closes"), og_title="Northern pier closes on Tuesday")
    assert _headline(page, "More news") == "Old northern pier closes"  # 3 words of 6
    far = _page(_head("Old northern pier closes"), og_title="Council votes to save ferry and pier")
    assert _headline(far) == "Old northern pier closes"  # no other is printed
    two = _page(
        _head("Old northern pier closes"), og_title="Council votes", twitter_title="Council votes"
    )
    assert _headline(two) == "Council votes"


def test_the_best_statement_where_nothing_is_printed() -> None:
    assert _headline(_page(og_title="Pier closes", title="Herald")) == "Pier closes"
    assert _headline(_page(title="Herald")) == "Herald"
    assert _headline(_page()) is None


# The authors ----------------------------------------------------------------------------------


def _byline(page: Page, printed: str | None = None) -> str | None:
    return byline(page, printed, metadata.read(page))


def test_stated_authors_come_first() -> None:
    page = _linked(_article(author=["Ann Lee", "Bo Ek", "Ann Lee"]))
    assert _byline(page, "Cy Orr") == "Ann Lee; Bo Ek"


def test_a_page_that_states_nothing_is_signed_as_printed() -> None:
    signed = line("By Ann Lee")
    assert _byline(_page(signed, title="Herald"), "Cy Orr") == "Cy Orr"
    assert _byline(_page(signed, og_title="Herald"), "Cy Orr") == "Ann Lee"
    assert _byline(_page(og_title="Herald"), "Cy Orr") == "Cy Orr"
    assert _byline(_page(signed)) == "Ann Lee"
    assert _byline(_page()) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("Written by: Ann Lee", "Ann Lee"),
        ("by Ann Lee | 4 May 1999", "Ann Lee"),
        ("By Ann Lee, 4 May", "Ann Lee"),
        ("By Ann Lee on Tuesday", "Ann Lee"),
        ("Author: Ann O'Lee and Bo Ek", "Ann O'Lee and Bo Ek"),
        ("By the harbour", None),
        ("By noon", None),
        ("Bylaw Ann Lee", None),
        ("Standing by Ann Lee", None),
        ("By Ann Lee Of The Very Old Pier", None),
        ("By 12 May", None),
        (f"By {PROSE[0]}", None),
    ],
)
def test_lines_that_begin_as_bylines_do(text: str, name: str | None) -> None:
    assert printed_author(_page(line(text))) == name


def test_a_heading_is_no_byline() -> None:
    assert printed_author(_page(line("By Ann Lee", heading_level=2))) is None


@pytest.mark.parametrize(
    ("hints", "name"),
    [
        ("post-author", "Ann Lee"),
        ("byline", "Ann Lee"),
        ("author-bio", None),
        ("comment-author", None),
        ("post", None),
        ("", None),
    ],
)
def test_blocks_marked_as_the_authors(hints: str, name: str | None) -> None:
    assert printed_author(_page(line("Ann Lee", hints=hints))) == name


def test_the_first_marked_block_with_a_name() -> None:
    page = _page(
        line("About the author", hints="author"),
        line("Ann Lee", hints="author"),
        line("Bo Ek", hints="author"),
    )
    assert printed_author(page) == "Ann Lee"
