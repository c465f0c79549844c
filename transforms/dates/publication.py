"""When a story was published: what the page states of itself, and which statement is sound."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.articles import Story
from transforms.blocks import Page
from transforms.dates.days import DAY, Interval, after, before
from transforms.dates.printed import Moment, in_address, moments
from transforms.furniture import Verdict
from transforms.printed import is_site_stamp
from transforms.tables import DateCandidate

# A printed date this far outside the time of all office holders is the site's, not the story's.
TENURE_SLACK_DAYS = 31
META_DATES = re.compile(
    r"^(?:meta:(?:.*(?:date|published|pubdate|issued|created)[^:]*)|time:datetime)$"
)
META_CHANGES = re.compile(r"modified|updated|expires|revised|changed")


def printed_dates(
    story: Story, page: Page, verdicts: Sequence[Verdict], timezone: str | None
) -> list[tuple[DateCandidate, Moment]]:
    """Every date the page states of itself, the most trusted kind first."""
    return [
        *_of_blocks(story, page, verdicts, timezone, is_stamp=False),
        *_of_facts(story, page, timezone),
        *_of_address(story),
        *_of_blocks(story, page, verdicts, timezone, is_stamp=True),
    ]


def _of_blocks(
    story: Story,
    page: Page,
    verdicts: Sequence[Verdict],
    timezone: str | None,
    *,
    is_stamp: bool,
) -> Iterator[tuple[DateCandidate, Moment]]:
    for index, (block, verdict) in enumerate(zip(page.blocks, verdicts, strict=True)):
        if verdict.label not in ("dateline", "furniture", "byline"):
            continue
        if is_stamp != (is_site_stamp(block.text) or verdict.label == "furniture"):
            continue
        kind, method = ("site", "site_stamp") if is_stamp else ("published", "date_line")
        for moment in moments(block.text, timezone):
            verbatim = block.text[moment.char_start : moment.char_end]
            yield _candidate(story, kind, method, moment, verbatim, "block", index), moment


def _of_facts(
    story: Story, page: Page, timezone: str | None
) -> Iterator[tuple[DateCandidate, Moment]]:
    for fact in page.facts:
        if META_CHANGES.search(fact.name) or not META_DATES.match(fact.name):
            continue
        for moment in itertools.islice(moments(fact.value, timezone), 1):
            at = replace(moment, char_start=fact.char_start, char_end=fact.char_end)
            yield _candidate(story, "published", fact.name, at, fact.value, "capture", None), moment


def _of_address(story: Story) -> Iterator[tuple[DateCandidate, Moment]]:
    moment = in_address(story.url) if story.url else None
    if story.url and moment:
        verbatim = story.url[moment.char_start : moment.char_end]
        yield _candidate(story, "published", "address", moment, verbatim, "url", None), moment


def _candidate(
    story: Story,
    kind: str,
    method: str,
    moment: Moment,
    verbatim: str,
    span_field: str,
    block_index: int | None,
) -> DateCandidate:
    day = moment.at.date()
    reason = "a date of the site" if kind == "site" else ""
    if moment.is_ambiguous:
        reason = "day and month could be swapped"
    return DateCandidate(
        article_id=story.article_id,
        candidate_index=0,
        kind=kind,
        date_start=day,
        date_end=day,
        precision=moment.precision,
        method=method,
        timeline_id=None,
        verbatim=verbatim,
        span_field=span_field,
        block_index=block_index,
        char_start=moment.char_start,
        char_end=moment.char_end,
        is_chosen=False,
        reason=reason,
    )


def judge(
    printed: Sequence[tuple[DateCandidate, Moment]],
    tenure: Interval | None,
    captured_at: dt.datetime | None,
) -> list[DateCandidate]:
    """The clues to the publication, one of them chosen where one is sound."""
    judged: list[DateCandidate] = []
    is_settled = False
    for clue, moment in printed:
        doubt = clue.reason or _doubt(moment, tenure, captured_at)
        if clue.kind == "published" and not doubt and not is_settled:
            is_settled = True
            judged.append(replace(clue, is_chosen=True, reason="the most trusted statement"))
        elif clue.kind == "published" and not doubt:
            judged.append(replace(clue, reason="a more trusted statement was found"))
        else:
            kind = "site" if doubt.startswith("office holders") else clue.kind
            judged.append(replace(clue, kind=kind, reason=doubt))
    return judged


def _doubt(moment: Moment, tenure: Interval | None, captured_at: dt.datetime | None) -> str:
    if captured_at and moment.at > captured_at + DAY:
        return "later than the capture"
    slack = dt.timedelta(days=TENURE_SLACK_DAYS)
    day = moment.at.date()
    if tenure and not before(tenure[0], slack) <= day <= after(tenure[1], slack):
        return f"office holders named place the story between {tenure[0]} and {tenure[1]}"
    return ""


def is_same(left: DateCandidate, right: DateCandidate) -> bool:
    """Whether both rows are of one clue, judged or not."""
    return (left.method, left.block_index, left.char_start) == (
        right.method,
        right.block_index,
        right.char_start,
    )
