"""What stays in the store from run to run, what is mended, dropped, and withdrawn."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from flows import found, sources, stages, store
from flows.packs import Packs
from flows.settings import Settings
from transforms.captures import RawCapture, id_of
from transforms.schema import table_of, to_arrow
from transforms.tables import Capture

Take = Callable[..., found.Change]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Takes folders into the store of one warehouse."""

    def take_in(*folders: Path, mirror: bool = False) -> found.Change:
        given = {"sources": folders} if folders else {}
        settings = Settings(  # type: ignore[misc]
            warehouse=tmp_path / "out", is_mirror=mirror, allows_shrink=mirror, **given
        )
        with Packs(settings.captures, is_writing=True) as kept:
            return stages.take_in(settings, kept, sources.Notes())

    return take_in


def rows(tmp_path: Path) -> list[RawCapture]:
    with Packs(tmp_path / "out" / "captures") as kept:
        return sorted((raw for raw, _ in found.rows(kept)), key=lambda raw: raw.source_uri)


def names(tmp_path: Path) -> list[str]:
    return [raw.source_uri for raw in rows(tmp_path)]


def folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.txt").write_text(text)
    return path


def test_january_stays_when_february_comes(take: Take, tmp_path: Path) -> None:
    assert take(folder(tmp_path / "jan", a="one", b="two")) == found.Change(2, 2, 0)
    assert take(folder(tmp_path / "feb", c="three")) == found.Change(1, 1, 0)
    assert names(tmp_path) == ["a.txt", "b.txt", "c.txt"]


def test_a_file_that_is_gone_stays_unless_mirrored(take: Take, tmp_path: Path) -> None:
    place = folder(tmp_path / "jan", a="one", b="two")
    take(place)
    (place / "b.txt").unlink()
    assert take(place) == found.Change(1, 0, 0)
    assert names(tmp_path) == ["a.txt", "b.txt"]
    assert take(place, mirror=True) == found.Change(1, 0, 1)
    assert names(tmp_path) == ["a.txt"]


def test_another_version_of_a_file_is_another_capture(take: Take, tmp_path: Path) -> None:
    take(folder(tmp_path / "jan", a="one"))
    take(folder(tmp_path / "jan", a="one, corrected"))
    assert names(tmp_path) == ["a.txt", "a.txt"]


def test_what_is_told_of_a_capture_can_be_mended(take: Take, tmp_path: Path) -> None:
    place = folder(tmp_path / "jan", a="one")
    for row in ("a.txt,jann,2003-05-04", "a.txt,jan,2003-05-05"):
        (place / "captures.csv").write_text(f"file,site,captured_at\n{row}\n")
        take(place)
    (raw,) = rows(tmp_path)
    assert (raw.site, raw.captured_at) == ("jan", dt.datetime(2003, 5, 5, tzinfo=dt.UTC))


def test_one_page_in_two_files_is_one_capture_of_two(take: Take, tmp_path: Path) -> None:
    place = folder(tmp_path / "jan", a="one", b="one")
    take(place)
    take(place)
    place.rename(tmp_path / "moved")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "moved").rename(tmp_path / "elsewhere" / "jan")
    take(tmp_path / "elsewhere" / "jan")
    (raw,) = rows(tmp_path)
    assert (raw.source_uri, raw.file_count) == ("a.txt", 2)


def test_what_could_not_be_read_is_replaced_by_what_is_there(take: Take, tmp_path: Path) -> None:
    place = folder(tmp_path / "jan", b="two")
    (place / "a.txt").symlink_to(place / "nowhere")
    take(place)
    assert [raw.trouble is None for raw in rows(tmp_path)] == [False, True]
    (place / "a.txt").unlink()
    take(folder(place, a="one"))
    assert [raw.trouble is None for raw in rows(tmp_path)] == [True, True]


def test_the_sample_archive_makes_room_for_captures_of_ones_own(take: Take, tmp_path: Path) -> None:
    take()
    assert len(rows(tmp_path)) == 36
    take(folder(tmp_path / "jan", a="one"))
    assert names(tmp_path) == ["a.txt"]
    # And does not come back where no source is named: the captures are those that are kept.
    assert take() == found.Change(0, 0, 0)
    assert names(tmp_path) == ["a.txt"]


def test_what_is_withdrawn_stays_out(take: Take, tmp_path: Path) -> None:
    place = folder(tmp_path / "jan", a="one", b="two")
    take(place)
    with Packs(tmp_path / "out" / "captures", is_writing=True) as kept:
        ((capture_id, *_),) = found.matching(kept, "a.txt")
        found.withdraw(kept, [capture_id], "asked for")
        digest = next(h for raw, h in found.rows(kept) if raw.source_uri == "b.txt")
        assert digest is not None
        assert kept.kept(digest) == b"two"
    assert take(place) == found.Change(1, 0, 0)
    assert names(tmp_path) == ["b.txt"]


def test_an_error_of_a_source_changes_nothing(take: Take, tmp_path: Path) -> None:
    take(folder(tmp_path / "jan", a="one"))
    with pytest.raises(sources.SourceError):
        take(folder(tmp_path / "feb", b="two"), tmp_path / "nowhere")
    assert names(tmp_path) == ["a.txt"]


def test_a_warehouse_of_before_the_packs_keeps_its_captures(take: Take, tmp_path: Path) -> None:
    out, digest = tmp_path / "out", hashlib.sha256(b"one").hexdigest()
    place = out / "captures" / digest[:2] / digest
    place.parent.mkdir(parents=True)
    place.write_bytes(b"one")
    raw = RawCapture("a.txt", b"one", "jan")
    row = Capture(
        id_of(raw, digest), "a.txt", "jan", None, None, "text/plain", "utf-8", 3, digest, 1,
        "rejected",
    )  # fmt: skip
    release = out / "releases" / "1.0.0"
    store.write_table(release, table_of(Capture), to_arrow(Capture, [row]))
    (release / "manifest.json").write_text("{}")
    with Packs(out / "captures", is_writing=True) as kept:
        found.adopt(kept, out / "releases")
        assert [raw.source_uri for raw, _ in found.rows(kept)] == ["a.txt"]
        assert kept.kept(digest) == b"one"
    assert not place.exists()
    # Found again in its source it is the same capture, in the same file.
    assert take(folder(tmp_path / "jan", a="one")) == found.Change(1, 0, 0)
    assert [raw.file_count for raw in rows(tmp_path)] == [1]
