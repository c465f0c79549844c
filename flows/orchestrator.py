"""Where Prefect's server is, and how Prefect behaves here. Imports no Prefect: that takes seconds.

What the user has set, in the environment or in a profile, stays as it is.
"""

from __future__ import annotations

import os
import urllib.error
import urllib.request

LOCAL_SERVER = "http://127.0.0.1:4200/api"
PROBE_SECONDS = 0.5

DEFAULTS = {
    # No news of this run to anyone.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # Imports of the embedded server take 11 CPU seconds; the default of 20 fails on a busy core.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # The embedded server loses records of tasks at its exit unless it writes small batches often.
    # Not below a second: Prefect 3.8 cuts the interval to a whole number, and 0 spins a core.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
}
# The command line says itself what a run does and why it failed; the server gets the whole log.
QUIET = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}


def prepare(*, is_quiet: bool) -> None:
    """Sets what Prefect reads when it is imported; call before that."""
    for name, value in {**DEFAULTS, **(QUIET if is_quiet else {})}.items():
        os.environ.setdefault(name, value)


def local_server() -> str | None:
    """The address of a Prefect server on this machine's usual port; None where none answers."""
    try:
        with urllib.request.urlopen(f"{LOCAL_SERVER}/health", timeout=PROBE_SECONDS) as answer:
            return LOCAL_SERVER if answer.read().strip() == b"true" else None
    except (urllib.error.URLError, OSError, ValueError):
        return None
