"""Corrections set values by hand, and one that fits no more is told."""

from __future__ import annotations

import re

import pytest

from tests.transforms.made import day, moment, page, story
from transforms import corrections, ids
from transforms.authority import Correction
from transforms.corrections import CorrectionError
from transforms.dates import Dated
from transforms.furniture import Verdict
from transforms.tables import CorrectionApplied, DateCandidate, Mention

STORY = story("The pier closed on Tuesday.")
CLUE = DateCandidate(
    "a_1", 0, "event", day("1999-05-04"), day("1999-05-04"), "day", "weekday", None, "Tuesday",
    "text", 1, 19, 26, True, "the Tuesday on or before 1999-05-05",
)  # fmt: skip
PRINTED = DateCandidate(
    "a_1", 1, "published", day("1999-05-05"), day("1999-05-05"), "day", "date_line", None,
    "5 May 1999", "block", 0, 0, 10, True, "the most trusted statement",
)  # fmt: skip
DATED = Dated(
    moment("1999-05-05"), "day", "date_line", day("1999-05-04"), day("1999-05-04"), "day",
    "weekday", (CLUE, PRINTED),
)  # fmt: skip
MENTIONS = [
    Mention("a_1", 1, start, "text", start, start + 3, surface, None, "unknown", None)
    for start, surface in ((0, "Lee"), (9, "Lee"), (20, "Ann Lee"))
]


def _row(number: int, kind: str, target: str, value: str, expect: str | None = None) -> Correction:
    return Correction(f"k{number}", kind, target, value, expect, "seen in print")


def test_a_label_is_set_where_the_block_begins_as_expected() -> None:
    given = page("Home", "Pier closes", "Pier closed for good.")
    verdicts = [Verdict("furniture", "links", 0.5)] * 3
    rows = [
        _row(1, "label", "c_1", "title", "Pier cl"),
        _row(2, "label", "c_2", "title", "Home"),
        _row(3, "label", "c_1", "body", "Pier was"),
        _row(4, "label", "c_1", "body", None),
    ]
    corrected, applied = corrections.labels(rows, "c_1", given, verdicts)
    title = Verdict("title", "correction", 0.5)
    assert corrected == (verdicts[0], title, title)
    assert applied == ("k1", "k1")


def test_a_label_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(
        CorrectionError, match=re.escape("corrections.csv, k1: no label 'headline'")
    ):
        corrections.labels([_row(1, "label", "c_1", "headline")], "c_1", page("Home"), [])


def test_a_name_is_set_for_one_article_over_all() -> None:
    rows = [
        _row(1, "name", "a_1", "person:ann-lee", "Lee"),
        _row(2, "name", "*", "place:lee", "Lee"),
        _row(3, "name", "a_2", "place:lee", "Ann Lee"),
        _row(4, "name", "a_1", "place:lee", "lee"),
    ]
    corrected, applied = corrections.names(rows, "a_1", MENTIONS)
    ann = ids.entity_id("person", "ann-lee")
    assert [m.entity_id for m in corrected] == [ann, ann, None]
    assert [m.method for m in corrected] == ["correction", "correction", "unknown"]
    assert applied == ("k2", "k2", "k1", "k1")


def test_an_event_date_is_set_and_the_clues_are_set_aside() -> None:
    rows = [_row(1, "date", "a_1", "1999-05-02/1999-05-03"), _row(2, "date", "a_2", "1999")]
    dated, applied = corrections.dates(rows, STORY, DATED)
    assert applied == ("k1",)
    assert (dated.event_date_start, dated.event_date_end) == (day("1999-05-02"), day("1999-05-03"))
    assert (dated.event_date_precision, dated.event_date_method) == ("bracket", "correction")
    assert dated.published_at == DATED.published_at
    clue, printed, own = dated.candidates
    assert (clue.is_chosen, clue.reason) == (False, "set aside by a correction")
    assert printed == PRINTED
    assert (own.candidate_index, own.kind, own.method, own.is_chosen) == (
        2,
        "event",
        "correction",
        True,
    )
    assert (own.date_start, own.date_end, own.precision) == (
        day("1999-05-02"),
        day("1999-05-03"),
        "bracket",
    )
    assert own.reason == "seen in print"


def test_a_month_is_a_bracket_and_a_day_a_day() -> None:
    month, _ = corrections.dates([_row(1, "date", "a_1", "1999-04")], STORY, DATED)
    assert (month.event_date_start, month.event_date_end) == (day("1999-04-01"), day("1999-04-30"))
    single, _ = corrections.dates([_row(1, "date", "a_1", "1999-04-02", "event")], STORY, DATED)
    assert (single.event_date_start, single.event_date_precision) == (day("1999-04-02"), "day")


def test_a_publication_date_is_set() -> None:
    dated, _ = corrections.dates([_row(1, "date", "a_1", "1999-05-07", "published")], STORY, DATED)
    assert dated.published_at == moment("1999-05-07")
    assert (dated.published_precision, dated.published_method) == ("day", "correction")
    assert dated.event_date_start == DATED.event_date_start
    assert [c.is_chosen for c in dated.candidates] == [True, False, True]


@pytest.mark.parametrize(
    ("value", "expect", "message"),
    [
        ("spring", None, "k1: invalid literal"),
        ("1999-05-04/1999-05-03", None, "k1: '1999-05-04/1999-05-03' ends before it begins"),
        ("1999-05-04", "printed", "k1: no date 'printed'"),
    ],
)
def test_a_date_that_cannot_be_is_an_error(value: str, expect: str | None, message: str) -> None:
    with pytest.raises(CorrectionError, match=message):
        corrections.dates([_row(1, "date", "a_1", value, expect)], STORY, DATED)


@pytest.mark.parametrize("value", ["ann-lee", "person:", "human:ann-lee"])
def test_a_name_that_leads_nowhere_is_an_error(value: str) -> None:
    with pytest.raises(CorrectionError, match="k1: no entity_type:key"):
        corrections.names([_row(1, "name", "*", value, "Lee")], "a_1", MENTIONS)


def test_what_became_of_every_correction() -> None:
    rows = [_row(n, "name", "*", "place:lee", "Lee") for n in (3, 1, 2)]
    assert corrections.report(rows, ["k1", "k3", "k1"], ["k3"]) == [
        CorrectionApplied("k1", "name", 2, "applied"),
        CorrectionApplied("k2", "name", 0, "stale"),
        CorrectionApplied("k3", "name", 1, "contradicted"),
    ]
    assert corrections.report([], []) == []
