"""The pages of articles and of captures that yield none: the story marked, and every block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from flows.site import pages
from flows.site.marks import Mark, paragraphs
from flows.site.release import Release, Row

MAX_BLOCKS = 400
BLOCK_CHARACTERS = 300
MAX_ROWS = 300
MAX_COMPARED = 6
KEPT = frozenset(("title", "byline", "dateline", "body", "crosshead", "caption", "credit"))

ARTICLES = """
select a.*, c.source_uri, c.captured_at, r.event_id, r.role, e.title as event_title
from articles as a
join captures as c on c.capture_id = a.capture_id
left join event_reports as r on r.article_id = a.article_id
left join events as e on e.event_id = r.event_id
where a.article_id in (select unnest($1))
order by a.article_id
"""
MENTIONS = """
select m.*, n.name, n.entity_type
from mentions as m
left join entities as n on n.entity_id = m.entity_id
where m.article_id in (select unnest($1))
order by m.article_id, m.block_index, m.block_start
"""
QUOTATIONS = """
select q.*, n.name
from quotations as q
left join entities as n on n.entity_id = q.speaker_entity_id
where q.article_id in (select unnest($1))
order by q.article_id, q.char_start
"""
CLUES = """
select * from date_candidates where article_id in (select unnest($1))
order by article_id, candidate_index
"""
BLOCKS = """
select * from blocks where capture_id in (select unnest($1)) order by capture_id, block_index
"""
COMPARED = """
with sides as (
    select article_id_l as article_id, article_id_r as other, event_l = event_r as is_one, *
    from pairs where article_id_l in (select unnest($1))
    union all
    select article_id_r, article_id_l, event_l = event_r, *
    from pairs where article_id_r in (select unnest($1))
)
select s.article_id, s.other, s.is_one, s.relation, s.score, s.reason, a.title, a.site_id
from sides as s
join articles as a on a.article_id = s.other
qualify row_number() over (partition by s.article_id order by s.score desc, s.other) <= $2
order by s.article_id, s.score desc, s.other
"""
REJECTED = """
select c.*, r.stage, r.reason, r.detail
from rejections as r
join captures as c on c.capture_id = r.capture_id
where c.capture_id in (select unnest($1))
order by c.capture_id
"""


def write(release: Release, ids: Sequence[str], *, is_facts: bool) -> Iterator[tuple[str, str]]:
    """The path and the page of each of these articles."""
    articles = release.rows(ARTICLES, ids)
    mentions = release.groups("article_id", MENTIONS, ids)
    quotations = release.groups("article_id", QUOTATIONS, ids)
    clues = release.groups("article_id", CLUES, ids)
    compared = release.groups("article_id", COMPARED, ids, MAX_COMPARED)
    blocks = release.groups("capture_id", BLOCKS, [a["capture_id"] for a in articles])
    for article in articles:
        key = article["article_id"]
        own = mentions[key], quotations[key], clues[key]
        yield (
            f"article/{key}.html",
            pages.render(
                "article.html",
                depth=1,
                article=article,
                story=[] if is_facts else _story(article["text"], *own),
                mentions=own[0][:MAX_ROWS],
                quotations=own[1][:MAX_ROWS],
                clues=own[2][:MAX_ROWS],
                compared=compared[key],
                is_facts=is_facts,
                **_capture(blocks[article["capture_id"]], is_facts=is_facts),
            ),
        )


def write_rejected(
    release: Release, ids: Sequence[str], *, is_facts: bool
) -> Iterator[tuple[str, str]]:
    """The path and the page of each capture that yields no article."""
    blocks = release.groups("capture_id", BLOCKS, ids)
    for capture in release.rows(REJECTED, ids):
        key = capture["capture_id"]
        yield (
            f"capture/{key}.html",
            pages.render(
                "capture.html",
                depth=1,
                capture=capture,
                is_facts=is_facts,
                **_capture(blocks[key], is_facts=is_facts),
            ),
        )


def _story(
    text: str, mentions: Sequence[Row], quotations: Sequence[Row], clues: Sequence[Row]
) -> list[Markup]:
    unresolved = pages.strings()["article"]["unresolved"]
    names = [
        Mark(
            m["char_start"], m["char_end"], "name", f"m{i}", pages.harmless(m["name"] or unresolved)
        )
        for i, m in enumerate(mentions[:MAX_ROWS])
        if m["span_field"] == "text"
    ]
    dates = [
        Mark(d["char_start"], d["char_end"], "date", f"d{d['candidate_index']}", d["method"])
        for d in clues[:MAX_ROWS]
        if d["span_field"] == "text" and d["char_start"] is not None
    ]
    quoted = [
        Mark(
            q["char_start"],
            q["char_end"],
            "quoted",
            f"q{i}",
            pages.harmless(q["name"] or unresolved),
        )
        for i, q in enumerate(quotations[:MAX_ROWS])
    ]
    return paragraphs(pages.harmless(text), names, dates, quoted)


def _capture(blocks: Sequence[Row], *, is_facts: bool) -> Mapping[str, Any]:
    shown = [
        {
            **block,
            "is_kept": block["label"] in KEPT,
            "text": "" if is_facts else _cut(block["text"]),
        }
        for block in blocks[:MAX_BLOCKS]
    ]
    return {
        "blocks": shown,
        "block_count": len(blocks),
        "kept_count": sum(b["label"] in KEPT for b in blocks),
    }


def _cut(text: str) -> str:
    return text if len(text) <= BLOCK_CHARACTERS else f"{text[:BLOCK_CHARACTERS].rstrip()} ..."
