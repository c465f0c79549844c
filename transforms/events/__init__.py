"""Events: reports of one happening joined, with an id that lasts and what is known of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from transforms import ids
from transforms.authority import Authority
from transforms.events import clusters, decisions, facts, identity, syndication
from transforms.events import links as hand
from transforms.events.facts import Story
from transforms.events.families import Family
from transforms.events.identity import Past
from transforms.events.links import ContradictionError as ContradictionError
from transforms.events.links import Drawn
from transforms.schema import conform, from_arrow, to_arrow
from transforms.tables import (
    Event,
    EventDisagreement,
    EventParticipant,
    EventReport,
    LedgerEntry,
    PairDecision,
)

TIMELINE_METHOD = "timeline_event"
KEPT_APART = "kept apart: their events agree too little as a whole, or far less than within"
JOINED = "one event all the same: their other reports hold them together"


@dataclass(frozen=True, slots=True)
class Previous:
    """The last release's event_reports and event_ledger."""

    event_reports: pa.Table
    event_ledger: pa.Table


@dataclass(frozen=True, slots=True)
class Linked:
    """The tables of the stage; `applied` names a correction once for each pair it settled."""

    pair_decisions: pa.Table
    events: pa.Table
    event_reports: pa.Table
    event_participants: pa.Table
    event_disagreements: pa.Table
    event_ledger: pa.Table
    applied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """One event's families, with their stories."""

    event_id: str
    families: tuple[Family, ...]
    leads: tuple[Story, ...]


def link(
    *,
    articles: pa.Table,
    mentions: pa.Table,
    entities: pa.Table,
    quotations: pa.Table,
    date_candidates: pa.Table,
    duplicates: pa.Table,
    authority: Authority,
    previous: Previous | None,
    release: str,
) -> Linked:
    """The events of all articles, every article in exactly one.

    Order of rows is of no account. Raises links.ContradictionError where links drawn by hand
    cannot all hold.
    """
    article_ids = sorted(articles.column("article_id").to_pylist())
    drawn = hand.fitting(hand.drawn(authority.corrections), set(article_ids))
    copies = decisions.links(duplicates, drawn)
    found = decisions.families(articles, copies) if article_ids else []
    hand.check(drawn, found)
    decided = decide(articles, mentions, quotations, duplicates, found, drawn)
    past = _past(previous)
    named = identity.name(_clusters(found, decided, drawn), past)
    event_of = {article: event for event, members in named.items() for article in members}
    stories = _stories(articles, mentions, date_candidates)
    groups = _groups(named, found, stories)
    spans = syndication.printed(articles)
    return Linked(
        pair_decisions=conform(PairDecision, _kept_apart(decided, event_of)),
        events=to_arrow(Event, _events(groups, stories, authority)),
        event_reports=to_arrow(EventReport, [r for g in groups for r in _reports(g, spans)]),
        event_participants=to_arrow(
            EventParticipant, [p for g in groups for p in _participants(g, stories)]
        ),
        event_disagreements=to_arrow(
            EventDisagreement,
            [d for g in groups for d in facts.disagreements(g.event_id, g.leads, _dates(g))],
        ),
        event_ledger=to_arrow(LedgerEntry, identity.ledger(named, past, release)),
        applied=tuple(d.correction_id for d in drawn),
    )


def decide(
    articles: pa.Table,
    mentions: pa.Table,
    quotations: pa.Table,
    duplicates: pa.Table,
    found: Sequence[Family],
    drawn: Sequence[Drawn],
) -> pa.Table:
    """Every decision on a pair: independent reports, copies of one text, and those by hand."""
    if not found:
        return to_arrow(PairDecision, [])
    decided = decisions.independent(articles, mentions, quotations, found, drawn)
    made = decisions.copied(articles, mentions, quotations, duplicates, found)
    # An excerpt that joins no family was compared as an independent text too: the copy tells more.
    is_known = pc.is_in(decisions.pairs(decided), decisions.pairs(made).combine_chunks())
    fresh = decided.filter(pc.invert(is_known))
    return decisions.by_hand(pa.concat_tables([made, fresh]), drawn)


def _past(previous: Previous | None) -> Past:
    if previous is None:
        return Past({}, ())
    reports = previous.event_reports
    columns = (reports.column(c).to_pylist() for c in ("article_id", "event_id"))
    return Past(
        dict(zip(*columns, strict=True)), tuple(from_arrow(LedgerEntry, previous.event_ledger))
    )


def _clusters(
    found: Sequence[Family], decided: pa.Table, drawn: Sequence[Drawn]
) -> list[list[str]]:
    lead_of = {i: f.lead for f in found for i in f.members}
    members = {f.lead: f.members for f in found}

    def pair(left: str, right: str) -> tuple[str, str]:
        low, high = sorted((lead_of[left], lead_of[right]))
        return low, high

    columns = (decided.column(c).to_pylist() for c in ("article_id_l", "article_id_r", "score"))
    chances = {
        (left, right): score
        for left, right, score in zip(*columns, strict=True)
        if left in members and right in members
    }
    groups = clusters.cluster(
        sorted(members),
        chances,
        must=[pair(d.article_id_l, d.article_id_r) for d in drawn if d.is_same],
        cannot=[pair(d.article_id_l, d.article_id_r) for d in drawn if not d.is_same],
    )
    return [[i for lead in group for i in members[lead]] for group in groups]


def _kept_apart(decided: pa.Table, event_of: Mapping[str, str]) -> pa.Table:
    """The decisions, with a word on those where linking saw more than the pair alone."""
    sides = (decided.column(c).to_pylist() for c in ("article_id_l", "article_id_r"))
    is_one = [event_of[left] == event_of[right] for left, right in zip(*sides, strict=True)]
    relation = decided.column("relation")
    is_apart = pc.and_not(pc.equal(relation, "same_event"), pa.array(is_one, pa.bool_()))
    is_joined = pc.and_(pc.equal(relation, "different"), pa.array(is_one, pa.bool_()))
    why = pc.if_else(is_apart, KEPT_APART, pc.if_else(is_joined, JOINED, None))
    place = decided.schema.get_field_index("reason")
    reason = pc.binary_join_element_wise(decided.column(place), why, "; ", null_handling="skip")
    return decided.set_column(place, decided.schema.field(place), reason)


def _stories(articles: pa.Table, mentions: pa.Table, date_candidates: pa.Table) -> dict[str, Story]:
    named: dict[str, set[str]] = defaultdict(set)
    offices: dict[str, set[tuple[str, str]]] = defaultdict(set)
    columns = (mentions.column(c).to_pylist() for c in ("article_id", "entity_id", "office"))
    for article, entity, office in zip(*columns, strict=True):
        if entity:
            named[article].add(entity)
            if office:
                offices[article].add((entity, office))
    dated: dict[str, list[str]] = defaultdict(list)
    wanted = ("article_id", "kind", "method", "timeline_id", "is_chosen")
    for article, kind, method, row, is_chosen in zip(
        *(date_candidates.column(c).to_pylist() for c in wanted), strict=True
    ):
        if is_chosen and row and kind == "event" and method == TIMELINE_METHOD:
            dated[article].append(row)
    return {
        row["article_id"]: Story(
            article_id=row["article_id"],
            site_id=row["site_id"],
            title=row["title"],
            place=row["dateline_place"],
            start=row["event_date_start"],
            end=row["event_date_end"],
            precision=row["event_date_precision"],
            method=row["event_date_method"],
            word_count=row["word_count"],
            text=row["text"],
            entities=frozenset(named[row["article_id"]]),
            timeline_ids=tuple(sorted(dated[row["article_id"]])),
            offices=frozenset(offices[row["article_id"]]),
        )
        for row in articles.to_pylist()
    }


def _groups(
    named: Mapping[str, Sequence[str]], found: Sequence[Family], stories: Mapping[str, Story]
) -> list[_Group]:
    event_of = {article: event for event, members in named.items() for article in members}
    by_event: dict[str, list[Family]] = defaultdict(list)
    for family in found:
        by_event[event_of[family.lead]].append(family)
    return [
        _Group(event, tuple(members), tuple(stories[f.lead] for f in members))
        for event, members in sorted(by_event.items())
    ]


def _dates(group: _Group) -> facts.Dates:
    return facts.dates(group.leads, facts.representative(group.leads))


def _events(
    groups: Sequence[_Group], stories: Mapping[str, Story], authority: Authority
) -> list[Event]:
    kinds = {row.timeline_id: row.event_type for row in authority.timeline}
    return [_event(group, stories, kinds) for group in groups]


def _event(group: _Group, stories: Mapping[str, Story], kinds: Mapping[str, str | None]) -> Event:
    chosen = facts.representative(group.leads)
    dates = facts.dates(group.leads, chosen)
    timeline = facts.timeline_id(group.leads, chosen)
    reports = [i for f in group.families for i in f.members]
    return Event(
        event_id=group.event_id,
        title=chosen.title,
        event_date_start=dates.start,
        event_date_end=dates.end,
        event_date_precision=dates.precision,
        event_date_method=dates.method,
        place=facts.place(group.leads, chosen),
        report_count=len(reports),
        independent_report_count=len(group.families),
        site_count=len({stories[i].site_id for i in reports}),
        representative_article_id=chosen.article_id,
        timeline_id=timeline,
        event_type=kinds.get(timeline) if timeline else None,
    )


def _reports(group: _Group, spans: Mapping[str, syndication.Span]) -> list[EventReport]:
    chosen = facts.representative(group.leads).article_id
    return [
        EventReport(
            event_id=group.event_id,
            article_id=member,
            role="representative" if member == chosen
            else "report" if member == family.lead else "reprint",
            syndication_group_id=ids.make("g", *family.members[:1])
            if len(family.members) > 1 else None,
            is_first_printing=is_first,
        )
        for family in group.families
        for member, is_first in syndication.firsts(family.members, spans).items()
    ]  # fmt: skip


def _participants(group: _Group, stories: Mapping[str, Story]) -> list[EventParticipant]:
    """The named, each with the number of independent reports one of whose copies names it."""
    reports = [[stories[i] for i in family.members] for family in group.families]
    counts = Counter(
        entity for copies in reports for entity in {e for story in copies for e in story.entities}
    )
    offices = facts.offices({o for story in copies for o in story.offices} for copies in reports)
    return [EventParticipant(group.event_id, e, counts[e], offices.get(e)) for e in sorted(counts)]
