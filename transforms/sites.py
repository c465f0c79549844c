"""Site profile: which blocks recur on how many stories of a site, counted over all captures.

Set-based and independent of order. What a site prints around every story recurs; but so do the
paragraphs of a story that was captured twice, so different stories are counted, not captures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import duckdb
import pyarrow as pa

from transforms import versions
from transforms.blocks import Page, PageBlock
from transforms.schema import column, record, table_of
from transforms.text import ends_as_sentence, fingerprint, measured_words
from transforms.versions import Paragraph

MIN_PARAGRAPH_WORDS = 9
EDGE_WORDS = 5  # of a paragraph, by which a version of it with other words in between is known


@record("block_sightings", key=("capture_id", "fingerprint"), is_released=False)
class Sighting:
    """One distinct block of one capture, as a site may repeat it."""

    capture_id: str = column("The capture.")
    site_id: str = column("The site.")
    page: int = column("Fingerprint of all blocks of the page.")
    headline: int = column("Fingerprint of the page's title and first heading.")
    fingerprint: int = column("Fingerprint of the block.")
    words: int = column("Words of a paragraph; 0 for any other block.", minimum=0)
    opening: int = column("Fingerprint of a paragraph's first words; 0 for any other block.")
    closing: int = column("Fingerprint of a paragraph's last words; 0 for any other block.")


@record("site_profile", key=("site_id", "fingerprint"), is_released=False)
class Recurrence:
    """One block that more than one story of a site carries."""

    site_id: str = column("The site.")
    fingerprint: int = column("Fingerprint of the block.")
    story_count: int = column("Stories that carry it.", minimum=2)
    site_share: float = column("These over all stories of the site.", minimum=0, maximum=1)


Profile = Mapping[int, Recurrence]


def sight(capture_id: str, site_id: str, page: Page) -> list[Sighting]:
    """The distinct blocks of one capture."""
    shown = page.shown.blocks
    blocks = {fingerprint(b.text): b for b in reversed(shown)}
    if not blocks:
        return []
    whole = versions.number(sorted(blocks))
    headline = fingerprint(f"{page.document_title} | {_first_heading(shown)}")
    return [
        Sighting(capture_id, site_id, whole, headline, known, *_paragraph(blocks[known]))
        for known in sorted(blocks)
    ]


def _first_heading(blocks: Sequence[PageBlock]) -> str:
    return next((b.text for b in blocks if b.heading_level in (1, 2)), "")


def _paragraph(block: PageBlock) -> tuple[int, int, int]:
    text = block.text
    count = measured_words(text) if len(text) > MIN_PARAGRAPH_WORDS else 0
    if count < MIN_PARAGRAPH_WORDS or not ends_as_sentence(text):
        return 0, 0, 0
    # Where words are not parted by blanks, a paragraph is known by its edges in characters.
    pieces = text.split(None, EDGE_WORDS)
    last = text.rsplit(None, EDGE_WORDS)
    if len(pieces) <= EDGE_WORDS or len(last) <= EDGE_WORDS:
        edge = 3 * EDGE_WORDS
        return count, fingerprint(text[:edge]), fingerprint(text[-edge:])
    return count, fingerprint(" ".join(pieces[:-1])), fingerprint(" ".join(last[1:]))


def profile(sightings: pa.Table) -> pa.Table:
    """The recurring blocks of every site (`Recurrence`), from all captures' `Sighting` rows."""
    query = """
        WITH told AS (
            SELECT s.site_id, s.fingerprint, coalesce(v.story, s.page) AS story
            FROM sightings AS s LEFT JOIN versions AS v USING (site_id, page)  -- many to one
        ), story_counts AS (
            SELECT site_id, count(DISTINCT story) AS stories FROM told GROUP BY site_id
        )
        SELECT site_id, fingerprint, count(DISTINCT story) AS story_count,
               count(DISTINCT story) / any_value(stories) AS site_share
        FROM told JOIN story_counts USING (site_id)  -- many to one
        GROUP BY site_id, fingerprint HAVING count(DISTINCT story) > 1
        ORDER BY site_id, fingerprint
    """
    with duckdb.connect() as connection:
        connection.register("sightings", sightings)
        connection.register("versions", _versions(connection))
        found = connection.sql(query).to_arrow_table()
    return found.select(table_of(Recurrence).schema.names).cast(table_of(Recurrence).schema)


# Paragraphs that share an edge with one of another page of their site: all others are own.
PARAGRAPHS = """
    WITH edges AS (
        SELECT DISTINCT site_id, page, unnest([opening, closing]) AS edge
        FROM sightings WHERE words > 0
    ), shared AS (
        SELECT site_id, edge FROM edges GROUP BY site_id, edge HAVING count(*) > 1
    ), suspects AS (
        SELECT DISTINCT site_id, page FROM edges JOIN shared USING (site_id, edge)
    )
    SELECT DISTINCT site_id, page, headline, words, opening, closing
    FROM sightings JOIN suspects USING (site_id, page)  -- many to one
    WHERE words > 0
    ORDER BY ALL
"""


def _versions(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The story of every page that may tell that of another page of its site."""
    found: dict[str, list[tuple[str, int, int]]] = {"told": []}
    rows = connection.sql(PARAGRAPHS).fetchall()
    for site_id, pages in _by_site(rows).items():
        stories = versions.stories(pages)
        found["told"] += [(site_id, page, story) for page, story in stories.items()]
    schema = pa.schema([("site_id", pa.string()), ("page", pa.int64()), ("story", pa.int64())])
    columns = zip(*found["told"], strict=True) if found["told"] else ((), (), ())
    return pa.table([pa.array(c, t) for c, t in zip(columns, schema.types, strict=True)], schema)


def _by_site(
    rows: Iterable[tuple[str, int, int, int, int, int]],
) -> dict[str, dict[int, list[Paragraph]]]:
    found: dict[str, dict[int, list[Paragraph]]] = defaultdict(lambda: defaultdict(list))
    for site_id, page, headline, count, opening, closing in rows:
        found[site_id][page].append(Paragraph(headline, count, opening, closing))
    return found
