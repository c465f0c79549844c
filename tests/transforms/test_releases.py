"""What differs between releases, and the version that follows from it."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import releases
from transforms.releases import TableChange
from transforms.schema import column, record, table_of


@record("ships", key=("name", "port"))
class Ship:
    """One ship in one port."""

    name: str = column("Name.")
    port: str | None = column("Port; null: at sea.")
    tons: int | None = column("Size.", unit="tons")


SHIPS = table_of(Ship)
ROWS = [("Ada", "Oslo", 10), ("Ada", None, 10), ("Bo", None, None)]


def ships(*rows: tuple[str, str | None, int | None]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    arrays = [pa.array(c, f.type) for c, f in zip(columns, SHIPS.schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=SHIPS.schema)


def changes(before: pa.Table | None, after: pa.Table | None) -> tuple[TableChange, ...]:
    one, other = ({} if t is None else {"ships": t} for t in (before, after))
    return releases.difference(one, other, [SHIPS])


def test_the_same_rows_differ_in_nothing() -> None:
    assert changes(ships(*ROWS), ships(*ROWS)) == ()


def test_rows_are_paired_by_key_and_a_null_equals_a_null() -> None:
    after = [("Ada", "Oslo", 11), ("Ada", None, 10), ("Cy", None, None)]
    assert changes(ships(*ROWS), ships(*after)) == (
        TableChange("ships", 3, 3, added=1, removed=1, changed=1),
    )


def test_a_value_that_becomes_null_is_a_change() -> None:
    (change,) = changes(ships(("Ada", None, 10)), ships(("Ada", None, None)))
    assert (change.added, change.removed, change.changed) == (0, 0, 1)


def test_columns_that_come_and_go() -> None:
    before = ships(*ROWS)
    after = before.drop_columns(["tons"]).append_column("flag", pa.array(["no"] * 3))
    (change,) = changes(before, after)
    assert (change.columns_added, change.columns_removed) == (("flag",), ("tons",))
    assert (change.added, change.removed, change.changed) == (0, 0, 0)


def test_a_column_of_another_type() -> None:
    before = ships(*ROWS)
    after = before.set_column(2, "tons", before["tons"].cast(pa.float64()))
    (change,) = changes(before, after)
    assert change.columns_retyped == ("tons",)


def test_a_whole_table_comes_or_goes() -> None:
    (come,) = changes(None, ships(*ROWS))
    assert (come.added, come.columns_added) == (3, ("name", "port", "tons"))
    (gone,) = changes(ships(*ROWS), None)
    assert (gone.removed, gone.breaks_readers) == (3, True)


def test_a_table_no_longer_declared_is_gone() -> None:
    (gone,) = releases.difference({"boats": ships(*ROWS)}, {}, [SHIPS])
    assert (gone.table_name, gone.breaks_readers) == ("boats", True)


def test_accounts_of_the_making_are_not_compared() -> None:
    assert releases.difference({}, {"event_ledger": ships(*ROWS)}, [SHIPS]) == ()


ROW_CHANGE = TableChange("ships", 1, 2, added=1, removed=0, changed=0)


@pytest.mark.parametrize(
    ("previous", "found", "version"),
    [
        (None, (), "1.0.0"),
        (None, (ROW_CHANGE,), "1.0.0"),
        ("1.4.2", (), None),
        ("1.4.2", (ROW_CHANGE,), "1.5.0"),
        ("1.9.0", (ROW_CHANGE,), "1.10.0"),
        ("1.4.2", (TableChange("ships", 1, 1, 0, 0, 0, columns_added=("flag",)),), "1.5.0"),
        ("1.4.2", (ROW_CHANGE, TableChange("s", 1, 1, 0, 0, 0, columns_removed=("t",))), "2.0.0"),
        ("1.4.2", (TableChange("ships", 1, 1, 0, 0, 0, columns_retyped=("tons",)),), "2.0.0"),
        ("1.4.2", (TableChange("ships", 1, 1, 0, 0, 0, is_described_anew=True),), "1.4.3"),
    ],
)
def test_the_version_follows_from_the_difference(
    previous: str | None, found: tuple[TableChange, ...], version: str | None
) -> None:
    assert releases.next_version(previous, found) == version


def test_the_ledger_gets_the_number_where_it_said_upcoming() -> None:
    ledger = pa.table({"release": ["1.0.0", releases.UPCOMING], "change": ["added", "kept"]})
    assert releases.number_ledger(ledger, "1.1.0")["release"].to_pylist() == ["1.0.0", "1.1.0"]


def test_the_entry_tells_rows_columns_and_what_became_of_events() -> None:
    found = (TableChange("ships", 3, 4, 2, 1, 1, columns_added=("flag",)),)
    ledger = pa.table(
        {
            "old_event_id": ["e_1", "e_2", "e_9"],
            "new_event_id": ["e_1", "e_1", "e_8"],
            "change": ["kept", "merged", "split"],
            "cause": ["", "a report of both came in", "earlier"],
            "release": ["1.1.0", "1.1.0", "1.0.0"],
        }
    )
    assert releases.changelog_entry("1.1.0", "1.0.0", found, ledger) == (
        "## 1.1.0\n\nSince 1.0.0:\n\n"
        "| table | rows before | rows now | added | removed | changed |\n"
        "|---|--:|--:|--:|--:|--:|\n"
        "| ships | 3 | 4 | 2 | 1 | 1 |\n\n"
        "- ships: columns new: flag\n\n"
        "- event e_2 -> e_1: merged; a report of both came in\n"
    )


NAMES = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.none() | st.sampled_from("xy")),
    st.none() | st.integers(0, 2),
    max_size=6,
)


@given(NAMES, NAMES)
def test_counts_are_those_of_sets(
    before: dict[tuple[str, str | None], int | None],
    after: dict[tuple[str, str | None], int | None],
) -> None:
    one, other = (ships(*((n, p, t) for (n, p), t in d.items())) for d in (before, after))
    shared = before.keys() & after.keys()
    counts = (
        len(after.keys() - before.keys()),
        len(before.keys() - after.keys()),
        sum(before[k] != after[k] for k in shared),
    )
    found = [(c.added, c.removed, c.changed) for c in changes(one, other)]
    assert found == ([counts] if any(counts) else [])
