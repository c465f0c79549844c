"""The Prefect flow: every stage of the way a task, the shards of a stage one task each."""

# Not `from __future__ import annotations`: Prefect makes a model of the parameters elsewhere, where
# the names in their annotations are not known.
import contextlib
import importlib.metadata
import time
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from prefect import State, flow, get_run_logger
from prefect.settings import PREFECT_API_URL
from prefect.utilities.timeout import timeout as within
from pydantic import Field

from flows import alarm, artifacts, flow_runs, guard, history, stages, summary, tasks
from flows.direct import Clock
from flows.errors import ReaderError
from flows.settings import Settings, from_options
from flows.validator import Validator

Count = Annotated[int, Field(ge=1)]
Amount = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class TimedOutError(ReaderError, TimeoutError):
    """A run that took longer than it may."""


@flow(
    name="communique",
    version=importlib.metadata.version("communique"),
    flow_run_name=flow_runs.run_name,
    validate_parameters=True,
    on_failure=[alarm.tell],
    on_crashed=[alarm.tell],
)
def communique(
    sources: list[str] | None = None,
    warehouse: Annotated[str, Field(min_length=1)] = "warehouse",
    authority: list[str] | None = None,
    workers: Count | None = None,
    shard_size: Count | None = None,
    max_capture_mb: Amount | None = None,
    max_capture_seconds: Amount | None = None,
    max_capture_memory_mb: Amount | None = None,
    lock_timeout: Annotated[float, Field(ge=0)] | None = None,
    site: bool = True,
    mirror: bool = False,
    sources_file: str | None = None,
    only: list[str] | None = None,
    expectations: list[str] | None = None,
    strict: bool = False,
    max_quarantine: Share | None = None,
    allow_shrink: bool = False,
    timeout: Amount | None = None,
) -> str | State[Any]:
    """The version of the release that the captures were turned into, with its catalog.

    A scheduled run that a later one has made needless ends as Skipped.

    Args:
        sources: Folders of captures; none given: the sample archive.
        warehouse: Folder that the releases go to.
        authority: Folders of reference tables, each before the project's own.
        workers: Worker processes; none given: one for each core.
        shard_size: Captures in a task; none given: by their number.
        max_capture_mb: Captures beyond this are rejected.
        max_capture_seconds: Captures that take more CPU time in a stage are rejected.
        max_capture_memory_mb: Captures that take more memory are rejected.
        lock_timeout: Seconds to wait for another run on the warehouse; none given: any number.
        site: Whether to write the pages of the release, too.
        mirror: Whether captures that the sources hold no more are dropped.
        sources_file: Table of named sources, a path.
        only: Names of the sources in it that are read; none given: all.
        expectations: Folders of your own expectations, checked beside the project's.
        strict: A broken rule stops the run; else the captures behind it are left out.
        max_quarantine: Share of the captures that may be left out so; none given: 0.02.
        allow_shrink: The release may lose over a fifth of what the last one holds.
        timeout: Seconds after which the run is given up; none given: never.
    """
    asked = _asked_here()
    if asked is None and (skipped := flow_runs.skipped()):
        return skipped
    settings = from_options(
        sources=tuple(sources or ()),
        warehouse=warehouse,
        authority=tuple(authority or ()),
        workers=workers,
        shard_size=shard_size,
        max_capture_mb=max_capture_mb,
        max_capture_seconds=max_capture_seconds,
        max_capture_memory_mb=max_capture_memory_mb,
        lock_timeout=lock_timeout,
        site=site,
        mirror=mirror,
        sources_file=sources_file,
        only=tuple(only or ()),
        expectations=tuple(expectations or ()),
        strict=strict,
        max_quarantine=max_quarantine,
        allow_shrink=allow_shrink,
    )
    if asked is not None:
        asked.clock.note("server", asked.start)
        with guard.guarded(tasks.embedded_server()):
            asked.outcome = _carry_out(settings, asked.clock, timeout, asked.validator)
        asked.start = time.perf_counter()
        return asked.outcome.published.version
    logger = get_run_logger()
    clock = Clock(logger.info)
    with history.recorded(settings, clock, "served") as record:
        outcome = _carry_out(settings, clock, timeout)
        record.note(outcome.published, outcome.verdict)
    counts = outcome.verdict.quarantined_count, outcome.verdict.capture_count
    for line in summary.quarantine_lines(*counts):
        logger.warning(line.removeprefix("warning: "))
    return outcome.published.version


@dataclass(slots=True)
class Asked:
    """A run asked for in this process: how it tells what it does, and what comes of it."""

    clock: Clock
    validator: Validator
    start: float
    outcome: stages.Outcome | None = None


# Not among the flow's parameters: those are data that Prefect stores and sends to workers.
ASKED_HERE: ContextVar[Asked | None] = ContextVar("asked_here", default=None)


def run(given: Mapping[str, Any], clock: Clock, validator: Validator) -> stages.Outcome:
    """Runs the flow from here; `orchestrator.prepare` has said on which server."""
    asked = Asked(clock, validator, time.perf_counter())
    token = ASKED_HERE.set(asked)
    try:
        address = PREFECT_API_URL.value()
        clock.tell(f"server {address} ..." if address else "server, embedded ...")
        communique(**parameters(given))
    finally:
        ASKED_HERE.reset(token)
    clock.note("records", asked.start)
    assert asked.outcome is not None
    return asked.outcome


def parameters(given: Mapping[str, Any]) -> dict[str, Any]:
    """The flow's parameters for these options; paths in full, since a run may start elsewhere."""
    return {
        name: [str(Path(v).absolute()) for v in value]
        if name in ("sources", "authority", "expectations")
        else list(value)
        if name == "only"
        else str(Path(value).absolute())
        if name in ("warehouse", "sources_file")
        else value
        for name, value in given.items()
        if value not in (None, ())
    }


def _asked_here() -> Asked | None:
    # A function, since the flow goes to the workers with all that it names itself.
    return ASKED_HERE.get()


def _carry_out(
    settings: Settings, clock: Clock, seconds: float | None, validator: Validator | None = None
) -> stages.Outcome:
    try:
        with within(seconds), contextlib.ExitStack() as resources:
            rules = validator or resources.enter_context(Validator())
            executor = tasks.Orchestrated(settings.workers, clock, resources)
            outcome = stages.run(settings, executor, rules)
    except TimeoutError as error:
        if seconds is None or isinstance(error, ReaderError):
            raise
        late = TimedOutError(f"the run took over {seconds:g} s and was given up")
        for note in getattr(error, "__notes__", ()):
            late.add_note(note)
        raise late from error
    _show(settings, outcome)
    return outcome


def _show(settings: Settings, outcome: stages.Outcome) -> None:
    """Names the run after its release and shows what it made; a release is one also without."""
    try:
        published = outcome.published
        flow_runs.label(settings.warehouse, published.version, is_new=published.is_new)
        artifacts.create(settings, outcome)
    except Exception as error:
        get_run_logger().warning("what the run made is not shown here: %s", error)
