"""Floors of the dates benchmark: they only rise."""

from __future__ import annotations

import pytest

from tests.benchmarks import brackets, dates

FLOOR = 0.97
WIDEST_DAYS = {"five real captures": 1, "sample archive": 8}


@pytest.mark.parametrize("name", list(dates.ARCHIVES))
def test_every_bracket_holds_the_day_and_is_narrow(name: str) -> None:
    truth, folder = dates.ARCHIVES[name]
    if not truth.exists():
        pytest.skip("the real captures are read from ../shared where it is")
    found = dates.brackets(truth, folder)
    assert found.contained == found.published == found.stories
    assert all(0 < (days or 0) <= WIDEST_DAYS[name] for days in found.widths.values())


def test_the_text_alone_tells_the_day_of_most_stories() -> None:
    found = dates.brackets(*dates.ARCHIVES["sample archive"], is_bare=True)
    assert found.contained >= 30
    assert sum(days == 1 for days in found.widths.values()) >= 29


def test_publication_days_of_pages_of_any_kind() -> None:
    if not all(path.exists() for path in dates.SETS.values()):
        pytest.skip("pages are read from ../shared/benchmarks where it is")
    found = dates.days("pages of htmldate")
    assert found.accuracy >= 0.91
    assert found.wrong / found.dated <= 0.05
    assert found.left_undated == found.undated


def test_brackets_tell_the_truth_about_themselves() -> None:
    if not brackets.REPORTS.exists():
        pytest.skip("the reports are read from ../shared/benchmarks where it is")
    printed = [b for b in brackets.every() if b.is_given and not b.is_bare]
    assert sum(b.is_held for b in printed) / len(printed) >= FLOOR
