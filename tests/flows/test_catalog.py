"""The catalog answers from any folder, and says what its tables and columns mean."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows import catalog, publish
from transforms.tables import RELEASED

ELSEWHERE = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    print(connection.execute("select count(*) from rejections").fetchone()[0])
"""


# What a macro is asked where any word will not do.
ASKED = {"as_of": ["events", "1.0.0"], "changes": ["1.0.0", "1.0.0"]}


@pytest.fixture
def made(make_build: Callable[[int], Path]) -> Path:
    build = make_build(2)
    release = publish.publish(build, build.parent / "releases", {}).folder
    path = build.parent / "communique.duckdb"
    catalog.write(path, release)
    return path


def test_it_opens_with_the_plain_client_from_another_folder(made: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(made)],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "2\n"


def test_every_table_and_column_says_what_it_means(made: Path) -> None:
    with duckdb.connect(str(made), read_only=True) as connection:
        tables = dict(
            connection.execute("select view_name, comment from duckdb_views()").fetchall()
        )
        columns = connection.execute(
            "select table_name, column_name, comment from duckdb_columns() where not internal"
        ).fetchall()
    said = {(table, column): comment for table, column, comment in columns}
    for table in RELEASED:
        assert tables[table.name] == table.row
        for column in table.columns:
            assert said[table.name, column.name] == column.meaning


def test_every_macro_answers(made: Path) -> None:
    with duckdb.connect(str(made), read_only=True) as connection:
        macros = connection.execute(
            "select function_name, len(parameters), comment from duckdb_functions() "
            "where not internal order by 1"
        ).fetchall()
        for name, parameter_count, comment in macros:
            assert comment
            asked = ASKED.get(name, ["x"] * parameter_count)
            marks = ", ".join("?" * parameter_count)
            answer = connection.execute(f"from {name}({marks})", asked).fetchall()
            assert len(answer) == (len(macros) if name == "help" else 0)
    assert [m[0] for m in macros] == [
        "article", "as_of", "changes", "dates", "event", "help", "said", "search", "story",
        "timeline", "who", "why",
    ]  # fmt: skip


def test_a_reader_who_has_it_open_keeps_it(made: Path, make_build: Callable[[int], Path]) -> None:
    with duckdb.connect(str(made), read_only=True) as reader:
        build = make_build(5)
        newer = publish.publish(build, build.parent / "releases", {}).folder
        catalog.write(made, newer)
        assert reader.execute("select version from release").fetchone() == ("1.0.0",)
    with duckdb.connect(str(made), read_only=True) as reader:
        assert reader.execute("select version from release").fetchone() == ("1.1.0",)
    assert catalog.is_over(made, newer)


def test_a_moved_or_broken_catalog_is_known_as_such(made: Path, tmp_path: Path) -> None:
    release = made.parent / "releases" / "1.0.0"
    assert catalog.is_over(made, release)
    assert not catalog.is_over(made, tmp_path / "elsewhere" / "1.0.0")
    assert not catalog.is_over(tmp_path / "nowhere.duckdb", release)
    made.write_bytes(b"no database")
    assert not catalog.is_over(made, release)


def test_nothing_unfinished_is_left(made: Path) -> None:
    assert not list(made.parent.glob(".unfinished*"))
