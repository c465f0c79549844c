"""Which block is the story's headline."""

from __future__ import annotations

from collections.abc import Sequence

from transforms import printed
from transforms.blocks import Page
from transforms.furniture.candidates import Candidate, FurnitureRules, Verdict
from transforms.text import fold, words


def headline_of(
    page: Page,
    candidates: Sequence[Candidate],
    verdicts: Sequence[Verdict | None],
    first_body: int,
    rules: FurnitureRules,
) -> int | None:
    """The block that is the story's headline, or None."""
    able = [i for i in range(first_body) if _can_be_title(candidates[i], rules)]
    field = next((i for i in able if printed.TITLE_FIELD.match(candidates[i].block.text)), None)
    if field is not None:
        return field
    by_document = _title_in_document(page, candidates, able, rules)
    if by_document is not None:
        return by_document
    heads = [i for i in able if _may_be_head(verdicts[i])]
    if not heads:
        return None
    lead = _content(" ".join(c.block.text for c in candidates[first_body : first_body + 4]))
    overlap = {i: _share_in(_content(candidates[i].block.text), lead) for i in heads}
    dated = _beside_date(candidates, heads, overlap, first_body)
    if dated is not None:
        return dated
    headings = [i for i in heads if candidates[i].block.heading_level in (1, 2)]
    related = [i for i in headings or heads if overlap[i] >= 0.25]
    # The name of a paper may share a word with its story, by chance; a headline shares more.
    surely = [i for i in related if overlap[i] * len(_content(candidates[i].block.text)) >= 2]
    # Captions and stand-firsts follow the headline, so the first that fits the story is it.
    fitting = surely or related
    return fitting[0] if fitting else max(heads, key=lambda i: (overlap[i], i))


def _may_be_head(verdict: Verdict | None) -> bool:
    return verdict is None or verdict.rule == "links"


def _can_be_title(c: Candidate, rules: FurnitureRules) -> bool:
    text = c.block.text
    if printed.is_control(text) or printed.is_site_stamp(text):
        return False
    if c.is_byline or c.is_date_line:
        return False
    if c.is_closed and text.rstrip("\"'”’").endswith("."):
        return False
    return 2 <= c.word_count <= rules.max_title_words


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
    near = [i for i in (*before[:1], *after) if overlap[i] > 0]
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
