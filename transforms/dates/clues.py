"""Date clues of a story: every expression that says when it was written or what it tells happened.

A clue allows an interval of days. Office holders allow their time in office; a dated event that
the story refers to, with "last week" or "two months ago" beside it, allows the days that lie so
far from it; a weekday or a dateline allows single days. Clues that could mean several dated
events stand in one group. Which clues hold is decided in `dates`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.articles import Passage
from transforms.authority import FAR_FUTURE, FAR_PAST, TimelineEvent
from transforms.dates.days import Interval, shifted
from transforms.dates.distances import (
    Distance,
    anniversary,
    counted,
    counts,
    distances,
    is_of_what_follows,
    may_count,
)
from transforms.dates.printed import moments, month_number, prints_date
from transforms.dates.timeline import Terms, Timeline, events_of, words_of
from transforms.names import Name
from transforms.printed import MONTH
from transforms.text import fold, sentences


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

    # What the page prints of its own time outweighs any inferences.
    printed_weight: float = 100.0
    # A title printed with a name is seldom wrong; a back reference can be read two ways.
    tenure_weight: float = 1.0
    relative_weight: float = 1.0
    # A count says what it is counted from; "this month" could be of the rest of the sentence.
    period_weight: float = 0.9
    reference_weight: float = 0.4
    # In a sentence about an earlier year the office holder is of that year too.
    historical_weight: float = 0.1
    # One whose month and day are printed is hardly another.
    dated_weight: float = 0.8
    # An event that is told only by its place and people could be another of theirs.
    described_weight: float = 0.6

    def weight(self, method: str) -> float:
        """How far a distance of this method is believed."""
        return self.period_weight if method == "relative_period" else self.relative_weight


RULES = ClueRules()
NAMED_MONTH = re.compile(
    rf"\b(?P<month>(?!may\b){MONTH}|(?:in|last|next|this|since|the)\s+may)\b", re.I
)
FUTURE = re.compile(
    r"\b(?:will|would|next|due|expected|upcoming|scheduled|plan(?:s|ned)?\s+to|to\s+be\s+held|coming"
    r"|later\s+this|(?:is|are)\s+to|prepar\w+|ahead\s+of|before(?!\s+yesterday)|until|looms?)\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:after|since|following|ago|last|had|was|were|did|signed|agreed|earlier|established|ended"
    r"|launched|began|came|broke|froze|suspended|cut|held)\b",
    re.I,
)
CLAUSE_END = re.compile(r"[,;:]\s")
DESCRIPTION_CHARACTERS = 140  # behind a count, in which the event is described
MOST_DESCRIBED = 4
BESIDE = (8, 3)  # characters before and behind a month: "28th of May", "May 28"
DIGITS = re.compile(r"\d+")
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


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
        words = words_of(passage.text)
        possible = timeline.printed(passage.text, words)
        named = by_block.get(passage.block_index, []) if may_count(words) else []
        if not named and not possible:
            continue
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            read = [*_referring(_printed(possible, sentence), sentence, rules)]
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


def printed_days(days: Interval, rules: ClueRules = RULES) -> Clue:
    """The days of a range or month printed of the publication: no inference overrules them."""
    return Clue("printed_days", *days, rules.printed_weight, "printed_days", "", 0, 0, 0)


def _span(event: TimelineEvent) -> Interval:
    return event.date_start, event.date_end


Reading = tuple[str, Interval, float, tuple[int, int]]  # method, days, weight, span


def _printed(possible: Sequence[Terms], sentence: str) -> list[Terms]:
    """Of the terms that the paragraph prints, those that the sentence prints."""
    folded = fold(sentence) if possible else ""
    return [terms for terms in possible if terms.are_in(folded)]


def _referring(
    printed: Sequence[Terms], sentence: str, rules: ClueRules
) -> Iterator[tuple[TimelineEvent, Reading]]:
    """Readings of a sentence that prints these terms."""
    events = events_of(printed)
    # Of several events the anniversary is that of the first; the others celebrate it.
    birthday = anniversary(sentence, _span(events[0])) if events else None
    if birthday:
        yield events[0], (birthday.method, birthday.days, rules.relative_weight, birthday.span)
    for event in events[1:] if birthday else events:
        terms = [t for t in printed if t.event is event]
        for reading in _meant(sentence, terms, rules):
            yield event, reading


def _meant(sentence: str, terms: Sequence[Terms], rules: ClueRules) -> Iterator[Reading]:
    """Readings of a reference: method, allowed days, weight, span in the sentence.

    `terms` are those of one event that the sentence prints.
    """
    event = _span(terms[0].event)
    read = [
        (d.method, d.days, rules.weight(d.method), d.span)
        for d in distances(sentence, event)
        if d.days != (FAR_PAST, FAR_FUTURE) and not _is_of_another(d, sentence, terms)
    ]
    yield from read
    past, future = PAST.search(sentence), FUTURE.search(sentence)
    if read or bool(past) == bool(future):
        return
    month, is_day = _month_of(sentence, event)
    weight = rules.dated_weight if is_day else rules.reference_weight
    span = next(m.span() for m in (month, past, future) if m)
    if past:
        yield (
            "after_event",
            (event[0], shifted(event[1], 12) if month else FAR_FUTURE),
            weight,
            span,
        )
    else:
        yield (
            "before_event",
            (shifted(event[0], -12) if month else FAR_PAST, event[1]),
            weight,
            span,
        )


def _is_of_another(distance: Distance, sentence: str, terms: Sequence[Terms]) -> bool:
    """Whether it is counted from what follows, while the event is told in full before it."""
    head = fold(sentence[: distance.span[0]])
    return distance.is_of_what_follows and any(t.are_in(head) for t in terms)


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
        if not is_of_what_follows(match):
            continue
        rest = sentence[match.end() : match.end() + DESCRIPTION_CHARACTERS]
        clause = CLAUSE_END.split(rest, maxsplit=1)[0]
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


def _month_of(sentence: str, event: Interval) -> tuple[re.Match[str] | None, bool]:
    """The event's month where the sentence prints it without a year, and whether with its day."""
    if YEAR.search(sentence):
        return None, False
    for match in NAMED_MONTH.finditer(sentence):
        if month_number(match.group("month").split()[-1]) == event[0].month:
            beside = sentence[max(0, match.start() - BESIDE[0]) : match.end() + BESIDE[1]]
            return match, str(event[0].day) in DIGITS.findall(beside)
    return None, False
