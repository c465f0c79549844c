"""The store of raw captures: bytes by content, once, in packs; and where each was found.

A pack is a file that is only appended to: a head (hash, size, length) and the bytes packed with
zstd, record after record. `index.sqlite` says where each record is, what was found where, and what
was withdrawn. The pack is flushed to the disk before the index knows of a record: a run that is
killed leaves at most a tail that the next one cuts off. Written under the warehouse's lock alone;
read by whoever wants to.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import pyarrow as pa

from flows.errors import ReaderError

INDEX = "index.sqlite"
# Large enough for few files at a million captures, small enough to write one again on a takedown.
PACK_BYTES = 256_000_000
# A record's head: mark, SHA-256 of the bytes, their size, the length they take here.
HEAD = struct.Struct("<4s32sQQ")
MARK = b"CQP1"
CODEC = "zstd"
COMMIT_CAPTURES = 1_000
BUSY_SECONDS = 60
SCHEMA = """
CREATE TABLE IF NOT EXISTS packed (
    sha256 BLOB PRIMARY KEY, pack INTEGER, place INTEGER, length INTEGER, size INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS packed_places ON packed (pack, place);
CREATE TABLE IF NOT EXISTS found (
    root TEXT, source_uri TEXT, member TEXT, folder TEXT, capture_id TEXT, sha256 TEXT, url TEXT,
    captured_at INTEGER, site TEXT, byte_count INTEGER, reason TEXT, detail TEXT, licence TEXT,
    is_invented INTEGER, zone TEXT,
    PRIMARY KEY (root, source_uri, member, folder, capture_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS found_captures ON found (capture_id);
CREATE INDEX IF NOT EXISTS found_places ON found (source_uri, member);
CREATE TABLE IF NOT EXISTS withdrawn (capture_id TEXT PRIMARY KEY, reason TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fetched (
    address TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, version TEXT, status INTEGER
) WITHOUT ROWID;
"""


class StoreError(ReaderError):
    """A store of raw captures that cannot be used; says which and what to do."""


class Packs:
    """The store in a folder, for reading and, where asked for, for writing."""

    def __init__(self, folder: Path, *, is_writing: bool = False) -> None:
        self.folder = folder
        self._is_writing = is_writing
        self._pack: BinaryIO | None = None
        self._number = 0
        self._pending = 0
        self._open_packs: dict[int, BinaryIO] = {}
        self.index = self._opened()
        if is_writing:
            self._mend()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_writing and error is None:
            self.commit()
        for file in (self._pack, *self._open_packs.values()):
            if file is not None:
                file.close()
        self.index.close()

    def keep(self, sha256: str, payload: bytes) -> None:
        """Keeps the bytes of that hash, unless they are there."""
        key = bytes.fromhex(sha256)
        if self._place(key) is not None:
            return
        packed = pa.compress(payload, codec=CODEC, asbytes=True) if payload else b""
        file, place = self._end()
        file.write(HEAD.pack(MARK, key, len(payload), len(packed)))
        file.write(packed)
        self.index.execute(
            "INSERT INTO packed VALUES (?, ?, ?, ?, ?)",
            (key, self._number, place + HEAD.size, len(packed), len(payload)),
        )
        self._pending += 1
        if self._pending >= COMMIT_CAPTURES:
            self.commit()

    def kept(self, sha256: str) -> bytes:
        """The bytes of that hash; FileNotFoundError where they are not in the store."""
        place = self._place(bytes.fromhex(sha256))
        if place is None:
            return _small_file(self.folder, sha256).read_bytes()
        pack, start, length, size = place
        if self._pack is not None and pack == self._number:
            self._pack.flush()
        file = self._open_packs.get(pack)
        if file is None:
            file = self._open_packs[pack] = self._path(pack).open("rb")
        file.seek(start)
        packed = file.read(length)
        if not size:
            return b""
        try:
            return bytes(pa.decompress(packed, decompressed_size=size, codec=CODEC, asbytes=True))
        except (pa.ArrowException, OSError):
            # What stands there now is handed on: whoever compares its hash sees the damage.
            return packed

    def commit(self) -> None:
        """Makes what was written last: first the packs, then the index that tells of it."""
        if self._pack is not None:
            self._pack.flush()
            os.fsync(self._pack.fileno())
        self.index.commit()
        self._pending = 0

    def remove(self, hashes: Iterable[str]) -> int:
        """Takes the bytes of these hashes out of the packs; returns how many there were."""
        gone = {bytes.fromhex(h) for h in hashes}
        places = {key: self._place(key) for key in gone}
        found = {key: place[0] for key, place in places.items() if place is not None}
        for pack in sorted(set(found.values())):
            self._rewrite(pack, gone)
        return len(found)

    def _opened(self) -> sqlite3.Connection:
        path = self.folder / INDEX
        try:
            if not self._is_writing:
                if not path.is_file():
                    # A store of before the packs, or none.
                    connection = sqlite3.connect(":memory:")
                    connection.executescript(SCHEMA)
                    return connection
                address = f"{path.absolute().as_uri()}?mode=ro"
                return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
            self.folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
            connection.executescript(SCHEMA)
            if "zone" not in {row[1] for row in connection.execute("PRAGMA table_info(found)")}:
                connection.execute("ALTER TABLE found ADD COLUMN zone TEXT")
        except sqlite3.Error as error:
            raise StoreError(
                f"{path} cannot be opened: {error}. Without it the next run makes it again from "
                "the packs beside it, and finds the captures in their sources again"
            ) from error
        return connection

    def _mend(self) -> None:
        """Cuts off what a killed run left behind the last record that the index knows."""
        known = dict(
            self.index.execute("SELECT pack, max(place + length) FROM packed GROUP BY pack")
        )
        for path in sorted((self.folder / "packs").glob("*.pack")):
            number = int(path.stem)
            if not known:
                # The index is new, the packs are not.
                self._read_again(path, number)
                continue
            end = known.get(number)
            if end is None:
                path.unlink()
            elif path.stat().st_size > end:
                os.truncate(path, end)
            self._number = max(self._number, number)
        self.index.commit()

    def _read_again(self, path: Path, number: int) -> None:
        with path.open("rb") as file:
            while len(head := file.read(HEAD.size)) == HEAD.size:
                mark, key, size, length = HEAD.unpack(head)
                place = file.tell()
                if mark != MARK or place + length > path.stat().st_size:
                    break
                self.index.execute(
                    "INSERT OR IGNORE INTO packed VALUES (?, ?, ?, ?, ?)",
                    (key, number, place, length, size),
                )
                file.seek(length, os.SEEK_CUR)
        self._number = max(self._number, number)

    def _end(self) -> tuple[BinaryIO, int]:
        """The pack that is written to, and where it ends."""
        if self._pack is not None and self._pack.tell() >= PACK_BYTES:
            self.commit()
            self._pack.close()
            self._pack, self._number = None, self._number + 1
        if self._pack is None:
            self._number = max(self._number, 1)
            path = self._path(self._number)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._pack = path.open("ab")
            self._pack.seek(0, os.SEEK_END)
        return self._pack, self._pack.tell()

    def _rewrite(self, pack: int, gone: set[bytes]) -> None:
        """Writes the pack again, under the next number, without some of its records."""
        self.commit()
        if self._pack is not None:
            self._pack.close()
            self._pack = None
        if (file := self._open_packs.pop(pack, None)) is not None:
            file.close()
        highest = self.index.execute("SELECT max(pack) FROM packed").fetchone()[0] or 0
        self._number = max(self._number, highest) + 1
        rows = self.index.execute(
            "SELECT sha256, place, length, size FROM packed WHERE pack = ? ORDER BY place", (pack,)
        ).fetchall()
        with self._path(pack).open("rb") as old:
            for key, start, length, size in rows:
                self.index.execute("DELETE FROM packed WHERE sha256 = ?", (key,))
                if key in gone:
                    continue
                old.seek(start)
                file, place = self._end()
                file.write(HEAD.pack(MARK, key, size, length) + old.read(length))
                self.index.execute(
                    "INSERT INTO packed VALUES (?, ?, ?, ?, ?)",
                    (key, self._number, place + HEAD.size, length, size),
                )
        self.commit()
        self._path(pack).unlink()

    def _place(self, key: bytes) -> tuple[int, int, int, int] | None:
        query = "SELECT pack, place, length, size FROM packed WHERE sha256 = ?"
        row: tuple[int, int, int, int] | None = self.index.execute(query, (key,)).fetchone()
        return row

    def _path(self, number: int) -> Path:
        return self.folder / "packs" / f"{number:06}.pack"


def adopt_small_files(packs: Packs) -> Iterator[str]:
    """Moves captures kept one a file, as before the packs, into them; gives their hashes.

    The files go once the packs are on the disk, so that a killed run has lost nothing.
    """
    folders = [p for p in packs.folder.glob("[0-9a-f][0-9a-f]") if p.is_dir()]
    for folder in sorted(folders):
        files = sorted(folder.iterdir())
        for path in files:
            payload = path.read_bytes()
            # A file cut short by a power failure is not what its name says.
            if hashlib.sha256(payload).hexdigest() == path.name:
                packs.keep(path.name, payload)
                yield path.name
        packs.commit()
        for path in files:
            path.unlink()
        with contextlib.suppress(OSError):
            folder.rmdir()


def _small_file(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256
