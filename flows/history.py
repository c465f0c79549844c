"""What runs a warehouse has seen: a line of JSON as each begins, another as it ends.

A run that was killed has begun and not ended. The lines are appended whole, so that a run that
waits for another may write its own meanwhile.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows import ask
from flows.direct import Clock
from flows.endings import echo_json, told
from flows.errors import ReaderError, stage_of
from flows.publish import Published
from flows.settings import Settings, from_options
from flows.validator import Verdict

FILE = "history.jsonl"
MAX_MESSAGE = 500


@dataclass(slots=True)
class Record:
    """What is noted of one run; filled while it runs."""

    facts: dict[str, Any] = field(default_factory=dict)

    def note(self, published: Published, verdict: Verdict) -> None:
        """Notes the release that the run ended with."""
        self.facts |= {
            "outcome": "released" if published.is_new else "unchanged",
            "release": published.version,
            "captures": verdict.capture_count,
            "quarantined": verdict.quarantined_count,
            "warnings": len(verdict.broken),
        }


@contextlib.contextmanager
def recorded(settings: Settings, clock: Clock, kind: str) -> Iterator[Record]:
    """Notes that a run of this kind begins, and how it ends; the error goes on."""
    run, start = secrets.token_hex(4), dt.datetime.now(dt.UTC)
    record = Record()
    begun = {
        "run": run,
        "kind": kind,
        "started": start.isoformat(timespec="milliseconds"),
        "process": os.getpid(),
        "host": socket.gethostname(),
    }
    _append(settings.warehouse, begun)
    try:
        yield record
    except BaseException as error:
        record.facts = {
            "outcome": "failed" if isinstance(error, Exception) else "stopped",
            "stage": stage_of(error),
            "error": str(error)[:MAX_MESSAGE] or type(error).__name__,
        }
        raise
    finally:
        ended = dt.datetime.now(dt.UTC)
        seconds: dict[str, float] = {}
        for name, spent in clock.seconds:
            seconds[name] = round(seconds.get(name, 0.0) + spent, 3)
        # A warehouse that cannot be written has failed the run already; that is what to tell.
        with contextlib.suppress(OSError):
            _append(
                settings.warehouse,
                {
                    "run": run,
                    "ended": ended.isoformat(timespec="milliseconds"),
                    "seconds": round((ended - start).total_seconds(), 3),
                    **record.facts,
                    "stages": seconds,
                },
            )


def runs(warehouse: Path) -> list[dict[str, Any]]:
    """The runs of a warehouse, oldest first; one that neither ended nor is at work was killed."""
    path = warehouse / FILE
    found: dict[str, dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            told = json.loads(line)
            found.setdefault(told["run"], {}).update(told)
        except (ValueError, KeyError, TypeError):
            # A disk that was full cuts a line; the other runs are still known.
            continue
    begun = [run for run in found.values() if "started" in run]
    for run in begun:
        if "outcome" not in run:
            run["outcome"] = "running" if _is_running(run) else "killed"
    return sorted(begun, key=lambda run: str(run["started"]))


def show(warehouse: str, *, limit: int, as_json: bool) -> None:
    """Prints the last runs, the newest last."""
    with told(as_json):
        place = from_options(warehouse=warehouse).warehouse
        if not place.is_dir():
            raise ReaderError(f"{place} is not there: `communique run` makes it")
        last = runs(place)[-limit:]
    if as_json:
        echo_json(last)
        return
    names = ("started", "kind", "outcome", "release", "captures", "quarantined", "took", "error")
    print(ask.as_text(ask.Answer(names, tuple(_row(run) for run in last))))


def duration(seconds: float) -> str:
    """Seconds in words.

    >>> duration(7.21), duration(75), duration(7322)
    ('7.2 s', '1 min 15 s', '2 h 2 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def _row(run: dict[str, Any]) -> tuple[Any, ...]:
    error = run.get("error")
    stage = f"{run['stage']}: " if run.get("stage") else ""
    return (
        str(run["started"])[:19].replace("T", " "),
        run.get("kind"),
        run["outcome"],
        run.get("release"),
        run.get("captures"),
        run.get("quarantined"),
        duration(run["seconds"]) if "seconds" in run else None,
        f"{stage}{error.splitlines()[0]}" if error else None,
    )


def _append(warehouse: Path, line: dict[str, Any]) -> None:
    warehouse.mkdir(parents=True, exist_ok=True)
    data = f"{json.dumps(line, ensure_ascii=False)}\n".encode()
    descriptor = os.open(warehouse / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(descriptor, data)
    finally:
        os.close(descriptor)


def _is_running(run: dict[str, Any]) -> bool:
    """Whether the process of a run is there; of another host that is not known, and taken so."""
    if run.get("host") != socket.gethostname():
        return True
    try:
        os.kill(int(run["process"]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
