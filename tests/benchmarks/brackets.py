"""Brackets: whether those of the event hold its day, and how wide they are, method by method.

Printed by `tests.benchmarks.dates`. Stories: the five real captures, the sample archive and the
reports of 1998 to 2002, each as its page prints it and from its text alone.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import dates
from tests.benchmarks.ecbplus import SHARED
from transforms import captures
from transforms.captures import Decoded, RawCapture

REPORTS = SHARED / "benchmarks/reports_1998_2002"
NO_BOUND = (dt.date.min, dt.date.max)


@dataclass(frozen=True, slots=True)
class Bracket:
    """One story's bracket beside the true days."""

    collection: str
    file: str
    is_bare: bool  # read from the text alone
    method: str  # the most exact of the clues it rests on; none where there is no bracket
    is_held: bool
    days: int | None  # None: open on one side, or none

    @property
    def is_given(self) -> bool:
        """Whether there is a bracket at all."""
        return self.method != "none"


def every() -> list[Bracket]:
    """The brackets of all stories at hand."""
    found = [b for name in dates.ARCHIVES for b in _of_archive(name)]
    return [*found, *_of_reports()] if REPORTS.exists() else found


def table(some: Sequence[Bracket]) -> list[str]:
    """Lines of a table: coverage and width by method, pages and texts alone apart."""
    lines = [
        "| read from | rests on | brackets | hold the day | share | median days | 9 in 10 within |",
        "|---|---|---|---|---|---|---|",
    ]
    for is_bare in (False, True):
        told = [b for b in some if b.is_bare == is_bare]
        place = "the text alone" if is_bare else "the page"
        methods = sorted({b.method for b in told if b.is_given})
        for method in methods:
            lines.append(_line(place, method, [b for b in told if b.method == method]))
        lines.append(_line(place, "any", [b for b in told if b.is_given]))
        lines.append(f"| {place} | no bracket | {sum(not b.is_given for b in told)} | | | | |")
    return lines


def _line(place: str, method: str, some: Sequence[Bracket]) -> str:
    held = sum(b.is_held for b in some)
    widths = sorted(b.days or 9999 for b in some)
    most = widths[min(len(widths) - 1, (9 * len(widths)) // 10)]
    figures = f"{statistics.median(widths):g} | {most if most < 9999 else 'open'}"
    share = held / max(1, len(some))
    return f"| {place} | {method} | {len(some)} | {held} | {share:.3f} | {figures} |"


def _of_archive(name: str) -> Iterator[Bracket]:
    truth, folder = dates.ARCHIVES[name]
    if not truth.exists():
        return
    told = json.loads(truth.read_text("utf-8"))["captures"]
    for file, said in told.items():
        if said.get("event_date") and not said.get("rejected"):
            yield from _both(name, folder, file, said["event_date"])


def _of_reports() -> Iterator[Bracket]:
    for line in (REPORTS / "truth.jsonl").read_text("utf-8").splitlines():
        said = json.loads(line)
        if said.get("event_date"):
            folder = REPORTS / "captures"
            yield from _both("reports of 1998 to 2002", folder, said["file"], said["event_date"])


def _both(collection: str, folder: Path, file: str, true: str) -> Iterator[Bracket]:
    listing = folder / "captures.csv"
    known: dict[str, str] = {}
    if listing.is_file():
        with listing.open(encoding="utf-8", newline="") as rows:
            known = {row["file"]: row["url"] for row in csv.DictReader(rows)}
    url = known.get(file) or None
    decoded = captures.decode(RawCapture(file, (folder / file).read_bytes(), "folder", url))
    if not isinstance(decoded, Decoded):
        return
    first, _, last = true.partition("/")
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    for is_bare in (False, True):
        found = dates.dated(decoded, url, is_bare)
        if found is None:
            continue
        start, end = found.event_date_start, found.event_date_end
        method = (found.event_date_method or "none").split("+")[-1]
        is_held = (start or NO_BOUND[0]) <= days[1] and days[0] <= (end or NO_BOUND[1])
        width = (end - start).days + 1 if start and end else None
        yield Bracket(collection, file, is_bare, method, is_held and method != "none", width)
