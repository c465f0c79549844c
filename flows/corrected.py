"""Corrections that cannot be applied as they stand, told as what a reader can mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flows.errors import ReaderError
from transforms.corrections import CorrectionError
from transforms.events import ContradictionError


class CorrectionsError(ReaderError):
    """A row of corrections.csv says something impossible, or rows contradict each other."""


@contextmanager
def mendable() -> Iterator[None]:
    """Raises CorrectionsError for whatever is wrong with a correction."""
    try:
        yield
    except (CorrectionError, ContradictionError) as error:
        raise CorrectionsError(str(error)) from error
