"""Spans that do not slice to what a table says: one counterexample a kind of span."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from transforms import spans
from transforms.captures import Decoded
from transforms.schema import table_of, to_arrow
from transforms.tables import Article, Block, Capture, DateCandidate, Mention, Quotation, Rejection

SOURCE = "<h1>Ferry &amp; bridge</h1><p>On 3 May 1996 she said: “Never.”</p>"
BODY = "On 3 May 1996 she said: “Never.”"
DECODED = Decoded(SOURCE, "utf-8", "text/html")


def _rows() -> dict[type, list[Any]]:
    heading = SOURCE.index("Ferry")
    body = SOURCE.index("On 3")
    clue = DateCandidate(
        "a_1", 0, "event", dt.date(1996, 5, 3), None, "day", "explicit_date", None,
        "3 May 1996", "text", 1, 3, 13, True, "",
    )  # fmt: skip
    return {
        Capture: [
            Capture("c_1", "x.html", "x", "http://x/96/a", None, "text/html", "utf-8", 9, "ab", 1,
                    "article")
        ],
        Block: [
            Block("c_1", 0, heading, SOURCE.index("</h1>"), "Ferry & bridge", "title", "r", 0.0),
            Block("c_1", 1, body, SOURCE.index("</p>"), BODY, "body", "r", 0.0),
        ],
        Article: [
            Article("a_1", "c_1", "x", "http://x/96/a", None, None, None, "en", None, None, None,
                    None, None, None, None, 6, BODY, "")
        ],
        Mention: [Mention("a_1", 0, 8, "block", 8, 14, "bridge", None, "m", None)],
        Quotation: [Quotation("a_1", 25, 31, "Never.", 0, "direct", None, None, "said", "m")],
        DateCandidate: [
            clue,
            replace(clue, candidate_index=1, span_field="url", verbatim="96", char_start=9,
                    char_end=11),
            replace(clue, candidate_index=2, span_field="capture", verbatim="&amp;",
                    char_start=SOURCE.index("&"), char_end=SOURCE.index("&") + 5),
            replace(clue, candidate_index=3, span_field=None, verbatim=None, char_start=None,
                    char_end=None),
        ],
    }  # fmt: skip


def _tables(rows: Mapping[type, list[Any]]) -> dict[str, pa.Table]:
    return {table_of(record).name: to_arrow(record, found) for record, found in rows.items()}


def _found(record: type, index: int, **changed: object) -> list[spans.Mismatch]:
    rows = _rows()
    rows[record][index] = replace(rows[record][index], **changed)
    return list(spans.check(_tables(rows), {"c_1": DECODED}))


def test_a_release_whose_spans_all_slice_has_no_mismatch() -> None:
    tables = _tables(_rows())
    assert list(spans.check(tables, {"c_1": DECODED})) == []
    assert list(spans.strays(tables)) == []
    assert spans.part(tables, ["c_1"]) == tables


@pytest.mark.parametrize(
    ("record", "index", "changed", "span"),
    [
        (Block, 0, {"char_start": 5}, "[5:22] of the capture"),
        (Block, 0, {"text": "Ferry & bridge!"}, "[4:22] of the capture"),
        (Block, 1, {"char_end": 999}, "[30:999] of the capture"),
        (Mention, 0, {"surface": "Bridge"}, "[8:14] of block 0"),
        (Mention, 0, {"block_start": 7}, "[7:13] of block 0"),
        (Mention, 0, {"char_end": 15}, "[8:15] of the block"),
        (Mention, 0, {"block_index": 7}, "block 7"),
        (Quotation, 0, {"char_start": 24}, "[24:31] of articles.text"),
        (Quotation, 0, {"char_start": -6, "char_end": 0}, "[-6:0] of articles.text"),
        (DateCandidate, 0, {"verbatim": "3 May 1997"}, "[3:13] of articles.text"),
        (DateCandidate, 0, {"span_field": "block", "block_index": 0}, "[3:13] of block 0"),
        (DateCandidate, 0, {"char_start": None}, "articles.text"),
        (DateCandidate, 1, {"char_start": 8}, "[8:11] of articles.url"),
        (DateCandidate, 2, {"verbatim": "&"}, "[10:15] of the capture"),
        (DateCandidate, 3, {"verbatim": "May"}, "no span"),
        (Capture, 0, {"charset": "cp1252"}, "whole capture"),
        (Article, 0, {"text_sha256": "", "text": BODY + "!"}, "the body blocks"),
    ],
)  # fmt: skip
def test_a_span_that_does_not_slice_is_told_by_table_key_and_span(
    record: type, index: int, changed: dict[str, Any], span: str
) -> None:
    found = _found(record, index, **changed)
    table = table_of(record)
    row = replace(_rows()[record][index], **changed)
    key = ", ".join(f"{name}={getattr(row, name)}" for name in table.key)
    assert (table.name, key, span) in [(m.table_name, m.key, m.span) for m in found]
    assert {m.table_name for m in found} == {table.name}


def test_blocks_that_overlap_cannot_give_the_capture_back() -> None:
    found = _found(Block, 1, char_start=20)
    assert "begins before 22, where the block above ends" in [m.problem for m in found]


def test_a_capture_that_is_decoded_no_more_is_a_mismatch_and_one_left_out_is_not() -> None:
    tables = _tables(_rows())
    rejection = Rejection("c_1", "captures", "not_text", "half of it is control characters")
    (found,) = spans.check(tables, {"c_1": rejection})
    assert found.table_name == "captures"
    assert found.problem.endswith("half of it is control characters")
    assert list(spans.check(tables, {})) == []


def test_a_row_of_no_article_is_a_stray() -> None:
    rows = _rows()
    rows[Mention] = [replace(rows[Mention][0], article_id="a_2")]
    (found,) = spans.strays(_tables(rows))
    assert (found.table_name, found.problem) == ("mentions", "its article_id is not in articles")
