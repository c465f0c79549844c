"""Compares two releases in SQL over their files: rows that differ, and the cause of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows import digests, store
from transforms import changes
from transforms.authority import Authority
from transforms.changes.inputs import Input, inputs
from transforms.schema import Table, table_of, to_arrow
from transforms.tables import RELEASED

INPUTS = table_of(Input)
CHANGES = table_of(changes.Change)
# What one comparison may hold in memory; DuckDB spills what goes beyond.
MEMORY = "1GB"
BATCH_ROWS = 50_000

# The functions whose code, rules and weights make the rows of a release, by stage.
STAGES: Mapping[str, tuple[str, ...]] = {
    "captures": ("transforms.captures", "decode"),
    "blocks": ("transforms.blocks", "cut"),
    "furniture": ("transforms.furniture", "label"),
    "articles": ("transforms.articles", "compose"),
    "names": ("transforms.names", "find"),
    "disambiguation": ("transforms.names.resolution", "resolve"),
    "dates": ("transforms.dates", "date"),
    "quotations": ("transforms.quotations", "find"),
    "duplicates": ("transforms.duplicates", "compare"),
    "events": ("transforms.events", "link"),
}


def write_inputs(folder: Path, authority: Authority) -> None:
    """Writes what the release in `folder` rests on besides captures."""
    stages = {name: digests.of_code(*functions) for name, functions in STAGES.items()}
    store.write_table(folder, INPUTS, to_arrow(Input, inputs(authority, stages)))


def write_changes(old: Path | None, new: Path, version: str) -> None:
    """Writes changes.parquet of the release in `new` against the one before; none: no rows."""
    path = new / f"{CHANGES.name}.parquet"
    with pq.ParquetWriter(path, CHANGES.schema, compression="zstd") as file:
        if old is not None:
            with compared(old, new) as connection:
                for batch in _batches(connection, version):
                    file.write_table(pa.Table.from_batches([batch]).cast(CHANGES.schema))


@contextmanager
def compared(old: Path, new: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the table `changes` between the two releases."""
    both = {t.name: t for t in RELEASED if _has(old, t) and _has(new, t)}
    with duckdb.connect(config={"memory_limit": MEMORY}) as connection:
        for side, folder in (("old", old), ("new", new)):
            for table in both.values():
                connection.read_parquet(
                    str(folder / f"{table.name}.parquet"), hive_partitioning=False
                ).create_view(f"{side}_{table.name}")
            _view_inputs(connection, side, folder)
        changes.compare(connection, both)
        yield connection


def _has(folder: Path, table: Table) -> bool:
    return (folder / f"{table.name}.parquet").is_file()


def _view_inputs(connection: duckdb.DuckDBPyConnection, side: str, folder: Path) -> None:
    # A release from before inputs were kept: nothing of them is known to have changed.
    known = folder if _has(folder, INPUTS) else None
    if known is None:
        connection.register(f"{side}_inputs", INPUTS.schema.empty_table())
    else:
        connection.read_parquet(str(known / "inputs.parquet")).create_view(f"{side}_inputs")


def _batches(connection: duckdb.DuckDBPyConnection, version: str) -> Iterator[pa.RecordBatch]:
    quoted = "'" + version.replace("'", "''") + "'"
    query = f"select {quoted} as release, * from ({changes.ORDERED})"
    yield from connection.sql(query).to_arrow_reader(BATCH_ROWS)


def summary(release: Path) -> list[str]:
    """What changed and why, for a reader of the data: counts by cause, then events that moved."""
    path = str(release / f"{CHANGES.name}.parquet")
    with duckdb.connect() as connection:
        connection.read_parquet(path, hive_partitioning=False).create_view("changes")
        connection.read_parquet(
            str(release / "events.parquet"), hive_partitioning=False
        ).create_view("events")
        counted = connection.execute(changes.COUNTS).fetchall()
        moved = connection.execute(changes.MOVED).fetchall()
    lines = [f"- {count} rows: {cause}" for cause, count in counted]
    return [*lines, *map(changes.told, moved)]
