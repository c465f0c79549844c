"""Exports: a release as Parquet, CSV that is safe in a spreadsheet, or an SQLite file to browse."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.parquet as pq

from flows import publish, store
from flows.ask import csv_value, plain
from flows.endings import told
from flows.errors import ReaderError
from flows.settings import from_options
from transforms import editions
from transforms.schema import Table
from transforms.tables import RELEASED

FORMATS = ("parquet", "csv", "sqlite")
BATCH_ROWS = 10_000
COPIED = ("README.md", "CHANGELOG.md", "CITATION.cff")
SQL_TYPES = {"int64": "INTEGER", "bool": "INTEGER", "double": "REAL"}


class ExportError(ReaderError):
    """An export that cannot be written; says why and what to do."""


def export(
    dest: str,
    warehouse: str,
    *,
    version: str | None,
    form: str,
    edition: str,
    quotation_characters: int,
) -> None:
    """Writes the release to DEST in this form and says what is there; refuses what is not empty."""
    with told():
        release = publish.find(from_options(warehouse=warehouse).releases, version)
        place = Path(dest).absolute()
        write(release, place, form, edition, quotation_characters)
    click.echo(f"{place}: release {release.name}, edition {edition}, {form}")


def write(
    release: Path,
    place: Path,
    form: str = "parquet",
    edition: str = editions.FULL,
    quotation_characters: int = editions.QUOTATION_CHARACTERS,
) -> None:
    """Writes the release there, whole or not at all."""
    if place.exists() and (place.is_file() or any(place.iterdir())):
        raise ExportError(f"{place} is there already: name a new file or folder")
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = store.unfinished(place.parent)
    try:
        if form == "sqlite":
            _sqlite(release, draft, edition, quotation_characters)
        else:
            draft.mkdir()
            for table in RELEASED:
                batches = _batches(release, table, edition, quotation_characters)
                (_parquet if form == "parquet" else _csv)(draft, table, batches)
            _texts(release, draft, edition, form)
        if place.is_dir():
            place.rmdir()
        draft.rename(place)
    finally:
        store.remove(draft)


def _batches(
    release: Path, table: Table, edition: str, quotation_characters: int
) -> Iterator[pa.Table]:
    """The rows of a table some at a time; at least one table, empty where there are none."""
    with pq.ParquetFile(release / f"{table.name}.parquet") as file:
        count = 0
        for batch in file.iter_batches(BATCH_ROWS):
            count += 1
            data = pa.Table.from_batches([batch]).replace_schema_metadata(
                file.schema_arrow.metadata
            )
            yield _edited(table, data, edition, quotation_characters)
        if not count:
            yield _edited(table, file.schema_arrow.empty_table(), edition, quotation_characters)


def _edited(table: Table, data: pa.Table, edition: str, quotation_characters: int) -> pa.Table:
    if edition == editions.FULL:
        return data
    return editions.facts(table.name, data, quotation_characters)


def _parquet(draft: Path, table: Table, batches: Iterator[pa.Table]) -> None:
    first = next(batches)
    with pq.ParquetWriter(
        draft / f"{table.name}.parquet", first.schema, compression="zstd"
    ) as file:
        file.write_table(first)
        for batch in batches:
            file.write_table(batch.cast(first.schema))


def _csv(draft: Path, table: Table, batches: Iterator[pa.Table]) -> None:
    path = draft / f"{table.name}.csv"
    # With a mark of the encoding: without it Excel reads UTF-8 as something else.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([c.name for c in table.columns])
        for batch in batches:
            names = batch.column_names
            writer.writerows([csv_value(row[n]) for n in names] for row in batch.to_pylist())


def _sqlite(release: Path, draft: Path, edition: str, quotation_characters: int) -> None:
    connection = sqlite3.connect(draft)
    try:
        for table in RELEASED:
            _sqlite_table(connection, table)
            for batch in _batches(release, table, edition, quotation_characters):
                marks = ", ".join("?" * len(batch.column_names))
                rows = ([_sqlite_value(v) for v in row.values()] for row in batch.to_pylist())
                connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
        connection.commit()
    finally:
        connection.close()


def _sqlite_table(connection: sqlite3.Connection, table: Table) -> None:
    columns = [f'"{c.name}" {SQL_TYPES.get(str(c.type), "TEXT")}' for c in table.columns]
    # SQLite takes nulls in a primary key for different values, so such a key is only an index.
    key = _names(table.key)
    if not any(table.column(name).is_nullable for name in table.key):
        columns.append(f"PRIMARY KEY ({key})")
    for column in table.columns:
        if column.references:
            target, _, field = column.references.partition(".")
            columns.append(f'FOREIGN KEY ("{column.name}") REFERENCES "{target}" ("{field}")')
    connection.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
    for column in table.columns:
        if column.references and column.name != table.key[0]:
            index = f"{table.name}_{column.name}"
            connection.execute(f'CREATE INDEX "{index}" ON "{table.name}" ("{column.name}")')


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _sqlite_value(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, default=plain)
    return plain(value) if isinstance(value, dt.date | dt.datetime) else value


def _texts(release: Path, draft: Path, edition: str, form: str) -> None:
    """The card and its companions, and which edition of which release this is."""
    for name in COPIED:
        path = release / name
        if path.is_file():
            (draft / name).write_bytes(path.read_bytes())
    manifest = publish.read_manifest(release)
    said = {
        "release": manifest["version"],
        "edition": edition,
        "form": form,
        "manifest_sha256": publish.sha256(release / publish.MANIFEST),
    }
    (draft / "edition.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
