"""What the readers of all kinds share: an item to be read, what is known of it, the limits, notes.

A reader takes one item (a file, a member of an archive, an answer of a server) and gives the
captures in it, one after the other, so that no container is held in memory as a whole.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from flows.errors import ReaderError
from transforms.captures import RawCapture

MEGABYTE = 1_000_000


class SourceError(ReaderError):
    """A source that cannot be read at all; says which and what to do."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is told of a capture from outside: by a row of captures.csv, or of sources.toml."""

    url: str | None = None
    captured_at: dt.datetime | None = None
    site: str | None = None
    licence: str | None = None
    is_invented: bool = False
    zone: str | None = None  # of times printed without one

    def over(self, other: Known) -> Known:
        """This, and where it says nothing the other."""
        return Known(
            self.url or other.url,
            self.captured_at or other.captured_at,
            self.site or other.site,
            self.licence or other.licence,
            self.is_invented or other.is_invented,
            self.zone or other.zone,
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a source may take."""

    capture_bytes: int = 10 * MEGABYTE
    # Pages pack to a fifth or a tenth, the same page again and again to a hundredth; a bomb of
    # DEFLATE to a thousandth.
    max_ratio: int = 200
    # Below this an archive may unpack to whatever it likes.
    free_archive_bytes: int = 1000 * MEGABYTE
    # A zip of WARC files (WACZ) is two deep.
    max_depth: int = 3

    def unpacked(self, packed: int) -> int:
        """The bytes that an archive of so many may unpack to."""
        return max(self.free_archive_bytes, packed * self.max_ratio)


@dataclass(slots=True)
class Notes:
    """What was found and is no capture, counted by what it is; told in one line a kind."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def count(self, one: str, several: str) -> None:
        """Counts something under the words for one and for several of it, without the number."""
        self.counts[one, several] += 1

    def say(self, line: str) -> None:
        """Notes a line of its own."""
        self.lines.append(line)

    def fail(self, line: str) -> None:
        """Notes that a source could not be read."""
        self.failures.append(line)

    def told(self) -> list[str]:
        """All that was noted, most first."""
        kinds = sorted(self.counts.items(), key=lambda kind: (-kind[1], kind[0]))
        counted = [f"1 {one}" if n == 1 else f"{n:,} {several}" for (one, several), n in kinds]
        return [*self.failures, *self.lines, *counted]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may hold captures, under the name it was found by."""

    name: str  # path in the source, the address, the key: the capture's source_uri
    folder: str
    open: Callable[[], BinaryIO]
    known: Known = Known()
    member: str | None = None  # place in the container, where it comes out of one
    size: int | None = None
    depth: int = 0
    # Of rows: which column holds what, where their names do not tell.
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The name by which its kind is told: that of the member, else its own."""
        return self.member or self.name

    @property
    def printed(self) -> str:
        """Name and member, for a message."""
        return f"{self.name}: {self.member}" if self.member else self.name

    def capture(self, payload: bytes, **told: object) -> RawCapture:
        """A capture of these bytes that came out of the item."""
        return replace(self._bare(), payload=payload, byte_count=len(payload), **told)  # type: ignore[arg-type]

    def trouble(self, reason: str, detail: str, **told: object) -> RawCapture:
        """A capture that could not be read, with the reason for its rejection."""
        bare = replace(self._bare(), byte_count=self.size or 0)
        return replace(bare, trouble=(reason, detail), **told)  # type: ignore[arg-type]

    def inside(self, member: str, **changed: object) -> Item:
        """An item within this one."""
        path = f"{self.member}/{member}" if self.member else member
        return replace(self, member=path, depth=self.depth + 1, **changed)  # type: ignore[arg-type]

    def _bare(self) -> RawCapture:
        known = self.known
        return RawCapture(
            self.name,
            None,
            self.folder,
            url=known.url,
            captured_at=known.captured_at,
            site=known.site,
            licence=known.licence,
            is_invented=known.is_invented,
            zone=known.zone,
            member=self.member,
        )


Reader = Callable[["Item", "Context"], Iterator[RawCapture]]


@dataclass(frozen=True, slots=True)
class Context:
    """What every reader is given beside its item."""

    limits: Limits
    notes: Notes
    # Reads an item of any kind: what lies in a container may be one again.
    read: Reader


def too_large(item: Item, limits: Limits) -> RawCapture:
    """A capture over the limit."""
    detail = f"more than {limits.capture_bytes:,} bytes, which is the limit"
    return item.trouble("too_large", detail)


def words(error: BaseException) -> str:
    """What went wrong, without the path: it would make the release depend on where things lie."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__
