"""Releases made by hand for the tests of the site: folders of Parquet with a manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from flows import measuring, store
from tests.expectations.release import good, to_tables
from tests.expectations.story_rows import Rows
from transforms.tables import RELEASED


def write(folder: Path, worlds: Iterable[Rows] | None = None, before: Path | None = None) -> Path:
    """The folder, holding the release of these worlds; by default of the first good one."""
    folder.mkdir(parents=True)
    tables = to_tables([good()] if worlds is None else worlds)
    for table in RELEASED:
        store.write_table(folder, table, tables.get(table.name, table.schema.empty_table()))
    (folder / "manifest.json").write_text(json.dumps({"version": folder.name}))
    measuring.write_quality(folder, before, {})
    return folder
