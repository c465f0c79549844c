"""The dated event of the timeline that a story's opening tells of, if one fits best."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.articles import Story
from transforms.authority import TimelineEvent
from transforms.dates.clues import Clue
from transforms.dates.days import Interval
from transforms.dates.timeline import KIND_WORDS, Timeline
from transforms.names import Name
from transforms.text import fold

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
    least: float = 2.5
    margin: float = 0.75
    # Without the event's own words, most of its people must be there to tell it from its like.
    least_people_without_terms: float = 0.6


RULES = MatchRules()


def main_event(
    story: Story,
    names: Sequence[Name],
    timeline: Timeline,
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
    lead, where = _lead(story)
    if where is None:
        return None
    named = {(n.entity_type, key) for n in names for key in n.candidates}
    in_lead = {event.timeline_id for event in timeline.references(lead)}
    folded = fold(lead)
    scored = []
    for event in timeline.events:
        if event.date_end < interval[0] or event.date_start > interval[1]:
            continue
        days = _days(event, interval, weekday)
        is_aside = event.timeline_id in aside and (
            aside[event.timeline_id] or event.timeline_id not in in_lead
        )
        if days is None or is_aside:
            continue
        score, reasons = _score(event, event.timeline_id in in_lead, folded, named, rules)
        scored.append((score, event.timeline_id, days, reasons))
    scored.sort(key=lambda s: (-s[0], s[1]))
    if not scored or scored[0][0] < rules.least:
        return None
    score, timeline_id, days, reasons = scored[0]
    rivals = [s for s in scored[1:] if s[2][1] < days[0] or s[2][0] > days[1]]
    if rivals and score - rivals[0][0] < rules.margin:
        return None
    start, end, block = where
    clue = Clue(
        "timeline_event", *days, 1.0, "timeline_event", lead_text(story, start, end), block,
        start, end, timeline_id,
    )  # fmt: skip
    return clue, f"the opening tells of it: {', '.join(reasons)}"


def lead_text(story: Story, start: int, end: int) -> str:
    """The characters of the first body block that the clue was read from."""
    body = next(p for p in story.passages if p.label == "body")
    return body.text[start:end]


def _lead(story: Story) -> tuple[str, tuple[int, int, int] | None]:
    body = [p for p in story.passages if p.label == "body"]
    if not body:
        return "", None
    text = f"{story.title or ''} . {story.text[:LEAD_CHARACTERS]}"
    return text, (0, min(len(body[0].text), 200), body[0].block_index)


def _days(event: TimelineEvent, interval: Interval, weekday: int | None) -> Interval | None:
    """The event's days inside the interval, those of the weekday where one is told."""
    first, last = max(event.date_start, interval[0]), min(event.date_end, interval[1])
    if first > last:
        return None
    if weekday is None:
        return first, last
    days = [first + dt.timedelta(days=d) for d in range(min((last - first).days, 40) + 1)]
    fitting = [d for d in days if d.weekday() == weekday]
    return (fitting[0], fitting[-1]) if fitting else None


def _score(
    event: TimelineEvent, has_terms: bool, lead: str, named: set[tuple[str, str]], rules: MatchRules
) -> tuple[float, list[str]]:
    people = _held([("person", p) for p in event.people], named)
    if not has_terms and people < rules.least_people_without_terms:
        return 0.0, []
    organisations = _held([("organisation", o) for o in event.organisations], named)
    has_place = event.place_id is not None and ("place", event.place_id) in named
    words = KIND_WORDS.get(event.kind)
    has_kind = words is not None and re.search(rf"\b(?:{words})\b", lead) is not None
    points = [
        (rules.terms * has_terms, "its terms"),
        (rules.place * has_place, "its place"),
        (rules.people * people, "its people"),
        (rules.organisations * organisations, "its organisations"),
        (rules.kind * has_kind, f"a word for {event.kind}"),
    ]
    return sum(p for p, _ in points), [name for p, name in points if p > 0]


def _held(wanted: Sequence[tuple[str, str]], named: set[tuple[str, str]]) -> float:
    return sum(w in named for w in wanted) / len(wanted) if wanted else 0.0
