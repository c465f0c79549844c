"""Measures of a release: counted on its tables, beside those of the release before."""

from __future__ import annotations

import duckdb

from tests.expectations.release import good, to_tables
from transforms.quality import MEASURES, Quality, lines, measure
from transforms.tables import RELEASED


def measured(
    rows: dict[str, list[dict[str, object]]], before: dict[str, float | None] | None = None
) -> dict[str, Quality]:
    tables = to_tables([rows])
    with duckdb.connect() as connection:
        for table in RELEASED:
            connection.register(table.name, tables.get(table.name, table.schema.empty_table()))
        return {q.measure: q for q in measure(connection, {"events": 0.5}, before or {})}


def test_each_measure_counts_its_rows_among_all() -> None:
    rows = good()
    for quotation in rows["quotations"]:
        quotation["speaker_entity_id"] = None
    rows["events"][0] |= {"event_date_start": None, "event_date_end": None}
    found = measured(rows, {"null_speaker": 0.25})
    assert {*MEASURES, "truth_events"} <= set(found)
    speaker = found["null_speaker"]
    assert (speaker.part_count, speaker.total_count) == (len(rows["quotations"]),) * 2
    assert (speaker.value, speaker.before_value) == (1.0, 0.25)
    assert found["undated"].part_count == 1
    assert found["truth_events"].value == 0.5


def test_quarantined_captures_are_counted_by_their_rule() -> None:
    rows = good()
    rejection = rows["rejections"][0]
    rejection |= {"stage": "expectations", "reason": "slices_to_text"}
    found = measured(rows)
    assert found["quarantined"].part_count == 1
    assert found["quarantined_slices_to_text"].part_count == 1
    assert found["rejected"].part_count == len(rows["rejections"]) - 1


def test_the_table_says_both_figures() -> None:
    row = Quality("undated", "Events without a day.", 1, 4, 0.25, 0.5)
    assert lines([row])[-1] == "| Events without a day. | 0.250 (1 of 4) | 0.500 |"
