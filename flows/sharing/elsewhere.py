"""Copies a release to a folder or an object store: files first, then checks, the pointer last.

A reader there follows `latest.json` and sees a release whole or not at all. What was copied before
a break is not copied again; what is there already with another content is never overwritten.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import click
import fsspec

from flows import publish
from flows.endings import progress, told
from flows.errors import ReaderError
from flows.settings import from_options

POINTER = "latest.json"
PIECE_BYTES = 1 << 20


class CopyError(ReaderError):
    """A copy that cannot be made; says why and what to do."""


def publish_to(dest: str, warehouse: str, version: str | None) -> None:
    """Copies a release of the warehouse to DEST and says where its pointer stands."""
    with told():
        release = publish.find(from_options(warehouse=warehouse).releases, version)
        faults = publish.verify(release)
        if faults:
            raise CopyError(f"release {release.name} is not whole: {faults[0].file} "
                            f"{faults[0].problem}; nothing was copied")  # fmt: skip
        place, copied = copy(release, dest)
    click.echo(f"{place}: release {release.name}, {copied} files copied, the pointer stands on it")


def copy(release: Path, dest: str) -> tuple[str, int]:
    """Copies the release below DEST; where it lies there, and how many files were not there yet."""
    files, root = _opened(dest)
    place = f"{root.rstrip('/')}/{release.name}"
    copied = 0
    try:
        files.makedirs(place, exist_ok=True)
        for path in sorted(release.iterdir()):
            copied += _copy(files, path, f"{place}/{path.name}")
        _point(files, root, release)
    except Exception as error:
        if not _is_of_storage(error):
            raise
        raise CopyError(f"{dest}: {error}; what is there stays as it was, run it again") from error
    return place, copied


def _opened(dest: str) -> tuple[Any, str]:
    try:
        opened: tuple[Any, str] = fsspec.core.url_to_fs(dest)
    except (ValueError, ImportError) as error:
        raise CopyError(f"{dest}: {error}") from error
    if not dest.strip() or not opened[1].strip("/"):
        raise CopyError(f"{dest!r} names no folder or bucket")
    return opened


def _is_of_storage(error: Exception) -> bool:
    """Whether a disk or an object store says no; botocore's errors are no OSError."""
    return isinstance(error, OSError) or "BotoCoreError" in {t.__name__ for t in type(error).mro()}


def _copy(files: Any, path: Path, target: str) -> bool:
    """Whether the file had to be copied; CopyError where another content stands there."""
    digest = publish.sha256(path)
    if files.exists(target):
        if _sha256(files, target) == digest:
            return False
        raise CopyError(f"{target} is there with another content: a published file never changes. "
                        "Remove it if a copy broke off there, or choose another place")  # fmt: skip
    progress(f"copy {path.name} ...")
    unfinished = f"{target}.unfinished"
    files.put_file(str(path), unfinished)
    if _sha256(files, unfinished) != digest:
        files.rm_file(unfinished)
        raise CopyError(f"{target} arrived with other bytes than were sent; run it again")
    files.mv(unfinished, target)
    return True


def _point(files: Any, root: str, release: Path) -> None:
    said = {
        "release": release.name,
        "folder": release.name,
        "manifest_sha256": publish.sha256(release / publish.MANIFEST),
    }
    target = f"{root.rstrip('/')}/{POINTER}"
    draft = f"{target}.unfinished"
    files.pipe_file(draft, (json.dumps(said, indent=2) + "\n").encode())
    files.mv(draft, target)


def _sha256(files: Any, path: str) -> str:
    digest = hashlib.sha256()
    with files.open(path, "rb") as file:
        while piece := file.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()
