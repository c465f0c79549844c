"""Captures in an S3-compatible store: a real server on this machine, reached through fsspec."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from flows import sources
from flows.sources import Known, Named
from tests.flows.sources.test_lists import Remembered
from transforms.captures import RawCapture

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def storage() -> Iterator[dict[str, Any]]:
    """What fsspec is told to reach the store."""
    server_module = pytest.importorskip("moto.server", reason="needs communique[dev]")
    pytest.importorskip("s3fs", reason="needs communique[s3]")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield {
            "key": "key", "secret": "secret", "client_kwargs": {
                "endpoint_url": f"http://{host}:{port}", "region_name": "eu-central-1",
            },
        }  # fmt: skip
    finally:
        server.stop()


def zipped(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return data.getvalue()


@pytest.fixture(scope="module")
def bucket(storage: dict[str, Any]) -> str:
    import s3fs

    store = s3fs.S3FileSystem(**storage)
    store.mkdir("press")
    objects = {
        "may/gazette/a.html": b"<p>one</p>",
        "may/gazette/captures.csv": b"file,url\na.html,http://gazette.example/a\n",
        "may/gazette/style.css": b"p {}",
        "may/more.zip": zipped(b="two", c="three"),
        "june/d.txt": b"four",
    }
    for key, data in objects.items():
        store.pipe_file(f"press/{key}", data)
    return "s3://press/may"


def gather(named: Named) -> tuple[list[RawCapture], list[str]]:
    notes = sources.Notes()
    found = sources.gather_named([named], sources.Limits(), notes, Remembered())
    return [raw for _, raw in found], notes.told()


def test_objects_are_read_as_files_of_a_folder(storage: dict[str, Any], bucket: str) -> None:
    named = Named("press", "objects", bucket, Known(licence="CC0-1.0"), None, (),
                  tuple(storage.items()))  # fmt: skip
    found, told = gather(named)
    assert [(raw.source_uri, raw.member, raw.payload) for raw in found] == [
        ("gazette/a.html", None, b"<p>one</p>"),
        ("more.zip", "b.txt", b"two"),
        ("more.zip", "c.txt", b"three"),
    ]
    assert found[0].url == "http://gazette.example/a"
    assert (found[0].folder, found[1].folder) == ("gazette", "more")
    assert {raw.licence for raw in found} == {"CC0-1.0"}
    assert told == ["1 .css file is no capture"]


def test_a_store_that_cannot_be_read_is_named(storage: dict[str, Any], bucket: str) -> None:
    named = Named("press", "objects", "s3://nowhere/may", storage=tuple(storage.items()))
    with pytest.raises(sources.SourceError, match=r"source press: .*s3://nowhere/may"):
        gather(named)
