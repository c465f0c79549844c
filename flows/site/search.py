"""The search index that ships with the site: what MiniSearch would build, built beforehand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows.site import pages
from flows.site.release import Release

FIELDS = ("title", "names", "text")
# A browser reads an index of this many words in about two seconds.
MAX_WORDS = 1_500_000
LEAD_WORDS = 50
SERIALIZATION_VERSION = 2
TITLE_CHARACTERS = 140

EVENTS = """
select e.*, (select string_agg(distinct a.title, ' ' order by a.title)
    from event_reports as r join articles as a on a.article_id = r.article_id
    where r.event_id = e.event_id) as titles
from events as e order by e.event_id
"""
ENTITIES = """
select n.entity_id, n.name, n.entity_type, (select string_agg(distinct v.surface, ' '
    order by v.surface) from entity_names as v where v.entity_id = n.entity_id) as variants
from entities as n order by n.entity_id
"""
ARTICLES = """
select article_id, title, site_id, byline, event_date_start, event_date_end, text, word_count
from articles order by article_id
"""

# Where it leads, what it is, its title, what stands beneath it; and the words of each field.
Found = tuple[str, str, str, str, Sequence[str]]


def terms(text: str) -> list[str]:
    """The words of a text as they are searched: lower case, accents folded.

    >>> terms("Rühe's 5,000 жёлтый")
    ['ruhe', 's', '5', '000', 'желтыи']
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))


def write(release: Release, *, is_facts: bool) -> Iterator[tuple[str, str]]:
    """The index as a script, and the page that searches it."""
    words = release.value("select coalesce(sum(word_count), 0)::bigint as n from articles")
    is_lead_only = is_facts or words > MAX_WORDS
    found = [*_events(release), *_entities(release)]
    found += _articles(release, 0 if is_facts else LEAD_WORDS if is_lead_only else None)
    yield "data/search.js", f"window.communiqueIndex={pages.data(index(found))};\n"
    yield (
        "search.html",
        pages.render("search.html", depth=0, is_lead_only=is_lead_only, fields=FIELDS),
    )


def _events(release: Release) -> Iterator[Found]:
    for e in release.rows(EVENTS):
        below = " · ".join(filter(None, (pages.days(e), e["place"])))
        yield _found(f"event/{e['event_id']}.html", "event", e["title"], below, (e["titles"],))


def _entities(release: Release) -> Iterator[Found]:
    for n in release.rows(ENTITIES):
        link = f"entity/{n['entity_id']}.html"
        yield _found(link, n["entity_type"], n["name"], "", (n["name"], n["variants"]))


def _articles(release: Release, word_limit: int | None) -> Iterator[Found]:
    for a in release.rows(ARTICLES):
        below = f"{a['site_id']} · {pages.days(a)}"
        text = a["text"] if word_limit is None else " ".join(a["text"].split()[:word_limit])
        words = (a["title"], a["byline"], text)
        yield _found(f"article/{a['article_id']}.html", "article", a["title"], below, words)


def _found(
    link: str, kind: str, title: str | None, below: str, words: Sequence[str | None]
) -> Found:
    shown = pages.harmless((title or pages.strings()["common"]["no_title"])[:TITLE_CHARACTERS])
    return link, kind, shown, pages.harmless(below), [w or "" for w in words]


def index(found: Sequence[Found]) -> Mapping[str, Any]:
    """The documents as MiniSearch stores an index, version 2 of its form."""
    postings: dict[str, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    lengths: dict[int, list[int]] = {}
    for number, (*_, words) in enumerate(found):
        fields = (*map(terms, words), *[[]] * len(FIELDS))[: len(FIELDS)]
        lengths[number] = [len(set(f)) for f in fields]
        for field, printed in enumerate(fields):
            for term, times in Counter(printed).items():
                postings[term][field][number] = times
    count = max(1, len(found))
    return {
        "documentCount": len(found),
        "nextId": len(found),
        "documentIds": {str(n): n for n in range(len(found))},
        "fieldIds": {name: n for n, name in enumerate(FIELDS)},
        "fieldLength": {str(n): length for n, length in lengths.items()},
        "averageFieldLength": [
            round(sum(length[f] for length in lengths.values()) / count, 3)
            for f in range(len(FIELDS))
        ],
        "storedFields": {
            str(n): {"link": f[0], "kind": f[1], "title": f[2], "below": f[3]}
            for n, f in enumerate(found)
        },
        "dirtCount": 0,
        "index": [[term, postings[term]] for term in sorted(postings)],
        "serializationVersion": SERIALIZATION_VERSION,
    }
