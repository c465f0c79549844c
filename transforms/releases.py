"""Releases: what differs between two of them, the version that follows, the changelog entry.

The version is a function of the version before and the difference, never of the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from transforms.schema import Table

FIRST = "1.0.0"
# What the ledger of a build says where it means the release that is about to be made of it: its
# number follows from the whole build. Publishing puts the number in.
UPCOMING = "upcoming"
# Accounts of the making of a release, not of events and entities: they alone make no new one.
ACCOUNTS = ("event_ledger", "entity_ledger", "validation_results", "changes", "inputs", "quality")
LEDGER_LINES = 40


@dataclass(frozen=True, slots=True)
class TableChange:
    """One table that differs between two releases, and in what."""

    table_name: str
    rows_before: int
    rows_after: int
    added: int
    removed: int
    changed: int
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_retyped: tuple[str, ...] = ()
    is_described_anew: bool = False

    @property
    def breaks_readers(self) -> bool:
        """Whether a query written for the release before can fail on this one."""
        return bool(self.columns_removed or self.columns_retyped)

    @property
    def is_of_data(self) -> bool:
        """Whether rows or columns differ, not only their description."""
        rows = self.added or self.removed or self.changed
        return bool(rows or self.columns_added or self.breaks_readers)


def difference(
    before: Mapping[str, pa.Table], after: Mapping[str, pa.Table], tables: Sequence[Table]
) -> tuple[TableChange, ...]:
    """The tables that differ, in the order of `tables`; one that is the same is left out.

    A table that only one side has counts as all its rows and columns added or removed. Tables
    that only tell how a release was made (`ACCOUNTS`) are not compared.
    """
    keys = {t.name: t.key for t in tables if t.name not in ACCOUNTS}
    gone = [name for name in sorted(before) if name not in keys and name not in ACCOUNTS]
    changes = [
        _table_change(name, keys.get(name, ()), before.get(name), after.get(name))
        for name in (*keys, *gone)
    ]
    return tuple(c for c in changes if c is not None)


def next_version(previous: str | None, changes: Sequence[TableChange]) -> str | None:
    """The version after `previous`; None where nothing changed, "1.0.0" where there is none yet.

    Major where a column or table is gone or has another type, minor where rows or columns
    differ, patch where only a description does.

    >>> next_version(None, ())
    '1.0.0'
    >>> next_version("1.4.2", [TableChange("events", 3, 4, added=1, removed=0, changed=0)])
    '1.5.0'
    """
    if previous is None:
        return FIRST
    if not changes:
        return None
    major, minor, patch = version_key(previous)
    if any(c.breaks_readers for c in changes):
        return f"{major + 1}.0.0"
    if any(c.is_of_data for c in changes):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def version_key(version: str) -> tuple[int, int, int]:
    """The three numbers of a version, to sort by; ValueError where it is none.

    >>> sorted(["1.10.0", "1.9.0"], key=version_key)
    ['1.9.0', '1.10.0']
    """
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch


def number_ledger(ledger: pa.Table, version: str) -> pa.Table:
    """The ledger with this version where it said "upcoming"."""
    place = ledger.schema.get_field_index("release")
    named = [version if r == UPCOMING else r for r in ledger.column("release").to_pylist()]
    return ledger.set_column(place, ledger.schema.field(place), pa.array(named, pa.string()))


def changelog_entry(
    version: str,
    previous: str | None,
    changes: Sequence[TableChange],
    ledger: pa.Table | None,
    causes: Sequence[str] = (),
) -> str:
    """The entry of a release in Markdown: rows and columns a table, why, what became of events."""
    if previous is None:
        return f"## {version}\n\nThe first release.\n"
    lines = [f"## {version}", "", f"Since {previous}:", ""]
    lines += ["| table | rows before | rows now | added | removed | changed |"]
    lines += ["|---|--:|--:|--:|--:|--:|"]
    lines += [
        f"| {c.table_name} | {c.rows_before} | {c.rows_after} | {c.added} | {c.removed} "
        f"| {c.changed} |"
        for c in changes
    ]
    columns = [line for c in changes for line in _column_lines(c)]
    events = [] if ledger is None else _ledger_lines(ledger, version)
    for part in (causes, columns, events):
        if part:
            lines += ["", *part]
    return "\n".join(lines) + "\n"


def _table_change(
    name: str, key: Sequence[str], before: pa.Table | None, after: pa.Table | None
) -> TableChange | None:
    if before is None and after is None:
        return None
    if before is None:
        assert after is not None
        count, columns = after.num_rows, tuple(after.column_names)
        return TableChange(name, 0, count, count, 0, 0, columns_added=columns)
    if after is None:
        count, columns = before.num_rows, tuple(before.column_names)
        return TableChange(name, count, 0, 0, count, 0, columns_removed=columns)
    change = _changed(name, key, before, after)
    return change if change.is_of_data or change.is_described_anew else None


def _changed(name: str, key: Sequence[str], before: pa.Table, after: pa.Table) -> TableChange:
    old, new = before.schema, after.schema
    shared = [c for c in new.names if c in old.names]
    retyped = tuple(c for c in shared if old.field(c).type != new.field(c).type)
    comparable = [c for c in shared if c not in retyped]
    key = [c for c in key if c in comparable]
    added, removed, changed = _row_counts(before, after, key or comparable, comparable)
    return TableChange(
        name,
        before.num_rows,
        after.num_rows,
        added,
        removed,
        changed,
        columns_added=tuple(c for c in new.names if c not in old.names),
        columns_removed=tuple(c for c in old.names if c not in new.names),
        columns_retyped=retyped,
        is_described_anew=not old.equals(new, check_metadata=True),
    )


def _row_counts(
    before: pa.Table, after: pa.Table, key: Sequence[str], columns: Sequence[str]
) -> tuple[int, int, int]:
    """Rows added, removed and changed; rows are paired by the key, where a null equals a null."""
    same_key = " and ".join(f'b."{c}" is not distinct from a."{c}"' for c in key)
    differs = " or ".join(f'b."{c}" is distinct from a."{c}"' for c in columns)
    query = f"""
        select
            count(*) filter (where b.is_there is null),
            count(*) filter (where a.is_there is null),
            count(*) filter (where b.is_there and a.is_there and ({differs}))
        from (select *, true as is_there from old_rows) as b
        full join (select *, true as is_there from new_rows) as a on {same_key}
    """
    with duckdb.connect() as connection:
        connection.register("old_rows", before.select(columns))
        connection.register("new_rows", after.select(columns))
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def _column_lines(change: TableChange) -> list[str]:
    kinds = (
        ("new", change.columns_added),
        ("gone", change.columns_removed),
        ("of another type", change.columns_retyped),
    )
    return [
        f"- {change.table_name}: columns {kind}: {', '.join(columns)}"
        for kind, columns in kinds
        if columns
    ]


def _ledger_lines(ledger: pa.Table, version: str) -> list[str]:
    rows = [r for r in ledger.to_pylist() if r["release"] == version and r["change"] != "kept"]
    lines = [
        f"- event {r['old_event_id'] or '(none)'} -> {r['new_event_id'] or '(none)'}: "
        f"{r['change']}; {r['cause']}"
        for r in rows[:LEDGER_LINES]
    ]
    if len(rows) > LEDGER_LINES:
        lines.append(f"- and {len(rows) - LEDGER_LINES} more: see event_ledger")
    return lines
