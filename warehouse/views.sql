-- Views over several tables of the release, for what a reader joins first.
-- The views of the tables themselves are derived from transforms/tables.py.

create view reports as
select
    r.event_id,
    e.title as event_title,
    e.event_date_start,
    e.event_date_end,
    r.article_id,
    r.role,
    a.report_kind,
    a.document_type,
    r.syndication_group_id,
    r.is_first_printing,
    a.site_id,
    a.title,
    a.byline,
    a.published_at,
    a.url,
    c.source_uri
from event_reports as r
join events as e on e.event_id = r.event_id
join articles as a on a.article_id = r.article_id
join captures as c on c.capture_id = a.capture_id;
comment on view reports is 'One report of an event with its event, its article and its capture.';

create view participants as
select
    p.event_id,
    e.title as event_title,
    p.entity_id,
    n.name,
    n.entity_type,
    p.office,
    p.report_count
from event_participants as p
join events as e on e.event_id = p.event_id
join entities as n on n.entity_id = p.entity_id;
comment on view participants is 'One entity in an event, with both names.';

create view rejected as
select r.capture_id, c.source_uri, c.site_id, r.stage, r.reason, r.detail
from rejections as r
join captures as c on c.capture_id = r.capture_id;
comment on view rejected is 'One capture that yields no article, where it was found, and why.';

create view quarantined as
select capture_id, source_uri, site_id, reason as rule, detail
from rejected
where stage = 'expectations';
comment on view quarantined is 'One capture whose rows broke a rule, left out of the release, and the rule.';
