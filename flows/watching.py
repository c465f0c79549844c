"""How a run tells what it is doing: plain lines, a progress bar for a person, or JSON for a log."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Watch(Protocol):
    """Takes the events of a run."""

    def says(self, message: str) -> None:
        """Something that a reader should know."""

    def begins(self, stage: str) -> None:
        """A stage begins."""

    def advances(self, stage: str, done: int, total: int, unit: str) -> None:
        """So many captures, or shards of them, of a stage are through."""

    def ends(self, stage: str, seconds: float) -> None:
        """A stage is over."""


class Lines:
    """Plain lines, one an event."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def says(self, message: str) -> None:
        """The message as a line."""
        self._say(message)

    def begins(self, stage: str) -> None:
        """A line with the stage."""
        self._say(f"{stage} ...")

    def advances(self, stage: str, done: int, total: int, unit: str) -> None:
        """A line with the numbers."""
        self._say(f"{stage} {done:,}/{total:,} {unit}")

    def ends(self, stage: str, seconds: float) -> None:
        """Nothing: the next stage says so."""


class JsonLines:
    """Lines of JSON on standard error, one an event, for a collector of logs."""

    def says(self, message: str) -> None:
        """An event `message`."""
        self.event("message", message=message)

    def begins(self, stage: str) -> None:
        """An event `stage_begins`."""
        self.event("stage_begins", stage=stage)

    def advances(self, stage: str, done: int, total: int, unit: str) -> None:
        """An event `progress`."""
        self.event("progress", stage=stage, done=done, total=total, unit=unit)

    def ends(self, stage: str, seconds: float) -> None:
        """An event `stage_ends`."""
        self.event("stage_ends", stage=stage, seconds=round(seconds, 3))

    def event(self, name: str, **facts: Any) -> None:
        """One line: time, level, event and its facts."""
        level = "error" if name == "run_fails" else "info"
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "level": level, "event": name, **facts}
        click.echo(json.dumps(line, ensure_ascii=False, default=str), err=True)


class Bars:
    """A bar for the stage of the moment: captures done, their rate, the time left."""

    def __init__(self) -> None:
        # Only here: a run that nobody looks at does not load it.
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._progress: Progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:12}"),
            BarColumn(30),
            TextColumn("{task.fields[told]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._tasks: dict[str, tuple[TaskID, float]] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def says(self, message: str) -> None:
        """The message above the bar."""
        # Not `print`: names of files may look like markup.
        self._progress.console.print(message, markup=False, highlight=False)

    def begins(self, stage: str) -> None:
        """A bar of unknown length."""
        task = self._progress.add_task(stage, total=None, told="")
        self._tasks[stage] = task, time.monotonic()

    def advances(self, stage: str, done: int, total: int, unit: str) -> None:
        """The bar so far, with rate and time left."""
        if stage not in self._tasks:
            return
        task, start = self._tasks[stage]
        spent = max(time.monotonic() - start, 1e-3)
        told = f"{done:,}/{total:,} {unit}"
        if done:
            left = dt.timedelta(seconds=round(spent * (total - done) / done))
            told += f"  {done / spent:,.0f}/s  {left} left"
        self._progress.update(task, completed=done, total=total, told=told)

    def ends(self, stage: str, seconds: float) -> None:
        """A line with the stage and its time, and no bar."""
        task, _ = self._tasks.pop(stage, (None, 0.0))
        told = ""
        if task is not None:
            total = next((t.total for t in self._progress.tasks if t.id == task), None)
            told = f"  {total:,.0f} captures" if total else ""
            self._progress.remove_task(task)
        self.says(f"{stage:12} {seconds:7.1f} s{told}")


def is_looked_at() -> bool:
    """Whether a person looks at standard error."""
    return sys.stderr.isatty()
