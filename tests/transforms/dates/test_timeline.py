"""A sentence refers to a dated event when it prints all words of one alternative."""

from __future__ import annotations

import pytest

from tests.transforms.made import happening
from transforms.dates.timeline import Timeline, build, events_of, words_of

PIER = happening("pier", "1995-02-07", "pier & opened|opening; harbour deal")
DOCK = happening("dock", "1994-06-01", "new dock|dry dock & bergen")
BARE = happening("bare", "1993-01-01", " ; & ;")
TIMELINE = build([PIER, DOCK, BARE])


def _referred(timeline: Timeline, sentence: str) -> list[str]:
    return [e.timeline_id for e in events_of(timeline.printed(sentence, words_of(sentence)))]


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
    assert _referred(TIMELINE, sentence) == found


def test_order_of_the_rows_does_not_matter() -> None:
    text = "Bergen opened a new dock and a pier under the harbour deal."
    assert _referred(build([BARE, DOCK, PIER]), text) == _referred(TIMELINE, text)
    assert _referred(TIMELINE, text) == ["dock", "pier"]


def test_events_are_kept_as_given() -> None:
    assert TIMELINE.events == {"pier": PIER, "dock": DOCK, "bare": BARE}
    assert _referred(build([]), "A pier opened.") == []


@pytest.mark.parametrize("others", [0, 9])
def test_whichever_word_leads_to_an_event(others: int) -> None:
    """Events that share words with it only change the word by which its terms are found."""
    more = [happening(f"pier{n}", "1996-01-01", f"pier & n{n}|opening") for n in range(others)]
    timeline = build([PIER, *more])
    assert "pier" in _referred(timeline, "The pier was opened by the mayor.")
    assert _referred(timeline, "It was opened by the mayor.") == []
