"""A release never shrinks by accident, and a source that yields nothing is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flows import found, publish, shrinkage, stages, store
from flows.direct import Clock, Direct
from flows.errors import ShrinkageError
from flows.packs import Packs
from flows.settings import Settings
from transforms.schema import table_of
from transforms.tables import ValidationResult

Make = Callable[..., Settings]


@pytest.fixture
def make(tmp_path: Path, story: str) -> Make:
    """Builds a folder of stories about the subjects given, with the settings given."""

    def build(name: str, *subjects: str, **given: bool) -> Settings:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for subject in subjects:
            told = story.replace("bridge", subject).replace("Favre", subject.title())
            (folder / f"{subject}.txt").write_text(told)
        settings = Settings(sources=(folder,), warehouse=tmp_path / "out", **given)  # type: ignore[arg-type]
        made(settings)
        return settings

    return build


def made(settings: Settings) -> None:
    with Direct(1, Clock(lambda _: None)) as executor:
        stages.make_build(settings, executor)
    results = table_of(ValidationResult)
    store.write_table(settings.build, results, results.schema.empty_table())


def released(settings: Settings) -> None:
    shrinkage.raise_where_shrunk(settings)
    publish.publish(settings.build, settings.releases, {})


def test_february_after_january_loses_nothing(make: Make) -> None:
    released(make("january", "bridge", "ferry"))
    released(make("february", "tunnel"))


def test_what_would_go_is_told_with_the_reason_and_the_way_out(make: Make) -> None:
    released(make("january", "bridge", "ferry", "school"))
    settings = make("february", "tunnel", "market", is_mirror=True, allows_shrink=True)
    shrinkage.raise_where_shrunk(settings)
    with pytest.raises(ShrinkageError) as stopped:
        shrinkage.raise_where_shrunk(replace(settings, allows_shrink=False))
    said = str(stopped.value).splitlines()
    assert said[0] == "nothing was released: over 20% of release 1.0.0 would be gone:"
    assert said[1] == (
        "  3 of 3 captures (not in the sources 3), such as bridge.txt; ferry.txt; school.txt"
    )
    assert said[2].startswith("  3 of 3 articles (capture not in the sources 3), such as ")
    assert "events (retired" in said[3]
    assert "--allow-shrink" in said[-1]


def test_what_was_forgotten_goes_on_purpose(make: Make) -> None:
    settings = make("january", "bridge", "ferry")
    released(settings)
    with Packs(settings.captures, is_writing=True) as kept:
        ((gone, *_),) = found.matching(kept, "ferry.txt")
        found.withdraw(kept, [gone], "asked by its author")
    made(settings)
    released(settings)


def test_a_mirror_that_would_drop_much_leaves_the_store_as_it_was(make: Make) -> None:
    settings = make("january", "bridge", "ferry", "school")
    (settings.sources[0] / "ferry.txt").unlink()
    with pytest.raises(ShrinkageError, match=r"drop 1 of 3 captures.*ferry\.txt.*--allow-shrink"):
        made(replace(settings, is_mirror=True))
    made(settings)
    assert store.read_table(settings.build, "captures").num_rows == 3
    made(replace(settings, is_mirror=True, allows_shrink=True))
    assert store.read_table(settings.build, "captures").num_rows == 2


def test_a_source_that_yields_no_story_is_named_with_its_reasons(
    make: Make, tmp_path: Path
) -> None:
    """Also where others do: over a warehouse with stories, and beside a source with some."""
    good = make("good", "bridge")
    released(good)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "page.txt").write_bytes(bytes(range(1, 32)) * 20)
    (tmp_path / "bad" / "blank.txt").write_bytes(b" ")
    for sources in ((tmp_path / "bad",), (*good.sources, tmp_path / "bad")):
        settings = replace(good, sources=sources)
        made(settings)
        expected = (
            r"source \S+/bad yields no story; its 2 captures came to nothing \(empty 1, not_t"
        )
        with pytest.raises(ShrinkageError, match=expected):
            shrinkage.raise_where_shrunk(settings)
    with Packs(good.captures) as kept:
        assert kept.index.execute("SELECT count(*) FROM found").fetchone() == (3,)


def test_own_captures_take_the_place_of_the_sample_archive(make: Make, tmp_path: Path) -> None:
    sample = Settings(warehouse=tmp_path / "out")
    made(sample)
    released(sample)
    own = make("january", "bridge")
    assert store.read_table(own.build, "captures").num_rows == 1
    released(own)
