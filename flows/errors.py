"""The kind of error that a reader can mend; each module raises its own of that kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

STAGE = "in stage "


class ReaderError(Exception):
    """What a reader can mend: its message says what is wrong, where, and what to do."""

    def facts(self) -> dict[str, Any]:
        """What a program is told of it."""
        return {"error": str(self)}

    def captures(self) -> tuple[str, ...]:
        """The ids of the captures that it is about, where it is about some."""
        return ()


class ShrinkageError(ReaderError):
    """A run that would lose much, or makes nothing of a source; says what and which."""


@contextmanager
def in_stage(name: str) -> Iterator[None]:
    """Notes the stage on whatever error ends it."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"{STAGE}{name}")
        raise


def stage_of(error: BaseException | None) -> str | None:
    """The stage that the error ended; None where it was raised outside of all."""
    notes = getattr(error, "__notes__", ())
    return next((n.removeprefix(STAGE) for n in notes if n.startswith(STAGE)), None)
