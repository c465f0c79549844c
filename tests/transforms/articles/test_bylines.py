"""Bylines: the authors' names as stated, as marked, and as newspapers print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.articles.pages import stating
from tests.transforms.made import PROSE, line
from transforms.articles import metadata
from transforms.articles.bylines import byline, byline_names
from transforms.articles.metadata import Stated
from transforms.blocks import Page, PageBlock
from transforms.furniture import Verdict


def _byline(page: Page, *labels: str) -> Stated | None:
    """The byline of a page whose first blocks have these labels, the others none."""
    given = [*labels, *["furniture"] * (len(page.blocks) - len(labels))]
    return byline(page, [Verdict(n, "by hand", 0.0) for n in given], metadata.read(page))


def _name(page: Page, *labels: str) -> str | None:
    found = _byline(page, *labels)
    return found.value if found else None


def _printed(block: PageBlock) -> str | None:
    return _name(stating(block, og_title="Pier closes"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("BY ANN LEE AND BO EK", ["Ann Lee", "Bo Ek"]),
        ("By Ann B. Lee in Oslo and Ludwig van der Berg", ["Ann B. Lee", "Ludwig van der Berg"]),
        ("By Ann Lee in New York", ["Ann Lee"]),
        ("By ANN LEE Courier Press Writer", ["Ann Lee"]),
        ("By ANN B. LEE Coast Features Editor", ["Ann B. Lee"]),
        ("From Ann Lee, Political Correspondent", ["Ann Lee"]),
        ("Bo Ek, Staff Writer", ["Bo Ek"]),
        ("Text by: Ann Lee | Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee, Bo Ek, and Cy Orr", ["Ann Lee", "Bo Ek", "Cy Orr"]),
        ("ByAnn Lee", ["Ann Lee"]),
        ("By Ann Lee · Founder and Editor · Updated 4 May 1999", ["Ann Lee"]),
        ("Ann LeeNovember 4, 1999", ["Ann Lee"]),
        ("Ann Lee May 4, 1999", ["Ann Lee"]),
        ("Ann May", ["Ann May"]),
        ("Ann Lee, director of the North Pier Trust, Oslo Harbour", ["Ann Lee"]),
        ("Ann Lee, M.D., and Bo Ek, PhD, RD", ["Ann Lee, M.D.", "Bo Ek, PhD, RD"]),
        ("Von Karl Maier", ["Karl Maier"]),
        ("By Ann Lee @annlee May 4, 1999: 3:42 PM ET", ["Ann Lee"]),
        ("May 4, 1999|By Ann Lee, Tribune Staff Writer.", ["Ann Lee"]),
        ("Ann Lee Staff Writer", ["Ann Lee"]),
        ("BYLINE=ANN LEE", ["Ann Lee"]),
        ("TIMES STAFF WRITER", []),
        ("Special to The Herald", []),
        ("By our correspondent", []),
        ("By the harbour", []),
        ("The North Desk", []),
        ("", []),
    ],
)
def test_names_of_a_line(text: str, names: list[str]) -> None:
    assert byline_names(text) == names


@given(st.text(st.sampled_from("AbBy ,.;&|-4M\u00a0"), max_size=40))
def test_names_are_of_the_line(text: str) -> None:
    for name in byline_names(text):
        assert name.split(",")[0].lower() in text.lower()


# As stated ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Ann Lee", "Ann Lee"),
        ("By Ann Lee and Bo Ek, Herald", "Ann Lee; Bo Ek"),
        ("Ann Lee, chief editor", "Ann Lee"),
        ("Ann Lee, MD", "Ann Lee, MD"),
        ("annlee", "annlee"),
        ("Office for Piers and Ferries", "Office for Piers and Ferries"),
        ("Pier Team", "Pier Team"),
    ],
)
def test_people_of_a_statement(stated: str, names: str) -> None:
    assert _byline(stating(author=stated, og_site_name="Herald", og_title="x")) == Stated(
        names, "meta:author"
    )


def test_stated_people_come_before_printed_ones() -> None:
    page = stating(line("By Cy Orr"), author="Ann Lee", og_title="Pier closes")
    assert _name(page, "byline") == "Ann Lee"


def test_who_is_printed_comes_before_the_site() -> None:
    site = {"og_title": "Pier closes", "og_site_name": "Herald", "author": "Herald"}
    assert _byline(stating(line("By Cy Orr"), **site)) == Stated("Cy Orr", "signed")
    assert _byline(stating(line("Pier closes"), **site)) == Stated("Herald", "meta:author")
    far = [line(PROSE[0]) for _ in range(9)]
    assert _name(stating(*far, line("By Cy Orr"), **site), *["body"] * 9) == "Herald"
    assert _name(stating(*far, line("By Cy Orr"), og_title="x"), *["body"] * 9) == "Cy Orr"


# As printed -----------------------------------------------------------------------------------


def test_a_page_that_states_nothing_is_signed_as_printed() -> None:
    page = stating(line("Bo Ek"), line("By Ann Lee"), author="Cy Orr", title="Herald")
    assert _byline(page, "furniture", "byline") == Stated("Ann Lee", "byline")
    assert _name(page) == "Cy Orr"
    assert _name(stating()) is None


def test_names_alone_are_a_byline_where_they_are_no_list() -> None:
    few = stating(line("Ann Lee"), line("Bo Ek"))
    assert _name(few, "byline", "byline") == "Ann Lee; Bo Ek"
    many = [line(f"{name} Ek") for name in ("Ann", "Bo", "Cy", "Di")]
    assert _name(stating(*many), *["byline"] * 4) is None
    assert _name(stating(line("By Eve Lee"), *many), *["byline"] * 5) == "Eve Lee"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("Written by: Ann Lee", "Ann Lee"),
        ("by Ann Lee | 4 May 1999", "Ann Lee"),
        ("By Ann Lee, 4 May", "Ann Lee"),
        ("By Ann Lee on Tuesday", "Ann Lee"),
        ("Author: Ann O'Lee and Bo Ek", "Ann O'Lee; Bo Ek"),
        ("Posted by: Annie · In: Piers", "Annie"),
        ("By Pier Staff", "Pier Staff"),
        ("By the harbour", None),
        ("By noon", None),
        ("By Friday", None),
        ("By NATO", None),
        ("Bylaw Ann Lee", None),
        ("Standing by Ann Lee", None),
        ("By 12 May", None),
        ("From the pier", None),
        (f"By {PROSE[0]} {PROSE[1]}", None),
    ],
)
def test_lines_that_begin_as_bylines_do(text: str, name: str | None) -> None:
    assert _printed(line(text)) == name


def test_a_heading_is_no_byline() -> None:
    assert _printed(line("By Ann Lee", heading_level=2)) is None


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
    assert _printed(line("Ann Lee", hints=hints)) == name


def test_a_name_below_its_label() -> None:
    page = stating(line("Written by"), line("Ann Lee"), line("Bo Ek"), og_title="x")
    assert _byline(page) == Stated("Ann Lee", "labelled")


def test_the_first_marked_block_with_a_name() -> None:
    page = stating(
        line("About the author", hints="author"),
        line("Ann Lee", hints="author"),
        line("Bo Ek", hints="author"),
    )
    assert _byline(page) == Stated("Ann Lee", "marked")


def test_blocks_beside_the_headline_come_first() -> None:
    far = [line("By Cy Orr"), *[line("Home") for _ in range(8)]]
    page = stating(*far, line("Pier closes"), line("By Ann Lee"), line(PROSE[0]), og_title="x")
    assert _name(page, *["furniture"] * 9, "title", "furniture", "body") == "Ann Lee"


@pytest.mark.parametrize(
    "label",
    ["Text Size", "Most Viewed Articles", "Privacy Policy", "Cape Coast Record", "Last Month"],
)
@pytest.mark.parametrize("hints", ["", "author"])
def test_a_label_or_a_paper_signs_nothing(label: str, hints: str) -> None:
    paper = stating(line("Pier closes"), line(label, hints=hints), line(PROSE[0]))
    labels = ("title", "byline", "body")
    verdicts = [Verdict(n, "by hand", 0.0) for n in labels]
    assert byline(paper, verdicts, metadata.read(paper), frozenset({"ann"})) is None


def test_a_name_beside_its_paper_signs_alone() -> None:
    paper = stating(line("Pier closes"), line("Ann Lindqvist, Capital Post"), line(PROSE[0]))
    verdicts = [Verdict(n, "by hand", 0.0) for n in ("title", "byline", "body")]
    found = byline(paper, verdicts, metadata.read(paper), frozenset({"ann"}))
    assert found == Stated("Ann Lindqvist", "byline")
