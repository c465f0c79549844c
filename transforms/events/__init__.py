"""Events: reports of one happening joined, with an id that lasts and what is known of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from transforms import ids
from transforms.authority import Authority
from transforms.events import clusters, decisions, facts, identity, pages, syndication
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
DOCUMENT = "kept apart: a document is with the event of the report nearest to it, or with none"
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
    """One event's families; `leads` are the stories that speak for them, documents left out."""

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
    blocks: pa.Table,
    authority: Authority,
    previous: Previous | None,
    release: str,
) -> Linked:
    """The events of all articles: every story in exactly one, a document in one or in none.

    Order of rows is of no account. Raises links.ContradictionError where links drawn by hand
    cannot all hold.
    """
    article_ids = sorted(articles.column("article_id").to_pylist())
    drawn = hand.fitting(hand.drawn(authority.corrections), set(article_ids))
    leaves = pages.find(articles, blocks)
    later = {leaf.later for leaf in leaves}
    duplicates = decisions.occasions_parted(articles, mentions, entities, quotations, duplicates)
    duplicates = decisions.with_pages(duplicates, leaves)
    copies = decisions.links(duplicates, drawn)
    found = decisions.families(articles, copies, later) if article_ids else []
    hand.check(drawn, found)
    decided = decide(articles, mentions, entities, quotations, duplicates, found, drawn, leaves)
    past = _past(previous)
    apart = decisions.documents(articles)
    named = identity.name(_clusters(found, decided, drawn, apart), past)
    event_of = {article: event for event, members in named.items() for article in members}
    stories = _stories(articles, mentions, date_candidates, later)
    groups = _groups(named, found, stories)
    spans = syndication.printed(articles)
    return Linked(
        pair_decisions=conform(PairDecision, _kept_apart(decided, event_of, apart)),
        events=to_arrow(Event, _events(groups, stories, authority)),
        event_reports=to_arrow(
            EventReport, [r for g in groups for r in _reports(g, stories, spans)]
        ),
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
    entities: pa.Table,
    quotations: pa.Table,
    duplicates: pa.Table,
    found: Sequence[Family],
    drawn: Sequence[Drawn],
    leaves: Sequence[pages.Leaf] = (),
) -> pa.Table:
    """Every decision on a pair: independent reports, copies of one text, and those by hand."""
    if not found:
        return to_arrow(PairDecision, [])
    decided = decisions.independent(articles, mentions, entities, quotations, found, drawn)
    made = decisions.copied(articles, mentions, entities, quotations, duplicates, found, leaves)
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
    found: Sequence[Family],
    decided: pa.Table,
    drawn: Sequence[Drawn],
    apart: Collection[str],
) -> list[list[str]]:
    """The articles of each event; `apart` are documents, which make none and join one at most."""
    lead_of = {i: f.lead for f in found for i in f.members}
    members = {f.lead: f.members for f in found}
    stories = {lead for lead in members if lead not in apart}

    def pairs(is_same: bool) -> list[tuple[str, str]]:
        sides = [(lead_of[d.article_id_l], lead_of[d.article_id_r], d.is_same) for d in drawn]
        return [(min(a, b), max(a, b)) for a, b, same in sides if same == is_same]

    columns = (decided.column(c).to_pylist() for c in ("article_id_l", "article_id_r", "score"))
    chances = {
        (left, right): score
        for left, right, score in zip(*columns, strict=True)
        if left in members and right in members
    }
    must, cannot = pairs(is_same=True), pairs(is_same=False)
    groups = clusters.cluster(
        sorted(stories),
        {pair: p for pair, p in chances.items() if stories.issuperset(pair)},
        must=[pair for pair in must if stories.issuperset(pair)],
        cannot=[pair for pair in cannot if stories.issuperset(pair)],
    )
    known = chances | dict.fromkeys(must, 1.0) | dict.fromkeys(cannot, 0.0)
    attached = clusters.attached(groups, known, members.keys() - stories)
    return [[i for lead in group for i in members[lead]] for group in attached]


def _kept_apart(
    decided: pa.Table, event_of: Mapping[str, str], documents: Collection[str]
) -> pa.Table:
    """The decisions, with a word on those where linking saw more than the pair alone."""
    sides = [decided.column(c).to_pylist() for c in ("article_id_l", "article_id_r")]
    both = list(zip(*sides, strict=True))
    is_one = pa.array(
        [left in event_of and event_of[left] == event_of.get(right) for left, right in both],
        pa.bool_(),
    )
    has_document = pa.array([left in documents or right in documents for left, right in both])
    relation = decided.column("relation")
    is_apart = pc.and_not(pc.equal(relation, "same_event"), is_one)
    is_joined = pc.and_(pc.equal(relation, "different"), is_one)
    told = pc.if_else(has_document.cast(pa.bool_()), DOCUMENT, KEPT_APART)
    why = pc.if_else(is_apart, told, pc.if_else(is_joined, JOINED, None))
    place = decided.schema.get_field_index("reason")
    reason = pc.binary_join_element_wise(decided.column(place), why, "; ", null_handling="skip")
    return decided.set_column(place, decided.schema.field(place), reason)


def _stories(
    articles: pa.Table, mentions: pa.Table, date_candidates: pa.Table, later_pages: Collection[str]
) -> dict[str, Story]:
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
            report_kind=row["report_kind"],
            is_document=row["document_type"] is not None,
            is_later_page=row["article_id"] in later_pages,
        )
        for row in articles.to_pylist()
    }


def _groups(
    named: Mapping[str, Sequence[str]], found: Sequence[Family], stories: Mapping[str, Story]
) -> list[_Group]:
    event_of = {article: event for event, members in named.items() for article in members}
    by_event: dict[str, list[Family]] = defaultdict(list)
    for family in found:
        if family.lead in event_of:
            by_event[event_of[family.lead]].append(family)
    return [
        _Group(event, tuple(members), tuple(stories[f.lead] for f in members if _told(stories, f)))
        for event, members in sorted(by_event.items())
    ]


def _told(stories: Mapping[str, Story], family: Family) -> bool:
    """Whether the family tells the event: its lead is no document."""
    return not stories[family.lead].is_document


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
    stories_of = [i for f in group.families for i in f.members if not stories[i].is_document]
    reports = [i for i in stories_of if not stories[i].is_later_page]
    return Event(
        event_id=group.event_id,
        title=chosen.title,
        event_date_start=dates.start,
        event_date_end=dates.end,
        event_date_precision=dates.precision,
        event_date_method=dates.method,
        place=facts.place(group.leads, chosen),
        report_count=len(reports),
        independent_report_count=sum(s.report_kind == facts.REPORT for s in group.leads),
        site_count=len({stories[i].site_id for i in stories_of}),
        representative_article_id=chosen.article_id,
        timeline_id=timeline,
        event_type=kinds.get(timeline) if timeline else None,
    )


def _reports(
    group: _Group, stories: Mapping[str, Story], spans: Mapping[str, syndication.Span]
) -> list[EventReport]:
    chosen = facts.representative(group.leads).article_id

    def role(member: str, lead: str) -> str:
        if stories[member].is_document:
            return "document"
        if member == chosen:
            return "representative"
        if stories[member].is_later_page:
            return "page"
        return "report" if member == lead else "reprint"

    return [
        EventReport(
            event_id=group.event_id,
            article_id=member,
            role=role(member, family.lead),
            syndication_group_id=ids.make("g", *family.members[:1])
            if len(family.members) > 1 else None,
            is_first_printing=is_first,
        )
        for family in group.families
        for member, is_first in _firsts(family, stories, spans).items()
    ]  # fmt: skip


def _firsts(
    family: Family, stories: Mapping[str, Story], spans: Mapping[str, syndication.Span]
) -> Mapping[str, bool | None]:
    """Whether each printed the text first; nothing is said of later pages."""
    printings = [m for m in family.members if not stories[m].is_later_page]
    return dict.fromkeys(family.members, None) | syndication.firsts(printings, spans)


def _participants(group: _Group, stories: Mapping[str, Story]) -> list[EventParticipant]:
    """The named, each with the number of independent stories one of whose copies names it."""
    families = [f for f in group.families if _told(stories, f)]
    reports = [[stories[i] for i in f.members if not stories[i].is_document] for f in families]
    counts = Counter(
        entity for copies in reports for entity in {e for story in copies for e in story.entities}
    )
    offices = facts.offices({o for story in copies for o in story.offices} for copies in reports)
    return [EventParticipant(group.event_id, e, counts[e], offices.get(e)) for e in sorted(counts)]
