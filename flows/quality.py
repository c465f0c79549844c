"""Figures of a release that show at a glance whether it is as good as the last one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from transforms.quarantine import STAGE

# Name, SQL of one number, and whether that is a share.
FIGURES: tuple[tuple[str, str, bool], ...] = (
    ("captures", "SELECT count(*) FROM captures", False),
    ("articles", "SELECT count(*) FROM articles", False),
    ("events", "SELECT count(*) FROM events", False),
    ("names", "SELECT count(*) FROM entities", False),
    ("quotations", "SELECT count(*) FROM quotations", False),
    ("captures rejected", "SELECT avg(CAST(status = 'rejected' AS INT)) FROM captures", True),
    ("captures in quarantine", f"SELECT count(*) FROM rejections WHERE stage = '{STAGE}'", False),
    (
        "events with several reports",
        "SELECT avg(CAST(report_count > 1 AS INT)) FROM events",
        True,
    ),
    (
        "articles with a date of the event",
        "SELECT avg(CAST(event_date_start IS NOT NULL AS INT)) FROM articles",
        True,
    ),
    (
        "of these to the day",
        "SELECT avg(CAST(event_date_start = event_date_end AS INT)) FROM articles "
        "WHERE event_date_start IS NOT NULL",
        True,
    ),
    (
        "quotations with a speaker",
        "SELECT avg(CAST(speaker_entity_id IS NOT NULL AS INT)) FROM quotations",
        True,
    ),
    ("rules with a warning", "SELECT count(*) FROM validation_results WHERE NOT is_success", False),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a release and of the one before it; None where it says nothing."""

    name: str
    now: str
    before: str | None


def beside(release: Path, before: Path | None) -> list[Figure]:
    """The figures of a release, beside those of another."""
    now = _of(release)
    then = _of(before) if before else {}
    return [Figure(name, now.get(name, ""), then.get(name)) for name, _, _ in FIGURES]


def _of(release: Path) -> dict[str, str]:
    found = {}
    with duckdb.connect() as connection:
        for path in sorted(release.glob("*.parquet")):
            place = str(path).replace("'", "''")
            connection.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{place}')")
        for name, query, is_share in FIGURES:
            try:
                row = connection.execute(query).fetchone()
            except duckdb.Error:
                # A release of an earlier version of the project may lack a column.
                continue
            if row is not None and row[0] is not None:
                found[name] = f"{row[0]:.1%}" if is_share else f"{row[0]:,}"
    return found
