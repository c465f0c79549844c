"""A small good release, made by hand: six captures, two events, every table filled.

Every row of it carries a mark in its ids, names and texts, so that many such releases, most with
one fault each, can be validated together and every failing row be told to its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from tests.expectations import linked_rows, story_rows
from tests.expectations.story_rows import Rows
from transforms.tables import RELEASED

_MARK = re.compile("f00d([0-9a-f]{4})")
_JUDGED = tuple(table for table in RELEASED if table.name != "validation_results")


def world_of(row: Mapping[str, Any]) -> int | None:
    """The release a row belongs to by its mark; None where it carries none."""
    found = _MARK.search(repr(row))
    return int(found[1], 16) if found else None


def good(world: int = 0) -> Rows:
    """The rows of the good release with that mark."""
    rows = {
        **story_rows.captures(world),
        **story_rows.stories(world),
        "date_candidates": story_rows.clues(world),
        **linked_rows.names(world),
        **linked_rows.events(world),
    }
    assert sorted(rows) == sorted(table.name for table in _JUDGED)
    return rows


def to_tables(worlds: Iterable[Rows]) -> dict[str, pa.Table]:
    """The releases as Arrow tables of the declared schemas, one after the other."""
    together = list(worlds)
    return {
        table.name: pa.Table.from_pylist(
            [row for world in together for row in world[table.name]], schema=table.schema
        )
        for table in _JUDGED
    }
