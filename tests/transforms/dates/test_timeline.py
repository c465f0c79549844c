"""A sentence refers to a dated event when it prints all words of one alternative."""

from __future__ import annotations

import pytest

from tests.transforms.made import happening
from transforms.dates.timeline import build

PIER = happening("pier", "1995-02-07", "pier & opened|opening; harbour deal")
DOCK = happening("dock", "1994-06-01", "new dock|dry dock & bergen")
BARE = happening("bare", "1993-01-01", " ; & ;")
TIMELINE = build([PIER, DOCK, BARE])


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The PIER was opened by the mayor.", ["pier"]),
        ("At the opening of the piers", ["pier"]),
        ("The harbour deal's text", ["pier"]),
        ("The pier was closed.", []),
        ("A deal in the harbour", []),
        ("The pierced hull was opened.", []),
        ("Bergen has a dry   dock.", ["dock"]),
        ("Bergen opened a new dock and a pier.", ["dock", "pier"]),
        ("A “new–dock” in Bergen", []),
        ("Nothing of all this", []),
        ("", []),
    ],
)
def test_references(sentence: str, found: list[str]) -> None:
    assert [e.timeline_id for e in TIMELINE.references(sentence)] == found


def test_order_of_the_rows_does_not_matter() -> None:
    text = "Bergen opened a new dock and a pier under the harbour deal."
    assert build([BARE, DOCK, PIER]).references(text) == TIMELINE.references(text) == [DOCK, PIER]


def test_events_are_kept_as_given() -> None:
    assert TIMELINE.events == (PIER, DOCK, BARE)
    assert build([]).references("A pier opened.") == []
