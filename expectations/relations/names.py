"""Laws of entities, mentions and quotations: what is named is printed where we say it is."""

from __future__ import annotations

from expectations.rules import law, says_something, shape

_BLOCK_OF_MENTION = """FROM articles a JOIN blocks b ON b.capture_id = a.capture_id
    WHERE a.article_id = t.article_id AND b.block_index = t.block_index"""
_IS_NOT_EMPTY = "Law 3: a span holds at least one character, and as many as were printed."

_ENTITIES = (
    shape("entities", "entity_id", "^n_[0-9a-f]{20}$", "Law 5: ids come from the content."),
    shape("entities", "wikidata_id", r"^Q[1-9]\d*$", "A Wikidata item is a Q and its number."),
    says_something("entities", "name", "An entity has a name to be shown by."),
    law(
        "entities",
        "wikidata_is_from_seeds",
        "t.is_authority OR t.wikidata_id IS NULL",
        "Which item a name found in text only stands for is not certain.",
    ),
    law(
        "entity_names",
        "mentions_are_counted",
        """(SELECT sum(n.mention_count) FROM entity_names n
             WHERE n.entity_id = t.entity_id AND n.surface = t.surface)
         = (SELECT count(*) FROM mentions m
             WHERE m.entity_id = t.entity_id AND m.surface = t.surface)""",
        "The variants of a name sum up the mentions, no more and no less.",
    ),
)

_LEDGER = (
    shape(
        "entity_ledger", "old_entity_id", "^n_[0-9a-f]{20}$", "Law 5: ids come from the content."
    ),
    law(
        "entity_ledger",
        "ids_fit_change",
        """CASE t.change
           WHEN 'retired' THEN t.new_entity_id IS NULL
           WHEN 'merged' THEN coalesce(t.new_entity_id <> t.old_entity_id, false)
           ELSE coalesce(t.new_entity_id = t.old_entity_id, false) END""",
        "Law 5: an entity that a table lists keeps its id; of one that is gone, the heir is told.",
    ),
    says_something("entity_ledger", "cause", "A change of an entity says why."),
)

_MENTIONS = (
    law(
        "mentions",
        "is_in_entity_names",
        """t.entity_id IS NULL OR EXISTS (
               SELECT 1 FROM entity_names n
                WHERE n.entity_id = t.entity_id AND n.surface = t.surface)""",
        "Every printed variant of a name is listed.",
    ),
    law(
        "mentions",
        "is_in_blocks",
        f"""EXISTS (SELECT 1 {_BLOCK_OF_MENTION})
        OR NOT EXISTS (SELECT 1 FROM articles a WHERE a.article_id = t.article_id)""",
        "Law 5: the block a name stands in is a block of the article's capture.",
    ),
    law(
        "mentions",
        "is_not_in_furniture",
        f"NOT EXISTS (SELECT 1 {_BLOCK_OF_MENTION} AND b.label = 'furniture')",
        "What a site puts around every story names nobody in it.",
    ),
    law(
        "mentions",
        "span_has_its_length",
        "t.char_start < t.char_end AND t.char_end - t.char_start = length(t.surface)",
        _IS_NOT_EMPTY,
    ),
    law(
        "mentions",
        "slices_to_text",
        """t.span_field <> 'text' OR NOT EXISTS (
               SELECT 1 FROM articles a
                WHERE a.article_id = t.article_id
                  AND substr(a.text, t.char_start + 1, length(t.surface)) <> t.surface)""",
        "Law 3: a mention's span slices to the name as printed.",
    ),
    law(
        "mentions",
        "slices_to_block",
        f"""substr((SELECT min(b.text) {_BLOCK_OF_MENTION}),
                   t.block_start + 1, length(t.surface)) = t.surface""",
        "Law 3: a mention's place in its block slices to the name as printed.",
    ),
    law(
        "mentions",
        "block_span_agrees",
        "t.span_field <> 'block' OR t.char_start = t.block_start",
        "Law 3: one place has one number.",
    ),
)

_QUOTATIONS = (
    law(
        "quotations",
        "span_has_its_length",
        "t.char_start < t.char_end AND t.char_end - t.char_start = length(t.text)",
        _IS_NOT_EMPTY,
    ),
    law(
        "quotations",
        "slices_to_text",
        """NOT EXISTS (SELECT 1 FROM articles a
                       WHERE a.article_id = t.article_id
                         AND substr(a.text, t.char_start + 1, length(t.text)) <> t.text)""",
        "Law 3: quoted words are quoted to the character.",
    ),
    law(
        "quotations",
        "utterance_has_one_speaker",
        """(SELECT count(DISTINCT q.speaker_entity_id) FROM quotations q
             WHERE q.article_id = t.article_id AND q.utterance_index = t.utterance_index) <= 1""",
        "Parts of one utterance were said by one speaker.",
    ),
    law(
        "quotations",
        "speaker_is_mentioned",
        """t.speaker_entity_id IS NULL OR EXISTS (
               SELECT 1 FROM mentions m
                WHERE m.article_id = t.article_id AND m.entity_id = t.speaker_entity_id)""",
        "A speaker is someone the article names.",
    ),
)

LAWS = (*_ENTITIES, *_LEDGER, *_MENTIONS, *_QUOTATIONS)
