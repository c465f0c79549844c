"""The reference tables as records: who held which office when, what is called how, what happened.

They come from `seeds/*.csv` or from a reader's own folder of that form; this module checks
every cell and says file, line and column where one is wrong. It reads no files itself.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

Row = TypeVar("Row")
FAR_PAST = dt.date(1, 1, 1)
FAR_FUTURE = dt.date(9999, 12, 31)


class AuthorityError(ValueError):
    """A cell of a reference table that cannot be used; says where it is and what to do."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person."""

    person_id: str
    name: str
    given_names: str
    surname: str
    wikidata_id: str | None
    gender: str | None = None  # "female" or "male", where "she" or "he" can tell who is meant


@dataclass(frozen=True, slots=True)
class OfficeSpell:
    """One person's time in one office; both days inclusive, as wide as the printed dates."""

    person_id: str
    office: str
    organisation_id: str | None
    country: str | None
    from_date: dt.date
    to_date: dt.date


@dataclass(frozen=True, slots=True)
class OfficeName:
    """One printed variant of an office, lower case."""

    office: str
    surface: str


@dataclass(frozen=True, slots=True)
class NameVariant:
    """One printed variant of an entity's name that no rule derives."""

    entity_type: str
    entity_key: str
    surface: str
    kind: str


@dataclass(frozen=True, slots=True)
class GivenName:
    """One given name in use somewhere: with a word behind it, it tells a person."""

    given_name: str
    gender: str | None = None  # "female" or "male" where few of the other bear it


@dataclass(frozen=True, slots=True)
class Surname:
    """One surname that many people bear: alone it tells nobody."""

    surname: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation."""

    organisation_id: str
    name: str
    organisation_type: str
    country: str | None
    wikidata_id: str | None


@dataclass(frozen=True, slots=True)
class Treaty:
    """One treaty or programme."""

    treaty_id: str
    name: str
    treaty_type: str
    wikidata_id: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `government_id` is the government that news writers mean by its name."""

    place_id: str
    name: str
    place_type: str
    country: str | None
    latitude: float | None
    longitude: float | None
    government_id: str | None
    wikidata_id: str | None


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One dated event; `terms` are alternatives of words that one sentence must all print."""

    timeline_id: str
    date_start: dt.date
    date_end: dt.date
    title: str
    kind: str
    event_type: str | None
    place_id: str | None
    organisations: tuple[str, ...]
    people: tuple[str, ...]
    terms: str


@dataclass(frozen=True, slots=True)
class Site:
    """One known site: the end of its host name and the time zone of its printed times."""

    site_id: str
    name: str
    host: str
    timezone: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One human correction, keyed on content."""

    correction_id: str
    kind: str
    target: str
    value: str
    expect: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Authority:
    """All reference tables; a table that was not given is empty."""

    people: tuple[Person, ...] = ()
    offices: tuple[OfficeSpell, ...] = ()
    office_names: tuple[OfficeName, ...] = ()
    names: tuple[NameVariant, ...] = ()
    given_names: tuple[GivenName, ...] = ()
    surnames: tuple[Surname, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    treaties: tuple[Treaty, ...] = ()
    places: tuple[Place, ...] = ()
    timeline: tuple[TimelineEvent, ...] = ()
    sites: tuple[Site, ...] = ()
    corrections: tuple[Correction, ...] = field(default=())


# The type of the rows of each table; the table's name is the file's and Authority's field's.
ROW_TYPES: Mapping[str, type] = {
    "people": Person,
    "offices": OfficeSpell,
    "office_names": OfficeName,
    "names": NameVariant,
    "given_names": GivenName,
    "surnames": Surname,
    "organisations": Organisation,
    "treaties": Treaty,
    "places": Place,
    "timeline": TimelineEvent,
    "sites": Site,
    "corrections": Correction,
}


def parse(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Authority:
    """The reference tables as records, in the order of their rows.

    `tables` maps a table's name ("people") to its rows as read from CSV, a row being the
    header's names to printed cells. Raises AuthorityError, naming file, line and column.
    """
    parsed = {name: tuple(_rows(name, rows)) for name, rows in tables.items()}
    return Authority(**parsed)


def earliest(printed: str) -> dt.date:
    """The first day of a printed date of day, month or year precision ("1994-06").

    >>> earliest("1994-06")
    datetime.date(1994, 6, 1)
    """
    year, month, day = _parts(printed)
    return dt.date(year, month or 1, day or 1)


def latest(printed: str) -> dt.date:
    """The last day of a printed date of day, month or year precision.

    >>> latest("1994-06")
    datetime.date(1994, 6, 30)
    """
    year, month, day = _parts(printed)
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(printed: str) -> tuple[int, int | None, int | None]:
    parts = [int(p) for p in printed.split("-")]
    if not 1 <= len(parts) <= 3:
        raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {printed!r}")
    year, month, day = (*parts, None, None)[:3]
    assert year is not None
    return year, month, day


def _rows(table: str, rows: Iterable[Mapping[str, str]]) -> Iterable[Any]:
    row_type = ROW_TYPES[table]
    for number, row in enumerate(rows, start=2):  # line 1 is the header
        values = {}
        for column in fields(row_type):
            where = f"{table}.csv, line {number}, column {column.name}"
            printed = row.get(column.name)
            if printed is None and column.default is None:
                continue  # a column that tables of a reader's own may leave out
            if printed is None:
                raise AuthorityError(f"{where}: the column is missing; see seeds/{table}.csv")
            if column.name == "date_end" and not printed.strip():
                printed = row.get("date_start") or ""  # a single day, month or year
            try:
                values[column.name] = _cell(str(column.type), column.name, printed.strip())
            except ValueError as error:
                raise AuthorityError(f"{where}: {error}") from error
        if not (row.get("source") or "").strip():
            raise AuthorityError(f"{table}.csv, line {number}, column source: every row needs one")
        yield row_type(**values)


def _cell(annotation: str, name: str, printed: str) -> Any:
    if annotation.startswith("tuple"):
        return tuple(part.strip() for part in printed.split("|") if part.strip())
    if annotation == "dt.date":
        return _day(name, printed)
    if "None" in annotation and not printed:
        return None
    if annotation.startswith("float"):
        return float(printed)
    if not printed and name not in ("given_names", "terms", "value"):
        raise ValueError("the cell is empty")
    return printed


def _day(name: str, printed: str) -> dt.date:
    is_end = name in ("to_date", "date_end")
    if not printed:
        if name == "to_date":
            return FAR_FUTURE
        if name == "from_date":
            return FAR_PAST
        raise ValueError("the cell is empty")
    return latest(printed) if is_end else earliest(printed)
