"""When the event took place: a day where the story tells it, else the days its clues leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transforms.articles import Story
from transforms.authority import FAR_FUTURE, FAR_PAST
from transforms.dates import filings, openings, tellings
from transforms.dates.agreement import agreed, verdict
from transforms.dates.clues import Clue
from transforms.dates.days import Interval, before, known
from transforms.dates.distances import OF_WHAT_FOLLOWS
from transforms.dates.filings import Filing
from transforms.dates.happenings import Lead, lead, main_event
from transforms.dates.openings import Opening
from transforms.dates.printed import Moment, at_midnight
from transforms.dates.tellings import Reading, Told
from transforms.dates.timeline import Timeline
from transforms.names import Name
from transforms.tables import DateCandidate

# An undated report may be written so long after its event.
WRITTEN_LATER = dt.timedelta(days=10)
# Clues that say how far from its event the story was written.
DISTANCES = ("relative_count", "relative_period", "eve", "anniversary")
# How the phrases of an opening are called as clues.
METHODS = {
    "weekday": "weekday", "near": "near_day", "count": "count_ago", "weekend": "weekend",
    "week": "week", "month": "month", "named": "named_day", "cited": "cited_day",
    "monthday": "named_day",
}  # fmt: skip
LEAST_TOLD = 0.02  # of the probability: a reading below it is not worth a row
Judged = tuple[Clue, bool, str]  # the clue, whether it is chosen, and why


@dataclass(frozen=True, slots=True)
class EventDate:
    """The bracket of the event, its method, and the clues with the reason for or against each."""

    interval: tuple[dt.date | None, dt.date | None]
    method: str | None
    judged: tuple[tuple[Clue, bool, str], ...]

    @property
    def is_matched(self) -> bool:
        """Whether a dated event of the timeline was found to be the one."""
        return any(clue.method == "timeline_event" for clue, _, _ in self.judged)

    @property
    def precision(self) -> str | None:
        """day for a single day, else bracket; None without a bracket."""
        start, end = self.interval
        if start is None and end is None:
            return None
        return "day" if start == end else "bracket"

    def rows(self, story: Story, first: int) -> list[DateCandidate]:
        """The clues as rows of date_candidates from this index on, spans in the article's text."""
        starts = {p.block_index: p.text_start for p in story.passages}
        return [_row(story, starts, i, *told) for i, told in enumerate(self.judged, first)]


def undated(
    story: Story,
    names: Sequence[Name],
    found: Sequence[Clue],
    timeline: Timeline,
    captured_at: dt.datetime | None,
) -> EventDate:
    """The bracket of an event whose report prints no date."""
    captured = captured_at.date() if captured_at else FAR_FUTURE
    met = agreed(found, (FAR_PAST, captured))
    if met is None or (met[0] == FAR_PAST and met[1] == captured):
        open_verdict = (False, "no other clue bounds the days")
        return EventDate((None, None), None, tuple((c, *open_verdict) for c in found))
    judged: list[Judged] = []
    if met[1] == captured < FAR_FUTURE:
        judged.append((_captured(captured), True, "the page was collected then"))
    opening = openings.read(story)
    likeliest = tellings.likeliest(opening)
    filing = filings.resolve(opening, likeliest, met)
    narrowed = met
    if filing is not None:
        narrowed, clues = _told_on(opening, filing)
        judged += clues
    elif narrowing := filings.weekday_days(likeliest, met):
        clue, reason = narrowing
        judged.append((clue, True, reason))
        narrowed = (clue.start, clue.end)
    aside = _aside(story, found)
    days = frozenset() if filing else filings.calendar_days(opening, likeliest)
    about = lead(story, names, timeline, days)
    weekday = filings.weekday_of(likeliest)
    event = _with_main_event(about, narrowed, weekday, judged, aside)
    if not event.is_matched and not filing:
        # A weekly tells in the past of what "last week" was: the event lies before the writing.
        earlier = (before(met[0], WRITTEN_LATER), met[1])
        past = _with_main_event(about, earlier, weekday, [], aside)
        event = past if past.is_matched else event
    return _with_clues(event, found)


def _told_on(opening: Opening, filing: Filing) -> tuple[Interval, list[Judged]]:
    """The days that the opening tells, filed on that day, and the clues they rest on."""
    found = tellings.told(opening, filing.day, at_midnight(filing.day))
    start, end = found.bracket
    clue = filing.clue(min(start, filing.day), max(end, filing.day))
    return found.bracket, [(clue, True, filing.reason), *_readings(opening, found, filing.day)]


def _readings(opening: Opening, found: Told, filed: dt.date) -> Iterator[Judged]:
    """The likeliest reading of the opening as the chosen clue, and those that lost to it."""
    (top, share), *others = found.readings
    start, end = found.bracket
    is_held = top.days[0] <= start and end <= top.days[1]
    days = top.days if is_held else found.bracket
    chance = f"{share:.2f} of what the opening tells"
    reason = f"{_said(top)} {_counted(top)} {filed}: {chance}"
    if not is_held:
        reason = f"the likeliest days; {reason}"
    yield _clue_of(opening, top, days), True, reason
    for reading, share in others:
        if reading.phrase is not None and share >= LEAST_TOLD and reading.days != top.days:
            why = f"rather of another day than the event's: {share:.2f} of what the opening tells"
            yield _clue_of(opening, reading, reading.days), False, why


def _said(reading: Reading) -> str:
    if reading.phrase is not None:
        return f'"{reading.phrase.verbatim}", read {"ahead" if reading.is_ahead else "back"},'
    return "no day told, news is of the days around its filing,"


def _counted(reading: Reading) -> str:
    return "counted from" if reading.phrase is None or reading.phrase.year is None else "filed on"


def _clue_of(opening: Opening, reading: Reading, days: Interval) -> Clue:
    """A reading as a clue of these days."""
    phrase = reading.phrase
    if phrase is None:
        index = opening.first.block_index
        return Clue("publication_day", *days, 1.0, "publication_day", "", index, 0, 0)
    method = METHODS[phrase.kind]
    at = phrase.passage.block_index, phrase.start, phrase.end
    return Clue(method, *days, 1.0, method, phrase.verbatim, *at)


def _aside(story: Story, found: Sequence[Clue]) -> dict[str | None, bool]:
    """The events that the story counts its distance from; True: it is about none of these."""
    first = next(p.block_index for p in story.passages if p.label == "body")
    aside: dict[str | None, bool] = {}
    for clue in found:
        if clue.method in DISTANCES:
            was = aside.get(clue.timeline_id, False)
            aside[clue.timeline_id] = was or _is_counted_from(clue)
        elif clue.method == "before_event" and clue.block_index != first:
            aside[clue.timeline_id] = True  # what is still to come, said further down
    return aside


def _is_counted_from(clue: Clue) -> bool:
    """Whether the event is only what the story counts from: "two weeks after", "on the eve of"."""
    return clue.method in ("eve", "anniversary") or clue.verbatim.lower().endswith(OF_WHAT_FOLLOWS)


def _captured(day: dt.date) -> Clue:
    return Clue("capture_time", FAR_PAST, day, 1.0, "capture_time", "", 0, 0, 0)


def dated(
    story: Story,
    names: Sequence[Name],
    found: Sequence[Clue],
    timeline: Timeline,
    published: Moment,
) -> EventDate:
    """The bracket of the event of a report whose day of publication is known."""
    opening = openings.read(story)
    filed = openings.filed_before(opening, published.day) or published.day
    found_told = tellings.told(opening, filed, published)
    judged = list(_readings(opening, found_told, filed))
    event = _with_main_event(lead(story, names, timeline), found_told.bracket, None, judged)
    aside = [(c, False, _beside(c, published.day)) for c in found]
    return replace(event, judged=(*aside, *event.judged))


def _beside(clue: Clue, published: dt.date) -> str:
    holds = clue.start <= published <= clue.end
    return (
        f"{'agrees with' if holds else 'contradicts'} the printed date {published}, which decides"
    )


def _with_main_event(
    told: Lead | None,
    interval: Interval,
    weekday: int | None,
    judged: Sequence[Judged],
    aside: Mapping[str | None, bool] | None = None,
) -> EventDate:
    """The bracket, narrowed to the one dated event that the opening tells of."""
    found = main_event(told, interval, weekday, aside) if told else None
    if found is not None:
        clue, reason = found
        judged = [*judged, (clue, True, reason)]
        interval = (clue.start, clue.end)
    return _resting_on(judged, interval)


def _resting_on(judged: Sequence[Judged], interval: Interval) -> EventDate:
    """The bracket with its clues; one that does not contain the bracket cannot carry it."""
    start, end = interval
    held = tuple(
        (c, True, reason)
        if is_chosen and c.start <= start and end <= c.end
        else (c, False, verdict(c, interval)[1] if is_chosen else reason)
        for c, is_chosen, reason in judged
    )
    methods = dict.fromkeys(c.method for c, is_chosen, _ in held if is_chosen)
    return EventDate((known(start), known(end)), "+".join(methods) or None, held)


def _with_clues(event: EventDate, found: Sequence[Clue]) -> EventDate:
    """The date with every clue of the story judged by it, and those that bound it in its method."""
    final = (event.interval[0] or FAR_PAST, event.interval[1] or FAR_FUTURE)
    judged = [(c, *verdict(c, final, found)) for c in found]
    bounding = sorted(
        {c.method for c, is_chosen, _ in judged if is_chosen and (c.weight >= 1 or _ends(c, final))}
    )
    own = event.method.split("+") if event.method else []
    return replace(
        event,
        method="+".join(dict.fromkeys([*bounding, *own])) or None,
        judged=(*judged, *event.judged),
    )


def _ends(clue: Clue, interval: Interval) -> bool:
    return clue.start == interval[0] or clue.end == interval[1]


def _row(
    story: Story,
    starts: Mapping[int, int | None],
    index: int,
    clue: Clue,
    is_chosen: bool,
    reason: str,
) -> DateCandidate:
    text_start = starts.get(clue.block_index)
    shift = text_start or 0
    has_span = bool(clue.verbatim)  # what rests on the publication alone was read nowhere
    return DateCandidate(
        article_id=story.article_id,
        candidate_index=index,
        kind="event",
        date_start=known(clue.start),
        date_end=known(clue.end),
        precision="day" if clue.start == clue.end else "bracket",
        method=clue.method,
        timeline_id=clue.timeline_id,
        verbatim=clue.verbatim or None,
        span_field=(None if not has_span else "block" if text_start is None else "text"),
        block_index=clue.block_index if has_span else None,
        char_start=clue.char_start + shift if has_span else None,
        char_end=clue.char_end + shift if has_span else None,
        is_chosen=is_chosen,
        reason=reason,
    )
