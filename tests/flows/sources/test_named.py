"""sources.toml: what it may say, and that what it says wrongly is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import sources
from flows.errors import ReaderError
from flows.settings import from_options
from flows.sources import read_named
from tests.flows.sources.test_lists import Remembered


def write(folder: Path, text: str) -> Path:
    (folder / "sources.toml").write_text(text)
    return folder / "sources.toml"


def test_sources_are_read_from_the_folder_of_their_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        [gazette]
        place = "in/gazette"
        site = "gazette"
        zone = "Europe/Moscow"
        licence = "CC0-1.0"
        schedule = "0 6 * * *"
        [rows]
        place = "rows.jsonl"
        columns = {content = "page", address = "where"}
        [press]
        kind = "feed"
        place = "https://press.example/feed.xml"
        delay = 3
        [store]
        place = "s3://bucket/pages"
        """,
    )
    (tmp_path / "in" / "gazette").mkdir(parents=True)
    (tmp_path / "in" / "gazette" / "a.txt").write_text("one")
    (tmp_path / "rows.jsonl").write_text('{"page": "<p>two</p>", "where": "http://r.example/2"}\n')
    named = read_named(path)
    assert [n.kind for n in named] == ["files", "files", "feed", "objects"]
    assert [n.schedule for n in named] == ["0 6 * * *", None, None, None]
    assert named[2].manners.delay == 3
    notes = sources.Notes()
    found = [r for _, r in sources.gather_named(named[:2], sources.Limits(), notes, Remembered())]
    assert [(raw.payload, raw.site, raw.zone, raw.licence, raw.url) for raw in found] == [
        (b"one", "gazette", "Europe/Moscow", "CC0-1.0", None),
        (b"<p>two</p>", None, None, None, "http://r.example/2"),
    ]
    assert [n.name for n in read_named(path, ["store"])] == ["store"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("place =", "cannot be read"),
        ("", "names no source"),
        ("[a]\nsite = 'x'", r"source a: write \[a\]"),
        ("[a]\nplace = 'x'\ncolour = 'red'", "source a: colour is not known; there are kind"),
        ("[a]\nplace = 'x'\nrefresh = 'yes'", "source a: refresh cannot be 'yes'"),
        ("[a]\nplace = 'x'\nkind = 'tape'", "kind 'tape' is not known"),
        ("[a]\nplace = 'x'\nkind = 'feed'", "the place of a feed is an address"),
        ("[a]\nplace = 'https://a.example/'", "say kind = feed or sitemap or addresses"),
        ("[a]\nplace = 'x'\nzone = 'Moscow time'", "no IANA time zone"),
        ("[a]\nplace = 'x'\ncolumns = {story = 'x'}", "columns may name content"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(sources.SourceError, match=complaint):
        read_named(write(tmp_path, text))


def test_a_name_that_is_none_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "[a]\nplace = 'x'")
    with pytest.raises(sources.SourceError, match="names a, and no b"):
        read_named(path, ["b"])


def test_the_file_here_is_read_where_no_source_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "[a]\nplace = 'x'")
    monkeypatch.chdir(tmp_path)
    assert [n.name for n in from_options(only=()).named] == ["a"]
    assert from_options(only=(), sources=("y",)).named == ()
    assert from_options().named == ()
    with pytest.raises(ReaderError, match=r"is an address: name it in sources\.toml"):
        from_options(only=(), sources=("https://a.example/feed",))


def test_one_source_that_is_missing_costs_no_other(tmp_path: Path) -> None:
    path = write(tmp_path, "[a]\nplace = 'gone'\n[b]\nplace = 'here'")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "a.txt").write_text("one")
    notes = sources.Notes()
    found = list(sources.gather_named(read_named(path), sources.Limits(), notes, Remembered()))
    assert len(found) == 1
    assert len(notes.failures) == 1
    assert "gone does not exist" in notes.failures[0]
    with pytest.raises(sources.SourceError, match=r"source a: .*gone does not exist"):
        list(
            sources.gather_named(
                read_named(path, ["a"]), sources.Limits(), sources.Notes(), Remembered()
            )
        )
