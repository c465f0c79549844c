"""Asks pip-audit whether a pinned dependency has a known vulnerability; status 1 where one has.

Where no vulnerability service can be reached it says that it was skipped, and status is 0: a
check must not fail because the network is away.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
PATIENCE_SECONDS = 90


def main() -> int:
    """Prints what was found, or why nothing was looked for."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--format", "json"]
    options = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(
            [*command, *options], capture_output=True, text=True, check=False,
            timeout=PATIENCE_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return skipped(f"no answer within {PATIENCE_SECONDS} s")
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return skipped((done.stderr.strip().splitlines() or ["no answer"])[-1])
    audited = [p for p in packages if "skip_reason" not in p]
    if not audited:
        return skipped(packages[0]["skip_reason"] if packages else "no package was audited")
    found = [(p["name"], p["version"], v["id"]) for p in audited for v in p.get("vulns", ())]
    for name, version, known in found:
        print(f"pip-audit: {name} {version} has {known}")
    if not found:
        print(f"pip-audit: nothing known against {len(audited)} of {len(packages)} packages")
    return int(bool(found))


def skipped(reason: str) -> int:
    """Says so; a check that could not be carried out is none that failed."""
    print(f"pip-audit: skipped, no vulnerability service could be asked ({reason[:160]})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
