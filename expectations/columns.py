"""The rules that follow from a table's declaration: nothing here is said twice.

Change a column in `transforms/tables.py` and its rules follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.rules import (
    Between,
    HasColumns,
    HasTypes,
    Holds,
    IsThere,
    NotNull,
    OneOf,
    Rule,
    Unique,
)
from transforms.schema import Column, Table


def rules_of(table: Table) -> tuple[Rule, ...]:
    """The rules a table's declaration implies, the most telling first."""
    structure = (
        Rule(table.name, "table_is_there", None, IsThere(), "A release holds every table."),
        Rule(
            table.name,
            "columns_are_declared",
            None,
            HasColumns(),
            "Readers rely on the columns, and on their order.",
        ),
        Rule(
            table.name,
            "types_are_declared",
            None,
            HasTypes(),
            "A value of another type is another value.",
        ),
    )
    key = Rule(
        table.name,
        "key_is_unique",
        None,
        Unique(table.key),
        f"One row is {_first_lower(table.row)}",
    )
    columns = (rule for column in table.columns for rule in _rules_of_column(table, column))
    return (*structure, key, *columns)


def _rules_of_column(table: Table, column: Column) -> Iterator[Rule]:
    if not column.is_nullable:
        reason = f"Always known. {column.meaning}"
        yield Rule(table.name, "is_not_null", column.name, NotNull(), reason)
    if column.values:
        allowed = OneOf(column.values)
        reason = f"One of {', '.join(column.values)}. {column.meaning}"
        yield Rule(table.name, "is_one_of_its_values", column.name, allowed, reason)
    if column.minimum is not None or column.maximum is not None:
        bounds = Between(column.minimum, column.maximum)
        reason = f"{_words(bounds)}. {column.meaning}"
        yield Rule(table.name, "is_in_range", column.name, bounds, reason)
    if column.references:
        other, key = column.references.split(".")
        found = f"EXISTS (SELECT 1 FROM {other} r WHERE r.{key} = t.{column.name})"
        yield Rule(
            table.name,
            f"is_in_{other}",
            column.name,
            Holds(f"t.{column.name} IS NULL OR {found}"),
            f"Law 5: every foreign key resolves. {column.meaning}",
        )


def _words(bounds: Between) -> str:
    if bounds.maximum is None:
        return f"At least {bounds.minimum}"
    if bounds.minimum is None:
        return f"At most {bounds.maximum}"
    return f"From {bounds.minimum} to {bounds.maximum}"


def _first_lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
