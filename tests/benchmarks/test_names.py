"""Floors of the names benchmark: they only rise."""

from __future__ import annotations

import pytest

from tests.benchmarks import ecbplus, names

pytestmark = pytest.mark.skipif(
    not ecbplus.ECB_PLUS.exists(), reason="ECB+ is read from ../shared/benchmarks where it is"
)


@pytest.fixture(scope="module")
def persons() -> names.Persons:
    return names.of_people()


def test_named_people_are_found(persons: names.Persons) -> None:
    assert persons.found_share >= 0.96
    assert persons.resolved_share >= 0.945


def test_one_person_is_one_entity(persons: names.Persons) -> None:
    assert persons.across.f1 >= 0.935
    assert persons.within.f1 >= 0.935
    assert persons.across.precision >= 0.99
