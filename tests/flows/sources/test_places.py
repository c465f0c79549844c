"""What is read, under which name, and what becomes of files that cannot be read."""

from __future__ import annotations

import datetime as dt
import gzip
import os
from pathlib import Path

import pytest

from flows import sources
from transforms.captures import RawCapture


def names(*folders: Path) -> list[str]:
    return sorted(raw.source_uri for raw in sources.read(folders))


def load(folder: Path, max_bytes: int = 1000) -> RawCapture:
    (raw,) = sources.read([folder], sources.Limits(capture_bytes=max_bytes))
    return raw


def test_finds_captures_below_and_nothing_that_lies_beside_them(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in (
        "b/z.html",
        "a.txt",
        "B.TXT.gz",
        "truth.json",
        "README.md",
        "x.CSV",
        ".hidden",
        "old.json.gz",
        ".git/config",
    ):
        (tmp_path / name).write_text("x")
    assert names(tmp_path) == ["B.TXT.gz", "a.txt", "b/z.html"]


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(sources.SourceError, match=r"nowhere does not exist"):
        list(sources.read([tmp_path / "nowhere"]))


def test_an_empty_source_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("x")
    with pytest.raises(sources.SourceError, match="holds no captures"):
        list(sources.read([tmp_path]))


def test_one_file_is_a_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert names(tmp_path / "a.txt") == ["a.txt"]


def test_a_link_to_an_ancestor_leads_nowhere_new(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.txt").write_text("x")
    (tmp_path / "in" / "deep" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "a_link").symlink_to(tmp_path / "in" / "deep")
    assert names(tmp_path / "in") == ["deep/a.txt"]


def test_a_link_to_itself_and_a_broken_link_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = sources.read([tmp_path])
    assert [(r.source_uri, r.trouble) for r in found] == [
        ("broken.txt", ("unreadable", "No such file or directory")),
        ("self.txt", ("unreadable", "Too many levels of symbolic links")),
    ]


def test_a_folder_reached_by_a_link_out_of_the_tree_is_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "more").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "in") == ["more/a.txt"]


def test_odd_names_come_out_as_text(tmp_path: Path) -> None:
    odd = [b"new\nline.txt", b"quote'\".txt", "Ру.txt".encode(), b"latin-\xe9.txt"]
    for name in odd:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("x")
    found = names(tmp_path)
    assert sorted(found) == ["latin-\\xe9.txt", "new\nline.txt", "quote'\".txt", "Ру.txt"]
    for name in found:
        name.encode()


def test_bytes_and_size_of_a_packed_capture_are_those_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>page</p>"))
    raw = load(tmp_path)
    assert (raw.payload, raw.byte_count, raw.trouble) == (b"<p>page</p>", 11, None)


@pytest.mark.parametrize("data", [b"no gzip", gzip.compress(b"page" * 99)[:-9], b"\x1f\x8b\x08"])
def test_broken_packing_is_unreadable(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.gz").write_bytes(data)
    raw = load(tmp_path)
    assert raw.payload is None
    assert raw.trouble is not None
    assert raw.trouble[0] == "unreadable"


def test_a_capture_over_the_limit_is_not_held(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 1001)
    raw = load(tmp_path)
    assert (raw.payload, raw.byte_count) == (None, 1001)
    assert raw.trouble == ("too_large", "more than 1,000 bytes, which is the limit")


def test_200_megabytes_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200_000_000)
    raw = load(tmp_path, 10_000_000)
    assert raw.byte_count == 200_000_000
    assert raw.trouble is not None
    assert raw.trouble[0] == "too_large"


def test_a_packed_bomb_is_unpacked_to_the_limit_only(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(bytes(5_000_000)))
    raw = load(tmp_path, 1000)
    assert raw.trouble == ("too_large", "more than 1,000 bytes, which is the limit")


def test_a_pipe_does_not_stop_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    raw = load(tmp_path)
    assert raw.trouble is not None
    assert raw.trouble[0] == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    assert load(tmp_path).trouble == ("unreadable", "Permission denied")


def test_the_listing_tells_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.html").write_text("x")
    (tmp_path / "captures.csv").write_text(
        "file,url,captured_at,site\nold/a.html,http://press.example/a,2003-05-04T10:00:00+02:00,\n"
    )
    raw = load(tmp_path)
    assert raw.url == "http://press.example/a"
    assert raw.captured_at == dt.datetime(2003, 5, 4, 8, tzinfo=dt.UTC)
    assert (raw.site, raw.folder) == (None, "old")


def test_the_listing_tells_licence_and_invention(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("x")
    (tmp_path / "captures.csv").write_text("file,licence,invented\na.html,CC0-1.0,Yes\nb.html,,\n")
    made, found = sources.read([tmp_path])
    assert (made.licence, made.is_invented) == ("CC0-1.0", True)
    assert (found.licence, found.is_invented) == (None, False)


def test_the_nearest_listing_speaks(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.html").write_text("x")
    (tmp_path / "captures.csv").write_text("file,site\nold/a.html,far\n")
    (tmp_path / "old" / "captures.csv").write_text("file,site\na.html,near\n")
    assert load(tmp_path).site == "near"


@pytest.mark.parametrize(
    ("listing", "complaint"),
    [
        ("url\nhttp://press.example/\n", "line 2: column file"),
        ("file,captured_at\na.html,last May\n", "line 2, column captured_at: 'last May'"),
        ("file,invented\na.html,perhaps\n", "line 2, column invented: 'perhaps'"),
    ],
)
def test_a_wrong_listing_is_named_with_its_line(
    tmp_path: Path, listing: str, complaint: str
) -> None:
    (tmp_path / "a.html").write_text("x")
    (tmp_path / "captures.csv").write_text(listing)
    with pytest.raises(sources.SourceError, match=complaint):
        list(sources.read([tmp_path]))


def test_a_listing_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("x")
    (tmp_path / "captures.csv").write_bytes(b"file,site\na.html,Z\xfcrich\n")
    with pytest.raises(sources.SourceError, match=r"captures\.csv cannot be read as a UTF-8"):
        list(sources.read([tmp_path]))


def test_a_later_folder_replaces_a_reference_table(tmp_path: Path) -> None:
    for folder, name in (("ours", "Ours"), ("theirs", "Theirs")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sites.csv").write_text(
            f"site_id,name,host,timezone,language,source\ns,{name},s.example,,,made up\n"
        )
    known = sources.read_authority([tmp_path / "ours", tmp_path / "theirs"])
    assert [site.name for site in known.sites] == ["Theirs"]


def test_a_missing_folder_of_reference_tables_is_named(tmp_path: Path) -> None:
    with pytest.raises(sources.SourceError, match="nowhere does not exist"):
        sources.read_authority([tmp_path / "nowhere"])


def test_a_listed_capture_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "captures.csv").write_text("file,site\na.txt,one\nlost/b.txt,two\n")
    assert names(tmp_path) == ["a.txt", "lost/b.txt"]
    (lost,) = [raw for raw in sources.read([tmp_path]) if raw.site == "two"]
    assert (lost.payload, lost.site) == (None, "two")
    assert lost.trouble == ("unreadable", "No such file or directory")
