"""The pages of people, organisations, places, treaties and programmes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.site import pages
from flows.site.release import Release

MAX_ROWS = 200

ENTITIES = "select * from entities where entity_id in (select unnest($1)) order by entity_id"
VARIANTS = """
select * from entity_names where entity_id in (select unnest($1))
qualify row_number() over (partition by entity_id order by mention_count desc, surface) <= $2
order by entity_id, mention_count desc, surface, how_matched
"""
OFFICES = """
select m.entity_id, m.office, count(*) as mention_count,
    min(a.event_date_start) as seen_first, max(a.event_date_end) as seen_last
from mentions as m
join articles as a on a.article_id = m.article_id
where m.office is not null and m.entity_id in (select unnest($1))
group by m.entity_id, m.office
qualify row_number() over (partition by m.entity_id order by count(*) desc, m.office) <= $2
order by m.entity_id, seen_first nulls last, m.office
"""
MONTHS = """
select m.entity_id, strftime(a.event_date_start, '%Y-%m') as month, count(*) as mention_count
from mentions as m
join articles as a on a.article_id = m.article_id
where a.event_date_start is not null and m.entity_id in (select unnest($1))
group by all
order by 1, 2
"""
QUOTATIONS = """
select q.speaker_entity_id as entity_id, q.article_id, q.text, q.cue, q.method, a.site_id,
    a.title, a.event_date_start, a.event_date_end
from quotations as q
join articles as a on a.article_id = q.article_id
where q.speaker_entity_id in (select unnest($1))
qualify row_number() over (
    partition by q.speaker_entity_id order by a.event_date_start nulls last, q.article_id,
    q.char_start) <= $2
order by 1, a.event_date_start nulls last, q.article_id, q.char_start
"""
EVENTS = """
select p.entity_id, p.office, e.*
from event_participants as p
join events as e on e.event_id = p.event_id
where p.entity_id in (select unnest($1))
qualify row_number() over (
    partition by p.entity_id order by e.event_date_start nulls last, e.event_id) <= $2
order by p.entity_id, e.event_date_start nulls last, e.event_id
"""
ARTICLES = """
select m.entity_id, a.article_id, a.title, a.site_id, a.event_date_start, a.event_date_end
from (
    -- Before the join: a long title is carried once an article, not once a mention.
    select distinct entity_id, article_id from mentions
    where entity_id in (select unnest($1))
    qualify dense_rank() over (partition by entity_id order by article_id) <= $2
) as m
join articles as a on a.article_id = m.article_id
order by m.entity_id, a.event_date_start nulls last, a.article_id
"""


def write(release: Release, ids: Sequence[str], *, is_facts: bool) -> Iterator[tuple[str, str]]:
    """The path and the page of each of these entities."""
    variants = release.groups("entity_id", VARIANTS, ids, MAX_ROWS)
    offices = release.groups("entity_id", OFFICES, ids, MAX_ROWS)
    months = release.groups("entity_id", MONTHS, ids)
    quotations = release.groups("entity_id", QUOTATIONS, ids, MAX_ROWS)
    events = release.groups("entity_id", EVENTS, ids, MAX_ROWS)
    articles = release.groups("entity_id", ARTICLES, ids, MAX_ROWS)
    for entity in release.rows(ENTITIES, ids):
        key = entity["entity_id"]
        yield (
            f"entity/{key}.html",
            pages.render(
                "entity.html",
                depth=1,
                entity=entity,
                variants=variants[key],
                offices=offices[key],
                months=[{"month": m["month"], "count": m["mention_count"]} for m in months[key]],
                quotations=quotations[key],
                events=events[key],
                articles=articles[key],
            ),
        )
