"""Every expression that dates a story allows days counted by hand."""

from __future__ import annotations

import re

import pytest

from tests.transforms.made import day, days, happening, name, story
from transforms.authority import FAR_FUTURE, FAR_PAST, OfficeSpell
from transforms.dates.clues import RULES, Clue, explicit, references
from transforms.dates.tenures import tenures
from transforms.dates.timeline import build

# A Tuesday.
PIER = happening("pier", "1995-02-07", "new pier")
TIMELINE = build([PIER, happening("summit", "1996-06-10..1996-06-12", "harbour summit")])


def _references(sentence: str) -> list[tuple[str, tuple[object, object], str]]:
    found = references(story(f"Before it. {sentence} After it.").passages, TIMELINE)
    return [(c.method, (c.start, c.end), c.verbatim) for c in found]


def _marked(sentence: str) -> tuple[str, str]:
    """The sentence without its brackets, and what stood in them."""
    return re.sub(r"[\[\]]", "", sentence), sentence[sentence.index("[") + 1 : sentence.index("]")]


# Counted days are off by one at most, weeks by 4 days, months by 16, years by 200.
@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The new pier opened [three days ago].", "1995-02-09..1995-02-11"),
        ("[Two weeks after] the new pier opened, it rained.", "1995-02-17..1995-02-25"),
        ("The new pier opened [a couple of weeks ago].", "1995-02-17..1995-02-25"),
        ("It closed [a month before] the new pier opened.", "1994-12-22..1995-01-23"),
        ("The new pier opened [2 years ago].", "1996-07-22..1997-08-26"),
        ("It closed [the day after] the new pier opened.", "1995-02-07..1995-02-09"),
        ("In [two weeks' time] the new pier is opened.", "1995-01-20..1995-01-28"),
        ("The new pier opens [three days from now].", "1995-02-03..1995-02-05"),
    ],
)
def test_counted_from_a_dated_event(sentence: str, span: str) -> None:
    text, verbatim = _marked(sentence)
    assert _references(text) == [("relative_count", days(span), verbatim)]


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The new pier opened [last week].", "1995-02-13..1995-02-19"),
        ("The new pier opens [next week].", "1995-01-30..1995-02-05"),
        ("The new pier opens [later this week].", "1995-02-06..1995-02-07"),
        ("The new pier opened [last month].", "1995-03-01..1995-03-31"),
        ("The new pier opens [next month].", "1995-01-01..1995-01-31"),
        ("The new pier opened [last year].", "1996-01-01..1996-12-31"),
        ("The new pier opens [next year].", "1994-01-01..1994-12-31"),
        ("The harbour summit ended [last week].", "1996-06-17..1996-06-23"),
    ],
)
def test_the_week_month_or_year_beside_a_dated_event(sentence: str, span: str) -> None:
    text, verbatim = _marked(sentence)
    assert _references(text) == [("relative_period", days(span), verbatim)]


@pytest.mark.parametrize(
    ("sentence", "method"),
    [
        ("The new pier opened two years after the old one closed.", "after_event"),
        ("The new pier opened the day before yesterday.", None),
        ("The weeks after the new pier opened were dry.", "after_event"),
    ],
)
def test_what_is_not_counted_from_the_event(sentence: str, method: str | None) -> None:
    assert [m for m, _, _ in _references(sentence)] == ([method] if method else [])


def test_an_event_told_with_its_month_and_day_is_hardly_another() -> None:
    def weights(text: str) -> list[float]:
        return [c.weight for c in references(story(text).passages, TIMELINE)]

    assert weights("The new pier was built on February 7.") == [RULES.dated_weight]
    assert weights("The new pier was built on the 7th of February.") == [RULES.dated_weight]
    assert weights("The new pier was built on February 17.") == [RULES.reference_weight]


def test_the_eve_of_a_dated_event() -> None:
    expected = ("eve", days("1995-02-04..1995-02-06"), "On the eve of")
    assert _references("On the eve of the new pier the council sat.") == [expected]


def test_before_or_after_by_the_tense() -> None:
    at = day("1995-02-07")
    assert _references("The new pier opened.") == []  # no word tells before from after
    assert _references("Since the new pier it rains.") == [
        ("after_event", (at, FAR_FUTURE), "Since")
    ]
    assert _references("The new pier will be red.") == [("before_event", (FAR_PAST, at), "will")]
    assert _references("The new pier was to open and will.") == []  # both


def test_a_month_without_year_is_within_twelve_months() -> None:
    assert _references("The new pier was built in February.") == [
        ("after_event", days("1995-02-07..1996-02-07"), "February")
    ]
    assert _references("The new pier will open in February.") == [
        ("before_event", days("1994-02-07..1995-02-07"), "February")
    ]
    at = (day("1995-02-07"), FAR_FUTURE)
    assert _references("The new pier was built in February 1995.") == [("after_event", at, "was")]
    assert _references("The new pier was built in March.") == [("after_event", at, "was")]


def test_references_are_read_in_the_body_alone_and_slice() -> None:
    given = story("Ships. The new pier opened last week.", title="The new pier opened last week")
    (clue,) = references(given.passages, TIMELINE)
    assert clue.timeline_id == "pier"
    assert (clue.block_index, clue.weight) == (1, RULES.period_weight)
    assert given.passages[1].text[clue.char_start : clue.char_end] == clue.verbatim == "last week"


def test_events_of_one_sentence_are_alternatives() -> None:
    text = "The new pier and the harbour summit were praised last week."
    clues = [*references(story(text).passages, TIMELINE)]
    assert [c.timeline_id for c in clues] == ["pier", "summit"]
    assert len({c.group for c in clues}) == 1


def test_a_full_date_of_the_past_bounds_the_writing() -> None:
    given = story("The pier closed on 4 May 1999. It reopens on 4 June 1999 if it will.")
    (clue,) = explicit(given.passages)
    assert (clue.start, clue.end, clue.verbatim) == (day("1999-05-04"), FAR_FUTURE, "4 May 1999")
    assert given.text[clue.char_start : clue.char_end] == "4 May 1999"


# Office holders -------------------------------------------------------------------------------

MAYOR = OfficeSpell("ann-lee", "Mayor", None, "Norway", day("1994-01-01"), day("1996-12-31"))
AGAIN = OfficeSpell("ann-lee", "Mayor", None, "Norway", day("2000-01-01"), day("2001-12-31"))
SPELLS = {("ann-lee", "Mayor"): (MAYOR, AGAIN)}


def _tenures(text: str, **more: object) -> list[Clue]:
    given = story(text)
    printed = name(given, "Lee", "ann-lee", **{"office_name": "Mayor"} | more)
    return [*tenures(given.passages, [printed, printed], SPELLS)]


def test_time_in_office() -> None:
    first, second = _tenures("The visit of Mayor Lee was short.")
    assert (first.start, first.end) == (MAYOR.from_date, MAYOR.to_date)
    assert (second.start, second.end) == (AGAIN.from_date, AGAIN.to_date)
    assert first.group == second.group
    assert (first.weight, first.verbatim) == (RULES.tenure_weight, "Lee")


@pytest.mark.parametrize(
    "more",
    [
        {"office_name": None},
        {"entity_type": "place"},
        {"candidates": ("bo-ek",)},
        {"holder": "Chile"},
    ],
)
def test_no_tenure(more: dict[str, object]) -> None:
    assert _tenures("The visit of Mayor Lee was short.", **more) == []


def test_a_former_holder_is_no_clue() -> None:
    assert _tenures("The former mayor Lee came.", office="mayor") == []
    assert len(_tenures("The informed mayor Lee came.", office="mayor")) == 2


def test_in_a_sentence_about_an_earlier_year_the_holder_is_of_that_year() -> None:
    weights = {c.weight for c in _tenures("In 1995 Mayor Lee was young. It rains.")}
    assert weights == {RULES.historical_weight}
    weights = {c.weight for c in _tenures("In 1998 Mayor Lee was ill. In 1995 it rained.")}
    assert weights == {RULES.tenure_weight}


@pytest.mark.parametrize(
    ("text", "is_past"),
    [
        ("As Mayor Lee had let the old pier rot, a new one was built.", True),
        ("Four years ago Mayor Lee promised a pier.", True),
        ("The pier was closed under Mayor Lee.", True),
        ("He is the successor to Mayor Lee.", True),
        ("Mayor Lee said that the pier had rotted.", False),
        ("Two years ago it rotted, but Mayor Lee opened it.", False),
    ],
)
def test_a_holder_named_in_passing_weighs_little(text: str, is_past: bool) -> None:
    (weight,) = {c.weight for c in _tenures(text)}
    assert weight == (RULES.historical_weight if is_past else RULES.tenure_weight)
