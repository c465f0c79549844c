"""How a table is declared: a frozen record whose fields carry type, meaning and constraints.

The declarations themselves are in `tables`; this module turns them into Arrow schemas and
Arrow tables, so that a column is written down once.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import itertools
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
    table, hints = table_of(record_type), _hints(record_type)
    rows = list(records)
    arrays = [_array(hints[c.name], [getattr(r, c.name) for r in rows]) for c in table.columns]
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
    values = [_values(hints[n], data.column(n).combine_chunks()) for n in names]
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


def _array(hint: Any, values: Sequence[Any]) -> pa.Array:
    """The values of one annotation as an Arrow array, nested ones a column at a time."""
    hint, _ = _without_none(hint)
    if typing.get_origin(hint) is tuple:
        lengths = (0 if v is None else len(v) for v in values)
        offsets = pa.array(itertools.accumulate(lengths, initial=0), pa.int32())
        inside = [inner for value in values if value is not None for inner in value]
        elements = _array(typing.get_args(hint)[0], inside)
        return pa.ListArray.from_arrays(offsets, elements, mask=_missing(values))
    if dataclasses.is_dataclass(hint):
        arrays = [
            _array(inner, [None if v is None else getattr(v, name) for v in values])
            for name, inner in _fields(hint)
        ]
        return pa.StructArray.from_arrays(
            arrays, fields=list(arrow_type(hint)), mask=_missing(values)
        )
    return pa.array(values, type=arrow_type(hint))


def _missing(values: Sequence[Any]) -> pa.Array | None:
    missing = [v is None for v in values]
    return pa.array(missing, pa.bool_()) if any(missing) else None


def _values(hint: Any, array: pa.Array) -> list[Any]:
    """The array's values as their annotation says them: the reverse of `_array`."""
    hint, _ = _without_none(hint)
    if typing.get_origin(hint) is tuple:
        elements = _values(typing.get_args(hint)[0], array.flatten())
        lengths = array.value_lengths().to_pylist()
        ends = itertools.accumulate(n or 0 for n in lengths)
        return [
            None if length is None else tuple(elements[end - length : end])
            for length, end in zip(lengths, ends, strict=True)
        ]
    if dataclasses.is_dataclass(hint):
        build: Any = hint
        columns = [
            _values(inner, of)
            for (_, inner), of in zip(_fields(hint), array.flatten(), strict=True)
        ]
        rows = zip(array.is_valid().to_pylist(), zip(*columns, strict=True), strict=True)
        return [build(*row) if is_there else None for is_there, row in rows]
    found: list[Any] = array.to_pylist()
    return found


def _fields(cls: Any) -> list[tuple[str, Any]]:
    """Name and annotation of each field of a dataclass."""
    hints = _hints(cls)
    return [(f.name, hints[f.name]) for f in dataclasses.fields(cls)]
