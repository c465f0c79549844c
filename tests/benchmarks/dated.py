"""Days for the collections that events are fitted to: what arrives from the whole run, or made.

Of ECB+ half the reports print no day, and no collection at hand has all the ways in which days
go wrong. Made days know the truth: an event has one, its reports tell it exactly, widely, wrongly
or not at all, and like events lie on one day, days, months or years apart.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from flows import publish, store
from flows.evaluate import read_truth
from tests.benchmarks import whole
from tests.benchmarks.ecbplus import Inputs, Report
from transforms.schema import table_of
from transforms.tables import Article, Entity, Mention, Quotation

Drawn = TypeVar("Drawn")
Days = Mapping[str, Mapping[str, object]]
COLUMNS = (
    "dateline_place", "dateline_entity_id", "published_at", "published_precision",
    "event_date_start", "event_date_end", "event_date_precision", "event_date_method",
)  # fmt: skip
READ = (Article, Mention, Entity, Quotation)
# How days arrive from reports that nothing was fitted to, rounded: share and what is told.
ARRIVALS = (
    (0.68, "exact"), (0.08, "beside"), (0.1, "wide"), (0.08, "none"), (0.01, "wrong"),
    (0.05, "publication"),
)  # fmt: skip
PUBLISHED = 0.65
# How far like events lie apart: share, and the days at most.
APART = ((0.3, 0), (0.2, 3), (0.15, 20), (0.2, 300), (0.15, 2000))


@dataclass(frozen=True, slots=True)
class Arrived:
    """A collection as it arrives from the whole run, with the events of its articles."""

    name: str
    inputs: Inputs
    events: Mapping[str, str]


def arrived(name: str, folder: Path, events: Mapping[str, str]) -> Arrived:
    """The articles whose capture has an event; `events` is keyed on the end of `source_uri`."""
    known = sorted((folder / name / "releases").glob("[0-9]*"))
    release = known[-1] if known else publish.find(_ran(name, folder), None)
    tables = {t: store.read_table(release, table_of(t).name) for t in READ}
    uris = store.read_table(release, "captures").select(["capture_id", "source_uri"])
    uri_of = dict(zip(*(c.to_pylist() for c in uris.columns), strict=True))
    files = [
        (row["article_id"], uri_of[row["capture_id"]])
        for row in tables[Article].select(["article_id", "capture_id"]).to_pylist()
    ]
    event_of = {
        article: events[key]
        for article, uri in files
        for key in ("/".join(uri.split("/")[-2:]), uri.split("/")[-1])
        if key in events
    }
    articles = tables[Article]
    kept = [i in event_of for i in articles.column("article_id").to_pylist()]
    inputs = Inputs(articles.filter(kept), tables[Mention], tables[Entity], tables[Quotation])
    return Arrived(name, inputs, event_of)


def _ran(name: str, folder: Path) -> Path:
    return whole.run(name, folder, workers=1) / "releases"


def of_reports(run: Arrived) -> Days:
    """The date columns that arrived, by report of ECB+."""
    rows = run.inputs.articles.to_pylist()
    return {run.events[row["article_id"]]: {c: row[c] for c in COLUMNS} for row in rows}


def made(
    reports: Sequence[Report],
    rng: random.Random,
    towns: Mapping[str, str] | None = None,
    scene: Mapping[str, str] | None = None,
) -> Days:
    """Date columns for these reports, as they would arrive if each event had a day of its own.

    `towns` are those of their datelines, by report; events of one `scene` are of one day. In one
    collection of two all topics are of the same weeks, as in a paper's own archive: there one
    day tells little.
    """
    day_of: dict[str, dt.date] = {}
    base: dict[str, dt.date] = {}
    weeks = rng.choice((3200, 3200, 14, 4))
    first_of_all = dt.date(1994, 1, 1) + dt.timedelta(rng.randrange(3200))
    for event, topic in sorted({(r.event, r.topic) for r in reports}):
        place = scene[event] if scene else topic
        first = base.setdefault(place, first_of_all + dt.timedelta(rng.randrange(weeks)))
        most = 0 if scene else min(_drawn(APART, rng), weeks)
        day_of[event] = first + dt.timedelta(rng.randint(-most, most))
    return {
        r.report_id: {
            **_told(day_of[r.event], rng),
            "dateline_place": (towns or {}).get(r.report_id),
        }
        for r in reports
    }


def occasions(reports: Sequence[Report], rng: random.Random) -> Days:
    """Date columns for the makings of templates: a week or a month lies between two of them."""
    day_of: dict[str, dt.date] = {}
    for report in reports:
        last = day_of.get(report.topic, dt.date(1994, 1, 1) + dt.timedelta(rng.randrange(3200)))
        day_of[report.topic] = day_of[report.report_id] = last + dt.timedelta(rng.choice((7, 30)))
    return {r.report_id: _told(day_of[r.report_id], rng) for r in reports}


def names_of(reports: Sequence[Report]) -> Mapping[str, str]:
    """The report of each capture that ECB+ is laid out in."""
    return {
        f"{re.sub(r'[^A-Za-z0-9_.-]', '_', r.report_id)[:80]}.txt": r.report_id for r in reports
    }


def events_of(name: str) -> Mapping[str, str]:
    """The event of each story of a collection, by the end of its file's name."""
    if name == "reports":
        path = whole.BENCHMARKS / "reports_1998_2002" / "truth.jsonl"
        rows = map(json.loads, path.read_text("utf-8").splitlines())
        return {row["file"]: row["event"] for row in rows if row["is_story"]}
    truth = whole.COLLECTIONS[name].truth
    assert truth is not None
    return {
        "/".join(capture.file.split("/")[-1 if name == "five" else -2 :]): capture.event
        for capture in read_truth(truth).captures
        if capture.event
    }


def _told(day: dt.date, rng: random.Random) -> Mapping[str, object]:
    how = _drawn(ARRIVALS, rng)
    printed = day + dt.timedelta(rng.choice((0, 0, 1, 1, 1, 2)))
    if how in ("exact", "none"):
        start, end = (day, day) if how == "exact" else (None, None)
    elif how == "publication":
        start, end = printed - dt.timedelta(7), printed
    elif how == "wide":
        start = day - dt.timedelta(rng.choice((10, 90, 400, 900)))
        end = day + dt.timedelta(rng.choice((0, 5, 90, 400, 900)))
    else:
        far = rng.choice((1, 1, 2, 3)) if how == "beside" else rng.choice((10, 60, 200, 400))
        start = end = day + dt.timedelta(far * rng.choice((-1, 1)))
    at = dt.datetime.combine(printed, dt.time(), dt.UTC) if rng.random() < PUBLISHED else None
    return {"event_date_start": start, "event_date_end": end, "published_at": at}


def _drawn(shares: Sequence[tuple[float, Drawn]], rng: random.Random) -> Drawn:
    return rng.choices([value for _, value in shares], [share for share, _ in shares])[0]
