"""The warehouse's files: shards, tables as Parquet, the lock. Raw captures are in `packs`.

Every file is written under another name and renamed, so that none is ever found half written.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import filelock
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

from flows.errors import ReaderError
from transforms.captures import RawCapture
from transforms.schema import Table

# zstd 9: a tenth smaller than level 1 on text, and half a second more a million rows (STACK 5).
COMPRESSION_LEVEL = 9
# A smaller file is read as quickly as its filter.
MIN_BLOOM_ROWS = 20_000
ROW_GROUP_ROWS = 122_880
LOCK_POLL_SECONDS = 0.1
# Folder of a build with the rows that break rules.
FAILURES = "failures"
# Written under a name that begins so; found again at the next start, it is what a crash left.
UNFINISHED = ".unfinished-"

CAPTURES_SCHEMA = pa.schema(
    [
        pa.field("source_uri", pa.string(), nullable=False),
        pa.field("folder", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("captured_at", pa.timestamp("us", tz="UTC")),
        pa.field("site", pa.string()),
        pa.field("byte_count", pa.int64(), nullable=False),
        pa.field("file_count", pa.int64(), nullable=False),
        pa.field("reason", pa.string()),
        pa.field("detail", pa.string()),
        pa.field("payload", pa.large_binary()),
        pa.field("licence", pa.string()),
        pa.field("is_invented", pa.bool_(), nullable=False),
        pa.field("member", pa.string()),
        pa.field("zone", pa.string()),
    ]
)


class WarehouseBusyError(ReaderError):
    """Another run holds the warehouse and the time to wait for it is over."""


class DamagedError(ReaderError):
    """A file of a build or a release that cannot be read as what it was written as."""


@contextlib.contextmanager
def locked(
    warehouse: Path, *, timeout: float | None, tell: Callable[[str], None]
) -> Iterator[None]:
    """Holds the warehouse for one run at a time; the kernel lets go of it when the process ends."""
    warehouse.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(warehouse / ".lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        tell(f"another run is at work on {warehouse}; waiting for it to finish")
        try:
            lock.acquire(
                timeout=-1 if timeout is None else timeout, poll_interval=LOCK_POLL_SECONDS
            )
        except filelock.Timeout:
            raise WarehouseBusyError(
                f"another run is still at work on {warehouse} after {timeout:g} s: "
                "wait for it, or name another --warehouse"
            ) from None
    try:
        yield
    finally:
        lock.release()


def sweep(warehouse: Path) -> None:
    """Removes what runs that were killed left unfinished; only under the lock."""
    for folder in (warehouse, warehouse / "releases", warehouse / "captures"):
        for path in folder.glob(f"{UNFINISHED}*"):
            remove(path)


def remove(path: Path) -> None:
    """Removes a file, a link or a folder with all it holds; nothing where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def unfinished(folder: Path) -> Path:
    """A new path in the folder for something that is renamed when it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{UNFINISHED}{secrets.token_hex(6)}"


def replace_folder(new: Path, place: Path) -> None:
    """Puts the folder `new` where `place` was."""
    if place.exists():
        old = unfinished(place.parent)
        place.rename(old)
        new.rename(place)
        remove(old)
    else:
        new.rename(place)


def write_bytes(path: Path, data: bytes) -> None:
    """Writes the file whole or not at all."""
    temporary = unfinished(path.parent)
    temporary.write_bytes(data)
    os.replace(temporary, path)


def write_captures(path: Path, captures: Iterable[RawCapture]) -> None:
    """An Arrow file of captures with their bytes, for one worker."""
    records = [
        {
            "source_uri": raw.source_uri,
            "folder": raw.folder,
            "url": raw.url,
            "captured_at": raw.captured_at,
            "site": raw.site,
            "byte_count": raw.byte_count,
            "file_count": raw.file_count,
            "reason": raw.trouble[0] if raw.trouble else None,
            "detail": raw.trouble[1] if raw.trouble else None,
            "payload": raw.payload,
            "licence": raw.licence,
            "is_invented": raw.is_invented,
            "member": raw.member,
            "zone": raw.zone,
        }
        for raw in captures
    ]
    write_arrow(path, pa.Table.from_pylist(records, schema=CAPTURES_SCHEMA))


def read_captures(path: Path) -> list[RawCapture]:
    """The captures of an Arrow file with their bytes, in order."""
    return [
        RawCapture(
            row["source_uri"],
            row["payload"],
            row["folder"],
            url=row["url"],
            captured_at=row["captured_at"],
            site=row["site"],
            byte_count=row["byte_count"],
            file_count=row["file_count"],
            trouble=(row["reason"], row["detail"]) if row["reason"] else None,
            licence=row["licence"],
            is_invented=row["is_invented"],
            member=row["member"],
            zone=row["zone"],
        )
        for row in read_arrow(path).to_pylist()
    ]


def captures_in(shard: Path) -> int:
    """How many captures a shard holds; its batches are mapped, not read."""
    count = 0
    for batch in shard.iterdir():
        with pa.memory_map(str(batch)) as source:
            reader = pa.ipc.open_file(source)
            count += sum(reader.get_batch(i).num_rows for i in range(reader.num_record_batches))
    return count


def write_arrow(path: Path, data: pa.Table) -> None:
    """An Arrow file: what travels between tasks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = unfinished(path.parent)
    with pa.OSFile(str(temporary), "wb") as sink, pa.ipc.new_file(sink, data.schema) as writer:
        writer.write_table(data)
    os.replace(temporary, path)


def read_arrow(path: Path) -> pa.Table:
    """The table of an Arrow file, mapped into memory."""
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()


def write_table(folder: Path, table: Table, data: pa.Table) -> Path:
    """The table's Parquet file: the same rows give the same bytes."""
    # The rows are sorted by their key, so its ids are found by the statistics; others are not.
    looked_up = [c.name for c in table.columns if c.references and c.name != table.key[0]]
    return write_parquet(folder / f"{table.name}.parquet", data, table.key, looked_up)


def write_parquet(
    path: Path, data: pa.Table, key: Sequence[str], looked_up: Sequence[str] = ()
) -> Path:
    """A Parquet file of rows sorted by the key: the same rows give the same bytes.

    Columns that are `looked_up` get a Bloom filter in large files.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = unfinished(path.parent)
    order = [(name, "ascending") for name in key]
    pq.write_table(
        data,
        temporary,
        compression="zstd",
        compression_level=COMPRESSION_LEVEL,
        row_group_size=ROW_GROUP_ROWS,
        write_page_index=True,
        write_page_checksum=True,
        version="2.6",
        data_page_version="1.0",
        store_schema=True,
        bloom_filter_options=_bloom_filters(data, looked_up),
        sorting_columns=pq.SortingColumn.from_ordering(data.schema, order),
    )
    os.replace(temporary, path)
    return path


def _bloom_filters(data: pa.Table, columns: Sequence[str]) -> dict[str, Any] | None:
    if len(data) < MIN_BLOOM_ROWS or not columns:
        return None
    distinct = min(len(data), ROW_GROUP_ROWS)
    return {name: {"ndv": distinct, "fpp": 0.01} for name in columns}


def read_table(folder: Path, name: str) -> pa.Table:
    """The table of that name in a build or a release.

    FileNotFoundError where there is none; DamagedError where the file is no whole Parquet file.
    """
    with _whole(folder, name) as path:
        return pq.read_table(path, partitioning=None)


def read_columns(folder: Path, name: str, columns: Sequence[str]) -> pa.Table:
    """Some columns of the table of that name in a build or a release."""
    with _whole(folder, name) as path:
        return pq.read_table(path, columns=list(columns), partitioning=None)


def columns_of(folder: Path, name: str) -> list[str]:
    """The columns that the table of that name has in a build or a release."""
    with _whole(folder, name) as path:
        names: list[str] = pq.read_schema(path).names
        return names


@contextlib.contextmanager
def _whole(folder: Path, name: str) -> Iterator[Path]:
    path = folder / f"{name}.parquet"
    try:
        yield path
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise DamagedError(
            f"{path} is damaged ({reason}): bring it back from a copy, or move {folder} away"
        ) from error


def read_tables(folder: Path, tables: Sequence[Table]) -> dict[str, pa.Table]:
    """Those of the tables that the folder holds, by name."""
    return {
        t.name: read_table(folder, t.name)
        for t in tables
        if (folder / f"{t.name}.parquet").is_file()
    }
