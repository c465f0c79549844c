"""Exports: no text leaves with the facts, spreadsheets calculate nothing, SQLite opens."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.sharing import export
from tests.expectations.release import good
from transforms import editions
from transforms.tables import RELEASED

COUNTS = {name: 3 * len(rows) for name, rows in good().items()}


def test_the_facts_hold_no_text_but_short_quotations(released: Path, tmp_path: Path) -> None:
    export.write(released, tmp_path / "facts", edition=editions.FACTS, quotation_characters=20)
    for table in RELEASED:
        rows = pq.read_table(tmp_path / "facts" / f"{table.name}.parquet")
        assert rows.num_rows == COUNTS.get(table.name, 0)
        assert rows.column_names == [c.name for c in table.columns]
    articles = pq.read_table(tmp_path / "facts" / "articles.parquet")
    assert articles["text"].null_count == articles.num_rows > 0
    assert articles["text_sha256"].null_count == 0
    assert pq.read_table(tmp_path / "facts" / "blocks.parquet")["text"].null_count > 0
    kept = pq.read_table(tmp_path / "facts" / "quotations.parquet")["text"].to_pylist()
    given = [row["text"] for row in good()["quotations"]]
    assert {t for t in kept if t} == {t for t in given if len(t) <= 20}
    assert all(
        pq.read_table(tmp_path / "facts" / "mentions.parquet")["char_end"][i].is_valid
        for i in range(COUNTS["mentions"])
    )
    said = json.loads((tmp_path / "facts" / "edition.json").read_text())
    assert (said["release"], said["edition"]) == ("1.0.0", "facts")


def test_a_quotation_of_just_the_length_stays() -> None:
    given = pa.table({"text": ["four", "fives", None]})
    assert editions.facts("quotations", given, 4)["text"].to_pylist() == ["four", None, None]


def test_the_full_edition_has_every_row_as_released(released: Path, tmp_path: Path) -> None:
    export.write(released, tmp_path / "full")
    for table in RELEASED:
        name = f"{table.name}.parquet"
        assert pq.read_table(tmp_path / "full" / name).equals(pq.read_table(released / name))


def test_csv_keeps_every_value_and_no_formula(released: Path, tmp_path: Path) -> None:
    export.write(released, tmp_path / "csv", "csv")
    with (tmp_path / "csv" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["event_id"] for r in rows] == [
        r["event_id"] for r in pq.read_table(released / "events.parquet").to_pylist()
    ]
    with (tmp_path / "csv" / "pair_decisions.csv").open(encoding="utf-8-sig") as file:
        assert not any(cell[:1] in ("=", "@", "+") for row in csv.reader(file) for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+49", "-x", "\tx", "\rx"])
def test_a_text_that_a_sheet_would_calculate_is_quoted(text: str) -> None:
    from flows.ask import csv_value

    assert csv_value(text) == f"'{text}"
    assert csv_value(f"a{text}") == f"a{text}"
    assert csv_value(-4) == -4


def test_sqlite_opens_in_datasette_with_its_keys(released: Path, tmp_path: Path) -> None:
    export.write(released, tmp_path / "news.db", "sqlite")
    done = subprocess.run(
        [sys.executable, "-m", "datasette", str(tmp_path / "news.db"), "--get",
         "/news/events.json?_shape=array"],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == COUNTS["events"]
    done = subprocess.run(
        [sys.executable, "-m", "datasette", str(tmp_path / "news.db"), "--get",
         "/news/mentions.json?_shape=array&_facet=entity_id"],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert json.loads(done.stdout)[0]["surface"]


def test_what_is_there_is_never_written_over(released: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.txt").write_text("keep")
    with pytest.raises(export.ExportError, match="is there already"):
        export.write(released, tmp_path / "mine")
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]
