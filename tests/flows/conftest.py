"""Small captures and builds, written for these tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flows import store
from tests.flows.servers import Server
from transforms.releases import UPCOMING
from transforms.schema import to_arrow
from transforms.tables import RELEASED, LedgerEntry, Rejection, ValidationResult

STORY = """Ministers open the river bridge
By Anna Lindqvist
GENEVA, June 4 - Ministers of four countries opened a bridge over the river on Tuesday and
called it a sign of better neighbourhood after a decade of quarrels over its cost.
"It took us eleven years and three designs to get to this bank," the transport minister of the
canton, Paul Favre, told reporters in Geneva. "Nobody will ask about the price in fifty years."
Lorries will cross from Monday. Foot passengers, who had waited since dawn behind a ribbon, were
let over at noon and came back with flags of all four countries in their hands.
Copyright Harbour Gazette
"""


@pytest.fixture(scope="session")
def story() -> str:
    """A capture in plain text with one story."""
    return STORY


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A Prefect server of our own; to be started."""
    return Server(tmp_path_factory.mktemp("prefect"))


@pytest.fixture
def make_build(tmp_path: Path) -> Callable[[int], Path]:
    """Writes a build that has so many rejections and nothing else."""

    def make(rejections: int) -> Path:
        folder = tmp_path / "warehouse" / "build"
        store.remove(folder)
        tables = {t.name: t.schema.empty_table() for t in RELEASED}
        tables["rejections"] = to_arrow(
            Rejection,
            [Rejection(f"c_{i}", "captures", "empty", "0 bytes") for i in range(rejections)],
        )
        tables["event_ledger"] = to_arrow(
            LedgerEntry, [LedgerEntry(None, "e_1", "added", "seen first", UPCOMING)]
        )
        tables["validation_results"] = to_arrow(
            ValidationResult,
            [
                ValidationResult(
                    "rejections", "row_count", None, True, None, 0, (), "critical", "release"
                )
            ],
        )
        for table in RELEASED:
            store.write_table(folder, table, tables[table.name])
        return folder

    return make
