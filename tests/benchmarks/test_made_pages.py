"""No rule is broken by what is read of made pages, and the pages are worth reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import grammar
from tests.benchmarks.made_pages import Outcome, check

COUNT = 250


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return check(tmp_path_factory.mktemp("made"), COUNT, seed=2002)


def test_no_rule_is_broken(outcome: Outcome) -> None:
    assert outcome.message == ""


def test_most_pages_become_articles_and_some_share_an_event(outcome: Outcome) -> None:
    assert outcome.article_count > 0.6 * COUNT
    assert outcome.event_count < outcome.article_count


def test_the_same_seed_makes_the_same_pages(tmp_path: Path) -> None:
    assert list(grammar.pages(30, 5)) == list(grammar.pages(30, 5)) != list(grammar.pages(30, 6))
    grammar.write(grammar.pages(30, 5), tmp_path)
    assert len(list(tmp_path.iterdir())) == 31
    assert len((tmp_path / "captures.csv").read_text().splitlines()) == 31
