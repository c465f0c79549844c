"""Reads tables in CSV: the reference tables, and the lists that tell of captures."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from flows.sources.items import Known, SourceError
from transforms import authority

LISTING = "captures.csv"
ANSWERS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


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
                tables[name] = [row for _, row in _file_rows(path)]
    try:
        return authority.parse(tables)
    except authority.AuthorityError as error:
        raise SourceError(str(error)) from error


def listing_of(folder: Path) -> Mapping[str, Known]:
    """What captures.csv of the folder tells, by path in the folder; empty where there is none."""
    path = folder / LISTING
    return parse_listing(str(path), _file_rows(path)) if path.is_file() else {}


def listing_in(name: str, data: bytes) -> Mapping[str, Known]:
    """What a captures.csv inside an archive tells; `name` is for messages."""
    try:
        text = io.StringIO(data.decode("utf-8-sig"), newline="")
        return parse_listing(name, _rows(csv.DictReader(text)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{name} cannot be read as a UTF-8 CSV table: {error}") from error


def parse_listing(name: str, rows: Iterable[tuple[int, Mapping[str, str]]]) -> Mapping[str, Known]:
    """The rows of a captures.csv by file; SourceError names the line and the cell."""
    known = {}
    for line, row in rows:
        file = (row.get("file") or "").strip()
        if not file:
            raise SourceError(f"{name}, line {line}: column file is missing or empty")
        known[file.removeprefix("./")] = Known(
            url=_given(row, "url"),
            captured_at=_time(name, line, _given(row, "captured_at")),
            site=_given(row, "site"),
            licence=_given(row, "licence"),
            is_invented=_yes_or_no(name, line, _given(row, "invented")),
        )
    return known


def parse_time(printed: str) -> dt.datetime:
    """The time in UTC; ValueError where it is no ISO 8601 time."""
    time = dt.datetime.fromisoformat(printed)
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)


def _given(row: Mapping[str, str], column: str) -> str | None:
    return (row.get(column) or "").strip() or None


def _time(name: str, line: int, printed: str | None) -> dt.datetime | None:
    try:
        return None if printed is None else parse_time(printed)
    except ValueError:
        raise SourceError(
            f"{name}, line {line}, column captured_at: {printed!r} is no ISO 8601 time "
            "(2003-05-04T12:00:00Z)"
        ) from None


def _yes_or_no(name: str, line: int, printed: str | None) -> bool:
    answer = ANSWERS.get((printed or "no").lower())
    if answer is None:
        raise SourceError(
            f"{name}, line {line}, column invented: {printed!r} is neither yes nor no"
        )
    return answer


def _file_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _rows(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{path} cannot be read as a UTF-8 CSV table: {error}") from error


def _rows(reader: csv.DictReader[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows with the number of the line each ends on."""
    return [(reader.line_num, row) for row in reader]
