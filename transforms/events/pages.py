"""Pages: the parts of one story that its site printed on several pages.

One title on one site, and either addresses that differ by the number of the page alone, or lines
that say which page of how many each is. A title alone would join the parts of a series.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from transforms.text import fold

PAGE = "page"
# More pages than this are numbers of articles.
MOST_PAGES = 30
QUERY = re.compile(r"(?<=[?&])(?:page|pg|p|pagenum|pagenumber|seite)=(\d{1,2})(?:&|$)", re.I)
PATH = re.compile(r"/(?:page|p|pg|seite)[-_/]?(\d{1,2})(?=/?$|\.\w+$)", re.I)
ENDING = re.compile(
    r"(?:[-_.,]|(?<=[a-z])(?:p|page|pg))(?:p|page|pg)?(\d{1,2})(?=\.\w{2,5}$|/?$)", re.I
)
PRINTED = r"(?i)^\W*page\s+\d{1,2}\s*(?:of|/)\s*\d{1,2}\b"
PRINTED_NUMBERS = re.compile(r"page\s+(\d{1,2})\s*(?:of|/)\s*(\d{1,2})", re.I)
TITLE_MARK = re.compile(
    r"\W*(?:\b(?:page|part|pg\.?)\s*\d{1,2}(?:\s*(?:of|/)\s*\d{1,2})?|\bcontinued"
    r"|\(\d{1,2}/\d{1,2}\))\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One article that may be a page of a story: which page, of what address or how many."""

    article_id: str
    number: int
    address: str | None
    count: int | None
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One later page of a story with its first, and why they are."""

    first: str
    later: str
    reason: str


def find(articles: pa.Table, blocks: pa.Table) -> list[Leaf]:
    """The later pages of all stories, each with the first."""
    printed = _printed(blocks)
    groups: dict[tuple[str, str], list[Part]] = defaultdict(list)
    columns = ("article_id", "capture_id", "site_id", "title", "url", "published_at")
    for article, capture, site, title, url, published in zip(
        *(articles.column(c).to_pylist() for c in columns), strict=True
    ):
        name = fold(TITLE_MARK.sub("", title or ""))
        if name:
            address, number = numbered(url or "")
            told = printed.get(capture)
            part = Part(
                article,
                told[0] if told else number or 1,
                address if url else None,
                told[1] if told else None,
                published.date() if published else None,
            )
            groups[site, name].append(part)
    return [leaf for parts in groups.values() if len(parts) > 1 for leaf in _leaves(parts)]


def _leaves(parts: list[Part]) -> Iterator[Leaf]:
    by_mark: dict[str, list[Part]] = defaultdict(list)
    for part in sorted(parts, key=lambda p: (p.number, p.article_id)):
        if part.count is not None:
            by_mark[f"each says which page of {part.count} it is"].append(part)
        elif part.address is not None:
            by_mark[f"their addresses differ by the page alone: {part.address}"].append(part)
    for why, found in by_mark.items():
        first = found[0]
        # Without a first page the numbers are those of a series.
        for part in found[1:] if first.number == 1 else ():
            is_other_day = first.day and part.day and first.day != part.day
            if part.number != 1 and not is_other_day:
                reason = f"pages 1 and {part.number} of one story: one title, and {why}"
                yield Leaf(first.article_id, part.article_id, reason)


def numbered(url: str) -> tuple[str, int | None]:
    """The address without the number of its page, and that number; None where it has none.

    >>> numbered("http://x/a/story.html?page=2&ref=1"), numbered("http://x/a/story_3.html")
    (('http://x/a/story.html?ref=1', 2), ('http://x/a/story.html', 3))
    """
    for pattern in (QUERY, PATH, ENDING):
        found = pattern.search(url)
        if found and 0 < int(found.group(1)) <= MOST_PAGES:
            rest = url[: found.start()] + url[found.end() :]
            return rest.rstrip("?&/"), int(found.group(1))
    return url.rstrip("?&/"), None


def _printed(blocks: pa.Table) -> Mapping[str, tuple[int, int]]:
    """Which page of how many each capture says it is."""
    told = blocks.filter(pc.match_substring_regex(blocks.column("text"), PRINTED))
    found: dict[str, tuple[int, int]] = {}
    columns = (told.column(c).to_pylist() for c in ("capture_id", "text"))
    for capture, text in zip(*columns, strict=True):
        numbers = PRINTED_NUMBERS.search(text)
        if numbers and int(numbers.group(1)) <= int(numbers.group(2)) <= MOST_PAGES:
            found.setdefault(capture, (int(numbers.group(1)), int(numbers.group(2))))
    return found
