"""What became of the entities of the last release: listed by a table now, merged, or gone."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from transforms.schema import conform, table_of
from transforms.tables import EntityChange

# A reference row that was added or taken out leaves the id as it is.
LISTED = """
    SELECT
        entity_id AS old_entity_id,
        entity_id AS new_entity_id,
        CASE WHEN now.is_authority THEN 'listed' ELSE 'unlisted' END AS change,
        CASE WHEN now.is_authority THEN 'a reference table lists ' ELSE 'no reference table lists '
            END || now.name AS cause,
        $release AS release
    FROM old_entities old JOIN entities now USING (entity_id)
    WHERE old.is_authority <> now.is_authority
"""
# Where an id is gone, its mentions tell whose they are now; most of them decide.
GONE = """
    WITH gone AS (SELECT * FROM old_entities ANTI JOIN entities USING (entity_id)),
    heirs AS (
        SELECT old.entity_id, now.entity_id AS heir
        FROM old_mentions old
        JOIN mentions now USING (article_id, block_index, block_start)
        WHERE old.entity_id IN (SELECT entity_id FROM gone) AND now.entity_id IS NOT NULL
        GROUP BY old.entity_id, now.entity_id
        QUALIFY row_number() OVER (
            PARTITION BY old.entity_id ORDER BY count(*) DESC, now.entity_id
        ) = 1
    )
    SELECT
        gone.entity_id AS old_entity_id,
        heir AS new_entity_id,
        CASE WHEN heir IS NULL THEN 'retired' ELSE 'merged' END AS change,
        CASE WHEN heir IS NULL THEN 'nothing names ' || gone.name || ' any more'
            ELSE 'what named ' || gone.name || ' names ' || now.name END AS cause,
        $release AS release
    FROM gone
    LEFT JOIN heirs ON heirs.entity_id = gone.entity_id
    LEFT JOIN entities now ON now.entity_id = heir
"""


@dataclass(frozen=True, slots=True)
class Past:
    """The last release's entities, mentions and entity_ledger."""

    entities: pa.Table
    mentions: pa.Table
    entity_ledger: pa.Table


def record(past: Past | None, entities: pa.Table, mentions: pa.Table, release: str) -> pa.Table:
    """The ledger so far and the changes of this release, of the schema of `EntityChange`.

    `entities` and `mentions` are those of this release; nothing changed, nothing added.
    Without a past there is nothing to tell.
    """
    if past is None:
        return table_of(EntityChange).schema.empty_table()
    with duckdb.connect() as engine:
        engine.register("old_entities", past.entities)
        engine.register("old_mentions", past.mentions)
        engine.register("entities", entities)
        engine.register("mentions", mentions)
        query = f"SELECT * FROM (({LISTED}) UNION ALL ({GONE})) ORDER BY old_entity_id"
        changes = engine.sql(query, params={"release": release}).to_arrow_table()
    return pa.concat_tables([past.entity_ledger, conform(EntityChange, changes)])
