"""Reads what is given: capture files with what is known of them, and reference tables.

Nothing that is wrong with one file stops the others: it is handed on with its reason.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import os
import stat
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.errors import ReaderError
from transforms import authority
from transforms.captures import RawCapture

# What lies beside captures: truth, notes, tables.
NOT_CAPTURES = (".json", ".md", ".csv")
LISTING = "captures.csv"


class SourceError(ReaderError):
    """A source that cannot be read at all; says which and what to do."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a row of captures.csv tells of one capture."""

    url: str | None = None
    captured_at: dt.datetime | None = None
    site: str | None = None
    licence: str | None = None
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One file that holds a capture, and where it was found."""

    path: Path
    source_uri: str
    folder: str
    known: Known


def find(sources: Sequence[Path]) -> list[Found]:
    """Every capture file of the sources, by name; SourceError where one is missing or empty."""
    found: list[Found] = []
    for source in sources:
        of_source = sorted(_of_source(source), key=lambda f: f.source_uri)
        if not of_source:
            raise SourceError(
                f"source {source} holds no captures: put .html, .txt or .gz files in it "
                f"({', '.join(NOT_CAPTURES)} and names that begin with a dot are not read)"
            )
        found += of_source
    return found


def load(found: Found, max_bytes: int) -> RawCapture:
    """The capture, unpacked where its name ends in .gz, with its size in bytes.

    Never raises for what the file holds: the capture then has its trouble instead of bytes.
    """
    known = found.known
    size, payload, trouble = _content(found.path, max_bytes)
    return RawCapture(
        found.source_uri,
        payload,
        found.folder,
        url=known.url,
        captured_at=known.captured_at,
        site=known.site,
        licence=known.licence,
        is_invented=known.is_invented,
        byte_count=size,
        trouble=trouble,
    )


def read_authority(folders: Sequence[Path]) -> authority.Authority:
    """The reference tables of the folders; a table of a later folder replaces an earlier one.

    Raises SourceError for a missing folder and for a cell that cannot be used.
    """
    tables: dict[str, list[dict[str, str]]] = {}
    for folder in folders:
        if not folder.is_dir():
            raise SourceError(f"folder of reference tables {folder} does not exist")
        for name in authority.ROW_TYPES:
            path = folder / f"{name}.csv"
            if path.is_file():
                tables[name] = [row for _, row in _csv_rows(path)]
    try:
        return authority.parse(tables)
    except authority.AuthorityError as error:
        raise SourceError(str(error)) from error


def _of_source(source: Path) -> Iterator[Found]:
    if source.is_file():
        known = _listing(source.parent).get(source.name, Known())
        yield Found(source, _printable(source.name), _folder_name(source.parent), known)
    elif source.is_dir():
        yield from _walk(source)
    else:
        raise SourceError(f"source {source} does not exist: give a folder of captures, or one file")


def _walk(root: Path) -> Iterator[Found]:
    """Captures below the root, each folder once: a link back into the tree leads nowhere new."""
    seen: set[tuple[int, int]] = set()
    # Links last, so that a folder that is there by itself is not found under a link's name.
    folders: list[Path] = [root]
    links: list[Path] = []
    listings: dict[Path, Mapping[str, Known]] = {}
    while folders or links:
        folder = folders.pop() if folders else links.pop(0)
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError:
            # Handed on as one unreadable file: what it holds cannot be known.
            yield _found(root, folder, listings)
            continue
        listings[folder] = _listing(folder)
        # What is listed and gone is handed on too: as a file that cannot be read.
        gone = [folder / name for name in listings[folder] if not (folder / name).exists()]
        yield from (_found(root, path, listings) for path in sorted(gone))
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith("."):
                continue
            if path.is_dir():
                (links if entry.is_symlink() else folders).append(path)
            elif not _is_beside(entry.name):
                yield _found(root, path, listings)
        links.sort()


def _found(root: Path, path: Path, listings: Mapping[Path, Mapping[str, Known]]) -> Found:
    parts = path.relative_to(root)
    # The listing nearest to the file speaks for it.
    for parent in path.parents:
        known = listings.get(parent, {}).get(path.relative_to(parent).as_posix())
        if known is not None:
            break
        if parent == root:
            break
    return Found(path, _printable(parts.as_posix()), _folder_name(path.parent), known or Known())


def _content(path: Path, max_bytes: int) -> tuple[int, bytes | None, tuple[str, str] | None]:
    size = 0
    try:
        status = path.stat()
        size = status.st_size
        # Opening a pipe would wait for ever.
        if not stat.S_ISREG(status.st_mode):
            return 0, None, ("unreadable", "neither a file nor a folder that can be opened")
        data = _bytes(path, max_bytes)
    except (OSError, EOFError, zlib.error) as error:
        return size, None, ("unreadable", _words(error))
    if len(data) > max_bytes:
        return size, None, ("too_large", f"more than {max_bytes:,} bytes, which is the limit")
    return len(data), data, None


def _is_beside(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(NOT_CAPTURES)


def _printable(name: str) -> str:
    """The name as text; bytes of it that are no UTF-8 are written as \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _folder_name(folder: Path) -> str:
    return _printable(folder.resolve().name) or "captures"


def _bytes(path: Path, max_bytes: int) -> bytes:
    """At most one byte more than allowed, so that no file and no packed file fills the memory."""
    if path.name.lower().endswith(".gz"):
        with gzip.open(path) as unpacked:
            return unpacked.read(max_bytes + 1)
    with path.open("rb") as file:
        return file.read(max_bytes + 1)


def _words(error: Exception) -> str:
    # Without the path: it would make the release depend on where the source lies.
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)


def _listing(folder: Path) -> Mapping[str, Known]:
    path = folder / LISTING
    if not path.is_file():
        return {}
    known = {}
    for line, row in _csv_rows(path):
        file = (row.get("file") or "").strip()
        if not file:
            raise SourceError(f"{path}, line {line}: column file is missing or empty")
        known[file.removeprefix("./")] = Known(
            url=_given(row, "url"),
            captured_at=_time(path, line, _given(row, "captured_at")),
            site=_given(row, "site"),
            licence=_given(row, "licence"),
            is_invented=_yes_or_no(path, line, _given(row, "invented")),
        )
    return known


def _given(row: Mapping[str, str], column: str) -> str | None:
    return (row.get(column) or "").strip() or None


def _time(path: Path, line: int, printed: str | None) -> dt.datetime | None:
    if printed is None:
        return None
    try:
        time = dt.datetime.fromisoformat(printed)
    except ValueError:
        raise SourceError(
            f"{path}, line {line}, column captured_at: {printed!r} is no ISO 8601 time "
            "(2003-05-04T12:00:00Z)"
        ) from None
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)


def _yes_or_no(path: Path, line: int, printed: str | None) -> bool:
    answers = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    answer = answers.get((printed or "no").lower())
    if answer is None:
        raise SourceError(
            f"{path}, line {line}, column invented: {printed!r} is neither yes nor no"
        )
    return answer


def _csv_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows with the number of the line each ends on."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            return [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{path} cannot be read as a UTF-8 CSV table: {error}") from error
