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
from transforms.authority import FAR_FUTURE, FAR_PAST, OfficeSpell
from transforms.dates.days import DAY, Interval, month_span, shifted
from transforms.dates.printed import YEAR_PRINTED, moments, month_number
from transforms.dates.timeline import Timeline
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
    # "Two weeks ago" is said of ten days and of eighteen; days are counted, years are rounded.

    def slack(self, unit: str) -> int:
        """Days that a count of this unit may be off."""
        return {"day": 1, "week": 4, "month": 16, "year": 200}[unit]


RULES = ClueRules()
NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
} | {"a": 1, "an": 1, "a couple of": 2}
COUNT = r"(?P<count>\d{1,2}|a\s+couple\s+of|an?|" + "|".join(w for w in NUMBERS if len(w) > 2) + ")"
UNIT = r"(?P<unit>day|week|month|year)s?"
AGO = re.compile(rf"\b{COUNT}\s+{UNIT}\s+(?P<way>ago|earlier|since|after|before|from)\b", re.I)
SIDE = re.compile(
    r"\b(?P<side>last|next|this|earlier\s+this|later\s+this)\s+(?P<unit>week|month|year)\b", re.I
)
EVE = re.compile(r"\b(?:on\s+)?the\s+eve\s+of\b", re.I)
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
    passages: Sequence[Passage], timeline: Timeline, rules: ClueRules = RULES
) -> Iterator[Clue]:
    """The days allowed by each dated event that a sentence refers to."""
    for passage in passages:
        if passage.label != "body":
            continue
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            for event in timeline.references(sentence):
                span = (event.date_start, event.date_end)
                for method, interval, weight, (first, last) in _meant(sentence, span, rules):
                    yield Clue(
                        method,
                        *interval,
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
        if passage.label != "body" or not YEAR_PRINTED.search(passage.text):
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
    for start, end in sentences(text):
        if start <= name.start < end:
            years = [int(y) for y in YEAR.findall(text[start:end])]
            return any(s.from_date.year <= year <= s.to_date.year for year in years for s in held)
    return False


def _meant(
    sentence: str, event: Interval, rules: ClueRules
) -> Iterator[tuple[str, Interval, float, tuple[int, int]]]:
    """Readings of a reference: method, allowed days, weight, span in the sentence."""
    found = False
    for match in AGO.finditer(sentence):
        interval = _counted(match, event, rules)
        if interval:
            found = True
            yield "relative_count", interval, rules.relative_weight, match.span()
    for match in SIDE.finditer(sentence):
        found = True
        yield "relative_period", _beside(match, event), rules.relative_weight, match.span()
    for match in EVE.finditer(sentence):
        found = True
        yield "eve", (event[0] - 3 * DAY, event[0] - DAY), rules.relative_weight, match.span()
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


def _counted(match: re.Match[str], event: Interval, rules: ClueRules) -> Interval | None:
    unit, way = match.group("unit").lower(), match.group("way").lower()
    printed = " ".join(match.group("count").lower().split())
    count = int(printed) if printed.isdigit() else NUMBERS[printed]
    if way == "before":
        count = -count
    slack = dt.timedelta(days=rules.slack(unit))
    if unit in ("day", "week"):
        offset = dt.timedelta(days=count * (7 if unit == "week" else 1))
        return event[0] + offset - slack, event[1] + offset + slack
    months = count * (12 if unit == "year" else 1)
    return shifted(event[0], months) - slack, shifted(event[1], months) + slack


def _beside(match: re.Match[str], event: Interval) -> Interval:
    """The weeks, months or years from which the event's is the last, this or the next one."""
    side, unit = match.group("side").lower(), match.group("unit").lower()
    step = {"last": 1, "next": -1}.get(side, 0)
    first, last = event
    if unit == "week":
        monday = first - dt.timedelta(days=first.weekday()) + dt.timedelta(weeks=step)
        sunday = last - dt.timedelta(days=last.weekday()) + dt.timedelta(weeks=step, days=6)
        return monday, sunday
    if unit == "month":
        return month_span(shifted(first.replace(day=1), step))
    year = first.year + step
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _month_of(sentence: str, event: Interval) -> re.Match[str] | None:
    """The event's month where the sentence prints it without a year."""
    if YEAR.search(sentence):
        return None
    for match in NAMED_MONTH.finditer(sentence):
        if month_number(match.group("month").split()[-1]) == event[0].month:
            return match
    return None
