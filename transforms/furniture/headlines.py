"""Which block is the story's headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms import printed
from transforms.blocks import Page
from transforms.furniture.candidates import Candidate, FurnitureRules, Verdict
from transforms.text import fold, squashed, words


def headline_of(
    page: Page,
    candidates: Sequence[Candidate],
    verdicts: Sequence[Verdict | None],
    first_body: int,
    rules: FurnitureRules,
) -> int | None:
    """The block that is the story's headline, or None."""
    reach = first_body + _opens_with_head(candidates, first_body)
    own = _names_of_site(page)
    able = [i for i in range(reach) if _can_be_title(candidates[i], rules, own)]
    field = next((i for i in able if printed.TITLE_FIELD.match(candidates[i].block.text)), None)
    if field is not None:
        return field
    by_document = _title_in_document(page, candidates, able, rules)
    if by_document is not None:
        return by_document
    heads = [i for i in able if _may_be_head(verdicts[i])]
    if not heads:
        return None
    lead = _content(" ".join(c.block.text for c in candidates[reach : reach + LEAD_BLOCKS]))
    overlap = {i: _share_in(_content(candidates[i].block.text), lead) for i in heads}
    is_plain = not page.blocks[0].path
    if is_plain and candidates[heads[0]].index == 0:
        told = _content(" ".join(c.block.text for c in candidates[reach : reach + TOLD_BLOCKS]))
        if _share_in(_content(candidates[heads[0]].block.text), told) >= 0.25:
            overlap[heads[0]] += OPENS_PAGE
    dated = _beside_date(candidates, heads, overlap, first_body)
    if dated is not None:
        return _first_of_list(dated, heads, candidates, overlap)
    headings = [i for i in heads if candidates[i].block.heading_level in (1, 2)]
    related = [i for i in headings or heads if overlap[i] >= 0.25]
    # The name of a paper may share a word with its story, by chance; a headline shares more.
    surely = [i for i in related if overlap[i] * len(_content(candidates[i].block.text)) >= 2]
    # Captions and stand-firsts follow the headline, so the first that fits the story is it.
    fitting = surely or related
    chosen = fitting[0] if fitting else max(heads, key=lambda i: (overlap[i], i))
    return _first_of_list(chosen, heads, candidates, overlap)


def _may_be_head(verdict: Verdict | None) -> bool:
    return verdict is None or verdict.rule == "links"


# A file of plain text opens with its headline more often than with anything else of its story.
OPENS_PAGE = 0.2
# Paragraphs that a headline is held against, the first line of a file against more of them.
LEAD_BLOCKS, TOLD_BLOCKS = 4, 12
# The way to the page, from part to part of the site; the last part may be the headline.
CRUMBS = re.compile(r"\S\s+(?:>+|»|›|→)\s+\S")

# A line that goes on behind a sentence without closing: a caption with its credit.
SENTENCE_AND_MORE = re.compile(r"[a-z]{4}\.\s+\S")


def _can_be_title(c: Candidate, rules: FurnitureRules, own: str) -> bool:
    text = c.block.text
    if printed.is_control(text) or printed.is_site_stamp(text) or CRUMBS.search(text):
        return False
    if c.is_byline or c.is_date_line or (c.word_count <= MAX_OWN_WORDS and squashed(text) in own):
        return False
    if c.is_closed and text.rstrip("\"'”’").endswith(".") and not _is_set_apart(c):
        return False
    if SENTENCE_AND_MORE.search(text) and not (c.is_closed or c.block.heading_level):
        return False
    return 2 <= c.word_count <= rules.max_title_words


def _is_set_apart(c: Candidate) -> bool:
    """Whether a line that ends as a sentence is set as a headline, or stands where one does."""
    if c.block.heading_level or c.block.is_emphasised:
        return True
    return c.below is not None and DATELINED.match(c.below.text) is not None


# A paragraph that opens a story: a place in capitals and a dash.
DATELINED = re.compile(r"\W{0,2}[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,30}(?:[,(/][^—–-]{2,60})?\s*(?:--|[—–-])\s")


def _opens_with_head(candidates: Sequence[Candidate], first_body: int) -> int:
    """1 where the first paragraph is a headline that ends as a sentence does, else 0."""
    c = candidates[first_body]
    text = c.block.text
    is_head = c.is_closed and _is_set_apart(c) and DATELINED.match(text) is None
    return int(is_head and len(text.split()) <= MAX_HEAD_WORDS and text.count(". ") == 0)


MAX_HEAD_WORDS = 16
MAX_OWN_WORDS = 4


def _names_of_site(page: Page) -> str:
    """What the page's notices of copyright say: whose it is, and which agency's."""
    stamps = (b.text for b in page.blocks if printed.is_site_stamp(b.text))
    return " ".join(squashed(text) for text in stamps)


def _first_of_list(
    chosen: int, heads: list[int], candidates: Sequence[Candidate], overlap: dict[int, float]
) -> int:
    """The first of a run of headlines one below the other: others of the site follow the own."""
    run = chosen
    while run - 1 in heads and _is_listed_head(candidates[run - 1]):
        run -= 1
    # Further up stand names of the site and its sections.
    fitting = (i for i in range(run, chosen) if overlap[i] >= max(LISTED_FIT, overlap[chosen] / 2))
    first = next(fitting, chosen)
    return first if chosen - first >= 2 else chosen


# The share of a headline's words in the lead that keeps the first of a list.
LISTED_FIT = 0.15


def _is_listed_head(c: Candidate) -> bool:
    is_line = not c.block.heading_level and c.block.link_share == 0
    return is_line and c.word_count >= MIN_LISTED_WORDS


MIN_LISTED_WORDS = 3


def _title_in_document(
    page: Page, candidates: Sequence[Candidate], heads: list[int], rules: FurnitureRules
) -> int | None:
    """The longest head that the page's own title or og:title holds.

    Other pages may link to the story by its headline, so it may recur; a site's name recurs more.
    """
    own = [f.text for f in page.facts if f.name in ("meta:og:title", "meta:dc.title", "meta:title")]
    stated = " | ".join(fold(t) for t in [page.document_title or "", *own])
    held = [
        i
        for i in heads
        if candidates[i].site_share <= rules.max_title_share and candidates[i].folded in stated
    ]
    return max(held, key=lambda i: (len(candidates[i].block.text), -i), default=None)


def _beside_date(
    candidates: Sequence[Candidate], heads: list[int], overlap: dict[int, float], first_body: int
) -> int | None:
    """The head right before or right after the printed date line, whichever fits the story."""
    dates = [i for i in range(first_body) if candidates[i].is_date_line]
    if not dates:
        return None
    before = [i for i in heads if dates[-1] - 2 <= i < dates[-1]]
    after = [i for i in heads if i == dates[-1] + 1]
    best = max(overlap.values())
    near = [i for i in (*before[:1], *after) if overlap[i] >= min(0.2, best) > 0]
    return max(near, key=lambda i: (overlap[i] >= 0.25, i in before, overlap[i]), default=None)


STOP_WORDS = frozenset(
    "a an and are as at be been but by for from had has have he her his in into is it its more new"
    " not of on or our out over said says she than that the their them they this to up us was we"
    " were what when who will with you your".split()
)


def _content(text: str) -> set[str]:
    return {w.removesuffix("'s").removesuffix("’s")[:6] for w in words(text) if w not in STOP_WORDS}


def _share_in(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some) if some else 0.0
