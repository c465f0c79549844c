"""Statements: what a page says of itself outside its visible text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from transforms.blocks.pages import PageFact, trim
from transforms.text import fold_space

# Neither reads on over the next "<": a page of a hundred thousand open tags would take hours.
FACT_TAG = re.compile(
    r"<(?=[hlmtHLMT])(?i:(meta|link|time|html))\b(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
)
ATTRIBUTE = re.compile(r"([\w:.-]+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
LINKED_DATA = re.compile(
    r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>(.*?)(?:</script\s*>|\Z)", re.S | re.I
)


def facts(text: str) -> Iterator[PageFact]:
    for match in FACT_TAG.finditer(text):
        tag = match.group(1).lower()
        if tag == "link" and "canonical" not in match.group().lower():
            continue  # most links name styles and icons
        spans = {
            a.group(1).lower(): a.span(a.lastindex or 0)
            for a in ATTRIBUTE.finditer(text, match.start(), match.end())
        }
        yield from _facts(tag, spans, text)
    for match in LINKED_DATA.finditer(text):
        yield PageFact("json-ld", match.group(1), match.start(1), match.end(1))


def _facts(tag: str, spans: dict[str, tuple[int, int]], text: str) -> Iterator[PageFact]:
    """What an element states, by the spans of its attributes' values."""

    def value(key: str) -> str:
        start, end = spans.get(key, (0, 0))
        return text[start:end].strip().lower()

    if tag == "meta":
        keys = ("name", "property", "http-equiv", "itemprop")
        stated = [(f"meta:{value(key)}", "content") for key in keys if value(key)]
    elif tag == "link":
        stated = [("link:canonical", "href")] if value("rel") == "canonical" else []
    elif tag == "time":
        stated = [("time:datetime", "datetime")]
    else:
        stated = [("html:lang", "lang"), ("html:lang", "xml:lang")]
    for name, key in stated:
        start, end = trim(text, *spans.get(key, (0, 0)))
        if start < end:
            yield PageFact(name, text[start:end], start, end)


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
