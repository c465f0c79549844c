"""The results as a page to read: every rule, its reason, and the rows that break it.

One file without scripts, fonts or anything else from a network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import pyarrow as pa
from jinja2 import Environment, FunctionLoader, StrictUndefined

from expectations.message import rule_key, was_checked
from expectations.rules import Rule
from expectations.suites import BY_KEY
from transforms.quarantine import Quarantined
from transforms.schema import from_arrow
from transforms.tables import RELEASED, ValidationResult

PAGE = "page.html"
_WORDS = {
    "good": "holds",
    "critical": "broken",
    "warning": "warning",
    "unchecked": "not checked",
}
_ORDER = {key: position for position, key in enumerate(BY_KEY)}
_MEANINGS = {table.name: table.row for table in RELEASED}


def render(
    results: pa.Table,
    title: str,
    quarantined: Sequence[Quarantined] = (),
    rules: Mapping[str, Rule] = BY_KEY,
) -> str:
    """The page, as HTML, of a table that conforms to ValidationResult: complete in itself."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        loader=FunctionLoader(template),
    )
    return environment.get_template(PAGE).render(context(results, title, quarantined, rules))


def template(name: str) -> str:
    """A template of this folder as text: the page, or what stands on it (`checks.html`)."""
    return files("expectations").joinpath(name).read_text("utf-8")


def context(
    results: pa.Table,
    title: str,
    quarantined: Sequence[Quarantined] = (),
    rules: Mapping[str, Rule] = BY_KEY,
) -> dict[str, Any]:
    """What `checks.html` shows of these results, here or on a page of another dress.

    `rules` by their keys give the reasons.
    """
    rows = sorted(from_arrow(ValidationResult, results), key=_position)
    outcomes = {name: [row for row in rows if outcome(row) == name] for name in _WORDS}
    return {
        "title": title,
        "rows": rows,
        "quarantined": quarantined,
        "kept": len(outcomes["good"]),
        "critical": outcomes["critical"],
        "warnings": outcomes["warning"],
        "unchecked": outcomes["unchecked"],
        "tables": _by_table(rows),
        "words": _WORDS,
        "outcome": outcome,
        "reason": lambda row: rules[rule_key(row)].reason if rule_key(row) in rules else "",
        "meaning": lambda table: _MEANINGS.get(table, ""),
    }


def outcome(row: ValidationResult) -> str:
    """How a rule came out: good, critical, warning or unchecked."""
    if row.is_success:
        return "good"
    return row.severity if was_checked(row) else "unchecked"


def _position(row: ValidationResult) -> tuple[int, str]:
    """The order of the suites; rules that they no longer hold come last."""
    return _ORDER.get(rule_key(row), len(_ORDER)), rule_key(row)


def _by_table(rows: Sequence[ValidationResult]) -> Mapping[str, list[ValidationResult]]:
    tables: dict[str, list[ValidationResult]] = {}
    for row in rows:
        tables.setdefault(row.table_name, []).append(row)
    return tables
