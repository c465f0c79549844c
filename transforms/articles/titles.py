"""Titles: the headline that the page prints, weighed against those it states for programs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence, Set

from transforms.articles.metadata import Metadata, Stated
from transforms.blocks.pages import Page
from transforms.printed import MONTH, TITLE_FIELD
from transforms.text import squashed

# What stands between a headline and the name of its site or section.
SITE_TAIL = re.compile(r"\s+(?:[|·»•›«>]|[-–—]{1,2}|::)\s+")
# A section printed before the headline, as it stands before "|" and never before a colon alone.
SECTION_HEAD = re.compile(
    r"^(?:opinions?|op-?ed|editorials?|analys[ie]s|comment(?:ary)?|columns?|perspectives?|features?"
    r"|letters|politics|business|sports?|culture|world|international|national|local|news)"
    r"\s+[|»•›]\s+(?=\S+\s+\S)",
    re.I,
)
SITE_HEAD = re.compile(r"\s?:\s+")
CUTS = (SITE_TAIL, SITE_HEAD)
# Where the page states nothing, a heading of so few words may be the site's own name.
MAX_SITE_WORDS = 3
# Every stretch of parts is looked at; a title of more is no title, and costs the cube.
MAX_CUTS = 20
MAX_HEAD = 250  # characters of a headline
# So much more of a statement's longer words must stand in the opening than of what is printed.
MORE_TOLD = 0.3
SPELT = 0.6  # of a site's name, at least, stands in its host
ALIKE = 0.5  # words in common over all words of two statements


def headline(
    page: Page,
    printed: str | None,
    stated: Metadata,
    place: str = "",
    first_body: int = 0,
    opening: str = "",
) -> Stated | None:
    """The printed headline, unless two statements agree on another; else the best statement.

    A site's name is no headline, and is dropped where it stands behind one; a printed headline
    that one statement or none backs is still what readers saw. `place` is the page's host or
    site, which spells the site's name; `first_body` is the block that opens the story,
    `opening` the first words of it.
    """
    host = _host(place)
    sites = _sites(stated, host) | set(_mastheads(page, stated, first_body))
    printed = TITLE_FIELD.sub("", printed) if printed else None
    headings = [b.text for b in page.blocks if b.heading_level == 1]
    headings = [h for h in headings if not _is_site(h, sites, host)]
    firsts = [_without_tail(h, sites) for h in headings]
    spoken = [s for s in stated.headlines if not _is_site(s.value, sites, host)]
    titles = [s.value for s in spoken]
    said = [bare(t, [*firsts, *(o for o in titles if o is not t)], sites) for t in titles]
    shorter = [_as_stated(f, said) for f in firsts]
    best = max(shorter, key=lambda f: _nearness(f, said), default=None)
    is_near = best is not None and _nearness(best, said) >= NEAR
    if printed and _is_site(printed, sites, host):
        printed = None
    printed = _as_stated(printed, said) if printed else None
    is_long = best is not None and len(best.split()) > MAX_SITE_WORDS
    is_backed = _nearness(printed, said) >= NEAR if printed else False
    if printed and not is_backed and not is_near:
        held = _held(page, said)
        if held:
            return Stated(held, "heading")
    if printed and not is_backed and not is_near:
        told = _told(printed, said, opening)
        if told is not None:
            return Stated(said[told], spoken[told].method)
    if printed and not stated.is_spoken and (is_backed or not is_near or not is_long):
        return Stated(printed, "printed")
    heads = [Stated(h, how) for h, how in ((best, "heading"), (printed, "printed")) if h]
    votes = [_key(t) for t in said]
    for head in heads:
        if _key(head.value) in votes:
            return head
    offered = [Stated(t, s.method) for t, s in zip(said, spoken, strict=True)]
    agreed = [o for o in offered if _key(o.value) and votes.count(_key(o.value)) > 1]
    agreed = agreed or _alike(offered)
    return next(iter(heads[:1] if is_near else agreed or heads or offered), None)


def _host(place: str) -> str:
    """The name that a host is known by, as `squashed` has it: "www.big-think.co.uk" is bigthink."""
    parts = [p for p in place.lower().split(".") if p != "www"]
    return squashed(max(parts[:-1] or parts, key=len, default=""))


def _is_site(text: str, sites: Set[str], host: str) -> bool:
    """Whether the words are the site's name: as stated, or as its host spells it."""
    if _key(text) in sites:
        return True
    name = squashed(text).removeprefix("the")
    is_short = len(text.split()) <= MAX_SITE_WORDS + 2
    is_spelt = len(name) >= 4 and name in host
    return is_short and (is_spelt or (host in name and len(host) >= SPELT * len(name) > 0))


def _mastheads(page: Page, stated: Metadata, first_body: int) -> Iterator[str]:
    """What titles hold beside a line that stands between it and the story: the site's name."""
    printed = {_key(b.text) for b in page.blocks if len(b.text) < MAX_HEAD}
    above = [_key(b.text) for b in page.blocks[:first_body]]
    for title in stated.headlines:
        for cut in CUTS:
            first, *rest = cut.split(title.value, maxsplit=1)
            if not rest or not _key(first) or _key(title.value) in printed:
                continue
            if len(first.split()) > MAX_SITE_WORDS or len(rest[0].split()) < 2:
                continue
            at = next((i for i, key in enumerate(above) if key == _key(first)), None)
            if at is not None and _key(rest[0]) in above[at + 1 :]:
                yield _key(first)


def _as_stated(head: str, said: Sequence[str]) -> str:
    """The head without the count of comments or the date printed beside a statement of it."""
    key = _key(head)
    for title in sorted(said, key=len, reverse=True):
        short = _key(title)
        if len(short.split()) > MAX_SITE_WORDS and len(short) < len(key):
            is_beside = key.startswith(f"{short} ") or key.endswith(f" {short}")
            if is_beside and NO_HEADLINE.search(key.replace(short, "", 1)):
                return title
    return head


def _told(printed: str, said: Sequence[str], opening: str) -> int | None:
    """The first statement that tells of the story by its words, where what is printed does not."""
    words = set(_key(opening).split())
    least = _share(printed, words) + MORE_TOLD
    able = (i for i, t in enumerate(said) if len(t.split()) > MAX_SITE_WORDS)
    return next((i for i in able if _share(said[i], words) >= least), None)


def _share(title: str, words: Set[str]) -> float:
    own = [w for w in _key(title).split() if len(w) > 3]
    return sum(w in words for w in own) / max(1, len(own))


def _alike(offered: Sequence[Stated]) -> list[Stated]:
    """The statements that say nearly the same as the one before or behind them."""
    return [
        one
        for one, other in itertools.permutations(offered, 2)
        if one.method != other.method and _nearness(one.value, [other.value]) >= ALIKE
    ]


# What is printed in one line with a headline and is none of it.
NO_HEADLINE = re.compile(
    rf"\b(?:comments?|repl(?:y|ies)|views|updated|posted|published)\b|\b\d{{1,2}}\s*{MONTH}|{MONTH}\s*\d|^\W*\d+\W*$"
)


def _held(page: Page, said: Sequence[str]) -> str | None:
    """The longest block of the page that is word for word what a statement says."""
    keys = {_key(t) for t in said if len(_key(t).split()) > 1}
    held = [b.text for b in page.blocks if len(b.text) < MAX_HEAD and _key(b.text) in keys]
    return max(held, key=len, default=None)


def _sites(stated: Metadata, host: str) -> frozenset[str]:
    """Names of the site as compared: as stated, and what one title holds around another."""
    titles = {_key(s.value) for s in stated.headlines}
    around = {
        whole.removeprefix(part).removesuffix(part).strip()
        for whole in titles
        for part in titles
        if part and part != whole and (whole.startswith(part) or whole.endswith(part))
    }
    parts = {
        p for s in stated.headlines for cut in CUTS for p in cut.split(s.value)[:MAX_CUTS] if p
    }
    tails = (SITE_TAIL.split(s.value) for s in stated.headlines)
    short = {
        _key(some[-1])
        for some in tails
        if len(some) > 1 and len(some[-1].split()) <= MAX_SITE_WORDS < len(some[0].split())
    }
    spelt = {_key(p) for p in parts if _is_site(p, frozenset(), host)}
    return frozenset({*map(_key, stated.sites), *(around - titles), *short, *spelt})


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
    >>> bare("Opinion | Why the Talks Resume - The Courier", [])
    'Why the Talks Resume'
    """
    title = SECTION_HEAD.sub("", title)
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
    inner = _without_site(title, sites)
    if inner != title:
        return inner
    if len(parts) > 1 and len(parts[-1].split()) <= 4 < len(title.split()):
        return title[: cuts[-1][0]]
    return title


def _without_site(title: str, sites: Set[str]) -> str:
    title = _without_tail(title, sites)
    starts = itertools.islice((*SITE_TAIL.finditer(title), *SITE_HEAD.finditer(title)), MAX_CUTS)
    heads = [m.end() for m in starts if _key(title[: m.start()]) in sites]
    return title[max(heads) :] if heads else title


def _without_tail(title: str, sites: Set[str]) -> str:
    cuts = itertools.islice(SITE_TAIL.finditer(title), MAX_CUTS)
    tails = [m for m in cuts if _key(title[m.end() :]) in sites]
    return title[: tails[0].start()] if tails else title


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
