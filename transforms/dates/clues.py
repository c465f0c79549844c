"""Date clues of a story: every expression that says when it was written or what it tells happened.

A clue allows an interval of days. Office holders allow their time in office; a dated event that
the story refers to, with "last week" or "two months ago" beside it, allows the days that lie so
far from it; a weekday or a dateline allows single days. Clues that could mean several dated
events stand in one group. Which clues hold is decided in `dates`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from transforms.articles import Passage
from transforms.authority import FAR_FUTURE, FAR_PAST, OfficeSpell, TimelineEvent
from transforms.dates.days import Interval, shifted
from transforms.dates.distances import (
    OF_WHAT_FOLLOWS,
    anniversary,
    counted,
    counts,
    distances,
    may_count,
)
from transforms.dates.printed import moments, month_number, prints_date
from transforms.dates.timeline import Terms, Timeline, events_of, wording
from transforms.names import Name
from transforms.printed import MONTH
from transforms.text import sentences


@dataclass(frozen=True, slots=True)
class Clue:
    """One expression and the days it allows for the writing of the story; both ends inclusive."""

    method: str
    start: dt.date
    end: dt.date
    weight: float  # how far it is believed when clues contradict each other
    group: str  # alternatives of one expression share it: only one of them can be meant
    verbatim: str
    block_index: int
    char_start: int  # in the text of the block
    char_end: int
    timeline_id: str | None = None


@dataclass(frozen=True, slots=True)
class ClueRules:
    """How much a clue is believed, and how loosely writers count."""

    # A title printed with a name is seldom wrong; a back reference can be read two ways.
    tenure_weight: float = 1.0
    relative_weight: float = 1.0
    reference_weight: float = 0.4
    # In a sentence about an earlier year the office holder is of that year too.
    historical_weight: float = 0.1
    # An event that is told only by its place and people could be another of theirs.
    described_weight: float = 0.6


RULES = ClueRules()
NAMED_MONTH = re.compile(
    rf"\b(?P<month>(?!may\b){MONTH}|(?:in|last|next|this|since|the)\s+may)\b", re.I
)
FUTURE = re.compile(
    r"\b(?:will|would|next|due|expected|upcoming|scheduled|plan(?:s|ned)?\s+to|to\s+be\s+held|coming"
    r"|later\s+this|(?:is|are)\s+to|prepar\w+|ahead\s+of|before|until|looms?)\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:after|since|following|ago|last|had|was|were|did|signed|agreed|earlier|established|ended"
    r"|launched|began|came|broke|froze|suspended|cut|held)\b",
    re.I,
)
DESCRIPTION_CHARACTERS = 140  # behind a count, in which the event is described
MOST_DESCRIBED = 4
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
FORMER = re.compile(r"\b(?:former|ex|late|then|future|one-time)[\s-]+(?:[\w.'-]+\s+){0,4}$", re.I)


def tenures(
    passages: Sequence[Passage],
    names: Sequence[Name],
    spells: Mapping[tuple[str, str], Sequence[OfficeSpell]],
    rules: ClueRules = RULES,
) -> Iterator[Clue]:
    """The time in office of every person named with the office, once a person and office."""
    texts = {p.block_index: p.text for p in passages}
    seen: set[tuple[str, str]] = set()
    for name in names:
        if name.entity_type != "person" or not name.office_name:
            continue
        text = texts[name.block_index]
        if FORMER.search(text, max(0, name.start - 60), _office_start(text, name)):
            continue
        for person in name.candidates:
            held = [
                spell
                for spell in spells.get((person, name.office_name), ())
                if name.holder in (None, spell.organisation_id, spell.country)
            ]
            if not held or (person, name.office_name) in seen:
                continue
            seen.add((person, name.office_name))
            weight = (
                rules.historical_weight if _is_historical(text, name, held) else rules.tenure_weight
            )
            for spell in held:
                yield Clue(
                    "tenure", spell.from_date, spell.to_date, weight,
                    f"tenure:{'|'.join(name.candidates)}:{name.office_name}",
                    name.surface, name.block_index, name.start, name.end,
                )  # fmt: skip


def references(
    passages: Sequence[Passage],
    timeline: Timeline,
    names: Sequence[Name] = (),
    rules: ClueRules = RULES,
) -> Iterator[Clue]:
    """The days allowed by each dated event that a sentence refers to."""
    by_block: dict[int, list[Name]] = {}
    for name in names:
        by_block.setdefault(name.block_index, []).append(name)
    for passage in passages:
        if passage.label != "body":
            continue
        whole = wording(passage.text)
        possible = timeline.printed(whole)
        named = by_block.get(passage.block_index, []) if may_count(whole.words) else []
        if not named and not possible:
            continue
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            events = _referred(possible, sentence)
            read = [*_referring(events, sentence, rules)]
            if not read:
                here = [n for n in named if start <= n.start < end]
                read = [*_described(sentence, start, here, timeline, rules)]
            for event, (method, days, weight, (first, last)) in read:
                yield Clue(
                    method,
                    *days,
                    weight,
                    group=f"{passage.block_index}:{start + first}:{method}",
                    verbatim=sentence[first:last],
                    block_index=passage.block_index,
                    char_start=start + first,
                    char_end=start + last,
                    timeline_id=event.timeline_id,
                )


def explicit(passages: Sequence[Passage], rules: ClueRules = RULES) -> Iterator[Clue]:
    """Full dates printed in the story of what is past: it was written after them."""
    for passage in passages:
        if passage.label != "body" or not prints_date(passage.text):
            continue
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            if FUTURE.search(sentence):
                continue
            for moment in moments(sentence):
                yield Clue(
                    "explicit_date", moment.at.date(), FAR_FUTURE, rules.reference_weight,
                    f"{passage.block_index}:{start + moment.char_start}:explicit_date",
                    sentence[moment.char_start : moment.char_end], passage.block_index,
                    start + moment.char_start, start + moment.char_end,
                )  # fmt: skip


def _office_start(text: str, name: Name) -> int:
    at = text.rfind(name.office, 0, name.start) if name.office else -1
    return at if at >= 0 else name.start


def _is_historical(text: str, name: Name, held: Sequence[OfficeSpell]) -> bool:
    """Whether the name's sentence prints a year in which the office was held."""
    if not YEAR.search(text):
        return False
    for start, end in sentences(text):
        if start <= name.start < end:
            years = [int(y) for y in YEAR.findall(text[start:end])]
            return any(s.from_date.year <= year <= s.to_date.year for year in years for s in held)
    return False


def _span(event: TimelineEvent) -> Interval:
    return event.date_start, event.date_end


Reading = tuple[str, Interval, float, tuple[int, int]]  # method, days, weight, span


def _referred(possible: Sequence[Terms], sentence: str) -> list[TimelineEvent]:
    """Of the events whose terms the paragraph prints, those whose terms the sentence prints."""
    if not possible:
        return []
    own = wording(sentence)
    return events_of(terms for terms in possible if terms.are_in(own))


def _referring(
    events: Sequence[TimelineEvent], sentence: str, rules: ClueRules
) -> Iterator[tuple[TimelineEvent, Reading]]:
    """Readings of a sentence that prints the terms of these events."""
    # Of several events the anniversary is that of the first; the others celebrate it.
    birthday = anniversary(sentence, _span(events[0])) if events else None
    if birthday:
        yield events[0], (birthday.method, birthday.days, rules.relative_weight, birthday.span)
    for event in events[1:] if birthday else events:
        for reading in _meant(sentence, _span(event), rules):
            yield event, reading


def _meant(sentence: str, event: Interval, rules: ClueRules) -> Iterator[Reading]:
    """Readings of a reference: method, allowed days, weight, span in the sentence."""
    found = False
    for distance in distances(sentence, event):
        if distance.days != (FAR_PAST, FAR_FUTURE):
            found = True
            yield distance.method, distance.days, rules.relative_weight, distance.span
    if found:
        return
    past, future = PAST.search(sentence), FUTURE.search(sentence)
    month = _month_of(sentence, event)
    if past and not future:
        until = shifted(event[1], 12) if month else FAR_FUTURE
        yield "after_event", (event[0], until), rules.reference_weight, (month or past).span()
    elif future and not past:
        since = shifted(event[0], -12) if month else FAR_PAST
        yield "before_event", (since, event[1]), rules.reference_weight, (month or future).span()


def _described(
    sentence: str, start: int, names: Sequence[Name], timeline: Timeline, rules: ClueRules
) -> Iterator[tuple[TimelineEvent, Reading]]:
    """Readings of a count from an event that is told by its place with its people or its kind.

    "Four days before the president meets the premier in the capital": what follows the count is
    the event. A count from nothing named, or too many events that fit, is no clue.
    """
    if not names:
        return
    for match in counts(sentence):
        if not match.group("way").lower().startswith(OF_WHAT_FOLLOWS):
            continue
        clause = sentence[match.end() : match.end() + DESCRIPTION_CHARACTERS]
        here = {
            (n.entity_type, key)
            for n in names
            if 0 <= n.start - start - match.end() < len(clause)
            for key in n.candidates
        }
        fitting = timeline.described(clause, here)
        if len(fitting) <= MOST_DESCRIBED:
            for event in fitting:
                days = counted(match, _span(event))
                reading = ("relative_count", days, rules.described_weight, match.span())
                yield event, reading


def _month_of(sentence: str, event: Interval) -> re.Match[str] | None:
    """The event's month where the sentence prints it without a year."""
    if YEAR.search(sentence):
        return None
    for match in NAMED_MONTH.finditer(sentence):
        if month_number(match.group("month").split()[-1]) == event[0].month:
            return match
    return None
