"""A guarded process ends with the one that guards it, and not before."""

from __future__ import annotations

import signal
import subprocess
import sys

PARENT = """
import subprocess, sys, time
from flows.guard import guarded
with guarded(int(sys.argv[1])):
    print("guarded", flush=True)
    time.sleep(60 if sys.argv[2] == "stay" else 0)
"""


def parent(of: int, how: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, str(of), how], stdout=subprocess.PIPE, text=True
    )


def sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])


def test_it_ends_when_the_run_is_killed() -> None:
    with sleeper() as guarded, parent(guarded.pid, "stay") as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "guarded\n"
        run.kill()
        assert guarded.wait(10) == -signal.SIGKILL


def test_it_stays_when_the_run_ends_by_itself() -> None:
    with sleeper() as guarded:
        with parent(guarded.pid, "end") as run:
            assert run.wait(10) == 0
        assert guarded.poll() is None
        guarded.kill()
