"""JSON Lines and Parquet: the columns of crawls and datasets, and lines that are none."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.flows.sources.conftest import Read

TIME = dt.datetime(2003, 5, 4, 10, tzinfo=dt.UTC)
ROWS = [
    {"url": "http://a.example/1", "html": "<p>one</p>", "captured_at": "2003-05-04T10:00:00Z"},
    {"url": "http://a.example/2", "html": None, "text": "two", "captured_at": "20030504100000"},
    {"url": "http://a.example/3", "html": "drei: ü", "captured_at": 1052042400},
]


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.ndjson.gz"])
def test_every_line_is_a_capture(read: Read, tmp_path: Path, name: str) -> None:
    data = "".join(f"{json.dumps(row)}\n" for row in ROWS).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    found, _ = read(tmp_path)
    assert [raw.payload for raw in found] == [b"<p>one</p>", b"two", "drei: ü".encode()]
    assert [raw.url for raw in found] == [row["url"] for row in ROWS]
    assert [raw.captured_at for raw in found] == [TIME] * 3
    assert [raw.member for raw in found] == ["1", "2", "3"]


def test_every_row_of_a_parquet_file_is_a_capture(read: Read, tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": [1, 2],
            "URI": ["x", "y"],
            "uri": ["http://a.example/1", "http://a.example/2"],
            "timestamp": pa.array([TIME, TIME], pa.timestamp("ms", tz="Europe/Moscow")),
            "body": pa.array([b"<p>\xff</p>", b"two"], pa.binary()),
        }
    )
    pq.write_table(table, tmp_path / "pages.parquet")
    found, _ = read(tmp_path)
    assert [(raw.payload, raw.url, raw.captured_at) for raw in found] == [
        (b"<p>\xff</p>", "http://a.example/1", TIME),
        (b"two", "http://a.example/2", TIME),
    ]


def test_a_line_that_is_no_row_costs_itself(read: Read, tmp_path: Path) -> None:
    lines = [json.dumps(ROWS[0]), "{broken", "[1]", "", json.dumps(ROWS[2])]
    (tmp_path / "x.jsonl").write_text("\n".join(lines))
    found, _ = read(tmp_path)
    assert [raw.payload is not None for raw in found] == [True, False, False, True]
    assert [raw.member for raw in found] == ["1", "2", "3", "5"]


def test_a_line_over_the_limit_is_not_held(read: Read, tmp_path: Path) -> None:
    rows = [{"html": "x" * 2_000_000}, {"html": "x" * 1500}, {"html": "short"}]
    (tmp_path / "x.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    found, _ = read(tmp_path, capture_bytes=1000)
    assert [raw.trouble and raw.trouble[0] for raw in found] == ["too_large", "too_large", None]


def test_rows_without_pages_say_what_they_have(read: Read, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"name": "no page", "id": 7}\n')
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "a.txt").write_text("a page")
    found, told = read(tmp_path)
    assert [raw.source_uri for raw in found if raw.trouble] == ["broken.parquet", "x.jsonl"]
    assert [raw.payload for raw in found if not raw.trouble] == [b"a page"]
    assert any("x.jsonl has no column of HTML or text" in line for line in told)
    assert any("broken.parquet is damaged" in line for line in told)
