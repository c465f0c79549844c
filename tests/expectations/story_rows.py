"""Captures, blocks, articles and date clues of the good release, under one mark."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

Rows = dict[str, list[dict[str, Any]]]

_LEAD = "Envoys met at Harrow on Monday, said Ada Lind of the Tern League. "
_SPEECH = '"We will sign," she said. "The text is ready."'


def mark(world: int) -> str:
    """The mark of one release among many: eight hexadecimal digits."""
    return f"f00d{world:04x}"


def make_id(prefix: str, number: int, world: int) -> str:
    """An id of the usual form."""
    return f"{prefix}_{number:012x}{mark(world)}"


def bodies(world: int) -> dict[int, tuple[str, str]]:
    """The two body blocks of each article: 1 and its reprint 2, 3 on the same event, 4 alone."""
    return {
        1: (f"{_LEAD}({mark(world)})", _SPEECH),
        2: (f"{_LEAD}({mark(world)}, agency)", _SPEECH),
        3: (f"Harrow talks end after 14 hours ({mark(world)}), Ada Lind told us.", "No more news."),
        4: (f"The Tern League ({mark(world)}) opens a school next year.", "It will be small."),
    }


def _site(number: int, world: int) -> str:
    return ("first", "first", "second", "third", "third", "third")[number - 1] + mark(world)


def captures(world: int) -> Rows:
    def capture(number: int) -> dict[str, Any]:
        is_article = number <= 4
        return {
            "capture_id": make_id("c", number, world),
            "source_uri": f"{_site(number, world)}/{number}.html",
            "site_id": _site(number, world),
            "url": f"http://{_site(number, world)}/1997/0{number}/story.html",
            "captured_at": dt.datetime(1998, 5, 1, 12, tzinfo=dt.UTC),
            "media_type": "text/html" if is_article else None,
            "charset": "utf-8" if is_article else None,
            "byte_count": 900,
            "sha256": hashlib.sha256(f"{number} {world}".encode()).hexdigest(),
            "file_count": 1,
            "outcome": "article" if is_article else "rejected",
            "is_mended": False,
            "damaged_count": 0,
            "licence": None,
            "is_invented": False,
            "member": None,
        }

    def rejection(number: int, stage: str, reason: str) -> dict[str, Any]:
        detail = f"0 of 900 bytes are a story ({mark(world)})"
        capture_id = make_id("c", number, world)
        return {"capture_id": capture_id, "stage": stage, "reason": reason, "detail": detail}

    def coverage(site: int, month: str | None, articles: int, rejections: int) -> dict[str, Any]:
        return {
            "site_id": _site(site, world),
            "month": month,
            "capture_count": articles + rejections,
            "article_count": articles,
            "rejection_count": rejections,
        }

    return {
        "captures": [capture(number) for number in range(1, 7)],
        "rejections": [rejection(5, "articles", "no_story"), rejection(6, "captures", "empty")],
        "coverage": [
            coverage(1, "1997-03", 2, 0),
            coverage(3, "1997-03", 1, 0),
            coverage(4, "1997-05", 1, 0),
            coverage(4, None, 0, 2),
        ],
    }


def title(number: int, world: int) -> str:
    return f"Ada Lind at Harrow, story {number} ({mark(world)})"


def stories(world: int) -> Rows:
    blocks, articles = [], []
    for number, parts in bodies(world).items():
        labelled = [
            ("furniture", f"Home | Sport | {mark(world)}"),
            ("title", title(number, world)),
            *(("body", body) for body in parts),
            ("credit", "Agency"),
        ]
        start = 10
        for index, (label, text) in enumerate(labelled):
            blocks.append(_block(number, index, start, label, text, world))
            start += len(text) + 5
        articles.append(_article(number, "\n\n".join(parts), world))
    blocks.append(_block(5, 0, 3, "furniture", "Search this site", world))
    return {"blocks": blocks, "articles": articles}


def _block(
    number: int, index: int, start: int, label: str, text: str, world: int
) -> dict[str, Any]:
    return {
        "capture_id": make_id("c", number, world),
        "block_index": index,
        "char_start": start,
        "char_end": start + len(text),
        "text": text,
        "label": label,
        "rule": "by hand",
        "site_share": 0.5 if label == "furniture" else 0.0,
        "repeats_block_index": 1 if label == "furniture" and number < 5 else None,
        "item_index": 0 if label == "body" else None,
    }


def _article(number: int, text: str, world: int) -> dict[str, Any]:
    is_dated = number in (1, 3)
    is_bracketed = number == 4
    is_document = number == 2
    return {
        "article_id": make_id("a", number, world),
        "capture_id": make_id("c", number, world),
        "site_id": _site(number, world),
        "url": f"http://{_site(number, world)}/1997/0{number}/story.html",
        "title": title(number, world),
        "byline": "B. Reporter",
        "dateline_place": None,
        "dateline_entity_id": make_id("n", 3, world) if number == 1 else None,
        "title_method": "printed",
        "byline_method": None,
        "item_index": 0,
        "language": "en",
        "published_at": dt.datetime(1997, 3, 4, 17, 21, tzinfo=dt.UTC)
        if number == 1
        else dt.datetime(1997, 3, 1, tzinfo=dt.UTC)
        if number == 3
        else None,
        "published_precision": {1: "minute", 3: "month"}.get(number),
        "published_method": {1: "printed", 3: "address"}.get(number),
        "event_date_start": dt.date(1997, 5, 1) if is_bracketed else dt.date(1997, 3, 3),
        "event_date_end": None if is_bracketed else dt.date(1997, 3, 3 if is_dated else 9),
        "event_date_precision": "day" if is_dated else "bracket",
        "event_date_method": "office" if is_bracketed else "weekday",
        "word_count": len(text.split()),
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "document_type": "statement" if is_document else None,
        "document_evidence": "it is called 'Statement'" if is_document else None,
        "report_kind": None if is_document else "report",
        "report_kind_evidence": None if is_document else "no sign that it explains",
    }


_CLUE_COLUMNS = (
    *("kind", "date_start", "date_end", "precision", "method"),
    *("span_field", "block_index", "char_start", "verbatim", "is_chosen"),
)
_NO_SPAN = (None, None, None, None)


def clues(world: int) -> list[dict[str, Any]]:
    """The date clues of all four articles, each with the span it was read from."""
    day, week_end, month = dt.date(1997, 3, 3), dt.date(1997, 3, 9), dt.date(1997, 3, 1)
    month_end, may = dt.date(1997, 3, 31), dt.date(1997, 5, 1)
    printed, updated = dt.date(1997, 3, 4), dt.date(2016, 7, 27)
    year, year_end = dt.date(1997, 1, 1), dt.date(1997, 12, 31)
    path = len(f"http://{_site(3, world)}/")
    monday, name = ("text", None, 24, "Monday"), ("text", None, 37, "Ada Lind")
    rows = {
        1: [
            ("published", printed, printed, "minute", "printed", "capture", None, 5, "4.3.", True),
            ("event", day, day, "day", "weekday", *monday, True),
            ("event", None, month_end, "bracket", "office", *name, False),
            ("site", updated, updated, "day", "update", "block", 0, 0, "Home", False),
        ],
        2: [("event", day, week_end, "bracket", "weekday", *monday, True)],
        3: [
            ("published", month, month_end, "month", "url", "url", None, path, "1997/03", True),
            ("event", day, day, "day", "weekday", *_NO_SPAN, True),
        ],
        4: [
            ("event", may, None, "bracket", "office", "block", 2, 4, "Tern League", True),
            ("event", year, year_end, "year", "relative", *_NO_SPAN, False),
        ],
    }
    return [
        _clue(make_id("a", number, world), index, dict(zip(_CLUE_COLUMNS, values, strict=True)))
        for number, clues in rows.items()
        for index, values in enumerate(clues)
    ]


def _clue(article_id: str, index: int, values: dict[str, Any]) -> dict[str, Any]:
    start, verbatim = values["char_start"], values["verbatim"]
    return {
        **values,
        "article_id": article_id,
        "candidate_index": index,
        "timeline_id": None,
        "char_end": None if verbatim is None else start + len(verbatim),
        "reason": "narrowest" if values["is_chosen"] else "wider than another",
    }
