"""The reader's own expectations: files of a folder, as rules that are checked beside ours.

A JSON file is a suite of Great Expectations; its `meta` names the table, else its name does. A
YAML file is a list of rows: table, expectation, arguments, severity, reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from expectations.rules import TABLE_NAMES, Asked, Rule
from transforms.tables import SEVERITIES

SUFFIXES = (".json", ".yaml", ".yml")
_ROW = frozenset({"table", "expectation", "arguments", "severity", "reason"})


class AskedError(ValueError):
    """A file of expectations that says nothing that could be checked; names file and row."""


def rules_of(files: Mapping[str, str]) -> tuple[Rule, ...]:
    """The rules that these files state, by their names and texts. Raises AskedError."""
    found: dict[str, Rule] = {}
    for name, text in sorted(files.items()):
        for number, row in enumerate(_rows(name, text), start=1):
            rule = _rule(f"{name}, expectation {number}", row)
            stem, again = rule.name, 2
            while rule.key in found:
                rule = _renamed(rule, f"{stem}_{again}")
                again += 1
            found[rule.key] = rule
    return tuple(found.values())


def _rows(name: str, text: str) -> Iterator[Mapping[str, Any]]:
    try:
        told = json.loads(text) if name.endswith(".json") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as error:
        raise AskedError(f"{name}: {error}") from None
    if isinstance(told, list):
        yield from told
    elif isinstance(told, Mapping) and isinstance(told.get("expectations"), list):
        table = (told.get("meta") or {}).get("table") or told.get("table") or told.get("name")
        yield from (_of_suite(table, e) for e in told["expectations"])
    elif told is not None:
        raise AskedError(f"{name}: neither a list of expectations nor a suite")


def _of_suite(table: Any, row: Any) -> Any:
    """A row in our form of an expectation in a suite of Great Expectations."""
    if not isinstance(row, Mapping) or "expectation" in row:
        return {"table": table, **row} if isinstance(row, Mapping) else row
    meta = row.get("meta") or {}
    return {
        "table": meta.get("table", table),
        "expectation": row.get("type") or row.get("expectation_type"),
        "arguments": row.get("kwargs") or {},
        "severity": row.get("severity") or "critical",
        "reason": row.get("description") or meta.get("reason"),
    }


def _rule(where: str, row: Any) -> Rule:
    if not isinstance(row, Mapping):
        raise AskedError(f"{where}: {row!r} is no row of table, expectation and arguments")
    unknown = sorted(set(row) - _ROW)
    if unknown:
        raise AskedError(f"{where}: {', '.join(unknown)}: a row has {', '.join(sorted(_ROW))}")
    table, kind = row.get("table"), row.get("expectation")
    if table not in TABLE_NAMES:
        raise AskedError(f"{where}: there is no table {table}; there are {', '.join(TABLE_NAMES)}")
    if not isinstance(kind, str):
        raise AskedError(f"{where}: it names no expectation, such as expect_column_to_exist")
    arguments = row.get("arguments") or {}
    if not isinstance(arguments, Mapping):
        raise AskedError(f"{where}: arguments are names and values")
    severity = row.get("severity") or "critical"
    # The library's lowest, which nothing here tells apart.
    severity = "warning" if severity == "info" else severity
    if severity not in SEVERITIES:
        raise AskedError(f"{where}: severity {severity}: one of {', '.join(SEVERITIES)}")
    column = arguments.get("column")
    check = Asked(kind, tuple(sorted(arguments.items())))
    reason = str(row.get("reason") or "asked for by the reader")
    return Rule(table, kind.removeprefix("expect_"), column, check, reason, severity)


def _renamed(rule: Rule, name: str) -> Rule:
    return Rule(rule.table, name, rule.column, rule.check, rule.reason, rule.severity)
