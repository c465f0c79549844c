"""The commands sources and forget, as a user says them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows import found, sources, stages
from flows.cli import communique
from flows.direct import Clock, Direct
from flows.packs import Packs
from flows.settings import Settings


def said(*arguments: object) -> Result:
    return CliRunner().invoke(communique, [str(a) for a in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(f"Story {name}\n\nThe council met again.")
    return tmp_path


def test_sources_tell_what_they_would_bring(folder: Path) -> None:
    (folder / "sources.toml").write_text(
        '[press]\nplace = "in"\nschedule = "0 6 * * *"\n[gone]\nplace = "nowhere"\n'
    )
    named, out = folder / "sources.toml", folder / "out"
    done = said("sources", "--sources", named, "--warehouse", out, "--json")
    assert done.exit_code == 1
    press, gone = json.loads(done.stdout)
    assert (press["name"], press["found"], press["new"], press["problem"]) == ("press", 2, 2, None)
    assert "does not exist" in gone["problem"]
    settings = Settings(warehouse=out, named=sources.read_named(named, ["press"]))
    with Packs(settings.captures, is_writing=True) as kept:
        stages.take_in(settings, kept, sources.Notes())
    (folder / "in" / "c.txt").write_text("Story c")
    done = said(
        "sources", "--sources", named, "--only", "press", "--warehouse", out, "--json"
    )  # fmt: skip
    assert done.exit_code == 0
    (press,) = json.loads(done.stdout)
    assert (press["found"], press["new"]) == (3, 1)


def test_what_is_forgotten_is_gone_with_all_that_was_made_of_it(folder: Path) -> None:
    settings = Settings(sources=(folder / "in",), warehouse=folder / "out")
    with Direct(1, Clock(lambda _: None)) as executor:
        stages.make_build(settings, executor)
        done = said("forget", "a.txt", "--warehouse", folder / "out", "--reason", "asked", "--yes")
        assert done.exit_code == 0, done.output
        assert done.stdout.startswith("a.txt\n1 capture forgotten")
        held = list((folder / "out" / "results").rglob("*.arrow"))
        assert not any(b"Story a" in p.read_bytes() for p in held)
        stages.make_build(settings, executor)
    with Packs(settings.captures) as kept:
        assert [raw.source_uri for raw, _ in found.rows(kept)] == ["b.txt"]
    again = said("forget", "a.txt", "--warehouse", folder / "out", "--reason", "asked", "--yes")
    assert again.exit_code == 1
    assert "no capture is called 'a.txt'" in again.output


def test_only_what_is_named_is_forgotten(folder: Path) -> None:
    settings = Settings(sources=(folder / "in",), warehouse=folder / "out")
    with Packs(settings.captures, is_writing=True) as kept:
        stages.take_in(settings, kept, sources.Notes())
        ids = [row[0] for row in found.matching(kept, "a.txt")]
        assert found.matching(kept, ids[0][: found.ID_CHARACTERS])
    for name in ("", "c_", "%", "c%", "______", "c_" + "_" * 20, ids[0][: found.ID_CHARACTERS - 1]):
        done = said("forget", name, "--warehouse", folder / "out", "--reason", "asked", "--yes")
        assert done.exit_code == 1, name
        assert "no capture is called" in done.output
    with Packs(settings.captures) as kept:
        assert len(list(found.rows(kept))) == 2


def test_an_id_that_several_captures_share_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(sources=(folder / "in",), warehouse=folder / "out")
    with Packs(settings.captures, is_writing=True) as kept:
        stages.take_in(settings, kept, sources.Notes())
    monkeypatch.setattr(found, "ID_CHARACTERS", 2)
    done = said("forget", "c_", "--warehouse", folder / "out", "--reason", "asked", "--yes")
    assert done.exit_code == 1
    assert "2 captures have an id that begins with c_" in done.output
