"""The flow on a real Prefect server: asked for here, served, cancelled, killed, missed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import filelock
import pytest

from tests.flows.servers import Server, process, until

# So many keep two workers busy for some seconds.
MANY = 400
COMMUNIQUE = [sys.executable, "-m", "flows.cli"]
# On a busy machine; together well below three minutes on a quiet one.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, story: str) -> Path:
    """A folder with few captures, and one with many."""
    folder = tmp_path_factory.mktemp("flow")
    for name in ("gazette", "many"):
        (folder / name).mkdir()
    (folder / "gazette" / "bridge.txt").write_text(story)
    (folder / "gazette" / "ferry.txt").write_text(story.replace("bridge", "ferry"))
    for number in range(MANY):
        text = story.replace("bridge", f"bridge {number}").replace("eleven", str(number))
        (folder / "many" / f"{number:04}.txt").write_text(text * 3)
    return folder


@pytest.fixture(scope="module")
def alarms() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The address of a webhook, and what was posted there."""
    posted: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            posted.append(json.loads(self.rfile.read(length)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/alarm", posted
        listening.shutdown()
        thread.join()


@contextlib.contextmanager
def serving(
    server: Server, name: str, source: Path, out: Path, *more: str, is_killed: bool = False
) -> Iterator[int]:
    """The flow, served under that name with the deployment in place; gives the process."""
    options = ["--name", name, "--source", str(source), "--warehouse", str(out), "--no-site"]
    log = server.folder / f"{name}.log"
    with process(
        [*COMMUNIQUE, "serve", *options, *more], server.env, log, is_killed=is_killed
    ) as p:
        until(lambda: server.deployment(name), "the flow is served", log)
        yield p


def descendants(pid: int) -> dict[int, tuple[int, str]]:
    """The processes that this one started, and they in turn: parents and command lines."""
    found: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            found[int(entry.name)] = parent, command
    below, todo = [], [pid]
    while todo:
        one = todo.pop()
        children = [c for c, (parent, _) in found.items() if parent == one]
        below += children
        todo += children
    return {c: found[c] for c in below}


def workers_of(serve: int) -> dict[int, int]:
    """The workers of runs that this process serves, each with the process of its run."""
    return {
        worker: parent
        for worker, (parent, command) in descendants(serve).items()
        if "spawn_main" in command and parent != serve
    }


def at_work(out: Path) -> list[Path]:
    """The notes of the captures that workers hold."""
    return [n for n in out.glob(".unfinished-*/held/*") if "lost-" not in n.name]


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def releases_of(out: Path) -> list[str]:
    return sorted(p.name for p in (out / "releases").glob("[0-9]*"))


def test_a_run_asked_for_here_is_recorded_with_its_tasks(server: Server, folder: Path) -> None:
    command = [*COMMUNIQUE, "run", "--source", str(folder / "gazette"), "--json"]
    options = ["--warehouse", str(folder / "here"), "--workers", "2", "--shard-size", "1"]
    with server.running():
        done = subprocess.run(
            [*command, *options],
            env=server.env, capture_output=True, text=True, check=False, timeout=150,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["release"] == "1.0.0"
        (run,) = server.asked("flow_runs/filter", {})
        assert run["state_type"] == "COMPLETED"
        assert run["name"].startswith("here ")
        assert run["name"].endswith(": 1.0.0")
        assert {"warehouse:here", "release:1.0.0"} <= set(run["tags"])
        of_run = {"flow_runs": {"id": {"any_": [run["id"]]}}}
        names = sorted(
            task["name"].rsplit("-", 1)[0] for task in server.asked("task_runs/filter", of_run)
        )
        artifacts = server.artifacts_of(run["id"])
    assert names == [
        "articles", "articles", "blocks", "blocks", "catalog", "compare", "gather", "link", "read",
        "release", "site", "sites", "validate",
    ]  # fmt: skip
    assert set(artifacts) == {
        "here-summary", "here-quality", "here-changes", "here-rejections", "here-site",
        "here-validation",
    }  # fmt: skip
    assert "release 1.0.0 (new)" in artifacts["here-summary"]["data"]
    assert {"figure": "captures", "now": "2", "before": None} in json.loads(
        artifacts["here-quality"]["data"]
    )
    assert (folder / "here" / "site" / "index.html").as_uri() in artifacts["here-site"]["data"]


def test_named_sources_are_served_by_their_own_schedules(server: Server, folder: Path) -> None:
    listing, log = folder / "sources.toml", folder / "named.log"
    listing.write_text(
        '[press]\nplace = "gazette"\nschedule = "0 6 * * *"\n'
        '[more]\nplace = "gazette"\nschedule = "0 6 * * *"\n[rare]\nplace = "gazette"\n'
        'schedule = "0 6 1 * *"\n[asked]\nplace = "gazette"\n'
    )
    command = [*COMMUNIQUE, "serve", "--sources", str(listing)]
    names = ("scheduled-press-more", "scheduled-rare")

    def served() -> list[dict[str, Any]] | None:
        found = [server.deployment(name) for name in names]
        return [d for d in found if d] if all(found) else None

    with (
        server.running(),
        process([*command, "--warehouse", str(folder / "named")], server.env, log),
    ):
        found = until(served, "the named sources are served", log)
    told = {
        d["name"]: (d["schedules"][0]["schedule"]["cron"], d["parameters"]["only"]) for d in found
    }
    assert told == {
        "scheduled-press-more": ("0 6 * * *", ["press", "more"]),
        "scheduled-rare": ("0 6 1 * *", ["rare"]),
    }


def test_runs_are_cancelled_lose_workers_and_crash_without_half_a_state(
    server: Server, folder: Path, alarms: tuple[str, list[dict[str, Any]]]
) -> None:
    out, (webhook, posted) = folder / "served", alarms
    many = [str(folder / "many")]
    options = ("--workers", "2", "--shard-size", "50", "--webhook", webhook)
    log = server.folder / "manual.log"
    with server.running(), serving(server, "manual", folder / "gazette", out, *options) as serve:
        described = server.deployment("manual")["parameter_openapi_schema"]["properties"]
        assert described["warehouse"]["description"] == "Folder that the releases go to."
        with pytest.raises(OSError, match=r"409|422"):
            server.ask_for_run("manual", workers=0)

        # Another run holds the warehouse: seen to wait, then done.
        out.mkdir(exist_ok=True)
        with filelock.FileLock(out / ".lock"):
            first = server.ask_for_run("manual")
            until(lambda: server.state_of(first)[1] == "AwaitingWarehouse", "it waits", log)
        assert server.ends(first, log) == ("COMPLETED", "Completed")
        assert releases_of(out) == ["1.0.0"]

        # Cancelled amid its work.
        second = server.ask_for_run("manual", sources=many)
        until(lambda: at_work(out), "workers are at work", log)
        workers = workers_of(serve)
        assert workers
        server.asked(
            f"flow_runs/{second}/set_state", {"state": {"type": "CANCELLING", "name": "Cancelling"}}
        )
        assert server.ends(second, log)[0] == "CANCELLED"
        until(lambda: not any(map(is_alive, workers)), "its workers are gone", log)
        assert releases_of(out) == ["1.0.0"]

        # Killed with kill -9: the alarm names stage and captures.
        third = server.ask_for_run("manual", sources=many)
        until(lambda: at_work(out), "workers are at work", log)
        workers = workers_of(serve)
        (engine,) = set(workers.values())
        os.kill(engine, signal.SIGKILL)
        assert server.ends(third, log)[0] == "CRASHED"
        until(lambda: not any(map(is_alive, workers)), "its workers are gone", log)
        until(lambda: posted, "the webhook is told", log)
        assert posted[-1]["state"] == "Crashed"
        assert posted[-1]["stage"] in ("blocks", "articles", "captures", "furniture")
        assert all(c.startswith("c_") for c in posted[-1]["captures"])
        assert posted[-1]["captures"]

        # One worker of several killed: the run goes on.
        fourth = server.ask_for_run("manual", sources=many)
        # What the killed run left is swept before workers come.
        workers = until(lambda: at_work(out) and workers_of(serve), "workers are at work", log)
        os.kill(min(workers), signal.SIGKILL)
        assert server.ends(fourth, log) == ("COMPLETED", "Completed"), server.words_of(fourth)
        assert "a worker process ended" in server.words_of(fourth)
        assert releases_of(out)[0] == "1.0.0"
        assert len(releases_of(out)) == 2
        assert not list(out.glob(".unfinished-*"))

        # What a reader must mend.
        fifth = server.ask_for_run("manual", sources=[str(folder / "nowhere")])
        assert server.ends(fifth, log)[0] == "FAILED"
        until(lambda: len(posted) > 1, "the webhook is told", log)
        assert posted[-1]["stage"] == "read"
        assert "nowhere" in posted[-1]["text"]


def test_missed_runs_are_made_up_for_once_and_a_restarted_server_is_found_again(
    server: Server, folder: Path
) -> None:
    source, out = folder / "gazette", folder / "often"
    log = server.folder / "often.log"

    def ended(state_name: str) -> list[dict[str, Any]]:
        return [r for r in server.runs_of("often") if r["state_name"] == state_name]

    def due() -> list[dict[str, Any]]:
        return [r for r in server.runs_of("often") if r["state_name"] == "Late"]

    with server.running(is_killed=True):
        with serving(server, "often", source, out, "--interval", "8", is_killed=True):
            until(lambda: server.runs_of("often"), "runs are scheduled", log)
        # Nobody serves: runs are due and late.
        missed = until(lambda: due() if len(due()) >= 3 else None, "runs are missed", log)
    # Nor is there a server.
    with contextlib.ExitStack() as stack:
        with server.running(is_killed=True):
            stack.enter_context(serving(server, "often", source, out, "--interval", "3600"))
            until(lambda: not due(), "what was missed is made up for", log)
            states = [server.ends(run["id"], log)[1] for run in missed]
            # Which of them is at hand first is the server's affair; one makes up for all.
            assert sorted(states) == ["Completed", *["Skipped"] * (len(missed) - 1)]
        # The server was killed under the serving process and is started again.
        with server.running():
            assert server.ends(server.ask_for_run("often"), log) == ("COMPLETED", "Completed")
            stack.close()
    assert releases_of(out) == ["1.0.0"]
