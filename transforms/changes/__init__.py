"""What differs between two releases, row by row and column by column, each with its cause.

The differences are SQL over two sets of views, `old_<table>` and `new_<table>`, so that releases
that fit into no memory can be compared. A cause is looked for in this order: a capture that came
or went, a correction, a row of the reference tables, the code of a stage, the captures around.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from transforms.changes import causes
from transforms.markdown import escaped
from transforms.schema import Table, column, record

CHANGES = ("added", "removed", "changed", "merged", "split")
CAUSES = (
    "new capture",
    "capture gone",
    "correction",
    "reference row",
    "code or rules",
    "other captures",
    "new column",
    "sources",
    "unknown",
)
# A value longer than this is told by its beginning: the releases hold the whole.
VALUE_CHARACTERS = 400
# Accounts of how a release was made are not compared, and no cause of anything.
NOT_COMPARED = ("event_ledger", "entity_ledger", "validation_results", "corrections_applied")


@record("changes", key=("table_name", "row_key", "column_name"), is_released=False)
class Change:
    """One row that came or went, or one value that is another than in the release before."""

    release: str = column("Release that brought the change.")
    table_name: str = column("Table of the row.")
    row_key: str = column("Key of the row, its parts with a comma between them.")
    change: str = column("What happened to the row or value.", values=CHANGES)
    column_name: str | None = column("Column of the value; null: the whole row came or went.")
    old_value: str | None = column("Value before, as text.")
    new_value: str | None = column("Value now, as text.")
    cause: str = column("Why.", values=CAUSES)
    cause_detail: str | None = column("Which capture, correction, reference row or stages.")


def compare(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Table]) -> None:
    """Makes the temporary table `changes` of all that differs between old_ and new_ views.

    `tables` are those that both sides have; the connection also has `old_inputs`, `new_inputs`.
    A difference that nothing explains is kept with the cause "unknown", and counted as such.
    """
    compared = {n: t for n, t in tables.items() if n not in NOT_COMPARED}
    connection.execute(f"create temp table differences ({DIFFERENCE})")
    for table in compared.values():
        for statement in _statements(table, connection):
            connection.execute(statement)
    connection.execute(MOVED_EVENTS)
    for statement in causes.statements():
        connection.execute(statement)


# Ids that were merged or split are told as such, besides their rows.
MOVED_EVENTS = """
insert into differences
select 'events', old_event_id, change, 'event_id', old_event_id, new_event_id, null, null,
    new_event_id, null
from new_event_ledger anti join old_event_ledger
    using (old_event_id, new_event_id, change, release)
where change in ('merged', 'split')
"""
DIFFERENCE = """
    table_name varchar, row_key varchar, change varchar, column_name varchar, old_value varchar,
    new_value varchar, capture_id varchar, article_id varchar, event_id varchar, entity_id varchar
"""
OWNERS = ("capture_id", "article_id", "event_id", "entity_id")


def _statements(table: Table, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    old, new = (_columns(connection, f"{side}_{table.name}") for side in ("old", "new"))
    shared = [c for c in new if c in old]
    key = [c for c in table.key if c in shared]
    values = [c for c in shared if c not in key]
    same = " and ".join(f'o."{c}" is not distinct from n."{c}"' for c in key)
    row_key = "concat_ws(', ', " + ", ".join(
        f"""coalesce(o."{c}", n."{c}")::varchar""" for c in key
    ) + ")"  # fmt: skip
    owners = ", ".join(
        f"coalesce(n.{source}, o.{source})" if (source := _owner(owner, shared)) else "null"
        for owner in OWNERS
    )
    keys = ", ".join(f'"{c}"' for c in key)
    whole = "hash(" + ", ".join(f'"{c}"' for c in values or key) + ")"
    # Keys and hashes are joined first: only rows that differ are read in full.
    yield f"""
        create or replace temp table differing as
        select {", ".join(f'coalesce(o."{c}", n."{c}") as "{c}"' for c in key)},
            o.is_there is null as is_added, n.is_there is null as is_removed
        from (select {keys}, {whole} as digest, true as is_there from old_{table.name}) as o
        full join (select {keys}, {whole} as digest, true as is_there from new_{table.name}) as n
            on {same}
        where o.digest is distinct from n.digest or o.is_there is null or n.is_there is null
    """
    among = " and ".join(f's."{c}" is not distinct from d."{c}"' for c in key)
    yield f"""
        create or replace temp table sides as
        select d.is_added, d.is_removed, o, n
        from differing as d
        left join (select s as o from old_{table.name} as s) on {among.replace('s."', 'o."')}
        left join (select s as n from new_{table.name} as s) on {among.replace('s."', 'n."')}
    """
    yield f"""
        insert into differences
        select '{table.name}', {row_key}, if(is_added, 'added', 'removed'), null, null, null,
            {owners}
        from sides where is_added or is_removed
    """
    for column_ in values:
        yield f"""
            insert into differences
            select '{table.name}', {row_key}, 'changed', '{column_}',
                {_value(f'o."{column_}"')}, {_value(f'n."{column_}"')}, {owners}
            from sides
            where not is_added and not is_removed and o."{column_}" is distinct from n."{column_}"
        """
    for column_ in (c for c in new if c not in old):
        yield f"""
            insert into differences
            select '{table.name}', '', 'added', '{column_}', null, null, null, null, null, null
        """


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> list[str]:
    return [row[0] for row in connection.execute(f"describe {view}").fetchall()]


def _owner(owner: str, columns: list[str]) -> str | None:
    """The column of a table by which a row belongs to a capture, article, event or entity."""
    if owner in columns:
        return owner
    return "article_id_l" if owner == "article_id" and "article_id_l" in columns else None


def _value(expression: str) -> str:
    text = f"({expression})::varchar"
    return f"if(length({text}) > {VALUE_CHARACTERS}, left({text}, {VALUE_CHARACTERS}) || ' ...', {text})"  # noqa: E501


# Of what `compare` made: every difference in order, and rows by their cause.
ORDERED = "from changes order by table_name, row_key, column_name nulls first, change"
COUNTS = """
select cause, count(distinct (table_name, row_key)) as row_count from changes
where table_name <> 'pair_decisions' group by all order by row_count desc, cause
"""

# Events whose day, place or headline is another one.
MOVED = """
select c.row_key, e.title, c.column_name, c.old_value, c.new_value, c.cause, c.cause_detail
from changes as c
join events as e on e.event_id = c.row_key
where c.table_name = 'events' and c.change = 'changed'
    and c.column_name in ('event_date_start', 'event_date_end', 'place', 'title')
order by c.row_key, c.column_name
limit 40
"""


def told(row: tuple[str | None, ...]) -> str:
    """A row of `MOVED` in Markdown, for a reader of the data."""
    key, title, column_name, old, new, cause, detail = (
        None if value is None else escaped(value) for value in row
    )
    why = f"{cause} ({detail})" if detail else cause
    return (
        f"- event {key} ({title or 'no title'}): {column_name} was {old or 'unknown'}, "
        f"is {new or 'unknown'}, because of {why}"
    )
