"""Files of the warehouse: whole or not there, the same rows the same bytes, one run at a time."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest

from flows import store
from transforms.captures import RawCapture
from transforms.schema import table_of, to_arrow
from transforms.tables import Rejection

HOLD = """
import sys, time
from pathlib import Path
from flows import store
with store.locked(Path(sys.argv[1]), timeout=None, tell=print):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(warehouse: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(warehouse)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_second_run_waits_and_says_so(tmp_path: Path) -> None:
    process, said = hold(tmp_path), list[str]()
    try:
        with (
            pytest.raises(store.WarehouseBusyError, match=r"still at work on .* after 0.2 s"),
            store.locked(tmp_path, timeout=0.2, tell=said.append),
        ):
            pytest.fail("two runs at once")
    finally:
        end(process)
    assert len(said) == 1
    assert "another run is at work" in said[0]


def test_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    end(hold(tmp_path))
    start = time.monotonic()
    with store.locked(tmp_path, timeout=5, tell=pytest.fail):
        assert time.monotonic() - start < 1


def test_a_shard_gives_its_captures_back(tmp_path: Path) -> None:
    captures = [
        RawCapture(
            "a/b.html",
            b"\x00\xff",
            "a",
            url="http://press.example/b",
            captured_at=dt.datetime(2003, 5, 4, tzinfo=dt.UTC),
            site="press",
            byte_count=2,
        ),
        RawCapture("c.txt", None, "a", trouble=("unreadable", "gone"), byte_count=0),
    ]
    store.write_captures(tmp_path / "shards" / "0.arrow", captures)
    assert store.read_captures(tmp_path / "shards" / "0.arrow") == captures


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    rows = [Rejection(f"c_{i}", "captures", "empty", "0 bytes") for i in range(300)]
    one = to_arrow(Rejection, rows)
    chunks = [to_arrow(Rejection, rows[150:]), to_arrow(Rejection, rows[:150])]
    other = to_arrow(Rejection, [Rejection(**r) for r in pa.concat_tables(chunks).to_pylist()])
    table = table_of(Rejection)
    paths = [
        store.write_table(tmp_path / name, table, data)
        for name, data in (("one", one), ("other", other))
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_table_keeps_its_meaning(tmp_path: Path) -> None:
    table = table_of(Rejection)
    store.write_table(tmp_path, table, table.schema.empty_table())
    schema = store.read_table(tmp_path, "rejections").schema
    assert schema.equals(table.schema, check_metadata=True)


def test_what_was_left_unfinished_is_swept(tmp_path: Path) -> None:
    left = store.unfinished(tmp_path)
    left.mkdir()
    (left / "part").touch()
    (store.unfinished(tmp_path / "releases")).symlink_to("1.0.0")
    (tmp_path / "releases" / "1.0.0").mkdir()
    store.sweep(tmp_path)
    assert [p.name for p in sorted(tmp_path.rglob("*"))] == ["releases", "1.0.0"]


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    store.replace_folder(tmp_path / "new", tmp_path / "old")
    assert [p.name for p in sorted(tmp_path.rglob("*"))] == ["old", "new"]
