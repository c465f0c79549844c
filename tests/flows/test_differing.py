"""Every difference between two releases has its cause, and a reader of the data is told it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from flows import differing, publish, store
from tests.expectations.release import good, to_tables
from tests.expectations.story_rows import Rows
from transforms import ids
from transforms.authority import Authority, Correction, OfficeSpell, Person, Site
from transforms.tables import RELEASED

PERSON = Person("ada-lind", "Ada Lind", "Ada", "Lind", None)


def spell(until: int) -> OfficeSpell:
    return OfficeSpell(
        "ada-lind", "minister", None, None, dt.date(1990, 1, 1), dt.date(until, 1, 1)
    )


def release(warehouse: Path, worlds: list[Rows], authority: Authority | None = None) -> Path:
    tables = to_tables(worlds)
    store.remove(warehouse / "build")
    for table in RELEASED:
        rows = tables.get(table.name, table.schema.empty_table())
        rows = rows.sort_by([(name, "ascending") for name in table.key])
        store.write_table(warehouse / "build", table, rows)
    return publish.publish(warehouse / "build", warehouse / "releases", {}, authority).folder


def changes(folder: Path, **wanted: Any) -> list[dict[str, Any]]:
    rows = pq.read_table(folder / "changes.parquet").to_pylist()
    return [r for r in rows if all(r[name] == value for name, value in wanted.items())]


def test_the_first_release_has_no_changes_and_names_its_inputs(tmp_path: Path) -> None:
    folder = release(tmp_path, [good()], Authority(people=(PERSON,)))
    assert changes(folder) == []
    inputs = pq.read_table(folder / "inputs.parquet").to_pylist()
    assert {i["name"] for i in inputs if i["kind"] == "code"} == set(differing.STAGES)
    (person,) = [i for i in inputs if i["kind"] == "reference"]
    assert person["subjects"] == [ids.entity_id("person", "ada-lind")]


def test_what_comes_with_a_capture_and_goes_with_it_names_the_capture(tmp_path: Path) -> None:
    release(tmp_path, [good(0)])
    folder = release(tmp_path, [good(0), good(1)])
    new = {c["capture_id"]: c["source_uri"] for c in good(1)["captures"]}
    assert {c["cause"] for c in changes(folder, table_name="captures")} == {"new capture"}
    assert {c["row_key"] for c in changes(folder, table_name="captures")} == set(new)
    for change in changes(folder, table_name="articles", change="added"):
        assert change["cause_detail"] in new.values()
    assert {c["cause"] for c in changes(folder, table_name="events")} == {"new capture"}
    folder = release(tmp_path, [good(0)])
    assert {c["cause"] for c in changes(folder, table_name="articles")} == {"capture gone"}
    text = (folder / "CHANGELOG.md").read_text()
    assert "rows: capture gone" in text.split("## 1.1.0")[0]


def test_a_day_that_moved_with_a_reference_row_names_the_row(tmp_path: Path) -> None:
    before, after = good(), good()
    person = next(m["entity_id"] for m in before["mentions"] if m["entity_id"])
    for rows in (before, after):
        for table in rows.values():
            for row in table:
                for name, value in row.items():
                    if value == person:
                        row[name] = ids.entity_id("person", "ada-lind")
    article = next(
        a for a in after["articles"] if a["article_id"] == after["mentions"][0]["article_id"]
    )
    was = article["event_date_start"]
    article["event_date_start"] = was - dt.timedelta(days=3)
    release(tmp_path, [before], Authority(people=(PERSON,), offices=(spell(1999),)))
    folder = release(tmp_path, [after], Authority(people=(PERSON,), offices=(spell(1998),)))
    (change,) = changes(folder, table_name="articles")
    assert change["column_name"] == "event_date_start"
    assert (change["old_value"], change["new_value"]) == (str(was), str(was - dt.timedelta(days=3)))
    assert change["cause"] == "reference row"
    assert "offices.csv: ada-lind | minister" in change["cause_detail"]


def test_a_correction_is_told_before_a_reference_row(tmp_path: Path) -> None:
    rows = good()
    article = rows["articles"][0]
    article["title"] = "Another headline"
    release(tmp_path, [good()], Authority())
    mended = Correction("mend", "name", article["article_id"], "x", None, "a reason")
    site = Site(article["site_id"], "A site", "x.example", None, None)
    folder = release(tmp_path, [rows], Authority(corrections=(mended,), sites=(site,)))
    (change,) = changes(folder, table_name="articles")
    assert change["cause"] == "correction"
    assert change["cause_detail"].startswith("corrections.csv: mend")
    rows["articles"][0]["title"] = "A third headline"
    folder = release(tmp_path, [rows], Authority(corrections=(mended,)))
    (change,) = changes(folder, table_name="articles")
    assert change["cause"] == "reference row"


def test_a_release_of_before_inputs_were_kept_is_compared_too(tmp_path: Path) -> None:
    first = release(tmp_path, [good()])
    (first / "inputs.parquet").unlink()
    rows = good()
    rows["events"][0]["title"] = "Another headline"
    folder = release(tmp_path, [rows])
    assert len(changes(folder, table_name="events")) == 1


def test_another_code_is_the_cause_where_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = good()
    release(tmp_path, [good()])
    rows["events"][0]["title"] = "Another headline"
    of_code = differing.digests.of_code
    monkeypatch.setattr(
        differing.digests,
        "of_code",
        lambda module, *names: "new" if module == "transforms.events" else of_code(module, *names),
    )
    folder = release(tmp_path, [rows])
    (change,) = changes(folder, table_name="events")
    assert (change["cause"], change["cause_detail"]) == ("code or rules", "events")
    assert (
        "is Another headline, because of code or rules (events)"
        in (folder / "CHANGELOG.md").read_text()
    )


def test_a_difference_that_nothing_explains_says_so(tmp_path: Path) -> None:
    release(tmp_path, [good()])
    rows = good()
    rows["events"][0]["title"] = "Another headline"
    folder = release(tmp_path, [rows])
    (change,) = changes(folder, table_name="events")
    assert (change["cause"], change["cause_detail"]) == ("unknown", None)
    assert "- 1 rows: unknown" in (folder / "CHANGELOG.md").read_text()


def test_captured_words_are_no_markup_in_the_changelog(tmp_path: Path) -> None:
    release(tmp_path, [good()])
    rows = good()
    rows["events"][0]["title"] = "<script>alert(1)</script> [x](http://x)\n# y"
    text = (release(tmp_path, [rows]) / "CHANGELOG.md").read_text()
    assert "<script>" not in text
    assert "](" not in text
    assert "\n# y" not in text
    assert r"\<script\>alert\(1\)" in text


def test_a_merge_is_told_as_one(tmp_path: Path) -> None:
    release(tmp_path, [good(0)])
    rows = good(1)
    rows["event_ledger"].append(
        {"old_event_id": "e_old", "new_event_id": rows["events"][0]["event_id"],
         "change": "merged", "cause": "one happening", "release": "upcoming"}
    )  # fmt: skip
    folder = release(tmp_path, [good(0), rows])
    (merged,) = changes(folder, change="merged", row_key="e_old")
    assert merged["new_value"] == rows["events"][0]["event_id"]
    assert merged["cause"] == "new capture"


def test_any_two_releases_are_compared_not_only_neighbours(tmp_path: Path) -> None:
    first = release(tmp_path, [good(0)])
    release(tmp_path, [good(0), good(1)])
    last = release(tmp_path, [good(0), good(1), good(2)])
    with differing.compared(first, last) as connection:
        found = connection.execute(
            "select count(*) from changes where table_name = 'captures'"
        ).fetchone()
    assert found == (len(good(1)["captures"]) + len(good(2)["captures"]),)
