"""Laws of dates: a date rests on clues and is never more precise than they are."""

from __future__ import annotations

from expectations.rules import law, says_something
from transforms.tables import PRECISIONS


def _rank(column: str) -> str:
    """How coarse a precision is, as SQL."""
    return f"list_position({list(PRECISIONS)}, {column})"


def _fits(precision: str, start: str, end: str) -> str:
    """Whether a bracket is as narrow as its precision says, as SQL."""
    width = f"coalesce({end} - {start}, 1000000)"
    return f"""{width} <= CASE {precision} WHEN 'bracket' THEN 1000000
                               WHEN 'year' THEN 365 WHEN 'month' THEN 30 ELSE 0 END"""


def _chosen(kind: str, condition: str) -> str:
    """Whether a chosen clue of the article `t` meets a condition, as SQL."""
    return f"""EXISTS (SELECT 1 FROM date_candidates d
                        WHERE d.article_id = t.article_id AND d.is_chosen
                          AND {kind} AND {condition})"""


_EVIDENCE = "Law 7: a date is never more precise than its evidence."
_GRACE = "CASE WHEN t.published_precision IN ('second', 'minute', 'hour') THEN 1 ELSE 0 END"
_SLICES = "Law 3: a clue's span slices to what was read there."
_IS_WHOLE = """(t.event_date_start IS NULL AND t.event_date_end IS NULL)
             = (t.event_date_precision IS NULL)
           AND (t.event_date_precision IS NULL) = (t.event_date_method IS NULL)"""

_PUBLISHED = (
    law(
        "articles",
        "published_is_whole",
        """(t.published_at IS NULL) = (t.published_precision IS NULL)
        AND (t.published_at IS NULL) = (t.published_method IS NULL)""",
        "A publication time comes with its precision and the rule that found it, or not at all.",
    ),
    law(
        "articles",
        "published_rests_on_clue",
        "t.published_at IS NULL OR "
        + _chosen(
            "d.kind = 'published'",
            # A printed clock time may fall on another day once it is in UTC.
            """CAST(t.published_at AS DATE) BETWEEN
               coalesce(d.date_start, DATE '0001-01-02') - """
            + _GRACE
            + " AND coalesce(d.date_end, DATE '9999-12-30') + "
            + _GRACE,
        ),
        "Law 7: the publication time agrees with a clue that was chosen for it.",
    ),
    law(
        "articles",
        "published_is_as_precise_as_clue",
        f"""{_rank("t.published_precision")}
         >= (SELECT min({_rank("d.precision")}) FROM date_candidates d
              WHERE d.article_id = t.article_id AND d.is_chosen AND d.kind = 'published')""",
        _EVIDENCE,
    ),
    law(
        "articles",
        "published_is_rounded",
        """CASE t.published_precision WHEN 'bracket' THEN false
           ELSE date_trunc(t.published_precision, t.published_at) = t.published_at END""",
        "Law 7: what the precision does not vouch for is not filled in.",
    ),
    law(
        "articles",
        "published_before_capture",
        # A capture time is often known to the day only and a site's clock runs in its own zone.
        """NOT EXISTS (SELECT 1 FROM captures c
                       WHERE c.capture_id = t.capture_id
                         AND t.published_at > c.captured_at + INTERVAL 1 DAY)""",
        "A page cannot have been collected before it was published (a day's grace for time zones).",
    ),
)

_EVENT_DATES = (
    law(
        "articles",
        "event_date_is_whole",
        _IS_WHOLE,
        "An event date comes with its precision and its rules, or not at all.",
    ),
    law(
        "articles",
        "event_date_is_ordered",
        "t.event_date_start <= t.event_date_end",
        "A bracket starts before it ends.",
    ),
    law(
        "articles",
        "event_date_fits_precision",
        "t.event_date_precision IS NULL OR "
        + _fits("t.event_date_precision", "t.event_date_start", "t.event_date_end"),
        _EVIDENCE,
    ),
    law(
        "articles",
        "event_date_rests_on_clues",
        "(t.event_date_start IS NULL OR "
        + _chosen("d.kind <> 'site'", "d.date_start = t.event_date_start")
        + ") AND (t.event_date_end IS NULL OR "
        + _chosen("d.kind <> 'site'", "d.date_end = t.event_date_end")
        + ")",
        "Law 7: either end of the bracket is the end of a clue that was chosen.",
    ),
    law(
        "events",
        "event_date_is_whole",
        _IS_WHOLE,
        "A date comes with its precision and rules.",
        protects="row",
    ),
    law(
        "events",
        "event_date_is_ordered",
        "t.event_date_start <= t.event_date_end",
        "A bracket starts before it ends.",
        protects="row",
    ),
    law(
        "events",
        "event_date_fits_precision",
        "t.event_date_precision IS NULL OR "
        + _fits("t.event_date_precision", "t.event_date_start", "t.event_date_end"),
        _EVIDENCE,
        protects="row",
    ),
    law(
        "events",
        "event_date_is_in_reports",
        """coalesce(t.event_date_start, DATE '0001-01-01')
           >= (SELECT min(coalesce(a.event_date_start, DATE '0001-01-01'))
                 FROM event_reports r JOIN articles a ON a.article_id = r.article_id
                WHERE r.event_id = t.event_id)
        AND coalesce(t.event_date_end, DATE '9999-12-31')
           <= (SELECT max(coalesce(a.event_date_end, DATE '9999-12-31'))
                 FROM event_reports r JOIN articles a ON a.article_id = r.article_id
                WHERE r.event_id = t.event_id)""",
        "Law 7: an event is dated by its reports, never beyond what they allow.",
        protects="row",
    ),
)

_CLUES = (
    law(
        "date_candidates",
        "site_date_is_not_chosen",
        "t.kind <> 'site' OR NOT t.is_chosen",
        "Law 7: a date that belongs to the site dates nothing else.",
    ),
    law(
        "date_candidates",
        "indices_follow",
        """t.candidate_index
         = row_number() OVER (PARTITION BY t.article_id ORDER BY t.candidate_index) - 1""",
        "No clue is left out.",
    ),
    law(
        "date_candidates",
        "is_ordered",
        "t.date_start <= t.date_end",
        "A bracket starts before it ends.",
    ),
    law(
        "date_candidates",
        "fits_precision",
        _fits("t.precision", "t.date_start", "t.date_end"),
        _EVIDENCE,
    ),
    law(
        "date_candidates",
        "chosen_bounds_something",
        "NOT t.is_chosen OR t.date_start IS NOT NULL OR t.date_end IS NOT NULL",
        "A clue that allows every day is no reason for a date.",
    ),
    law(
        "date_candidates",
        "chosen_published_is_used",
        """NOT (t.is_chosen AND t.kind = 'published')
        OR NOT EXISTS (SELECT 1 FROM articles a
                        WHERE a.article_id = t.article_id AND a.published_at IS NULL)""",
        "`is_chosen` says that the article's date rests on the clue.",
    ),
    law(
        "date_candidates",
        "chosen_contains_event_date",
        """NOT (t.is_chosen AND t.kind = 'event')
        OR NOT EXISTS (
               SELECT 1 FROM articles a
                WHERE a.article_id = t.article_id
                  AND (coalesce(a.event_date_start, DATE '0001-01-01') < t.date_start
                       OR coalesce(a.event_date_end, DATE '9999-12-31') > t.date_end))""",
        "Law 7: the bracket lies within every clue it rests on.",
    ),
    says_something("date_candidates", "reason", "A clue says why it was chosen or not."),
)

_SPANS = (
    law(
        "date_candidates",
        "span_is_whole",
        """(t.verbatim IS NULL) = (t.span_field IS NULL)
        AND (t.verbatim IS NULL) = (t.char_start IS NULL)
        AND (t.verbatim IS NULL) = (t.char_end IS NULL)
        AND (t.span_field IS NOT DISTINCT FROM 'block' AND t.block_index IS NULL) = false""",
        "Law 3: a span says what it is counted in, where it starts and where it ends.",
    ),
    law(
        "date_candidates",
        "span_has_its_length",
        "t.char_start < t.char_end AND t.char_end - t.char_start = length(t.verbatim)",
        "Law 3: a span is as long as what was read there.",
    ),
    law(
        "date_candidates",
        "slices_to_text",
        """t.span_field <> 'text' OR NOT EXISTS (
               SELECT 1 FROM articles a
                WHERE a.article_id = t.article_id
                  AND substr(a.text, t.char_start + 1, length(t.verbatim)) <> t.verbatim)""",
        _SLICES,
    ),
    law(
        "date_candidates",
        "slices_to_block",
        """t.span_field <> 'block' OR coalesce(substr((
               SELECT min(b.text) FROM articles a JOIN blocks b ON b.capture_id = a.capture_id
                WHERE a.article_id = t.article_id AND b.block_index = t.block_index),
               t.char_start + 1, length(t.verbatim)) = t.verbatim, false)
        OR NOT EXISTS (SELECT 1 FROM articles a WHERE a.article_id = t.article_id)""",
        _SLICES,
    ),
    law(
        "date_candidates",
        "slices_to_url",
        """t.span_field <> 'url' OR NOT EXISTS (
               SELECT 1 FROM articles a
                WHERE a.article_id = t.article_id
                  AND (a.url IS NULL
                       OR substr(a.url, t.char_start + 1, length(t.verbatim)) <> t.verbatim))""",
        _SLICES,
    ),
    law(
        "date_candidates",
        "slices_within_capture",
        """t.span_field <> 'capture' OR NOT EXISTS (
               SELECT 1 FROM articles a JOIN captures c ON c.capture_id = a.capture_id
                WHERE a.article_id = t.article_id AND c.byte_count < t.char_end)""",
        _SLICES,
    ),
)

LAWS = (*_PUBLISHED, *_EVENT_DATES, *_CLUES, *_SPANS)
