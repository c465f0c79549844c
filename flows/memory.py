"""What the store remembers of addresses on the web, kept only together with what they gave."""

from __future__ import annotations

from flows.packs import Packs
from flows.sources import Met


class Memory:
    """A memory of how addresses answered; what is new is written with the captures."""

    def __init__(self, kept: Packs) -> None:
        self._index = kept.index
        self._new: dict[str, Met] = {}

    def recall(self, address: str) -> Met | None:
        """What is remembered of the address; None where it was never met."""
        if address in self._new:
            return self._new[address]
        query = "SELECT etag, last_modified, version, status FROM fetched WHERE address = ?"
        row = self._index.execute(query, (address,)).fetchone()
        return Met(*row) if row else None

    def remember(self, address: str, met: Met) -> None:
        """Remembers the address as met."""
        self._new[address] = met

    def write(self) -> None:
        """Writes what is new beside the captures; it is kept when they are."""
        self._index.executemany(
            "INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?, ?)",
            [(a, m.etag, m.last_modified, m.version, m.status) for a, m in self._new.items()],
        )
