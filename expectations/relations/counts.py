"""How many rows a table must or may have: an empty table passes all other rules."""

from __future__ import annotations

from collections.abc import Iterator

from expectations.rules import RowCount, Rule

_ARTICLES = "SELECT count(*) FROM articles"
_ANY_ARTICLE = "SELECT count(*) FROM (SELECT 1 FROM articles LIMIT 1)"
_ANY_STORY = "SELECT count(*) FROM (SELECT 1 FROM articles WHERE document_type IS NULL LIMIT 1)"


def _rows(
    table: str,
    reason: str,
    minimum: str | None,
    maximum: str | None = None,
    *,
    severity: str = "critical",
) -> Rule:
    return Rule(table, "row_count", None, RowCount(minimum, maximum), reason, severity)


def _row_counts() -> Iterator[Rule]:
    yield _rows("captures", "A release of nothing is no release.", "SELECT 1")
    yield _rows(
        "rejections",
        "Law 1: every rejected capture has its row.",
        "SELECT count(*) FROM captures WHERE outcome = 'rejected'",
    )
    yield _rows(
        "articles",
        "Law 1: every capture that is not rejected has its article.",
        "SELECT count(*) FROM captures WHERE outcome = 'article'",
    )
    yield _rows("blocks", "A story has at least one block.", _ARTICLES)
    yield _rows("events", "Law 4: where there are stories there are events.", _ANY_STORY, _ARTICLES)
    yield _rows(
        "event_reports",
        "Law 4: every story reports one event.",
        f"{_ARTICLES} WHERE document_type IS NULL",
        _ARTICLES,
    )
    yield _rows(
        "coverage", "Every site is covered.", "SELECT count(DISTINCT site_id) FROM captures"
    )
    yield _rows("event_ledger", "Every event has its row.", "SELECT count(*) FROM events")
    yield _rows(
        "pair_decisions",
        "No more pairs than two different articles make.",
        None,
        "SELECT count(*) * (count(*) - 1) // 2 FROM articles",
    )
    yield _rows(
        "entities",
        "Law 5: whoever is mentioned is an entity.",
        "SELECT count(DISTINCT entity_id) FROM mentions",
    )
    yield _rows(
        "entity_names",
        "Whoever is mentioned has a printed name.",
        "SELECT count(DISTINCT entity_id) FROM mentions",
    )
    yield _rows(
        "event_disagreements",
        "One report cannot disagree with itself.",
        None,
        "SELECT CASE WHEN max(report_count) > 1 THEN 9223372036854775807 ELSE 0 END FROM events",
    )
    # Stories without a date, a name or a quotation exist; a release of such stories only is odd.
    for table, what in (
        ("date_candidates", "a date clue"),
        ("mentions", "a name"),
        ("quotations", "a quotation"),
        ("event_participants", "a participant"),
    ):
        yield _rows(
            table,
            f"It is unlikely that no story of a release has {what}.",
            _ANY_ARTICLE,
            severity="warning",
        )


# corrections_applied has none: it has as many rows as the reader has corrections.
ROW_COUNTS = tuple(_row_counts())
