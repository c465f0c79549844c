"""Metadata: what the page states of its story, for programs: headline, authors, dates.

Linked data (JSON-LD) and meta elements; each value with the statement it comes from. What a site
says of itself, its search box or its comments is no statement on the story.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.blocks.pages import Page
from transforms.text import fold_space

MAX_DEPTH = 12
STORIES = re.compile(r"(?:Article|Posting|Report|Review|Recipe|HowTo|Guide|WebPage)$")
PEOPLE = re.compile(r"(?:Person|Organization)$")
# JSON may spell one surrogate without the other, which no file can hold.
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stated:
    """One value with the statement it comes from."""

    value: str
    method: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """All that a page states of its story, the most trusted first."""

    headlines: tuple[Stated, ...]
    authors: tuple[tuple[Stated, ...], ...]  # one group a statement
    published: tuple[Stated, ...]


def read(page: Page) -> Metadata:
    """What the page states; values that cannot be read are left out."""
    stories = sorted(_stories(page), key=lambda s: s.get("@type") == "WebPage")
    return Metadata(
        tuple(_headlines(page, stories)),
        tuple(group for group in _authors(page, stories) if group),
        tuple(_published(stories)),
    )


# Linked data ----------------------------------------------------------------------------------


def _stories(page: Page) -> Iterator[dict[str, Any]]:
    """The nodes of the page's linked data that are stories, with their people looked up."""
    for fact in page.facts:
        if fact.name != "json-ld":
            continue
        data = _parsed(fact.value)
        nodes = list(_nodes(data, 0))
        by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
        for node in nodes:
            if STORIES.search(_type(node)):
                yield _resolved(node, by_id)


def _parsed(value: str) -> Any:
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\]\]>)\s*$", "", value)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
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


def _headlines(page: Page, stories: Sequence[dict[str, Any]]) -> Iterator[Stated]:
    for story in stories:
        headline = _text(story.get("headline"))
        if headline:
            yield Stated(headline, "json-ld")
    for name in ("meta:og:title", "meta:twitter:title", "meta:dc.title", "meta:title"):
        yield from (Stated(f.text, name) for f in page.facts if f.name == name and f.text)
    if page.document_title:
        yield Stated(page.document_title, "title")


AUTHOR_FACTS = (
    "meta:author", "meta:article:author", "meta:parsely-author", "meta:sailthru.author",
    "meta:dc.creator", "meta:dcterms.creator", "meta:byl", "meta:twitter:data1",
)  # fmt: skip


def _authors(page: Page, stories: Sequence[dict[str, Any]]) -> Iterator[tuple[Stated, ...]]:
    for story in stories:
        names = [_text(a) for a in story["author"] if a]
        yield tuple(Stated(n, "json-ld") for n in names if _is_author(n))
    for name in AUTHOR_FACTS:
        stated = [f.text for f in page.facts if f.name == name]
        if name == "meta:twitter:data1" and not _signs_twitter(page):
            continue
        yield tuple(Stated(n, name) for n in stated if _is_author(n))


def _signs_twitter(page: Page) -> bool:
    labels = (f.text.lower() for f in page.facts if f.name == "meta:twitter:label1")
    return any("written" in text or "author" in text for text in labels)


def _is_author(name: str) -> bool:
    """Whether the words are a name and no address, account or address of a page."""
    return 1 < len(name) < 120 and not re.search(r"https?:|www\.|@|\badmin\b", name, re.I)


def _published(stories: Sequence[dict[str, Any]]) -> Iterator[Stated]:
    for key in ("datePublished", "dateCreated"):
        for story in stories:
            value = _text(story.get(key))
            if value:
                yield Stated(value, "json-ld")


# The headline and the names, weighed against what is printed ----------------------------------

SITE_TAIL = re.compile(r"\s+(?:[|·»•]|[-–—]{1,2}|::)\s+")
# Every stretch of parts is looked at; a title of more is no title, and costs the cube.
MAX_CUTS = 20


def headline(page: Page, printed: str | None, stated: Metadata) -> str | None:
    """The printed headline, unless two statements agree on another; else the best statement.

    A site's name behind the headline is dropped; a printed headline that one statement or none
    backs is still what readers saw.
    """
    if printed and _states_nothing(stated):
        return printed
    firsts = [b.text for b in page.blocks if b.heading_level == 1]
    said = [
        bare(s.value, [*firsts, *(o.value for o in stated.headlines if o is not s)])
        for s in stated.headlines
    ]
    best = max(firsts, key=lambda f: max((_shared(f, t) for t in said), default=0), default=None)
    heads = [h for h in (best, printed) if h]
    for head in heads:
        if _key(head) in map(_key, said):
            return head
    votes = [_key(t) for t in said]
    agreed = [t for t in said if _key(t) and votes.count(_key(t)) > 1]
    is_near = best is not None and max((_shared(best, t) for t in said), default=0) >= NEAR
    return next(iter([best] if is_near else agreed or heads or said), None)


# Words in common over all words: the same headline, worded anew for programs. Swept 0.3 to 0.75
# on the WCXB development pages: .878 .854 .844 .839 of titles equal.
NEAR = 0.3


def _shared(left: str, right: str) -> float:
    some, others = set(_key(left).split()), set(_key(right).split())
    return len(some & others) / max(1, len(some | others))


def bare(title: str, others: Sequence[str]) -> str:
    """The title without the site's name behind or before it.

    >>> bare("Talks Resume - The Courier", ["Talks resume"])
    'Talks Resume'
    """
    cuts = [m.span() for m in SITE_TAIL.finditer(title)]
    if len(cuts) > MAX_CUTS:
        return title
    parts = SITE_TAIL.split(title)
    known = {_key(o) for o in others}
    for start in range(len(parts)):
        for stop in range(len(parts), start, -1):
            low = cuts[start - 1][1] if start else 0
            high = cuts[stop - 1][0] if stop < len(parts) else len(title)
            if (start, stop) != (0, len(parts)) and _key(title[low:high]) in known:
                return title[low:high]
    if len(parts) > 1 and len(parts[-1].split()) <= 4 < len(title.split()):
        return title[: cuts[-1][0]]
    return title


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


MAX_NAME_WORDS = 5
NAMED = re.compile(r"\b(?:author|byline|writer|contributor)|(?:author|byline)\b")
NOT_NAMED = re.compile(
    r"comment|label|role|bio|avatar|date|time|share|social|title|related|desc|count|read"
)
LEADING = re.compile(
    r"^(?:(?:written|posted|published|reviewed|words|story|text|article)\s+)?(?:by|author)\b[\s:]*",
    re.I,
)
TRAILING = re.compile(
    r"\s*(?:[|•·]|\s[-–—]\s|,?\s+\d|\b(?:on|updated|published|posted)\b).*$", re.I
)
NO_NAME = re.compile(
    r"\b(?:the|about|edited|reviewed|contributors?|company|size|role|more)\b", re.I
)
FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:[ ,&]+(?:and )?[^\W\d_][\w.'’-]*){0,7}")


def byline(page: Page, printed: str | None, stated: Metadata) -> str | None:
    """The authors' names, "; " between them: as stated, as the page marks them, as printed.

    Pages that state nothing for programs print their bylines as newspapers do: these come first.
    """
    if stated.authors:
        return "; ".join(dict.fromkeys(s.value for s in stated.authors[0]))
    if printed and _states_nothing(stated):
        return printed
    return printed_author(page) or printed


def _states_nothing(stated: Metadata) -> bool:
    return all(s.method == "title" for s in stated.headlines)


def printed_author(page: Page) -> str | None:
    """The name in the first block that the page itself marks as its author's."""
    for block in page.blocks:
        text = block.text
        is_marked = NAMED.search(block.hints) and not NOT_NAMED.search(block.hints)
        is_signed = LEADING.match(text) and len(text) < 60 and not block.heading_level
        if len(text) > 90 or not (is_marked or is_signed):
            continue
        name = TRAILING.sub("", LEADING.sub("", text)).strip(" ,.:;|-")
        words = name.split()
        is_name = FULL_NAME.fullmatch(name) and name[:1].isupper() and not NO_NAME.search(name)
        if is_name and len(words) <= MAX_NAME_WORDS:
            return name
    return None
