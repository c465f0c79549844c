"""Zip and tar archives: their members as if they lay in a folder, read one after the other.

What an archive unpacks to is bounded, and so is each member: a bomb ends as a capture that could
not be read.
"""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO, cast

from flows.sources import kinds, reference
from flows.sources.items import Context, Item, Known, words
from flows.sources.pages import BOMB, BombError
from transforms.captures import RawCapture

# What a zip keeps in memory of each member is below a kilobyte; no archive of pages has more.
MAX_LISTING_BYTES = 64_000_000
ZIP_MARK = b"PK\x03\x04"
SPOOL_BYTES = 16_000_000
COPY_BYTES = 1 << 18
Opener = Callable[[], BinaryIO]
ARCHIVE_ENDINGS = (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")


class NoArchiveError(Exception):
    """Something under an archive's name that is none: it is taken for what its bytes are."""


class CutShortError(Exception):
    """An archive without its end, where what it holds is listed: nothing of it can be read."""


@dataclass(slots=True)
class Budget:
    """The bytes that an archive may still unpack to."""

    left: int

    def read(self, stream: IO[bytes], limit: int) -> bytes:
        """At most `limit` bytes and one more; BombError where the archive's budget is used up."""
        data = stream.read(limit + 1)
        self.left -= len(data)
        if self.left < 0:
            raise BombError(BOMB)
        return data


def read_zip(item: Item, context: Context) -> Iterator[RawCapture]:
    """The captures of a zip archive, each member by the kind its name says."""
    with ExitStack() as stack:
        archive = stack.enter_context(_zip(item, context, stack))
        infos = [info for info in archive.infolist() if not info.is_dir()]
        budget = Budget(context.limits.unpacked(sum(info.compress_size for info in infos)))
        listings = {
            folder_of(info.filename): reference.listing_in(
                f"{item.printed}: {info.filename}",
                _bytes(archive, info, budget, MAX_LISTING_BYTES),
            )
            for info in infos
            if PurePosixPath(info.filename).name == reference.LISTING
        }
        saved = saved_folders([info.filename for info in infos])
        for info in sorted(infos, key=lambda info: info.filename):
            if is_passed_over(info.filename, saved, context):
                continue
            inside = _member(item, info.filename, listings)
            yield from _zipped(inside, archive, info, budget, context)


def read_wacz(item: Item, context: Context) -> Iterator[RawCapture]:
    """The captures of a WACZ: those of the WARC files in it."""
    with ExitStack() as stack:
        archive = stack.enter_context(_zip(item, context, stack))
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if kinds.ending(info.filename) != ".warc":
                continue  # indexes, page lists and logs of what is in the WARC files
            opened = _opener(archive, info)
            inside = item.inside(info.filename, open=opened, size=info.compress_size)
            yield from context.read(inside, context)


def read_tar(item: Item, context: Context) -> Iterator[RawCapture]:
    """The captures of a tar archive, packed or not, in the order in which they lie there."""
    budget = Budget(context.limits.unpacked(item.size or 0))
    listings: dict[str, Mapping[str, Known]] = {}
    names: list[str] = []
    # Twice through: what is told of a member may lie behind it.
    for member, stream in _tarred(item, context):
        names.append(member.name)
        if PurePosixPath(member.name).name == reference.LISTING:
            name, data = f"{item.printed}: {member.name}", budget.read(stream, MAX_LISTING_BYTES)
            listings[folder_of(member.name)] = reference.listing_in(name, data)
    saved = saved_folders(names)
    for member, stream in _tarred(item, context):
        if is_passed_over(member.name, saved, context):
            continue
        inside = _member(item, member.name, listings)
        if kinds.is_archive(member.name):
            with _spooled(stream, budget, context.limits.free_archive_bytes) as copy:
                unpacked = replace(inside, open=_again(copy), size=member.size)
                yield from context.read(unpacked, context)
        else:
            data = budget.read(stream, context.limits.capture_bytes)
            yield from context.read(replace(inside, open=_held(data), size=member.size), context)


def _zip(item: Item, context: Context, stack: ExitStack) -> zipfile.ZipFile:
    stream: IO[bytes] = stack.enter_context(closing(item.open()))
    if not stream.seekable():
        budget = Budget(context.limits.unpacked(item.size or 0))
        stream = stack.enter_context(_spooled(stream, budget, context.limits.free_archive_bytes))
    if not zipfile.is_zipfile(stream):
        stream.seek(0)
        if stream.read(len(ZIP_MARK)) == ZIP_MARK:
            raise CutShortError("a zip archive without its end, cut short or damaged")
        raise NoArchiveError(f"{item.printed} is no zip archive")
    stream.seek(0)
    return zipfile.ZipFile(stream)


def _zipped(
    item: Item, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, context: Context
) -> Iterator[RawCapture]:
    if info.flag_bits & 1:
        yield item.trouble("unreadable", "encrypted in its archive: unpack it with its password")
    elif kinds.is_archive(info.filename):
        yield from context.read(replace(item, open=_opener(archive, info)), context)
    else:
        try:
            data = _bytes(archive, info, budget, context.limits.capture_bytes)
        except BombError:
            raise
        except kinds.DAMAGE as error:
            context.notes.say(f"{item.printed} is damaged: {words(error)}")
            yield item.trouble("unreadable", f"damaged in its archive: {words(error)}")
        else:
            yield from context.read(replace(item, open=_held(data), size=info.file_size), context)


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, limit: int) -> bytes:
    with archive.open(info) as stream:
        return budget.read(stream, limit)


def _tarred(item: Item, context: Context) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """The files of the archive, each to be read before the next is asked for."""
    left = context.limits.unpacked(item.size or 0)
    with closing(item.open()) as stream:
        try:
            archive = tarfile.open(fileobj=stream, mode="r|*")  # noqa: SIM115
        except tarfile.ReadError as error:
            raise NoArchiveError(str(error)) from error
        with archive:
            for member in archive:
                left -= member.size
                if left < 0:
                    raise BombError(BOMB)
                # No links and devices; nothing is written to the disk under a member's name.
                content = archive.extractfile(member) if member.isreg() else None
                if content is not None:
                    yield member, content


def is_passed_over(name: str, saved: frozenset[str], context: Context) -> bool:
    """Whether a member is no capture; says so where a reader may have thought it one."""
    path = PurePosixPath(name)
    if any(part.startswith((".", "__MACOSX")) for part in path.parts):
        return True
    if any(f"{parent}" in saved for parent in path.parents):
        return True
    if kinds.is_other(name):
        if path.name != reference.LISTING:
            kinds.note_other(name, context.notes)
        return True
    return False


def saved_folders(names: list[str]) -> frozenset[str]:
    """Folders of what pages saved by a browser are made of."""
    from flows.sources.places import saved_page_of

    files = {name.lower() for name in names}
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    return frozenset(f for f in folders if any(p in files for p in saved_page_of(f.lower())))


def _member(item: Item, name: str, listings: Mapping[str, Mapping[str, Known]]) -> Item:
    """The item in the archive, as if the archive were a folder of its name without the ending."""
    folder = PurePosixPath(name).parent.name or _stem(item)
    known = known_of(name, listings) or Known()
    return item.inside(name, folder=folder, known=known.over(item.known))


def known_of(name: str, listings: Mapping[str, Mapping[str, Known]]) -> Known | None:
    """What the nearest listing tells of the file of that path."""
    path = PurePosixPath(name)
    for parent in path.parents:
        known = listings.get(str(parent), {}).get(path.relative_to(parent).as_posix())
        if known is not None:
            return known
    return None


def _stem(item: Item) -> str:
    base = PurePosixPath(item.title).name
    for suffix in sorted(ARCHIVE_ENDINGS, key=len, reverse=True):
        if base.lower().endswith(suffix):
            return base[: -len(suffix)] or item.folder
    return base


def folder_of(name: str) -> str:
    """The folder of a path, "." for none."""
    return str(PurePosixPath(name).parent)


def _held(data: bytes) -> Opener:
    return lambda: io.BytesIO(data)


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Opener:
    return lambda: cast(BinaryIO, archive.open(info))


def _again(copy: IO[bytes]) -> Opener:
    def opened() -> BinaryIO:
        copy.seek(0)
        return io.BufferedReader(cast(Any, Kept(copy)))

    return opened


class Kept(io.RawIOBase):
    """A stream that another owns: closing this leaves that open."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Reads into the buffer; returns how many bytes."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Goes to the place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Where it is."""
        return self._stream.tell()


def _spooled(stream: IO[bytes], budget: Budget, limit: int) -> IO[bytes]:
    """The rest of the stream in a temporary file, which can be read from any place."""
    copy = cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES))  # noqa: SIM115
    while data := budget.read(stream, COPY_BYTES):
        copy.write(data)
        limit -= len(data)
        if limit < 0:
            copy.close()
            raise BombError("an archive in an archive that is larger than any that is read")
    copy.seek(0)
    return copy
