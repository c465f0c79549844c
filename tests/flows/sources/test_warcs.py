"""WARC, as warcio writes it and as crawls leave it: every kind of record, packed and damaged."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.flows.sources.conftest import Read

# The library's writer leaves its temporary files to the collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

PAGE = b"<html><body><p>" + b"The council met again. " * 40 + b"</p></body></html>"


def answer(
    writer: Any,
    url: str,
    body: bytes,
    status: str = "200 OK",
    media: str = "text/html",
    **more: str,
) -> None:
    headers = [("Content-Type", media), *((k.replace("_", "-"), v) for k, v in more.items())]
    head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        url, "response", payload=io.BytesIO(body), http_headers=head,
        warc_headers_dict={"WARC-Date": "2003-05-04T10:00:00Z"},
    )  # fmt: skip
    writer.write_record(record)


def chunked(body: bytes) -> bytes:
    parts = [body[:100], body[100:], b""]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)


def crawl(path: Path, *, is_packed: bool) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=is_packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "tests"}))
        answer(writer, "http://a.example/1", PAGE)
        answer(writer, "http://a.example/2", chunked(PAGE + b"2"), Transfer_Encoding="chunked")
        answer(writer, "http://a.example/3", gzip.compress(PAGE + b"3"), Content_Encoding="gzip")
        answer(
            writer, "http://a.example/4", chunked(gzip.compress(PAGE + b"4")),
            Content_Encoding="gzip", Transfer_Encoding="chunked",
        )  # fmt: skip
        answer(writer, "http://a.example/logo.gif", b"GIF89a", media="image/gif")
        answer(writer, "http://a.example/old", b"", "301 Moved Permanently")
        for kind, url in (("resource", "http://a.example/5"), ("conversion", "http://a.example/6")):
            body = io.BytesIO(PAGE + url[-1:].encode())
            record = writer.create_warc_record(
                url, kind, payload=body, warc_content_type="text/plain"
            )
            writer.write_record(record)
        digest = writer.create_warc_record(
            "http://a.example/1", "response", payload=io.BytesIO(PAGE),
            http_headers=StatusAndHeaders("200 OK", [], protocol="HTTP/1.1"),
        )  # fmt: skip
        writer.ensure_digest(digest, block=False, payload=True)
        same = digest.rec_headers.get_header("WARC-Payload-Digest")
        for url, of in (("1", same), ("mirror", same), ("elsewhere", "sha1:UNKNOWN")):
            writer.write_record(
                writer.create_revisit_record(
                    f"http://a.example/{url}", of, "http://a.example/1", "2003-05-04T10:00:00Z"
                )
            )
    return path


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_every_page_of_a_crawl_is_a_capture(read: Read, tmp_path: Path, name: str) -> None:
    found, told = read(crawl(tmp_path / name, is_packed=name.endswith("gz")))
    pages = {raw.url: raw.payload for raw in found}
    assert pages == {
        "http://a.example/1": PAGE,
        **{f"http://a.example/{n}": PAGE + str(n).encode() for n in (2, 3, 4, 5, 6)},
        "http://a.example/mirror": PAGE,
    }
    assert {raw.source_uri for raw in found} == {name}
    assert found[0].captured_at == dt.datetime(2003, 5, 4, 10, tzinfo=dt.UTC)
    assert found[0].member == "http://a.example/1"
    assert told == [
        "1 answer with status 301 is no capture",
        "1 image/gif record is no capture",
        "1 revisit record points to a page of another archive",
    ]


def test_a_crawl_packed_as_a_whole_is_read_too(read: Read, tmp_path: Path) -> None:
    plain = crawl(tmp_path / "a.warc", is_packed=False)
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(plain.read_bytes()))
    assert len(read(tmp_path / "b.warc.gz")[0]) == 7


def test_a_wacz_gives_the_pages_of_its_crawl(read: Read, tmp_path: Path) -> None:
    whole = crawl(tmp_path / "crawl.warc.gz", is_packed=True).read_bytes()
    with zipfile.ZipFile(tmp_path / "x.wacz", "w") as archive:
        archive.writestr("archive/data.warc.gz", whole)
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages"}\n')
        archive.writestr("datapackage.json", "{}")
    found, _ = read(tmp_path / "x.wacz")
    assert len(found) == 7
    assert found[0].member == "archive/data.warc.gz/http://a.example/1"


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_crawl_cut_short_keeps_what_is_whole(read: Read, tmp_path: Path, is_packed: bool) -> None:
    path = tmp_path / ("x.warc.gz" if is_packed else "x.warc")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=is_packed)
        answer(writer, "http://a.example/1", PAGE)
        whole = file.tell()
        answer(writer, "http://a.example/2", PAGE + b"2")
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[: whole + (size - whole) * 2 // 3])
    found, _ = read(path)
    assert [raw.payload for raw in found] == [PAGE, None]
    assert found[1].trouble is not None
    assert found[1].trouble[0] == "unreadable"


def test_damage_in_the_middle_is_named_and_costs_no_other_file(read: Read, tmp_path: Path) -> None:
    path = crawl(tmp_path / "x.warc.gz", is_packed=True)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20] = bytes(20)
    path.write_bytes(data)
    (tmp_path / "y.txt").write_text("another")
    found, told = read(tmp_path)
    assert b"another" in [raw.payload for raw in found]
    assert any(raw.trouble for raw in found)
    assert any("x.warc.gz" in line for line in told)


def test_a_page_over_the_limit_is_not_held(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        answer(writer, "http://a.example/1", bytes(5_000_000))
        answer(writer, "http://a.example/2", PAGE)
    found, _ = read(path, capture_bytes=2_000)
    assert [raw.payload for raw in found] == [None, PAGE]
    assert found[0].trouble == ("too_large", "more than 2,000 bytes, which is the limit")
