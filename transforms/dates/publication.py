"""When a story was published: what the page states of itself, and which statement is sound."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.blocks import Page
from transforms.dates.days import DAY, Interval, after, before
from transforms.dates.lines import in_lines, of_times, opening
from transforms.dates.printed import Customs
from transforms.dates.statements import Statement, of_address, of_facts
from transforms.furniture import Verdict
from transforms.tables import DateCandidate

# No page is older than the web: an earlier day is one of its story, somebody's birthday.
EARLIEST = dt.date(1990, 1, 1)
# A printed date this far outside the time of all office holders is the site's, not the story's.
TENURE_SLACK_DAYS = 31
# Which number of 03/04/1999 is the month, by the language that the page states.
MONTH_FIRST = re.compile(r"en[-_]us|en[-_]ph", re.I)
ENGLISH = re.compile(r"en(?:$|[-_])", re.I)
SLASHED = re.compile(r"(\d(?<![\d/]\d)\d?)/(\d\d?)/(?:\d{4}|\d\d)(?![\d/])")
FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)", re.A)


@dataclass(frozen=True, slots=True)
class Judged:
    """One statement of the page with what became of it."""

    statement: Statement
    kind: str
    is_chosen: bool
    reason: str

    def row(self, article_id: str, index: int) -> DateCandidate:
        """The statement as a row of date_candidates."""
        moment, day = self.statement.moment, self.statement.moment.at.date()
        return DateCandidate(
            article_id=article_id,
            candidate_index=index,
            kind=self.kind,
            date_start=day,
            date_end=day,
            precision=moment.precision,
            method=self.statement.method,
            timeline_id=None,
            verbatim=self.statement.verbatim,
            span_field=self.statement.span_field,
            block_index=self.statement.block_index,
            char_start=moment.char_start,
            char_end=moment.char_end,
            is_chosen=self.is_chosen,
            reason=self.reason,
        )


def published(
    page: Page,
    url: str | None,
    verdicts: Sequence[Verdict],
    timezone: str | None = None,
    captured_at: dt.datetime | None = None,
) -> Statement | None:
    """When the page was published by its own account; None where it states nothing sound.

    `timezone` is the site's clock for times printed without a zone.
    """
    judged = judge(printed_dates(page, url, verdicts, timezone), None, captured_at)
    return next((j.statement for j in judged if j.is_chosen), None)


def printed_dates(
    page: Page, url: str | None, verdicts: Sequence[Verdict], timezone: str | None = None
) -> list[Statement]:
    """Every date the page states of itself, the most trusted kind first."""
    customs = _customs(page, timezone)
    lines = in_lines(page, verdicts, customs)
    explicit, other = of_facts(page, customs)
    address = tuple(of_address(url))
    told = [*lines.sure, *explicit]
    seen = {s.moment.day for s in (*lines.strong, *lines.likely)}
    # Set by the day a page was made, an address was right on 119 of 120 development pages; what
    # says the same day more exactly comes first.
    if address and told and told[0].moment.day != address[0].moment.day:
        told = [*address, *told]
    # Machines write in zones of their own: the day beside it that readers see is the page's own.
    elif not lines.sure and _is_day_beside(explicit, lines.strong, seen):
        told = [*lines.strong, *told]
    times = of_times(page, verdicts, customs)
    opened = opening(page, verdicts, customs)
    rest = [*address, *lines.strong, *opened, *other, *times, *lines.likely]
    return [*dict.fromkeys([*told, *rest]), *lines.site]


def _is_day_beside(
    explicit: Sequence[Statement], strong: Sequence[Statement], seen: Container[dt.date]
) -> bool:
    """Whether readers see the day beside the one that is stated, and nowhere that one itself."""
    if not explicit or not strong or explicit[0].moment.day in seen:
        return False
    return abs(explicit[0].moment.day - strong[0].moment.day) == DAY


def judge(
    printed: Sequence[Statement], tenure: Interval | None, captured_at: dt.datetime | None
) -> list[Judged]:
    """The statements in their order, one of them chosen where one is sound."""
    judged: list[Judged] = []
    is_settled = False
    for statement in printed:
        doubt = _doubt(statement, tenure, captured_at)
        if doubt or statement.kind == "site":
            kind = "site" if doubt.startswith("office holders") else statement.kind
            judged.append(Judged(statement, kind, False, doubt or "a date of the site"))
        elif is_settled:
            judged.append(
                Judged(statement, "published", False, "a more trusted statement was found")
            )
        else:
            is_settled = True
            judged.append(Judged(statement, "published", True, "the most trusted statement"))
    return judged


def _doubt(statement: Statement, tenure: Interval | None, captured_at: dt.datetime | None) -> str:
    moment = statement.moment
    if moment.is_ambiguous:
        return "day and month could be swapped"
    if captured_at and moment.at > captured_at + DAY:
        return "later than the capture"
    slack = dt.timedelta(days=TENURE_SLACK_DAYS)
    day = moment.at.date()
    if day < EARLIEST:
        return f"earlier than {EARLIEST.year}, when there were no pages"
    if tenure and not before(tenure[0], slack) <= day <= after(tenure[1], slack):
        return f"office holders named place the story between {tenure[0]} and {tenure[1]}"
    return ""


def _customs(page: Page, timezone: str | None) -> Customs:
    """How the page's dates are to be read: by its site's clock, its own figures and language."""
    return Customs(timezone, _is_month_first(page), _Years(page))


def _is_month_first(page: Page) -> bool | None:
    """Whether 03/04/1999 is of March: as its other dates show, else as its language has it."""
    figures = [map(int, pair) for b in page.blocks for pair in SLASHED.findall(b.text)]
    orders = {first < second for first, second in figures if max(first, second) > 12}
    if len(orders) == 1:
        return orders.pop()
    stated = [f.text for f in page.facts if f.name in ("html:lang", "meta:og:locale")]
    if any(MONTH_FIRST.match(s) for s in stated):
        return True
    if any(not ENGLISH.match(s) or len(s) > 2 for s in stated):
        return False
    return None


class _Years:
    """The four-digit years that the page prints or states, gathered only where one is asked."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def __contains__(self, year: object) -> bool:
        return str(year) in self._printed

    @cached_property
    def _printed(self) -> frozenset[str]:
        blocks = (b.text for b in self._page.blocks)
        texts = itertools.chain(blocks, (f.value[:80] for f in self._page.facts))
        return frozenset(year for text in texts for year in FOUR_DIGITS.findall(text))
