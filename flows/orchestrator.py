"""Where Prefect's server is, and how Prefect behaves here. Imports no Prefect: that takes seconds.

What the user has set, in the environment or in a profile, stays as it is.
"""

from __future__ import annotations

import os
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

LOCAL_SERVER = "http://127.0.0.1:4200/api"
PROBE_SECONDS = 1.0
ADDRESS = "PREFECT_API_URL"

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
    """Sets what Prefect reads when it is imported, and finds the server; call before that.

    The address goes into the environment, not into Prefect's settings of the moment: threads and
    worker processes know nothing of those, and each would embed a server of its own.
    """
    for name, value in {**DEFAULTS, **(QUIET if is_quiet else {})}.items():
        os.environ.setdefault(name, value)
    if ADDRESS not in os.environ and not _is_configured():
        found = local_server()
        if found:
            os.environ[ADDRESS] = found


def local_server() -> str | None:
    """The address of a Prefect server on this machine's usual port; None where none answers."""
    return LOCAL_SERVER if answers(LOCAL_SERVER) else None


def answers(address: str) -> bool:
    """Whether a Prefect server answers at this address of its interface."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=PROBE_SECONDS) as answer:
            return bool(answer.read().strip() == b"true")
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _is_configured() -> bool:
    """Whether a file that Prefect reads names a server: the active profile or prefect.toml."""
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    profiles = _toml(Path(os.environ.get("PREFECT_PROFILES_PATH", home / "profiles.toml")))
    active = os.environ.get("PREFECT_PROFILE", profiles.get("active"))
    profile = profiles.get("profiles", {}).get(active, {})
    return ADDRESS in profile or "url" in _toml(Path("prefect.toml")).get("api", {})


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # Prefect itself says what is wrong with it.
        return {}
