"""A small good release, published as a run would publish it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import publish, store
from tests.expectations.release import good, to_tables
from transforms.tables import RELEASED


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the release, 1.0.0, in a warehouse of its own."""
    warehouse = tmp_path_factory.mktemp("sharing")
    tables = to_tables([good(n) for n in range(3)])
    for table in RELEASED:
        rows = tables.get(table.name, table.schema.empty_table())
        # Worlds stand one after the other; the store wants each table in the order of its key.
        store.write_table(
            warehouse / "build", table, rows.sort_by([(k, "ascending") for k in table.key])
        )
    return publish.publish(warehouse / "build", warehouse / "releases", {}).folder
