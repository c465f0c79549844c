"""The kind of error that a reader can mend; each module raises its own of that kind."""

from __future__ import annotations

from typing import Any


class ReaderError(Exception):
    """What a reader can mend: its message says what is wrong, where, and what to do."""

    def facts(self) -> dict[str, Any]:
        """What a program is told of it."""
        return {"error": str(self)}


class ShrinkageError(ReaderError):
    """A run that would lose much, or makes nothing of a source; says what and which."""
