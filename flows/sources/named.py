"""Named sources: `sources.toml`, a table a source, with what is known of its captures."""

from __future__ import annotations

import tomllib
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.sources.items import Known, SourceError
from flows.sources.rows import COLUMNS
from flows.sources.web import Manners

ON_THE_WEB = ("feed", "sitemap", "addresses")
KINDS = ("files", "objects", *ON_THE_WEB)
KEYS: Mapping[str, type | tuple[type, ...]] = {
    "kind": str, "place": str, "site": str, "zone": str, "schedule": str, "licence": str,
    "invented": bool, "columns": dict, "storage": dict, "delay": (int, float),
    "allow_private": bool, "obey_robots": bool, "refresh": bool, "max_pages": int, "agent": str,
}  # fmt: skip
MAX_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Named:
    """One source of sources.toml."""

    name: str
    kind: str
    place: str
    known: Known = field(default_factory=Known)
    schedule: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    storage: tuple[tuple[str, Any], ...] = ()
    manners: Manners = field(default_factory=Manners)
    refresh: bool = False
    max_pages: int = MAX_PAGES

    @property
    def is_remote(self) -> bool:
        """Whether its place is an address, not a path."""
        return "://" in self.place

    @property
    def root(self) -> str:
        """What tells its captures from those of other sources."""
        return self.place if self.is_remote or self.kind in ON_THE_WEB else _absolute(self.place)


def read_named(path: Path, only: Sequence[str] = ()) -> tuple[Named, ...]:
    """The sources of the file, those of these names where any are given; SourceError says where.

    Paths in it are counted from its folder.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist: name sources in it, a table each") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {error}") from error
    found = tuple(_named(path, name, table) for name, table in tables.items())
    unknown = sorted(set(only) - tables.keys())
    if unknown or not found:
        known = ", ".join(tables) or "no source"
        raise SourceError(f"{path} names {known}, and no {', '.join(unknown) or 'other'}")
    return tuple(n for n in found if not only or n.name in only)


def _named(path: Path, name: str, table: Any) -> Named:
    where = f"{path}, source {name}"
    if not isinstance(table, dict) or "place" not in table:
        raise SourceError(f'{where}: write [{name}] and below it place = "..."')
    for key, value in table.items():
        if key not in KEYS:
            raise SourceError(f"{where}: {key} is not known; there are {', '.join(KEYS)}")
        if not isinstance(value, KEYS[key]):
            raise SourceError(f"{where}: {key} cannot be {value!r}")
    kind, place = _kind(where, table), table["place"]
    if "://" not in place:
        place = str(path.parent / place)
    elif place.startswith("file://"):
        kind, place = "files", place.removeprefix("file://")
    return Named(
        name,
        kind,
        place,
        Known(
            site=table.get("site"),
            licence=table.get("licence"),
            is_invented=table.get("invented", False),
            zone=_zone(where, table.get("zone")),
        ),
        table.get("schedule"),
        _columns(where, table.get("columns", {})),
        tuple(sorted(table.get("storage", {}).items())),
        Manners(
            delay=float(table.get("delay", Manners().delay)),
            allows_private=table.get("allow_private", False),
            obeys_robots=table.get("obey_robots", True),
            agent=table.get("agent", Manners().agent),
        ),
        table.get("refresh", False),
        table.get("max_pages", MAX_PAGES),
    )


def _kind(where: str, table: Mapping[str, Any]) -> str:
    place: str = table["place"]
    is_web = place.startswith(("http://", "https://"))
    kind: str | None = table.get("kind")
    if kind is None:
        if is_web:
            raise SourceError(f"{where}: say kind = {' or '.join(ON_THE_WEB)}")
        return "objects" if "://" in place and not place.startswith("file://") else "files"
    if kind not in KINDS:
        raise SourceError(f"{where}: kind {kind!r} is not known; there are {', '.join(KINDS)}")
    if kind in ("feed", "sitemap") and not is_web:
        raise SourceError(f"{where}: the place of a {kind} is an address, http(s)://...")
    return kind


def _zone(where: str, name: str | None) -> str | None:
    try:
        if name is not None:
            zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        raise SourceError(f"{where}: {name!r} is no IANA time zone (Europe/Moscow)") from None
    return name


def _columns(where: str, table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    unknown = sorted(set(table) - set(COLUMNS))
    if unknown:
        raise SourceError(
            f"{where}: columns may name {', '.join(COLUMNS)}, not {', '.join(unknown)}"
        )
    return tuple(sorted((str(k), str(v)) for k, v in table.items()))


def _absolute(place: str) -> str:
    return str(Path(place).absolute())
