"""Laws of captures, rejections, blocks and coverage: what is lost leaves a row that says why."""

from __future__ import annotations

from expectations.rules import law, says_something, shape
from transforms.tables import REJECTION_REASONS

_CAPTURES = (
    shape("captures", "capture_id", "^c_[0-9a-f]{20}$", "Law 5: ids come from the content."),
    shape("captures", "sha256", "^[0-9a-f]{64}$", "Whoever holds the bytes can check them."),
    law(
        "captures",
        "ends_once",
        """(SELECT count(*) FROM rejections r WHERE r.capture_id = t.capture_id)
         + (SELECT count(*) FROM articles a
             WHERE a.capture_id = t.capture_id AND a.item_index = 0) = 1
        AND (SELECT count(DISTINCT a.item_index) = count(*)
                    AND coalesce(max(a.item_index), -1) = count(*) - 1
               FROM articles a WHERE a.capture_id = t.capture_id)""",
        "Law 1: every capture ends as articles, numbered from 0, or as one rejection.",
        protects="article",
    ),
    law(
        "captures",
        "outcome_agrees",
        """(t.outcome = 'article')
         = EXISTS (SELECT 1 FROM articles a WHERE a.capture_id = t.capture_id)""",
        "Law 1: `outcome` says how the capture did end.",
    ),
    law(
        "captures",
        "article_was_decoded",
        """t.outcome <> 'article'
        OR (t.sha256 IS NOT NULL AND t.media_type IS NOT NULL AND t.charset IS NOT NULL)""",
        "An article can only be read from bytes whose type and encoding are known.",
        protects="article",
    ),
    law(
        "captures",
        "is_in_coverage",
        "EXISTS (SELECT 1 FROM coverage c WHERE c.site_id = t.site_id)",
        "Coverage tells of every site, else a gap in it means nothing.",
    ),
)

_REJECTIONS = (
    says_something("rejections", "detail", "Law 1: a rejection says why, in words."),
    law(
        "rejections",
        "reason_fits_stage",
        f"""CASE t.stage WHEN 'expectations' THEN regexp_matches(t.reason, '^[a-z_]+$')
                     ELSE list_contains({list(REJECTION_REASONS)}, t.reason) END""",
        "Law 10: a capture in quarantine names the rule it broke, any other a reason we know.",
    ),
)

_BLOCKS = (
    says_something("blocks", "text", "A block is a run of text."),
    law(
        "blocks",
        "indices_follow",
        "t.block_index = row_number() OVER (PARTITION BY t.capture_id ORDER BY t.block_index) - 1",
        "Law 2: no block of a capture is left out.",
    ),
    law(
        "blocks",
        "span_is_not_empty",
        "t.char_start < t.char_end",
        "Law 3: a block's text stands somewhere in the capture.",
    ),
    law(
        "blocks",
        "spans_follow",
        """lag(t.char_end) OVER (PARTITION BY t.capture_id ORDER BY t.block_index)
         <= t.char_start""",
        "Law 2: blocks stand in order and do not overlap, so that they give the capture back.",
    ),
    law(
        "blocks",
        "span_is_in_capture",
        """NOT EXISTS (SELECT 1 FROM captures c
                       WHERE c.capture_id = t.capture_id AND c.byte_count < t.char_end)""",
        "Law 3: a span ends within its capture, and no character takes less than a byte.",
    ),
    law(
        "blocks",
        "repeats_another",
        """t.repeats_block_index IS NULL
        OR (t.label IN ('furniture', 'pull_quote') AND t.repeats_block_index <> t.block_index
            AND EXISTS (SELECT 1 FROM blocks b
                         WHERE b.capture_id = t.capture_id
                           AND b.block_index = t.repeats_block_index))""",
        "What repeats another block of its capture names it, and is not of the story itself.",
    ),
)

_COVERAGE = (
    shape("coverage", "month", r"^\d{4}-(?:0[1-9]|1[0-2])$", "A month is written YYYY-MM."),
    law(
        "coverage",
        "adds_up",
        """t.capture_count BETWEEN t.rejection_count
                             AND t.article_count + t.rejection_count""",
        "Law 1, counted: every capture is a rejection, or an article or several.",
    ),
    law(
        "coverage",
        "site_total_agrees",
        """(SELECT sum(c.capture_count) FROM coverage c WHERE c.site_id = t.site_id)
         = (SELECT count(*) FROM captures p WHERE p.site_id = t.site_id)""",
        "The months of a site add up to its captures.",
    ),
    law(
        "coverage",
        "site_articles_agree",
        """(SELECT sum(c.article_count) FROM coverage c WHERE c.site_id = t.site_id)
         = (SELECT count(*) FROM articles a WHERE a.site_id = t.site_id)""",
        "The months of a site add up to its articles.",
    ),
    law(
        "articles",
        "is_in_coverage",
        """(SELECT count(*) FROM articles a
             WHERE a.site_id = t.site_id
               AND strftime(a.published_at, '%Y-%m') = strftime(t.published_at, '%Y-%m'))
         <= (SELECT coalesce(sum(c.article_count), 0) FROM coverage c
              WHERE c.site_id = t.site_id AND c.month = strftime(t.published_at, '%Y-%m'))""",
        "A dated article counts for the month it was published in.",
        protects="release",
    ),
)

LAWS = (*_CAPTURES, *_REJECTIONS, *_BLOCKS, *_COVERAGE)
