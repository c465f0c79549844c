"""Losses: what the last release holds and the next one would not.

A source that was moved, renamed or emptied looks like a dataset that shrank. What is added
elsewhere makes up for nothing: other captures are other captures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms import quarantine

MAX_SHARE = 0.2
# Events that are found to be one are no loss to a reader, while they are few: the ledger names
# the heir of each.
FEW_MERGED = 3
SAMPLE = 5
COMPARED: Mapping[str, tuple[str, ...]] = {
    "captures": ("capture_id", "source_uri"),
    "articles": ("article_id", "capture_id", "title"),
    "events": ("event_id", "title"),
    "rejections": ("capture_id", "reason"),
    "event_reports": ("event_id", "article_id"),
    "event_ledger": ("old_event_id", "change", "release"),
}


@dataclass(frozen=True, slots=True)
class Loss:
    """Rows of one table that would go: how many of how many, why, and what some are called."""

    table_name: str
    lost: int
    before: int
    causes: tuple[tuple[str, int], ...]
    sample: tuple[str, ...]

    @property
    def share(self) -> float:
        """Lost rows over all rows of the last release."""
        return self.lost / self.before

    def __str__(self) -> str:
        """The loss in words.

        >>> str(Loss("captures", 2, 3, (("not in the sources", 2),), ("a.txt", "b.txt")))
        '2 of 3 captures (not in the sources 2), such as a.txt; b.txt'
        """
        causes = ", ".join(f"{cause} {count}" for cause, count in self.causes)
        return (
            f"{self.lost} of {self.before} {self.table_name} ({causes}), "
            f"such as {'; '.join(self.sample)}"
        )


def without_captures(
    tables: Mapping[str, pa.Table], capture_ids: Collection[str]
) -> dict[str, pa.Table]:
    """The tables without these captures, their articles, and events that they alone report."""
    if not capture_ids:
        return dict(tables)
    left = dict(tables)
    for name in ("captures", "articles"):
        left[name] = quarantine.without(tables[name], "capture_id", capture_ids)
    articles = left["articles"]["article_id"].combine_chunks()
    reports = tables["event_reports"]
    reports = left["event_reports"] = reports.filter(pc.is_in(reports["article_id"], articles))
    events = tables["events"]
    is_reported = pc.is_in(events["event_id"], reports["event_id"].combine_chunks())
    left["events"] = events.filter(is_reported)
    return left


def losses(
    before: Mapping[str, pa.Table], after: Mapping[str, pa.Table], upcoming: str
) -> tuple[Loss, ...]:
    """What would go of captures, articles and events, a table that loses nothing left out.

    Both sides hold the columns of `COMPARED`; `upcoming` is what the ledger calls the release to
    come. An article is lost where its capture yields fewer than before, whatever its id.
    """
    old = {name: table.to_pylist() for name, table in before.items()}
    new = {name: table.to_pylist() for name, table in after.items()}
    found = (_captures(old, new), _articles(old, new), _events(old, new, upcoming))
    return tuple(loss for loss in found if loss is not None)


Rows = Mapping[str, list[dict[str, Any]]]


def _captures(old: Rows, new: Rows) -> Loss | None:
    left = {row["capture_id"] for row in new["captures"]}
    gone = [row["source_uri"] for row in old["captures"] if row["capture_id"] not in left]
    return _counted("captures", old, Counter({"not in the sources": len(gone)}), gone)


def _articles(old: Rows, new: Rows) -> Loss | None:
    left = Counter(row["capture_id"] for row in new["articles"])
    captures = {row["capture_id"] for row in new["captures"]}
    reasons = {row["capture_id"]: row["reason"] for row in new["rejections"]}
    causes, names = Counter[str](), []
    for row in old["articles"]:
        capture_id = row["capture_id"]
        if left[capture_id] > 0:
            left[capture_id] -= 1
            continue
        gone = (
            "fewer stories on the page" if capture_id in captures else "capture not in the sources"
        )
        causes[reasons.get(capture_id, gone)] += 1
        names.append(row["title"] or row["article_id"])
    return _counted("articles", old, causes, names)


def _events(old: Rows, new: Rows, upcoming: str) -> Loss | None:
    left = {row["event_id"] for row in new["events"]}
    changes = {
        row["old_event_id"]: row["change"]
        for row in new["event_ledger"]
        if row["release"] == upcoming
    }
    gone = {
        row["event_id"]: row["title"] or row["event_id"]
        for row in old["events"]
        if row["event_id"] not in left
    }
    causes = Counter(changes.get(event_id) or "retired" for event_id in gone)
    if causes["merged"] <= FEW_MERGED:
        gone = {i: name for i, name in gone.items() if changes.get(i) != "merged"}
        del causes["merged"]
    return _counted("events", old, causes, list(gone.values()))


def _counted(table: str, old: Rows, causes: Counter[str], names: list[str]) -> Loss | None:
    if not names:
        return None
    sample = tuple(sorted(names)[:SAMPLE])
    return Loss(table, len(names), len(old[table]), tuple(causes.most_common()), sample)
