"""Versions: which pages of one site tell one story, captured again or brought up to date."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

# A paragraph under so many headlines is the site's, not a story's.
MANY_HEADLINES = 4
# Of two versions the shorter one shares so much with the other: under one headline, or under two
# where both have paragraphs of their own.
SHARED_SAME_HEADLINE, SHARED = 0.5, 0.75
# A page with no other paragraphs than such has them for its story: of copies under many headlines
# the shorter shares so much.
SHARED_COPY = 0.9
MAX_WEIGHT = 40  # words
# Of each page so many paragraphs, its rarest, are looked up; in so many pages each.
LOOKED_UP, MAX_PAGES = 8, 20


class Paragraph(NamedTuple):
    """One paragraph of a page, known by its edges."""

    headline: int  # of its page
    words: int
    opening: int
    closing: int


def number(numbers: Iterable[int]) -> int:
    """A signed 64-bit hash of numbers in their order."""
    data = ",".join(map(str, numbers)).encode()
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), signed=True)


def stories(pages: Mapping[int, Sequence[Paragraph]]) -> dict[int, int]:
    """The story of each page: the number of the largest of the pages that tell it.

    >>> one, other = Paragraph(1, 30, 5, 6), Paragraph(1, 30, 7, 8)
    >>> stories({10: [one], 11: [one, other], 12: [other]})
    {11: 11, 10: 11, 12: 11}
    """
    bare = _without_site_text(pages)
    own = {page: held or pages[page] for page, held in bare.items()}
    carriers = Counter(edge for held in own.values() for edge in _edges(held))
    index: dict[int, list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    # The longest first: a shorter version is held against a longer one.
    for page in sorted(own, key=lambda p: (-sum(x.words for x in own[p]), p)):
        held = own[page]
        rarest = sorted(_edges(held), key=lambda edge: (carriers[edge], edge))[: 2 * LOOKED_UP]
        others = dict.fromkeys(p for edge in rarest for p in index[edge][:MAX_PAGES])
        same = next((p for p in others if _is_version(held, own[p], not bare[page])), None)
        found[page] = page if same is None else found[same]
        for edge in _edges(held):
            index[edge].append(page)
    return found


def _edges(held: Iterable[Paragraph]) -> set[int]:
    return {edge for p in held for edge in (p.opening, p.closing)}


def _without_site_text(
    pages: Mapping[int, Sequence[Paragraph]],
) -> dict[int, Sequence[Paragraph]]:
    """The pages without the paragraphs that stand under too many headlines to be a story's."""
    headlines: dict[int, set[int]] = defaultdict(set)
    for held in pages.values():
        for p in held:
            headlines[p.opening].add(p.headline)
            headlines[p.closing].add(p.headline)

    def is_own(p: Paragraph) -> bool:
        return min(len(headlines[p.opening]), len(headlines[p.closing])) < MANY_HEADLINES

    return {page: [p for p in held if is_own(p)] for page, held in pages.items()}


def _is_version(
    shorter: Sequence[Paragraph], longer: Sequence[Paragraph], is_site_text: bool
) -> bool:
    if not shorter or not longer:
        return False
    edges = _edges(longer)
    # A wall of legal text counts no more than a paragraph does.
    shared = sum(_weight(p) for p in shorter if p.opening in edges or p.closing in edges)
    share = shared / sum(map(_weight, shorter))
    if is_site_text:
        return share >= SHARED_COPY
    is_same_headline = shorter[0].headline == longer[0].headline
    return share >= (SHARED_SAME_HEADLINE if is_same_headline else SHARED)


def _weight(p: Paragraph) -> int:
    return min(p.words, MAX_WEIGHT)
