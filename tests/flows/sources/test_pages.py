"""Single pages as they were saved, and what is no page: said in one line each kind."""

from __future__ import annotations

import bz2
import datetime as dt
import lzma
from email.message import EmailMessage
from pathlib import Path

import pytest

from flows import sources
from tests.flows.sources.conftest import Read

SAVED = """From: <Saved by a browser>
Subject: The council met
Date: Sun, 4 May 2003 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="=_part"

--=_part
Content-Type: text/html; charset="windows-1252"
Content-Transfer-Encoding: quoted-printable
Content-Location: http://a.example/council.htm

<p>The coun=
cil met in Z=FCrich</p>
--=_part
Content-Type: image/gif
Content-Transfer-Encoding: base64
Content-Location: http://a.example/logo.gif

R0lGODlh
--=_part--
"""


def test_a_saved_page_is_decoded_from_its_mail(read: Read, tmp_path: Path) -> None:
    (tmp_path / "council.mht").write_text(SAVED)
    (raw,) = read(tmp_path)[0]
    assert raw.payload is not None
    assert raw.payload.strip() == "<p>The council met in Zürich</p>".encode("cp1252")
    assert raw.url == "http://a.example/council.htm"
    assert raw.captured_at == dt.datetime(2003, 5, 4, 10, tzinfo=dt.UTC)


def test_a_saved_page_in_base64_is_read(read: Read, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "page"
    mail.set_content("<p>one</p>", subtype="html", cte="base64")
    mail.add_related(b"GIF89a", "image", "gif", cid="<1>")
    (tmp_path / "x.mhtml").write_bytes(mail.as_bytes())
    (raw,) = read(tmp_path)[0]
    assert raw.payload == b"<p>one</p>\n"


def test_a_story_that_opens_like_a_head_stays_whole(read: Read, tmp_path: Path) -> None:
    text = "From: the editor\nTo: all\n\nThe council met.\n"
    (tmp_path / "x.txt").write_text(text)
    (raw,) = read(tmp_path)[0]
    assert raw.payload == text.encode()


def test_the_head_of_an_answer_is_no_text(read: Read, tmp_path: Path) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    (tmp_path / "a.html").write_bytes(f"{head}\r\n<p>one</p>".encode())
    chunks = "Transfer-Encoding: chunked\r\n\r\n4\r\n<p>t\r\n6\r\nwo</p>\r\n0\r\n\r\n"
    (tmp_path / "b.html").write_bytes(f"{head}{chunks}".encode())
    assert [raw.payload for raw in read(tmp_path)[0]] == [b"<p>one</p>", b"<p>two</p>"]


@pytest.mark.parametrize(("suffix", "pack"), [("bz2", bz2.compress), ("xz", lzma.compress)])
def test_other_packing_is_undone(read: Read, tmp_path: Path, suffix: str, pack: object) -> None:
    assert callable(pack)
    (tmp_path / f"a.html.{suffix}").write_bytes(pack(b"<p>one</p>"))
    assert read(tmp_path)[0][0].payload == b"<p>one</p>"


def test_what_is_no_capture_is_counted_by_its_kind(read: Read, tmp_path: Path) -> None:
    for name in ("a.css", "b.CSS", "c.css.gz", "d.js", "notes.md", "page.html"):
        (tmp_path / name).write_text("x")
    assert read(tmp_path)[1] == [
        "3 .css files are no captures",
        "1 .js file is no capture",
        "1 .md file is no capture",
    ]


def test_what_a_saved_page_is_made_of_is_passed_over(read: Read, tmp_path: Path) -> None:
    for folder in ("Summit_files", "Gipfel-Dateien", "our_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text(folder)
    for page in ("Summit.htm", "Gipfel.html"):
        (tmp_path / page).write_text(page)
    found, told = read(tmp_path)
    assert sorted(raw.source_uri for raw in found) == [
        "Gipfel.html", "Summit.htm", "our_files/frame.html",
    ]  # fmt: skip
    assert told == ["2 folders of what saved pages are made of were passed over"]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("news.xml", '<?xml version="1.0"?>\n<!-- made -->\n<rss version="2.0"></rss>', "a feed"),
        ("news.html", '<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "a feed"),
        ("map.xml.gz.txt", "<urlset></urlset>", "a sitemap"),
        ("pages.txt", "http://a.example/1\nhttps://a.example/2\n", "a list of addresses"),
    ],
)
def test_a_list_of_pages_is_no_page(
    read: Read, tmp_path: Path, name: str, text: str, kind: str
) -> None:
    (tmp_path / name).write_text(text)
    (tmp_path / "a.txt").write_text("See http://a.example/1 for more.")
    found, told = read(tmp_path)
    assert [raw.source_uri for raw in found] == ["a.txt"]
    assert told == [f"{name} is {kind}, no capture: name it in sources.toml to have its pages read"]


def test_an_archive_that_is_not_read_tells_the_way_out(read: Read, tmp_path: Path) -> None:
    (tmp_path / "x.7z").write_bytes(b"7z\xbc\xaf")
    (tmp_path / "a.txt").write_text("a page")
    found, told = read(tmp_path)
    assert [raw.trouble and raw.trouble[0] for raw in found] == [None, "unreadable"]
    assert told == ["x.7z: .7z archives are not read: unpack it, or pack it as .zip or .tar.gz"]
    with pytest.raises(sources.SourceError, match=r"x\.7z: \.7z archives are not read"):
        read(tmp_path / "x.7z")


def test_a_source_that_yields_nothing_says_what_it_held(read: Read, tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p {}")
    with pytest.raises(sources.SourceError, match=r"holds no captures[^$]*1 \.css file"):
        read(tmp_path)


def test_a_pattern_names_files_and_folders(read: Read, tmp_path: Path) -> None:
    for place in ("2001/a.html", "2001/b.css", "2002/deep/c.html", "notes/d.txt"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("x")
    (tmp_path / "2001" / "captures.csv").write_text("file,site\na.html,gazette\n")
    found, _ = read(tmp_path / "200*")
    assert sorted(raw.source_uri for raw in found) == ["a.html", "deep/c.html"]
    found, _ = read(tmp_path / "**" / "*.html")
    assert [(raw.source_uri, raw.folder, raw.site) for raw in found] == [
        ("2001/a.html", "2001", "gazette"), ("2002/deep/c.html", "deep", None),
    ]  # fmt: skip
