"""What every description of a release starts from: its title, version, day, rights and files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from transforms.rights import Rights

NAME = "communique"
TITLE = "Communique: events in old news pages"
DESCRIPTION = (
    "Events, reports, names, dates and quotations from captures of news pages, each value with "
    "its evidence. Made by the flows of Communique."
)
CREATOR = "The Communique maintainers"
CODE_LICENCE = "Apache-2.0"


@dataclass(frozen=True, slots=True)
class File:
    """One Parquet file of a release: its SHA-256 in hex and its rows."""

    sha256: str
    row_count: int


@dataclass(frozen=True, slots=True)
class About:
    """A release as its descriptions tell of it.

    `day` is the last day a capture was collected, null where none is known: a release is the same
    on whatever day it is made.
    """

    version: str
    day: dt.date | None
    rights: Rights

    @property
    def citation(self) -> str:
        """How to cite it, in a line."""
        return f'"{TITLE}", release {self.version}, with the SHA-256 of its manifest.json.'
