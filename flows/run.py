"""The Prefect flow: every stage of the way a task, the shards of a stage one task each."""

from __future__ import annotations

import contextlib
import inspect
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from prefect import Task, flow, get_run_logger
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext
from prefect.settings import PREFECT_API_URL
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows import guard, orchestrator, stages, summary
from flows.desk import insist
from flows.direct import Clock
from flows.settings import Settings, from_options
from flows.signals import sparing_children
from flows.validator import Validator

Result = TypeVar("Result")


@flow(name="communique", validate_parameters=True)
def communique(
    sources: list[str] | None = None,
    warehouse: str = "warehouse",
    authority: list[str] | None = None,
    workers: int | None = None,
    shard_size: int | None = None,
    max_capture_mb: float | None = None,
    max_capture_seconds: float | None = None,
    max_capture_memory_mb: float | None = None,
    lock_timeout: float | None = None,
    site: bool = True,
    mirror: bool = False,
    sources_file: str | None = None,
    only: list[str] | None = None,
    strict: bool = False,
    max_quarantine: float | None = None,
    allow_shrink: bool = False,
) -> str:
    """Turns captures into a validated release with its catalog; returns the release's version.

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
        strict: A broken rule stops the run; else the captures behind it are left out.
        max_quarantine: Share of the captures that may be left out so; none given: 0.02.
        allow_shrink: The release may lose over a fifth of what the last one holds.
    """
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
        strict=strict,
        max_quarantine=max_quarantine,
        allow_shrink=allow_shrink,
    )
    asked = _asked_here()
    if asked is None:
        logger = get_run_logger()
        outcome = _carry_out(settings, Clock(logger.info))
        counts = outcome.verdict.quarantined_count, outcome.verdict.capture_count
        for line in summary.quarantine_lines(*counts):
            logger.warning(line.removeprefix("warning: "))
        return outcome.published.version
    asked.clock.note("server", asked.start)
    with guard.guarded(_embedded_server()):
        asked.outcome = _carry_out(settings, asked.clock, asked.validator)
    asked.start = time.perf_counter()
    return asked.outcome.published.version


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
        if name in ("sources", "authority")
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


def _embedded_server() -> int | None:
    """The process of the server that Prefect started for this run, if it did."""
    if PREFECT_API_URL.value():
        return None
    # Only here: with a server elsewhere its code, two seconds' worth, is not loaded.
    from prefect.server.api.server import SubprocessASGIServer

    running = SubprocessASGIServer().server_process
    return running.pid if running else None


def _carry_out(
    settings: Settings, clock: Clock, validator: Validator | None = None
) -> stages.Outcome:
    with contextlib.ExitStack() as resources:
        rules = validator or resources.enter_context(Validator())
        return stages.run(settings, Orchestrated(settings.workers, clock, resources), rules)


class Orchestrated:
    """An executor of Prefect tasks, within a flow.

    Several shards go to worker processes, unless the flow was given a task runner of another kind
    (Dask, Ray): then that one takes them.
    """

    def __init__(self, workers: int, clock: Clock, resources: contextlib.ExitStack) -> None:
        self._workers = workers
        self._clock = clock
        self._resources = resources
        self._runner: TaskRunner[Any] | None = None

    def once(self, name: str, stage: Callable[..., Result], *arguments: Any) -> Result:
        """The result of the stage."""
        as_task = Task(stage, name=name, cache_policy=NO_CACHE, persist_result=False)
        return self._clock.time(name, lambda: as_task(*arguments))

    def each(
        self, name: str, stage: Callable[..., None], shards: Sequence[Path], *arguments: Any
    ) -> None:
        """Calls the stage with every shard; one alone is not worth a process."""
        if len(shards) == 1:
            self.once(name, stage, shards[0], *arguments)
        else:
            self._clock.time(name, lambda: self._map(name, stage, shards, arguments))

    def tell(self, message: str) -> None:
        """Says something to whoever waits for the run."""
        self._clock.tell(message)

    def _map(
        self,
        name: str,
        stage: Callable[..., None],
        shards: Sequence[Path],
        arguments: tuple[Any, ...],
    ) -> None:
        insist(
            shards,
            lambda some, is_alone: self._attempt(name, stage, some, arguments, is_alone),
            self._clock.tell,
        )

    def _attempt(
        self,
        name: str,
        stage: Callable[..., None],
        shards: Sequence[Path],
        arguments: tuple[Any, ...],
        is_alone: bool,
    ) -> list[Path]:
        """The shards that were not done since a worker process died."""
        runner = self._runner = self._runner or self._chosen_runner(len(shards))
        as_task = Task(stage, name=name, cache_policy=NO_CACHE, persist_result=False)
        bind = inspect.signature(stage).bind
        futures, left = [], []
        with sparing_children():
            for shard in shards:
                try:
                    futures.append(
                        (shard, runner.submit(as_task, dict(bind(shard, *arguments).arguments)))
                    )
                except BrokenExecutor:
                    left.append(shard)
        for done, (shard, future) in enumerate(futures, start=1):
            try:
                future.result()
                self._clock.tell(f"{name} {done}/{len(shards)}")
            except BrokenExecutor:
                left.append(shard)
        if left or is_alone:
            # A broken pool takes no more work, and one for a single shard has too few workers.
            self._runner = None
        return left

    def _chosen_runner(self, shard_count: int) -> TaskRunner[Any]:
        context = FlowRunContext.get()
        given: TaskRunner[Any] | None = context.task_runner if context else None
        if given is not None and not isinstance(given, ThreadPoolTaskRunner):
            return given
        self._resources.enter_context(_address_for_children())
        workers = min(self._workers, shard_count)
        return self._resources.enter_context(ProcessPoolTaskRunner(max_workers=workers))


@contextlib.contextmanager
def _address_for_children() -> Iterator[None]:
    """Worker processes find the embedded server of this flow; else each would embed its own."""
    name = orchestrator.ADDRESS
    before = os.environ.get(name)
    with get_client(sync_client=True) as client:
        os.environ[name] = str(client.api_url)
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
