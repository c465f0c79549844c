"""Coverage: what was collected of each site and month."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from transforms.schema import conform
from transforms.tables import Coverage

QUERY = """
    SELECT c.site_id,
           CASE
               WHEN a.published_at IS NOT NULL THEN strftime(a.published_at, '%Y-%m')
               WHEN strftime(a.event_date_start, '%Y-%m') = strftime(a.event_date_end, '%Y-%m')
               THEN strftime(a.event_date_start, '%Y-%m')
           END AS month,
           count(*) FILTER (coalesce(a.item_index, 0) = 0) AS capture_count,
           count(a.article_id) AS article_count,
           count(*) FILTER (a.article_id IS NULL) AS rejection_count
    FROM captures c LEFT JOIN articles a USING (capture_id)  -- one to any number
    GROUP BY ALL ORDER BY ALL
"""


def count(captures: pa.Table, articles: pa.Table) -> pa.Table:
    """The `Coverage` rows of these captures and articles."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("captures", captures)
        connection.register("articles", articles)
        return conform(Coverage, connection.sql(QUERY).to_arrow_table())
