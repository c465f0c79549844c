"""What was found where: the store's account of its captures, from run to run.

A capture stays until it is withdrawn. What is known of it follows the last time that it was found;
a file that is gone costs nothing, unless the run was told to mirror its sources.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows import packs, publish, sources, store
from flows.errors import ShrinkageError
from flows.memory import Memory
from flows.packs import Packs
from flows.settings import SAMPLE_ARCHIVE
from transforms.captures import RawCapture, id_of, sha256_of
from transforms.losses import SAMPLE

# A capture without its bytes, and their hash: null where they could not be read.
Row = tuple[RawCapture, str | None]

# Of an id cut short: `forget` must not take what was not meant.
ID_CHARACTERS = 6
COLUMNS = (
    "source_uri", "member", "folder", "capture_id", "sha256", "url", "captured_at", "site",
    "byte_count", "reason", "detail", "licence", "is_invented", "zone",
)  # fmt: skip
SEEN = """
CREATE TEMP TABLE seen AS SELECT * FROM found LIMIT 0;
CREATE UNIQUE INDEX temp.seen_key ON seen (root, source_uri, member, folder, capture_id);
CREATE INDEX temp.seen_places ON seen (source_uri, member, sha256);
"""
# The same bytes in the same place under another site or address: what was told of them has been
# mended. What could not be read then, and is there now. Rows of before the packs have no root.
SUPERSEDED = """
DELETE FROM found WHERE EXISTS (
    SELECT 1 FROM seen
    WHERE seen.source_uri = found.source_uri AND seen.member = found.member
        AND (found.sha256 IS NULL OR seen.sha256 = found.sha256)
        AND (found.root = '' OR (seen.root = found.root AND seen.folder = found.folder))
) AND NOT EXISTS (
    SELECT 1 FROM seen
    WHERE seen.root = found.root AND seen.source_uri = found.source_uri
        AND seen.member = found.member AND seen.folder = found.folder
        AND seen.capture_id = found.capture_id
)
"""
UNSEEN = """
    (root, source_uri, member, folder, capture_id) NOT IN
        (SELECT root, source_uri, member, folder, capture_id FROM seen)
"""
# When it was met first stays: a page that is fetched again unchanged is nothing new.
RENEWED = """
INSERT OR REPLACE INTO found
SELECT seen.root, seen.source_uri, seen.member, seen.folder, seen.capture_id, seen.sha256, seen.url,
    CASE WHEN seen.root LIKE 'http%' THEN coalesce(found.captured_at, seen.captured_at)
        ELSE seen.captured_at END,
    seen.site, seen.byte_count, seen.reason, seen.detail, seen.licence, seen.is_invented,
    seen.zone
FROM seen LEFT JOIN found USING (root, source_uri, member, folder, capture_id)
"""
# A feed shows what is new: what it showed before is not gone.
OF_FILES = "root NOT LIKE 'http%'"
OLD_COLUMNS = ("source_uri", "site_id", "url", "captured_at", "byte_count", "sha256")


@dataclass(frozen=True, slots=True)
class Change:
    """What a run's reading changed in the store."""

    found: int
    new: int
    gone: int


def take_in(
    kept: Packs,
    gathered: Iterable[tuple[str, RawCapture]],
    *,
    memory: Memory | None = None,
    mirrors: Callable[[], bool] = lambda: False,
    limit: float = 1,
) -> Change:
    """Keeps every capture that is found, its bytes one by one; nothing is changed by an error.

    `gathered` gives captures with the place of their source. To mirror is to drop what is found
    no more in files, which is asked at the end; ShrinkageError where that is more than this share
    of the captures. What `memory` took in is kept with them.
    """
    index = kept.index
    index.executescript(SEEN)
    withdrawn = {row[0] for row in index.execute("SELECT capture_id FROM withdrawn")}
    for root, raw in gathered:
        digest = sha256_of(raw)
        if id_of(raw, digest) in withdrawn:
            continue
        if raw.payload is not None and digest is not None:
            kept.keep(digest, raw.payload)
        index.execute(
            f"INSERT OR REPLACE INTO seen (root, {', '.join(COLUMNS)}) "
            f"VALUES ({', '.join('?' * (len(COLUMNS) + 1))})",
            (root, *_values(raw, digest)),
        )
    kept.commit()
    if memory is not None:
        memory.write()
    return _settle(kept, mirrors(), limit)


def rows(kept: Packs) -> Iterator[Row]:
    """Every capture of the store once, without its bytes, by id; with the files that hold it."""
    query = f"""
        SELECT {", ".join(COLUMNS)} FROM found
        ORDER BY capture_id, source_uri, member, folder, root
    """
    for _, same in itertools.groupby(kept.index.execute(query), key=lambda row: row[3]):
        files = list(same)
        # The same place under two roots is a folder that was moved.
        yield _row(files[0], len({file[:3] for file in files}))


def adopt(kept: Packs, releases: Path) -> None:
    """Takes in what a warehouse of before the packs holds: files, and what its release tells."""
    hashes = set(packs.adopt_small_files(kept))
    last = publish.latest(releases) if hashes else None
    if last is None:
        return
    known = store.read_columns(last, "captures", OLD_COLUMNS).to_pylist()
    invented = {sha256_of(raw) for raw in sources.read([SAMPLE_ARCHIVE])}
    for row in known:
        if row["sha256"] not in hashes:
            continue
        raw = RawCapture(
            row["source_uri"], None, "", url=row["url"], captured_at=row["captured_at"],
            site=row["site_id"], byte_count=row["byte_count"],
        )  # fmt: skip
        root = str(SAMPLE_ARCHIVE) if row["sha256"] in invented else ""
        kept.index.execute(
            f"INSERT OR IGNORE INTO found (root, {', '.join(COLUMNS)}) "
            f"VALUES ({', '.join('?' * (len(COLUMNS) + 1))})",
            (root, *_values(raw, row["sha256"])),
        )
    kept.commit()


def holds_own(kept: Packs) -> bool:
    """Whether the store holds captures that are not of the sample archive."""
    query = "SELECT EXISTS (SELECT 1 FROM found WHERE root <> ?)"
    return bool(kept.index.execute(query, (str(SAMPLE_ARCHIVE),)).fetchone()[0])


def withdraw(kept: Packs, ids: Sequence[str], reason: str) -> int:
    """Takes captures out for good: where they were found, and their bytes; returns their number.

    They are not taken in again when they are found again.
    """
    index, marks = kept.index, ", ".join("?" * len(ids))
    chosen = f"SELECT DISTINCT sha256 FROM found WHERE capture_id IN ({marks})"
    hashes = {h for (h,) in index.execute(chosen, ids) if h}
    index.executemany("INSERT OR REPLACE INTO withdrawn VALUES (?, ?)", [(i, reason) for i in ids])
    index.execute(f"DELETE FROM found WHERE capture_id IN ({marks})", ids)
    # The same bytes may be another capture's, from another site.
    still = {h for (h,) in index.execute("SELECT DISTINCT sha256 FROM found") if h in hashes}
    kept.commit()
    kept.remove(hashes - still)
    return len(ids)


def matching(kept: Packs, wanted: str) -> list[tuple[str, str, str, str | None]]:
    """Id, file, member and address of the captures that an id, a file or an address names.

    An id may be given by its first characters, at least `ID_CHARACTERS` of them.
    """
    if not wanted:
        return []
    query = """
        SELECT DISTINCT capture_id, source_uri, member, url FROM found
        WHERE (substr(capture_id, 1, length(?1)) = ?1 AND length(?1) >= ?2)
            OR capture_id = 'c_' || substr(?1, 3) OR source_uri = ?1 OR url = ?1 OR member = ?1
        ORDER BY 1, 2, 3
    """
    return kept.index.execute(query, (wanted, ID_CHARACTERS)).fetchall()


def _settle(kept: Packs, mirrors: bool, limit: float) -> Change:
    index = kept.index
    before = _captures(index)
    index.execute(SUPERSEDED)
    # What could not be read holds nothing that might be lost.
    index.execute(
        f"DELETE FROM found WHERE sha256 IS NULL AND root IN (SELECT root FROM seen) AND {UNSEEN}"
    )
    index.execute(RENEWED)
    if mirrors:
        _raise_where_too_many_go(index, limit)
        index.execute(f"DELETE FROM found WHERE {OF_FILES} AND {UNSEEN}")
    else:
        # The sample archive stands in for captures that one has not got yet.
        index.execute(
            "DELETE FROM found WHERE root = ?1 AND EXISTS (SELECT 1 FROM seen) "
            "AND NOT EXISTS (SELECT 1 FROM seen WHERE root = ?1)",
            (str(SAMPLE_ARCHIVE),),
        )
    after = _captures(index)
    count = index.execute("SELECT count(*) FROM seen").fetchone()[0]
    index.execute("DROP TABLE seen")
    kept.commit()
    return Change(count, len(after - before), len(before - after))


def _raise_where_too_many_go(index: Any, limit: float) -> None:
    """Holds for the store what holds for a release: it never shrinks by accident."""
    query = f"""
        SELECT capture_id, min(source_uri) FROM found WHERE root <> ? AND {OF_FILES}
        GROUP BY capture_id HAVING min({UNSEEN})
    """
    going = sorted(name for _, name in index.execute(query, (str(SAMPLE_ARCHIVE),)))
    count = len(_captures(index))
    if len(going) > limit * count:
        raise ShrinkageError(
            f"--mirror would drop {len(going)} of {count} captures, which the sources hold no "
            f"more, such as {'; '.join(going[:SAMPLE])}: look at --source, or say --allow-shrink"
        )


def _captures(index: Any) -> set[str]:
    return {row[0] for row in index.execute("SELECT DISTINCT capture_id FROM found")}


def _values(raw: RawCapture, digest: str | None) -> tuple[Any, ...]:
    reason, detail = raw.trouble or (None, None)
    time = None if raw.captured_at is None else (raw.captured_at - EPOCH) // MICROSECOND
    return (
        raw.source_uri, raw.member or "", raw.folder, id_of(raw, digest), digest, raw.url, time,
        raw.site, raw.byte_count, reason, detail, raw.licence, raw.is_invented, raw.zone,
    )  # fmt: skip


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


def _row(values: Sequence[Any], file_count: int) -> Row:
    row = dict(zip(COLUMNS, values, strict=True))
    time = row["captured_at"]
    raw = RawCapture(
        row["source_uri"],
        None,
        row["folder"],
        url=row["url"],
        captured_at=None if time is None else EPOCH + time * MICROSECOND,
        site=row["site"],
        trouble=(row["reason"], row["detail"]) if row["reason"] else None,
        byte_count=row["byte_count"],
        file_count=file_count,
        licence=row["licence"],
        is_invented=bool(row["is_invented"]),
        member=row["member"] or None,
        zone=row["zone"],
    )
    return raw, row["sha256"]
