"""From what was found to rows of `validation_results`, with keys and words a reader can use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from expectations.facts import Bounds
from expectations.rules import HasTypes, IsThere, Rule
from transforms.schema import to_arrow
from transforms.tables import RELEASED, ValidationResult

SAMPLE_SIZE = 20  # keys of failing rows that a result carries; a screenful
_VALUES_SHOWN = 3
_VALUE_LENGTH = 60
NOT_CHECKED = "not checked: "

_KEYS = {table.name: table.key for table in RELEASED}


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
    # What Great Expectations saw in a table as a whole.
    seen: str | None = None


def failing_rows(finding: Finding) -> pa.Table:
    """The rows that break the rule, sorted by the table's key."""
    assert finding.rows is not None
    rows = finding.rows.take(pa.array(finding.positions, type=pa.int64()))
    key = ("position",) if finding.rule.is_structural else _KEYS[finding.rule.table]
    return rows.sort_by([(name, "ascending") for name in key])


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
        failure_keys=() if failing is None else _sample(rule, failing.slice(0, SAMPLE_SIZE)),
        severity=rule.severity,
        protects=rule.protects,
    )


def _observed(finding: Finding, failing: pa.Table | None) -> str:
    if finding.obstacles:
        return f"{NOT_CHECKED}see {', '.join(finding.obstacles)}"
    if finding.rule.is_structural:
        return "as declared" if failing is None else "not as declared"
    count = 0 if finding.rows is None else len(finding.rows)
    rows = "1 row" if count == 1 else f"{count} rows"
    if finding.bounds is not None:
        return f"{rows}, {_allowed(finding.bounds)}"
    if failing is None and not finding.is_success:
        return f"observed {finding.seen} in {rows}"
    if failing is None:
        return f"broken by none of {rows}"
    return f"broken by {len(failing)} of {rows}{_values(finding.rule, failing)}"


def _allowed(bounds: Bounds) -> str:
    words = zip(("at least", "at most"), bounds, strict=True)
    return " and ".join(f"{word} {number}" for word, number in words if number is not None)


def _values(rule: Rule, failing: pa.Table) -> str:
    """The values that break a rule about one column, as far as there is room."""
    if rule.column is None or failing[rule.column].null_count == len(failing):
        return ""
    values = sorted({shown(value) for value in failing[rule.column].to_pylist()})
    more = ", ..." if len(values) > _VALUES_SHOWN else ""
    return f": {', '.join(values[:_VALUES_SHOWN])}{more}"


def shown(value: object) -> str:
    """The value in words, cut where it is long."""
    text = repr(value)
    return text if len(text) <= _VALUE_LENGTH else f"{text[:_VALUE_LENGTH]}..."


def _sample(rule: Rule, failing: pa.Table) -> tuple[str, ...]:
    """The keys of rows: the value, or `column=value` where the key has several columns."""
    if rule.is_structural:
        return tuple(_difference(rule, row) for row in failing.to_pylist())
    names = _KEYS[rule.table]
    rows = failing.select(names).to_pylist()
    if len(names) == 1:
        return tuple(str(row[names[0]]) for row in rows)
    return tuple(", ".join(f"{name}={row[name]}" for name in names) for row in rows)


def _difference(rule: Rule, row: Mapping[str, object]) -> str:
    """How what was handed over differs from what is declared."""
    if isinstance(rule.check, IsThere):
        return "the table is missing"
    if isinstance(rule.check, HasTypes):
        declared, found = row["declared_type"], row["found_type"]
        return f"{row['declared_column']}: declared as {declared}, found as {found}"
    names = (row[name] or "no column" for name in ("declared_column", "found_column"))
    return "column {}: declared is {}, found is {}".format(row["position"], *names)
