"""Reads every span of a release again from the raw captures that the warehouse keeps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from flows import store
from flows.packs import Packs
from transforms import captures, spans
from transforms.captures import Decoded, RawCapture
from transforms.schema import table_of
from transforms.tables import Rejection

# So many captures are held in memory at once, with their rows.
BATCH_CAPTURES = 500


@dataclass(frozen=True, slots=True)
class Reread:
    """What was read again, and what of it is not as released."""

    capture_count: int
    mismatches: tuple[spans.Mismatch, ...]


def reread(release: Path, kept: Path) -> Reread:
    """Every span of the release held against the captures in `kept`.

    Where that folder is missing, as beside a release that was copied elsewhere, only what is
    counted in released text is checked, and no capture counts as read again.
    """
    try:
        return _reread(store.read_tables(release, [table_of(r) for r in spans.READ]), kept)
    except (
        store.DamagedError,
        pa.ArrowException,
        OSError,
        KeyError,
    ) as error:  # a file that was tampered with
        problem = f"cannot be read as the tables of a release: {error}"
        return Reread(0, (spans.Mismatch("release", str(release.name), "all", problem),))


def _reread(tables: dict[str, pa.Table], kept: Path) -> Reread:
    known = zip(*(tables["captures"][c].to_pylist() for c in ("capture_id", "sha256")), strict=True)
    count, mismatches = 0, list(spans.strays(tables))
    with Packs(kept) as packs:
        while batch := dict(itertools.islice(known, BATCH_CAPTURES)):
            found = _decoded(batch, packs) if kept.is_dir() else {}
            mismatches += _missing(found)
            mismatches += spans.check(_part(tables, batch), found)
            count += sum(text is not None for text in found.values())
    return Reread(count, tuple(mismatches))


def _part(tables: dict[str, pa.Table], batch: dict[str, str | None]) -> dict[str, pa.Table]:
    return spans.part(tables, list(batch))


def _decoded(batch: dict[str, str | None], kept: Packs) -> dict[str, Decoded | Rejection | None]:
    """The decoded captures; None for one whose bytes are not in the store, or are others."""
    found: dict[str, Decoded | Rejection | None] = {}
    for capture_id, sha256 in batch.items():
        if sha256 is None:  # could not be read when it was collected: there is nothing to hold
            continue
        try:
            raw = RawCapture(capture_id, kept.kept(sha256), "")
        except FileNotFoundError:
            found[capture_id] = None
            continue
        found[capture_id] = captures.decode(raw) if captures.sha256_of(raw) == sha256 else None
    return found


def _missing(found: dict[str, Decoded | Rejection | None]) -> Iterator[spans.Mismatch]:
    for capture_id, text in found.items():
        if text is None:
            problem = "its bytes are missing in the warehouse's captures, or are others"
            yield spans.Mismatch("captures", f"capture_id={capture_id}", "whole capture", problem)
