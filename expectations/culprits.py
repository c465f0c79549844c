"""From rows that break a rule to the captures they come from, with keys and values in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import duckdb
import pyarrow as pa

from expectations.facts import ROW, connect, numbered
from expectations.origins import CAPTURES, ORIGINS
from expectations.results import shown
from expectations.rules import Rule
from transforms.quarantine import STAGE, Culprit
from transforms.tables import RELEASED

_ROWS_SHOWN = 3
_KEYS = {table.name: table.key for table in RELEASED}


def culprits(
    tables: Mapping[str, pa.Table], failures: Mapping[str, pa.Table], rules: Sequence[Rule]
) -> tuple[Culprit, ...]:
    """The captures behind the failing rows, each once, by id; who is in quarantine is not named.

    `failures` has the failing rows by the rules' keys. Of a capture that breaks several rules the
    first in the order of `rules` is named, and `detail` tells of all.
    """
    found: dict[str, Culprit] = {}
    broken = [r for r in rules if r.key in failures and _costs_captures(r)]
    if not broken:
        return ()
    with connect(tables) as connection:
        connection.execute(
            "CREATE TABLE suspects AS SELECT capture_id FROM captures EXCEPT "
            f"SELECT capture_id FROM rejections WHERE stage = '{STAGE}'"
        )
        for rule in broken:
            for capture_id, detail in _behind(connection, rule, failures[rule.key]).items():
                one = Culprit(capture_id, rule.table, rule.name, detail)
                found[capture_id] = _joined(found.get(capture_id), one)
    return tuple(found[capture_id] for capture_id in sorted(found))


def _costs_captures(rule: Rule) -> bool:
    return rule.severity == "critical" and rule.protects != "release"


def _joined(first: Culprit | None, further: Culprit) -> Culprit:
    if first is None:
        return further
    # A block at fault goes with its capture, whatever else is wrong with that.
    table = further.table_name if further.table_name == "blocks" else first.table_name
    detail = f"{first.detail}; and {further.rule}: {further.detail}"
    return replace(first, table_name=table, detail=detail)


def _behind(connection: duckdb.DuckDBPyConnection, rule: Rule, failing: pa.Table) -> dict[str, str]:
    """The captures that the failing rows come from, each with its rows in words."""
    connection.register("failing", numbered(failing))
    origin = {**ORIGINS, **CAPTURES}[rule.table]
    query = f"""SELECT DISTINCT o.capture_id, t.{ROW} FROM failing t, LATERAL ({origin}) o
        WHERE o.capture_id IN (SELECT s.capture_id FROM suspects s) ORDER BY ALL"""
    rows: dict[str, list[int]] = {}
    for capture_id, position in connection.execute(query).fetchall():
        rows.setdefault(capture_id, []).append(position)
    connection.unregister("failing")
    # A rule that every row breaks must not fill the memory: few rows and columns are told.
    columns = list(dict.fromkeys((*_KEYS[rule.table], *rule.columns)))
    told = failing.select([c for c in columns if c in failing.column_names])
    return {c: _in_words(rule.table, told, positions) for c, positions in rows.items()}


def _in_words(table: str, failing: pa.Table, positions: Sequence[int]) -> str:
    """Table, and of some rows the key and the values that the rule looks at."""
    rows = failing.take(pa.array(positions[:_ROWS_SHOWN], pa.int64())).to_pylist()
    told = "; ".join(" ".join(_values(row)) for row in rows)
    more = len(positions) - _ROWS_SHOWN
    return f"{table}: {told}" + (f"; and {more} more rows" if more > 0 else "")


def _values(row: Mapping[str, object]) -> Iterator[str]:
    for name, value in row.items():
        yield f"{name}={shown(value) if isinstance(value, str | list) else value}"
