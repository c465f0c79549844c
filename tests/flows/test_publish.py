"""A release is whole or not there, whatever happens while it is written."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows import publish, store
from transforms.tables import RELEASED

Build = Callable[[int], Path]

# Ends itself as kill -9 would, before the nth of the calls of that name.
KILLED = """
import os, signal, sys
from pathlib import Path
from flows import publish

name, left = sys.argv[3], int(sys.argv[4])
call = getattr(os, name)

def deadly(*arguments, **named):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return call(*arguments, **named)

setattr(os, name, deadly)
publish.publish(Path(sys.argv[1]), Path(sys.argv[2]), {})
"""
TABLES = len(RELEASED)


def releases_of(build: Path) -> Path:
    return build.parent / "releases"


def test_the_first_release_is_whole(make_build: Build) -> None:
    build = make_build(3)
    published = publish.publish(build, releases_of(build), {"page.html": "<p>"})
    assert (published.version, published.is_new) == ("1.0.0", True)
    assert publish.verify(published.folder) == []
    assert (releases_of(build) / "latest").resolve() == published.folder.resolve()
    manifest = publish.read_manifest(published.folder)
    assert manifest["version"] == "1.0.0"
    assert manifest["files"]["rejections.parquet"]["rows"] == 3
    ledger = store.read_table(published.folder, "event_ledger")
    assert ledger.column("release").to_pylist() == ["1.0.0"]
    package = json.loads((published.folder / "datapackage.json").read_text())
    assert [r["path"] for r in package["resources"]][:2] == [
        "captures.parquet",
        "rejections.parquet",
    ]


def test_the_sums_are_those_sha256sum_reads(make_build: Build) -> None:
    build = make_build(1)
    folder = publish.publish(build, releases_of(build), {}).folder
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_nothing_changed_makes_no_release(make_build: Build) -> None:
    build = make_build(3)
    publish.publish(build, releases_of(build), {})
    again = publish.publish(make_build(3), releases_of(build), {})
    assert (again.version, again.is_new) == ("1.0.0", False)
    assert publish.versions(releases_of(build)) == ["1.0.0"]


def test_more_rows_make_the_next_release_and_leave_the_last(make_build: Build) -> None:
    build = make_build(3)
    first = publish.publish(build, releases_of(build), {}).folder
    before = {p.name: p.read_bytes() for p in first.iterdir()}
    second = publish.publish(make_build(5), releases_of(build), {})
    assert second.version == "1.1.0"
    (change,) = second.changes
    assert (change.table_name, change.added, change.removed, change.changed) == (
        "rejections", 2, 0, 0,
    )  # fmt: skip
    assert {p.name: p.read_bytes() for p in first.iterdir()} == before
    log = (second.folder / "CHANGELOG.md").read_text()
    assert "| rejections | 3 | 5 | 2 | 0 | 0 |" in log
    assert log.index("## 1.1.0") < log.index("## 1.0.0")


def test_a_build_that_lacks_a_table_is_refused(make_build: Build) -> None:
    build = make_build(1)
    (build / "events.parquet").unlink()
    with pytest.raises(publish.ReleaseError, match="lacks events"):
        publish.publish(build, releases_of(build), {})
    assert not releases_of(build).exists()


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (lambda r: (r / "events.parquet").unlink(), "events.parquet is missing"),
        (lambda r: (r / "README.md").write_text("mine"), "README.md has 4 bytes"),
        (
            lambda r: (r / "README.md").write_bytes((r / "README.md").read_bytes()[::-1]),
            "README.md has other bytes",
        ),
        (lambda r: (r / "notes.txt").touch(), "notes.txt is no part of the release"),
    ],
)
def test_harm_to_a_release_is_found(
    make_build: Build, harm: Callable[[Path], None], fault: str
) -> None:
    build = make_build(1)
    folder = publish.publish(build, releases_of(build), {}).folder
    harm(folder)
    (found,) = publish.verify(folder)
    assert f"{found.file} {found.problem}".startswith(fault)


@pytest.mark.parametrize(
    ("call", "number", "versions", "latest"),
    [
        ("replace", 0, ["1.0.0"], "1.0.0"),  # before the first table
        ("replace", TABLES - 1, ["1.0.0"], "1.0.0"),  # before the last
        ("fsync", 0, ["1.0.0"], "1.0.0"),  # all written, nothing flushed
        ("fsync", TABLES, ["1.0.0"], "1.0.0"),
        ("rename", 0, ["1.0.0"], "1.0.0"),
        ("symlink", 0, ["1.0.0", "1.1.0"], "1.0.0"),  # it exists, and is not pointed to
        # The index of the search, the inputs and the quality are put in their places as tables are.
        ("replace", TABLES + 3, ["1.0.0", "1.1.0"], "1.0.0"),
    ],
)
def test_killed_at_any_moment_there_is_a_whole_release(
    make_build: Build, call: str, number: int, versions: list[str], latest: str
) -> None:
    build = make_build(3)
    releases = releases_of(build)
    publish.publish(build, releases, {})
    make_build(4)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(build), str(releases), call, str(number)], check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert publish.versions(releases) == versions
    assert (releases / "latest").resolve().name == latest
    for version in versions:
        assert publish.verify(releases / version) == []

    store.sweep(build.parent)
    again = publish.publish(build, releases, {})
    publish.mend(releases)
    assert again.version == "1.1.0"
    assert publish.verify(again.folder) == []
    assert (releases / "latest").resolve().name == "1.1.0"
    assert sorted(p.name for p in releases.iterdir()) == ["1.0.0", "1.1.0", "latest"]
