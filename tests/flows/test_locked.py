"""A query reads the releases and does nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flows import ask, publish


@pytest.fixture
def warehouse(make_build: Callable[[int], Path]) -> Path:
    folder = make_build(2).parent
    publish.publish(folder / "build", folder / "releases", {})
    return folder


@pytest.mark.parametrize(
    "query",
    [
        "from read_csv('/etc/passwd')",
        "from read_text('/etc/passwd')",
        "from glob('/etc/*')",
        "copy (select 1) to '{place}/out.csv'",
        "explain analyze copy (select 1) to '{place}/out.csv'",
        "copy (select 1) to '{release}/events.parquet' (format parquet)",
        "export database '{place}/out'",
        "attach '{place}/other.duckdb'",
        "install httpfs",
        "set enable_external_access = true",
        "create table t (a int)",
        "select 1; copy (select 1) to '{place}/out.csv'",
        "from 'https://example.org/a.parquet'",
    ],
)
def test_what_does_more_than_read_is_refused(warehouse: Path, tmp_path: Path, query: str) -> None:
    release = warehouse / "releases" / "1.0.0"
    with ask.opened(str(warehouse)) as connection, pytest.raises(ask.QueryError):
        ask.ask(connection, query.format(place=tmp_path, release=release))
    assert publish.verify(release) == []
    assert not list(tmp_path.glob("out*"))


def test_what_only_reads_is_answered(warehouse: Path) -> None:
    with ask.opened(str(warehouse)) as connection:
        assert ask.ask(connection, "select count(*) from rejections").rows == ((2,),)
        assert ask.ask(connection, "describe events").rows
        assert ask.ask(connection, "explain from events").rows
        assert ask.ask(connection, "pivot rejections on reason using count(*)").rows


def test_the_changes_of_every_release_are_read(
    warehouse: Path, make_build: Callable[[int], Path]
) -> None:
    publish.publish(make_build(3), warehouse / "releases", {})
    with ask.opened(str(warehouse)) as connection:
        (newer,) = ask.ask(connection, "select max(release) from changes('1.0.0', '9.0.0')").rows[0]
        assert newer == publish.versions(warehouse / "releases")[-1]
        assert not ask.ask(connection, "from changes('9.0.0', '10.0.0')").rows


@pytest.mark.parametrize("query", ["", "  ", ";", "-- words alone"])
def test_no_query_at_all_is_told(warehouse: Path, query: str) -> None:
    with ask.opened(str(warehouse)) as connection, pytest.raises(ask.QueryError, match="no query"):
        ask.ask(connection, query)


def test_unlocked_it_may_do_all(warehouse: Path, tmp_path: Path) -> None:
    with ask.opened(str(warehouse), is_locked=False) as connection:
        place = tmp_path / "out.csv"
        ask.ask(connection, f"copy (select 1 as a) to '{place}'", is_locked=False)
        assert place.read_text() == "a\n1\n"
