"""The declarations of the released tables hold together."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from transforms.schema import Table, from_arrow
from transforms.tables import RELEASED

TABLES = {table.name: table for table in RELEASED}
# The tables that readers depend on.
NAMES = (
    "captures rejections blocks articles date_candidates entities entity_names entity_ledger"
    " mentions quotations pair_decisions events event_reports event_participants"
    " event_disagreements event_ledger validation_results corrections_applied coverage"
)


def test_all_tables_are_there_once() -> None:
    assert Counter(table.name for table in RELEASED) == Counter(NAMES.split())
    assert all(table.is_released for table in RELEASED)


@pytest.mark.parametrize("table", RELEASED, ids=lambda t: t.name)
def test_a_table_says_what_it_holds(table: Table) -> None:
    assert re.fullmatch(r"One .+\.", table.row)
    assert {*table.key} <= {c.name for c in table.columns}
    for column in table.columns:
        assert re.fullmatch(r"\S.+\.", column.meaning), column.name
        assert column.minimum is None or column.maximum is None or column.minimum < column.maximum


@pytest.mark.parametrize("table", RELEASED, ids=lambda t: t.name)
def test_a_suffix_tells_the_kind(table: Table) -> None:
    kinds = {
        "_id": "string",
        "_count": "int64",
        "_share": "double",
        "_index": "int64",
        "_at": "timestamp[us, tz=UTC]",
        "_date": "date32[day]",
    }
    for column in table.columns:
        for suffix, kind in kinds.items():
            if column.name.endswith(suffix):
                assert str(column.type) == kind, column.name
        assert column.name.startswith(("is_", "has_")) == (str(column.type) == "bool"), column.name


@pytest.mark.parametrize("table", RELEASED, ids=lambda t: t.name)
def test_references_lead_to_a_key(table: Table) -> None:
    for column in table.columns:
        if column.references:
            name, key = column.references.split(".")
            assert TABLES[name].key == (key,)
            assert TABLES[name].column(key).type == column.type


@pytest.mark.parametrize("table", RELEASED, ids=lambda t: t.name)
def test_an_empty_table_has_the_schema(table: Table) -> None:
    assert from_arrow(table.record, table.schema.empty_table()) == []
