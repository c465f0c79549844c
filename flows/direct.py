"""Carries out the stages as plain calls, without an orchestrator."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from flows.desk import insist
from flows.errors import in_stage
from flows.signals import sparing_children

Result = TypeVar("Result")


class Clock:
    """Seconds spent stage by stage, and a word to the reader when each begins to take long."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.seconds: list[tuple[str, float]] = []

    def time(self, name: str, work: Callable[[], Result]) -> Result:
        """The result of the work, its seconds noted under the name."""
        self.tell(f"{name} ...")
        start = time.perf_counter()
        try:
            with in_stage(name):
                return work()
        finally:
            self.note(name, start)

    def note(self, name: str, start: float) -> None:
        """Notes the seconds since `start`, a value of time.perf_counter, under the name."""
        self.seconds.append((name, time.perf_counter() - start))


class Direct:
    """An executor of plain calls; several shards go to worker processes."""

    def __init__(self, workers: int, clock: Clock) -> None:
        self._workers = workers
        self._clock = clock
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=error is None, cancel_futures=True)

    def once(self, name: str, stage: Callable[..., Result], *arguments: Any) -> Result:
        """The result of the stage."""
        return self._clock.time(name, lambda: stage(*arguments))

    def each(
        self, name: str, stage: Callable[..., None], shards: Sequence[Path], *arguments: Any
    ) -> None:
        """Calls the stage with every shard; one alone is not worth a process."""
        if len(shards) == 1 or self._workers == 1:
            self._clock.time(name, lambda: _one_by_one(stage, shards, arguments))
        else:
            self._clock.time(name, lambda: self._map(name, stage, shards, arguments))

    def tell(self, message: str) -> None:
        """Says something to whoever waits for the run."""
        self._clock.tell(message)

    def waits(self, message: str) -> None:
        """Says that the run waits for another."""
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
        if self._pool is None:
            # Forked children would hold the warehouse's lock after the parent was killed.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(min(self._workers, len(shards)), context)
        futures, left = {}, []
        with sparing_children():
            for shard in shards:
                try:
                    futures[self._pool.submit(stage, shard, *arguments)] = shard
                except BrokenProcessPool:
                    left.append(shard)
        for done, future in enumerate(as_completed(futures), start=1):
            try:
                future.result()
                self._clock.tell(f"{name} {done}/{len(shards)}")
            except BrokenProcessPool:
                left.append(futures[future])
        if left or is_alone:
            # A broken pool takes no more work, and one for a single shard has too few workers.
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        return sorted(left)


def _one_by_one(
    stage: Callable[..., None], shards: Sequence[Path], arguments: tuple[Any, ...]
) -> None:
    for shard in shards:
        stage(shard, *arguments)
