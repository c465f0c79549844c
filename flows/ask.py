"""Questions to the catalog, and answers as a table of text, as JSON or as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from flows import catalog, publish
from flows.errors import ReaderError
from flows.settings import from_options

MAX_CELL = 60
# What a spreadsheet takes for a formula, also in the width of other scripts.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
WRITING = re.compile(r"\bcopy\b|\bexport\b", re.IGNORECASE)
ANALYZE = re.compile(r"\banaly[sz]e\b", re.IGNORECASE)


class NoReleaseError(ReaderError):
    """A warehouse without a release: there is nothing to ask."""


class QueryError(ReaderError):
    """A query that DuckDB refuses, with its reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query under the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def records(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@contextmanager
def opened(warehouse: str, *, is_locked: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """The catalog, made again first where the warehouse was moved or the catalog is not there.

    Unless it is not locked, its queries read the files of the releases and no others, write none,
    and attach, install and fetch nothing.
    """
    settings = from_options(warehouse=warehouse)
    newest = publish.latest(settings.releases)
    if newest is None:
        raise NoReleaseError(
            f"{settings.warehouse} holds no release yet: `communique run` makes the first"
        )
    if not catalog.is_over(settings.catalog, newest):
        catalog.write(settings.catalog, newest)
    options: dict[str, Any] = {
        # Nothing is fetched from the network because a query names it.
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(str(settings.catalog), read_only=True, config=options) as connection:
        if is_locked:
            _lock(connection, newest.resolve().parent)
        yield connection


def _lock(connection: duckdb.DuckDBPyConnection, releases: Path) -> None:
    found = (*releases.glob("*/*.parquet"), *releases.glob(f"*/{publish.SEARCH_INDEX}"))
    # A view over every release is read by its pattern, which must be allowed too.
    allowed = (*sorted(found), releases / publish.EVERY_CHANGES)
    files = ", ".join(catalog.quoted(str(path)) for path in allowed)
    connection.execute(f"set allowed_paths = [{files}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def ask(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Sequence[Any] = (),
    *,
    is_locked: bool = True,
) -> Answer:
    """The answer to a query; QueryError with DuckDB's reason where it has none.

    Unless it is not locked, the query must be one that only reads.
    """
    try:
        if is_locked:
            _only_reads(connection.extract_statements(query), query)
        result = connection.execute(query, list(parameters) or None)
        if not isinstance(result, duckdb.DuckDBPyConnection):
            # DuckDB answers a text of blanks and comments with nothing at all.
            raise QueryError('there is no query: try "from help()"')
        columns = tuple(c[0] for c in result.description or ())
        return Answer(columns, tuple(result.fetchall()))
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def _only_reads(statements: Sequence[duckdb.Statement], query: str) -> None:
    """Raises QueryError where a statement could write: a path that may be read may be written."""
    allowed = [duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN]
    if not WRITING.search(query):
        # A pivot whose columns are not listed; `copy` can hold one.
        allowed.append(duckdb.StatementType.MULTI)
    for statement in statements:
        is_run = statement.type == duckdb.StatementType.EXPLAIN and ANALYZE.search(query)
        if statement.type not in allowed or is_run:
            raise QueryError(
                "a query reads the release and does nothing else: no "
                f"{statement.type.name.lower()} without --unlocked"
            )


def as_text(answer: Answer) -> str:
    """The answer as a table; long cells are cut, numbers stand to the right."""
    cells = [[_cell(v) for v in row] for row in answer.rows]
    widths = [max(len(c), *(len(r[i]) for r in cells), 0) for i, c in enumerate(answer.columns)]
    is_number = [
        bool(answer.rows) and all(isinstance(row[i], int | float) for row in answer.rows)
        for i in range(len(widths))
    ]
    lines = [_row(answer.columns, widths, is_number), _row(["-" * w for w in widths], widths)]
    lines += [_row(row, widths, is_number) for row in cells]
    count = len(answer.rows)
    return "\n".join([*lines, f"({count} row{'' if count == 1 else 's'})"])


def as_json(answer: Answer) -> str:
    """The answer as a JSON array with an object a row."""
    return json.dumps(answer.records(), ensure_ascii=False, indent=1, default=plain)


def as_csv(answer: Answer) -> str:
    """The answer as CSV with a header; nulls are empty, lists are JSON.

    Text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([csv_value(c) for c in answer.columns])
    writer.writerows([csv_value(v) for v in row] for row in answer.rows)
    return out.getvalue().rstrip("\n")


def plain(value: Any) -> Any:
    """A value that JSON has no form for, as text: times in ISO 8601, bytes in hex."""
    if isinstance(value, dt.date | dt.time | dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.hex() if isinstance(value, bytes) else str(value)


def csv_value(value: Any) -> Any:
    """A value as CSV has it: lists as JSON, and no text that a spreadsheet would calculate.

    >>> csv_value("=1+1"), csv_value(-1), csv_value(["a"])
    ("'=1+1", -1, '["a"]')
    """
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=plain)
    elif isinstance(value, dt.date | dt.time | bytes):
        value = plain(value)
    # A capture may print anything, a formula that sends the sheet away too.
    return (
        f"'{value}"
        if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS)
        else value
    )


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        value = "; ".join(str(plain(v)) for v in value)
    text = "" if value is None else " ".join(str(plain(value)).split())
    return text if len(text) <= MAX_CELL else f"{text[: MAX_CELL - 3]}..."


def _row(
    cells: Sequence[str], widths: Sequence[int], is_number: Sequence[bool] | None = None
) -> str:
    right = is_number or [False] * len(widths)
    parts = [c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True)]
    return "  ".join(parts).rstrip()
