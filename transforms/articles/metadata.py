"""Metadata: what the page states of its story, for programs: headline, authors, dates.

Linked data (JSON-LD) and meta elements; each value with the statement it comes from. What a site
says of itself, its search box or its comments is no statement on the story.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.blocks.pages import Page
from transforms.blocks.statements import linked_data
from transforms.text import fold_space

MAX_DEPTH = 12
MAX_HEADLINES = 20  # each is weighed against each
STORIES = re.compile(r"(?:Article|Posting|Report|Review|Recipe|HowTo|Guide|WebPage)$")
# JSON may spell one surrogate without the other, which no file can hold.
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stated:
    """One value with the statement it comes from."""

    value: str
    method: str


@dataclass(frozen=True, slots=True)
class Author(Stated):
    """One stated author: somebody, several people in one line, or the site itself."""

    is_site: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """All that a page states of its story, the most trusted first."""

    headlines: tuple[Stated, ...]
    authors: tuple[tuple[Author, ...], ...]  # one group a statement
    sites: frozenset[str] = frozenset()  # names of the site and its publisher, lower case

    @property
    def is_spoken(self) -> bool:
        """Whether the page states anything for programs, beside its title."""
        return any(s.method != "title" for s in self.headlines)


NOTHING = Metadata((), ())


def read(page: Page) -> Metadata:
    """What the page states; values that cannot be read are left out."""
    stories = sorted(_stories(page), key=lambda s: s.get("@type") == "WebPage")
    sites = frozenset(name.lower() for name in _sites(page, stories))
    return Metadata(
        tuple(itertools.islice(_headlines(page, stories), MAX_HEADLINES)),
        tuple(group for group in _authors(page, stories, sites) if group),
        sites,
    )


# Linked data ----------------------------------------------------------------------------------


def _stories(page: Page) -> Iterator[dict[str, Any]]:
    """The nodes of the page's linked data that are stories, with their people looked up."""
    for fact in page.facts:
        if fact.name != "json-ld":
            continue
        nodes = list(_nodes(linked_data(fact.value), 0))
        by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
        for node in nodes:
            if STORIES.search(_type(node)):
                yield _resolved(node, by_id)


def _nodes(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for value in data.values():
            if isinstance(value, (dict, list)):
                yield from _nodes(value, depth + 1)


def _type(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return next((k for k in kinds if isinstance(k, str)), "")


def _resolved(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> dict[str, Any]:
    author = node.get("author")
    authors = author if isinstance(author, list) else [author]
    looked_up = [_looked_up(a, by_id) for a in authors]
    return {**node, "@type": _type(node), "author": looked_up}


def _looked_up(author: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    key = author.get("@id") if isinstance(author, dict) else None
    return by_id.get(key, author) if isinstance(key, str) else author


# Values ---------------------------------------------------------------------------------------


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("name")
    if not isinstance(value, str):
        return ""
    whole = HALF_CHARACTER.sub("\ufffd", value)
    return fold_space(html.unescape(re.sub(r"<[^>]{0,200}>", "", whole)))


HEADLINE_FACTS = (
    "meta:og:title", "meta:twitter:title", "meta:dc.title", "meta:title",
    "field:title", "field:headline",
)  # fmt: skip


def _headlines(page: Page, stories: Sequence[dict[str, Any]]) -> Iterator[Stated]:
    for story in stories:
        headline = _text(story.get("headline"))
        if headline:
            yield Stated(headline, "json-ld")
    for name in HEADLINE_FACTS:
        yield from (Stated(f.text, name) for f in page.facts if f.name == name and f.text)
    if page.document_title:
        yield Stated(page.document_title, "title")


def _sites(page: Page, stories: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield from (f.text for f in page.facts if f.name == "meta:og:site_name")
    for story in stories:
        yield from filter(None, (_text(story.get(key)) for key in ("publisher", "isPartOf")))


AUTHOR_FACTS = (
    "meta:author", "meta:article:author", "meta:parsely-author", "meta:sailthru.author",
    "meta:dc.creator", "meta:dcterms.creator", "meta:citation_author", "meta:byl",
    "field:byline", "field:author", "meta:twitter:data1", "meta:twitter:data2",
)  # fmt: skip


def _authors(
    page: Page, stories: Sequence[dict[str, Any]], sites: frozenset[str]
) -> Iterator[tuple[Author, ...]]:
    for story in stories:
        named = [(_text(a), _is_organisation(a)) for a in story["author"] if a]
        yield tuple(
            Author(name, "json-ld", is_site or name.lower() in sites)
            for name, is_site in named
            if _is_author(name)
        )
    for fact in AUTHOR_FACTS:
        if "twitter" in fact and not _signs_twitter(page, fact[-1]):
            continue
        stated = [f.text for f in page.facts if f.name == fact]
        yield tuple(Author(n, fact, n.lower() in sites) for n in stated if _is_author(n))


def _is_organisation(author: Any) -> bool:
    return isinstance(author, dict) and "organization" in _type(author).lower()


def _signs_twitter(page: Page, number: str) -> bool:
    labels = (f.text.lower() for f in page.facts if f.name == f"meta:twitter:label{number}")
    return any("written" in text or "author" in text for text in labels)


NO_AUTHOR = re.compile(r"https?:|www\.|@|\badmin\b|^\w+\.\w+\.\w+\.|^[\W\d_]*$", re.I)


def _is_author(name: str) -> bool:
    """Whether the words are a name and no address, account, number or name of a variable."""
    return 1 < len(name) < 120 and not NO_AUTHOR.search(name)
