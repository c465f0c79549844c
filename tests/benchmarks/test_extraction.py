"""Floors of the extraction on development pages, by weights that have not seen their domains.

They only rise. Every eighth page, so that they fit into a minute of CI; these are harder than
the whole set, whose figures `python -m tests.benchmarks.extraction` prints.
"""

from __future__ import annotations

import pytest

from tests.benchmarks import extraction, wcxb

pytestmark = pytest.mark.skipif(
    not wcxb.BENCHMARKS.exists(), reason="../shared/benchmarks is not here"
)
EVERY = 8


@pytest.fixture(scope="module")
def found() -> extraction.Figures:
    return extraction.measure(extraction.communique, wcxb.rows(EVERY))


def test_stories_are_whole_and_bare(found: extraction.Figures) -> None:
    assert found.f1 >= 0.927
    assert found.low <= 0.02


def test_headlines_and_authors_are_found(found: extraction.Figures) -> None:
    assert found.title >= 0.85
    assert found.author >= 0.717


def test_plain_text_is_told_too() -> None:
    rows = wcxb.rows(EVERY)
    found = extraction.measure(lambda some: extraction.communique(some, is_plain=True), rows)
    assert found.f1 >= 0.873
