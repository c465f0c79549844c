"""Checks the tables against the suites with Great Expectations, and says what fails where.

The only module that imports Great Expectations: importing this one takes seconds.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from expectations.asked import AskedError
from expectations.facts import ROW, Bounds, bounds, connect, facts, numbered
from expectations.opened import Suite
from expectations.results import Finding, failing_rows, shown, to_results
from expectations.rules import (
    Asked,
    Between,
    HasColumns,
    HasTypes,
    Holds,
    IsThere,
    Matches,
    NotNull,
    OneOf,
    RowCount,
    Rule,
    Unique,
)
from expectations.structure import structure
from expectations.suites import RULES
from transforms.tables import RELEASED

# Read when the package is imported; nobody is told what we validate.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
with warnings.catch_warnings():
    # Its imports use modules that Python has deprecated.
    warnings.simplefilter("ignore")
    import great_expectations as gx
    import great_expectations.expectations as gxe
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.exceptions import ExpectationNotFoundError
    from great_expectations.expectations.registry import get_expectation_impl

# Where an expectation carries its place among those of a suite.
NUMBER = "number"
_DECLARED = {table.name: table for table in RELEASED}
_KEYS = {table.name: table.key for table in RELEASED}


@dataclass(frozen=True, slots=True)
class Validation:
    """The outcome of every rule, and the rows that break one by the rule's key.

    `suites` are what was asked of Great Expectations.
    """

    results: pa.Table
    failures: Mapping[str, pa.Table] = field(default_factory=dict)
    is_structure_sound: bool = True
    suites: tuple[Suite, ...] = ()

    @property
    def is_success(self) -> bool:
        """Whether every critical rule holds."""
        outcome = zip(
            self.results["is_success"].to_pylist(),
            self.results["severity"].to_pylist(),
            strict=True,
        )
        return all(is_success or severity != "critical" for is_success, severity in outcome)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Whether an expectation holds, and the positions of the rows that break it."""

    is_success: bool
    positions: tuple[int, ...] = ()
    seen: str | None = None


def validate(tables: Mapping[str, pa.Table], rules: Sequence[Rule] = RULES) -> Validation:
    """The outcome of the rules on these tables, `results` conforming to ValidationResult.

    A rule that needs a missing table, or one with other columns or types than declared, is not
    checked and therefore does not hold; its `observed_value` says so.
    """
    engine = _engine()
    found = _check_structure(engine, tables, [rule for rule in rules if rule.is_structural])
    unsound = frozenset(f.rule.table for f in found if not f.is_success)
    sound = {name: table for name, table in tables.items() if name not in unsound}
    checkable = []
    for rule in rules:
        missing = tuple(sorted(rule.reads - sound.keys()))
        if not rule.is_structural and missing:
            found.append(Finding(rule, is_success=False, obstacles=missing))
        elif not rule.is_structural:
            checkable.append(rule)
    seen, suites = _check_rows(engine, sound, checkable)
    found += seen
    failures = {f.rule.key: failing_rows(f) for f in found if f.positions}
    return Validation(to_results(found, failures), failures, not unsound, tuple(suites))


def _check_structure(
    engine: Any, tables: Mapping[str, pa.Table], rules: Sequence[Rule]
) -> list[Finding]:
    """One suite for the structure of all tables: three expectations instead of three a table."""
    compared = structure(tables, {rule.table for rule in rules})
    expectations = {
        check: _structural_expectation(check) for check in (IsThere, HasColumns, HasTypes)
    }
    outcomes = _run(engine, numbered(compared).to_pandas(), expectations)
    owners = compared["table_name"].to_pylist()
    found = []
    for rule in rules:
        positions = outcomes[type(rule.check)].positions
        own = tuple(p for p in positions if owners[p] == rule.table)
        found.append(Finding(rule, not own, compared, own))
    return found


def _check_rows(
    engine: Any, tables: Mapping[str, pa.Table], rules: Sequence[Rule]
) -> tuple[list[Finding], list[Suite]]:
    found: list[Finding] = []
    suites: list[Suite] = []
    with connect(tables) as connection:
        for name, table in sorted(tables.items()):
            suite = [rule for rule in rules if rule.table == name]
            if suite:
                allowed = bounds(connection, suite)
                seen = facts(connection, name, suite)
                frame = _frame(table, suite, seen)
                expectations = {rule.key: _expectation(rule, allowed) for rule in suite}
                outcomes = _run(engine, frame, expectations)
                found += [_finding(rule, table, outcomes[rule.key], allowed) for rule in suite]
                suites += _suites(name, table, expectations, seen)
    return found, suites


def _suites(
    name: str,
    table: pa.Table,
    expectations: Mapping[str, Any],
    seen: Mapping[str, pa.ChunkedArray],
) -> Iterator[Suite]:
    """What was asked of a table, and of the facts about it."""
    columns = gxe.ExpectTableColumnsToMatchOrderedList(
        column_list=table.column_names, meta={"rule": f"{name}.columns"}
    )
    of_table = [columns, *(e for key, e in expectations.items() if key not in seen)]
    yield Suite(name, [_as_values(e) for e in of_table])
    if seen:
        keys = table.select([n for n in _KEYS[name] if n in table.column_names])
        for key, fact in seen.items():
            keys = keys.append_column(key, fact)
        yield Suite(name, [_as_values(expectations[key]) for key in seen], keys)


def _as_values(expectation: Any) -> dict[str, Any]:
    told = expectation.configuration.to_json_dict()
    told["meta"] = {k: v for k, v in (told.get("meta") or {}).items() if k != NUMBER}
    return dict(told)


def _finding(
    rule: Rule, table: pa.Table, outcome: _Outcome, allowed: Mapping[str, Bounds]
) -> Finding:
    return Finding(
        rule,
        outcome.is_success,
        table,
        outcome.positions,
        allowed.get(rule.key),
        seen=outcome.seen,
    )


def _frame(table: pa.Table, suite: Sequence[Rule], seen: Mapping[str, pa.ChunkedArray]) -> Any:
    """A pandas frame of the columns that rules look at, and of the facts, and of row numbers."""
    looked_at: set[str] = set()
    for rule in suite:
        if isinstance(rule.check, Unique):
            looked_at.update(rule.check.columns)
        elif isinstance(rule.check, Asked):
            # Of an argument that names none, any may be meant.
            looked_at.update(rule.check.columns or table.column_names)
        elif rule.column and not isinstance(rule.check, Holds):
            looked_at.add(rule.column)
    names = [name for name in table.column_names if name in looked_at]
    arrow = table.select(names)
    for key, fact in seen.items():
        arrow = arrow.append_column(key, fact)
    return numbered(arrow).to_pandas()


def _structural_expectation(check: type) -> Any:
    skipped = "either_value_is_missing"
    if check is IsThere:
        return gxe.ExpectColumnValuesToBeInSet(column="is_there", value_set=[True])
    compared = "column" if check is HasColumns else "type"
    return gxe.ExpectColumnPairValuesToBeEqual(
        column_A=f"declared_{compared}", column_B=f"found_{compared}", ignore_row_if=skipped
    )


def _expectation(rule: Rule, allowed: Mapping[str, Bounds]) -> Any:
    """The Great Expectations expectation that checks the rule."""
    kind, arguments = _asked(rule, allowed)
    return kind(
        **arguments,
        severity=rule.severity,
        description=rule.reason,
        meta={"rule": rule.key, "protects": rule.protects},
    )


def _asked(rule: Rule, allowed: Mapping[str, Bounds]) -> tuple[Any, dict[str, Any]]:
    match rule.check:
        case RowCount():
            low, high = allowed[rule.key]
            return gxe.ExpectTableRowCountToBeBetween, {"min_value": low, "max_value": high}
        case NotNull():
            return gxe.ExpectColumnValuesToNotBeNull, {"column": rule.column}
        case OneOf(values):
            named = {"column": rule.column, "value_set": list(values)}
            return gxe.ExpectColumnValuesToBeInSet, named
        case Between(low, high):
            within = {"column": rule.column, "min_value": low, "max_value": high}
            return gxe.ExpectColumnValuesToBeBetween, within
        case Matches(pattern):
            return gxe.ExpectColumnValuesToMatchRegex, {"column": rule.column, "regex": pattern}
        case Unique((column,)):
            return gxe.ExpectColumnValuesToBeUnique, {"column": column}
        case Unique(columns):
            return gxe.ExpectCompoundColumnsToBeUnique, {"column_list": list(columns)}
        case Holds():
            return gxe.ExpectColumnValuesToBeInSet, {"column": rule.key, "value_set": [True]}
        case Asked(kind, arguments):
            return _kind(kind), dict(arguments)
    raise TypeError(f"no expectation checks {rule.key}")


def check_asked(rules: Sequence[Rule]) -> None:
    """Raises AskedError where a rule names no expectation there is, or arguments it has not."""
    for rule in rules:
        try:
            _expectation(rule, {})
            missing = set(rule.columns) - {c.name for c in _DECLARED[rule.table].columns}
        except (ValueError, TypeError, ExpectationNotFoundError) as error:
            raise AskedError(f"{rule.key}: {error}") from None
        if missing:
            raise AskedError(f"{rule.key}: {rule.table} has no column {', '.join(sorted(missing))}")


def _kind(name: str) -> Any:
    return get_expectation_impl(name)


def _engine() -> Any:
    """A batch definition in a context of its own that lives as long as the validation."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("tables").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("whole")


def _run(engine: Any, frame: Any, expectations: Mapping[Any, Any]) -> dict[Any, _Outcome]:
    """The outcome of every expectation on the frame, under the expectation's own key.

    Listing failing rows costs more than finding out whether there are any, so that only the
    expectations that fail are asked twice.
    """
    batch = engine.get_batch({"dataframe": frame})
    first = _ask(batch, expectations, "BOOLEAN_ONLY")
    failing = {key: expectations[key] for key, answer in first.items() if not answer.success}
    listing = {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW]}
    second = _ask(batch, failing, listing) if failing else {}
    return {key: _outcome(key, second.get(key, first[key])) for key in expectations}


def _ask(batch: Any, expectations: Mapping[Any, Any], result_format: Any) -> dict[Any, Any]:
    """Great Expectations' answers; they come in an order of its own, so each carries its number."""
    suite = gx.ExpectationSuite(name="rules")
    for number, expectation in enumerate(expectations.values()):
        expectation.meta = {**(expectation.meta or {}), NUMBER: number}
        suite.expectations.append(expectation)
    answers = batch.validate(suite, result_format=result_format).results
    keys = list(expectations)
    return {keys[answer.expectation_config.meta[NUMBER]]: answer for answer in answers}


def _outcome(key: Any, answer: Any) -> _Outcome:
    if answer.success:
        return _Outcome(True)
    if _raised(answer.exception_info):
        raise RuntimeError(f"the rule {key} could not be checked: {answer.exception_info}")
    listed = answer.result.get("unexpected_index_list") or ()
    positions = tuple(sorted({int(row[ROW]) for row in listed}))
    return _Outcome(False, positions, shown(answer.result.get("observed_value")))


def _raised(information: Mapping[str, Any]) -> bool:
    """Whether an answer tells of an error in the check: flat, or one entry a metric."""
    entries = [information, *(v for v in information.values() if isinstance(v, Mapping))]
    return any(entry.get("raised_exception") for entry in entries)
