"""One release as the site reads it: DuckDB over its Parquet files, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from flows.errors import ReaderError

Row = Mapping[str, Any]
Item = TypeVar("Item")
# What a worker may hold of a release; DuckDB spills what goes beyond.
MEMORY = "400MB"

# Made once a connection: what every page of events asks for.
PREPARED = """
create temp table pairs as
select p.article_id_l, p.article_id_r, p.relation, p.score, p.reason, p.shared_evidence,
    l.event_id as event_l, r.event_id as event_r
from pair_decisions as p
join event_reports as l on l.article_id = p.article_id_l
join event_reports as r on r.article_id = p.article_id_r;
"""


class Release:
    """The tables of a release, by name, and what its folder says of itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = folder.name
        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": MEMORY})
        # Times are UTC wherever the site is made.
        self._connection.execute("set timezone = 'UTC'")
        try:
            self.tables = frozenset(self._open())
        except duckdb.Error as error:
            raise ReaderError(f"release {self.version} cannot be read: {error}") from error
        self._is_prepared = False

    def __enter__(self) -> Release:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _open(self) -> Iterable[str]:
        for path in sorted(self.folder.iterdir()):
            if path.suffix == ".parquet":
                files = path
            elif path.is_dir() and any(path.glob("*.parquet")):
                files = path / "*.parquet"
            else:
                continue
            # A folder called `site_id=x` above the release is no column of it.
            self._connection.read_parquet(str(files), hive_partitioning=False).create_view(
                path.stem
            )
            yield path.stem

    def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries."""
        if not self._is_prepared and " pairs" in sql:
            self._connection.execute(PREPARED)
            self._is_prepared = True
        result = self._connection.execute(sql, list(parameters))
        names = [c[0] for c in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def groups(self, key: str, sql: str, *parameters: Any) -> dict[str, list[dict[str, Any]]]:
        """The rows of a query by the value of one column, in the order of the query."""
        by: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self.rows(sql, *parameters):
            by[row[key]].append(row)
        return by

    def value(self, sql: str, *parameters: Any) -> Any:
        """The one value of a query."""
        return next(iter(self.rows(sql, *parameters)[0].values()))

    def table(self, name: str) -> pa.Table:
        """A table as Arrow."""
        return self._connection.table(name).to_arrow_table()

    def ids(self, table: str, key: str) -> list[str]:
        """The keys of a table, in order."""
        return [row[key] for row in self.rows(f"select {key} from {table} order by 1")]

    def columns(self, table: str) -> frozenset[str]:
        """The columns of a table: older releases lack some."""
        return frozenset(row["column_name"] for row in self.rows(f"describe {table}"))

    def text(self, name: str) -> str:
        """A file of the release as text; empty where there is none."""
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def package(self) -> Mapping[str, Any]:
        """What datapackage.json says."""
        found: Mapping[str, Any] = json.loads(self.text("datapackage.json") or "{}")
        return found

    def digest(self) -> str:
        """SHA-256 of the manifest, hex: it stands for every byte of the release."""
        return hashlib.sha256(self.text("manifest.json").encode()).hexdigest()


def chunks(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """The items in runs of this size."""
    return [items[start : start + size] for start in range(0, len(items), size)]
