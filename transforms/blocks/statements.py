"""Statements: what a page says of itself outside its visible text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from transforms.blocks.mended import trim
from transforms.blocks.pages import PageFact
from transforms.text import fold_space

# Neither reads on over the next "<": a page of a hundred thousand open tags would take hours.
FACT_TAG = re.compile(r"<(meta|link|time|html)\b(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>", re.I)
ATTRIBUTE = re.compile(r"([\w:.-]+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
LINKED_DATA = re.compile(
    r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>(.*?)(?:</script\s*>|\Z)", re.S | re.I
)


def facts(text: str) -> Iterator[PageFact]:
    for match in FACT_TAG.finditer(text):
        attributes = {
            a.group(1).lower(): trim(text, *(match.start() + at for at in a.span(a.lastindex or 0)))
            for a in ATTRIBUTE.finditer(match.group())
        }
        yield from _fact(match.group(1).lower(), attributes, text)
    for match in LINKED_DATA.finditer(text):
        yield PageFact("json-ld", match.group(1), match.start(1), match.end(1))


# What pages wrap linked data in, and commas behind the last value of a list.
OPENING = re.compile(r"\s*(?:/\*.*?\*/|(?://\s*)?(?:<!--|<!\[CDATA\[))")
CLOSING = re.compile(r"(?:/\*[^*]*\*/|(?://\s*)?(?:\]\]>|-->))\Z")
LONGEST_CLOSING = 20
LAST_COMMA = re.compile(r",(\s*+[}\]])")


def linked_data(script: str) -> object:
    """The linked data (JSON-LD) of a script as Python values; None where it cannot be read."""
    bare = script.strip()
    opened = OPENING.match(bare)
    closed = CLOSING.search(bare, max(0, len(bare) - LONGEST_CLOSING))
    bare = bare[opened.end() if opened else 0 : closed.start() if closed else None]
    bare = bare.strip().rstrip(";")
    for text in (bare, LAST_COMMA.sub(r"\1", bare)):
        try:
            parsed: object = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        return parsed
    return None


def _fact(tag: str, attributes: dict[str, tuple[int, int]], text: str) -> Iterator[PageFact]:
    def value(key: str) -> str:
        start, end = attributes.get(key, (0, 0))
        return text[start:end]

    def named(name: str, key: str) -> Iterator[PageFact]:
        if value(key):
            yield PageFact(name, value(key), *attributes[key])

    if tag == "html":
        yield from named("html:lang", "lang")
        yield from named("html:lang", "xml:lang")
    elif tag == "time":
        yield from named("time:datetime", "datetime")
    elif tag == "link" and value("rel").lower() == "canonical":
        yield from named("link:canonical", "href")
    elif tag == "meta":
        for key in ("name", "property", "http-equiv", "itemprop"):
            if value(key):
                yield from named(f"meta:{value(key).lower()}", "content")


# Two patterns: one would read a page of open titles to its end for each of them.
TITLE = re.compile(r"<title\b[^<>]{0,300}>", re.I)
TITLE_END = re.compile(r"</title\s*+>", re.I)


def document_title(text: str) -> str | None:
    """The text of the page's title element, None where it has none."""
    start = TITLE.search(text)
    end = TITLE_END.search(text, start.end()) if start else None
    if start is None or end is None:
        return None
    return fold_space(html.unescape(text[start.end() : end.start()])) or None
