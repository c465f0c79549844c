"""Zip and tar: members read as files of a folder are, damage and bombs ended in bounded memory."""

from __future__ import annotations

import gzip
import io
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from tests.flows.sources.conftest import Read

PAGES = {
    "gazette/a.html": b"<p>one</p>",
    "gazette/b.txt": b"two",
    "c.txt.gz": gzip.compress(b"three"),
    "gazette/style.css": b"p {}",
    "captures.csv": b"file,url,site,licence\ngazette/a.html,http://gazette.example/a,g,CC0-1.0\n",
    "__MACOSX/gazette/._a.html": b"\x00",
    "Summit.html": b"<p>saved</p>",
    "Summit_files/advert.html": b"<p>buy</p>",
}


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("name", ["may.zip", "may.tar.gz", "may.tar", "may.tgz"])
def test_an_archive_is_read_as_the_folder_it_was(read: Read, tmp_path: Path, name: str) -> None:
    pack = zipped if name.endswith("zip") else tarred
    found, told = read(pack(tmp_path / name, PAGES))
    rows = {raw.member: (raw.payload, raw.folder, raw.site, raw.url, raw.licence) for raw in found}
    assert rows == {
        "gazette/a.html": (b"<p>one</p>", "gazette", "g", "http://gazette.example/a", "CC0-1.0"),
        "gazette/b.txt": (b"two", "gazette", None, None, None),
        "c.txt.gz": (b"three", "may", None, None, None),
        "Summit.html": (b"<p>saved</p>", "may", None, None, None),
    }
    assert {raw.source_uri for raw in found} == {name}
    assert told == ["1 .css file is no capture"]


def test_an_archive_in_an_archive_is_read(read: Read, tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.txt": b"one"}).read_bytes()
    for place in (
        zipped(tmp_path / "x.zip", {"in/inner.zip": inner}),
        tarred(tmp_path / "x.tar", {"in/inner.zip": inner}),
    ):
        (raw,) = read(place)[0]
        assert (raw.payload, raw.member, raw.folder) == (b"one", "in/inner.zip/a.txt", "inner")


def test_archives_in_archives_without_end_are_refused(read: Read, tmp_path: Path) -> None:
    place = tmp_path / "0.zip"
    zipped(place, {"a.txt": b"one"})
    for depth in range(1, 9):
        place = zipped(tmp_path / f"{depth}.zip", {"inner.zip": place.read_bytes()})
    (raw,) = read(place)[0]
    assert raw.trouble == ("unreadable", "an archive in an archive in an archive: unpack it")


def test_a_damaged_member_costs_itself(read: Read, tmp_path: Path) -> None:
    place = zipped(tmp_path / "x.zip", {"a.txt": b"one " * 99, "b.txt": b"two"})
    data = bytearray(place.read_bytes())
    at = data.index(b"a.txt") + 8
    data[at : at + 4] = b"\xff\xff\xff\xff"
    place.write_bytes(data)
    found, told = read(place)
    assert [raw.payload for raw in found] == [None, b"two"]
    assert found[0].trouble is not None
    assert found[0].trouble[0] == "unreadable"
    assert told[0].startswith("x.zip: a.txt is damaged: ")


def test_a_tar_cut_short_gives_what_came_before(read: Read, tmp_path: Path) -> None:
    place = tarred(tmp_path / "x.tar", {"a.txt": b"one" * 5000, "b.txt": b"two" * 5000})
    place.write_bytes(place.read_bytes()[:20_000])
    found, told = read(place)
    assert found[-1].trouble is not None
    assert found[-1].member is None
    assert told[0].startswith("x.tar is damaged and was read in part")


def test_what_is_no_archive_is_taken_for_what_its_bytes_are(read: Read, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"<p>A page under another name</p>")
    (raw,) = read(tmp_path / "x.zip")[0]
    assert raw.payload == b"<p>A page under another name</p>"


def test_a_zip_without_its_end_is_no_story(read: Read, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", "The council met. " * 500)
    (tmp_path / "x.zip").write_bytes((tmp_path / "x.zip").read_bytes()[:5_000])
    (raw,), told = read(tmp_path / "x.zip")
    assert raw.trouble == ("not_text", "a zip archive without its end, cut short or damaged")
    assert told == ["x.zip cannot be read: a zip archive without its end, cut short or damaged"]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_bomb_is_left_in_bounded_memory(read: Read, tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    name = "x.zip" if pack is zipped else "x.tar.gz"
    place = pack(tmp_path / name, {f"{n:03}.txt": bytes(4_000_000) for n in range(30)})
    assert place.stat().st_size < 500_000
    tracemalloc.start()
    found, told = read(place, capture_bytes=5_000_000, free_archive_bytes=20_000_000, max_ratio=10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found[-1].trouble is not None
    assert "bomb" in found[-1].trouble[1]
    assert len(found) <= 6
    assert "bomb" in told[0]
    assert peak < 45_000_000


def test_an_encrypted_member_says_so(read: Read, tmp_path: Path) -> None:
    place = zipped(tmp_path / "x.zip", {"a.txt": b"one"})
    data = bytearray(place.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    place.write_bytes(data)
    (raw,) = read(place)[0]
    assert raw.trouble is not None
    assert "password" in raw.trouble[1]
