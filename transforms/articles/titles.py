"""Titles: the headline that the page prints, weighed against those it states for programs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence, Set

from transforms.articles.metadata import Metadata, Stated
from transforms.blocks.pages import Page
from transforms.printed import TITLE_FIELD

SITE_TAIL = re.compile(r"\s+(?:[|·»•]|[-–—]{1,2}|::)\s+")
# Where the page states nothing, a heading of so few words may be the site's own name.
MAX_SITE_WORDS = 3
# Every stretch of parts is looked at; a title of more is no title, and costs the cube.
MAX_CUTS = 20


def headline(page: Page, printed: str | None, stated: Metadata) -> Stated | None:
    """The printed headline, unless two statements agree on another; else the best statement.

    A site's name is no headline, and is dropped where it stands behind one; a printed headline
    that one statement or none backs is still what readers saw.
    """
    sites = _sites(stated)
    printed = TITLE_FIELD.sub("", printed) if printed else None
    headings = [b.text for b in page.blocks if b.heading_level == 1 and _key(b.text) not in sites]
    firsts = [_without_site(h, sites) for h in headings]
    spoken = [s for s in stated.headlines if _key(s.value) not in sites]
    titles = [s.value for s in spoken]
    said = [bare(t, [*firsts, *(o for o in titles if o is not t)], sites) for t in titles]
    best = max(firsts, key=lambda f: _nearness(f, said), default=None)
    is_near = best is not None and _nearness(best, said) >= NEAR
    if printed and _key(printed) in sites:
        printed = None
    is_long = best is not None and len(best.split()) > MAX_SITE_WORDS
    is_backed = _nearness(printed, titles) >= NEAR if printed else False
    if printed and not stated.is_spoken and (is_backed or not is_near or not is_long):
        return Stated(printed, "printed")
    heads = [Stated(h, how) for h, how in ((best, "heading"), (printed, "printed")) if h]
    votes = [_key(t) for t in said]
    for head in heads:
        if _key(head.value) in votes:
            return head
    offered = [Stated(t, s.method) for t, s in zip(said, spoken, strict=True)]
    agreed = [o for o in offered if _key(o.value) and votes.count(_key(o.value)) > 1]
    return next(iter(heads[:1] if is_near else agreed or heads or offered), None)


def _sites(stated: Metadata) -> frozenset[str]:
    """Names of the site as compared: as stated, and what one title holds around another."""
    titles = {_key(s.value) for s in stated.headlines}
    around = {
        whole.removeprefix(part).removesuffix(part).strip()
        for whole in titles
        for part in titles
        if part and part != whole and (whole.startswith(part) or whole.endswith(part))
    }
    return frozenset({*map(_key, stated.sites), *(around - titles)})


# Words in common over all words: the same headline, worded anew for programs. Swept 0.3 to 0.75
# on the WCXB development pages: .878 .854 .844 .839 of titles equal.
NEAR = 0.3


def _nearness(title: str, said: Sequence[str]) -> float:
    words = set(_key(title).split())
    others = [set(_key(t).split()) for t in said]
    return max((len(words & o) / max(1, len(words | o)) for o in others), default=0.0)


def bare(title: str, others: Sequence[str], sites: Set[str] = frozenset()) -> str:
    """The title without the site's name behind or before it.

    >>> bare("Talks Resume - The Courier", ["Talks resume"])
    'Talks Resume'
    """
    cuts = [m.span() for m in SITE_TAIL.finditer(title)]
    if len(cuts) > MAX_CUTS:
        return title
    parts = SITE_TAIL.split(title)
    known = {_key(o) for o in others}
    for start in range(len(parts)):
        for stop in range(len(parts), start, -1):
            low = cuts[start - 1][1] if start else 0
            high = cuts[stop - 1][0] if stop < len(parts) else len(title)
            if (start, stop) != (0, len(parts)) and _key(title[low:high]) in known:
                return title[low:high]
    if len(parts) > 1 and len(parts[-1].split()) <= 4 < len(title.split()):
        return title[: cuts[-1][0]]
    return _without_site(title, sites)


def _without_site(title: str, sites: Set[str]) -> str:
    cuts = list(itertools.islice(SITE_TAIL.finditer(title), MAX_CUTS))
    tails = [m for m in cuts if _key(title[m.end() :]) in sites]
    return title[: tails[0].start()] if tails else title


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
