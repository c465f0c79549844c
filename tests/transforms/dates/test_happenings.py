"""The one dated event that the opening tells of is found by its words, people and place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.transforms.made import days, happening, name, story
from transforms.authority import TimelineEvent
from transforms.dates.days import Interval
from transforms.dates.happenings import lead, main_event
from transforms.dates.timeline import build
from transforms.names import Name

FEBRUARY = days("1995-02-01..1995-02-28")
TEXT = "Mayor Ann Lee opened the new pier in Bergen on Tuesday."
STORY = story(TEXT, title="Pier opens")
NAMES = [
    name(STORY, "Ann Lee", "ann-lee", office_name="Mayor"),
    name(STORY, "Bergen", "bergen", entity_type="place"),
]
WHO: dict[str, Any] = {"people": ("ann-lee",), "place_id": "bergen"}
PIER = happening("pier", "1995-02-07", "new pier & opened", **WHO)


def _found(
    *events: TimelineEvent,
    interval: str = "1995-02-01..1995-02-28",
    weekday: int | None = None,
    names: Sequence[Name] = NAMES,
) -> tuple[str | None, Interval] | None:
    told = lead(STORY, names, build(events))
    assert told is not None
    found = main_event(told, days(interval), weekday)
    return found and (found[0].timeline_id, (found[0].start, found[0].end))


def test_words_place_and_people_tell_the_event() -> None:
    assert _found(PIER) == ("pier", days("1995-02-07"))
    told = lead(STORY, NAMES, build([PIER]))
    assert told is not None
    clue, reason = main_event(told, FEBRUARY, 1) or (None, "")
    assert clue is not None
    assert clue.verbatim == TEXT[clue.char_start : clue.char_end]
    assert all(word in reason for word in ("terms", "place", "people", "opening"))


def test_the_event_must_lie_within_and_on_the_weekday() -> None:
    assert _found(PIER, interval="1995-02-08..1995-02-28") is None
    assert _found(PIER, weekday=1) == ("pier", days("1995-02-07"))  # a Tuesday
    assert _found(PIER, weekday=2) is None


def test_of_an_event_of_days_those_that_fit() -> None:
    week = happening("week", "1995-01-30..1995-02-10", "new pier & opened", **WHO)
    assert _found(week) == ("week", days("1995-02-01..1995-02-10"))
    assert _found(week, weekday=1) == ("week", days("1995-02-07"))


def test_without_its_words_most_of_its_people_must_be_named() -> None:
    bare = happening("bare", "1995-02-07", "", **WHO)
    assert _found(bare) == ("bare", days("1995-02-07"))
    crowd = happening("crowd", "1995-02-07", "", people=("ann-lee", "bo-ek"), place_id="bergen")
    assert _found(crowd) is None


def test_words_alone_are_not_enough() -> None:
    bare = happening("bare", "1995-02-07", "new pier & opened", kind="flood")
    assert _found(bare) is None
    assert _found(PIER, names=[]) == ("pier", days("1995-02-07"))  # with a word for its kind: 2.5


def test_a_rival_of_other_days_leaves_it_open() -> None:
    twin = happening("twin", "1995-02-14", "new pier & opened", **WHO)
    assert _found(PIER, twin) is None
    assert _found(PIER, twin, interval="1995-02-01..1995-02-10") == ("pier", days("1995-02-07"))
    same = happening("also", "1995-02-07", "new pier", **WHO)
    assert _found(PIER, same) in (("pier", days("1995-02-07")), ("also", days("1995-02-07")))


@pytest.mark.parametrize("order", [1, -1])
def test_order_of_the_rows_does_not_matter(order: int) -> None:
    events = [PIER, happening("also", "1995-02-07", "new pier", **WHO)][::order]
    assert _found(*events) == ("also", days("1995-02-07"))


def test_a_story_without_body_tells_of_nothing() -> None:
    assert lead(story(), [], build([PIER])) is None
