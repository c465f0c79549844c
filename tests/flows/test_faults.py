"""Bad days: whatever happens to a run, the last release is whole and the next run succeeds.

Runs are processes forked from a nursery that has everything loaded. They carry out the command
as it is; only the rules are checked in the same process instead of in one of their own.
`KILLS=50` in the environment kills more of them.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows import ask, publish

KILLS = int(os.environ.get("KILLS", "12"))
PATIENCE_SECONDS = 120
# What an answer to a signal may take; the machine of a test may be busy with others.
AT_ONCE_SECONDS = 5

NURSERY = """
import json, os, resource, sys
import expectations.page, expectations.validate
from flows import cli, commands, knowledge, settings, validator

class Here:
    def __enter__(self): return self
    def __exit__(self, *what): pass
    def check(self, folder, asked=None):
        return validator.verdict_of(validator.validate(folder, asked))

commands.Validator = Here
knowledge.of_folders((settings.SEEDS,))
print("ready", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if "wait" in asked:
        print(os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1]), flush=True)
        continue
    child = os.fork()
    if child:
        print(child, flush=True)
        continue
    os.setsid()
    output = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    if asked["most_bytes"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["most_bytes"],) * 2)
    sys.argv = ["communique", *asked["arguments"]]
    try:
        cli.main()
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code or 0)
    os._exit(99)
"""

STORIES = {
    "bridge": """Ministers open the river bridge
GENEVA, June 4, 1999 - Ministers of four countries opened a bridge over the river on Friday and
called it a sign of better neighbourhood after a decade of quarrels over its cost.
"It took us eleven years and three designs to get to this bank," the transport minister of the
canton, Paul Favre, told reporters in Geneva. "Nobody will ask about the price in fifty years."
""",
    "ferry": """Last ferry leaves the island
OSLO, March 2, 1998 - The last ferry of the season left the northern island on Monday with forty
people and a horse on board, and the harbour master locked the gate behind it until the spring.
"We have bread, books and each other," said the schoolteacher, Hanna Lindqvist, who stays behind.
The post will come by helicopter once a fortnight, if the wind lets it land at all.
""",
    "pier": """Council closes the old pier
TALLINN, October 12, 1997 - The harbour council voted on Sunday to close the northern pier to all
ships, since the timber had rotted below the water line for many years without anybody looking.
"The decision is late but right," said a spokesman for the ferry company, Toomas Kask.
Fishermen who land their catch there must now sail around the cape to the new dock.
""",
}


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit status, negative for a signal, and all that it said."""

    status: int
    words: str

    @property
    def last_line(self) -> str:
        return self.words.splitlines()[-1]


class Nursery:
    """Starts runs that need not import anything."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._logs: dict[int, Path] = {}
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"

    def start(self, *arguments: object, most_bytes: int = 0) -> int:
        """The process of a command that is now running."""
        log = self._folder / f"{len(self._logs)}.txt"
        asked = {"arguments": [str(a) for a in arguments], "most_bytes": most_bytes}
        process = int(self._ask({**asked, "log": str(log)}))
        self._logs[process] = log
        return process

    def words(self, process: int) -> str:
        """What it has said so far."""
        log = self._logs[process]
        return log.read_text() if log.exists() else ""

    def end(self, process: int) -> Ended:
        """How it ended, once it has."""
        status = int(self._ask({"wait": process}))
        return Ended(status, self.words(process))

    def run(self, source: Path, warehouse: Path, *more: object, most_bytes: int = 0) -> Ended:
        """How a run ended."""
        return self.end(self.begin(source, warehouse, *more, most_bytes=most_bytes))

    def begin(self, source: Path, warehouse: Path, *more: object, most_bytes: int = 0) -> int:
        """The process of a run that is at work."""
        given = ("run", "--direct", "--workers", 1, "--source", source, "--warehouse", warehouse)
        return self.start(*given, *more, most_bytes=most_bytes)

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _ask(self, asked: dict[str, Any]) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    started = Nursery(tmp_path_factory.mktemp("nursery"))
    yield started
    started.close()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source of two captures."""
    return source(tmp_path_factory.mktemp("first"), "bridge", "ferry")


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with one more: a run on it after the other makes a new release."""
    return source(tmp_path_factory.mktemp("more"), "bridge", "ferry", "pier")


def source(folder: Path, *names: str) -> Path:
    for name in names:
        place = folder / f"{name} gazette"
        place.mkdir()
        (place / f"{name}.txt").write_text(STORIES[name])
    return folder


@pytest.fixture(scope="module")
def released(
    nursery: Nursery, first: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, float]:
    """A warehouse with one release, and the seconds its run took."""
    place = tmp_path_factory.mktemp("released") / "warehouse"
    start = time.monotonic()
    ended = nursery.run(first, place)
    assert ended.status == 0, ended.words
    return place, time.monotonic() - start


@pytest.fixture
def warehouse(released: tuple[Path, float], tmp_path: Path) -> Path:
    """A copy of that warehouse."""
    return Path(shutil.copytree(released[0], tmp_path / "warehouse", symlinks=True))


def assert_whole(warehouse: Path, version: str | None = None) -> None:
    """The newest release is as published, and the catalog answers."""
    newest = publish.latest(warehouse / "releases")
    assert newest is not None
    assert version in (None, newest.name)
    assert publish.verify(newest) == []
    with ask.opened(str(warehouse)) as connection:
        assert ask.ask(connection, "select count(*) from articles").rows[0][0] >= 2
        assert ask.ask(connection, "select version from release").rows[0][0] == newest.name


def assert_told(ended: Ended, *words: str) -> None:
    """It failed, and said why in one line."""
    assert ended.status == 1, ended.words
    assert "Traceback" not in ended.words
    assert ended.last_line.startswith("Error: "), ended.words
    for word in words:
        assert word in ended.last_line


def test_runs_killed_at_any_moment_leave_the_last_release_whole(
    nursery: Nursery, released: tuple[Path, float], first: Path, more: Path, warehouse: Path
) -> None:
    chance = random.Random(19990618)
    for number in range(KILLS):
        process = nursery.begin((more, first)[number % 2], warehouse, "--allow-shrink")
        time.sleep(chance.uniform(0, released[1]))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
        nursery.end(process)
        assert_whole(warehouse)
    ended = nursery.run(more, warehouse)
    assert ended.status == 0, ended.words
    assert_whole(warehouse)
    assert not list(warehouse.glob(".unfinished-*"))


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["int", "term"]
)
@pytest.mark.parametrize("is_group", [False, True], ids=["parent", "group"])
def test_told_to_stop_it_ends_at_once_with_all_its_processes(
    nursery: Nursery,
    more: Path,
    tmp_path: Path,
    number: signal.Signals,
    status: int,
    is_group: bool,
) -> None:
    # A new one, so that there is work for two workers.
    log, warehouse = tmp_path / "log.txt", tmp_path / "warehouse"
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", "--workers", "2"]
    options = ["--shard-size", "1", "--source", str(more), "--warehouse", str(warehouse)]
    with log.open("w") as output:
        running = subprocess.Popen(
            [*command, *options], stdout=output, stderr=output, start_new_session=True
        )
    # Workers and the process of the rules are there by then, and most of them still import.
    until(lambda: "blocks ..." in log.read_text())
    (os.killpg if is_group else os.kill)(running.pid, number)
    assert running.wait(AT_ONCE_SECONDS) == status
    with contextlib.suppress(AssertionError):
        until(lambda: not alive(running.pid), AT_ONCE_SECONDS)
    assert alive(running.pid) == []
    words = log.read_text().splitlines()
    assert words[-1].endswith("; the last release and the catalog are as they were")
    assert not any("Traceback" in line or "Error" in line for line in words)
    assert nursery.run(more, warehouse).status == 0
    assert_whole(warehouse, "1.0.0")


def test_told_to_stop_while_the_rules_are_checked_it_ends_at_once(
    nursery: Nursery, more: Path, warehouse: Path, tmp_path: Path
) -> None:
    process = nursery.begin(more, warehouse)
    until(lambda: "validate ..." in nursery.words(process))
    start = time.monotonic()
    os.kill(process, signal.SIGTERM)
    ended = nursery.end(process)
    assert time.monotonic() - start < AT_ONCE_SECONDS
    assert ended.status == 143
    assert ended.last_line == "stopped; the last release and the catalog are as they were"
    assert_whole(warehouse, "1.0.0")
    assert nursery.run(more, warehouse).status == 0
    assert_whole(warehouse, "1.1.0")


def until(check: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s")


def alive(session: int) -> list[str]:
    """The processes of a session that have not ended."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "sid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    return [row[2] for row in rows if row[0] == str(session) and not row[1].startswith("Z")]


def test_a_full_disk_is_told_in_one_line(nursery: Nursery, more: Path, warehouse: Path) -> None:
    for most_bytes in (1_000, 20_000):
        assert_told(nursery.run(more, warehouse, most_bytes=most_bytes))
        assert_whole(warehouse, "1.0.0")
    assert nursery.run(more, warehouse).status == 0
    assert_whole(warehouse, "1.1.0")


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a place nobody may write to")
def test_a_place_that_cannot_be_written_to_is_told_in_one_line(
    nursery: Nursery, first: Path
) -> None:
    assert_told(nursery.run(first, Path("/sys/kernel/warehouse")), "/sys/kernel/warehouse")


def test_a_clock_set_back_changes_nothing(
    nursery: Nursery, first: Path, more: Path, warehouse: Path
) -> None:
    tomorrow = time.time() + 90_000
    for path in (warehouse, *warehouse.rglob("*")):
        os.utime(path, (tomorrow, tomorrow), follow_symlinks=False)
    assert "nothing changed" in nursery.run(first, warehouse).words
    assert nursery.run(more, warehouse).status == 0
    assert_whole(warehouse, "1.1.0")


def test_runs_on_one_warehouse_wait_for_each_other(
    nursery: Nursery, more: Path, warehouse: Path
) -> None:
    runs = [nursery.begin(more, warehouse) for _ in range(10)]
    assert [nursery.end(process).status for process in runs] == [0] * 10
    assert publish.versions(warehouse / "releases") == ["1.0.0", "1.1.0"]
    assert_whole(warehouse, "1.1.0")


def test_readers_keep_what_they_read_while_a_run_publishes(
    nursery: Nursery, more: Path, warehouse: Path
) -> None:
    with ask.opened(str(warehouse)) as connection:
        before = ask.ask(connection, "from articles order by article_id").rows
        assert nursery.run(more, warehouse).status == 0
        assert ask.ask(connection, "from articles order by article_id").rows == before
        assert ask.ask(connection, "select version from release").rows == (("1.0.0",),)
    assert_whole(warehouse, "1.1.0")


def test_a_warehouse_may_be_moved_and_copied_without_links(
    nursery: Nursery, more: Path, warehouse: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(warehouse, tmp_path / "copy"))
    assert not (copy / "releases" / "latest").is_symlink()
    moved = warehouse.rename(tmp_path / "moved")
    for place in (moved, copy):
        assert_whole(place, "1.0.0")
        ended = nursery.run(more, place)
        assert ended.status == 0, ended.words
        assert_whole(place, "1.1.0")
        assert os.readlink(place / "releases" / "latest") == "1.1.0"


@pytest.mark.parametrize("name", ["site_id=all", 'it\'s a "day" [1] 100%', "Архив 記録"])
def test_a_warehouse_may_lie_under_any_name(
    nursery: Nursery, more: Path, warehouse: Path, tmp_path: Path, name: str
) -> None:
    place = tmp_path / name / "out"
    place.parent.mkdir()
    warehouse.rename(place)
    assert_whole(place, "1.0.0")
    with ask.opened(str(place)) as connection:
        sites = ask.ask(connection, "select distinct site_id from articles order by all").rows
    assert sites == (("bridge gazette",), ("ferry gazette",))
    ended = nursery.run(more, place)
    assert ended.status == 0, ended.words
    assert_whole(place, "1.1.0")


def test_a_truncated_table_of_the_last_release_is_told_in_one_line(
    nursery: Nursery, more: Path, warehouse: Path, tmp_path: Path
) -> None:
    path = warehouse / "releases" / "1.0.0" / "event_reports.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert_told(nursery.run(more, warehouse), str(path), "is damaged")
    path.write_bytes(whole)
    assert nursery.run(more, warehouse).status == 0
    assert_whole(warehouse, "1.1.0")


def test_a_manifest_that_lies_is_told_and_one_that_is_none_stops_the_run(
    nursery: Nursery, more: Path, warehouse: Path
) -> None:
    path = warehouse / "releases" / "1.0.0" / "manifest.json"
    honest = path.read_text()
    said = json.loads(honest)
    said["files"]["events.parquet"]["sha256"] = "0" * 64
    path.write_text(json.dumps(said))
    (fault,) = publish.verify(path.parent)
    assert fault.file == "events.parquet"
    path.write_text(honest[:50])
    assert_told(nursery.run(more, warehouse), "manifest.json is damaged")
    path.write_text(honest)
    assert nursery.run(more, warehouse).status == 0
    assert_whole(warehouse, "1.1.0")
