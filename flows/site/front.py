"""The front page: what the release is, its timeline, coverage, quality and changes."""

from __future__ import annotations

from collections.abc import Iterator

from flows.site import pages
from flows.site.release import Release

MAX_TABLE = 300
MAX_SITES = 40

COUNTS = """
select
    (select count(*) from captures) as captures, (select count(*) from articles) as articles,
    (select count(*) from rejections) as rejections, (select count(*) from events) as events,
    (select count(*) from entities) as names, (select count(*) from quotations) as quotations,
    (select count(distinct site_id) from captures) as sites,
    (select count(*) from validation_results) as rules
"""
TIMELINE = """
select event_id, title, place, event_date_start, event_date_end, report_count,
    independent_report_count
from events order by event_date_start nulls last, event_date_end nulls last, event_id
"""
COVERAGE = """
select site_id, month, capture_count, article_count, rejection_count
from coverage where month is not null
    and site_id in (select site_id from coverage group by 1 order by sum(capture_count) desc, 1
        limit $1)
order by site_id, month
"""
CHANGES = """
select change, cause, count(*) as event_count from event_ledger
where release = $1 and change <> 'kept'
group by all order by event_count desc, change, cause limit 12
"""

QUALITY = "from quality order by measure"
LICENCES = """
select licence from captures where licence is not null
group by 1 order by count(*) desc, 1 limit 8
"""


def write(release: Release, before: Release | None) -> Iterator[tuple[str, str]]:
    """The front page, and the data of its timeline as a script."""
    events = release.rows(TIMELINE)
    shown = {
        "events": [
            [
                e["event_id"],
                pages.harmless(e["title"] or pages.strings()["common"]["no_title"]),
                e["event_date_start"],
                e["event_date_end"],
                e["report_count"],
                pages.harmless(e["place"] or ""),
            ]
            for e in events
        ],
        "strings": pages.strings()["front"] | {"noun": pages.strings()["nouns"]["report"]},
    }
    yield "data/timeline.js", f"window.communiqueTimeline={pages.data(shown)};\n"
    yield (
        "index.html",
        pages.render(
            "index.html",
            depth=0,
            version=release.version,
            digest=release.digest(),
            counts=release.rows(COUNTS)[0],
            events=events[:MAX_TABLE],
            event_count=len(events),
            coverage=release.rows(COVERAGE, MAX_SITES),
            quality=release.rows(QUALITY) if "quality" in release.tables else [],
            before=before.version if before else None,
            changes=release.rows(CHANGES, release.version),
            changelog=release.text("CHANGELOG.md").split("\n## ")[0].strip()[:4000],
            licences=_licences(release),
            invented_count=_invented_count(release),
        ),
    )


def _licences(release: Release) -> list[str]:
    rows = release.rows(LICENCES) if "licence" in release.columns("captures") else []
    return [row["licence"] for row in rows]


def _invented_count(release: Release) -> int:
    if "is_invented" not in release.columns("captures"):
        return 0
    return int(release.value("select count(*) from captures where is_invented"))
