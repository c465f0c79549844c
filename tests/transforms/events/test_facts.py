"""What is known of an event comes from its reports, and where they differ that is said."""

from __future__ import annotations

import datetime as dt

from transforms.events import facts
from transforms.events.facts import Story

DAY = dt.date(1996, 5, 9)


def story(mark: str, **known: object) -> Story:
    values: dict[str, object] = {
        "article_id": mark, "site_id": "s", "title": "A title", "place": None, "start": None,
        "end": None, "precision": None, "method": None, "word_count": 100, "text": "",
        "entities": frozenset(), "timeline_ids": (),
    }  # fmt: skip
    return Story(**(values | known))  # type: ignore[arg-type]


def test_representative_has_a_headline_and_names_most() -> None:
    stories = [
        story("a", title=None, entities=frozenset("xyz")),
        story("b", entities=frozenset("x"), word_count=900),
        story("c", entities=frozenset("xy")),
        story("d", entities=frozenset("xy")),
    ]
    assert facts.representative(stories).article_id == "c"


def test_the_days_all_reports_allow() -> None:
    wide = story("a", start=DAY - dt.timedelta(9), end=DAY, method="office")
    narrow = story("b", start=DAY, end=DAY + dt.timedelta(5), method="weekday+office")
    found = facts.dates([wide, narrow, story("c")], wide)
    assert (found.start, found.end, found.precision) == (DAY, DAY, "day")
    assert (found.method, found.is_agreed) == ("office+weekday", True)


def test_days_that_cannot_meet_are_the_representatives_and_a_disagreement() -> None:
    one = story("a", start=DAY, end=DAY, precision="day", method="printed")
    other = story("b", start=DAY + dt.timedelta(2), end=DAY + dt.timedelta(2))
    found = facts.dates([one, other], one)
    assert (found.start, found.is_agreed) == (DAY, False)
    rows = facts.disagreements("e", [one, other], found)
    assert [(r.fact, r.value, r.article_id) for r in rows] == [
        ("event_date", "1996-05-09", "a"),
        ("event_date", "1996-05-11", "b"),
    ]


def test_an_open_bracket_stays_open() -> None:
    found = facts.dates([story("a", start=DAY)], story("a"))
    assert (found.start, found.end, found.precision) == (DAY, None, "bracket")


def test_place_of_most_reports_and_none_where_none_is_printed() -> None:
    stories = [story("a", place="Lund"), story("b", place="LUND, Sweden"), story("c", place="Oslo")]
    assert facts.place(stories, stories[2]) == "Lund"
    assert facts.place([story("a")], story("a")) is None


def test_timeline_row_only_where_reports_do_not_split_evenly() -> None:
    one, other = story("a", timeline_ids=("t1",)), story("b", timeline_ids=("t2",))
    assert facts.timeline_id([one, other, story("c", timeline_ids=("t2",))], one) == "t2"
    assert facts.timeline_id([one, other], story("c")) is None
    assert facts.timeline_id([one, other], one) == "t1"


def test_counts_of_one_thing_that_differ() -> None:
    stories = [
        story("a", text="The quake killed three Britons in their hotel. It took two weeks."),
        story("b", text="Four Britons in a hotel were killed; 1,200 houses fell in three weeks."),
        story("c", text="Some 1,200 houses fell, or 900 houses. Ten Britons had left the country."),
    ]
    rows = facts.disagreements("e", stories, facts.Dates())
    assert [(r.fact, r.value, r.article_id) for r in rows] == [
        ("number of britons", "3", "a"),
        ("number of britons", "4", "b"),
        ("number of dead", "3", "a"),
        ("number of dead", "4", "b"),
    ]


def test_the_office_most_reports_print_and_of_equals_the_fullest() -> None:
    reports = [
        {("p", "President"), ("q", "Mr")},
        {("p", "president"), ("p", "Mr."), ("r", "Minister")},
        {("p", "Finnish President"), ("r", "Foreign Minister")},
    ]
    assert facts.offices(reports) == {"p": "President", "r": "Foreign Minister"}
