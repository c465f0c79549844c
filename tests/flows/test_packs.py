"""The store of raw captures: bytes once and by content, whole after a kill, taken out for good."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import packs
from flows.packs import Packs

WRITE = """
import hashlib, sys
from pathlib import Path
from flows import packs
packs.COMMIT_CAPTURES = 7
with packs.Packs(Path(sys.argv[1]), is_writing=True) as kept:
    for number in range(100_000):
        payload = b"page %d " % number * 300
        kept.keep(hashlib.sha256(payload).hexdigest(), payload)
        if number % 100 == 0:
            print(number, flush=True)
"""


def digest(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


def keep(folder: Path, *payloads: bytes) -> list[str]:
    with Packs(folder, is_writing=True) as kept:
        for payload in payloads:
            kept.keep(digest(payload), payload)
    return [digest(payload) for payload in payloads]


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / "packs").iterdir())


def test_bytes_come_back_and_are_kept_once(tmp_path: Path) -> None:
    pages = [b"", b"page", b"\x00\xff" * 5000, b"long " * 50_000]
    hashes = keep(tmp_path, *pages)
    before = size(tmp_path)
    keep(tmp_path, *pages)
    assert size(tmp_path) == before < sum(map(len, pages)) / 3
    with Packs(tmp_path) as kept:
        assert [kept.kept(h) for h in hashes] == pages
        with pytest.raises(FileNotFoundError):
            kept.kept(digest(b"another"))


def test_packs_are_few_and_none_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "PACK_BYTES", 20_000)
    chance = random.Random(5)
    pages = [chance.randbytes(1_000) for _ in range(100)]
    hashes = keep(tmp_path, *pages[:60])
    hashes += keep(tmp_path, *pages[60:])
    assert len(list((tmp_path / "packs").iterdir())) == 6
    with Packs(tmp_path) as kept:
        assert [kept.kept(h) for h in hashes] == pages


def test_what_was_told_before_a_kill_is_there_after_it(tmp_path: Path) -> None:
    for seed in range(4):
        command = [sys.executable, "-c", WRITE, str(tmp_path)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.Random(seed).random() * 0.3)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with Packs(tmp_path, is_writing=True) as kept:
            rows = kept.index.execute("SELECT sha256 FROM packed").fetchall()
            for (key,) in rows:
                assert digest(kept.kept(key.hex())) == key.hex()
            (end,) = kept.index.execute(
                "SELECT sum(length) + count(*) * ? FROM packed", (packs.HEAD.size,)
            ).fetchone()
        assert size(tmp_path) == (end or 0)
    assert rows


def test_a_lost_index_is_read_from_the_packs(tmp_path: Path) -> None:
    hashes = keep(tmp_path, b"one", b"two")
    (tmp_path / packs.INDEX).unlink()
    with Packs(tmp_path, is_writing=True) as kept:
        assert [kept.kept(h) for h in hashes] == [b"one", b"two"]


def test_what_is_taken_out_is_gone_from_the_disk(tmp_path: Path) -> None:
    chance = random.Random(6)
    pages = [chance.randbytes(500) for _ in range(4)]
    hashes = keep(tmp_path, *pages)
    with Packs(tmp_path, is_writing=True) as kept:
        assert kept.remove([hashes[1], digest(b"another")]) == 1
        assert [kept.kept(h) for h in (hashes[0], *hashes[2:])] == [pages[0], *pages[2:]]
    stored = b"".join(path.read_bytes() for path in (tmp_path / "packs").iterdir())
    assert pages[0] in stored
    assert pages[1] not in stored


def test_captures_kept_one_a_file_are_taken_in(tmp_path: Path) -> None:
    for payload, name in ((b"one", digest(b"one")), (b"cut", digest(b"cut short"))):
        place = tmp_path / name[:2] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(payload)
    with Packs(tmp_path) as kept:
        assert kept.kept(digest(b"one")) == b"one"
    with Packs(tmp_path, is_writing=True) as kept:
        assert list(packs.adopt_small_files(kept)) == [digest(b"one")]
        assert kept.kept(digest(b"one")) == b"one"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.sqlite", "packs"]


def test_a_damaged_index_is_named(tmp_path: Path) -> None:
    (tmp_path / packs.INDEX).write_bytes(b"no database" * 100)
    with pytest.raises(packs.StoreError, match=r"index\.sqlite cannot be opened"):
        Packs(tmp_path, is_writing=True)
