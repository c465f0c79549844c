"""Ceilings of people of the tables on pages outside the subject: they only fall."""

from __future__ import annotations

import itertools

import pytest

from tests.benchmarks import outside

pytestmark = pytest.mark.skipif(
    not outside.WCXB.exists(), reason="pages are read from ../shared/benchmarks where they are"
)
PAGES = 300


@pytest.mark.parametrize(
    ("title", "ceiling"), [("WCXB articles", 0.001), ("web pages of 2012", 0.006), ("ECB+", 0.002)]
)
def test_bare_surnames_are_nobody_of_the_tables(title: str, ceiling: float) -> None:
    found = outside.of_pages(itertools.islice(outside.COLLECTIONS[title](), PAGES))
    assert found.mention_count > PAGES
    assert found.share <= ceiling, found.false
