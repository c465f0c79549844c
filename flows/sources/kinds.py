"""Which reader reads what, told by the ending of the name; what is no capture is counted."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from lzma import LZMAError
from tarfile import TarError
from zipfile import BadZipFile

import pyarrow as pa
from warcio.exceptions import ArchiveLoadFailed

from flows.sources import archives, pages, rows, warcs
from flows.sources.items import Context, Item, Notes, Reader, SourceError, words
from transforms.captures import RawCapture

READERS: Mapping[str, Reader] = {
    ".warc": warcs.read,
    ".arc": warcs.read,
    ".wacz": archives.read_wacz,
    ".zip": archives.read_zip,
    ".tar": archives.read_tar,
    ".tgz": archives.read_tar,
    ".tbz2": archives.read_tar,
    ".txz": archives.read_tar,
    ".jsonl": rows.read_lines,
    ".ndjson": rows.read_lines,
    ".parquet": rows.read_parquet,
}
PACKED = (".gz", ".bz2", ".xz")
# Told in the words of `_note`, never read: what lies beside pages.
OTHER = frozenset(
    # Notes, tables and truth beside captures.
    ".json .md .csv .tsv .yaml .yml .toml .ini .cfg .db .sqlite .duckdb .py .sql .log .cdx .cdxj "
    ".idx .sha256 .md5 .torrent .opml "
    # What a page is made of beside its text.
    ".css .js .mjs .map .wasm .class .jar .swf .woff .woff2 .ttf .otf .eot "
    ".png .jpg .jpeg .jpe .gif .bmp .ico .cur .svg .webp .tif .tiff .avif .psd "
    ".mp3 .mp4 .m4a .wav .ogg .ra .ram .rm .mid .avi .mov .wmv .flv .webm .mpg .mpeg".split()
)
UNREAD_ARCHIVES = frozenset(
    ".7z .rar .zst .lz4 .lzh .lha .cab .ace .arj .sit .z .iso .dmg .br".split()
)
# What a damaged container makes its library raise.
DAMAGE = (
    OSError, EOFError, zlib.error, LZMAError, BadZipFile, TarError, ArchiveLoadFailed,
    pa.ArrowException, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


def ending(name: str) -> str:
    """The ending that tells the kind: of x.warc.gz it is .warc.

    >>> ending("a/b.TAR.gz"), ending("story.html"), ending("page?id=3.1"), ending(".tgz")
    ('.tar', '.html', '.1', '')
    """
    base = name.rpartition("/")[2].lower()
    if base.endswith(PACKED):
        base = base.rpartition(".")[0]
    stem, dot, suffix = base.rpartition(".")
    return f".{suffix}" if dot and stem else ""


def is_other(name: str) -> bool:
    """Whether something of this name is no capture and holds none."""
    return ending(name) in OTHER


def is_archive(name: str) -> bool:
    """Whether something of this name holds captures rather than being one."""
    return ending(name) in READERS


def is_unread_archive(name: str) -> bool:
    """Whether something of this name is an archive of a kind that is not read."""
    return name.lower().endswith(tuple(UNREAD_ARCHIVES))


def note_other(name: str, notes: Notes) -> None:
    """Counts something that is no capture."""
    kind = ending(name)
    notes.count(f"{kind} file is no capture", f"{kind} files are no captures")


def read(item: Item, context: Context) -> Iterator[RawCapture]:
    """The captures of an item; damage becomes a capture that could not be read."""
    if is_unread_archive(item.title):
        context.notes.say(f"{item.printed}: {unread(item.title)}")
        yield item.trouble("unreadable", unread(item.title))
        return
    if item.depth > context.limits.max_depth:
        yield item.trouble("unreadable", "an archive in an archive in an archive: unpack it")
        return
    reader = READERS.get(ending(item.title), pages.read)
    try:
        yield from reader(item, context)
    except archives.CutShortError as error:
        context.notes.say(f"{item.printed} cannot be read: {error}")
        yield item.trouble("not_text", str(error))
    except archives.NoArchiveError:
        yield from pages.read(item, context)
    except SourceError as error:
        context.notes.say(str(error))
        yield item.trouble("unreadable", str(error))
    except DAMAGE as error:
        context.notes.say(f"{item.printed} is damaged and was read in part: {words(error)}")
        yield item.trouble("unreadable", f"damaged: {words(error)}")


def unread(name: str) -> str:
    """Why an archive of another kind is not read, and the way out."""
    suffix = f".{name.rpartition('.')[2].lower()}"
    return f"{suffix} archives are not read: unpack it, or pack it as .zip or .tar.gz"
