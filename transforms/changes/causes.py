"""The cause of each difference: the first of what came, went or was changed that reaches it."""

from __future__ import annotations

from collections.abc import Iterator


def statements() -> Iterator[str]:
    """The SQL that makes `changes` of `differences`, one statement after the other."""
    yield """
        create temp table moved as
        select n.capture_id, 'new capture' as cause, n.source_uri as detail
        from new_captures as n anti join old_captures as o using (capture_id)
        union all
        select o.capture_id, 'capture gone', o.source_uri
        from old_captures as o anti join new_captures as n using (capture_id)
    """
    yield """
        create temp table touched as
        select kind, name, row_key, subjects from new_inputs as n
        anti join old_inputs as o using (kind, name, row_key, digest)
        union
        select kind, name, row_key, subjects from old_inputs as o
        anti join new_inputs as n using (kind, name, row_key, digest)
    """
    # Which captures stand behind each article, event and entity, on either side.
    yield """
        create temp table article_captures as
        select article_id, capture_id from old_articles
        union select article_id, capture_id from new_articles
    """
    yield """
        create temp table event_articles as
        select event_id, article_id from old_event_reports
        union select event_id, article_id from new_event_reports
    """
    yield """
        create temp table entity_articles as
        select distinct entity_id, article_id from (
            select entity_id, article_id from old_mentions
            union all select entity_id, article_id from new_mentions)
        where entity_id in (select entity_id from differences where entity_id is not null)
    """
    yield from CAUSE_STATEMENTS


# For each row that differs the articles behind it, then the first cause that reaches one of them.
CAUSE_STATEMENTS = (
    """
    create temp table behind as
    select distinct table_name, row_key, article_id from (
        select table_name, row_key, article_id from differences where article_id is not null
        union all
        select d.table_name, d.row_key, a.article_id from differences as d
        join article_captures as a on a.capture_id = d.capture_id
        union all
        select d.table_name, d.row_key, a.article_id from differences as d
        join event_articles as a on a.event_id = d.event_id
        union all
        select d.table_name, d.row_key, a.article_id from differences as d
        join entity_articles as a on a.entity_id = d.entity_id
        union all
        select d.table_name, d.row_key, split_part(d.row_key, ', ', 2) from differences as d
        where d.table_name = 'pair_decisions')
    """,
    """
    create temp table subjects as
    select article_id, entity_id as subject from old_mentions
    where entity_id is not null and article_id in (select article_id from behind)
    union select article_id, entity_id from new_mentions
    where entity_id is not null and article_id in (select article_id from behind)
    union select article_id, timeline_id from old_date_candidates
    where timeline_id is not null and article_id in (select article_id from behind)
    union select article_id, timeline_id from new_date_candidates
    where timeline_id is not null and article_id in (select article_id from behind)
    union select article_id, site_id from new_articles
    where article_id in (select article_id from behind)
    union select article_id, article_id from behind
    union select article_id, capture_id from article_captures
    where article_id in (select article_id from behind)
    """,
    """
    create temp table found_causes as
    select d.table_name, d.row_key, 1 as rank, m.cause, min(m.detail) as detail
    from differences as d join moved as m on m.capture_id = d.capture_id group by all
    union all
    select b.table_name, b.row_key, 1, m.cause, min(m.detail)
    from behind as b join article_captures as a using (article_id)
    join moved as m on m.capture_id = a.capture_id group by all
    union all
    select b.table_name, b.row_key, if(t.kind = 'correction', 2, 3),
        if(t.kind = 'correction', 'correction', 'reference row'),
        string_agg(distinct t.name || '.csv: ' || t.row_key, '; ')
    from behind as b join subjects as s using (article_id)
    join (select kind, name, row_key, unnest(subjects) as subject from touched) as t
        on t.subject = s.subject
    group by all
    union all
    select d.table_name, d.row_key, 3, 'reference row',
        string_agg(distinct t.name || '.csv: ' || t.row_key, '; ')
    from differences as d
    join (select kind, name, row_key, unnest(subjects) as subject from touched) as t
        on t.subject = d.entity_id
    group by all
    """,
    """
    create temp table general as
    select
        (select string_agg(distinct name, ', ' order by name) from touched
            where kind = 'code') as code,
        (select string_agg(row, '; ') from (select name || '.csv: ' || row_key as row from touched
            where kind <> 'code' order by all limit 3)) as reference,
        (select count(*) filter (cause = 'new capture') || ' new, '
            || count(*) filter (cause = 'capture gone') || ' gone' from moved
            having count(*) > 0) as captures
    """,
    """
    create temp table changes as
    with first as (
        select table_name, row_key, arg_min(cause, (rank, cause)) as cause,
            arg_min(detail, (rank, cause)) as detail
        from found_causes group by all
    )
    select d.table_name, d.row_key, d.change, d.column_name, d.old_value, d.new_value,
        case
            when d.row_key = '' then 'new column'
            when f.cause is not null then f.cause
            when g.code is not null then 'code or rules'
            when g.reference is not null and g.captures is null then 'reference row'
            when g.captures is not null then 'other captures'
            when d.table_name = 'captures' then 'sources'
            else 'unknown'
        end as cause,
        case
            when d.row_key = '' then null
            when f.cause is not null then left(f.detail, 400)
            when g.code is not null then g.code
            when g.reference is not null and g.captures is null then left(g.reference, 400)
            else g.captures
        end as cause_detail
    from differences as d
    left join first as f using (table_name, row_key)
    cross join general as g
    """,
)
