-- Questions a reader asks first. An id may be given by its first characters.

create macro timeline() as table
select
    event_date_start,
    event_date_end,
    event_date_precision,
    title,
    place,
    report_count,
    independent_report_count,
    event_id
from events
order by event_date_start nulls last, event_date_end nulls last, event_id;
comment on macro table timeline is 'Every event in the order of its first possible day.';

create macro event(wanted) as table
select *
from reports
where starts_with(event_id, wanted) or contains(lower(event_title), lower(wanted))
order by event_id, role, article_id;
comment on macro table event is 'The reports of an event, by its id or by words of its title.';

create macro article(wanted) as table
select a.*, c.source_uri, c.charset, c.captured_at
from articles as a
join captures as c on c.capture_id = a.capture_id
where starts_with(a.article_id, wanted) or contains(c.source_uri, wanted)
order by a.article_id;
comment on macro table article is 'An article, by its id or by the name of its capture file.';

create macro why(one, other) as table
select *
from pair_decisions
where
    (starts_with(article_id_l, one) and starts_with(article_id_r, other))
    or (starts_with(article_id_l, other) and starts_with(article_id_r, one))
order by article_id_l, article_id_r;
comment on macro table why is 'Why two articles are reports of one event, or not: every signal and the reason.';

create macro dates(wanted) as table
select d.*
from date_candidates as d
where starts_with(d.article_id, wanted)
order by d.article_id, d.candidate_index;
comment on macro table dates is 'Every date clue of an article, chosen or not, and why.';

create macro who(wanted) as table
select n.name, n.entity_type, m.surface, m.office, m.article_id, m.method
from mentions as m
join entities as n on n.entity_id = m.entity_id
where contains(lower(n.name), lower(wanted)) or contains(lower(m.surface), lower(wanted))
order by n.name, m.article_id, m.block_index, m.block_start;
comment on macro table who is 'Where a name is printed, and whom it names there.';

create macro story(wanted) as table
select a.article_id, b.block_index, b.label, b.text
from articles as a
join blocks as b
    on b.capture_id = a.capture_id and coalesce(b.item_index, 0) = a.item_index
where
    b.label in ('title', 'byline', 'dateline', 'crosshead', 'body')
    and (starts_with(a.article_id, wanted)
        or a.capture_id in (select capture_id from captures where contains(source_uri, wanted)))
order by a.article_id, b.block_index;
comment on macro table story is 'An article as a reader reads it: its head, crossheads and text in the order of the page.';

create macro said(wanted) as table
select n.name, q.text, q.quotation_type, q.cue, q.article_id, q.char_start, c.is_invented
from quotations as q
join articles as a on a.article_id = q.article_id
join captures as c on c.capture_id = a.capture_id
left join entities as n on n.entity_id = q.speaker_entity_id
where contains(lower(coalesce(n.name, q.speaker_surface)), lower(wanted))
order by n.name nulls last, q.article_id, q.char_start;
comment on macro table said is 'What somebody is quoted with, by the name of the entity or as it is printed; is_invented: nobody said it.';

create macro help() as table
select function_name as name, parameters, comment as answers
from duckdb_functions()
where function_type = 'table_macro' and not internal
order by function_name;
comment on macro table help is 'Every macro of this catalog, and what it answers.';
