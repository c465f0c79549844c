"""What a batch becomes on its way: one Arrow file a table, and all batches' files as one table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from flows import store
from transforms.schema import column, conform, from_arrow, record, table_of, to_arrow

Row = TypeVar("Row")

# Beside its tables: the captures that a part is of.
OWNED, OWNER = "owners.arrow", "capture_id"


@record("applications", key=("correction_id", "target"), is_released=False)
class Application:
    """One value that a correction changed."""

    correction_id: str = column("The correction.")
    target: str = column("The capture it changed.")


class Part:
    """The tables that one batch of captures becomes, as Arrow files."""

    def __init__(self, work: Path, batch: Path) -> None:
        self._folder = work / "parts" / batch.stem

    def write(self, record_type: type[Row], rows: Iterable[Row]) -> None:
        """Writes the rows as the part of that table."""
        store.write_arrow(self._path(record_type), to_arrow(record_type, rows))

    def write_owners(self, ids: Iterable[str]) -> None:
        """Says which captures the batch is of, also of those that yield no row."""
        store.write_arrow(self._folder / OWNED, pa.table({OWNER: pa.array(ids, pa.string())}))

    def read(self, record_type: type[Row]) -> list[Row]:
        """The rows of the part of that table."""
        return from_arrow(record_type, store.read_arrow(self._path(record_type)))

    def add(self, record_type: type[Row], rows: Iterable[Row]) -> None:
        """Adds rows to those that an earlier stage wrote; twice gives the same."""
        rows = list(rows)
        known = [r for r in self.read(record_type) if r not in rows]
        self.write(record_type, [*known, *rows])

    def _path(self, record_type: type) -> Path:
        return self._folder / f"{table_of(record_type).name}.arrow"


def gathered(work: Path, record_type: type) -> pa.Table:
    """All batches' parts of a table as one."""
    table = table_of(record_type)
    parts = sorted((work / "parts").glob(f"*/{table.name}.arrow"))
    read = [store.read_arrow(p) for p in parts]
    return conform(record_type, pa.concat_tables([table.schema.empty_table(), *read]))
