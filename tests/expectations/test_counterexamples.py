"""Every rule has a counterexample: one fault that breaks it and only it, and good twins.

All faulty releases are validated at once; marks tell whose row it is that fails (`release`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pytest

from expectations.columns import rules_of
from expectations.relations import LAWS
from expectations.rules import HasColumns, HasTypes, IsThere, Rule
from expectations.validate import Validation, validate
from tests.expectations.counterexamples import COUNTEREXAMPLES, Fault
from tests.expectations.derived_faults import faults_of
from tests.expectations.release import good, to_tables, world_of
from tests.expectations.twins import TWINS
from transforms.tables import RELEASED

STRUCTURAL = IsThere | HasColumns | HasTypes
DERIVED = {
    rule.key: rule
    for table in RELEASED
    if table.name != "validation_results"
    for rule in rules_of(table)
    if not isinstance(rule.check, STRUCTURAL)
}
DERIVED_FAULTS = [(key, fault) for key, rule in DERIVED.items() for fault in faults_of(rule)]
Broken = Mapping[int | None, set[str]]


def _broken_by_world(faults: list[Fault], rules: list[Rule]) -> tuple[Broken, Validation]:
    """The rules that each faulty release breaks, release 0 being the first of them."""
    worlds = []
    for world, fault in enumerate(faults):
        rows = good(world)
        fault(rows, world)
        worlds.append(rows)
    validation = validate(to_tables(worlds), rules)
    broken: dict[int | None, set[str]] = defaultdict(set)
    for key, failing in validation.failures.items():
        for row in failing.to_pylist():
            broken[world_of(row)].add(key)
    return broken, validation


@pytest.fixture(scope="module")
def broken_laws() -> Broken:
    faults = [*COUNTEREXAMPLES.values(), *TWINS.values()]
    return _broken_by_world(faults, [*LAWS, *DERIVED.values()])[0]


@pytest.fixture(scope="module")
def broken_declarations() -> Broken:
    return _broken_by_world([fault for _, fault in DERIVED_FAULTS], list(DERIVED.values()))[0]


@pytest.mark.parametrize("key", COUNTEREXAMPLES)
def test_fault_breaks_this_law_and_no_other_rule(key: str, broken_laws: Broken) -> None:
    assert broken_laws[list(COUNTEREXAMPLES).index(key)] == {key}


@pytest.mark.parametrize("name", TWINS)
def test_twin_breaks_nothing(name: str, broken_laws: Broken) -> None:
    assert broken_laws[len(COUNTEREXAMPLES) + list(TWINS).index(name)] == set()


@pytest.mark.parametrize("number", range(len(DERIVED_FAULTS)), ids=lambda n: DERIVED_FAULTS[n][0])
def test_fault_breaks_this_declaration_and_no_other(
    number: int, broken_declarations: Broken
) -> None:
    key = DERIVED_FAULTS[number][0]
    # A row may lose its only mark with the value that is taken from it.
    assert broken_declarations[number] | (broken_declarations[None] & {key}) == {key}


def test_every_rule_has_a_counterexample() -> None:
    assert {law.key for law in LAWS} == set(COUNTEREXAMPLES)
    assert set(DERIVED) == {key for key, _ in DERIVED_FAULTS}
