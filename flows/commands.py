"""The commands that make and check releases, and the words and exit status they end with."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from flows import ask, differing, history, publish, rereading, stages, store, summary
from flows.direct import Clock, Direct
from flows.endings import echo_json, progress, told
from flows.errors import ReaderError, stage_of
from flows.settings import Settings, from_options
from flows.validator import Validator
from flows.watching import Bars, JsonLines, Lines, Watch, is_looked_at
from transforms.changes import COUNTS, ORDERED
from transforms.tables import RELEASED


def run(
    given: Mapping[str, Any], *, is_direct: bool, timings: bool, as_json: bool, log_json: bool
) -> int:
    """Sources to catalog; ends with the events, what was rejected, and where to look next.

    Returns how many captures are in quarantine.
    """
    # First of all: what the validator imports can be loaded while Prefect and the stages work.
    with told(as_json), watched(log_json) as watch, Validator() as validator:
        settings, clock = from_options(**given), Clock(progress, watch)
        kind = "direct" if is_direct else "prefect"
        with history.recorded(settings, clock, kind) as record:
            if is_direct:
                outcome = _direct(settings, clock, validator)
            else:
                outcome = _orchestrated(given, clock, validator)
            record.note(outcome.published, outcome.verdict)
        facts = summary.facts(settings, outcome.published, outcome.verdict)
        facts["warnings"] = [*outcome.failures, *facts["warnings"]]
        if isinstance(watch, JsonLines):
            names = ("release", "is_new", "rows", "warnings")
            watch.event("run_ends", **{n: facts[n] for n in names})
    if as_json:
        echo_json({**facts, "seconds": dict(clock.seconds)})
    else:
        click.echo("\n".join(summary.lines(facts, Path(given["warehouse"]))))
    if timings:
        _echo_timings(clock.seconds)
    return len(facts["quarantine"])


def build(given: Mapping[str, Any], *, timings: bool, as_json: bool) -> None:
    """Sources to the tables of the build."""
    settings, clock = from_options(**given), Clock(progress)
    with told(), _alone(settings), Direct(settings.workers, clock) as executor:
        stages.make_build(settings, executor)
        rows = _rows(settings.build)
    if as_json:
        echo_json({"folder": str(settings.build), "rows": rows})
    else:
        click.echo(f"{settings.build}: " + ", ".join(f"{n} {t}" for t, n in rows.items()))
    if timings:
        _echo_timings(clock.seconds)


def validate(given: Mapping[str, Any], *, as_json: bool) -> None:
    """Every rule on the build; exit status 1 where a critical one is broken."""
    settings = from_options(**given, strict=True)
    with told(as_json), _alone(settings), _validator(settings) as validator:
        verdict = stages.check(settings, _direct_executor(settings), validator)
    if as_json:
        echo_json(verdict.facts())
    else:
        click.echo(f"{verdict.rule_count} rules checked, {len(verdict.broken)} warnings")


def release(given: Mapping[str, Any], *, as_json: bool) -> int:
    """The build as the next release, with its catalog; returns how many are in quarantine."""
    settings = from_options(**given)
    with told(as_json), _alone(settings), _validator(settings) as validator:
        outcome = stages.publish_build(settings, _direct_executor(settings), validator)
    published, verdict = outcome.published, outcome.verdict
    count = verdict.quarantined_count
    if as_json:
        facts = {"release": published.version, "is_new": published.is_new, "quarantine": count}
        echo_json({**facts, **verdict.facts()})
    else:
        state = "new" if published.is_new else "nothing changed, the last release stands"
        click.echo(f"release {published.version} ({state}): {published.folder}")
        for line in summary.quarantine_lines(count, verdict.capture_count):
            click.echo(line)
    return count


def diff(old: str, new: str, warehouse: str, *, with_rows: bool, as_json: bool) -> None:
    """What differs between two releases: table by table, by cause, and row by row where asked."""
    releases = from_options(warehouse=warehouse).releases
    with told():
        places = publish.find(releases, old), publish.find(releases, new)
        changes = publish.changes_between(*places)
        with differing.compared(*places) as connection:
            causes = ask.ask(connection, COUNTS)
            rows = ask.ask(connection, ORDERED) if with_rows or as_json else None
    if as_json:
        assert rows is not None
        echo_json(
            {
                "tables": [asdict(c) for c in changes],
                "causes": causes.records(),
                "changes": rows.records(),
            }
        )
        return
    columns = ("table", "rows before", "rows now", "added", "removed", "changed", "columns")
    counted = tuple(
        (c.table_name, c.rows_before, c.rows_after, c.added, c.removed, c.changed, _columns(c))
        for c in changes
    )
    if not counted:
        click.echo("no row and no column differs")
        return
    parts = [ask.Answer(columns, counted), causes, *([rows] if rows else [])]
    click.echo("\n\n".join(ask.as_text(part) for part in parts))


def verify(version: str | None, warehouse: str, *, as_json: bool) -> None:
    """Whether a release is what was published and what its captures say; else exit status 1."""
    with told():
        settings = from_options(warehouse=warehouse)
        place = publish.find(settings.releases, version)
        faults = publish.verify(place)
        count = len(publish.read_manifest(place)["files"])
        again = rereading.reread(place, settings.captures)
    if as_json:
        echo_json(
            {
                "release": place.name,
                "faults": [asdict(f) for f in faults],
                "captures_read": again.capture_count,
                "mismatches": [asdict(m) for m in again.mismatches],
            }
        )
    for fault in faults:
        click.echo(f"release {place.name}: {fault.file} {fault.problem}", err=True)
    for m in again.mismatches:
        click.echo(f"release {place.name}: {m.table_name} {m.key}: {m.span} {m.problem}", err=True)
    if faults or again.mismatches:
        sys.exit(1)
    if not as_json:
        click.echo(f"release {place.name}: all {count} files are as published")
        click.echo(_reread(again, settings.captures))


@contextmanager
def watched(log_json: bool) -> Iterator[Watch]:
    """How a run tells what it does: JSON where asked, bars where a person looks, else lines."""
    if log_json:
        watch = JsonLines()
        try:
            yield watch
        except (ReaderError, OSError) as error:
            watch.event("run_fails", stage=stage_of(error), error=str(error))
            # Told once, and in the form that was asked for.
            raise click.exceptions.Exit(1) from error
    elif is_looked_at():
        with Bars() as bars:
            yield bars
    else:
        yield Lines(progress)


def _direct(settings: Settings, clock: Clock, validator: Validator) -> stages.Outcome:
    with Direct(settings.workers, clock) as executor:
        return stages.run(settings, executor, validator)


def _orchestrated(given: Mapping[str, Any], clock: Clock, validator: Validator) -> stages.Outcome:
    from flows import orchestrator

    orchestrator.prepare(is_quiet=True)
    clock.tell("prefect ...")
    start = time.perf_counter()
    from flows import run

    clock.note("prefect", start)
    return run.run(given, clock, validator)


@contextmanager
def _validator(settings: Settings) -> Iterator[Validator]:
    if not settings.build.is_dir():
        raise publish.ReleaseError(f"{settings.build} is not there: run `communique build` first")
    with Validator() as validator:
        yield validator


def _direct_executor(settings: Settings) -> Direct:
    return Direct(settings.workers, Clock(progress))


def _reread(again: rereading.Reread, kept: Path) -> str:
    if not kept.is_dir():
        return f"{kept} is not there: no span was read again from the raw captures"
    counted = "1 capture" if again.capture_count == 1 else f"{again.capture_count} captures"
    return f"every span reads the same in {counted} of {kept}"


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    with store.locked(settings.warehouse, timeout=settings.lock_timeout, tell=progress):
        yield


def _rows(build: Path) -> dict[str, int]:
    tables = store.read_tables(build, RELEASED)
    return {name: table.num_rows for name, table in tables.items()}


def _columns(change: Any) -> str:
    signs = (
        ("+", change.columns_added),
        ("-", change.columns_removed),
        ("~", change.columns_retyped),
    )
    return " ".join(f"{sign}{name}" for sign, names in signs for name in names)


def _echo_timings(seconds: Sequence[tuple[str, float]]) -> None:
    for name, spent in seconds:
        click.echo(f"{name:12} {spent:7.2f} s", err=True)
    click.echo(f"{'CPU, here':12} {time.process_time():7.2f} s", err=True)
