"""The reader's own expectations in a run: what breaks one is left out, and a change is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import stages, store
from flows.direct import Clock, Direct
from flows.settings import Settings
from flows.validator import CONTEXT, ExpectationsError, Validator, read_expectations

NO_FERRY = """
- table: articles
  expectation: expect_column_values_to_not_match_regex
  arguments: {column: title, regex: ferry}
  reason: Ferries are another project's.
"""


def test_what_breaks_an_expectation_of_the_readers_is_left_out(tmp_path: Path, story: str) -> None:
    pages, own = tmp_path / "pages", tmp_path / "own"
    pages.mkdir()
    own.mkdir()
    for name in ("bridge", "ferry", "tunnel"):
        (pages / f"{name}.txt").write_text(story.replace("bridge", name))
    (own / "mine.yaml").write_text(NO_FERRY)
    settings = Settings((pages,), warehouse=tmp_path / "out", expectations=(own,), has_site=False)
    told: list[str] = []
    with Validator() as validator, Direct(1, Clock(told.append)) as executor:
        outcome = stages.run(settings, executor, validator)
        assert outcome.verdict.quarantined_count == 1
        titles = store.read_table(settings.build, "articles")["title"].to_pylist()
        assert sorted(t.split()[-1] for t in titles) == ["bridge", "tunnel"]
        results = store.read_table(settings.build, "validation_results").to_pylist()
        (row,) = [r for r in results if r["rule"] == "column_values_to_not_match_regex"]
        assert (row["is_success"], row["protects"]) == (True, "row")
        assert (settings.build / CONTEXT / "great_expectations.yml").is_file()
        page = (settings.build / "validation.html").read_text()
        assert "Ferries are another project" in page

        # The same again is nothing new; other expectations are.
        told.clear()
        stages.run(settings, executor, validator)
        assert "nothing has changed since release 1.0.0" in told
        (own / "mine.yaml").write_text(NO_FERRY.replace("ferry", "balloon"))
        told.clear()
        stages.run(settings, executor, validator)
        assert "nothing has changed since release 1.0.0" not in told
        (own / "mine.yaml").write_text("- table: articles\n  expectation: expect_wonders\n")
        with pytest.raises(ExpectationsError, match="expect_wonders"):
            stages.run(settings, executor, validator)


def test_a_folder_without_expectations_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExpectationsError, match="holds no file"):
        read_expectations((tmp_path,))
    with pytest.raises(ExpectationsError, match="no folder"):
        read_expectations((tmp_path / "none",))
