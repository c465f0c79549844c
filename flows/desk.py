"""A worker's desk: captures taken one by one, so that each costs itself alone, whatever happens.

Over its budget, or where a stage fails on it, a capture is rejected and the next one taken. If
the worker itself dies, a note beside the shards says which capture it held: on retry, alone in a
worker of its own, the one that ends it again is left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from flows import signals
from flows.budget import Budget, Meter, TooCostlyError, held_to
from flows.errors import ReaderError
from flows.settings import Settings
from transforms.corrections import CorrectionError
from transforms.tables import Rejection

Result = TypeVar("Result")

LOST = "the worker process that read it ended, killed or out of memory, and did so again on retry"
# Where more captures of one shard end their workers it is not they that are at fault.
MOST_LOST = 20
NOTE_BYTES = 80


class WorkersLostError(ReaderError):
    """Worker processes end whatever they are given."""


class Desk:
    """Takes the captures of one batch, each within its budget."""

    def __init__(self, batch: Path, settings: Settings, note: int) -> None:
        self._budget = Budget.of(settings)
        self._note = note
        self._lost = _lost(_folder(batch.parent))

    def take(
        self, capture_id: str, stage: str, work: Callable[[Meter], Result]
    ) -> Result | Rejection:
        """What comes of the capture; where it costs too much or a stage fails, its rejection."""
        if capture_id in self._lost:
            return Rejection(capture_id, self._lost[capture_id], "too_costly", LOST)
        meter = Meter(self._budget, stage, lambda at: self._write(f"{capture_id} {at}"))
        try:
            with held_to(meter):
                return work(meter)
        except TooCostlyError as error:
            return Rejection(capture_id, meter.stage, "too_costly", str(error))
        except CorrectionError:
            raise
        except Exception as error:  # whatever a hostile page breaks, the other captures go on
            detail = f"{type(error).__name__}: {error}"
            return Rejection(capture_id, meter.stage, "unparseable", detail)

    def _write(self, words: str) -> None:
        # In the kernel's hands at once: the process may be killed next.
        os.pwrite(self._note, words.ljust(NOTE_BYTES).encode(), 0)


@contextmanager
def desk(batch: Path, settings: Settings) -> Iterator[Desk]:
    """A desk for the captures of this batch; its note goes when they are done."""
    signals.end_with_parent()
    path = _folder(batch.parent) / f"{batch.parent.name}-{batch.stem}"
    path.parent.mkdir(exist_ok=True)
    note = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        yield Desk(batch, settings, note)
        path.unlink()
    finally:
        os.close(note)


def insist(
    shards: Sequence[Path],
    attempt: Callable[[Sequence[Path], bool], list[Path]],
    tell: Callable[[str], None],
) -> None:
    """Has every shard carried out, although workers may die.

    `attempt` carries shards out in worker processes, one after another if its second argument
    is true, and returns those that were not done since a process died.
    """
    left = attempt(shards, False)
    while left:
        begun = [shard for shard in left if _held(shard)]
        if not begun:
            raise WorkersLostError(
                "a worker process ended before it had read anything, killed or out of memory: "
                "see what the system's log says, or use fewer --workers"
            )
        tell("a worker process ended; what it held is done again, by itself")
        for shard in begun:
            _alone(shard, attempt, tell)
        rest = [shard for shard in left if shard not in begun]
        left = attempt(rest, False) if rest else []


def _alone(
    shard: Path,
    attempt: Callable[[Sequence[Path], bool], list[Path]],
    tell: Callable[[str], None],
) -> None:
    for _ in range(MOST_LOST):
        _forget(shard)
        if not attempt([shard], True):
            return
        for capture_id, stage in _held(shard):
            folder = _folder(shard)
            (folder / f"lost-{capture_id}").write_text(stage)
            tell(f"capture {capture_id} ended its worker process again and is left out")
    raise WorkersLostError(
        f"a worker process ended {MOST_LOST} times over captures of one shard: see what the "
        "system's log says, or use fewer --workers"
    )


def _folder(shard: Path) -> Path:
    return shard.parent.with_name("held")


def _notes(shard: Path) -> list[Path]:
    return sorted(_folder(shard).glob(f"{shard.name}-*"))


def _held(shard: Path) -> list[tuple[str, str]]:
    """The captures that workers held when they died, and the stages they were in."""
    words = [path.read_text().split() for path in _notes(shard)]
    return [(capture_id, stage) for capture_id, stage in (w for w in words if len(w) == 2)]


def _forget(shard: Path) -> None:
    for path in _notes(shard):
        path.unlink()


def _lost(folder: Path) -> dict[str, str]:
    """The stage in which each capture that is left out ended its worker, by capture."""
    return {path.name.removeprefix("lost-"): path.read_text() for path in folder.glob("lost-*")}
