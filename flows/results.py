"""What stages made of single captures, kept from run to run by what it depends on.

A result is kept under the capture and a key: the digest of all that it depends on. Results lie in
segments, folders of Arrow files as a run's batches made them; `index.sqlite` says which segment
holds the valid result of which capture. All of it can be removed at any time: then everything is
made again.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc

from flows import store
from flows.parts import OWNED, OWNER

INDEX = "index.sqlite"
# What a segment looks like; another number makes everything again.
FORMAT = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS results (
    stage TEXT, capture_id TEXT, key TEXT, segment TEXT, PRIMARY KEY (stage, capture_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS results_segments ON results (stage, segment);
CREATE TABLE IF NOT EXISTS segments (
    stage TEXT, segment TEXT, count INTEGER, PRIMARY KEY (stage, segment)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS states (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
# A segment is written again once so much of it is dead, or with others where so many are small.
MAX_DEAD_SHARE, SMALL_CAPTURES, MAX_SMALL = 0.5, 50, 40
# Which column of a table says whose the row is; `article_id` leads to it through the articles.
OWNERS = ("capture_id", "target")


class Results:
    """The kept results of a warehouse; under its lock alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._index = self._opened()
        self._sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._index.commit()
        self._index.close()

    def lacking(self, stage: str, keys: Mapping[str, str]) -> set[str]:
        """The captures, of those with these keys, whose result is not kept."""
        query = "SELECT capture_id, key FROM results WHERE stage = ?"
        known = dict(self._index.execute(query, (stage,)))
        return {capture_id for capture_id, key in keys.items() if known.get(capture_id) != key}

    def add(self, stage: str, parts: Iterable[Path], keys: Mapping[str, str]) -> None:
        """Keeps folders of a batch's tables as segments; `owners` of each are read from them.

        `keys` are those of the captures in them.
        """
        for part in parts:
            owners = _owners(part)
            segment = secrets.token_hex(8)
            place = self._folder / stage / segment
            place.parent.mkdir(parents=True, exist_ok=True)
            part.rename(place)
            self._enter(stage, segment, {o: keys[o] for o in owners})
        self._index.commit()

    def lay_out(self, stage: str, wanted: set[str], place: Path) -> None:
        """Lays the results of these captures out as parts, a folder a segment.

        Segments that are wholly wanted are linked, not copied.
        """
        for segment, owners in self._by_segment(stage, wanted).items():
            folder = place / f"{stage}-{segment}"
            folder.mkdir(parents=True)
            is_whole = len(owners) == self._count(stage, segment)
            for name, path, keep in _tables(self._folder / stage / segment, owners):
                if is_whole:
                    _link(path, folder / name)
                else:
                    store.write_arrow(folder / name, keep(store.read_arrow(path)))

    def places(self, stage: str, wanted: set[str]) -> Iterator[tuple[Path, set[str]]]:
        """The segments that hold the results of these captures, each with those that it holds."""
        for segment, owners in self._by_segment(stage, wanted).items():
            yield self._folder / stage / segment, owners

    def tidy(self, stage: str, wanted: set[str]) -> None:
        """Drops what is wanted no more, and writes segments again that are mostly dead or small."""
        gone = [
            (stage, capture_id)
            for (capture_id,) in self._index.execute(
                "SELECT capture_id FROM results WHERE stage = ?", (stage,)
            )
            if capture_id not in wanted
        ]
        self._index.executemany("DELETE FROM results WHERE stage = ? AND capture_id = ?", gone)
        alive = self._by_segment(stage, wanted)
        small = [s for s, owners in alive.items() if len(owners) < SMALL_CAPTURES]
        poor = {
            s
            for s, owners in alive.items()
            if len(owners) < (1 - MAX_DEAD_SHARE) * self._count(stage, s)
        }
        again = sorted(poor | set(small if len(small) > MAX_SMALL else ()))
        if again:
            self._write_again(stage, {s: alive[s] for s in again})
        self._index.commit()
        self._sweep()

    def drop(self, ids: Iterable[str]) -> None:
        """Removes every segment that holds something of these captures, dead or alive."""
        wanted = set(ids)
        for stage, segment in self._index.execute("SELECT stage, segment FROM segments").fetchall():
            if wanted & set(_owners(self._folder / stage / segment)):
                self._index.execute(
                    "DELETE FROM results WHERE stage = ? AND segment = ?", (stage, segment)
                )
        self._index.execute("DELETE FROM states")
        self._index.commit()
        self._sweep()

    def state(self, name: str) -> str | None:
        """A value noted under the name; None where there is none."""
        row = self._index.execute("SELECT value FROM states WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note(self, name: str, value: str) -> None:
        """Notes a value under the name."""
        self._index.execute("INSERT OR REPLACE INTO states VALUES (?, ?)", (name, value))
        self._index.commit()

    def _opened(self) -> sqlite3.Connection:
        path = self._folder / INDEX
        try:
            index = sqlite3.connect(path)
            if index.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                index.close()
                path.unlink()
                index = sqlite3.connect(path)
            index.executescript(SCHEMA)
            index.execute(f"PRAGMA user_version = {FORMAT}")
        except sqlite3.DatabaseError:
            # Nothing is lost with it but time.
            path.unlink()
            index = sqlite3.connect(path)
            index.executescript(SCHEMA)
            index.execute(f"PRAGMA user_version = {FORMAT}")
        return index

    def _sweep(self) -> None:
        """Removes segments that hold nothing valid, and folders that the index does not know."""
        self._index.execute(
            "DELETE FROM segments WHERE NOT EXISTS (SELECT 1 FROM results AS r "
            "WHERE r.stage = segments.stage AND r.segment = segments.segment)"
        )
        self._index.commit()
        known = set(self._index.execute("SELECT stage, segment FROM segments"))
        for stage in [p for p in self._folder.iterdir() if p.is_dir()]:
            for folder in stage.iterdir():
                if (stage.name, folder.name) not in known:
                    store.remove(folder)
        for stage_name, segment in known:
            if not (self._folder / stage_name / segment).is_dir():
                self._index.execute(
                    "DELETE FROM results WHERE stage = ? AND segment = ?", (stage_name, segment)
                )

    def _enter(self, stage: str, segment: str, keys: Mapping[str, str]) -> None:
        self._index.executemany(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)",
            [(stage, capture_id, key, segment) for capture_id, key in keys.items()],
        )
        self._index.execute("INSERT INTO segments VALUES (?, ?, ?)", (stage, segment, len(keys)))

    def _by_segment(self, stage: str, wanted: set[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        query = "SELECT capture_id, segment FROM results WHERE stage = ?"
        for capture_id, segment in self._index.execute(query, (stage,)):
            if capture_id in wanted:
                found[segment].add(capture_id)
        return dict(sorted(found.items()))

    def _count(self, stage: str, segment: str) -> int:
        query = "SELECT count FROM segments WHERE stage = ? AND segment = ?"
        return int(self._index.execute(query, (stage, segment)).fetchone()[0])

    def _write_again(self, stage: str, alive: Mapping[str, set[str]]) -> None:
        """The live rows of these segments as new ones, about a batch each."""
        keys = dict(
            self._index.execute("SELECT capture_id, key FROM results WHERE stage = ?", (stage,))
        )
        batch: dict[str, set[str]] = {}
        for segment, owners in alive.items():
            batch[segment] = owners
            if sum(map(len, batch.values())) >= 2 * SMALL_CAPTURES:
                self._merge(stage, batch, keys)
                batch = {}
        if batch:
            self._merge(stage, batch, keys)

    def _merge(self, stage: str, batch: Mapping[str, set[str]], keys: Mapping[str, str]) -> None:
        merged: dict[str, list[pa.Table]] = defaultdict(list)
        for segment, owners in batch.items():
            for name, path, keep in _tables(self._folder / stage / segment, owners):
                merged[name].append(keep(store.read_arrow(path)))
        segment = secrets.token_hex(8)
        for name, tables in merged.items():
            whole = pa.concat_tables(tables).combine_chunks()
            store.write_arrow(self._folder / stage / segment / name, whole)
        self._enter(stage, segment, {o: keys[o] for owners in batch.values() for o in owners})


def _tables(folder: Path, owners: set[str]) -> Iterator[tuple[str, Path, _Keep]]:
    """Name and path of each table of a segment, and how to keep the rows of these captures."""
    wanted = pa.array(sorted(owners), pa.string())
    articles = None
    if (folder / "articles.arrow").is_file():
        rows = store.read_arrow(folder / "articles.arrow")
        articles = pc.filter(rows["article_id"], pc.is_in(rows["capture_id"], wanted))
    for path in sorted(folder.glob("*.arrow")):
        yield path.name, path, _Keep(wanted, articles)


class _Keep:
    """Keeps the rows of some captures."""

    def __init__(self, captures: pa.Array, articles: pa.ChunkedArray | None) -> None:
        self._captures, self._articles = captures, articles

    def __call__(self, rows: pa.Table) -> pa.Table:
        for name in OWNERS:
            if name in rows.column_names:
                return rows.filter(pc.is_in(rows[name], self._captures))
        assert self._articles is not None
        articles = pa.array(self._articles.to_pylist(), pa.string())
        return rows.filter(pc.is_in(rows["article_id"], articles))


def _owners(part: Path) -> list[str]:
    """The captures that a part is of."""
    owners: list[str] = store.read_arrow(part / OWNED).column(OWNER).to_pylist()
    return owners


def _link(path: Path, place: Path) -> None:
    try:
        os.link(path, place)
    except OSError:  # no such links on this file system
        shutil.copyfile(path, place)
