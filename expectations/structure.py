"""The structure of what was handed over, set beside what is declared, one row a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

import pyarrow as pa

from transforms.schema import Table
from transforms.tables import RELEASED

SCHEMA = pa.schema(
    [
        ("table_name", pa.string()),
        ("position", pa.int64()),
        ("is_there", pa.bool_()),
        ("declared_column", pa.string()),
        ("found_column", pa.string()),
        ("declared_type", pa.string()),
        ("found_type", pa.string()),
    ]
)


def structure(tables: Mapping[str, pa.Table], names: Iterable[str]) -> pa.Table:
    """Declared and found columns of the named tables; null: there is nothing to compare."""
    wanted = frozenset(names)
    rows = [
        row
        for declared in RELEASED
        if declared.name in wanted
        for row in _rows(declared, tables.get(declared.name))
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _rows(declared: Table, found: pa.Table | None) -> Iterator[dict[str, object]]:
    if found is None:
        yield {"table_name": declared.name, "position": 0, "is_there": False}
        return
    types = {field.name: field.type for field in found.schema}
    pairs = zip_longest(declared.columns, found.column_names)
    for position, (column, found_name) in enumerate(pairs):
        yield {
            "table_name": declared.name,
            "position": position,
            "is_there": True,
            "declared_column": column.name if column else "",
            "found_column": found_name or "",
            "declared_type": str(column.type) if column else None,
            "found_type": _type_name(types.get(column.name), column.type) if column else None,
        }


def _type_name(found: pa.DataType | None, declared: pa.DataType) -> str | None:
    """The type's name; the declared one's where both are equal but for the name."""
    if found is None:
        return None
    return str(declared if found.equals(declared) else found)
