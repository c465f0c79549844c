"""What one capture may cost: CPU time and memory, so that a hostile one costs itself alone.

The time is that of the process in Python, told by a signal; in a thread that takes no signals
(some task runners have such workers) it is looked at between the stages. The memory is a limit
that the kernel keeps; where it has none, only the time is bounded.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from flows.settings import MEGABYTE, Settings

STATUS = Path("/proc/self/status")
# Told again and again: a library may have swallowed what it was told before.
AGAIN_SECONDS = 1.0


class TooCostlyError(BaseException):
    """A capture that costs more than it may; no `except Exception` of a library swallows it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """CPU seconds, and bytes beside what the process holds already."""

    seconds: float
    memory_bytes: int

    @classmethod
    def of(cls, settings: Settings) -> Budget:
        """What the settings allow a capture in one stage of the flow."""
        return cls(settings.max_capture_seconds, settings.max_capture_memory_bytes)


class Meter:
    """Holds one piece of work to a budget, and knows which stage it is in."""

    def __init__(self, budget: Budget, stage: str, note: Callable[[str], None]) -> None:
        self.stage = stage
        self.budget = budget
        self._note = note
        self._start = time.thread_time()
        note(stage)

    def at(self, stage: str) -> None:
        """Says that this stage comes next; raises TooCostlyError where the time is over."""
        if time.thread_time() - self._start > self.budget.seconds:
            raise TooCostlyError(self.time_spent)
        self.stage = stage
        self._note(stage)

    @property
    def time_spent(self) -> str:
        """That the time is over, in words."""
        return f"over {self.budget.seconds:g} s of CPU time"

    @property
    def memory_spent(self) -> str:
        """That the memory is used up, in words."""
        return f"over {self.budget.memory_bytes // MEGABYTE} MB of memory"


@contextlib.contextmanager
def held_to(meter: Meter) -> Iterator[None]:
    """Raises TooCostlyError, with the reason in words, where the work goes over the budget."""
    with _memory_limit(meter.budget.memory_bytes):
        try:
            with _alarm(meter.budget.seconds, meter):
                yield
        except MemoryError:
            raise TooCostlyError(meter.memory_spent) from None


@contextlib.contextmanager
def _alarm(seconds: float, meter: Meter) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise TooCostlyError(meter.time_spent)

    before = signal.signal(signal.SIGVTALRM, over)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN_SECONDS)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextlib.contextmanager
def _memory_limit(more: int) -> Iterator[None]:
    held = _held_bytes()
    if held is None:
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = held + more
    limits = [n for n in (wanted, *before) if n != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(limits), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _held_bytes() -> int | None:
    """The private memory of this process; None where the system does not tell."""
    try:
        for line in STATUS.read_text("ascii").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return None
    return None
