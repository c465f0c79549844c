"""Where sources lie: folders, single files, patterns; every file in them as an item."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from flows.sources import kinds, lists, objects, reference
from flows.sources.items import Context, Item, Known, Limits, Notes, SourceError
from flows.sources.named import ON_THE_WEB, Named
from flows.sources.web import Memory
from transforms.captures import RawCapture

# A browser puts what a page is made of into a folder beside it, in its own language.
SAVED_FOLDER = re.compile(
    r"(.+)(?:[_-](?:files|archivos|arquivos|bestanden|dateien|fichiers|file|filer|tiedostot|"
    r"pliki|soubory|elemei|dosyalar|fails|failid|datoteke|fitxers|bylos|fajlovi)|\.files)"
)
PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".php", ".asp", ".aspx")


def read(
    sources: Sequence[Path], limits: Limits | None = None, notes: Notes | None = None
) -> Iterator[RawCapture]:
    """Every capture of the sources; SourceError where one is missing or yields nothing."""
    for _, raw in gather(sources, limits or Limits(), notes if notes is not None else Notes()):
        yield raw


def gather(
    sources: Sequence[Path], limits: Limits, notes: Notes
) -> Iterator[tuple[str, RawCapture]]:
    """As `read`, each capture with the place of its source."""
    context = Context(limits, notes, kinds.read)
    for source in sources:
        count, root = 0, root_of(source)
        for item in items(source, context):
            for raw in kinds.read(item, context):
                count += 1
                yield root, raw
        if not count:
            raise SourceError(empty(str(source), notes))


def root_of(source: Path) -> str:
    """What the store calls the place of a source: its path in full."""
    return _printable(str(source.absolute()))


def gather_named(
    named: Sequence[Named], limits: Limits, notes: Notes, memory: Memory
) -> Iterator[tuple[str, RawCapture]]:
    """As `gather`, of named sources; one that fails is noted, and costs none of the others.

    SourceError where all fail.
    """
    context, failed = Context(limits, notes, kinds.read), list[str]()
    for source in named:
        count, is_empty = 0, source.kind not in ON_THE_WEB
        try:
            for raw in _of_named(source, context, memory):
                count += 1
                yield source.root, raw
            if is_empty and not count:
                raise SourceError(empty(source.place, Notes()))
        except SourceError as error:
            failed.append(source.name)
            notes.fail(f"source {source.name}: {error}")
    if failed and len(failed) == len(named):
        raise SourceError("\n".join(notes.failures))


def _of_named(named: Named, context: Context, memory: Memory) -> Iterator[RawCapture]:
    if named.kind in ON_THE_WEB:
        yield from lists.read(named, context, memory)
        return
    found = objects.items(named, context) if named.kind == "objects" else _known(named, context)
    for item in found:
        yield from kinds.read(item, context)


def _known(named: Named, context: Context) -> Iterator[Item]:
    for item in items(Path(named.place), context):
        yield replace(item, known=item.known.over(named.known), columns=named.columns)


def empty(source: str, notes: Notes) -> str:
    """What is said of a source without captures."""
    found = "".join(f"\n  {line}" for line in notes.told())
    return (
        f"source {source} holds no captures: put pages (.html, .txt, .mht), archives (.zip, "
        f".tar.gz, .warc, .wacz) or rows (.jsonl, .parquet) in it{found}"
    )


def items(source: Path, context: Context) -> Iterator[Item]:
    """Every file of a source that may hold captures."""
    if source.is_file():
        known = reference.listing_of(source.parent).get(source.name, Known())
        if kinds.is_unread_archive(source.name):
            raise SourceError(f"source {source}: {kinds.unread(source.name)}")
        yield _item(source, source.parent, known)
    elif source.is_dir():
        yield from _walk(source, context)
    elif glob.has_magic(str(source)):
        yield from _matching(source, context)
    else:
        raise SourceError(f"source {source} does not exist: give a folder of captures, or one file")


def saved_page_of(folder: str) -> tuple[str, ...]:
    """The pages of which the folder may hold the parts, in small letters; none: it holds none.

    >>> saved_page_of("in/summit_files")[:2]
    ('in/summit.html', 'in/summit.htm')
    """
    found = SAVED_FOLDER.fullmatch(folder.lower())
    return tuple(f"{found.group(1)}{e}" for e in PAGE_ENDINGS) if found else ()


def _matching(pattern: Path, context: Context) -> Iterator[Item]:
    """Items of every file and folder that a pattern matches; ** stands for any folders."""
    fixed = Path(pattern.anchor)
    for part in pattern.parts[len(fixed.parts) :]:
        if glob.has_magic(part):
            break
        fixed /= part
    for name in sorted(glob.glob(str(pattern), recursive=True)):
        path = Path(name)
        if path.is_dir():
            if "**" not in pattern.parts:
                yield from _walk(path, context)
        elif not _is_passed_over(path, context):
            yield _found(fixed, path, {p: reference.listing_of(p) for p in path.parents})


def _walk(root: Path, context: Context) -> Iterator[Item]:
    """Files below the root, each folder once: a link back into the tree leads nowhere new."""
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
        listings[folder] = reference.listing_of(folder)
        # What is listed and gone is handed on too: as a file that cannot be read.
        gone = [folder / name for name in listings[folder] if not (folder / name).exists()]
        yield from (_found(root, path, listings) for path in sorted(gone))
        beside = {e.name.lower() for e in entries}
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith("."):
                continue
            if not path.is_dir():
                if not _is_passed_over(path, context):
                    yield _found(root, path, listings)
            elif any(page in beside for page in saved_page_of(entry.name)):
                context.notes.count(
                    "folder of what a saved page is made of was passed over",
                    "folders of what saved pages are made of were passed over",
                )
            else:
                (links if entry.is_symlink() else folders).append(path)
        links.sort()


def _is_passed_over(path: Path, context: Context) -> bool:
    if path.name == reference.LISTING:
        return True
    if kinds.is_other(path.name):
        kinds.note_other(path.name, context.notes)
        return True
    return path.name.startswith(".")


def _found(root: Path, path: Path, listings: Mapping[Path, Mapping[str, Known]]) -> Item:
    # The listing nearest to the file speaks for it.
    for parent in path.parents:
        known = listings.get(parent, {}).get(path.relative_to(parent).as_posix())
        if known is not None:
            break
        if parent == root:
            break
    return _item(path, root, known or Known())


def _item(path: Path, root: Path, known: Known) -> Item:
    name = _printable(path.relative_to(root).as_posix())
    try:
        size = path.stat().st_size
    except OSError:
        size = None
    return Item(name, _folder_name(path.parent), _opener(path), known, size=size)


def _opener(path: Path) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        # Opening a pipe would wait for ever.
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OSError(0, "neither a file nor a folder that can be opened")
        return path.open("rb")

    return opened


def _printable(name: str) -> str:
    """The name as text; bytes of it that are no UTF-8 are written as \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _folder_name(folder: Path) -> str:
    return _printable(folder.resolve().name) or "captures"
