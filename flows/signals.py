"""How a command ends when it is told to: at once, with all its processes, in one line.

A thread of its own waits for the signal, so that neither a long call into a library nor a
handler that an orchestrator installs stands in the way. What was unfinished is swept by the
next run.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

UNCHANGED = "the last release and the catalog are as they were"
ENDINGS = {
    signal.SIGINT: f"interrupted; {UNCHANGED}",
    signal.SIGTERM: f"stopped; {UNCHANGED}",
}
PROCESSES = Path("/proc")
PARKED_SECONDS = 60.0
ON_ITS_WAY_SECONDS = 0.1


def obey() -> None:
    """From now on SIGINT and SIGTERM end this process and all below it: status 130 or 143."""
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    # Some handler must be there for the number to be written.
    signal.signal(signal.SIGTERM, _parked)
    signal.signal(signal.SIGINT, _parked)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    threading.Thread(target=_wait, args=(told,), daemon=True).start()


def _parked(number: int, frame: object) -> None:
    """Leaves it to the thread: whoever is parked here starts no more processes."""
    while True:
        time.sleep(PARKED_SECONDS)


def _wait(told: int) -> None:
    while data := os.read(told, 1):
        if data[0] in ENDINGS:
            _end(data[0])


def _end(number: int) -> None:
    # A process that is being started meanwhile says nothing of finding its parent gone.
    said = os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    # Twice: one may have been on its way.
    for _ in range(2):
        for process in _below(os.getpid()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        time.sleep(ON_ITS_WAY_SECONDS)
    with contextlib.suppress(OSError):
        os.write(said, _line(number))
    os._exit(128 + number)


def _line(number: int) -> bytes:
    return f"{ENDINGS[signal.Signals(number)]}\n".encode()


def _below(process: int) -> list[int]:
    """All processes below this one, its children first."""
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found, wanted = [], [process]
    while wanted:
        some = children.get(wanted.pop(), [])
        found += some
        wanted += some
    return found


def _parents() -> Iterator[tuple[int, int]]:
    """Every process with its parent."""
    if not (PROCESSES / "self" / "stat").is_file():
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, check=False)
        for line in listed.stdout.decode().splitlines():
            child, parent = line.split()
            yield int(child), int(parent)
        return
    for path in PROCESSES.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name in brackets may hold blanks.
            state = path.read_text(errors="replace").rpartition(")")[2].split()
            yield int(path.parent.name), int(state[1])


@contextlib.contextmanager
def sparing_children() -> Iterator[None]:
    """Processes started meanwhile do not notice Ctrl-C: the one that started them ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@cache
def end_with_parent() -> None:
    """A worker process ends when the one that started it does, also when that one is killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
