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
from transforms.dates.heads import in_heads
from transforms.dates.lines import in_lines, of_times
from transforms.dates.orders import order_of, order_of_address
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
OF_SITE = {
    "site_stamp": "the day of a change or a notice of the site",
    "visit_stamp": "the day of the visit: it stands above the headline, and is that of the capture"
    " or on most pages of the site",
}
# Clocks of a site may be so far behind and ahead of Greenwich.
BEHIND, AHEAD = dt.timedelta(hours=8), dt.timedelta(hours=10)
FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)", re.A)


@dataclass(frozen=True, slots=True)
class SiteCustoms:
    """What is known of a site beside the page: its clock, and the order of its figures."""

    timezone: str | None = None  # for times printed without a zone
    is_month_first: bool | None = None  # as its other pages show


UNKNOWN = SiteCustoms()


@dataclass(frozen=True, slots=True)
class Judged:
    """One statement of the page with what became of it."""

    statement: Statement
    kind: str
    is_chosen: bool
    reason: str

    def row(self, article_id: str, index: int) -> DateCandidate:
        """The statement as a row of date_candidates."""
        moment = self.statement.moment
        first, last = moment.days
        return DateCandidate(
            article_id=article_id,
            candidate_index=index,
            kind=self.kind,
            date_start=first,
            date_end=last,
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
    customs: SiteCustoms = UNKNOWN,
    captured_at: dt.datetime | None = None,
) -> Statement | None:
    """When the page was published by its own account; None where it states nothing sound."""
    printed = printed_dates(page, url, verdicts, customs, captured_at)
    judged = judge(printed, None, captured_at)
    return next((j.statement for j in judged if j.is_chosen), None)


def printed_dates(
    page: Page,
    url: str | None,
    verdicts: Sequence[Verdict],
    site: SiteCustoms = UNKNOWN,
    captured_at: dt.datetime | None = None,
) -> list[Statement]:
    """Every date the page states of itself, the most trusted kind first."""
    customs = _customs(page, url, site)
    lines = in_lines(page, verdicts, customs, _days_of_visit(captured_at))
    explicit, other = of_facts(page, customs)
    address = tuple(s for s in of_address(url) if s.moment.precision == "day")
    months = [s for s in of_address(url) if s.moment.precision != "day"]
    told = [*lines.sure, *explicit]
    seen = {s.moment.day for s in (*lines.strong, *lines.likely)}
    # Set by the day a page was made, an address was right on 119 of 120 development pages; what
    # says the same day more exactly comes first.
    if address and told and told[0].moment.day != address[0].moment.day:
        # A folder is made for the day's first story; what readers see there is of the next one.
        is_next = bool(lines.sure) and told[0].moment.day - address[0].moment.day == DAY
        told = [*told, *address] if is_next else [*address, *told]
    # Machines write in zones of their own: the day beside it that readers see is the page's own.
    elif not lines.sure and _is_day_beside(explicit, lines.strong, seen):
        told = [*lines.strong, *told]
    times = of_times(page, verdicts, customs)
    opened = in_heads(page, verdicts, customs)
    rest = [*address, *lines.strong, *opened, *other, *times, *lines.likely, *months]
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
            reason = doubt or OF_SITE.get(statement.method, "a date of the site")
            judged.append(Judged(statement, kind, False, reason))
        elif statement.moment.first is not None:
            judged.append(Judged(statement, "published", False, "days, not one day: a bound"))
        elif is_settled:
            judged.append(
                Judged(statement, "published", False, "a more trusted statement was found")
            )
        else:
            is_settled = True
            judged.append(Judged(statement, "published", True, "the most trusted statement"))
    return judged


def bounds(judged: Sequence[Judged]) -> Interval | None:
    """The days of a range or a month that the page prints of its publication; None without one."""
    found = (
        j.statement.moment.days
        for j in judged
        if j.kind == "published" and j.statement.moment.first is not None
    )
    return next(found, None)


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
    # What surely is the story's own date is never overruled by an inference.
    if statement.is_sure:
        return ""
    if tenure and not before(tenure[0], slack) <= day <= after(tenure[1], slack):
        return f"office holders named place the story between {tenure[0]} and {tenure[1]}"
    return ""


def _days_of_visit(captured_at: dt.datetime | None) -> tuple[dt.date, ...]:
    """The days that the site's clock can have shown; one where no hour of the capture is known."""
    if captured_at is None:
        return ()
    if captured_at.time() == dt.time():
        return (captured_at.date(),)
    return (captured_at - BEHIND).date(), (captured_at + AHEAD).date()


def _customs(page: Page, url: str | None, site: SiteCustoms) -> Customs:
    """How the page's dates are to be read: by its site's clock, its own figures and language."""
    return Customs(site.timezone, _is_month_first(page, url, site), _Years(page))


def _is_month_first(page: Page, url: str | None, site: SiteCustoms) -> bool | None:
    """Whether 03/04/1999 is of March: as page, address, site or language have it, in this order."""
    orders = (order_of(page), order_of_address(page, url), site.is_month_first)
    known = next((order for order in orders if order is not None), None)
    if known is not None:
        return known
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
