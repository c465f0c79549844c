"""The flow on a real Prefect server: asked for here, on a schedule, and triggered."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Imports of the server take 11 CPU seconds, those of a run 9: on a busy machine thrice that.
PATIENCE_SECONDS = 150


@contextlib.contextmanager
def process(command: list[str], env: Mapping[str, str], log: Path) -> Iterator[int]:
    """A process with all its children; it is told to stop at the end, and killed if it does not."""
    with log.open("w") as output:
        running = subprocess.Popen(
            command, env=env, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield running.pid
        finally:
            running.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(15)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def until(check: Callable[[], Any], what: str, log: Path) -> Any:
    """What the check gives once it gives something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := check():
            return found
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {PATIENCE_SECONDS} s\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, story: str) -> Path:
    folder = tmp_path_factory.mktemp("flow")
    (folder / "gazette").mkdir()
    (folder / "gazette" / "bridge.txt").write_text(story)
    (folder / "gazette" / "ferry.txt").write_text(story.replace("bridge", "ferry"))
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[dict[str, str]]:
    """The environment in which a Prefect server of our own is known."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")},
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        # How soon a run that waits for another looks again.
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
    log = folder / "server.log"
    with process([*command, "--port", str(port)], env, log):
        address = f"http://127.0.0.1:{port}/api"
        until(lambda: is_up(address), "the server answers", log)
        yield {**env, "PREFECT_API_URL": address}


def is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:
            return bool(answer.read() == b"true")
    except OSError:
        return False


def asked(env: Mapping[str, str], path: str, body: Mapping[str, Any]) -> Any:
    request = urllib.request.Request(
        f"{env['PREFECT_API_URL']}/{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def test_a_run_asked_for_here_is_recorded_with_its_tasks(
    server: dict[str, str], folder: Path
) -> None:
    out = folder / "here"
    command = [sys.executable, "-m", "flows.cli", "run", "--source", str(folder / "gazette")]
    options = ["--warehouse", str(out), "--workers", "2", "--shard-size", "1", "--json"]
    done = subprocess.run(
        [*command, *options], env=server, capture_output=True, text=True, check=False, timeout=150
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["release"] == "1.0.0"
    (run,) = asked(server, "flow_runs/filter", {})
    assert run["state_type"] == "COMPLETED"
    tasks = asked(server, "task_runs/filter", {"flow_runs": {"id": {"any_": [run["id"]]}}})
    names = sorted(task["name"].rsplit("-", 1)[0] for task in tasks)
    assert names == [
        "articles", "articles", "blocks", "blocks", "catalog", "compare", "gather", "link", "read",
        "release", "site", "sites", "validate",
    ]  # fmt: skip


@pytest.mark.timeout(300)
def test_named_sources_are_served_by_their_own_schedules(
    server: dict[str, str], folder: Path
) -> None:
    listing, log = folder / "sources.toml", folder / "named.log"
    listing.write_text(
        '[press]\nplace = "gazette"\nschedule = "0 6 * * *"\n'
        '[more]\nplace = "gazette"\nschedule = "0 6 * * *"\n[rare]\nplace = "gazette"\n'
        'schedule = "0 6 1 * *"\n[asked]\nplace = "gazette"\n'
    )
    command = [sys.executable, "-m", "flows.cli", "serve", "--sources", str(listing)]
    names = {"any_": ["scheduled-press-more", "scheduled-rare"]}
    with process([*command, "--warehouse", str(folder / "named")], server, log):
        found = until(lambda: asked_all(server, names, 2), "the named sources are served", log)
    told = {
        d["name"]: (d["schedules"][0]["schedule"]["cron"], d["parameters"]["only"]) for d in found
    }
    assert told == {
        "scheduled-press-more": ("0 6 * * *", ["press", "more"]),
        "scheduled-rare": ("0 6 1 * *", ["rare"]),
    }


def asked_all(env: Mapping[str, str], names: Mapping[str, Any], count: int) -> Any:
    """The deployments of these names once there are so many."""
    found = asked(env, "deployments/filter", {"deployments": {"name": names}})
    return found if len(found) == count else None


@pytest.mark.timeout(480)
def test_it_runs_on_a_schedule_and_when_triggered(server: dict[str, str], folder: Path) -> None:
    out, log = folder / "served", folder / "serve.log"
    command = [sys.executable, "-m", "flows.cli", "serve", "--interval", "15"]
    options = ["--source", str(folder / "gazette"), "--warehouse", str(out)]

    def completed(is_scheduled: bool) -> list[Any]:
        runs = asked(
            server, "flow_runs/filter",
            {
                "deployments": {"name": {"any_": ["scheduled"]}},
                "flow_runs": {"state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED"]}}},
            },
        )  # fmt: skip
        assert {r["state_type"] for r in runs} <= {"COMPLETED"}, log.read_text()[-4000:]
        return [r for r in runs if r["auto_scheduled"] == is_scheduled]

    def served() -> list[Any]:
        named: list[Any] = asked(
            server, "deployments/filter", {"deployments": {"name": {"any_": ["scheduled"]}}}
        )
        return named

    with process([*command, *options], server, log):
        until(served, "the flow is served", log)
        # At once: on a busy machine runs come faster than they are done, and a later one waits.
        trigger = [sys.executable, "-m", "prefect", "deployment", "run", "communique/scheduled"]
        subprocess.run(trigger, env=server, check=True, capture_output=True, timeout=60)
        until(lambda: completed(is_scheduled=False), "a triggered run finishes", log)
        until(lambda: completed(is_scheduled=True), "a scheduled run finishes", log)
    # The second run found nothing new.
    assert [p.name for p in sorted((out / "releases").iterdir())] == ["1.0.0", "latest"]
