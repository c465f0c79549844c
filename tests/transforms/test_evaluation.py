"""A truth of two or three captures, and releases that are right, or wrong in one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import pyarrow as pa
import pytest

from transforms import ids
from transforms.evaluation import Evaluation, Measure, TruthError, evaluate, match, merge, parse
from transforms.schema import table_of, to_arrow
from transforms.tables import (
    Article,
    Block,
    Capture,
    Entity,
    EventReport,
    Mention,
    PairDecision,
    Quotation,
    Rejection,
)

NOON = dt.datetime(1998, 3, 4, 12, tzinfo=dt.UTC)
DAY = dt.date(1998, 3, 4)
TABLES = (
    Capture, Rejection, Block, Article, Entity, EventReport, Mention, PairDecision, Quotation,
)  # fmt: skip
PEOPLE = {"n_anna": "Anna Berg", "n_otto": "Otto Berg", "n_league": "Harbour League"}


def tables(*rows: Any) -> dict[str, pa.Table]:
    entities = [Entity(i, name, "person", None, True) for i, name in PEOPLE.items()]
    everything = (*rows, *entities)
    return {
        table_of(t).name: to_arrow(t, [r for r in everything if isinstance(r, t)]) for t in TABLES
    }


def capture(file: str, outcome: str = "article") -> Capture:
    return Capture(
        ids.make("c", file), file, "site", None, None, "text/plain", "utf-8", 9, "00", 1, outcome
    )


def article_id(file: str) -> str:
    return ids.article_id(ids.make("c", file))


def article(
    file: str,
    days: tuple[dt.date | None, dt.date | None] = (None, None),
    published: dt.datetime | None = None,
) -> Article:
    first, last = days
    return Article(
        article_id(file), ids.make("c", file), "site", None, None, None, None, "en",
        published, None, None, first, last, "bracket" if first else None, "weekday", 3,
        "Some words here", "00",
    )  # fmt: skip


def blocks(file: str, text: str, *cuts: tuple[str, str]) -> list[Block]:
    """Blocks of the given texts with their labels, found in the capture one after the other."""
    rows, position = [], 0
    for index, (part, label) in enumerate(cuts):
        start = text.index(part, position)
        position = start + len(part)
        shown = " ".join(part.split())
        rows.append(Block(ids.make("c", file), index, start, position, shown, label, "rule", 0.0))
    return rows


def mention(file: str, block: Block, surface: str, entity_id: str | None, nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = block.text.index(surface, start + 1)
    end = start + len(surface)
    return Mention(
        article_id(file), block.block_index, start, "block", start, end, surface, entity_id,
        "exact", None,
    )  # fmt: skip


def quotation(file: str, place: int, text: str, speaker: str | None) -> Quotation:
    return Quotation(
        article_id(file),
        place,
        place + len(text),
        text,
        place,
        "direct",
        speaker,
        None,
        None,
        "cue",
    )


def decision(one: str, other: str, relation: str) -> PairDecision:
    left, right = sorted((article_id(one), article_id(other)))
    signals: dict[str, Any] = {f.name: 1.0 for f in fields(PairDecision)}
    told = {"article_id_l": left, "article_id_r": right, "relation": relation}
    return PairDecision(**{**signals, **told, "shared_evidence": (), "reason": "one text"})


def truth(captures: Mapping[str, Any], **parts: Any) -> dict[str, Any]:
    return {"about": "by hand", "captures": captures, **parts}


def measured(
    told: dict[str, Any], *rows: Any, texts: Mapping[str, str] | None = None
) -> dict[str, Measure]:
    return {m.name: m for m in result(told, *rows, texts=texts).measures}


def result(told: dict[str, Any], *rows: Any, texts: Mapping[str, str] | None = None) -> Evaluation:
    decoded = {ids.make("c", file): text for file, text in (texts or {}).items()}
    return evaluate(parse("truth.json", told), tables(*rows), decoded)


def figures(measure: Measure) -> tuple[float | None, float | None]:
    return measure.precision, measure.recall


# Labels ---------------------------------------------------------------------------------------

PAGE = "Home\r\n\r\nBridge opened\r\n\r\nThe bridge was\r\nopened today.\r\n"
LINES = {"furniture": [1], "title": [3], "body": [5, 6]}
CUTS = (
    ("Home", "furniture"),
    ("Bridge opened", "title"),
    ("The bridge was\r\nopened today.", "body"),
)


def labelled(lines: Mapping[str, Any], *cuts: tuple[str, str]) -> Measure:
    told = truth({"a.txt": {"lines": lines}})
    rows = [capture("a.txt"), *blocks("a.txt", PAGE, *cuts)]
    return measured(told, *rows, texts={"a.txt": PAGE})["labels"]


def test_labels_are_right_where_each_line_is_and_a_wrapped_line_takes_its_block() -> None:
    whole = labelled(LINES, *CUTS)
    assert figures(whole) == (1, 1)
    assert whole.note == "4 right of 4 given and 4 expected"
    assert whole.misses == ()


def test_a_wrong_label_is_missed_with_its_line_and_rule() -> None:
    wrong = labelled(LINES, ("Home", "furniture"), ("Bridge opened", "crosshead"), CUTS[2])
    assert figures(wrong) == (0.75, 0.75)
    (miss,) = wrong.misses
    assert (miss.file, miss.where, miss.expected) == ("a.txt", "line 3", "title")
    assert miss.found == "crosshead [rule]"
    assert miss.excerpt == "Bridge opened"


def test_a_block_on_a_line_without_label_lowers_precision_alone() -> None:
    lines = {"title": [3], "body": [5, 6]}
    assert figures(labelled(lines, *CUTS)) == (0.75, 1)


def test_a_labelled_line_without_a_block_lowers_recall_alone() -> None:
    lacking = labelled(LINES, *CUTS[1:])
    assert figures(lacking) == (1, 0.75)
    assert lacking.misses[0].found == "(no block)"


def test_a_block_that_swallows_a_line_of_another_label_is_seen() -> None:
    lines = {"furniture": [1], "title": [3], "body": [5], "credit": [6]}
    assert labelled(lines, *CUTS).misses[0].where == "line 6"


def test_every_block_of_one_line_counts() -> None:
    text = "Home News Sport\nThe bridge was opened.\n"
    cuts = blocks(
        "a.txt", text, ("Home", "furniture"), ("News", "title"), ("The bridge was opened.", "body")
    )
    told = truth({"a.txt": {"lines": {"furniture": [1], "body": [2]}}})
    found = result(told, capture("a.txt"), *cuts, texts={"a.txt": text})
    by_label = {m.name: figures(m) for m in found.labels}
    assert figures(found.measures[0]) == (2 / 3, 2 / 3)
    assert by_label == {"title": (0, None), "body": (1, 1), "furniture": (1, 0.5)}


# Events ---------------------------------------------------------------------------------------

FILES = ("a", "b", "c")
EVENTS = truth({"a": {"event": "x"}, "b": {"event": "x"}, "c": {"event": "y"}})


def grouped(**event_ids: str) -> Measure:
    rows: list[Any] = [r for f in FILES for r in (capture(f), article(f))]
    rows += [EventReport(e, article_id(f), "report", None, None) for f, e in event_ids.items()]
    return measured(EVENTS, *rows)["events"]


@pytest.mark.parametrize(
    ("event_ids", "precision", "recall"),
    [
        ({"a": "e1", "b": "e1", "c": "e2"}, 1, 1),
        # All apart: a and b each find half of their event.
        ({"a": "e1", "b": "e2", "c": "e3"}, 1, 2 / 3),
        # All together: two thirds right for a and b, one third for c.
        ({"a": "e1", "b": "e1", "c": "e1"}, (2 / 3 + 2 / 3 + 1 / 3) / 3, 1),
        # c has no event: nothing to be wrong about, nothing found.
        ({"a": "e1", "b": "e1"}, 1, 2 / 3),
    ],
)
def test_events_by_b_cubed(event_ids: dict[str, str], precision: float, recall: float) -> None:
    events = grouped(**event_ids)
    assert figures(events) == pytest.approx((precision, recall))
    assert bool(events.misses) == (figures(events) != (1, 1))


def test_a_report_joined_to_the_wrong_event_is_named_from_every_side() -> None:
    misses = {(m.file, m.expected, m.found) for m in grouped(a="e1", b="e2", c="e1").misses}
    assert misses == {
        ("a", "together with b", "apart"),
        ("b", "together with a", "apart"),
        ("a", "apart from c", "together"),
        ("c", "apart from a", "together"),
    }


def test_articles_of_which_the_truth_is_silent_do_not_count() -> None:
    rows: list[Any] = [r for f in (*FILES, "d") for r in (capture(f), article(f))]
    rows += [
        EventReport(e, article_id(f), "report", None, None)
        for f, e in zip((*FILES, "d"), ("e1", "e1", "e2", "e2"), strict=True)
    ]
    assert figures(measured(EVENTS, *rows)["events"]) == (1, 1)


# Names ----------------------------------------------------------------------------------------

STORY = "Mr Berg met Anna Berg of the Harbour League. Berg left."
NAMES = {"Anna Berg": "Anna Berg", "Mr Berg": "Otto Berg"}


def named(names: Mapping[str, str], *spans: tuple[Any, ...], text: str = STORY) -> Measure:
    (block,) = blocks("a", text, (text, "body"))
    rows = [capture("a"), article("a"), block, *(mention("a", block, *s) for s in spans)]
    return measured(truth({"a": {}}, names={"a": names}), *rows)["names"]


def test_names_are_right_and_titles_may_stay_outside_the_mention() -> None:
    right = named(NAMES, ("Berg", "n_otto"), ("Anna Berg", "n_anna"))
    assert figures(right) == (1, 1)
    assert right.misses == ()


def test_part_of_a_name_is_no_answer_to_the_whole() -> None:
    partly = named({"Anna Berg": "Anna Berg"}, ("Berg", "n_anna", 1))
    assert figures(partly) == (0, 0)


def test_a_name_resolved_wrong_says_to_whom_and_where() -> None:
    wrong = named(NAMES, ("Berg", "n_anna"), ("Anna Berg", "n_anna"))
    assert figures(wrong) == (0.5, 0.5)
    (miss,) = wrong.misses
    assert (miss.where, miss.expected) == ("'Mr Berg' in block 0", "Otto Berg")
    assert miss.found == "'Berg': Anna Berg [exact]"
    assert miss.excerpt == "Mr Berg met Anna Berg of the Harbour..."


def test_a_name_left_open_counts_against_precision_and_one_not_mentioned_does_not() -> None:
    left_open = named(NAMES, ("Berg", None), ("Anna Berg", "n_anna"))
    unseen = named(NAMES, ("Anna Berg", "n_anna"))
    assert (figures(left_open), figures(unseen)) == ((0.5, 0.5), (1, 0.5))
    assert unseen.misses[0].found == "(no mention)"


def test_one_wrong_occurrence_of_several_fails_the_surface() -> None:
    text = "Berg spoke. Then Berg left."
    half = named({"Berg": "Otto Berg"}, ("Berg", "n_otto"), ("Berg", "n_anna", 1), text=text)
    assert figures(half) == (0.5, 0)


def test_an_occurrence_inside_a_longer_surface_belongs_to_it() -> None:
    names = {"Anna Berg": "Anna Berg", "Berg": "Otto Berg"}
    spans = (("Berg", "n_otto"), ("Anna Berg", "n_anna"), ("Berg", "n_otto", 2))
    assert figures(named(names, *spans)) == (1, 1)


def test_a_surface_inside_longer_ones_only_is_right_where_they_are() -> None:
    text = "Anna Berg spoke."
    names = {"Anna Berg": "Anna Berg", "Berg": "Anna Berg"}
    assert figures(named(names, ("Anna Berg", "n_anna"), text=text)) == (1, 1)
    assert figures(named(names, ("Anna Berg", "n_otto"), text=text)) == (0, 0)


def test_the_longest_of_nested_surfaces_speaks_for_the_others() -> None:
    text = "Mrs Anna Berg spoke."
    names = dict.fromkeys(("Berg", "Anna Berg", "Mrs Anna Berg"), "Anna Berg")
    assert figures(named(names, ("Mrs Anna Berg", "n_anna"), text=text)) == (1, 1)


def test_an_occurrence_inside_the_right_mention_of_another_name_belongs_to_that() -> None:
    text = "The Harbour League Berg house opened."
    names = {"Harbour League": "Harbour League", "Berg": "Otto Berg"}
    assert figures(named(names, ("Harbour League Berg", "n_league"), text=text)) == (1, 1)
    assert figures(named(names, ("Harbour League Berg", "n_anna"), text=text)) == (0, 0)


def test_names_are_whole_words_of_title_body_and_captions() -> None:
    text = "Bergmann spoke.\nBerg Online\n"
    rows = blocks("a", text, ("Bergmann spoke.", "body"), ("Berg Online", "furniture"))
    told = truth({"a": {}}, names={"a": {"Berg": "Otto Berg", "Anna Berg": "Anna Berg"}})
    names = measured(told, capture("a"), article("a"), *rows)["names"]
    assert figures(names) == (None, 0)
    assert [m.found for m in names.misses] == [
        "(printed only in furniture 1)",
        "(printed nowhere on the page)",
    ]


def test_a_name_printed_only_outside_the_story_is_not_asked_for() -> None:
    text = "Anna Berg spoke.\nBerg: we built it\n"
    cuts = (("Anna Berg spoke.", "body"), ("Berg: we built it", "pull_quote"))
    page = blocks("a", text, *cuts)
    rows = [capture("a"), article("a"), *page, mention("a", page[0], "Anna Berg", "n_anna")]
    names = {"a": {"Anna Berg": "Anna Berg", "Berg: we": "Otto Berg"}}
    quote = truth({"a": {"lines": {"body": [1], "pull_quote": [2]}}}, names=names)
    story = truth({"a": {"lines": {"body": [1, 2]}}}, names=names)
    assert figures(measured(quote, *rows, texts={"a": text})["names"]) == (1, 1)
    # Where the release took a line of the story for a pull quote, the name is missed.
    missed = measured(story, *rows, texts={"a": text})["names"]
    assert figures(missed) == (1, 0.5)
    assert missed.misses[0].found == "(printed only in pull_quote 1)"


# Dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "precision", "recall"),
    [
        (DAY, DAY, 1, 1),
        (dt.date(1998, 3, 1), dt.date(1998, 3, 31), 1, 1),
        (dt.date(1998, 3, 5), dt.date(1998, 3, 9), 0, 0),
        (dt.date(1998, 3, 1), dt.date(1998, 3, 3), 0, 0),
        (dt.date(1998, 3, 1), None, 1, 1),
        (None, None, None, 0),
    ],
)
def test_a_bracket_holds_the_true_day_or_not(
    first: dt.date | None, last: dt.date | None, precision: float | None, recall: float
) -> None:
    told = truth({"a": {"event_date": "1998-03-04"}})
    dates = measured(told, capture("a"), article("a", (first, last)))["dates"]
    assert figures(dates) == (precision, recall)
    assert bool(dates.misses) == (recall == 0)


def test_widths_count_both_ends() -> None:
    told = truth({f: {"event_date": "1998-03-04"} for f in FILES})
    brackets = {"a": (DAY, DAY), "b": (DAY, dt.date(1998, 3, 8)), "c": (DAY, None)}
    rows = [r for f, days in brackets.items() for r in (capture(f), article(f, days))]
    widths = result(told, *rows).widths
    assert (widths.median_days, widths.maximal_days, widths.open_count) == (3, 5, 1)


@pytest.mark.parametrize(
    ("told", "given", "precision", "recall", "is_exact"),
    [
        ("1998-03-04T12:00:00Z", NOON, 1, 1, True),
        ("1998-03-04T13:00:00+01:00", NOON, 1, 1, True),
        ("1998-03-04T12:01:00Z", NOON, 0, 0, False),
        ("1998-03-04", NOON, 1, 1, True),
        ("1998-03-05", NOON, 0, 0, False),
        ("1998-03-04", None, None, 0, False),
        (None, None, None, None, True),
        (None, NOON, 0, None, False),
    ],
)
def test_publication_is_exact_or_not(
    told: str | None,
    given: dt.datetime | None,
    precision: float | None,
    recall: float | None,
    is_exact: bool,
) -> None:
    rows = [capture("a"), article("a", published=given)]
    published = measured(truth({"a": {"published": told}}), *rows)["published"]
    assert figures(published) == (precision, recall)
    assert bool(published.misses) is not is_exact


# Quotations -----------------------------------------------------------------------------------

QUOTED = {
    "a": [
        {"text": "We shall build,", "speaker": "Anna Berg"},
        {"text": "at once.", "speaker": "Otto Berg"},
        {"text": "friendly", "speaker": None},
    ]
}


def quoted(*rows: Quotation) -> tuple[Measure, Measure]:
    told = truth({"a": {}}, quotations=QUOTED)
    measures = measured(told, capture("a"), article("a"), *rows)
    return measures["quotations"], measures["speakers"]


def test_quotations_are_the_same_where_their_words_are() -> None:
    words, speakers = quoted(
        quotation("a", 0, "We  shall build", "n_anna"), quotation("a", 40, "At once", "n_otto")
    )
    assert (figures(words), figures(speakers)) == ((1, 1), (1, 1))
    assert words.misses + speakers.misses == ()


def test_the_wrong_speaker_is_no_wrong_quotation() -> None:
    words, speakers = quoted(
        quotation("a", 0, "We shall build,", "n_otto"), quotation("a", 40, "at once.", "n_otto")
    )
    assert (figures(words), figures(speakers)) == ((1, 1), (0.5, 0.5))
    assert [(m.expected, m.found) for m in speakers.misses] == [("Anna Berg", "Otto Berg")]


def test_a_scare_quote_is_free_without_a_speaker_and_wrong_with_one() -> None:
    spoken = (
        quotation("a", 0, "We shall build,", "n_anna"),
        quotation("a", 40, "at once.", "n_otto"),
    )
    free = quoted(*spoken, quotation("a", 60, "friendly", None))
    wrong = quoted(*spoken, quotation("a", 60, "friendly", "n_otto"))
    assert [figures(m) for m in free] == [(1, 1), (1, 1)]
    assert [figures(m) for m in wrong] == [(2 / 3, 1), (2 / 3, 1)]


def test_words_that_are_said_and_also_a_scare_quote_need_their_speaker() -> None:
    runs = [{"text": "friendly", "speaker": "Anna Berg"}, {"text": "Friendly", "speaker": None}]
    told = truth({"a": {}}, quotations={"a": runs})
    row = quotation("a", 0, "friendly", None)
    speakers = measured(told, capture("a"), article("a"), row)["speakers"]
    assert figures(speakers) == (0, 0)


def test_a_quotation_that_is_lacking_or_invented_is_missed() -> None:
    words, _ = quoted(quotation("a", 0, "We shall build,", "n_anna"), quotation("a", 9, "No", None))
    assert figures(words) == (0.5, 0.5)
    assert {m.where for m in words.misses} == {"'at once.'", "'No'"}


# Whole captures -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "precision", "recall"),
    [("reprint", 1, 1), ("identical", 0, 0), ("same_event", None, 0), (None, None, 0)],
)
def test_duplicates_with_their_relation(
    relation: str | None, precision: float | None, recall: float
) -> None:
    told = truth({"a": {}, "b": {}}, duplicates=[{"files": ["b", "a"], "relation": "reprint"}])
    rows: list[Any] = [r for f in "ab" for r in (capture(f), article(f))]
    rows += [decision("a", "b", relation)] if relation else []
    duplicates = measured(told, *rows)["duplicates"]
    assert figures(duplicates) == (precision, recall)


def test_a_truth_without_duplicates_blames_no_pair() -> None:
    rows = [capture("a"), article("a"), capture("b"), article("b"), decision("a", "b", "reprint")]
    assert "duplicates" not in measured(truth({"a": {}, "b": {}}), *rows)
    listed = measured(truth({"a": {}, "b": {}}, duplicates=[]), *rows)["duplicates"]
    assert figures(listed) == (0, None)


def test_a_pair_counts_only_where_duplicates_are_listed_for_both() -> None:
    listing, silent = truth({"a": {}}, duplicates=[]), truth({"b": {}})
    told = merge([parse("1", listing), parse("2", silent)])
    rows = [capture("a"), article("a"), capture("b"), article("b"), decision("a", "b", "reprint")]
    measures = {m.name: m for m in evaluate(told, tables(*rows), {}).measures}
    assert figures(measures["duplicates"]) == (None, None)


def test_rejections_count_by_capture_and_their_reasons_are_told() -> None:
    told = truth({"a": {"rejected": "no story"}, "b": {"rejected": "empty"}, "c": {}})
    rows = [
        *(capture(f, "rejected") for f in FILES),
        Rejection(ids.make("c", "a"), "articles", "no_story", "none"),
        Rejection(ids.make("c", "b"), "captures", "not_text", "controls"),
        Rejection(ids.make("c", "c"), "captures", "empty", "no bytes"),
    ]
    rejected = measured(told, *rows)["rejected"]
    assert figures(rejected) == (2 / 3, 1)
    assert rejected.note == "2 of 2, 1 for the right reason"
    assert [(m.file, m.expected) for m in rejected.misses] == [("b", "empty"), ("c", "an article")]


def test_a_capture_that_the_release_lacks_is_missed_in_everything() -> None:
    told = truth(
        {"a": {"lines": {"body": [1]}, "event": "x", "event_date": "1998-03-04"}},
        names={"a": {"Berg": "Otto Berg"}},
        quotations={"a": [{"text": "Yes", "speaker": "Otto Berg"}]},
    )
    found = result(told, capture("b"), article("b"))
    assert found.missing == ("a",)
    recalls = {m.name: m.recall for m in found.measures if m.recall is not None}
    assert recalls == dict.fromkeys(
        ("labels", "events", "names", "dates", "quotations", "speakers"), 0
    )
    assert {m.found for m in found.misses} >= {"(not in the release)"}


def test_captures_are_matched_by_path_else_by_a_base_name_that_is_unique() -> None:
    told = parse("t", truth({"x/a.txt": {}, "y/b.txt": {}, "z/c.txt": {}, "u/d": {}, "v/d": {}}))
    release = tables(
        *(capture(f) for f in ("x/a.txt", "w/a.txt", "b.txt", "1/c.txt", "2/c.txt", "d"))
    )
    matched = match(told, release["captures"])
    assert {f: c.source_uri for f, c in matched.items()} == {
        "x/a.txt": "x/a.txt",
        "y/b.txt": "b.txt",
    }


def test_the_order_of_rows_changes_nothing() -> None:
    (block,) = blocks("a", STORY, (STORY, "body"))
    rows = [capture("a"), article("a"), block, mention("a", block, "Berg", "n_anna")]
    told = truth({"a": {"lines": {"title": [1]}, "event": "x"}}, names={"a": NAMES})
    forth = result(told, *rows, texts={"a": STORY})
    assert result(told, *reversed(rows), texts={"a": STORY}) == forth


# Truths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ([], "not an object"),
        ({}, "captures is not an object"),
        (truth({"a": {"lines": {"headline": [1]}}}), "'headline' is no label"),
        (truth({"a": {"lines": {"title": [0]}}}), "0 is no line"),
        (truth({"a": {"lines": {"title": [1], "body": [1]}}}), "line 1 is both title and body"),
        (truth({"a": {"event_date": "4 March"}}), "no day like"),
        (truth({"a": {"published": "1998-03-04T12:00"}}), "no instant like"),
        (truth({"a": {}}, names={"b": {}}), "'b' is not one of its captures"),
        (truth({"a": {}}, names={"a": {"Berg": None}}), "'Berg' stands for None"),
        (truth({"a": {}}, quotations={"a": [{"text": "Yes"}]}), "lacks text or speaker"),
        (truth({"a": {}}, duplicates=[{"files": ["a"], "relation": "reprint"}]), "two files"),
        (truth({"a": {"event": "x"}, "b": {"event": "y"}}, same_event=[["a", "b"]]), "different"),
    ],
)
def test_a_truth_that_cannot_be_used_says_why(content: Any, complaint: str) -> None:
    with pytest.raises(TruthError, match=complaint) as caught:
        parse("truth.json", content)
    assert str(caught.value).startswith("truth.json")


def test_truths_are_merged_and_may_not_speak_of_one_capture_twice() -> None:
    one, other = parse("1", truth({"b": {}})), parse("2", truth({"a": {}}))
    assert [c.file for c in merge([one, other]).captures] == ["a", "b"]
    with pytest.raises(TruthError, match="'b'"):
        merge([one, replace(one)])
