"""Publishes a build as the next release: whole or not at all, and never changed again.

A release is written beside the others under an unfinished name, flushed to the disk and renamed:
the rename is the moment at which it exists. `latest` is an index of that and can be made again.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from flows import differing, measuring, store
from flows.errors import ReaderError
from transforms import descriptions, releases, searching
from transforms.authority import Authority
from transforms.descriptions.about import File
from transforms.schema import Table, conform
from transforms.tables import RELEASED, EntityChange, LedgerEntry

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
LATEST = "latest"
# Parquet too, but no table of the dataset: it can be made again from the articles.
SEARCH_INDEX = "search.index"
EVERY_CHANGES = "[0-9]*/changes.parquet"
READ_BYTES = 1 << 20
AWAY = "bring it back from a copy, or move the release away"


class ReleaseError(ReaderError):
    """A release that cannot be made or read; says which and what to do."""


@dataclass(frozen=True, slots=True)
class Published:
    """The release a run ends with: a new one, or the last one where nothing changed."""

    version: str
    folder: Path
    is_new: bool
    changes: tuple[releases.TableChange, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One file of a release that is not what the manifest says."""

    file: str
    problem: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a release is made of besides its tables: further pages, reference tables, figures."""

    pages: Mapping[str, str]
    authority: Authority
    against_truth: Mapping[str, float | None]


def publish(
    build: Path,
    folder: Path,
    pages: Mapping[str, str],
    authority: Authority | None = None,
    against_truth: Mapping[str, float | None] | None = None,
) -> Published:
    """The build as a release in `folder`, or the last one where no row of it differs.

    `pages` are further text files of the release by name, `authority` the reference tables it was
    made with, `against_truth` F1 values of the build where a truth is at hand. Call under the
    warehouse's lock.
    """
    last = latest(folder)
    after = store.read_tables(build, RELEASED)
    missing = [t.name for t in RELEASED if t.name not in after]
    if missing:
        raise ReleaseError(f"{build} lacks {', '.join(missing)}: run `communique build` first")
    before = {} if last is None else _tables_of(last)
    # The same bytes are the same rows: most tables of most runs need no comparison.
    same = set() if last is None else _unchanged(build, last)
    changes = releases.difference(
        {name: t for name, t in before.items() if name not in same},
        {name: t for name, t in after.items() if name not in same},
        RELEASED,
    )
    version = releases.next_version(last.name if last else None, changes)
    if version is None:
        assert last is not None
        return Published(last.name, last, False, ())
    for kind, name in ((LedgerEntry, "event_ledger"), (EntityChange, "entity_ledger")):
        after[name] = conform(kind, releases.number_ledger(after[name], version))
    inputs = Inputs(pages, authority or Authority(), against_truth or {})
    place = _write(folder, version, functools.partial(_fill, version, last, after, changes, inputs))
    _point(folder, version)
    return Published(version, place, True, changes)


def latest(folder: Path) -> Path | None:
    """The newest release; None where there is none.

    What counts is which folders there are: `latest` may be older by a crash between the two.
    """
    numbered = versions(folder)
    return folder / numbered[-1] if numbered else None


def versions(folder: Path) -> list[str]:
    """The versions of the releases in the folder, oldest first."""
    names = [p.parent.name for p in folder.glob(f"[0-9]*/{MANIFEST}")]
    return sorted(names, key=releases.version_key)


def find(folder: Path, version: str | None) -> Path:
    """The release of that version, where it is None the newest; ReleaseError without one."""
    place = latest(folder) if version is None else folder / version
    if place is None:
        raise ReleaseError(f"{folder} holds no release yet: `communique run` makes the first")
    if not (place / MANIFEST).is_file():
        known = ", ".join(versions(folder)) or "none"
        raise ReleaseError(f"there is no release {version} in {folder}; there are: {known}")
    return place


def verify(release: Path) -> list[Fault]:
    """What differs from the manifest: files missing, changed or added; empty where it is whole."""
    manifest = read_manifest(release)
    faults = []
    for name, said in sorted(manifest["files"].items()):
        path = release / name
        if not path.is_file():
            faults.append(Fault(name, "is missing"))
        elif path.stat().st_size != said["bytes"]:
            faults.append(Fault(name, f"has {path.stat().st_size} bytes, not {said['bytes']}"))
        elif sha256(path) != said["sha256"]:
            faults.append(Fault(name, "has other bytes than were released"))
    known = {*manifest["files"], MANIFEST, SUMS}
    extra = [p.name for p in sorted(release.iterdir()) if p.name not in known]
    return faults + [Fault(name, "is no part of the release") for name in extra]


def read_manifest(release: Path) -> dict[str, Any]:
    """The manifest of a release: its version, and rows, bytes and SHA-256 of each file."""
    try:
        manifest: dict[str, Any] = json.loads((release / MANIFEST).read_text())
    except ValueError as error:
        raise ReleaseError(f"{release / MANIFEST} is damaged ({error}): {AWAY}") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ReleaseError(f"{release / MANIFEST} is no manifest of a release: {AWAY}")
    return manifest


def mend(folder: Path) -> None:
    """Points `latest` to the newest release again, where a crash came between the two."""
    newest = latest(folder)
    link = folder / LATEST
    if newest is not None and (not link.is_symlink() or os.readlink(link) != newest.name):
        _point(folder, newest.name)


def _tables_of(release: Path) -> dict[str, pa.Table]:
    """Every table of a release, also one that this version of the project knows no more."""
    return {p.stem: store.read_table(release, p.stem) for p in sorted(release.glob("*.parquet"))}


def _unchanged(build: Path, release: Path) -> set[str]:
    files = read_manifest(release)["files"]
    return {
        path.stem
        for path in build.glob("*.parquet")
        if path.name in files and sha256(path) == files[path.name]["sha256"]
    }


def _fill(
    version: str,
    last: Path | None,
    after: Mapping[str, pa.Table],
    differences: Sequence[releases.TableChange],
    inputs: Inputs,
    draft: Path,
) -> None:
    """Writes every file of the release but the manifest: tables, index, changes, descriptions."""
    for table in RELEASED:
        store.write_table(draft, table, after[table.name])
    store.write_parquet(draft / SEARCH_INDEX, searching.index(after["articles"]), searching.KEY)
    differing.write_inputs(draft, inputs.authority)
    differing.write_changes(last, draft, version)
    measured = measuring.write_quality(draft, last, inputs.against_truth)
    entry = releases.changelog_entry(
        version,
        last.name if last else None,
        differences,
        after["event_ledger"],
        differing.summary(draft),
    )
    past = (last / "CHANGELOG.md").read_text(encoding="utf-8") if last else ""
    files = {
        t.name: File(sha256(path), pq.read_metadata(path).num_rows)
        for t in descriptions.TABLES
        if (path := draft / f"{t.name}.parquet")
    }
    texts = {
        **inputs.pages,
        "CHANGELOG.md": f"{entry}\n{past}" if past else entry,
        **descriptions.describe(version, after, files, entry, measured),
    }
    for name, text in sorted(texts.items()):
        (draft / name).write_text(text, encoding="utf-8", newline="\n")


def _write(folder: Path, version: str, fill: Callable[[Path], None]) -> Path:
    """Makes the release of that version: filled, described by a manifest, flushed, then renamed."""
    place = folder / version
    if place.exists():
        raise ReleaseError(f"{place} is there already and has no {MANIFEST}: move it away")
    draft = store.unfinished(folder)
    draft.mkdir()
    fill(draft)
    files = {p.name: _described(p) for p in sorted(draft.iterdir())}
    sums = "".join(f"{said['sha256']}  {name}\n" for name, said in files.items())
    (draft / SUMS).write_text(sums)
    manifest = {"name": "communique", "version": version, "files": files}
    (draft / MANIFEST).write_text(_json(manifest))
    for path in sorted(draft.iterdir()):
        _flush(path)
    _flush(draft)
    draft.rename(place)
    _flush(folder)
    return place


def _described(path: Path) -> dict[str, Any]:
    said: dict[str, Any] = {"bytes": path.stat().st_size, "sha256": sha256(path)}
    if path.suffix == ".parquet":
        said["rows"] = pq.read_metadata(path).num_rows
    return said


def _point(folder: Path, version: str) -> None:
    link, place = store.unfinished(folder), folder / LATEST
    try:
        link.symlink_to(version, target_is_directory=True)
    except OSError:  # this file system knows no links, and nothing of ours needs this one
        return
    if place.is_dir() and not place.is_symlink():
        store.remove(place)  # copied by something that follows links, it holds an old release
    os.replace(link, place)
    _flush(folder)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256(path: Path) -> str:
    """SHA-256 of a file, hex, read a piece at a time."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(READ_BYTES):
            digest.update(data)
    return digest.hexdigest()


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=False) + "\n"


def changes_between(
    old: Path, new: Path, tables: Sequence[Table] = RELEASED
) -> tuple[releases.TableChange, ...]:
    """What differs from the release `old` to the release `new`."""
    return releases.difference(_tables_of(old), _tables_of(new), tables)
