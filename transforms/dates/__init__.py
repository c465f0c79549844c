"""Dates of an article: when it was published and when its event took place, with every clue.

The publication time is printed or it is null. The event's day is read from the story's opening
where the publication time is known; else it is bracketed: the days on which most clues agree,
narrowed by the weekday of the opening, and by the one dated event of the timeline that fits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transforms.articles import Story
from transforms.authority import Authority, OfficeSpell
from transforms.blocks import Page
from transforms.dates import clues, orders, timeline
from transforms.dates.agreement import agreed
from transforms.dates.brackets import dated, undated
from transforms.dates.days import Interval
from transforms.dates.publication import UNKNOWN, SiteCustoms, bounds, judge, printed_dates
from transforms.dates.tenures import tenures
from transforms.dates.timeline import Timeline
from transforms.furniture import Verdict
from transforms.names import Name
from transforms.tables import DateCandidate

__all__ = ["Calendar", "Dated", "SiteCustoms", "build", "date", "orders"]


@dataclass(frozen=True, slots=True)
class Dated:
    """The dates of one article and all clues they rest on."""

    published_at: dt.datetime | None
    published_precision: str | None
    published_method: str | None
    event_date_start: dt.date | None
    event_date_end: dt.date | None
    event_date_precision: str | None
    event_date_method: str | None
    candidates: tuple[DateCandidate, ...]

    @property
    def bracket(self) -> tuple[dt.date | None, dt.date | None]:
        """Days between which the story's names are to be read: publication, else the event."""
        if self.published_at:
            return self.published_at.date(), self.published_at.date()
        return self.event_date_start, self.event_date_end


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of offices and events in time, ready to be searched."""

    timeline: Timeline
    spells: Mapping[tuple[str, str], tuple[OfficeSpell, ...]] = field(default_factory=dict)


def build(authority: Authority) -> Calendar:
    """The calendar of the reference tables."""
    spells: dict[tuple[str, str], tuple[OfficeSpell, ...]] = {}
    for spell in authority.offices:
        key = (spell.person_id, spell.office)
        spells[key] = (*spells.get(key, ()), spell)
    return Calendar(timeline.build(authority.timeline), spells)


def date(
    story: Story,
    page: Page,
    verdicts: Sequence[Verdict],
    names: Sequence[Name],
    calendar: Calendar,
    captured_at: dt.datetime | None = None,
    site: SiteCustoms = UNKNOWN,
) -> Dated:
    """The dates of the story."""
    found = [
        *tenures(story.passages, names, calendar.spells),
        *clues.references(story.passages, calendar.timeline, names),
        *clues.explicit(story.passages),
    ]
    printed = printed_dates(page, story.url, verdicts, site, captured_at)
    judged = judge(printed, _time_in_office(found), captured_at)
    chosen = next((j.statement for j in judged if j.is_chosen), None)
    moment = chosen.moment if chosen else None
    if moment is None:
        found += [clues.printed_days(days) for days in [bounds(judged)] if days]
        event = undated(story, names, found, calendar.timeline, captured_at)
    else:
        event = dated(story, names, found, calendar.timeline, moment)
    rows = [j.row(story.article_id, index) for index, j in enumerate(judged)]
    return Dated(
        moment.at if moment else None,
        moment.precision if moment else None,
        chosen.method if chosen else None,
        *event.interval,
        event.precision,
        event.method,
        (*rows, *event.rows(story, len(rows))),
    )


def _time_in_office(found: Sequence[clues.Clue]) -> Interval | None:
    """The days on which all office holders named were in office; None for fewer than two."""
    held = [c for c in found if c.method == "tenure"]
    return agreed(held) if len({c.group for c in held}) > 1 else None
