"""For every rule derived from a declaration, the faults that break it, made from the rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from expectations.rules import Between, Holds, NotNull, OneOf, Rule, Unique
from tests.expectations.counterexamples import Fault
from tests.expectations.story_rows import Rows, mark
from transforms.tables import RELEASED

_KEYS = {table.name: table.key for table in RELEASED}


def faults_of(rule: Rule) -> Iterator[Fault]:
    """The faults that must break this rule; more than one where it has two bounds."""
    match rule.check:
        case NotNull():
            yield _spoils(rule, lambda _: None)
        case OneOf(values):
            # Not a value, and a value but for its case.
            yield _spoils(rule, lambda _: "neither")
            yield _spoils(rule, lambda _: values[0].upper())
        case Between(low, high):
            if low is not None:
                yield _spoils(rule, lambda value: type(value)(low - 1))
            if high is not None:
                yield _spoils(rule, lambda value: type(value)(high + 1))
        case Unique():
            yield lambda rows, world: rows[rule.table].append(dict(rows[rule.table][0]))
        case Holds():
            yield lambda rows, world: _spoil(rule, rows, f"{rule.column[:1]}_no{mark(world)}")


def _spoils(rule: Rule, make: Any) -> Fault:
    def fault(rows: Rows, world: int) -> None:
        _spoil(rule, rows, make(_known(rule, rows)[rule.column]))

    return fault


def _spoil(rule: Rule, rows: Rows, value: Any) -> None:
    """Puts the value into a row, or where it is part of the key, into a copy of that row."""
    row = _known(rule, rows)
    if rule.column in _KEYS[rule.table]:
        rows[rule.table].append({**row, rule.column: value})
    else:
        row[rule.column] = value


def _known(rule: Rule, rows: Rows) -> dict[str, Any]:
    """The last row in which the rule's column has a value."""
    return [row for row in rows[rule.table] if row[rule.column] is not None][-1]
