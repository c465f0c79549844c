"""The way from sources to catalog: the order of the stages, and those that read or write.

How a stage is carried out, as a Prefect task or as a plain call, is the executor's affair.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from flows import (
    build,
    catalog,
    evaluate,
    found,
    increments,
    knowledge,
    linking,
    publish,
    shrinkage,
    sources,
    store,
    unchanged,
)  # fmt: skip
from flows.memory import Memory
from flows.packs import Packs
from flows.results import Results
from flows.settings import SAMPLE_ARCHIVE, Settings
from flows.site import command
from flows.validator import Validator, Verdict, read_expectations
from transforms.captures import RawCapture, id_of
from transforms.losses import MAX_SHARE
from transforms.quarantine import Culprit

Result = TypeVar("Result")

# A task should last over a second, a flow have below a hundred (STACK 2): a capture takes some
# 20 ms.
SHARD_CAPTURES = 200
MAX_SHARDS = 64
# What a worker holds at once, however large its shard is.
BATCH_CAPTURES = 100

# Taking captures out may, through linking, bring others to light; after so many times it is not
# the captures that are at fault.
MAX_ROUNDS = 5


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

    def waits(self, message: str) -> None:
        """Says that the run waits for another."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run ends with."""

    published: publish.Published
    verdict: Verdict
    # Named sources that could not be read.
    failures: tuple[str, ...] = ()


def run(settings: Settings, executor: Executor, validator: Validator) -> Outcome:
    """Sources to catalog. Raises where a rule is broken; then release and catalog stay."""
    # Before hours of work, not after.
    read_expectations(settings.expectations)
    with store.locked(settings.warehouse, timeout=settings.lock_timeout, tell=executor.waits):
        work = store.unfinished(settings.warehouse)
        try:
            reading = _take_in_and_tell(settings, executor, work)
            last = publish.latest(settings.releases)
            verdict = executor.once("compare", unchanged.recall, settings, reading.keys)
            if verdict is not None and last is not None:
                executor.tell(f"nothing has changed since release {last.name}")
                published = publish.Published(last.name, last, False, ())
                outcome = _finish(settings, executor, Outcome(published, verdict))
            else:
                _build(settings, executor, reading, work)
                outcome = publish_build(settings, executor, validator)
                unchanged.remember(settings, reading.keys, outcome.verdict)
        finally:
            store.remove(work)
        return replace(outcome, failures=reading.failures)


def publish_build(settings: Settings, executor: Executor, validator: Validator) -> Outcome:
    """The build, validated, as a release with its catalog; call under the lock."""
    verdict = check(settings, executor, validator)
    shrinkage.raise_where_shrunk(settings)
    published = executor.once("release", release, settings)
    return _finish(settings, executor, Outcome(published, verdict))


def _finish(settings: Settings, executor: Executor, outcome: Outcome) -> Outcome:
    executor.once("catalog", write_catalog, settings)
    if settings.has_site:
        executor.once("site", command.write_newest, settings)
    return outcome


def make_build(settings: Settings, executor: Executor) -> None:
    """Sources to the tables of `settings.build`; call under the lock."""
    work = store.unfinished(settings.warehouse)
    try:
        _build(settings, executor, _take_in_and_tell(settings, executor, work), work)
    finally:
        store.remove(work)


def _take_in_and_tell(settings: Settings, executor: Executor, work: Path) -> Todo:
    """What the sources hold goes into the store; what there is to do, and a word on it.

    `work` has a name of its own: a worker that outlived a killed run writes into no later one.
    """
    store.sweep(settings.warehouse)
    reading = executor.once("read", read, settings, work)
    for note in reading.notes:
        executor.tell(note)
    return reading


def _build(settings: Settings, executor: Executor, reading: Todo, work: Path) -> None:
    unchanged.forget(settings)
    _each(executor, "blocks", build.blocks_of_shard, reading.shards, work, settings)
    stories = executor.once("sites", profile_sites, reading, work, settings)
    _each(executor, "articles", build.articles_of_shard, stories.shards, work, settings)
    executor.once("gather", gather, stories, work, settings)
    last = publish.latest(settings.releases)
    executor.once("link", linking.link, work, last, settings.authority)
    finish_build(work, settings.build)


def check(settings: Settings, executor: Executor, validator: Validator) -> Verdict:
    """The verdict on the build once every capture that breaks a rule is in quarantine.

    Raises where what is left breaks a rule, or where more captures do than the settings allow.
    """
    asked = read_expectations(settings.expectations)
    verdict = executor.once("validate", validator.check, settings.build, asked)
    for _ in range(MAX_ROUNDS):
        if settings.is_strict or not verdict.culprits or not verdict.is_structure_sound:
            break
        verdict.raise_where_too_many(settings)
        executor.once("quarantine", take_out, settings, verdict.culprits)
        verdict = executor.once("validate", validator.check, settings.build, asked)
    verdict.raise_where_broken(settings)
    return verdict


def take_out(settings: Settings, culprits: Sequence[Culprit]) -> None:
    """Links the build again without these captures."""
    work = store.unfinished(settings.warehouse)
    try:
        last = publish.latest(settings.releases)
        linking.link_without(settings.build, culprits, work, last)
        finish_build(work, settings.build)
    finally:
        store.remove(work)


@dataclass(frozen=True, slots=True)
class Todo:
    """What a stage on single captures has to do: the shards, and the key of every capture."""

    shards: list[Path]
    keys: dict[str, str]
    notes: tuple[str, ...] = ()
    # Named sources that could not be read.
    failures: tuple[str, ...] = ()


def read(settings: Settings, work: Path) -> Todo:
    """Takes what the sources hold into the store; the captures whose cut is not kept, in shards.

    A shard is a folder of batches of captures with their bytes. Which captures share a batch does
    not follow the order of the files.
    """
    notes = sources.Notes()
    # A first attempt that failed may have left some.
    store.remove(work / "shards")
    with Packs(settings.captures, is_writing=True) as packs, Results(settings.results) as kept:
        found.adopt(packs, settings.releases)
        notes.say(_told(take_in(settings, packs, notes)))
        rows = list(found.rows(packs))
        keys = increments.keys_of_cuts(rows)
        kept.tidy(increments.CUTS, set(keys))
        lacking = kept.lacking(increments.CUTS, keys)
        todo = [row for row in rows if id_of(*row) in lacking]
        shards = _write_shards(todo, packs, work / "shards", _shard_size(settings, len(todo)))
    if todo and len(todo) < len(rows):
        notes.say(f"{len(todo):,} of {len(rows):,} captures are new or have changed")
    return Todo(shards, keys, tuple(notes.told()), tuple(notes.failures))


def profile_sites(cuts: Todo, work: Path, settings: Settings) -> Todo:
    """What recurs on each site; the captures whose stories are not kept, in shards."""
    with Results(settings.results) as kept:
        increments.keep_parts(kept, increments.CUTS, work, cuts.keys)
        increments.lay_out(kept, increments.CUTS, set(cuts.keys), work)
        build.profile_sites(work)
        keys = increments.keys_of_stories(work, settings, cuts.keys)
        kept.tidy(increments.STORIES, set(keys))
        todo = kept.lacking(increments.STORIES, keys)
        shards = increments.shards_of_cuts(kept, todo, work, _shard_size(settings, len(todo)))
    return Todo(shards, keys)


def gather(stories: Todo, work: Path, settings: Settings) -> None:
    """Lays out what all captures yield, of this run and of those before, to be linked."""
    with Results(settings.results) as kept:
        increments.keep_parts(kept, increments.STORIES, work, stories.keys)
        increments.lay_out(kept, increments.STORIES, set(stories.keys), work)


def take_in(settings: Settings, kept: Packs, notes: sources.Notes) -> found.Change:
    """Takes what the sources hold into the store.

    Where none was named and the store holds captures, these are all: the sample archive is for
    who has none yet.
    """
    is_sample = settings.sources == (SAMPLE_ARCHIVE,)
    has_own = bool(settings.named) or found.holds_own(kept)
    places = () if is_sample and has_own else settings.sources
    limits, memory = sources.Limits(capture_bytes=settings.max_capture_bytes), Memory(kept)
    gathered = itertools.chain(
        sources.gather(places, limits, notes),
        sources.gather_named(settings.named, limits, notes, memory),
    )
    is_mirror = settings.is_mirror and bool(places or settings.named)
    return found.take_in(
        kept,
        gathered,
        memory=memory,
        # A source that could not be read has not lost what it held.
        mirrors=lambda: is_mirror and not notes.failures,
        limit=1 if settings.allows_shrink else MAX_SHARE,
    )


def finish_build(work: Path, place: Path) -> None:
    """Keeps the tables of the working folder as the build, and what linking them again takes."""
    for path in sorted(work.iterdir()):
        if path.suffix != ".parquet" and path.name not in (linking.LINKING, linking.TAKEN_OUT):
            store.remove(path)
    store.replace_folder(work, place)


def release(settings: Settings) -> publish.Published:
    """The build as a release, or the last one where nothing changed."""
    page = settings.build / "validation.html"
    pages = {page.name: page.read_text(encoding="utf-8")} if page.is_file() else {}
    authority = knowledge.of_folders(settings.authority).authority
    truth = settings.truth
    measured = evaluate.figures(settings.build, settings.captures, truth) if truth else {}
    return publish.publish(settings.build, settings.releases, pages, authority, measured)


def write_catalog(settings: Settings) -> None:
    """The catalog over the newest release, made again only where it is over another."""
    publish.mend(settings.releases)
    newest = publish.find(settings.releases, None)
    if not catalog.is_over(settings.catalog, newest):
        catalog.write(settings.catalog, newest)


def _told(change: found.Change) -> str:
    gone = f", {change.gone:,} no longer kept" if change.gone else ""
    noun = "capture" if change.found == 1 else "captures"
    return f"{change.found:,} {noun} found in the sources, {change.new:,} of them new{gone}"


def _each(
    executor: Executor, name: str, stage: Callable[..., None], shards: Sequence[Path], *more: Any
) -> None:
    if shards:
        executor.each(name, stage, shards, *more)


def _shard_size(settings: Settings, count: int) -> int:
    return settings.shard_size or max(SHARD_CAPTURES, math.ceil(count / MAX_SHARDS))


def _write_shards(rows: Sequence[found.Row], packs: Packs, shards: Path, size: int) -> list[Path]:
    shards.mkdir(parents=True)
    batches_of_shard, step = math.ceil(size / BATCH_CAPTURES), min(size, BATCH_CAPTURES)
    for number, start in enumerate(range(0, len(rows), step)):
        path = shards / f"{number // batches_of_shard:05}" / f"{number:06}.arrow"
        store.write_captures(path, (_with_payload(r, packs) for r in rows[start : start + step]))
    return sorted(shards.iterdir())


def _with_payload(row: found.Row, kept: Packs) -> RawCapture:
    raw, digest = row
    return replace(raw, payload=None if digest is None else kept.kept(digest))
