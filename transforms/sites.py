"""Site profile: which blocks recur on how many stories of a site, counted over all captures.

Set-based and independent of order. What a site prints around every story recurs; but so do the
paragraphs of a story that was captured twice, so stories are counted, not captures: captures
with the same longest block are one story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from transforms.blocks import PageBlock
from transforms.schema import column, record, table_of
from transforms.text import fingerprint


@record("block_sightings", key=("capture_id", "fingerprint"), is_released=False)
class Sighting:
    """One distinct block of one capture, as a site may repeat it."""

    capture_id: str = column("The capture.")
    site_id: str = column("The site.")
    story: int = column("Fingerprint of the longest block of the capture.")
    fingerprint: int = column("Fingerprint of the block.")


@record("site_profile", key=("site_id", "fingerprint"), is_released=False)
class Recurrence:
    """One block that more than one story of a site carries."""

    site_id: str = column("The site.")
    fingerprint: int = column("Fingerprint of the block.")
    story_count: int = column("Stories that carry it.", minimum=2)
    site_share: float = column("These over all stories of the site.", minimum=0, maximum=1)


Profile = Mapping[int, Recurrence]


def sight(capture_id: str, site_id: str, blocks: Sequence[PageBlock]) -> list[Sighting]:
    """The distinct blocks of one capture."""
    if not blocks:
        return []
    longest = max(blocks, key=lambda b: (len(b.text), b.text))
    story = fingerprint(longest.text)
    found = sorted({fingerprint(b.text) for b in blocks})
    return [Sighting(capture_id, site_id, story, f) for f in found]


def profile(sightings: pa.Table) -> pa.Table:
    """The recurring blocks of every site (`Recurrence`), from all captures' `Sighting` rows."""
    query = """
        WITH story_counts AS (
            SELECT site_id, count(DISTINCT story) AS stories FROM sightings GROUP BY site_id
        )
        SELECT site_id, fingerprint, count(DISTINCT story) AS story_count,
               count(DISTINCT story) / any_value(stories) AS site_share
        FROM sightings JOIN story_counts USING (site_id)  -- many to one
        GROUP BY site_id, fingerprint HAVING count(DISTINCT story) > 1
        ORDER BY site_id, fingerprint
    """
    with duckdb.connect() as connection:
        connection.register("sightings", sightings)
        found = connection.sql(query).to_arrow_table()
    return found.select(table_of(Recurrence).schema.names).cast(table_of(Recurrence).schema)
