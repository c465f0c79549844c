"""Reference tables are read cell by cell, and a wrong one is named."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.transforms.made import day
from transforms import authority
from transforms.authority import FAR_FUTURE, FAR_PAST, Authority, AuthorityError, earliest, latest

OFFICE = {
    "person_id": "ann-lee", "office": "Mayor", "organisation_id": "", "country": " Norway ",
    "from_date": "1994-06", "to_date": "1996", "note": "not read", "source": "a book",
}  # fmt: skip
EVENT = {
    "timeline_id": "pier-1995", "date_start": "1995-02", "date_end": "", "title": "Pier closes",
    "kind": "closing", "event_type": "", "place_id": "", "organisations": "port | union|",
    "people": "", "terms": "", "source": "a book",
}  # fmt: skip
PLACE = {
    "place_id": "bergen", "name": "Bergen", "place_type": "city", "country": "Norway",
    "latitude": "60.39", "longitude": "", "government_id": "", "wikidata_id": "", "source": "map",
}  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("1996", "1996-01-01", "1996-12-31"),
        ("1996-02", "1996-02-01", "1996-02-29"),
        ("1995-02", "1995-02-01", "1995-02-28"),
        ("1995-11-30", "1995-11-30", "1995-11-30"),
    ],
)
def test_a_printed_date_is_as_wide_as_it_is_printed(printed: str, first: str, last: str) -> None:
    assert (earliest(printed), latest(printed)) == (day(first), day(last))


@pytest.mark.parametrize("printed", ["", "May 1996", "1996-13", "1995-02-29", "1996-01-01-01"])
def test_other_dates_are_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        earliest(printed)
    with pytest.raises(ValueError, match=r"."):
        latest(printed)


def test_cells_become_what_their_column_says() -> None:
    known = authority.parse({"offices": [OFFICE], "timeline": [EVENT], "places": [PLACE]})
    (spell,), (event,), (place,) = known.offices, known.timeline, known.places
    assert (spell.organisation_id, spell.country) == (None, "Norway")
    assert (spell.from_date, spell.to_date) == (dt.date(1994, 6, 1), dt.date(1996, 12, 31))
    assert (event.date_start, event.date_end) == (dt.date(1995, 2, 1), dt.date(1995, 2, 28))
    assert (event.organisations, event.people, event.terms) == (("port", "union"), (), "")
    assert (place.latitude, place.longitude) == (60.39, None)
    assert known.people == ()


def test_an_open_spell_has_no_bounds() -> None:
    (spell,) = authority.parse({"offices": [OFFICE | {"from_date": "", "to_date": ""}]}).offices
    assert (spell.from_date, spell.to_date) == (FAR_PAST, FAR_FUTURE)


def test_rows_keep_their_order() -> None:
    rows = [PLACE | {"place_id": key} for key in ("c", "a", "b")]
    assert [p.place_id for p in authority.parse({"places": rows}).places] == ["c", "a", "b"]
    assert authority.parse({}) == Authority()


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("offices", OFFICE | {"from_date": "spring"}, "offices.csv, line 3, column from_date"),
        (
            "offices",
            OFFICE | {"office": " "},
            "offices.csv, line 3, column office: the cell is empty",
        ),
        (
            "offices",
            OFFICE | {"source": ""},
            "offices.csv, line 3, column source: every row needs one",
        ),
        ("timeline", EVENT | {"date_start": ""}, "timeline.csv, line 3, column date_start"),
        ("places", PLACE | {"latitude": "north"}, "places.csv, line 3, column latitude"),
        ("places", {"place_id": "x", "source": "map"}, "column name: the column is missing"),
    ],
)
def test_a_wrong_cell_is_named(table: str, row: dict[str, str], message: str) -> None:
    good = {"offices": OFFICE, "timeline": EVENT, "places": PLACE}[table]
    with pytest.raises(AuthorityError, match=message):
        authority.parse({table: [good, row]})
