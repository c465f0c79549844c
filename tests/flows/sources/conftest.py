"""What the tests of sources share: a source read whole, and what was noted beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flows import sources
from transforms.captures import RawCapture

Read = Callable[..., tuple[list[RawCapture], list[str]]]


@pytest.fixture
def read() -> Read:
    """Reads a source: its captures in order, and what was told of the rest."""

    def read_source(place: Path, **limits: int) -> tuple[list[RawCapture], list[str]]:
        notes = sources.Notes()
        return list(sources.read([place], sources.Limits(**limits), notes)), notes.told()

    return read_source
