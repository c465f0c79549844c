"""The day printed where a story's text opens: its dateline, or the head an archive set before it.

Datelines: "HELSINKI, Finland, June 21, 1999 - ", "Moscow, 24 March 1999 (Wire) -- ".
Heads that a page ran together with the story: "DATE=2/17/2000 TYPE=REPORT TITLE=...".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from transforms.blocks import Page
from transforms.dates.printed import Customs, Moment, moments
from transforms.dates.statements import Statement
from transforms.furniture import Verdict

PARAGRAPHS = 3  # an archive's summary may stand above the dateline
HEAD_CHARACTERS = 400
PROSE = re.compile(r"(?<![a-zà-ÿ])[a-zà-ÿ]{2,}(?:\s+\S+){12,}")
# Where the sentences of the story have begun: so many words without a capital in a row.
BEGUN = re.compile(r"(?:\b[a-zà-ÿ]+\b[\s,]+){6}")
FIELD = re.compile(r"\b(?:DATE|Date|PUBLISHED|Published|DATED|Dated|POSTED|Posted)\s*[=:]\s*$")
# Place names, commas and opening brackets: all that stands before a dateline's day.
PLACES = re.compile(
    r"\W{0,2}(?:[A-ZÀ-ÞА-Я][\w.'’-]*\s*[,;]?\s*(?:(?:de|del|la|am|on|of|the|and)\s+)?){0,8}\W{0,2}$"
)
NO_PLACE = re.compile(r"\W{0,2}(?:In|On|At|By|From|Since|Until|After|Before|The|For|As)\b")
SET_APART = re.compile(r"\s*(?:[)\]:.|–—_]|--|-\s|\([^)]{2,40}\)|/[^/]{2,40}/)")
ENDED = re.compile(r"(?:^|[)\]|.:;!?=•]|\s[A-ZÀ-Þ][\w'’-]*)\s*$")
CLOCK = re.compile(r",?\s*\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp]\.?[Mm]\.?)?")
WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)", re.I)
CAPITAL_BEHIND = re.compile(r"\s*[|•]?\s*(?:[A-ZÀ-Þ(\[]|$)")


def in_heads(page: Page, verdicts: Sequence[Verdict], customs: Customs) -> Iterator[Statement]:
    """The days that the story's first paragraphs print set apart from their sentences."""
    body = (
        index
        for index, (block, verdict) in enumerate(zip(page.blocks, verdicts, strict=True))
        if verdict.label == "body" and PROSE.search(block.text)
    )
    for index in itertools.islice(body, PARAGRAPHS):
        text = page.blocks[index].text[:HEAD_CHARACTERS]
        begun = BEGUN.search(text)
        head = text[: begun.start()] if begun else text
        for moment in moments(text, customs=customs):
            if moment.char_start > len(head):
                break
            method = _method(text, moment)
            if method is not None:
                verbatim = text[moment.char_start : moment.char_end]
                yield Statement("published", method, moment, verbatim, "block", index)


def _method(text: str, moment: Moment) -> str | None:
    """How the day is set apart; None where it is part of a sentence."""
    before = text[: moment.char_start]
    if FIELD.search(before):
        return "head_field"
    is_apart = SET_APART.match(text, moment.char_end) is not None
    if is_apart and PLACES.fullmatch(before) and not NO_PLACE.match(before):
        return "dateline" if before.strip(" (•") else "opening_date"
    # A head in one line: headline, date and dateline without a stop between them. More than the
    # day is printed, as only the head of a story does.
    clock = CLOCK.match(text, moment.char_end)
    end = clock.end() if clock else moment.char_end
    is_full = clock is not None or WEEKDAY.match(text, moment.char_start) is not None
    if is_full and ENDED.search(before) and CAPITAL_BEHIND.match(text, end):
        return "head_date"
    return None
