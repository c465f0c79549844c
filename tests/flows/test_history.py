"""What a run tells while it works, and what is known of it later."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from flows import history
from flows.direct import Clock, Direct
from flows.errors import ReaderError, in_stage
from flows.publish import Published
from flows.settings import Settings
from flows.validator import Verdict
from flows.watching import Bars, Lines

COMMUNIQUE = [sys.executable, "-m", "flows.cli"]


def communique(*arguments: str, stderr: Any = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMUNIQUE, *arguments], stdout=subprocess.PIPE, stderr=stderr, text=True, check=False,
        timeout=150,
    )  # fmt: skip


def read_terminal(descriptor: int, seen: list[bytes]) -> None:
    # It ends with an error when the other side is closed.
    with contextlib.suppress(OSError):
        while data := os.read(descriptor, 65536):
            seen.append(data)
    os.close(descriptor)


def test_a_run_tells_people_and_programs_and_is_remembered(tmp_path: Path, story: str) -> None:
    out, pages = str(tmp_path / "out"), tmp_path / "pages"
    pages.mkdir()
    for name in ("bridge", "ferry"):
        (pages / f"{name}.txt").write_text(story.replace("bridge", name))
    options = ("run", "--direct", "--no-site", "--workers", "1", "--warehouse", out, "--source")

    # A person looks: a terminal.
    ours, theirs = os.openpty()
    seen: list[bytes] = []
    reader = threading.Thread(target=read_terminal, args=(ours, seen))
    reader.start()
    done = communique(*options, str(pages), stderr=theirs)
    os.close(theirs)
    reader.join()
    assert done.returncode == 0, seen
    assert "release 1.0.0 (new)" in done.stdout
    assert "2 captures" in b"".join(seen).decode()

    # A program reads: every line is an event.
    done = communique(*options, str(pages), "--log-json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert {e["level"] for e in events} == {"info"}
    assert next(e["stage"] for e in events if e["event"] == "stage_ends") == "read"
    assert events[-1]["event"] == "run_ends"
    assert events[-1]["release"] == "1.0.0"

    done = communique(*options, str(tmp_path / "nowhere"), "--log-json")
    assert done.returncode == 1
    *_, last = [json.loads(line) for line in done.stderr.splitlines()]
    assert (last["level"], last["event"], last["stage"]) == ("error", "run_fails", "read")

    done = communique("history", "--warehouse", out, "--json")
    told = json.loads(done.stdout)
    assert [(r["outcome"], r.get("release")) for r in told] == [
        ("released", "1.0.0"), ("unchanged", "1.0.0"), ("failed", None),
    ]  # fmt: skip
    assert told[0]["captures"] == 2
    assert told[0]["stages"]["read"] > 0
    assert told[2]["stage"] == "read"
    assert "read: source" in communique("history", "--warehouse", out).stdout


def test_runs_that_were_killed_or_are_at_work_are_told_apart(tmp_path: Path) -> None:
    settings, clock = Settings(warehouse=tmp_path), Clock(lambda _: None)
    with history.recorded(settings, clock, "direct") as record:
        assert [r["outcome"] for r in history.runs(tmp_path)] == ["running"]
        record.note(Published("1.0.0", tmp_path, True, ()), Verdict(1, (), ""))
    with pytest.raises(ReaderError), history.recorded(settings, clock, "direct"), in_stage("link"):
        raise ReaderError("too much")
    with pytest.raises(KeyboardInterrupt), history.recorded(settings, clock, "direct"):
        raise KeyboardInterrupt
    path = tmp_path / history.FILE
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = history.runs(tmp_path)[0]["host"]
    begun = {"run": "k", "started": "2999", "process": gone.pid, "host": host}
    path.write_text(f'{path.read_text()}{json.dumps(begun)}\n{{"run": "cut')
    runs = history.runs(tmp_path)
    assert [r["outcome"] for r in runs] == ["released", "failed", "stopped", "killed"]
    assert runs[1]["stage"] == "link"


def test_captures_are_counted_as_their_shards_are_through(tmp_path: Path, story: str) -> None:
    from flows import store
    from transforms.captures import RawCapture

    told: list[str] = []
    for shard, count in (("a", 3), ("b", 1)):
        raws = [RawCapture(f"{shard}{i}", story.encode(), "pages") for i in range(count)]
        store.write_captures(tmp_path / shard / "0.arrow", raws)
    with Direct(1, Clock(told.append)) as executor:
        executor.each("blocks", lambda shard: None, [tmp_path / "a", tmp_path / "b"])
    assert told == ["blocks ...", "blocks 3/4 captures", "blocks 4/4 captures"]


def test_bars_and_lines_take_the_same_events(capsys: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []
    with Bars() as bars:
        for watch in (bars, Lines(said.append)):
            watch.begins("blocks")
            watch.advances("blocks", 5, 10, "captures")
            watch.says("[bold] is no markup")
            watch.ends("blocks", 2.0)
    assert said == ["blocks ...", "blocks 5/10 captures", "[bold] is no markup"]
    told = capsys.readouterr().err
    assert "[bold] is no markup" in told
    assert "10 captures" in told
