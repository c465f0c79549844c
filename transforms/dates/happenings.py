"""The dated event of the timeline that a story's opening tells of, if one fits best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.articles import Passage, Story
from transforms.authority import TimelineEvent
from transforms.dates.clues import Clue
from transforms.dates.days import DAY, Interval
from transforms.dates.openings import CalendarDay
from transforms.dates.timeline import Timeline, events_of, prints_kind, words_of
from transforms.names import Name
from transforms.text import fold

CITED_CHARACTERS = 200  # of the first paragraph, as evidence
LEAD_CHARACTERS = 900  # about the first 120 words, in which a report says what happened


@dataclass(frozen=True, slots=True)
class MatchRules:
    """Points for each agreement, and how many make a match.

    Set on the sample archive's stories without a printed date: its true events score 3.0 to
    5.5, other events of the same bracket and weekday at most 2.4.
    """

    terms: float = 2.0
    place: float = 1.0
    people: float = 1.5
    organisations: float = 0.5
    kind: float = 0.5
    # Its day is that of a dateline which could be of several years.
    filed: float = 1.0
    # The timeline has the whole cast of a summit; an opening names three of them.
    enough_people: int = 3

    def share(self, named: int, people: Sequence[str]) -> float:
        """How much of the event's people so many of them are, 0 to 1."""
        return min(1.0, named / min(len(people), self.enough_people)) if people else 0.0

    least: float = 2.5
    margin: float = 0.75
    # Without the event's own words, most of its people must be there to tell it from its like.
    least_people_without_terms: float = 0.6


RULES = MatchRules()


@dataclass(frozen=True, slots=True)
class Lead:
    """The opening in which a report says what happened, and what it names."""

    folded: str
    passage: Passage  # its first paragraph
    named: frozenset[tuple[str, str]]  # entities of the whole story, as (entity_type, key)
    referred: frozenset[str]  # events whose terms it prints
    calendar_days: frozenset[CalendarDay]  # those of its dateline, where the year is open
    events: tuple[TimelineEvent, ...]  # those it could tell of: referred to, or of the people named


def lead(
    story: Story,
    names: Sequence[Name],
    timeline: Timeline,
    calendar_days: frozenset[CalendarDay] = frozenset(),
    rules: MatchRules = RULES,
) -> Lead | None:
    """The lead of the story; None where there is no body.

    `calendar_days` are those its dateline tells, where the year is open: the event is of them.
    """
    body = next((p for p in story.passages if p.label == "body"), None)
    if body is None:
        return None
    text = f"{story.title or ''} . {story.text[:LEAD_CHARACTERS]}"
    named = frozenset((n.entity_type, key) for n in names for key in n.candidates)
    events = {
        event.timeline_id: event for event in events_of(timeline.printed(text, words_of(text)))
    }
    referred = frozenset(events)
    by_people = Counter(
        timeline_id
        for entity_type, key in named
        if entity_type == "person"
        for timeline_id in timeline.by_person.get(key, ())
    )
    for timeline_id, count in by_people.items():
        event = timeline.events[timeline_id]
        if rules.share(count, event.people) >= rules.least_people_without_terms:
            events.setdefault(timeline_id, event)
    of_day = (i for day in calendar_days for i in timeline.by_day.get(day, ()))
    events |= {timeline_id: timeline.events[timeline_id] for timeline_id in of_day}
    return Lead(fold(text), body, named, referred, calendar_days, tuple(events.values()))


def main_event(
    lead: Lead,
    interval: Interval,
    weekday: int | None,
    aside: Mapping[str | None, bool] | None = None,
    rules: MatchRules = RULES,
) -> tuple[Clue, str] | None:
    """The clue that narrows the interval to the event's days, and the reason in words.

    `weekday` (Monday is 0) is the one the opening tells; None where it tells none. `aside` are
    events that the story counts its distance from: it is about one of them only if its opening
    tells so, and never where the value is True.
    """
    aside = aside or {}
    scored = []
    for event in lead.events:
        days = _days(event, interval, weekday, lead.calendar_days)
        is_aside = event.timeline_id in aside and (
            aside[event.timeline_id] or event.timeline_id not in lead.referred
        )
        if days is None or is_aside:
            continue
        score, reasons = _score(event, lead, rules)
        scored.append((score, event.timeline_id, days, reasons))
    scored.sort(key=lambda s: (-s[0], s[1]))
    if not scored or scored[0][0] < rules.least:
        return None
    score, timeline_id, days, reasons = scored[0]
    rivals = [s for s in scored[1:] if s[2][1] < days[0] or s[2][0] > days[1]]
    if rivals and score - rivals[0][0] < rules.margin:
        return None
    text = lead.passage.text[:CITED_CHARACTERS]
    clue = Clue(
        "timeline_event", *days, 1.0, "timeline_event", text, lead.passage.block_index,
        0, len(text), timeline_id,
    )  # fmt: skip
    return clue, f"the opening tells of it: {', '.join(reasons)}"


def _days(
    event: TimelineEvent,
    interval: Interval,
    weekday: int | None,
    calendar_days: frozenset[CalendarDay],
) -> Interval | None:
    """The event's days inside the interval, those of the weekday and the dateline if told."""
    first, last = max(event.date_start, interval[0]), min(event.date_end, interval[1])
    if first > last:
        return None
    if weekday is None and not calendar_days:
        return first, last
    days = [first + DAY * n for n in range(min((last - first).days, 40) + 1)]
    fitting = [
        day
        for day in days
        if weekday in (None, day.weekday())
        and (not calendar_days or (day.month, day.day) in calendar_days)
    ]
    return (fitting[0], fitting[-1]) if fitting else None


def _score(event: TimelineEvent, lead: Lead, rules: MatchRules) -> tuple[float, list[str]]:
    has_terms = event.timeline_id in lead.referred
    people = sum(("person", key) in lead.named for key in event.people)
    held = sum(("organisation", key) in lead.named for key in event.organisations)
    organisations = held / max(1, len(event.organisations))
    points = [
        (rules.terms * has_terms, "its terms"),
        (rules.place * (("place", event.place_id) in lead.named), "its place"),
        (rules.people * rules.share(people, event.people), "its people"),
        (rules.organisations * organisations, "its organisations"),
        (rules.kind * prints_kind(event, lead.folded), f"a word for {event.kind}"),
        (rules.filed * bool(lead.calendar_days), "the day it was filed"),
    ]
    return sum(p for p, _ in points), [name for p, name in points if p > 0]
