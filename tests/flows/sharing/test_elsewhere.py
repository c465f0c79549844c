"""Copies to a folder and to a real S3 server: checked, resumable, the pointer last."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import fsspec
import pytest

from flows import publish
from flows.sharing import elsewhere

COUNT = "select count(*) from read_parquet('{}/events.parquet')"


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket on an S3 server of this test's own, named by environment as users name theirs."""
    moto = pytest.importorskip("moto.server")
    pytest.importorskip("s3fs")
    server = moto.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "tests")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "tests")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        files = fsspec.filesystem("s3", skip_instance_cache=True)
        files.mkdir("dataset")
        yield "s3://dataset/news"
    server.stop()


def test_a_folder_holds_the_release_and_a_pointer_to_it(released: Path, tmp_path: Path) -> None:
    place, copied = elsewhere.copy(released, str(tmp_path / "out"))
    assert publish.verify(Path(place)) == []
    assert copied == len(list(released.iterdir()))
    said = json.loads((tmp_path / "out" / "latest.json").read_text())
    assert said["folder"] == "1.0.0"
    assert said["manifest_sha256"] == publish.sha256(released / "manifest.json")


def test_a_copy_that_broke_off_is_taken_up_and_readers_saw_the_one_before(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    older = tmp_path / "0.9.0"
    shutil.copytree(released, older)
    elsewhere.copy(older, str(out))
    moves = []
    move = type(fsspec.filesystem("file")).mv

    def broken(self: object, *given: object, **more: object) -> None:
        if len(moves) == 5:
            raise OSError("the line is dead")
        moves.append(given)
        move(self, *given, **more)

    monkeypatch.setattr(type(fsspec.filesystem("file")), "mv", broken)
    with pytest.raises(elsewhere.CopyError, match="the line is dead"):
        elsewhere.copy(released, str(out))
    monkeypatch.undo()
    assert json.loads((out / "latest.json").read_text())["folder"] == "0.9.0"
    _, copied = elsewhere.copy(released, str(out))
    assert copied == len(list(released.iterdir())) - 5
    assert publish.verify(out / "1.0.0") == []
    assert json.loads((out / "latest.json").read_text())["folder"] == "1.0.0"


def test_another_content_is_never_overwritten(released: Path, tmp_path: Path) -> None:
    elsewhere.copy(released, str(tmp_path / "out"))
    (tmp_path / "out" / "1.0.0" / "README.md").write_text("mine")
    with pytest.raises(elsewhere.CopyError, match="another content"):
        elsewhere.copy(released, str(tmp_path / "out"))
    assert (tmp_path / "out" / "1.0.0" / "README.md").read_text() == "mine"


def test_an_s3_server_holds_it_and_pyarrow_and_duckdb_read_it_there(
    released: Path, bucket: str
) -> None:
    import pyarrow.parquet as pq

    place, copied = elsewhere.copy(released, bucket)
    assert copied == len(list(released.iterdir()))
    assert elsewhere.copy(released, bucket) == (place, 0)
    files = fsspec.filesystem("s3", skip_instance_cache=True)
    there = {Path(p).name for p in files.ls(place)}
    assert there == {p.name for p in released.iterdir()}
    wanted = pq.read_table(released / "events.parquet")
    assert pq.read_table(f"{place}/events.parquet", filesystem=files).equals(wanted)
    with duckdb.connect() as connection:
        connection.register_filesystem(files)
        found = connection.execute(COUNT.format(f"s3://{place}")).fetchone()
    assert found == (wanted.num_rows,)


def test_an_address_that_cannot_be_reached_is_named(released: Path) -> None:
    with pytest.raises(elsewhere.CopyError, match="nosuch"):
        elsewhere.copy(released, "nosuch://place")


@pytest.mark.parametrize("dest", ["", " ", "s3://"])
def test_a_place_without_a_name_is_refused(released: Path, dest: str) -> None:
    if dest:
        pytest.importorskip("s3fs")
    with pytest.raises(elsewhere.CopyError, match="names no folder or bucket"):
        elsewhere.copy(released, dest)


def test_a_store_that_knows_nobody_is_told(
    released: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("s3fs")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    fsspec.filesystem("s3").clear_instance_cache()
    with pytest.raises(elsewhere.CopyError, match="credentials"):
        elsewhere.copy(released, "s3://nobody/news")
