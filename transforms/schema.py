"""How a table is declared: a frozen record whose fields carry type, meaning and constraints.

The declarations themselves are in `tables`; this module turns them into Arrow schemas and
Arrow tables, so that a column is written down once.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, dataclass_transform

import pyarrow as pa

Record = TypeVar("Record")

ARROW_TYPES: Mapping[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us", tz="UTC"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column: what is stored, what it means, and what every value of it must satisfy."""

    name: str
    type: pa.DataType
    is_nullable: bool
    meaning: str
    unit: str | None
    values: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    references: str | None

    @property
    def field(self) -> pa.Field:
        """The Arrow field, with meaning and unit as its metadata."""
        metadata = {"description": self.meaning}
        if self.unit:
            metadata["unit"] = self.unit
        return pa.field(self.name, self.type, nullable=self.is_nullable, metadata=metadata)


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """One table: its rows' meaning, its key (also its sort order) and its columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    record: type
    is_released: bool

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, with what one row is in the schema's metadata."""
        return pa.schema([c.field for c in self.columns], metadata={"description": self.row})

    def column(self, name: str) -> Column:
        """The column of that name; KeyError names the table where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")


def column(
    meaning: str,
    *,
    unit: str | None = None,
    values: tuple[str, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    references: str | None = None,
    default: Any = dataclasses.MISSING,
) -> Any:
    """A dataclass field that declares a column; type and nullability come from its annotation.

    `default` is for a nullable column that few rows have: None.
    """
    return dataclasses.field(
        default=default,
        metadata={
            "meaning": meaning,
            "unit": unit,
            "values": values,
            "minimum": minimum,
            "maximum": maximum,
            "references": references,
        },
    )


@dataclass_transform(frozen_default=True, field_specifiers=(column, dataclasses.field))
def record(
    name: str, *, key: tuple[str, ...], is_released: bool = True
) -> Callable[[type[Record]], type[Record]]:
    """A class decorator: the class becomes a frozen record and carries its `Table` as `TABLE`."""

    def declare(cls: type[Record]) -> type[Record]:
        frozen = dataclasses.dataclass(frozen=True, slots=True)(cls)
        hints = _hints(frozen)
        fields = dataclasses.fields(frozen)  # type: ignore[arg-type]
        columns = tuple(_column(f, hints[f.name]) for f in fields)
        # Only the first sentence: a docstring may say more than what one row is.
        row = (frozen.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")
        frozen.TABLE = Table(name, row, key, columns, frozen, is_released)  # type: ignore[attr-defined]
        return frozen

    return declare


def table_of(record_type: type) -> Table:
    """The declaration that `record` attached to this class."""
    table: Table = record_type.TABLE  # type: ignore[attr-defined]
    return table


def to_arrow(record_type: type[Record], records: Iterable[Record]) -> pa.Table:
    """The records as an Arrow table of the declared schema, sorted by the declared key."""
    table = table_of(record_type)
    rows = list(records)
    arrays = [pa.array(_values(rows, c), type=c.type) for c in table.columns]
    return conform(record_type, pa.Table.from_arrays(arrays, schema=table.schema))


def conform(record_type: type[Record], data: pa.Table) -> pa.Table:
    """The same rows with exactly the declared columns, types, metadata and order.

    Raises KeyError where a declared column is missing and pyarrow.ArrowInvalid where a value
    does not fit its type.
    """
    table = table_of(record_type)
    arranged = data.select([c.name for c in table.columns]).cast(table.schema)
    ordered = arranged.sort_by([(name, "ascending") for name in table.key])
    return ordered.combine_chunks().replace_schema_metadata(table.schema.metadata)


def from_arrow(record_type: type[Record], data: pa.Table) -> list[Record]:
    """The rows as records, in the table's order."""
    hints = _hints(record_type)
    names = [c.name for c in table_of(record_type).columns]
    values = [[_rich(hints[n], v) for v in data.column(n).to_pylist()] for n in names]
    return [record_type(*row) for row in zip(*values, strict=True)]


def _column(field: dataclasses.Field[Any], hint: Any) -> Column:
    inner, is_nullable = _without_none(hint)
    return Column(field.name, arrow_type(inner), is_nullable, **field.metadata)


def _hints(cls: Any) -> dict[str, Any]:
    found: dict[str, Any] = _resolved(cls)
    return found


# Resolving annotations costs more than all else in reading a record back.
_resolved: Any = functools.cache(typing.get_type_hints)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [a for a in typing.get_args(hint) if a is not type(None)]
        return inner[0], True
    return hint, False


def arrow_type(hint: Any) -> pa.DataType:
    """The Arrow type of a field's annotation: a scalar, a dataclass, or a `tuple[X, ...]`."""
    hint, _ = _without_none(hint)
    if typing.get_origin(hint) is tuple:
        return pa.list_(arrow_type(typing.get_args(hint)[0]))
    if dataclasses.is_dataclass(hint):
        hints = _hints(hint)
        return pa.struct([(f.name, arrow_type(hints[f.name])) for f in dataclasses.fields(hint)])
    return ARROW_TYPES[hint]


def _values(rows: Sequence[Any], of: Column) -> list[Any]:
    values = [getattr(row, of.name) for row in rows]
    inner = of.type.value_type if pa.types.is_list(of.type) else of.type
    # Arrow takes scalars and tuples of them as they are: most columns of most rows.
    return [_plain(v) for v in values] if pa.types.is_nested(inner) else values


def _plain(value: Any) -> Any:
    """The value as Arrow takes it: dataclasses as dicts, all the way down."""
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def _rich(hint: Any, value: Any) -> Any:
    """The value as its annotation says it: the reverse of `_plain`."""
    hint, _ = _without_none(hint)
    if value is None:
        return None
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        if inner in ARROW_TYPES:
            return tuple(value)
        return tuple(_rich(inner, v) for v in value)
    if dataclasses.is_dataclass(hint):
        hints = _hints(hint)
        build: Any = hint
        return build(**{name: _rich(hints[name], v) for name, v in value.items()})
    return value
