"""Openings: the place, and perhaps the day and the agency, that a report begins with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.blocks import Page
from transforms.furniture import Verdict
from transforms.printed import MONTH
from transforms.text import count_words

CAPITAL = "A-ZÀ-ÖØ-ÞА-ЯЁ"
# The place in capitals that opens a story, before a dash: "BRUSSELS, Belgium (Reuters) -- ".
DATELINE = re.compile(
    rf"^\W{{0,2}}([{CAPITAL}][{CAPITAL}.'’-]+(?:[ -][{CAPITAL}][{CAPITAL}.'’-]+){{0,3}})"
    rf"(?:/[{CAPITAL}]+)?(?:,\s*[A-Z][\w.' ]{{1,30}})?"
    r"(?:,\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s*\d{4})?)?"
    # A hyphen between letters joins a word, as in "NATO-led troops".
    r"\s*(?:\([^)]{2,40}\))?\s*(?:--+|[–—:]|(?<=[\s)])-|-(?=\s))\s*(?=\S)"
)

# The same with the place in small letters, which then needs its day or its agency.
PLAIN_DATELINE = re.compile(
    rf"^\W{{0,2}}[{CAPITAL}][\w.'’-]+(?:[ ,-]+[{CAPITAL}][\w.'’-]+){{0,3}},?\s*"
    rf"(?:(?:\d{{1,2}}\s+(?i:{MONTH})|(?i:{MONTH})\s+\d{{1,2}})(?:,?\s*\d{{4}})?\s*(?:\([^)]{{2,40}}\))?"
    r"|\([A-Z][^)]{1,40}\))\s*(?:--+|[-–—:.])\s*(?=\S)"
)


NOTE = re.compile(r"\W*(?:EDITOR|NOTE|UPDATED?|CORRECTION|BREAKING|WATCH|READ|VIDEO|PHOTOS?)\b")


def is_datelined(opening: str) -> bool:
    """Whether a report begins here: with its place, and a dash or its day or agency behind it.

    >>> is_datelined("MOSCOW -- Ministers met."), is_datelined("Oslo, May 4 (AP) - They met.")
    (True, True)
    >>> is_datelined("NATO-led troops"), is_datelined("BONN- Ministers met.")
    (False, True)
    >>> is_datelined("TIMELINE: what happened"), is_datelined("Oslo is calm.")
    (False, False)
    """
    if NOTE.match(opening):
        return False
    match = DATELINE.match(opening)
    is_dashed = match is not None and not match.group().rstrip().endswith(":")
    return is_dashed or PLAIN_DATELINE.match(opening) is not None


MAX_STANDFIRST = 60  # words of the paragraphs between a headline and the dateline


def without_standfirst(page: Page, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with what stands above a report's only dateline as its deck.

    A desk's words on the report close under its headline; the report begins with its dateline.
    """
    found = list(verdicts)
    body = [i for i, v in enumerate(verdicts) if v.label == "body"]
    begun = [n for n, i in enumerate(body) if is_datelined(page.blocks[i].text)]
    if len(begun) != 1 or not begun[0]:
        return found
    above, below = body[: begun[0]], body[begun[0] :]
    size = sum(count_words(page.blocks[i].text) for i in above)
    rest = sum(count_words(page.blocks[i].text) for i in below)
    if size <= MAX_STANDFIRST and 2 * size <= rest:
        for index in above:
            found[index] = replace(verdicts[index], label="crosshead", rule="deck")
    return found


PLACE_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# The little words inside a place's name: Rio de Janeiro, Frankfurt am Main, Stoke on Trent.
SMALL_WORD = re.compile(r"(?<=[ -])(?:De|Del|Di|La|Le|Les|Am|An|Der|Den|On|Of|The|Sur)(?=[ -])")


def dateline_place(opening: str) -> str | None:
    """The place in capitals that opens the story, in title case; None where there is none.

    >>> dateline_place("RIO DE JANEIRO, Brazil (Agency) -- Ministers met.")
    'Rio de Janeiro'
    """
    match = DATELINE.match(opening)
    if match is None:
        return None
    words_of_place = re.sub(PLACE_WORD, lambda m: m.group().capitalize(), match.group(1))
    return re.sub(SMALL_WORD, lambda m: m.group().lower(), words_of_place)
