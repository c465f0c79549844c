"""Facts across tables, computed by DuckDB: what a rule over one table's rows cannot see by itself.

A fact is a boolean column, one value a row of the table the rule is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from expectations.rules import Holds, RowCount, Rule

ROW = "row_index"

Bounds = tuple[int | None, int | None]


def connect(tables: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """A database in memory with these tables as views, each with its rows numbered in `ROW`."""
    connection = duckdb.connect()
    # Dates of timestamps must not depend on the machine's zone.
    connection.execute("SET TimeZone = 'UTC'")
    for name, table in sorted(tables.items()):
        connection.register(name, numbered(table))
    return connection


def numbered(table: pa.Table) -> pa.Table:
    """The table with one more column `ROW`: the positions of its rows, from 0."""
    return table.append_column(ROW, pa.array(range(len(table)), type=pa.int64()))


def facts(
    connection: duckdb.DuckDBPyConnection, table: str, rules: Sequence[Rule]
) -> dict[str, pa.ChunkedArray]:
    """The facts of a table by their rules' keys, in the order of the table's rows."""
    conditions = [
        (rule.key, rule.check.condition) for rule in rules if isinstance(rule.check, Holds)
    ]
    if not conditions:
        return {}
    columns = ",\n".join(
        f'coalesce(({condition}), true) AS "{key}"' for key, condition in conditions
    )
    query = f"SELECT {columns} FROM {table} t ORDER BY t.{ROW}"
    found = connection.sql(query).to_arrow_table()
    return {key: found.column(key) for key, _ in conditions}


def bounds(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> dict[str, Bounds]:
    """The least and greatest number of rows that rules allow, by the rules' keys."""
    return {
        rule.key: (
            _number(connection, rule.check.minimum),
            _number(connection, rule.check.maximum),
        )
        for rule in rules
        if isinstance(rule.check, RowCount)
    }


def _number(connection: duckdb.DuckDBPyConnection, query: str | None) -> int | None:
    if query is None:
        return None
    ((number,),) = connection.execute(query).fetchall()
    return int(number)
