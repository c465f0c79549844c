"""Lists: events by day, articles, entities by type, and what was left out, some to a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flows.site import pages
from flows.site.release import Release, Row, chunks
from transforms.tables import ENTITY_TYPES

PER_PAGE = 400

EVENTS = """
select * from events order by event_date_start nulls last, event_date_end nulls last, event_id
"""
ARTICLES = """
select article_id, title, site_id, published_at, event_date_start, event_date_end, word_count
from articles order by event_date_start nulls last, article_id
"""
ENTITIES = """
select n.*, coalesce(sum(v.mention_count), 0)::bigint as mention_count
from entities as n
left join entity_names as v on v.entity_id = n.entity_id
where n.entity_type = $1
group by all
order by mention_count desc, n.name, n.entity_id
"""
REJECTED = """
select r.*, c.source_uri, c.site_id
from rejections as r
join captures as c on c.capture_id = r.capture_id
order by r.stage <> 'expectations', c.site_id, c.source_uri, r.capture_id
"""
REJECTED_BY_SITE = """
select c.site_id, r.stage, r.reason, count(*) as capture_count
from rejections as r
join captures as c on c.capture_id = r.capture_id
group by all order by capture_count desc, c.site_id, r.reason limit 200
"""


def write(release: Release) -> Iterator[tuple[str, str]]:
    """Every list of the site, page by page."""
    yield from _paged("events", release.rows(EVENTS), "events.html")
    yield from _paged("articles", release.rows(ARTICLES), "articles.html")
    for kind in ENTITY_TYPES:
        yield from _paged(kind, release.rows(ENTITIES, kind), "entities.html", kind=kind)
    yield from _paged(
        "left_out",
        release.rows(REJECTED),
        "left_out.html",
        by_site=release.rows(REJECTED_BY_SITE),
    )


def page_name(name: str, number: int) -> str:
    """The file of a list's page, counted from 1.

    >>> page_name("events", 2)
    'events-2.html'
    """
    return f"{name}.html" if number == 1 else f"{name}-{number}.html"


def _paged(
    name: str, rows: Sequence[Row], template: str, **context: Any
) -> Iterator[tuple[str, str]]:
    parts = chunks(rows, PER_PAGE) or [()]
    for number, part in enumerate(parts, start=1):
        yield (
            page_name(name, number),
            pages.render(
                template,
                depth=0,
                rows=part,
                count_all=len(rows),
                number=number,
                total=len(parts),
                previous=page_name(name, number - 1) if number > 1 else None,
                following=page_name(name, number + 1) if number < len(parts) else None,
                here=name,
                **context,
            ),
        )
