"""Names, quotations, pairs and events of the good release, under one mark."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.expectations.story_rows import Rows, bodies, make_id, mark, title
from transforms.schema import table_of
from transforms.tables import PairDecision

_SIGNALS = tuple(
    column.name
    for column in table_of(PairDecision).columns
    if column.maximum == 1 and column.name != "score"
)


def names(world: int) -> Rows:
    person, league, place = (make_id("n", number, world) for number in (1, 2, 3))
    entities = [
        (person, "Ada Lind", "person", "Q1", True, None, None, None),
        (league, "Tern League", "organisation", None, True, None, None, None),
        (place, "Harrow", "place", None, False, "Ternland", 51.5, -0.25),
    ]
    found = [
        (1, "Ada Lind", person),
        (1, "Tern League", league),
        (1, "Harrow", place),
        (2, "Ada Lind", person),
        (3, "Ada Lind", person),
        (3, "Harrow", place),
        (4, "Tern League", league),
    ]
    body = [_mention(number, surface, entity, 2, world) for number, surface, entity in found]
    head = [_mention(1, "Ada Lind", person, 1, world), _mention(2, "Harrow", None, 1, world)]
    columns = (
        "entity_id", "name", "entity_type", "wikidata_id", "is_authority", "country", "latitude",
        "longitude",
    )  # fmt: skip
    return {
        "entities": [dict(zip(columns, values, strict=True)) for values in entities],
        "entity_names": [
            _entity_name(person, "Ada Lind", 4, world),
            _entity_name(league, "Tern League", 2, world),
            _entity_name(place, "Harrow", 2, world),
        ],
        "mentions": body + head,
        "quotations": [
            _quotation(1, "We will sign,", person, world),
            _quotation(1, "The text is ready.", person, world),
            _quotation(2, "The text is ready.", None, world),
        ],
    }


def _entity_name(entity: str, surface: str, count: int, world: int) -> dict[str, Any]:
    return {
        "entity_id": entity,
        "surface": surface,
        "mention_count": count,
        "how_matched": f"full name ({mark(world)})",
    }


def _mention(
    number: int, surface: str, entity: str | None, block: int, world: int
) -> dict[str, Any]:
    text = bodies(world)[number][0] if block == 2 else title(number, world)
    start = text.index(surface)
    return {
        "article_id": make_id("a", number, world),
        "block_index": block,
        "block_start": start,
        "span_field": "text" if block == 2 else "block",
        "char_start": start,
        "char_end": start + len(surface),
        "surface": surface,
        "entity_id": entity,
        "method": "full name",
        "office": None,
    }


def _quotation(number: int, words: str, speaker: str | None, world: int) -> dict[str, Any]:
    text = "\n\n".join(bodies(world)[number])
    return {
        "article_id": make_id("a", number, world),
        "char_start": text.index(words),
        "char_end": text.index(words) + len(words),
        "text": words,
        "utterance_index": 0,
        "quotation_type": "direct",
        "speaker_entity_id": speaker,
        "speaker_surface": "she",
        "cue": "said",
        "method": "pronoun",
    }


def events(world: int) -> Rows:
    """The event of article 1, its copy 2, a document, and 3; that of 4; what hangs on them."""
    first, second = make_id("e", 1, world), make_id("e", 2, world)
    articles = {number: make_id("a", number, world) for number in range(1, 5)}
    person, league, place = (make_id("n", number, world) for number in (1, 2, 3))
    group = make_id("g", 1, world)
    return {
        "pair_decisions": [
            _pair(1, 2, "reprint", world),
            _pair(1, 3, "same_event", world),
            _pair(1, 4, "different", world),
            _pair(2, 3, "same_event", world),
            _pair(3, 4, "same_event", world),
        ],
        "events": [
            _event(first, 1, (dt.date(1997, 3, 3), dt.date(1997, 3, 3)), "day", (2, 2, 2), world),
            _event(second, 4, (dt.date(1997, 5, 1), None), "bracket", (1, 1, 1), world),
        ],
        "event_reports": [
            _row("event_id article_id role syndication_group_id is_first_printing", *values)
            for values in (
                (first, articles[1], "representative", group, True),
                (first, articles[2], "document", group, False),
                (first, articles[3], "report", None, None),
                (second, articles[4], "representative", None, None),
            )
        ],
        "event_participants": [
            _row("event_id entity_id report_count office", *values)
            for values in (
                (first, person, 2, "Foreign Minister"),
                (first, league, 1, None),
                (first, place, 2, None),
                (second, league, 1, None),
            )
        ],
        "event_disagreements": [
            _row("event_id fact value article_id", first, "hours", value, articles[number])
            for value, number in (("12", 1), ("14", 3))
        ],
        "event_ledger": [
            _row("old_event_id new_event_id change cause release", *values)
            for values in (
                (None, first, "added", "new reports", "1.0.0"),
                (second, second, "kept", "same reports", "1.1.0"),
                (make_id("e", 3, world), None, "retired", "its report is gone", "1.1.0"),
                (make_id("e", 4, world), second, "merged", "one story", "1.1.0"),
            )
        ],
        "entity_ledger": [
            _row("old_entity_id new_entity_id change cause release", *values)
            for values in (
                (person, person, "listed", "a row was added", "1.1.0"),
                (make_id("n", 8, world), league, "merged", "one name", "1.1.0"),
                (make_id("n", 9, world), None, "retired", "its report is gone", "1.1.0"),
            )
        ],
        "corrections_applied": [
            _row(
                "correction_id kind applied_count status", f"{mark(world)}-1", "name", 2, "applied"
            ),
            _row("correction_id kind applied_count status", f"{mark(world)}-2", "date", 0, "stale"),
        ],
    }


def _row(columns: str, *values: Any) -> dict[str, Any]:
    return dict(zip(columns.split(), values, strict=True))


def _pair(left: int, right: int, relation: str, world: int) -> dict[str, Any]:
    return {
        "article_id_l": make_id("a", left, world),
        "article_id_r": make_id("a", right, world),
        "relation": relation,
        "score": 0.5,
        **dict.fromkeys(_SIGNALS, 0.5),
        "shared_evidence": ["Ada Lind"] if right < 4 else [],
        "reason": "kept apart: another year" if left == 3 else "both name Ada Lind",
    }


def _event(
    event_id: str,
    representative: int,
    bracket: tuple[dt.date, dt.date | None],
    precision: str,
    counts: tuple[int, int, int],
    world: int,
) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "title": title(representative, world),
        "event_date_start": bracket[0],
        "event_date_end": bracket[1],
        "event_date_precision": precision,
        "event_date_method": "weekday",
        "place": None,
        "report_count": counts[0],
        "independent_report_count": counts[1],
        "site_count": counts[2],
        "representative_article_id": make_id("a", representative, world),
        "timeline_id": None,
        "event_type": None,
    }
