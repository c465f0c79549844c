"""Persons: names told from labels and papers."""

from __future__ import annotations

import pytest

from transforms import persons

GIVEN = frozenset({"ann", "ted", "sergei", "mary"})


@pytest.mark.parametrize(
    "name", ["Ted Atwater", "Mary Hensley", "SERGEI LUKIN", "A. Ostrowska", "Ann B. Whitlow"]
)
def test_names_are_likely(name: str) -> None:
    assert persons.log_odds(name, GIVEN) > 1


@pytest.mark.parametrize(
    "label",
    ["Text Size", "Site Menu", "Most Viewed Articles", "Evening Record", "New York", "PDF Version"],
)
def test_labels_are_not(label: str) -> None:
    assert persons.log_odds(label, GIVEN) < -3


def test_letters_that_no_list_knows_leave_it_open() -> None:
    assert persons.log_odds("Иван Петров", GIVEN) == 0.0
    assert persons.log_odds("---", GIVEN) == 0.0


def test_without_given_names_rare_words_still_speak_for_a_name() -> None:
    assert persons.log_odds("Ted Atwater", frozenset()) > 1
    assert persons.log_odds("Privacy Policy", frozenset()) < -1
