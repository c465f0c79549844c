"""The pages of events: reports side by side, what holds them together, what they differ on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows.site import pages
from flows.site.marks import excerpt, literal_pattern
from flows.site.release import Release, Row
from transforms.events.families import Groups

MAX_REPORTS = 100
MAX_LINKS = 12
MAX_EVIDENCE = 12
MAX_PARTICIPANTS = 60
MAX_CLUES = 40

EVENTS = "select * from events where event_id in (select unnest($1)) order by event_id"
REPORTS = """
select r.*, a.title, a.site_id, a.byline, a.published_at, a.event_date_start, a.event_date_end,
    a.text, a.dateline_entity_id, c.source_uri
from event_reports as r
join articles as a on a.article_id = r.article_id
join captures as c on c.capture_id = a.capture_id
where r.event_id in (select unnest($1))
qualify row_number() over (
    partition by r.event_id order by r.role <> 'representative', a.site_id, r.article_id) <= $2
order by r.event_id, r.role <> 'representative', a.site_id, r.article_id
"""
PARTICIPANTS = """
select p.event_id, p.entity_id, n.name, n.entity_type, p.office, p.report_count
from event_participants as p
join entities as n on n.entity_id = p.entity_id
where p.event_id in (select unnest($1))
qualify row_number() over (
    partition by p.event_id order by p.report_count desc, n.name, p.entity_id) <= $2
order by p.event_id, p.report_count desc, n.name, p.entity_id
"""
DISAGREEMENTS = """
select d.*, a.site_id, a.title
from event_disagreements as d
join articles as a on a.article_id = d.article_id
where d.event_id in (select unnest($1))
order by d.event_id, d.fact, d.value, d.article_id
"""
LINKS = """
select * from pairs
where event_l = event_r and event_l in (select unnest($1))
qualify row_number() over (partition by event_l order by score desc, article_id_l, article_id_r)
    <= 2000
order by event_l, score desc, article_id_l, article_id_r
"""
APART = """
with sides as (
    select event_l as event_id, article_id_l as mine, article_id_r as theirs, event_r as other, *
    from pairs where event_l <> event_r and event_l in (select unnest($1))
    union all
    select event_r, article_id_r, article_id_l, event_l, *
    from pairs where event_l <> event_r and event_r in (select unnest($1))
)
select s.event_id, s.mine, s.theirs, s.other, s.score, s.reason, a.title, a.site_id,
    m.title as my_title
from sides as s
join articles as a on a.article_id = s.theirs
join articles as m on m.article_id = s.mine
qualify row_number() over (partition by s.event_id order by s.score desc, s.mine, s.theirs) = 1
"""
CLUES = """
select e.event_id, d.*
from events as e
join date_candidates as d on d.article_id = e.representative_article_id
where d.kind = 'event' and e.event_id in (select unnest($1))
qualify row_number() over (
    partition by e.event_id order by d.is_chosen desc, d.candidate_index) <= $2
order by e.event_id, d.is_chosen desc, d.candidate_index
"""
PLACES = """
select e.event_id, n.entity_id, n.latitude, n.longitude
from events as e
join entities as n on n.entity_type = 'place' and n.name = e.place
where n.latitude is not null and e.event_id in (select unnest($1))
qualify row_number() over (partition by e.event_id order by n.is_authority desc, n.entity_id) = 1
"""
HISTORY = """
select new_event_id as event_id, old_event_id, change, cause, release
from event_ledger
where new_event_id in (select unnest($1)) and change <> 'kept'
order by 1, release, old_event_id
"""


def write(release: Release, ids: Sequence[str], *, is_facts: bool) -> Iterator[tuple[str, str]]:
    """The path and the page of each of these events."""
    reports = release.groups("event_id", REPORTS, ids, MAX_REPORTS)
    participants = release.groups("event_id", PARTICIPANTS, ids, MAX_PARTICIPANTS)
    disagreements = release.groups("event_id", DISAGREEMENTS, ids)
    links = release.groups("event_l", LINKS, ids)
    apart = release.groups("event_id", APART, ids)
    clues = release.groups("event_id", CLUES, ids, MAX_CLUES)
    places = release.groups("event_id", PLACES, ids)
    history = release.groups("event_id", HISTORY, ids)
    digest = release.digest()
    for event in release.rows(EVENTS, ids):
        key = event["event_id"]
        own = reports[key]
        evidence = _evidence(links[key])
        held = _spanning([r["article_id"] for r in own], links[key])
        yield (
            f"event/{key}.html",
            pages.render(
                "event.html",
                depth=1,
                event=event,
                reports=_reports(own, evidence, is_facts=is_facts),
                unseen=event["report_count"] - len(own),
                participants=participants[key],
                disagreements=disagreements[key],
                evidence=evidence,
                links=held[-MAX_LINKS:][::-1],
                titles={r["article_id"]: r for r in own},
                apart=next(iter(apart[key]), None),
                clues=clues[key],
                place=next(iter(places[key]), None),
                history=history[key],
                version=release.version,
                digest=digest,
                is_facts=is_facts,
            ),
        )


def _evidence(links: Sequence[Row]) -> list[str]:
    """What joined reports share, the most often shared first."""
    seen: dict[str, int] = {}
    for link in links:
        for literal in link["shared_evidence"] or ():
            seen[literal] = seen.get(literal, 0) + 1
    return sorted(seen, key=lambda s: (-seen[s], s))[:MAX_EVIDENCE]


def _spanning(members: Sequence[str], links: Sequence[Row]) -> list[Row]:
    """The links without which the event falls apart, the likeliest first: the last is weakest."""
    groups, kept = Groups(members), []
    known = set(members)
    for link in links:
        left, right = link["article_id_l"], link["article_id_r"]
        if {left, right} <= known and groups.find(left) != groups.find(right):
            groups.join(left, right)
            kept.append(link)
    return kept


def _reports(
    rows: Sequence[Row], evidence: Sequence[str], *, is_facts: bool
) -> list[Mapping[str, Any]]:
    pattern = literal_pattern(evidence)
    return [
        {**row, "excerpt": [] if is_facts else excerpt(pages.harmless(row["text"]), pattern)}
        for row in rows
    ]


MOVED = """
select l.*, e.title
from event_ledger as l
left join events as e on e.event_id = l.new_event_id
where l.change in ('merged', 'split', 'retired') and l.old_event_id is not null
    and l.old_event_id not in (select event_id from events)
order by l.old_event_id, l.release, l.new_event_id
"""


def write_moved(release: Release) -> Iterator[tuple[str, str]]:
    """A page for each id that is no event any more: it leads to the heir, or says there is none."""
    moved = release.groups("old_event_id", MOVED)
    for old, rows in moved.items():
        yield (
            f"event/{old}.html",
            pages.render("moved.html", depth=1, old=old, rows=rows, heirs=_heirs(old, moved)),
        )


def _heirs(old: str, moved: Mapping[str, Sequence[Row]]) -> list[str]:
    """The events of today that an id led to, through however many releases."""
    found, open_, seen = set(), [old], {old}
    while open_:
        for row in moved.get(open_.pop(), ()):
            new = row["new_event_id"]
            if row["title"] is not None or (new and new not in moved):
                found.add(new)
            elif new and new not in seen:
                seen.add(new)
                open_.append(new)
    return sorted(found)
