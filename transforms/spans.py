"""Spans: whether every value that quotes a capture is found where it says, to the character.

Blocks are held against the decoded captures, and mentions, quotations and date clues against
the blocks, the article's text, the capture or the address, whichever their span is counted in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from transforms.blocks import render
from transforms.captures import Decoded
from transforms.schema import from_arrow, table_of
from transforms.tables import Article, Block, Capture, DateCandidate, Mention, Quotation
from transforms.tables import Rejection as Rejected

Row = TypeVar("Row")
READ: tuple[type, ...] = (Capture, Block, Article, Mention, Quotation, DateCandidate)
SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One value that is not what its span slices to."""

    table_name: str
    key: str
    span: str
    problem: str


@dataclass(frozen=True, slots=True)
class _Held:
    """What the spans of one capture are counted in."""

    url: str | None
    decoded: Decoded | None  # None: not there to be read again
    blocks: dict[int, Block] = field(default_factory=dict)


def part(tables: Mapping[str, pa.Table], capture_ids: Sequence[str]) -> dict[str, pa.Table]:
    """The rows of those captures and of their articles, of every table that `check` reads."""
    wanted = pa.array(capture_ids, pa.string())
    found = {
        name: tables[name].filter(pc.is_in(tables[name]["capture_id"], wanted))
        for name in ("captures", "blocks", "articles")
    }
    articles = found["articles"]["article_id"].combine_chunks()
    for name in ("mentions", "quotations", "date_candidates"):
        found[name] = tables[name].filter(pc.is_in(tables[name]["article_id"], articles))
    return found


def strays(tables: Mapping[str, pa.Table]) -> Iterator[Mismatch]:
    """The rows that `part` gives to no capture: their capture or article is not in the release."""
    for record in READ[1:]:
        table = table_of(record)
        owner = "articles" if table.key[0] == "article_id" and record is not Article else "captures"
        column = "article_id" if owner == "articles" else "capture_id"
        known = tables[owner][column].combine_chunks()
        lost = tables[table.name].filter(pc.invert(pc.is_in(tables[table.name][column], known)))
        lost_rows: list[object] = from_arrow(record, lost)
        for row in lost_rows:
            yield _mismatch(row, "whole row", f"its {column} is not in {owner}")


def check(
    tables: Mapping[str, pa.Table], decoded: Mapping[str, Decoded | Rejected | None]
) -> Iterator[Mismatch]:
    """Every mismatch of the tables with the captures, by table and key.

    `decoded` has the decoded text of each capture by its id, or the reason why it has none;
    of a capture it leaves out (None) only what is counted in released text is checked.
    """
    held: dict[str, _Held] = {}
    for capture in _rows(Capture, tables):
        text = decoded.get(capture.capture_id)
        yield from _captures(capture, text)
        held[capture.capture_id] = _Held(capture.url, text if isinstance(text, Decoded) else None)
    yield from _blocks(_rows(Block, tables), held)
    articles = {a.article_id: a for a in _rows(Article, tables)}
    yield from _articles(list(articles.values()), held)
    for quotation in _rows(Quotation, tables):
        whole = articles[quotation.article_id].text
        yield from _slice(quotation, "articles.text", whole, quotation.text)
    for mention in _rows(Mention, tables):
        yield from _mentions(mention, articles[mention.article_id], held)
    for clue in _rows(DateCandidate, tables):
        yield from _dates(clue, articles[clue.article_id], held)


def _rows(record: type[Row], tables: Mapping[str, pa.Table]) -> list[Row]:
    return from_arrow(record, tables[table_of(record).name])


def _captures(capture: Capture, text: Decoded | Rejected | None) -> Iterator[Mismatch]:
    if isinstance(text, Rejected) and capture.outcome == "article":
        yield _mismatch(capture, "whole capture", f"cannot be decoded: {text.detail}")
    if isinstance(text, Decoded):
        found, said = (text.charset, text.media_type), (capture.charset, capture.media_type)
        if found != said:
            yield _mismatch(capture, "whole capture", f"is read as {found}, not as {said}")


def _blocks(rows: Sequence[Block], held: Mapping[str, _Held]) -> Iterator[Mismatch]:
    """Law 2: spans in order, none overlapping; and each slice reads as the block's text."""
    end, capture_id = 0, None
    for block in sorted(rows, key=lambda b: (b.capture_id, b.block_index)):
        place = held[block.capture_id]
        place.blocks[block.block_index] = block
        if block.capture_id != capture_id:
            end, capture_id = 0, block.capture_id
        span = f"[{block.char_start}:{block.char_end}] of the capture"
        if not end <= block.char_start <= block.char_end:
            yield _mismatch(block, span, f"begins before {end}, where the block above ends")
        end = max(end, block.char_end)
        if place.decoded is None:
            continue
        if block.char_end > len(place.decoded.text):
            yield _mismatch(block, span, f"the capture has {len(place.decoded.text)} characters")
            continue
        source = place.decoded.text[block.char_start : block.char_end]
        yield from _compared(block, span, render(source, place.decoded.media_type), block.text)


def _articles(rows: Sequence[Article], held: Mapping[str, _Held]) -> Iterator[Mismatch]:
    for article in rows:
        blocks = held[article.capture_id].blocks
        own = (b for _, b in sorted(blocks.items()) if (b.item_index or 0) == article.item_index)
        body = "\n\n".join(b.text for b in own if b.label == "body")
        yield from _compared(article, "the body blocks", body, article.text)


def _mentions(row: Mention, article: Article, held: Mapping[str, _Held]) -> Iterator[Mismatch]:
    block = held[article.capture_id].blocks.get(row.block_index)
    if block is None:
        yield _mismatch(row, f"block {row.block_index}", "the capture has no such block")
        return
    span = (row.block_start, row.block_start + len(row.surface))
    yield from _sliced(row, f"block {row.block_index}", block.text, span, row.surface)
    whole = article.text if row.span_field == "text" else block.text
    yield from _slice(row, _field(row.span_field), whole, row.surface)


def _dates(row: DateCandidate, article: Article, held: Mapping[str, _Held]) -> Iterator[Mismatch]:
    """A clue that was read from characters quotes them; one from no characters has no span."""
    place = held[article.capture_id]
    if row.span_field is None or row.verbatim is None:
        if row.span_field or row.verbatim:
            yield _mismatch(row, "no span", "has characters without a span, or the reverse")
        return
    if row.span_field == "block":
        block = place.blocks.get(-1 if row.block_index is None else row.block_index)
        if block is None:
            yield _mismatch(row, f"block {row.block_index}", "the capture has no such block")
            return
        yield from _slice(row, f"block {row.block_index}", block.text, row.verbatim)
    elif row.span_field == "url":
        yield from _slice(row, "articles.url", article.url or "", row.verbatim)
    elif row.span_field == "text":
        yield from _slice(row, "articles.text", article.text, row.verbatim)
    elif place.decoded is not None:
        yield from _slice(row, "the capture", place.decoded.text, row.verbatim)


def _slice(
    row: Mention | Quotation | DateCandidate, where: str, whole: str, said: str
) -> Iterator[Mismatch]:
    if row.char_start is None or row.char_end is None:
        yield _mismatch(row, where, "has characters without a span")
        return
    yield from _sliced(row, where, whole, (row.char_start, row.char_end), said)


def _sliced(
    row: object, where: str, whole: str, span: tuple[int, int], said: str
) -> Iterator[Mismatch]:
    shown = f"[{span[0]}:{span[1]}] of {where}"
    if not 0 <= span[0] <= span[1] <= len(whole):
        yield _mismatch(row, shown, f"there are {len(whole)} characters")
        return
    yield from _compared(row, shown, whole[span[0] : span[1]], said)


def _compared(row: object, span: str, found: str, said: str) -> Iterator[Mismatch]:
    if found != said:
        at = next((i for i, (f, s) in enumerate(zip(found, said, strict=False)) if f != s), None)
        at = max(0, (min(len(found), len(said)) if at is None else at) - SHOWN_CHARACTERS // 2)
        there, here = (repr(t[at : at + SHOWN_CHARACTERS]) for t in (found, said))
        yield _mismatch(row, span, f"reads {there}, the table says {here}")


def _mismatch(row: object, span: str, problem: str) -> Mismatch:
    table = table_of(type(row))
    key = ", ".join(f"{name}={getattr(row, name)}" for name in table.key)
    return Mismatch(table.name, key, span, problem)


def _field(span_field: str) -> str:
    return "articles.text" if span_field == "text" else "the block"
