"""Laws of pairs and events: every article in one event, every count recounted."""

from __future__ import annotations

from expectations.rules import law, says_something, shape


def _of(side: str, column: str, table: str) -> str:
    """What a table says of the left (`l`) or right (`r`) article of a pair, as SQL."""
    return f"(SELECT min(x.{column}) FROM {table} x WHERE x.article_id = t.article_id_{side})"


def _both(operator: str, column: str, table: str = "event_reports") -> str:
    """A comparison of what a table says of both articles of a pair, as SQL.

    One look-up a side: a join of both sides grows with the square of an event's reports.
    """
    return f"{_of('l', column, table)} {operator} {_of('r', column, table)}"


# 1.10.0 comes after 1.9.0, and the release about to be made, which has no number, after both.
_RELEASE = r"""[CASE WHEN regexp_matches(g.release, '\d') THEN 0 ELSE 1 END]
    || list_transform(regexp_extract_all(g.release, '\d+'), lambda n: CAST(n AS INTEGER))"""
_REPORTS = "FROM event_reports r WHERE r.event_id = t.event_id"
_GROUP = "FROM event_reports g WHERE g.syndication_group_id = t.syndication_group_id"
_IN_EVENT = "AND g.event_id = t.event_id"
_WIRE = "t.relation NOT IN ('identical', 'reprint', 'page')"

_PAIRS = (
    law(
        "pair_decisions",
        "smaller_id_is_left",
        "t.article_id_l < t.article_id_r",
        "A pair stands once in the table, whichever way it was compared.",
    ),
    says_something("pair_decisions", "reason", "Each decision keeps its reason."),
    law(
        "pair_decisions",
        "duplicates_share_event",
        f"{_WIRE} OR {_both('IS NOT DISTINCT FROM', 'event_id')}",
        "Law 4: identical captures and reprints share an event.",
    ),
    law(
        "pair_decisions",
        "duplicates_share_group",
        f"""{_WIRE} OR {_both("IS DISTINCT FROM", "event_id")}
        OR {_of("l", "event_id", "event_reports")} IS NULL
        OR coalesce({_both("=", "syndication_group_id")}, false)""",
        "Law 4: one wire story is counted once, however often it is printed.",
    ),
    law(
        "pair_decisions",
        "same_event_is_joined_or_explained",
        f"""t.relation <> 'same_event' OR t.reason LIKE '%kept apart%'
        OR coalesce({_both("=", "event_id")}, false)""",
        "A pair found to be of one event is in one, or its reason says why it is kept apart.",
    ),
    law(
        "pair_decisions",
        "same_text_is_identical",
        f"t.relation = 'identical' OR {_both('<>', 'text_sha256', 'articles')}",
        "Two articles of one text are identical, whatever else was measured.",
    ),
)

_EVENTS = (
    shape("events", "event_id", "^e_[0-9a-f]{20}$", "Law 5: ids come from the content."),
    law(
        "events",
        "reports_are_counted",
        f"t.report_count = (SELECT count(*) {_REPORTS} AND r.role NOT IN ('document', 'page'))",
        "A count is what a reader counts.",
    ),
    law(
        "events",
        "independent_reports_are_counted",
        """t.independent_report_count
         = (SELECT count(*)
              FROM event_reports r JOIN articles a ON a.article_id = r.article_id
             WHERE r.event_id = t.event_id AND r.role IN ('representative', 'report')
               AND a.report_kind = 'report')""",
        "Law 4: one wire story is one independent report, however often it is printed, and what "
        "looks ahead, explains or documents an event is none.",
    ),
    law(
        "events",
        "sites_are_counted",
        """t.site_count = (SELECT count(DISTINCT a.site_id)
                             FROM event_reports r JOIN articles a ON a.article_id = r.article_id
                            WHERE r.event_id = t.event_id AND r.role <> 'document')""",
        "A count is what a reader counts.",
    ),
    law(
        "events",
        "has_one_representative",
        f"(SELECT count(*) {_REPORTS} AND r.role = 'representative') = 1",
        "One report stands for the event.",
    ),
    law(
        "events",
        "representative_agrees",
        f"""NOT EXISTS (SELECT 1 {_REPORTS} AND r.role = 'representative')
        OR EXISTS (SELECT 1 {_REPORTS} AND r.role = 'representative'
                       AND r.article_id = t.representative_article_id)""",
        "The report that stands for the event is one of its reports and is marked so.",
    ),
    law(
        "events",
        "title_is_representatives",
        """NOT EXISTS (SELECT 1 FROM articles a
                       WHERE a.article_id = t.representative_article_id
                         AND a.title IS DISTINCT FROM t.title)""",
        "An event is called what its representative report is called.",
    ),
    law(
        "events",
        "is_in_ledger",
        "EXISTS (SELECT 1 FROM event_ledger g WHERE g.new_event_id = t.event_id)",
        "Law 5: an event's id was given, or carried over, by a row of the ledger.",
    ),
    law(
        "events",
        "is_not_given_up",
        f"""(SELECT max({_RELEASE}) FROM event_ledger g
             WHERE g.old_event_id = t.event_id AND g.change IN ('merged', 'retired'))
         < (SELECT max({_RELEASE}) FROM event_ledger g WHERE g.new_event_id = t.event_id)""",
        "Law 5: an id that was merged or retired stands for nothing until it is given again.",
    ),
)

_REPORT_ROWS = (
    law(
        "event_reports",
        "reprint_has_group",
        "t.role <> 'reprint' OR t.syndication_group_id IS NOT NULL",
        "A reprint is a reprint of something.",
    ),
    law(
        "event_reports",
        "group_has_one_original",
        f"""t.syndication_group_id IS NULL
        OR (SELECT count(*) {_GROUP} {_IN_EVENT}
               AND g.role NOT IN ('reprint', 'page', 'document')) = 1
        OR NOT EXISTS (SELECT 1 {_GROUP} {_IN_EVENT} AND g.role <> 'document')""",
        "Law 4: of one wire story one printing is a report, the others are reprints.",
    ),
    law(
        "event_reports",
        "group_is_in_one_event",
        f"""t.syndication_group_id IS NULL
        OR (SELECT count(DISTINCT g.event_id) {_GROUP}) = 1""",
        "Law 4: one wire story reports one event.",
    ),
    law(
        "event_reports",
        "one_of_group_is_first",
        f"""t.is_first_printing IS NOT true
        OR (SELECT count(*) {_GROUP} AND g.is_first_printing) = 1""",
        "Of one wire story one printing comes first, and a story that stands alone precedes none.",
    ),
    law(
        "event_reports",
        "document_is_no_report",
        """(t.role = 'document') = EXISTS (
            SELECT 1 FROM articles a
             WHERE a.article_id = t.article_id AND a.document_type IS NOT NULL)""",
        "A document is kept with an event and never reports it or stands for it.",
    ),
    law(
        "event_participants",
        "reports_are_counted",
        """t.report_count
         = (SELECT count(DISTINCT coalesce(r.syndication_group_id, r.article_id))
              FROM event_reports r JOIN mentions m ON m.article_id = r.article_id
             WHERE r.event_id = t.event_id AND m.entity_id = t.entity_id
               AND r.role <> 'document')""",
        "A participant is named by as many independent reports as we say.",
    ),
    law(
        "event_disagreements",
        "is_in_event_reports",
        f"EXISTS (SELECT 1 {_REPORTS} AND r.article_id = t.article_id)",
        "Law 5: only reports of an event can differ on it.",
    ),
    law(
        "event_disagreements",
        "values_differ",
        """(SELECT count(DISTINCT d.value) FROM event_disagreements d
             WHERE d.event_id = t.event_id AND d.fact = t.fact) >= 2""",
        "Where all reports print one value they do not disagree.",
    ),
)

_LEDGER = (
    shape("event_ledger", "old_event_id", "^e_[0-9a-f]{20}$", "Law 5: ids come from the content."),
    law(
        "event_ledger",
        "ids_fit_change",
        """CASE t.change
           WHEN 'added' THEN t.old_event_id IS NULL AND t.new_event_id IS NOT NULL
           WHEN 'retired' THEN t.old_event_id IS NOT NULL AND t.new_event_id IS NULL
           WHEN 'kept' THEN coalesce(t.old_event_id = t.new_event_id, false)
           ELSE t.old_event_id IS NOT NULL AND t.new_event_id IS NOT NULL END""",
        "Law 5: the ledger can be followed from any id of any release to today's.",
    ),
    says_something("event_ledger", "cause", "A change of an id says why."),
    law(
        "corrections_applied",
        "stale_changes_nothing",
        "t.status <> 'stale' OR t.applied_count = 0",
        "A correction whose text is gone cannot have been applied.",
    ),
)

LAWS = (*_PAIRS, *_EVENTS, *_REPORT_ROWS, *_LEDGER)
