"""The message for a run whose tables break a rule: which table, which rule, which rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from expectations.results import NOT_CHECKED
from expectations.rules import Rule
from expectations.suites import BY_KEY
from transforms.schema import from_arrow
from transforms.tables import ValidationResult

_KEYS_SHOWN = 5


def failure_message(results: pa.Table, rules: Mapping[str, Rule] = BY_KEY) -> str:
    """What is wrong, for a reader at the terminal; empty where every rule holds."""
    broken = [row for row in from_arrow(ValidationResult, results) if not row.is_success]
    if not broken:
        return ""
    seen = [row for row in broken if was_checked(row)]
    unseen = len(broken) - len(seen)
    # What stops the release comes first.
    ordered = sorted(seen, key=lambda row: row.severity != "critical")
    lines = [f"{len(seen)} of {len(results)} rules do not hold:"]
    lines += [line for row in ordered for line in _lines(row, rules)]
    if unseen:
        lines.append(
            f"  {unseen} more could not be checked, since their tables are not as declared."
        )
    return "\n".join(lines)


def was_checked(row: ValidationResult) -> bool:
    """False where the tables that the rule needs were not as declared."""
    return not (row.observed_value or "").startswith(NOT_CHECKED)


def rule_key(row: ValidationResult) -> str:
    """The key of the rule a result is about, as in the suites."""
    return ".".join(part for part in (row.table_name, row.column_name, row.rule) if part)


def _lines(row: ValidationResult, rules: Mapping[str, Rule]) -> Sequence[str]:
    where = f"table {row.table_name}" + (f", column {row.column_name}" if row.column_name else "")
    weight = "" if row.severity == "critical" else f" ({row.severity})"
    lines = [f"  {where}: {row.rule}{weight}: {row.observed_value}"]
    rule = rules.get(rule_key(row))
    if rule:
        lines.append(f"    why: {rule.reason}")
    if row.failure_keys:
        more = row.failure_count - _KEYS_SHOWN
        lines += [f"    row: {key}" for key in row.failure_keys[:_KEYS_SHOWN]]
        lines += [f"    and {more} more"] if more > 0 else []
    return lines
