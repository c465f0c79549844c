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

from flows import store
from flows.desk import insist
from flows.errors import in_stage
from flows.signals import sparing_children
from flows.watching import Lines, Watch

Result = TypeVar("Result")


class Clock:
    """Seconds spent stage by stage, and a word to the reader on how far each is."""

    def __init__(self, tell: Callable[[str], None], watch: Watch | None = None) -> None:
        self._watch = watch or Lines(tell)
        self.tell = self._watch.says
        self.seconds: list[tuple[str, float]] = []

    def time(self, name: str, work: Callable[[], Result]) -> Result:
        """The result of the work, its seconds noted under the name."""
        self._watch.begins(name)
        start = time.perf_counter()
        try:
            with in_stage(name):
                return work()
        finally:
            self.note(name, start)
            self._watch.ends(name, self.seconds[-1][1])

    def note(self, name: str, start: float) -> None:
        """Notes the seconds since `start`, a value of time.perf_counter, under the name."""
        self.seconds.append((name, time.perf_counter() - start))

    def through(self, name: str, shards: Sequence[Path]) -> Callable[[Path], None]:
        """To be called with each of the shards when it is through."""
        sizes = {shard: store.captures_in(shard) for shard in shards}
        total, done = sum(sizes.values()), set[Path]()

        def advance(shard: Path) -> None:
            done.add(shard)
            self._watch.advances(name, sum(sizes[s] for s in done), total, "captures")

        return advance


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
            self._clock.time(name, lambda: self._one_by_one(name, stage, shards, arguments))
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
        through = self._clock.through(name, shards)
        insist(
            shards,
            lambda some, is_alone: self._attempt(stage, some, arguments, is_alone, through),
            self._clock.tell,
        )

    def _one_by_one(
        self,
        name: str,
        stage: Callable[..., None],
        shards: Sequence[Path],
        arguments: tuple[Any, ...],
    ) -> None:
        through = self._clock.through(name, shards)
        for shard in shards:
            stage(shard, *arguments)
            through(shard)

    def _attempt(
        self,
        stage: Callable[..., None],
        shards: Sequence[Path],
        arguments: tuple[Any, ...],
        is_alone: bool,
        through: Callable[[Path], None],
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
        for future in as_completed(futures):
            try:
                future.result()
                through(futures[future])
            except BrokenProcessPool:
                left.append(futures[future])
        if left or is_alone:
            # A broken pool takes no more work, and one for a single shard has too few workers.
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        return sorted(left)
