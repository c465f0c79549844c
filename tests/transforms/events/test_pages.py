"""The pages of one story are one report; a series, and stories of one title, are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.transforms.events.reports import FLOOD_ONE, MINE, ROAD, Corpus, article
from transforms.events import pages
from transforms.tables import Article, Block

TITLE = "A harbour and its hundred years"


def page(mark: str, text: str, url: str | None, **told: str) -> Article:
    made = article(mark, text, title=told.get("title", TITLE), site="bay.example")
    return replace(made, url=url)


def linked(*articles: Article, blocks: tuple[Block, ...] = ()) -> dict[str, str]:
    """The role of each article, with the events' counts of reports behind."""
    found = Corpus(articles, blocks=blocks).link()
    roles = {r["article_id"][2:]: r["role"] for r in found.event_reports.to_pylist()}
    counts = [e["report_count"] for e in found.events.to_pylist()]
    assert sum(counts) == sum(role != "page" for role in roles.values())
    return roles


@pytest.mark.parametrize(
    "addresses",
    [
        ("http://bay.example/h.html", "http://bay.example/h.html?page=2"),
        ("http://bay.example/a/h_1.html", "http://bay.example/a/h_2.html"),
        ("http://bay.example/a/h", "http://bay.example/a/h/page/2"),
        ("http://bay.example/a/h.html", "http://bay.example/a/h-2.html"),
    ],
)
def test_addresses_that_differ_by_the_page_alone(addresses: tuple[str, str]) -> None:
    roles = linked(page("1", FLOOD_ONE, addresses[0]), page("2", MINE, addresses[1]))
    assert roles == {"1": "representative", "2": "page"}


def test_pages_that_say_which_they_are() -> None:
    blocks = tuple(
        Block(f"c_{n}", 0, 0, 11, f"Page {n} of 2", "furniture", "before_story", 0.0) for n in "12"
    )
    first, second = page("1", FLOOD_ONE, None), page("2", MINE, None)
    assert linked(first, second, blocks=blocks) == {"1": "representative", "2": "page"}
    assert linked(first, second) == {"1": "representative", "2": "representative"}


def test_the_first_page_speaks_for_the_story_however_short() -> None:
    first = page("9", "The harbour is a hundred years old.", "http://bay.example/h.html")
    roles = linked(first, page("1", FLOOD_ONE + MINE, "http://bay.example/h_2.html"))
    assert roles == {"9": "representative", "1": "page"}


def test_a_series_is_no_story_of_several_pages() -> None:
    parts = [page(n, text, f"http://bay.example/news-{n}.html") for n, text in
             zip("345", (FLOOD_ONE, MINE, ROAD), strict=True)]  # fmt: skip
    assert set(linked(*parts).values()) == {"representative"}
    others = [replace(p, title=f"{p.title} {i}", url=f"http://bay.example/n-{i}.html")
              for i, p in zip((1, 2, 3), parts, strict=True)]  # fmt: skip
    assert set(linked(*others).values()) == {"representative"}


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("http://x/a.html?page=3&ref=1", ("http://x/a.html?ref=1", 3)),
        ("http://x/1997/05/14", ("http://x/1997/05/14", None)),
        ("http://x/a-1998.html", ("http://x/a-1998.html", None)),
    ],
)
def test_numbers_of_pages_in_addresses(url: str, known: tuple[str, int | None]) -> None:
    assert pages.numbered(url) == known
