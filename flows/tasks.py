"""Carries out the stages as Prefect tasks, within a flow."""

from __future__ import annotations

import contextlib
import inspect
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any, TypeVar

from prefect import State, Task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import TaskRun
from prefect.context import FlowRunContext
from prefect.settings import PREFECT_API_URL
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows import flow_runs, orchestrator
from flows.desk import insist
from flows.direct import Clock
from flows.errors import ReaderError
from flows.signals import sparing_children

Result = TypeVar("Result")

# Sources are elsewhere: a share that is away, a disk that is full, a host that is restarted.
READING = "read"
READ_DELAYS = (10.0, 60.0)
# A worker that ran out of memory does so again unless others are through.
LOST_DELAY = 2.0


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
        self._is_waiting = False

    def once(self, name: str, stage: Callable[..., Result], *arguments: Any) -> Result:
        """The result of the stage; one that reads sources is tried again where that may help."""
        if self._is_waiting:
            flow_runs.goes_on()
            self._is_waiting = False
        as_task = _task(name, stage)
        if name == READING:
            as_task = as_task.with_options(
                retries=len(READ_DELAYS),
                retry_delay_seconds=list(READ_DELAYS),
                retry_condition_fn=_may_pass,
            )
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

    def waits(self, message: str) -> None:
        """Says that the run waits for another, also in the state that Prefect shows."""
        self._clock.tell(message)
        flow_runs.waits(message)
        self._is_waiting = True

    def _map(
        self,
        name: str,
        stage: Callable[..., None],
        shards: Sequence[Path],
        arguments: tuple[Any, ...],
    ) -> None:
        through = self._clock.through(name, shards)
        insist(
            shards,
            lambda some, is_alone: self._attempt(name, stage, some, arguments, is_alone, through),
            self._clock.tell,
        )

    def _attempt(
        self,
        name: str,
        stage: Callable[..., None],
        shards: Sequence[Path],
        arguments: tuple[Any, ...],
        is_alone: bool,
        through: Callable[[Path], None],
    ) -> list[Path]:
        """The shards that were not done since a worker process died."""
        if is_alone:
            time.sleep(LOST_DELAY)
        runner = self._runner = self._runner or self._chosen_runner(len(shards))
        as_task = _task(name, stage)
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
        for shard, future in futures:
            try:
                future.result()
                through(shard)
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


def embedded_server() -> int | None:
    """The process of the server that Prefect started for this run, if it did."""
    if PREFECT_API_URL.value():
        return None
    # Only here: with a server elsewhere its code, two seconds' worth, is not loaded.
    from prefect.server.api.server import SubprocessASGIServer

    running = SubprocessASGIServer().server_process
    return running.pid if running else None


def _task(name: str, stage: Callable[..., Result]) -> Task[..., Result]:
    return Task(stage, name=name, cache_policy=NO_CACHE, persist_result=False)


def _may_pass(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """Whether the error is of a kind that passes by itself; what a reader must mend is not."""
    error = state.result(raise_on_failure=False)
    lasting = (ReaderError, FileNotFoundError, PermissionError, NotADirectoryError)
    return isinstance(error, OSError) and not isinstance(error, lasting)


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
