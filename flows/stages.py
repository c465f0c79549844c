"""The way from sources to catalog: the order of the stages, and those that read or write.

How a stage is carried out, as a Prefect task or as a plain call, is the executor's affair.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from flows import build, catalog, publish, sources, store
from flows.settings import Settings
from flows.validator import Validator, Verdict
from transforms.captures import RawCapture, sha256_of

Result = TypeVar("Result")

# A task should last over a second, a flow have below a hundred (STACK 2): a capture takes some
# 10 ms, and a shard is held in memory whole.
SHARD_CAPTURES = 200
MAX_SHARDS = 64
MAX_SHARD_CAPTURES = 5_000

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
        return Outcome(published, verdict)


def make_build(settings: Settings, executor: Executor) -> None:
    """Sources to the tables of `settings.build`; call under the lock."""
    store.sweep(settings.warehouse)
    # Under a name of its own: a worker that outlived a killed run writes into no later one.
    work = store.unfinished(settings.warehouse)
    try:
        shards = executor.once("read", read, settings, work)
        executor.each("blocks", build.blocks_of_shard, shards, work, settings)
        executor.once("sites", build.profile_sites, work)
        executor.each("articles", build.articles_of_shard, shards, work, settings)
        executor.once("link", build.link, work, publish.latest(settings.releases), settings)
        finish_build(work, settings.build)
    finally:
        store.remove(work)


def read(settings: Settings, work: Path) -> list[Path]:
    """The shards: Arrow files of captures with their bytes, which also go into the raw store.

    A capture found under several names is in one shard, and which captures share a shard does
    not follow the order of the files.
    """
    rows = sorted(_read_all(settings), key=_order)
    shards = []
    for number, part in enumerate(_parts(rows, settings.shard_size)):
        path = work / "shards" / f"{number:05}.arrow"
        store.write_shard(path, (_with_payload(row, settings) for row in part))
        shards.append(path)
    return shards


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


def _read_all(settings: Settings) -> Iterator[Row]:
    """Every capture without its bytes, which are put into the raw store one by one."""
    for found in sources.find(settings.sources):
        raw = sources.load(found, settings.max_capture_bytes)
        digest = sha256_of(raw)
        if raw.payload is not None and digest is not None:
            store.keep(settings.captures, digest, raw.payload)
        yield replace(raw, payload=None), digest


def _order(row: Row) -> tuple[str, ...]:
    raw, digest = row
    return digest or "", raw.source_uri, raw.site or "", raw.url or "", raw.folder


def _with_payload(row: Row, settings: Settings) -> RawCapture:
    raw, digest = row
    payload = None if digest is None else store.kept(settings.captures, digest)
    return replace(raw, payload=payload)


def _parts(rows: Sequence[Row], shard_size: int | None) -> Iterator[list[Row]]:
    """Runs of about `shard_size` rows that never part two rows of the same bytes."""
    size = shard_size or min(
        max(SHARD_CAPTURES, math.ceil(len(rows) / MAX_SHARDS)), MAX_SHARD_CAPTURES
    )
    part: list[Row] = []
    for row in rows:
        if len(part) >= size and (row[1] is None or row[1] != part[-1][1]):
            yield part
            part = []
        part.append(row)
    if part:
        yield part
