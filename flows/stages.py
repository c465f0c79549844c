"""The way from sources to catalog: the order of the stages, and those that read or write.

How a stage is carried out, as a Prefect task or as a plain call, is the executor's affair.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from flows import build, catalog, publish, sources, store
from flows.settings import Settings
from flows.site import command
from flows.validator import Validator, Verdict
from transforms.captures import RawCapture, id_of, sha256_of

Result = TypeVar("Result")

# A task should last over a second, a flow have below a hundred (STACK 2): a capture takes some
# 20 ms.
SHARD_CAPTURES = 200
MAX_SHARDS = 64
# What a worker holds at once, however large its shard is.
BATCH_CAPTURES = 100

# A capture without its bytes, and their hash: null where they could not be read.
Row = tuple[RawCapture, str | None]


class Executor(Protocol):
    """Carries out stages: one call, or one call a shard."""

    def once(self, name: str, stage: Callable[..., Result], *arguments: Any) -> Result:
        """The result of the stage."""

    def each(
        self, name: str, stage: Callable[..., None], shards: Sequence[Path], *arguments: Any
    ) -> None:
        """Calls the stage with every shard, in parallel where there are several."""

    def tell(self, message: str) -> None:
        """Says something to whoever waits for the run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run ends with."""

    published: publish.Published
    verdict: Verdict


def run(settings: Settings, executor: Executor, validator: Validator) -> Outcome:
    """Sources to catalog. Raises where a rule is broken; then release and catalog stay."""
    with store.locked(settings.warehouse, timeout=settings.lock_timeout, tell=executor.tell):
        make_build(settings, executor)
        verdict = executor.once("validate", validator.check, settings.build)
        verdict.raise_where_broken(settings.build)
        published = executor.once("release", release, settings)
        executor.once("catalog", write_catalog, settings)
        if settings.has_site:
            executor.once("site", command.write_newest, settings)
        return Outcome(published, verdict)


def make_build(settings: Settings, executor: Executor) -> None:
    """Sources to the tables of `settings.build`; call under the lock."""
    store.sweep(settings.warehouse)
    # Under a name of its own: a worker that outlived a killed run writes into no later one.
    work = store.unfinished(settings.warehouse)
    try:
        shards, notes = executor.once("read", read, settings, work)
        for note in notes:
            executor.tell(note)
        executor.each("blocks", build.blocks_of_shard, shards, work, settings)
        executor.once("sites", build.profile_sites, work)
        executor.each("articles", build.articles_of_shard, shards, work, settings)
        executor.once("link", build.link, work, publish.latest(settings.releases), settings)
        finish_build(work, settings.build)
    finally:
        store.remove(work)


def read(settings: Settings, work: Path) -> tuple[list[Path], list[str]]:
    """The shards: folders of batches of captures with their bytes, which go into the raw store.

    Beside them what was found and is no capture, in words. Which captures share a batch does not
    follow the order of the files.
    """
    notes = sources.Notes()
    rows = list(_distinct(_read_all(settings, notes)))
    size = settings.shard_size or max(SHARD_CAPTURES, math.ceil(len(rows) / MAX_SHARDS))
    batches_of_shard = math.ceil(size / BATCH_CAPTURES)
    shards = work / "shards"
    shards.mkdir(parents=True)
    step = min(size, BATCH_CAPTURES)
    for number, start in enumerate(range(0, len(rows), step)):
        batch = rows[start : start + step]
        path = shards / f"{number // batches_of_shard:05}" / f"{number:06}.arrow"
        store.write_captures(path, (_with_payload(row, settings) for row in batch))
    return sorted(shards.iterdir()), notes.told()


def finish_build(work: Path, place: Path) -> None:
    """Keeps the tables of the working folder as the build; what led to them is dropped."""
    for path in sorted(work.iterdir()):
        if path.suffix != ".parquet":
            store.remove(path)
    store.replace_folder(work, place)


def release(settings: Settings) -> publish.Published:
    """The build as a release, or the last one where nothing changed."""
    page = settings.build / "validation.html"
    pages = {page.name: page.read_text(encoding="utf-8")} if page.is_file() else {}
    return publish.publish(settings.build, settings.releases, pages)


def write_catalog(settings: Settings) -> None:
    """The catalog over the newest release, made again only where it is over another."""
    publish.mend(settings.releases)
    newest = publish.find(settings.releases, None)
    if not catalog.is_over(settings.catalog, newest):
        catalog.write(settings.catalog, newest)


def _read_all(settings: Settings, notes: sources.Notes) -> Iterator[Row]:
    """Every capture without its bytes, which are put into the raw store one by one."""
    limits = sources.Limits(capture_bytes=settings.max_capture_bytes)
    for raw in sources.read(settings.sources, limits, notes):
        digest = sha256_of(raw)
        if raw.payload is not None and digest is not None:
            store.keep(settings.captures, digest, raw.payload)
        yield replace(raw, payload=None), digest


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """Each capture once, with the number of files that hold it, under the first of their names."""
    for _, same in itertools.groupby(sorted(rows, key=_order), key=lambda row: id_of(*row)):
        files = list(same)
        raw, digest = files[0]
        yield replace(raw, file_count=len(files)), digest


def _order(row: Row) -> tuple[str, ...]:
    return id_of(*row), row[0].source_uri, row[0].member or "", row[0].folder


def _with_payload(row: Row, settings: Settings) -> RawCapture:
    raw, digest = row
    payload = None if digest is None else store.kept(settings.captures, digest)
    return replace(raw, payload=payload)
