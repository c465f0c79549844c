"""Floors of the extraction on development pages, by weights that have not seen their domains.

They only rise. Every eighth page, so that they fit into a minute of CI; these are harder than
the whole set, whose figures `python -m tests.benchmarks.extraction` prints.
"""

from __future__ import annotations

import pytest

from tests.benchmarks import extraction, extractors, wcxb
from tests.benchmarks.extractors import Extract
from tests.benchmarks.pages import Pages, score

pytestmark = pytest.mark.skipif(
    not wcxb.BENCHMARKS.exists(), reason="../shared/benchmarks is not here"
)
EVERY = 8


@pytest.fixture(scope="module")
def found() -> Pages:
    rows = wcxb.rows(EVERY)
    return score(list(zip(rows, extractors.unseen(rows), strict=True)))


def test_stories_are_whole_and_bare(found: Pages) -> None:
    assert (found.f1 or 0) >= 0.933
    assert (found.low or 0) <= 0.02


def test_headlines_authors_and_days_are_found(found: Pages) -> None:
    assert (found.title or 0) >= 0.85
    assert (found.author or 0) >= 0.75
    assert (found.day or 0) >= 0.88


def test_plain_text_is_told_too() -> None:
    rows = [extraction.plain(row) for row in wcxb.rows(EVERY)]
    told = score(list(zip(rows, extractors.unseen(rows), strict=True)))
    assert (told.f1 or 0) >= 0.898
    assert (told.title or 0) >= 0.38
    assert (told.author or 0) >= 0.29


def test_measures_of_two_pages() -> None:
    one = {"main_content": "a b c d", "title": "Pier closes", "author": None}
    two = {
        "main_content": "e f",
        "title": "Pier",
        "author": "Ann Lee",
        "publish_date": "1999-05-04",
    }
    some = {"must_have": ["a b", "x"], "must_not_have": ["Home"]}
    told = [
        (one | some, Extract("a  b Home", title="PIER: closes", author="Bo Ek")),
        (two, Extract("", title="Dock", author="Lee, Ann", day="1999-05-04")),
    ]
    assert score(told) == Pages(
        f1=pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2) / 2),
        precision=pytest.approx(1 / 3),
        recall=0.25,
        low=0.5,
        must=0.5,
        must_not=1.0,
        title=0.5,
        author=1.0,
        day=1.0,
        undated=1.0,
    )


def test_what_no_extract_speaks_of_is_not_measured() -> None:
    measured = score([({"main_content": "a", "title": "Pier", "author": "Ann Lee"}, Extract("a"))])
    assert (measured.f1, measured.title, measured.author, measured.day) == (1.0, None, None, None)


def test_a_report_speaks_of_every_set_an_extractor_reads() -> None:
    found = extraction.report(extractors.ARTICLE, every=400)
    assert 0 < (found.pages.f1 or 0) <= 1
    assert 0 < (found.plain.f1 or 0) <= 1
    assert 0 < (found.five.f1 or 0) <= 1
    assert (found.body, found.pages.title, found.dated.day) == (None, None, None)
    assert found.speed > 0
    assert found.peak_megabytes > 20
