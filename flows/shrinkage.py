"""A release never shrinks by accident: the build is first held against the last release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from flows import publish, sources, store
from flows.errors import ShrinkageError
from flows.packs import Packs
from flows.settings import SAMPLE_ARCHIVE, Settings
from transforms import captures
from transforms.losses import COMPARED, MAX_SHARE, losses, without_captures
from transforms.releases import UPCOMING

Tables = dict[str, pa.Table]


def raise_where_shrunk(settings: Settings) -> None:
    """Raises ShrinkageError where a source yields no story, or too much of the release would go."""
    after = _compared(settings.build)
    _raise_where_a_source_yields_nothing(after, settings)
    last = publish.latest(settings.releases)
    if last is None or settings.allows_shrink:
        return
    meant = _replaced_samples(last, settings.build) | _withdrawn(settings)
    before = without_captures(_compared(last), meant)
    lost = [loss for loss in losses(before, after, UPCOMING) if loss.share > MAX_SHARE]
    if lost:
        told = "".join(f"\n  {loss}" for loss in lost)
        raise ShrinkageError(
            f"nothing was released: over {MAX_SHARE:.0%} of release {last.name} would be gone:"
            f"{told}\nLook at the sources, the reference tables and the settings, or say "
            "--allow-shrink to release less."
        )


def _raise_where_a_source_yields_nothing(after: Tables, settings: Settings) -> None:
    if not settings.captures.is_dir():
        return
    stories = set(after["articles"]["capture_id"].to_pylist())
    reasons = dict(_pairs(after["rejections"], "capture_id", "reason"))
    with Packs(settings.captures) as kept:
        for source in settings.sources:
            query = "SELECT DISTINCT capture_id FROM found WHERE root = ?"
            found = {i for (i,) in kept.index.execute(query, (sources.root_of(source),))}
            if found and not found & stories:
                raise ShrinkageError(_no_story(str(source), found, reasons))


def _no_story(source: str, found: set[str], reasons: dict[str, str]) -> str:
    counts = Counter(reasons[i] for i in found if i in reasons)
    told = ", ".join(f"{reason} {counts[reason]}" for reason in sorted(counts))
    count = "its only capture" if len(found) == 1 else f"its {len(found)} captures"
    return (
        f"nothing was released: source {source} yields no story; {count} came to nothing ({told}). "
        "Give pages of stories, HTML or plain text"
    )


def _replaced_samples(last: Path, build: Path) -> set[str]:
    """The captures of the sample archive, where the first ones of one's own took their place."""
    if "is_invented" not in store.columns_of(last, "captures"):
        return set()
    invented = [store.read_columns(f, "captures", ["is_invented"]) for f in (last, build)]
    was_there, is_there = (pc.any(table["is_invented"]).as_py() for table in invented)
    if not was_there or is_there:
        return set()
    return {captures.identify(raw) for raw in sources.read([SAMPLE_ARCHIVE])}


def _withdrawn(settings: Settings) -> set[str]:
    """The captures that somebody took out for good: what goes with them goes on purpose."""
    if not settings.captures.is_dir():
        return set()
    with Packs(settings.captures) as kept:
        return {i for (i,) in kept.index.execute("SELECT capture_id FROM withdrawn")}


def _compared(folder: Path) -> Tables:
    return {name: store.read_columns(folder, name, columns) for name, columns in COMPARED.items()}


def _pairs(table: pa.Table, key: str, value: str) -> Iterable[tuple[str, str]]:
    return zip(table[key].to_pylist(), table[value].to_pylist(), strict=True)
