"""Ends the embedded Prefect server when the run that started it was killed.

Prefect stops its server when the run exits; after kill -9 it would stay. The kernel closes the
pipe of a killed process, so a small process that reads from it knows.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def guarded(pid: int | None) -> Iterator[None]:
    """The process of this id does not outlive this one; nothing where there is none."""
    if pid is None:
        yield
        return
    guard = subprocess.Popen([sys.executable, "-m", "flows.guard", str(pid)], stdin=subprocess.PIPE)
    try:
        yield
    finally:
        guard.kill()
        guard.communicate()


def main() -> None:
    """Waits for the end of standard input, then ends the process named as the argument."""
    # Ctrl-C goes to the whole group; the run itself deals with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin.read()
    with contextlib.suppress(ProcessLookupError):
        os.kill(int(sys.argv[1]), signal.SIGKILL)


if __name__ == "__main__":
    main()
