"""The catalog: a DuckDB file with a view over each table of the newest release, and macros.

It holds no data. It is made anew beside the old one and renamed over it, so that a reader who
has the old one open keeps it.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import duckdb

from flows import store
from flows.publish import EVERY_CHANGES, SEARCH_INDEX

PATTERN_MARKS = r"[\[*?]"
SQL = Path(__file__).resolve().parent.parent / "warehouse"
# The oldest format that keeps comments on macros and opens in clients from 1.2 on (STACK 5);
# what DuckDB 2.0 writes by default opens in no 1.x client.
STORAGE_VERSION = "v1.2.0"


def write(catalog: Path, release: Path) -> None:
    """Makes the catalog over this release."""
    draft = store.unfinished(catalog.parent)
    try:
        _fill(draft, release.resolve())
        os.replace(draft, catalog)
    finally:
        store.remove(draft)
        store.remove(draft.with_name(f"{draft.name}.wal"))


def is_over(catalog: Path, release: Path) -> bool:
    """Whether the catalog is there, whole, and over this release where it now lies."""
    if not catalog.is_file():
        return False
    try:
        with duckdb.connect(str(catalog), read_only=True) as connection:
            row = connection.execute("select folder, made_from from release").fetchone()
    except duckdb.Error:
        return False
    return row == (str(release.resolve()), _digest_of_sql())


def _fill(file: Path, release: Path) -> None:
    # Only here: the command line opens a catalog without the tables' records and Arrow.
    from transforms.tables import RELEASED

    with duckdb.connect(
        str(file), config={"storage_compatibility_version": STORAGE_VERSION}
    ) as connection:
        for table in RELEASED:
            path = quoted(f"{release}/{table.name}.parquet")
            # A folder named like `site_id=all` is no column of its files.
            files = f"read_parquet({path}, hive_partitioning = false)"
            connection.execute(f"create view {table.name} as select * from {files}")
            connection.execute(f"comment on view {table.name} is {quoted(table.row)}")
            for column in table.columns:
                name = f"{table.name}.{column.name}"
                connection.execute(f"comment on column {name} is {quoted(column.meaning)}")
        connection.execute(
            f"create view release as select {quoted(release.name)} as version, "
            f"{quoted(str(release))} as folder, {quoted(_digest_of_sql())} as made_from"
        )
        connection.execute("comment on view release is 'The release this catalog is over.'")
        for name in ("views.sql", "macros.sql"):
            connection.execute((SQL / name).read_text())
        if (release / SEARCH_INDEX).is_file():
            connection.execute(_search(release))


def _digest_of_sql() -> str:
    """What the catalog's views and macros are made from: another means it is made again."""
    texts = "".join(path.read_text(encoding="utf-8") for path in sorted(SQL.glob("*.sql")))
    return hashlib.sha256(texts.encode()).hexdigest()


def _search(release: Path) -> str:
    """The SQL of the search with this release's paths."""
    # In a pattern a bracket of the folder's own name would be one of the pattern's.
    literal = re.sub(PATTERN_MARKS, r"[\g<0>]", str(release.parent))
    places = {
        "{index}": release / SEARCH_INDEX,
        "{articles}": release / "articles.parquet",
        "{changes}": f"{literal}/{EVERY_CHANGES}",
        "{releases}": release.parent,
    }
    sql = (SQL / "releases.sql").read_text()
    for name, path in places.items():
        sql = sql.replace(name, quoted(str(path)))
    return sql


def quoted(text: str) -> str:
    """The text as a string of SQL."""
    return "'" + text.replace("'", "''") + "'"
