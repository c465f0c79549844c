"""For every law a fault that breaks it and nothing else, done to the good release."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

from tests.expectations.story_rows import Rows, make_id, mark, title

Fault = Callable[[Rows, int], None]

COUNTEREXAMPLES: dict[str, Fault] = {}


def breaks(key: str) -> Callable[[Fault], Fault]:
    """Enters a fault as the counterexample of the rule with that key."""

    def enter(fault: Fault) -> Fault:
        assert key not in COUNTEREXAMPLES
        COUNTEREXAMPLES[key] = fault
        return fault

    return enter


def sets(table: str, index: int, **values: Any) -> Fault:
    """The fault that one row has other values; a value may be a function of the row's own."""

    def fault(rows: Rows, world: int) -> None:
        row = rows[table][index]
        for column, value in values.items():
            row[column] = value(row[column]) if callable(value) else value

    return fault


def renames(prefix: str, number: int, new: str) -> Fault:
    """The fault that one id is another wherever it stands."""

    def fault(rows: Rows, world: int) -> None:
        old = make_id(prefix, number, world)
        for table in rows.values():
            for row in table:
                row.update({c: new + mark(world) for c, value in row.items() if value == old})

    return fault


def later(number: int) -> int:
    """One more."""
    return number + 1


# Rows of the good release that the faults below speak of, by their place in their table.
CLOCK, MONDAY, OFFICE, UPDATED, WEEK, ADDRESS, _, SPRING, YEAR = range(9)
BODY_NAME, TITLE_NAME, UNRESOLVED = 0, 7, 8
REPRINT_PAIR, SAME_PAIR, FAR_PAIR = 0, 1, 2
TITLE_OF_1, CREDIT_OF_1, TITLE_OF_2, REJECTED_BLOCK = 1, 4, 6, 20

COUNTEREXAMPLES |= {
    "captures.capture_id.is_well_formed": renames("c", 6, "c_NOT-HEX-"),
    "captures.sha256.is_well_formed": sets("captures", 0, sha256="abc"),
    "captures.outcome_agrees": sets("captures", 0, outcome="rejected"),
    "captures.article_was_decoded": sets("captures", 0, charset=None),
    "rejections.detail.is_not_blank": sets("rejections", 0, detail=" "),
    "rejections.reason_fits_stage": sets("rejections", 0, stage="expectations", reason="No rule."),
    "blocks.text.is_not_blank": sets("blocks", CREDIT_OF_1, text=" "),
    "blocks.indices_follow": sets("blocks", REJECTED_BLOCK, block_index=1),
    "blocks.span_is_not_empty": sets("blocks", REJECTED_BLOCK, char_end=3),
    "blocks.spans_follow": sets("blocks", CREDIT_OF_1, char_start=11),
    "blocks.span_is_in_capture": sets("blocks", REJECTED_BLOCK, char_end=901),
    "blocks.repeats_another": sets("blocks", TITLE_OF_2, repeats_block_index=0),
    "coverage.month.is_well_formed": sets("coverage", 3, month="1997-13"),
    "coverage.adds_up": sets("coverage", 3, rejection_count=3),
    "coverage.site_total_agrees": sets("coverage", 3, capture_count=5, rejection_count=5),
    "coverage.site_articles_agree": sets("coverage", 3, article_count=1, rejection_count=1),
    "articles.is_in_coverage": sets("coverage", 0, month="1997-04"),
    "articles.id_is_the_captures": renames("a", 4, "a_" + 12 * "9"),
    "articles.site_and_url_agree": sets("articles", 0, url=None),
    "articles.language.is_well_formed": sets("articles", 0, language="English"),
    "articles.text_is_its_body": sets("blocks", CREDIT_OF_1, label="body"),
    "articles.text_sha256_agrees": sets("articles", 0, text_sha256=64 * "0"),
    "articles.words_are_counted": sets("articles", 0, word_count=10_000),
    "articles.published_is_whole": sets("articles", 1, published_precision="day"),
    "articles.published_rests_on_clue": sets(
        "articles", 0, published_at=dt.datetime(1997, 3, 6, 17, 21, tzinfo=dt.UTC)
    ),
    "articles.published_is_as_precise_as_clue": sets("articles", 0, published_precision="second"),
    "articles.published_is_rounded": sets(
        "articles", 0, published_at=dt.datetime(1997, 3, 4, 17, 21, 30, tzinfo=dt.UTC)
    ),
    "articles.published_before_capture": sets(
        "captures", 0, captured_at=dt.datetime(1997, 3, 3, 17, 20, tzinfo=dt.UTC)
    ),
    "articles.event_date_is_whole": sets("articles", 3, event_date_method=None),
    "articles.event_date_fits_precision": sets("articles", 1, event_date_precision="day"),
    "articles.event_date_rests_on_clues": sets("articles", 1, event_date_end=dt.date(1997, 3, 8)),
    "events.event_date_is_whole": sets("events", 1, event_date_method=None),
    "events.event_date_is_ordered": sets("events", 0, event_date_start=dt.date(1997, 3, 9)),
    "events.event_date_fits_precision": sets("events", 0, event_date_end=dt.date(1997, 3, 9)),
    "events.event_date_is_in_reports": sets(
        "events", 0, event_date_start=dt.date(1997, 3, 2), event_date_precision="bracket"
    ),
    "date_candidates.site_date_is_not_chosen": sets("date_candidates", UPDATED, is_chosen=True),
    "date_candidates.indices_follow": sets("date_candidates", YEAR, candidate_index=2),
    "date_candidates.is_ordered": sets("date_candidates", YEAR, date_end=dt.date(1996, 12, 31)),
    "date_candidates.fits_precision": sets("date_candidates", YEAR, precision="month"),
    "date_candidates.chosen_bounds_something": sets(
        "date_candidates",
        YEAR,
        is_chosen=True,
        date_start=None,
        date_end=None,
        precision="bracket",
    ),
    "date_candidates.chosen_published_is_used": sets(
        "date_candidates", YEAR, is_chosen=True, kind="published"
    ),
    "date_candidates.chosen_contains_event_date": sets("date_candidates", YEAR, is_chosen=True),
    "date_candidates.reason.is_not_blank": sets("date_candidates", YEAR, reason=""),
    "date_candidates.span_is_whole": sets("date_candidates", YEAR, span_field="text"),
    "date_candidates.span_has_its_length": sets("date_candidates", CLOCK, char_end=later),
    "date_candidates.slices_to_text": sets(
        "date_candidates", MONDAY, char_start=later, char_end=later
    ),
    "date_candidates.slices_to_block": sets(
        "date_candidates", SPRING, char_start=later, char_end=later
    ),
    "date_candidates.slices_to_url": sets(
        "date_candidates", ADDRESS, char_start=later, char_end=later
    ),
    "date_candidates.slices_within_capture": sets(
        "date_candidates", CLOCK, char_start=897, char_end=901
    ),
    "entities.entity_id.is_well_formed": renames("n", 3, "n_NOT-HEX-"),
    "entities.wikidata_id.is_well_formed": sets("entities", 0, wikidata_id="1"),
    "entities.name.is_not_blank": sets("entities", 0, name="\t"),
    "entities.wikidata_is_from_seeds": sets("entities", 2, wikidata_id="Q9"),
    "entity_names.mentions_are_counted": sets("entity_names", 0, mention_count=later),
    "entity_ledger.old_entity_id.is_well_formed": renames("n", 8, "n_NOT-HEX-"),
    "entity_ledger.ids_fit_change": sets("entity_ledger", 1, change="listed"),
    "entity_ledger.cause.is_not_blank": sets("entity_ledger", 0, cause=""),
    "mentions.is_in_blocks": sets("mentions", UNRESOLVED, block_index=9),
    "mentions.is_not_in_furniture": sets("blocks", TITLE_OF_2, label="furniture"),
    "mentions.span_has_its_length": sets("mentions", BODY_NAME, char_end=later),
    "mentions.slices_to_text": sets("mentions", BODY_NAME, char_start=later, char_end=later),
    "mentions.slices_to_block": sets("mentions", BODY_NAME, block_start=later),
    "mentions.block_span_agrees": sets("mentions", TITLE_NAME, char_start=later, char_end=later),
    "quotations.span_has_its_length": sets("quotations", 0, char_end=later),
    "quotations.slices_to_text": sets("quotations", 0, char_start=later, char_end=later),
    "pair_decisions.reason.is_not_blank": sets("pair_decisions", REPRINT_PAIR, reason=" "),
    "pair_decisions.duplicates_share_event": sets("pair_decisions", FAR_PAIR, relation="reprint"),
    "pair_decisions.duplicates_share_group": sets("pair_decisions", SAME_PAIR, relation="reprint"),
    "pair_decisions.same_event_is_joined_or_explained": sets(
        "pair_decisions", FAR_PAIR, relation="same_event"
    ),
    "events.event_id.is_well_formed": renames("e", 1, "e_NOT-HEX-"),
    "events.reports_are_counted": sets("events", 1, report_count=2),
    "events.independent_reports_are_counted": sets("events", 0, independent_report_count=3),
    "events.sites_are_counted": sets("events", 1, site_count=2),
    "events.has_one_representative": sets("event_reports", 2, role="representative"),
    "events.title_is_representatives": sets("events", 0, title="Another headline"),
    "articles.is_document_or_story": sets("articles", 0, report_kind_evidence=None),
    "event_reports.one_of_group_is_first": sets("event_reports", 1, is_first_printing=True),
    "event_participants.reports_are_counted": sets("event_participants", 0, report_count=1),
    "event_disagreements.values_differ": sets("event_disagreements", 0, value="14"),
    "event_ledger.old_event_id.is_well_formed": renames("e", 3, "e_NOT-HEX-"),
    "event_ledger.ids_fit_change": sets("event_ledger", 0, change="kept"),
    "event_ledger.cause.is_not_blank": sets("event_ledger", 0, cause=""),
    "corrections_applied.stale_changes_nothing": sets("corrections_applied", 1, applied_count=1),
}


@breaks("captures.ends_once")
def _rejected_article(rows: Rows, world: int) -> None:
    rows["rejections"].append({**rows["rejections"][0], "capture_id": make_id("c", 1, world)})


@breaks("captures.is_in_coverage")
def _uncovered_site(rows: Rows, world: int) -> None:
    capture_id = make_id("c", 7, world)
    site = {"capture_id": capture_id, "site_id": "fourth" + mark(world)}
    rows["captures"].append({**rows["captures"][5], **site})
    rows["rejections"].append({**rows["rejections"][1], "capture_id": capture_id})


@breaks("articles.text.is_not_blank")
def _article_without_story(rows: Rows, world: int) -> None:
    for block in rows["blocks"]:
        if block["capture_id"] == make_id("c", 4, world) and block["label"] == "body":
            block["label"] = "credit"
    rows["articles"][3].update(text="", text_sha256=hashlib.sha256(b"").hexdigest(), word_count=0)
    rows["mentions"][6]["span_field"] = "block"


@breaks("articles.is_in_one_event")
def _article_in_two_events(rows: Rows, world: int) -> None:
    values = {"event_id": make_id("e", 1, world), "role": "report"}
    rows["event_reports"].append({**rows["event_reports"][3], **values})
    rows["events"][0].update(report_count=3, independent_report_count=3, site_count=3)
    rows["event_participants"][1]["report_count"] = 2


@breaks("articles.same_text_is_one_event")
def _same_text_apart(rows: Rows, world: int) -> None:
    _copy_text(rows, 2, 3)
    league, article = make_id("n", 2, world), make_id("a", 4, world)
    del rows["pair_decisions"][4]
    rows["mentions"] = [row for row in rows["mentions"] if row["article_id"] != article]
    rows["event_participants"].pop()
    rows["entity_names"][1]["mention_count"] -= 1
    assert rows["entity_names"][1]["entity_id"] == league
    rows["date_candidates"][SPRING].update(
        span_field=None, char_start=None, char_end=None, verbatim=None
    )


@breaks("pair_decisions.same_text_is_identical")
def _same_text_called_reprint(rows: Rows, world: int) -> None:
    _copy_text(rows, 0, 1)
    rows["quotations"][2].update(
        {column: rows["quotations"][1][column] for column in ("char_start", "char_end")}
    )


def _copy_text(rows: Rows, source: int, target: int) -> None:
    """Makes one article print the text of another, blocks and all."""
    kept = {"text", "text_sha256", "word_count"}
    source_row, target_row = rows["articles"][source], rows["articles"][target]
    target_row.update({column: source_row[column] for column in kept})
    blocks = {
        row["capture_id"]: [b for b in rows["blocks"] if b["capture_id"] == row["capture_id"]]
        for row in (source_row, target_row)
    }
    pairs = zip(blocks[source_row["capture_id"]], blocks[target_row["capture_id"]], strict=True)
    for original, copied in pairs:
        if original["label"] == "body":
            copied["text"] = original["text"]


@breaks("articles.event_date_is_ordered")
def _clues_contradict(rows: Rows, world: int) -> None:
    early, late = dt.date(1997, 3, 5), dt.date(1997, 3, 7)
    rows["date_candidates"][WEEK]["date_end"] = early
    rows["date_candidates"].append(
        {
            **rows["date_candidates"][WEEK],
            "candidate_index": 1,
            "date_start": late,
            "date_end": dt.date(1997, 3, 9),
        }
    )
    rows["articles"][1].update(event_date_start=late, event_date_end=early)


@breaks("mentions.is_in_entity_names")
def _unlisted_variant(rows: Rows, world: int) -> None:
    rows["mentions"][UNRESOLVED]["entity_id"] = make_id("n", 2, world)


@breaks("quotations.utterance_has_one_speaker")
def _second_speaker(rows: Rows, world: int) -> None:
    rows["quotations"][1]["speaker_entity_id"] = make_id("n", 2, world)


@breaks("quotations.speaker_is_mentioned")
def _unnamed_speaker(rows: Rows, world: int) -> None:
    rows["quotations"][2]["speaker_entity_id"] = make_id("n", 2, world)


@breaks("pair_decisions.smaller_id_is_left")
def _turned_pair(rows: Rows, world: int) -> None:
    pair = rows["pair_decisions"][FAR_PAIR]
    pair["article_id_l"], pair["article_id_r"] = pair["article_id_r"], pair["article_id_l"]


@breaks("events.representative_agrees")
def _other_representative(rows: Rows, world: int) -> None:
    values = {"representative_article_id": make_id("a", 3, world), "title": title(3, world)}
    rows["events"][0].update(values)


@breaks("events.is_in_ledger")
def _unentered_event(rows: Rows, world: int) -> None:
    del rows["event_ledger"][0]


@breaks("events.is_not_given_up")
def _retired_event(rows: Rows, world: int) -> None:
    added = rows["event_ledger"][0]
    gone = {"old_event_id": added["new_event_id"], "new_event_id": None, "change": "retired"}
    rows["event_ledger"].append({**added, **gone, "release": "1.1.0"})


@breaks("event_reports.document_is_no_report")
def _document_reports(rows: Rows, world: int) -> None:
    rows["event_reports"][1]["role"] = "reprint"
    rows["events"][0]["report_count"] = 3


@breaks("event_reports.reprint_has_group")
def _reprint_of_nothing(rows: Rows, world: int) -> None:
    rows["event_reports"][2]["role"] = "reprint"
    rows["events"][0]["independent_report_count"] = 1


@breaks("event_reports.group_has_one_original")
def _two_originals(rows: Rows, world: int) -> None:
    rows["event_reports"][2]["syndication_group_id"] = make_id("g", 1, world)
    rows["event_participants"][0]["report_count"] = 1
    rows["event_participants"][2]["report_count"] = 1


@breaks("event_reports.group_is_in_one_event")
def _group_over_events(rows: Rows, world: int) -> None:
    rows["event_reports"][3]["syndication_group_id"] = make_id("g", 1, world)


@breaks("event_disagreements.is_in_event_reports")
def _stranger_disagrees(rows: Rows, world: int) -> None:
    rows["event_disagreements"][0]["article_id"] = make_id("a", 4, world)
