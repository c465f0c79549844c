"""Quality of a release, measured on its own tables: what is missing, unsure or left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from transforms.schema import column, record

WIDE_DAYS = 7
UNSURE = (0.3, 0.7)


@record("quality", key=("measure",), is_released=False)
class Quality:
    """One measure of a release beside that of the release before."""

    measure: str = column("Name of the measure.")
    meaning: str = column("What is counted, and among what.")
    part_count: int | None = column("Rows counted; null for a figure against a truth.", minimum=0)
    total_count: int | None = column("Rows among which they are counted.", minimum=0)
    value: float | None = column("Share of the two, or F1 against a truth; null: none of none.")
    before_value: float | None = column("The same of the release before; null: not measured.")


# Each is SQL of two numbers over the tables of a release: how many of how many.
MEASURES: Mapping[str, tuple[str, str]] = {
    "undated": (
        "Events without a day.",
        """select count(*) filter (event_date_start is null and event_date_end is null), count(*)
        from events""",
    ),
    "bracket_wide": (
        "Events whose day is known within more than a week only.",
        f"""select count(*) filter ((event_date_start is null) <> (event_date_end is null)
            or event_date_end - event_date_start >= {WIDE_DAYS}), count(*) from events""",
    ),
    "unresolved": (
        "Mentions whose name could not be resolved.",
        "select count(*) filter (entity_id is null), count(*) from mentions",
    ),
    "null_speaker": (
        "Quotations whose speaker could not be told.",
        "select count(*) filter (speaker_entity_id is null), count(*) from quotations",
    ),
    "near_threshold": (
        f"Compared pairs near the threshold: probability {UNSURE[0]} to {UNSURE[1]}.",
        f"""select count(*) filter (score between {UNSURE[0]} and {UNSURE[1]}), count(*)
        from pair_decisions""",
    ),
    "holes": (
        "Months without a capture between a site's first and last.",
        """select coalesce(sum(spanned - held), 0)::bigint, coalesce(sum(spanned), 0)::bigint
        from (
            select count(distinct month) as held,
                date_diff('month', min(month || '-01')::date, max(month || '-01')::date) + 1
                    as spanned
            from coverage where month is not null group by site_id)""",
    ),
    "rejected": (
        "Captures that yield no article.",
        """select count(*) filter (stage <> 'expectations'), (select count(*) from captures)
        from rejections""",
    ),
    "quarantined": (
        "Captures in quarantine.",
        """select count(*) filter (stage = 'expectations'), (select count(*) from captures)
        from rejections""",
    ),
    "warnings": (
        "Rules that do not hold and are no reason to stop.",
        "select count(*) filter (not is_success), count(*) from validation_results",
    ),
}
QUARANTINED = """
select reason, count(*), (select count(*) from captures) from rejections
where stage = 'expectations' group by reason order by reason
"""


def measure(
    connection: duckdb.DuckDBPyConnection,
    against_truth: Mapping[str, float | None],
    before: Mapping[str, float | None],
) -> Iterator[Quality]:
    """The measures of the tables that the connection has, sorted by name.

    `against_truth` are F1 values by what they are of, where a truth is at hand.
    """
    rows = []
    for name, (meaning, sql) in MEASURES.items():
        rows.append((name, meaning, *_numbers(connection, sql)))
    for reason, part, total in connection.execute(QUARANTINED).fetchall():
        rows.append((f"quarantined_{reason}", f"Captures that break {reason}.", part, total))
    for name, value in against_truth.items():
        meaning = f"F1 of {name} against the truth that is at hand."
        yield Quality(f"truth_{name}", meaning, None, None, value, before.get(f"truth_{name}"))
    for name, meaning, part, total in rows:
        value = part / total if total else None
        yield Quality(name, meaning, part, total, value, before.get(name))


def _numbers(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[int, int]:
    found = connection.execute(sql).fetchone()
    assert found is not None
    return found[0], found[1]


def lines(rows: Sequence[Quality]) -> list[str]:
    """The measures as a table in Markdown."""
    out = ["| measure | this release | release before |", "|---|--:|--:|"]
    for row in rows:
        counted = "" if row.total_count is None else f" ({row.part_count} of {row.total_count})"
        cells = (f"{_figure(row.value)}{counted}", _figure(row.before_value))
        out.append(f"| {row.meaning} | {cells[0]} | {cells[1]} |")
    return out


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
