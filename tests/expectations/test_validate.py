"""Validation as a whole: what it returns for sound, broken, empty, missing and odd tables."""

from __future__ import annotations

import random
import sys

import pyarrow as pa
import pytest

from expectations.relations import ROW_COUNTS
from expectations.rules import Holds, NotNull, Rule
from expectations.suites import BY_KEY, RULES
from expectations.validate import Validation, validate
from tests.expectations.counterexamples import COUNTEREXAMPLES, sets
from tests.expectations.release import good, to_tables
from tests.expectations.story_rows import Rows, make_id
from transforms.schema import conform, table_of
from transforms.tables import RELEASED, ValidationResult

STRUCTURAL = [rule for rule in RULES if rule.is_structural]


def outcome(validation: Validation, key: str) -> dict[str, object]:
    """The result row of a rule."""
    rule = BY_KEY[key]
    (row,) = (
        row
        for row in validation.results.to_pylist()
        if (row["table_name"], row["rule"], row["column_name"])
        == (rule.table, rule.name, rule.column)
    )
    return row


def broken(validation: Validation) -> set[str]:
    """The keys of the rules that do not hold."""
    return {
        ".".join(filter(None, (row["table_name"], row["column_name"], row["rule"])))
        for row in validation.results.to_pylist()
        if not row["is_success"]
    }


def without(rows: Rows, *tables: str) -> Rows:
    """The rows with some tables emptied."""
    return {name: [] if name in tables else found for name, found in rows.items()}


def test_good_release_passes_every_rule() -> None:
    validation = validate(to_tables([good()]))
    assert broken(validation) == set()
    assert validation.is_success
    assert validation.failures == {}
    assert len(validation.results) == len(RULES)
    assert validation.results == conform(ValidationResult, validation.results)


def test_results_name_rule_keys_and_rows() -> None:
    rows = good()
    COUNTEREXAMPLES["captures.ends_once"](rows, 0)
    COUNTEREXAMPLES["coverage.adds_up"](rows, 0)
    validation = validate(
        to_tables([rows]), [BY_KEY["captures.ends_once"], BY_KEY["coverage.adds_up"]]
    )
    assert not validation.is_success
    assert outcome(validation, "captures.ends_once") == {
        "table_name": "captures",
        "rule": "ends_once",
        "column_name": None,
        "is_success": False,
        "observed_value": "broken by 1 of 6 rows",
        "failure_count": 1,
        "failure_keys": [make_id("c", 1, 0)],
        "severity": "critical",
        "protects": "article",
    }
    keys = outcome(validation, "coverage.adds_up")["failure_keys"]
    assert keys == ["site_id=thirdf00d0000, month=None"]
    failing = validation.failures["captures.ends_once"].to_pylist()
    assert failing == [rows["captures"][0]]


def test_results_do_not_depend_on_the_order_of_rows() -> None:
    rows = good()
    for row in rows["blocks"]:
        row["label"] = "odd"
    rules = [BY_KEY["blocks.label.is_one_of_its_values"], BY_KEY["articles.text_is_its_body"]]
    ordered = validate(to_tables([rows]), rules)
    shuffled = good()
    shuffled["blocks"] = random.Random(7).sample(rows["blocks"], len(rows["blocks"]))
    again = validate(to_tables([shuffled]), rules[::-1])
    assert again.results == ordered.results
    assert again.failures == ordered.failures


def test_keys_are_a_sample_and_failures_are_whole() -> None:
    rows = good()
    for row in rows["blocks"]:
        row["label"] = "odd"
    key = "blocks.label.is_one_of_its_values"
    validation = validate(to_tables([rows]), [BY_KEY[key]])
    found = outcome(validation, key)
    assert found["failure_count"] == 21
    assert len(found["failure_keys"]) == 20
    assert found["failure_keys"][0] == f"capture_id={make_id('c', 1, 0)}, block_index=0"
    assert found["observed_value"] == "broken by 21 of 21 rows: 'odd'"
    assert len(validation.failures[key]) == 21


def test_empty_tables_break_only_the_row_count_of_captures() -> None:
    empty = {table.name: table.schema.empty_table() for table in RELEASED}
    assert broken(validate(empty)) == {"captures.row_count"}


def test_all_captures_rejected_is_a_sound_release() -> None:
    rows = without(good(), *(table.name for table in RELEASED))
    whole = good()
    rows["captures"], rows["rejections"] = whole["captures"][4:], whole["rejections"]
    rows["blocks"], rows["coverage"] = whole["blocks"][20:], whole["coverage"][3:]
    assert broken(validate(to_tables([rows]))) == set()


@pytest.mark.parametrize("name", [t.name for t in RELEASED if t.name != "validation_results"])
def test_missing_table_is_a_broken_rule(name: str) -> None:
    tables = to_tables([good()])
    del tables[name]
    validation = validate(tables, STRUCTURAL)
    assert broken(validation) == {f"{name}.table_is_there"}
    assert outcome(validation, f"{name}.table_is_there")["failure_keys"] == ["the table is missing"]


def test_rules_that_read_a_missing_table_are_not_checked() -> None:
    tables = to_tables([good()])
    del tables["rejections"]
    rules = [BY_KEY[k] for k in ("captures.ends_once", "captures.outcome_agrees")]
    validation = validate(tables, [*STRUCTURAL, *rules])
    assert broken(validation) == {"rejections.table_is_there", "captures.ends_once"}
    found = outcome(validation, "captures.ends_once")
    assert found["observed_value"] == "not checked: see rejections"
    assert found["failure_count"] == 0


def test_columns_and_types_are_those_declared() -> None:
    tables = to_tables([good()])
    coverage = tables["coverage"]
    tables["coverage"] = coverage.select([1, 0, *range(2, 5)])
    tables["entities"] = tables["entities"].append_column("notes", pa.array(["", "", ""]))
    tables["quotations"] = tables["quotations"].drop_columns(["cue"])
    number = tables["articles"].schema.get_field_index("word_count")
    words = tables["articles"]["word_count"].cast(pa.int32())
    tables["articles"] = tables["articles"].set_column(number, "word_count", words)
    validation = validate(tables, STRUCTURAL)
    assert broken(validation) == {
        "coverage.columns_are_declared",
        "entities.columns_are_declared",
        "quotations.columns_are_declared",
        "articles.types_are_declared",
    }
    assert outcome(validation, "entities.columns_are_declared")["failure_keys"] == [
        "column 8: declared is no column, found is notes"
    ]
    assert outcome(validation, "articles.types_are_declared")["failure_keys"] == [
        "word_count: declared as int64, found as int32"
    ]


def test_not_a_number_is_no_value() -> None:
    rows = good()
    sets("pair_decisions", 0, score=float("nan"))(rows, 0)
    rules = [rule for rule in RULES if rule.table == "pair_decisions" and rule.column == "score"]
    assert broken(validate(to_tables([rows]), rules)) == {"pair_decisions.score.is_not_null"}


@pytest.mark.parametrize("rule", ROW_COUNTS, ids=lambda rule: rule.table)
def test_row_count_breaks_where_rows_are_missing_or_too_many(rule: Rule) -> None:
    rows = good()
    if rule.check.minimum is None:
        # Only one article in one event: nothing to compare, nothing to disagree on.
        rows["articles"], rows["events"] = rows["articles"][:1], rows["events"][1:]
    else:
        rows[rule.table] = []
    found = outcome(validate(to_tables([rows]), [rule]), rule.key)
    assert not found["is_success"]
    assert found["failure_count"] == 0
    assert outcome(validate(to_tables([good()]), [rule]), rule.key)["is_success"]


def test_odd_row_count_is_a_warning_and_stops_nothing() -> None:
    rules = [rule for rule in ROW_COUNTS if rule.table == "quotations"]
    validation = validate(to_tables([without(good(), "quotations")]), rules)
    assert broken(validation) == {"quotations.row_count"}
    assert validation.is_success


def test_check_that_cannot_be_carried_out_is_an_error() -> None:
    rule = Rule("captures", "looks_elsewhere", "no_such_column", NotNull(), "A test.")
    with pytest.raises(RuntimeError, match=r"captures\.no_such_column\.looks_elsewhere"):
        validate(to_tables([good()]), [rule])


def test_every_table_but_the_results_has_rules() -> None:
    assert {rule.table for rule in RULES} == {t.name for t in RELEASED} - {"validation_results"}
    assert len(BY_KEY) == len(RULES)
    assert all(rule.reason.endswith((".", ").")) for rule in RULES)


def test_rule_reads_the_tables_of_its_condition() -> None:
    rule = Rule("mentions", "a", None, Holds("EXISTS (SELECT 1 FROM articles a)"), "A test.")
    assert rule.reads == {"mentions", "articles"}


def test_results_have_the_declared_order() -> None:
    results = validate(to_tables([good()]), RULES[::-1]).results
    keys = [(row["table_name"], row["rule"]) for row in results.to_pylist()]
    assert keys == sorted(keys)
    assert results.schema == table_of(ValidationResult).schema


def test_engine_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    validate(to_tables([good()]), STRUCTURAL)
    assert capsys.readouterr() == ("", "")
    assert "great_expectations" in sys.modules
