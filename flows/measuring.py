"""Measures a release that is being made: on its own tables, and against a truth at hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from flows import store
from transforms.quality import Quality, measure
from transforms.schema import from_arrow, table_of, to_arrow

QUALITY = table_of(Quality)
TABLES = (
    "captures", "coverage", "events", "mentions", "pair_decisions", "quotations", "rejections",
    "validation_results",
)  # fmt: skip


def write_quality(
    folder: Path, before: Path | None, against_truth: Mapping[str, float | None]
) -> list[Quality]:
    """Writes quality.parquet of the release in `folder` beside the one before; returns its rows."""
    known = {row.measure: row.value for row in read_quality(before)} if before else {}
    with duckdb.connect() as connection:
        for name in TABLES:
            path = str(folder / f"{name}.parquet")
            connection.read_parquet(path, hive_partitioning=False).create_view(name)
        rows = sorted(measure(connection, against_truth, known), key=lambda row: row.measure)
    store.write_table(folder, QUALITY, to_arrow(Quality, rows))
    return rows


def read_quality(release: Path) -> list[Quality]:
    """The measures of a release; none where it is of an older version."""
    path = release / f"{QUALITY.name}.parquet"
    return from_arrow(Quality, pq.read_table(path, partitioning=None)) if path.is_file() else []
