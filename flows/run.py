"""The Prefect flow: every stage of the way a task, the shards of a stage one task each."""

from __future__ import annotations

import contextlib
import inspect
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from prefect import Task, flow, get_run_logger
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows import orchestrator, stages
from flows.direct import Clock
from flows.settings import Settings, from_options
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
) -> str:
    """Turns captures into a validated release with its catalog; returns the release's version.

    Args:
        sources: Folders of captures; none given: the sample archive.
        warehouse: Folder that the releases go to.
        authority: Folders of reference tables, each before the project's own.
        workers: Worker processes; none given: one for each core.
        shard_size: Captures in a task; none given: by their number.
        max_capture_mb: Captures beyond this are rejected.
    """
    logger = get_run_logger()
    settings = from_options(
        sources=tuple(sources or ()),
        warehouse=warehouse,
        authority=tuple(authority or ()),
        workers=workers,
        shard_size=shard_size,
        max_capture_mb=max_capture_mb,
    )
    with Validator() as validator:
        outcome = carry_out(settings, Clock(logger.info), validator)
    logger.info("release %s in %s", outcome.published.version, outcome.published.folder)
    return outcome.published.version


def carry_out(settings: Settings, clock: Clock, validator: Validator) -> stages.Outcome:
    """The way from sources to catalog, as tasks of the flow that is running."""
    with contextlib.ExitStack() as resources:
        return stages.run(settings, Orchestrated(settings.workers, clock, resources), validator)


def run(settings: Settings, clock: Clock, validator: Validator) -> stages.Outcome:
    """Runs the flow from here, on the server that is there or else on an embedded one."""

    @flow(name=communique.name, description=communique.description, persist_result=False)
    def from_here(sources: list[str], warehouse: str, workers: int) -> stages.Outcome:
        clock.note("server", start)
        outcome = carry_out(settings, clock, validator)
        ends.append(time.perf_counter())
        return outcome

    start, ends = time.perf_counter(), list[float]()
    with server() as address:
        clock.tell(f"server {address} ..." if address else "server, embedded ...")
        shown = [str(s) for s in settings.sources]
        outcome = from_here(shown, str(settings.warehouse), settings.workers)
    clock.note("records", *ends)
    return outcome


@contextlib.contextmanager
def server() -> Iterator[str | None]:
    """The server Prefect was told of, else one on the usual port; None: it embeds its own."""
    told = PREFECT_API_URL.value()
    found = None if told else orchestrator.local_server()
    with contextlib.ExitStack() as settings:
        if found:
            settings.enter_context(temporary_settings({PREFECT_API_URL: found}))
        yield told or found


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
        runner = self._runner = self._runner or self._chosen_runner(len(shards))
        as_task = Task(stage, name=name, cache_policy=NO_CACHE, persist_result=False)
        bind = inspect.signature(stage).bind
        futures = [
            runner.submit(as_task, dict(bind(shard, *arguments).arguments)) for shard in shards
        ]
        for done, future in enumerate(futures, start=1):
            future.result()
            self._clock.tell(f"{name} {done}/{len(shards)}")

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
    """Worker processes find the server of this flow; else each would embed one of its own."""
    name = PREFECT_API_URL.name
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
