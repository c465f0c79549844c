"""A record declares a table once, and rows survive the way through Arrow."""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError, dataclass

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.schema import arrow_type, column, conform, from_arrow, record, table_of, to_arrow


@dataclass(frozen=True, slots=True)
class Berth:
    """One berth of a ship."""

    deck: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Hull:
    """One hull."""

    length: float
    berths: tuple[Berth, ...]
    marks: tuple[str, ...]


@record("ships", key=("port", "number"), is_released=False)
class Ship:
    """One ship in
    one port.

    More words that are not about one row.
    """

    port: str | None = column("Where it lies.")
    number: int = column("Its number.", unit="ships", minimum=1, maximum=9)
    is_afloat: bool = column("Whether it swims.")
    built: dt.date | None = column("First day.")
    seen_at: dt.datetime | None = column("Last seen.", unit="UTC")
    kind: str = column("What it is.", values=("tug", "ferry"), references="kinds.kind")
    hull: Hull = column("Its hull.")
    spare: Hull | None = column("Another hull.")
    legs: tuple[Berth, ...] = column("Berths of its own.")


HULL = Hull(12.5, (Berth(1, "wet"), Berth(2, None)), ("a", ""))
TUG = Ship("Arbroath", 2, True, dt.date(1970, 1, 1), None, "tug", HULL, None, ())
FERRY = Ship(
    None,
    1,
    False,
    None,
    dt.datetime(1999, 5, 4, 3, 2, 1, 7, tzinfo=dt.UTC),
    "ferry",
    Hull(0.0, (), ()),
    HULL,
    (Berth(0, ""),),
)

TEXT = st.text(max_size=5)
BERTHS = st.lists(st.builds(Berth, st.integers(-9, 9), TEXT | st.none()), max_size=3).map(tuple)
HULLS = st.builds(Hull, st.floats(allow_nan=False), BERTHS, st.lists(TEXT, max_size=3).map(tuple))
MOMENTS = st.datetimes(dt.datetime(1800, 1, 1), dt.datetime(2200, 1, 1), timezones=st.just(dt.UTC))
SHIPS = st.builds(
    Ship,
    TEXT | st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.dates() | st.none(),
    MOMENTS | st.none(),
    TEXT,
    HULLS,
    HULLS | st.none(),
    BERTHS,
)


def test_the_declaration_is_the_tables() -> None:
    table = table_of(Ship)
    assert (table.name, table.key, table.is_released) == ("ships", ("port", "number"), False)
    assert table.row == "One ship in one port."
    assert table.schema.metadata == {b"description": b"One ship in one port."}
    number = table.column("number")
    assert (number.unit, number.minimum, number.maximum, number.is_nullable) == (
        "ships",
        1,
        9,
        False,
    )
    assert number.field.metadata == {b"description": b"Its number.", b"unit": b"ships"}
    kind = table.column("kind")
    assert (kind.values, kind.references) == (("tug", "ferry"), "kinds.kind")
    assert table.column("built").is_nullable


def test_an_unknown_column_is_named_with_its_table() -> None:
    with pytest.raises(KeyError, match="table ships has no column mast"):
        table_of(Ship).column("mast")


def test_records_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        TUG.number = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (str, pa.string()),
        (float | None, pa.float64()),
        (dt.datetime, pa.timestamp("us", tz="UTC")),
        (tuple[int, ...], pa.list_(pa.int64())),
        (tuple[Berth, ...], pa.list_(pa.struct([("deck", pa.int64()), ("note", pa.string())]))),
    ],
)
def test_arrow_types(hint: object, expected: pa.DataType) -> None:
    assert arrow_type(hint) == expected


def test_rows_come_back_sorted_by_key_nulls_last() -> None:
    low = Ship("Arbroath", 1, True, None, None, "tug", HULL, HULL, ())
    assert from_arrow(Ship, to_arrow(Ship, [FERRY, TUG, low])) == [low, TUG, FERRY]


@settings(deadline=None)
@given(st.lists(SHIPS, max_size=4, unique_by=lambda s: (s.port, s.number)))
def test_rows_survive_the_round_trip(ships: list[Ship]) -> None:
    data = to_arrow(Ship, ships)
    assert data.schema.equals(table_of(Ship).schema, check_metadata=True)
    expected = sorted(ships, key=lambda s: (s.port is None, (s.port or "").encode(), s.number))
    back = from_arrow(Ship, data)
    assert back == expected
    assert to_arrow(Ship, back).equals(data)


@record("marks", key=("b", "a"), is_released=False)
class Mark:
    """One mark."""

    a: int = column("First.")
    b: str = column("Second.")


def test_conform_orders_columns_and_rows_and_drops_the_rest() -> None:
    data = pa.table(
        {"c": [1.5, 2.5, 3.5], "b": ["y", "x", "y"], "a": pa.array([2, 9, 1], pa.int8())}
    )
    shaped = conform(Mark, data)
    assert shaped.schema.equals(table_of(Mark).schema, check_metadata=True)
    assert shaped.to_pylist() == [{"a": 9, "b": "x"}, {"a": 1, "b": "y"}, {"a": 2, "b": "y"}]
    assert conform(Mark, shaped).equals(shaped)


@given(st.lists(st.tuples(st.integers(-3, 3), st.sampled_from("xyz")), unique=True, max_size=12))
def test_conform_does_not_depend_on_the_order_of_rows(rows: list[tuple[int, str]]) -> None:
    shaped = to_arrow(Mark, (Mark(*row) for row in rows))
    assert shaped.equals(to_arrow(Mark, (Mark(*row) for row in reversed(rows))))
    assert [(r["b"], r["a"]) for r in shaped.to_pylist()] == sorted((b, a) for a, b in rows)


def test_conform_takes_parts_of_one_table_as_one() -> None:
    parts = pa.concat_tables([to_arrow(Mark, [Mark(2, "x")]), to_arrow(Mark, [Mark(1, "x")])])
    shaped = conform(Mark, parts)
    assert shaped.column("a").to_pylist() == [1, 2]
    assert shaped.column("a").num_chunks == 1


def test_conform_says_what_does_not_fit() -> None:
    with pytest.raises(KeyError, match="a"):
        conform(Mark, pa.table({"b": ["x"]}))
    with pytest.raises(pa.ArrowInvalid):
        conform(Mark, pa.table({"a": ["one"], "b": ["x"]}))
    with pytest.raises(KeyError):
        arrow_type(bytes)
