"""What a page states of its own dates: in linked data, meta tags, time elements and its address."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.blocks import Page, PageFact
from transforms.blocks.statements import linked_data
from transforms.dates.addresses import in_address, month_in_address
from transforms.dates.printed import Customs, Moment, moments


@dataclass(frozen=True, slots=True)
class Statement:
    """One date that a page states of itself, with the characters it was read from.

    The moment's span is counted in `span_field`: block, capture or url.
    """

    kind: str  # published; site: a date of the site and of nothing else
    method: str
    moment: Moment
    verbatim: str
    span_field: str
    block_index: int | None = None
    is_sure: bool = True  # False: it could be of something else on the page than the story


LONGEST_NAME = 80  # characters of a meta tag's name
# Names of meta tags that hold the day a story came out, the most explicit first.
PUBLISHED = re.compile(
    r"(?:article[:._-]?)?(?:date[-_ ]?)?(?:publish|pub|post)[a-z]*[:._ -]?(?:date|time|_?on)?"
    r"(?:[:._-]first)?|published.*|.*[:._-](?:published[-_]?(?:time|date|at)?|pubdate|publicationdate)"
    r"|dc(?:terms)?[.:](?:date[.:])?issued|.*datepublished|.*publish(?:ed|ing)?[-_]?(?:date|time|on|at).*|.*publication[-_]?date.*"
)
DATED = re.compile(
    r".*(?:date|issued|created|uploaded|pubtime).*|dcterms?\.(?:issued|created|available)|.*[:.]time"
)
# Of the same page, but not of the day it came out.
OTHER = re.compile(
    r"modif|update|expire|revis|chang|last|valid|event|start|end[-_:]?(?:date|time)|current|now"
    r"|next|copyright|birth|death|review|access|crawl|embargo|unpublish|candidate|format|zone"
)


def of_facts(page: Page, customs: Customs) -> tuple[list[Statement], list[Statement]]:
    """(dates said to be of the publication, others) of linked data and meta tags."""
    named = [f for f in page.facts if f.name.startswith("meta:") and not OTHER.search(f.name)]
    explicit = [f for f in named if PUBLISHED.fullmatch(_bare(f))]
    unclear = [f for f in named if not PUBLISHED.fullmatch(_bare(f))]
    others = [f for f in unclear if DATED.fullmatch(_bare(f))]
    said = [s for f in explicit for s in first_of(f, customs)]
    linked = list(_of_linked_data(page, customs))
    unsure = [replace(s, is_sure=False) for f in others for s in first_of(f, customs)]
    return [*said, *linked], unsure


def of_address(url: str | None) -> Iterator[Statement]:
    """The day that the path of the address holds, else the month of its folder."""
    moment = (in_address(url) or month_in_address(url)) if url else None
    if url and moment:
        verbatim = url[moment.char_start : moment.char_end]
        yield Statement("published", "address", moment, verbatim, "url")


def _bare(fact: PageFact) -> str:
    return fact.name.removeprefix("meta:")[:LONGEST_NAME]


def first_of(fact: PageFact, customs: Customs) -> Iterator[Statement]:
    for moment in itertools.islice(moments(fact.text[:80], customs=customs), 1):
        at = replace(moment, char_start=fact.char_start, char_end=fact.char_end)
        yield Statement("published", fact.name, at, fact.value, "capture")


# Kinds of things whose datePublished is that of the page, the best first.
ARTICLE = re.compile(r"article|posting|report|^review$|critic|recipe")
PAGE = re.compile(r"page|creativework|^website$|product|podcast|episode|video")
# Where other things than the page's own are listed.
ASIDE = frozenset(
    "comment comments review reviews itemlistelement haspart ispartof mentions citation isbasedon"
    " relatedlink author publisher image logo thumbnail video associatedmedia about suggestedanswer"
    " acceptedanswer interactionstatistic breadcrumb potentialaction subjectof workexample".split()
)
STATED = re.compile(r'"(?:datePublished|dateCreated)"\s*:\s*"((?:[^"\\]|\\.)*)"')
DEEPEST = 6


def _of_linked_data(page: Page, customs: Customs) -> Iterator[Statement]:
    found = [
        (rank, number, statement)
        for number, fact in enumerate(f for f in page.facts if f.name == "json-ld")
        for rank, statement in _of_script(fact, customs)
    ]
    found.sort(key=lambda f: f[:2])
    for _, _, statement in found:
        yield statement


def _of_script(fact: PageFact, customs: Customs) -> Iterator[tuple[int, Statement]]:
    """The dates of one script with the rank of the thing they are of."""
    printed: dict[str, re.Match[str]] = {}
    for match in STATED.finditer(fact.value):
        printed.setdefault(match.group(1).replace("\\/", "/"), match)
    for rank, value in _values(fact.value):
        found = printed.get(value)
        if found is None:
            continue
        for moment in itertools.islice(moments(value, customs=customs), 1):
            start, verbatim = fact.char_start + found.start(1), found.group(1)
            at = replace(moment, char_start=start, char_end=start + len(verbatim))
            yield rank, Statement("published", "json-ld", at, verbatim, "capture")


def _values(script: str) -> list[tuple[int, str]]:
    """The values of datePublished with their rank; of a script that is no JSON the first one."""
    data = linked_data(script)
    if data is None:
        return [(3, m.group(1).replace("\\/", "/")) for m in [STATED.search(script)] if m]
    return sorted(_dates_of(data, 0), key=lambda found: found[0])


def _dates_of(data: object, depth: int) -> Iterator[tuple[int, str]]:
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _dates_of(item, depth + 1)
    elif isinstance(data, dict):
        rank = _rank(data.get("@type"))
        for key in ("datePublished", "dateCreated"):
            value = data.get(key)
            if isinstance(value, str) and rank is not None:
                yield rank + 3 * (key == "dateCreated"), value
        for key, value in data.items():
            if key.lower() not in ASIDE:
                yield from _dates_of(value, depth + 1)


def _rank(kind: object) -> int | None:
    kinds: Sequence[object] = kind if isinstance(kind, list) else [kind]
    names = [k.lower() for k in kinds if isinstance(k, str)]
    if any(ARTICLE.search(n) for n in names):
        return 0
    if any(PAGE.search(n) for n in names):
        return 1
    return None if any("comment" in n or "person" in n for n in names) else 2
