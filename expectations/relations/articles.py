"""Laws of an article's text: the story of its capture, the whole of it and nothing else."""

from __future__ import annotations

from expectations.rules import law, says_something, shape

LAWS = (
    law(
        "articles",
        "id_is_the_captures",
        """t.article_id = 'a_' || CASE t.item_index
               WHEN 0 THEN substr(t.capture_id, 3)
               ELSE substr(sha256(t.capture_id || ':' || t.item_index), 1, 20) END""",
        "Law 5: an article's id comes from the content of its capture.",
    ),
    law(
        "articles",
        "site_and_url_agree",
        """NOT EXISTS (SELECT 1 FROM captures c
                       WHERE c.capture_id = t.capture_id
                         AND (c.site_id <> t.site_id
                              OR c.url IS NOT NULL AND t.url IS DISTINCT FROM c.url
                                 AND NOT coalesce(suffix(c.url, regexp_replace(
                                         t.url, '^https?://', '')), false)))""",
        "An article comes from where its capture comes from; an address may be read off the page, "
        "or be that of which a web archive has a copy.",
    ),
    says_something("articles", "text", "A capture without a story is a rejection, not an article."),
    shape("articles", "language", "^[a-z]{2}$", "A language is written as in ISO 639-1."),
    law(
        "articles",
        "text_is_its_body",
        """t.text = coalesce((
               SELECT string_agg(b.text, chr(10) || chr(10) ORDER BY b.block_index)
                 FROM blocks b WHERE b.capture_id = t.capture_id AND b.label = 'body'
                  AND coalesce(b.item_index, 0) = t.item_index), '')""",
        "Nothing of the story is lost and no furniture gets in: the text is the body blocks.",
    ),
    law(
        "articles",
        "text_sha256_agrees",
        "t.text_sha256 = sha256(t.text)",
        "Whoever cites the text can check that it is this one.",
    ),
    law(
        "articles",
        "words_are_counted",
        "t.word_count <= length(t.text)",
        "No word without a character.",
    ),
    law(
        "articles",
        "is_in_one_event",
        """(SELECT count(*) FROM event_reports r WHERE r.article_id = t.article_id)
         BETWEEN CASE WHEN t.document_type IS NULL THEN 1 ELSE 0 END AND 1""",
        "Law 4: every story is in exactly one event, a document in one at the most.",
        protects="release",
    ),
    law(
        "articles",
        "is_document_or_story",
        """(t.document_type IS NULL) = (t.report_kind IS NOT NULL)
        AND (t.document_type IS NULL) = (t.document_evidence IS NULL)
        AND (t.report_kind IS NULL) = (t.report_kind_evidence IS NULL)""",
        "An article is a document or a story of some kind, and its evidence says why.",
    ),
    law(
        "articles",
        "same_text_is_one_event",
        """(SELECT count(DISTINCT r.event_id)
              FROM articles o
              JOIN (SELECT article_id, min(event_id) AS event_id
                      FROM event_reports GROUP BY article_id) r ON r.article_id = o.article_id
             WHERE o.text_sha256 = t.text_sha256) <= 1""",
        "Law 4: identical captures share an event.",
        protects="release",
    ),
)
