"""A broken rule leads back to the captures behind the failing rows, and to no others."""

from __future__ import annotations

import pyarrow as pa
import pytest

from expectations.culprits import culprits
from expectations.facts import connect
from expectations.origins import CAPTURES, OF_ONE_CAPTURE, ORIGINS
from expectations.rules import Rule, law
from expectations.suites import BY_KEY, RULES
from tests.expectations.counterexamples import Fault, sets
from tests.expectations.release import good, to_tables
from tests.expectations.story_rows import make_id
from transforms.quarantine import Culprit
from transforms.tables import PROTECTED, RELEASED

NOBODYS = {
    "captures", "entity_ledger", "event_ledger", "corrections_applied", "coverage",
    "validation_results",
}  # fmt: skip


def found(rule: Rule, position: int, fault: Fault = lambda rows, world: None) -> list[Culprit]:
    """Who is behind the row at that position, if it breaks the rule."""
    rows = good()
    fault(rows, 0)
    tables = to_tables([rows])
    failing = {rule.key: tables[rule.table].slice(position, 1)}
    return list(culprits(tables, failing, [rule]))


def always_broken(table: str, protects: str = "row") -> Rule:
    return law(table, "never_holds", "t.article_id IS NULL", "A test.", protects=protects)


def test_every_rule_says_what_it_protects() -> None:
    assert {rule.protects for rule in RULES} == set(PROTECTED)
    assert set(ORIGINS) | NOBODYS == {table.name for table in RELEASED}
    assert set(ORIGINS) >= OF_ONE_CAPTURE


@pytest.mark.parametrize(
    ("key", "protects"),
    [
        ("mentions.table_is_there", "release"),
        ("date_candidates.columns_are_declared", "release"),
        ("captures.capture_id.is_well_formed", "release"),
        ("captures.ends_once", "article"),
        ("date_candidates.chosen_contains_event_date", "article"),
        ("date_candidates.precision.is_one_of_its_values", "row"),
        ("quotations.key_is_unique", "article"),
        ("mentions.entity_id.is_in_entities", "row"),
        ("event_reports.event_id.is_in_events", "release"),
        ("events.reports_are_counted", "release"),
        ("events.event_date_is_ordered", "row"),
        ("articles.is_in_one_event", "release"),
        ("coverage.adds_up", "release"),
        ("pair_decisions.score.is_in_range", "row"),
        ("event_ledger.cause.is_not_blank", "release"),
    ],
)
def test_what_a_rule_protects(key: str, protects: str) -> None:
    assert BY_KEY[key].protects == protects


@pytest.mark.parametrize(
    ("table", "position", "captures"),
    [
        ("rejections", 0, [5]),
        ("blocks", 0, [1]),
        ("articles", 2, [3]),
        ("date_candidates", 0, [1]),
        ("quotations", 0, [1]),
        ("pair_decisions", 0, [1, 2]),
        ("events", 0, [1, 2, 3]),
        ("events", 1, [4]),
        ("event_reports", 3, [4]),
    ],
)
def test_the_captures_behind_a_row(table: str, position: int, captures: list[int]) -> None:
    rule = law(table, "never_holds", "false", "A test.", protects="row")
    assert [c.capture_id for c in found(rule, position)] == [make_id("c", n, 0) for n in captures]


@pytest.mark.parametrize("table", [*ORIGINS, *CAPTURES])
def test_every_origin_is_a_query(table: str) -> None:
    tables = to_tables([good()])
    with connect(tables) as connection:
        origin = {**ORIGINS, **CAPTURES}[table]
        query = f"SELECT count(DISTINCT o.capture_id) FROM {table} t, LATERAL ({origin}) o"
        assert connection.execute(query).fetchall()[0][0] > 0


def test_keys_and_the_values_looked_at_are_told() -> None:
    rule = BY_KEY["date_candidates.is_ordered"]
    (culprit,) = found(rule, 0)
    assert culprit.rule == "is_ordered"
    assert culprit.detail.startswith(
        f"date_candidates: article_id='{make_id('a', 1, 0)}' candidate_index=0 date_start=1997-03-0"
    )


def test_a_capture_that_breaks_several_rules_stands_once() -> None:
    tables = to_tables([good()])
    rules = [BY_KEY["date_candidates.is_ordered"], BY_KEY["blocks.text.is_not_blank"]]
    failures = {rule.key: tables[rule.table].slice(0, 5) for rule in rules}
    culprit, *_ = culprits(tables, failures, rules)
    # The blocks go too, whichever rule is named.
    assert (culprit.table_name, culprit.rule) == ("blocks", "is_ordered")
    assert "; and is_not_blank: blocks: " in culprit.detail
    assert "; and 2 more rows" in culprit.detail  # five blocks of it fail, three are shown


def test_nobody_is_named_for_the_release_for_warnings_or_twice() -> None:
    odd = Rule("articles", "odd", None, BY_KEY["articles.words_are_counted"].check, "x", "warning")
    assert found(always_broken("articles", "release"), 0) == []
    assert found(odd, 0) == []
    # Capture 5 is in quarantine already: what still breaks a rule is not its doing.
    fault = sets("rejections", 0, stage="expectations", reason="slices_to_text")
    assert found(law("rejections", "never", "false", "x"), 0, fault) == []


def test_a_row_of_no_known_capture_leads_nowhere() -> None:
    rows = good()
    rows["captures"] = rows["captures"][1:]
    tables = to_tables([rows])
    rule = always_broken("articles")
    failing: dict[str, pa.Table] = {rule.key: tables["articles"].slice(0, 2)}
    assert [c.capture_id for c in culprits(tables, failing, [rule])] == [make_id("c", 2, 0)]
