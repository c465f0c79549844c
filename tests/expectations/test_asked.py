"""The reader's own expectations, and the context that Great Expectations opens and runs again."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.asked import AskedError, rules_of
from expectations.message import failure_message
from expectations.opened import CHECKPOINT, FACTS, files_of
from expectations.suites import RULES
from expectations.validate import check_asked, gx, validate
from tests.expectations.release import good, to_tables

ROWS = """
- table: articles
  expectation: expect_column_value_lengths_to_be_between
  arguments: {column: title, max_value: 3}
  reason: Headlines of three letters.
- table: articles
  expectation: expect_column_values_to_not_be_null
  arguments: {column: byline}
  severity: warning
- table: events
  expectation: expect_table_row_count_to_be_between
  arguments: {min_value: 1000}
"""
SUITE = {
    "name": "mine",
    "meta": {"table": "quotations"},
    "expectations": [
        {
            "type": "expect_column_values_to_match_regex",
            "kwargs": {"column": "text", "regex": "."},
            "severity": "info",
            "description": "Somebody said something.",
        }
    ],
}


def test_own_expectations_are_rules_beside_ours() -> None:
    own = rules_of({"a.yaml": ROWS, "b.json": json.dumps(SUITE)})
    check_asked(own)
    assert [(r.table, r.name, r.column, r.severity, r.protects) for r in own] == [
        ("articles", "column_value_lengths_to_be_between", "title", "critical", "row"),
        ("articles", "column_values_to_not_be_null", "byline", "warning", "row"),
        ("events", "table_row_count_to_be_between", None, "critical", "release"),
        ("quotations", "column_values_to_match_regex", "text", "warning", "row"),
    ]
    rules = (*RULES, *own)
    checked = validate(to_tables([good()]), rules)
    broken = {r["rule"]: r for r in checked.results.to_pylist() if not r["is_success"]}
    assert {"column_value_lengths_to_be_between", "table_row_count_to_be_between"} <= set(broken)
    articles = to_tables([good()])["articles"].num_rows
    assert broken["column_value_lengths_to_be_between"]["failure_count"] == articles
    assert broken["table_row_count_to_be_between"]["observed_value"].startswith("observed ")
    told = failure_message(checked.results, {rule.key: rule for rule in rules})
    assert "why: Headlines of three letters." in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- table: nowhere\n  expectation: expect_column_to_exist", "no table nowhere"),
        ("- table: articles\n  expectation: [1]", "names no expectation"),
        ("- table: articles\n  expect: x", "expect: a row has"),
        ("- 7", "is no row"),
        ("7", "neither a list"),
        ("- {", "own.yaml"),
        (
            "- table: articles\n  expectation: expect_wonders\n  arguments: {column: title}",
            "expect_wonders",
        ),
        (
            "- table: articles\n  expectation: expect_column_values_to_be_unique\n"
            "  arguments: {column: nothing}",
            "no column nothing",
        ),
        (
            "- table: articles\n  expectation: expect_column_values_to_be_between\n"
            "  arguments: {column: word_count, min_value: [1]}",
            "min_value",
        ),
        (
            "- table: articles\n  expectation: expect_column_to_exist\n  severity: dreadful",
            "dreadful",
        ),
    ],
)
def test_expectations_that_cannot_be_checked_are_named(text: str, words: str) -> None:
    with pytest.raises(AskedError, match=words):
        check_asked(rules_of({"own.yaml": text}))


def test_equal_expectations_have_names_of_their_own() -> None:
    row = "- table: articles\n  expectation: expect_column_to_exist\n  arguments: {column: title}\n"
    assert len({rule.key for rule in rules_of({"own.yaml": row * 3})}) == 3


@pytest.mark.filterwarnings("ignore")
def test_great_expectations_opens_the_context_and_runs_it_again(tmp_path: Path) -> None:
    tables = to_tables([good()])
    place = tmp_path / "great_expectations"

    def write(checked: pa.Table) -> None:
        for name, table in checked.items():
            pq.write_table(table, tmp_path / f"{name}.parquet")
        validation = validate(checked)
        for name, text in files_of(validation.suites, tmp_path, place).items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text)
        for suite in validation.suites:
            if suite.facts is not None:
                (place / FACTS).mkdir(exist_ok=True)
                pq.write_table(suite.facts, place / FACTS / f"{suite.table}.parquet")

    write(tables)
    context = gx.get_context(mode="file", context_root_dir=str(place))
    suite = context.suites.get("articles")
    assert {e.severity.value for e in suite.expectations} <= {"critical", "warning"}
    assert all(e.meta["rule"] for e in suite.expectations)
    assert context.checkpoints.get(CHECKPOINT).run().success

    # The same context, over tables of which one has a row twice.
    articles = tables["articles"]
    twice = pa.concat_tables([articles, articles.slice(0, 1)])
    pq.write_table(twice, tmp_path / "articles.parquet")
    again = gx.get_context(mode="file", context_root_dir=str(place))
    result = again.checkpoints.get(CHECKPOINT).run()
    failed = {
        e.expectation_config.meta["rule"]
        for r in result.run_results.values()
        for e in r.results
        if not e.success
    }
    assert failed == {"articles.key_is_unique"}
