"""Titles: the printed headline weighed against those that the page states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.articles.pages import stating
from tests.transforms.made import PROSE, line
from transforms.articles import metadata
from transforms.articles.metadata import Stated
from transforms.articles.titles import bare, headline
from transforms.blocks import Page, PageBlock


def _headline(page: Page, printed: str | None = None) -> str | None:
    found = headline(page, printed, metadata.read(page))
    return found.value if found else None


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
    page = stating(_head("Pier closes"), og_title="Pier closes | Herald")
    assert _headline(page) == "Pier closes"
    tailed = stating(og_title="Council closes the old pier | Herald")
    assert _headline(tailed) == "Council closes the old pier"
    assert _headline(stating(og_title="Pier closes | Herald")) == "Pier closes | Herald"


def test_the_printed_headline_of_a_page_that_states_nothing() -> None:
    page = stating(_head("Herald"), title="Herald")
    assert _headline(page, "Pier closes") == "Pier closes"
    assert _headline(stating(_head("Herald"), og_title="Herald"), "Pier closes") == "Herald"


def test_two_statements_agree_on_another() -> None:
    agreed = stating(og_title="Council votes", twitter_title="COUNCIL VOTES")
    assert _headline(agreed, "Pier closes") == "Council votes"
    split = stating(og_title="Council votes", twitter_title="Harbour news")
    assert _headline(split, "Pier closes") == "Pier closes"


def test_a_first_heading_near_a_statement() -> None:
    page = stating(_head("Old northern pier closes"), og_title="Northern pier closes on Tuesday")
    assert _headline(page, "More news") == "Old northern pier closes"  # 3 words of 6
    far = stating(
        _head("Old northern pier closes"), og_title="Council votes to save ferry and pier"
    )
    assert _headline(far) == "Old northern pier closes"  # no other is printed
    two = stating(
        _head("Old northern pier closes"), og_title="Council votes", twitter_title="Council votes"
    )
    assert _headline(two) == "Council votes"


def test_the_best_statement_where_nothing_is_printed() -> None:
    assert _headline(stating(og_title="Pier closes", title="Herald")) == "Pier closes"
    assert _headline(stating(title="Herald")) == "Herald"
    assert _headline(stating()) is None


def test_a_sites_name_is_no_headline() -> None:
    page = stating(_head("Herald"), _head("Pier closes"), og_site_name="Herald", og_title="Herald")
    assert _headline(page, "Herald") == "Pier closes"
    # The title of the page holds it around another statement.
    page = stating(_head("The Old Herald"), og_title="Pier", title="The Old Herald: Pier")
    assert _headline(page, "The Old Herald") == "Pier"


def test_a_site_named_by_the_page_is_dropped_behind_a_title() -> None:
    assert bare("Pier - Herald of the North Sea", [], {"herald of the north sea"}) == "Pier"
    assert (
        bare("Pier - Herald of the North Sea", [], {"herald"}) == "Pier - Herald of the North Sea"
    )


def test_a_first_heading_that_the_title_backs_against_an_advert() -> None:
    page = stating(_head("Pier closes for good"), title="Pier closes for good | Herald")
    assert _headline(page, "Book your berth now") == "Pier closes for good"
    assert _headline(page, "Pier closes for good: council") == "Pier closes for good: council"


def test_a_title_says_where_it_was_found() -> None:
    page = stating(_head("Pier closes"), og_title="Pier closes", title="Pier - Herald")
    stated = metadata.read(page)
    assert headline(page, None, stated) == Stated("Pier closes", "heading")
    assert headline(stating(), "Pier", metadata.read(stating())) == Stated("Pier", "printed")
    alone = stating(og_title="Pier closes", title="Herald")
    assert headline(alone, None, metadata.read(alone)) == Stated("Pier closes", "meta:og:title")


# What is printed beside and above headlines ---------------------------------------------------


@pytest.mark.parametrize(
    ("title", "heading", "place", "want"),
    [
        ("Web Ink Now: Going off script", "Web Ink Now", "webinknow.example", "Going off script"),
        ("Harbour Blog - Pier closes today", "Harbour Blog", "", "Pier closes today"),
        ("Pier closes to all ships - Isle Post", "Isle Post", "", "Pier closes to all ships"),
        ("Isle: Pier opens", "Isle: Pier opens", "isle.example", "Isle: Pier opens"),
    ],
)  # fmt: skip
def test_a_masthead_is_no_headline(title: str, heading: str, place: str, want: str) -> None:
    blocks = (line(heading, heading_level=1), line("Pier closes today"), line(PROSE[0]))
    page = Page("text/html", title, (), blocks)
    found = headline(page, heading, metadata.read(page), place, first_body=2, opening=PROSE[0])
    assert found is not None
    assert found.value == want


@pytest.mark.parametrize(
    "beside", ["149 Comments", "Updated May 4, 1999", "4 May 1999", "Posted by Ann", "12"]
)
def test_a_count_or_a_date_is_cut_from_the_headline(beside: str) -> None:
    title = "Pier closes to all ships"
    page = Page("text/html", title, (), (line(f"{title} {beside}", heading_level=1),))
    found = headline(page, page.blocks[0].text, metadata.read(page))
    assert found is not None
    assert found.value == title


def test_an_unbacked_line_gives_way_to_a_title_that_tells_of_the_story() -> None:
    page = Page("text/html", "Council closes northern pier to ships", (), (line("Find me"),))
    found = headline(page, "Find me", metadata.read(page), opening=PROSE[0])
    assert found == Stated("Council closes northern pier to ships", "title")
