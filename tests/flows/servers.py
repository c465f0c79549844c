"""A Prefect server of our own on a free port, which can be killed and started again."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Imports of the server take 11 CPU seconds, those of a run 9: on a busy machine thrice that.
PATIENCE_SECONDS = 150


@contextlib.contextmanager
def process(
    command: list[str], env: Mapping[str, str], log: Path, *, is_killed: bool = False
) -> Iterator[int]:
    """A process with all its children; it is told to stop at the end, and killed if it does not."""
    with log.open("a") as output:
        running = subprocess.Popen(
            command, env=env, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield running.pid
        finally:
            if not is_killed:
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
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {PATIENCE_SECONDS} s\n{log.read_text()[-4000:]}")


class Server:
    """The server: its environment for clients, and what can be asked of it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.folder = folder
        self.log = folder / "server.log"
        self.address = f"http://127.0.0.1:{self._port}/api"
        self._own = {
            **{k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")},
            "PYTHONPATH": str(ROOT),
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            "PREFECT_RUNNER_HEARTBEAT_FREQUENCY": "30",
            # How soon a run that waits for another looks again.
            "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "1",
        }
        self.env = {**self._own, "PREFECT_API_URL": self.address}

    @contextlib.contextmanager
    def running(self, *, is_killed: bool = False) -> Iterator[None]:
        """The server, up and answering; at the end it is stopped, or killed."""
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
        command += ["--port", str(self._port)]
        with process(command, self._own, self.log, is_killed=is_killed):
            until(self._is_up, "the server answers", self.log)
            yield

    def _is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=2) as answer:
                return bool(answer.read() == b"true")
        except OSError:
            return False

    def asked(self, path: str, body: Mapping[str, Any] | None) -> Any:
        """The answer of the server; a question without a body only reads."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/{path}", data, headers)
        for wait in (1, 2, 4, 8, 0):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                # A busy server, or one that has just come up, asks for patience.
                if error.code != HTTPStatus.SERVICE_UNAVAILABLE or not wait:
                    raise
                time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def deployment(self, name: str) -> dict[str, Any] | None:
        """The deployment of that name, once it is there."""
        found = self.asked("deployments/filter", {"deployments": {"name": {"any_": [name]}}})
        return found[0] if found else None

    def runs_of(self, name: str) -> list[dict[str, Any]]:
        """All runs of the deployment, by the time when they were due."""
        found = self.asked("flow_runs/filter", {"deployments": {"name": {"any_": [name]}}})
        return sorted(found, key=lambda r: r["expected_start_time"])

    def ask_for_run(self, name: str, **parameters: Any) -> str:
        """The id of a new run of the deployment."""
        deployment = until(lambda: self.deployment(name), "the deployment is there", self.log)
        path = f"deployments/{deployment['id']}/create_flow_run"
        return str(self.asked(path, {"parameters": parameters})["id"])

    def state_of(self, run_id: str) -> tuple[str, str]:
        """Type and name of the run's state."""
        run = self.asked(f"flow_runs/{run_id}", None)
        return run["state_type"], run["state_name"]

    def ends(self, run_id: str, log: Path) -> tuple[str, str]:
        """The state in which the run ends."""
        final = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        until(lambda: self.state_of(run_id)[0] in final, "the run ends", log)
        return self.state_of(run_id)

    def words_of(self, run_id: str) -> str:
        """What the run has logged."""
        body = {"logs": {"flow_run_id": {"any_": [run_id]}}, "limit": 200}
        return "\n".join(row["message"] for row in self.asked("logs/filter", body))

    def artifacts_of(self, run_id: str) -> dict[str, dict[str, Any]]:
        """The artifacts of the run by their keys."""
        found = self.asked("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run_id]}}})
        return {a["key"]: a for a in found if a["key"]}
