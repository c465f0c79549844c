"""From what was found to rows of `validation_results`, with keys and words a reader can use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from expectations.facts import Bounds
from expectations.rules import Rule
from transforms.schema import Table, to_arrow
from transforms.tables import RELEASED, ValidationResult

SAMPLE_SIZE = 20  # keys of failing rows that a result carries; a screenful
_VALUES_SHOWN = 3
_VALUE_LENGTH = 60
NOT_CHECKED = "not checked: "

_DECLARED: Mapping[str, Table] = {table.name: table for table in RELEASED}


@dataclass(frozen=True, slots=True)
class Finding:
    """What checking one rule gave: `positions` are the failing rows of `rows`.

    `obstacles` are the tables for whose sake it could not be checked at all.
    """

    rule: Rule
    is_success: bool
    rows: pa.Table | None = None
    positions: tuple[int, ...] = ()
    bounds: Bounds | None = None
    obstacles: tuple[str, ...] = ()


def failing_rows(finding: Finding) -> pa.Table:
    """The rows that break the rule, sorted by the table's key."""
    assert finding.rows is not None
    rows = finding.rows.take(pa.array(finding.positions, type=pa.int64()))
    return rows.sort_by([(name, "ascending") for name in _key_columns(finding.rule, rows)])


def to_results(findings: Sequence[Finding], failures: Mapping[str, pa.Table]) -> pa.Table:
    """One row a rule, sorted, conforming to ValidationResult; `failures` by the rules' keys."""
    rows = [_result(finding, failures.get(finding.rule.key)) for finding in findings]
    return to_arrow(ValidationResult, rows)


def _result(finding: Finding, failing: pa.Table | None) -> ValidationResult:
    rule = finding.rule
    return ValidationResult(
        table_name=rule.table,
        rule=rule.name,
        column_name=rule.column,
        is_success=finding.is_success,
        observed_value=_observed(finding, failing),
        failure_count=0 if failing is None else len(failing),
        failure_keys=() if failing is None else _keys(rule, failing),
        severity=rule.severity,
    )


def _observed(finding: Finding, failing: pa.Table | None) -> str:
    if finding.obstacles:
        return f"{NOT_CHECKED}see {', '.join(finding.obstacles)}"
    count = len(finding.rows) if finding.rows is not None else 0
    if finding.bounds is not None:
        return f"{_rows(count)}, {_allowed(finding.bounds)}"
    if failing is None:
        return f"{_rows(count)}, none against it"
    return f"{len(failing)} of {_rows(count)}{_values(finding.rule, failing)}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _allowed(bounds: Bounds) -> str:
    words = [
        f"{word} {n}"
        for word, n in zip(("at least", "at most"), bounds, strict=True)
        if n is not None
    ]
    return " and ".join(words)


def _values(rule: Rule, failing: pa.Table) -> str:
    """The values that break a rule about one column, as far as there is room."""
    if rule.column is None or failing[rule.column].null_count == len(failing):
        return ""
    values = sorted({_shown(value) for value in failing[rule.column].to_pylist()})
    more = ", ..." if len(values) > _VALUES_SHOWN else ""
    return f": {', '.join(values[:_VALUES_SHOWN])}{more}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _VALUE_LENGTH else f"{text[:_VALUE_LENGTH]}..."


def _keys(rule: Rule, failing: pa.Table) -> tuple[str, ...]:
    """The keys of the first failing rows: values, or `column=value` where a key has several."""
    names = _key_columns(rule, failing)
    rows = failing.select(names).slice(0, SAMPLE_SIZE).to_pylist()
    if len(names) == 1:
        return tuple(str(row[names[0]]) for row in rows)
    return tuple(", ".join(f"{name}={row[name]}" for name in names) for row in rows)


def _key_columns(rule: Rule, rows: pa.Table) -> list[str]:
    """The declared key; of rows that compare structures, the columns that differ."""
    declared = _DECLARED[rule.table].key
    if all(name in rows.column_names for name in declared):
        return list(declared)
    return [name for name in _STRUCTURE_KEYS if name in rows.column_names]


_STRUCTURE_KEYS = ("position", "declared_column", "found_column", "declared_type", "found_type")
