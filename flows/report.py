"""The newest release as one HTML page: events with their reports, and what was rejected."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from flows import ask, store
from flows.endings import told
from flows.summary import bracket

STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #222; background: #fff; }
h1, h2, th { font-family: Helvetica, Arial, sans-serif; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0;
  border-bottom: 1px solid #ddd; }
td.days { white-space: nowrap; }
ul { margin: .25rem 0 0; padding-left: 1.1rem; color: #555; font-size: .9rem; }
code { font-size: .8rem; color: #666; }
"""
COUNTS = """
select
    (select version from release) as version,
    (select count(*) from captures) as captures,
    (select count(*) from articles) as articles,
    (select count(*) from rejections) as rejections,
    (select count(*) from events) as events,
    (select count(*) from validation_results) as rules,
    (select count(*) from validation_results where not is_success) as broken
"""


def report(warehouse: str, output: str | None) -> None:
    """Writes the page and says where."""
    path = Path(output) if output else Path(warehouse) / "report.html"
    with told(), ask.opened(warehouse) as connection:
        counts = ask.ask(connection, COUNTS).records()[0]
        events = ask.ask(connection, "from timeline()").records()
        reports = ask.ask(connection, "from reports order by event_id, role, article_id").records()
        rejected = ask.ask(connection, "from rejected order by source_uri, capture_id").records()
        store.write_bytes(path.absolute(), page(counts, events, reports, rejected).encode())
    click.echo(f"{path}: {counts['events']} events of release {counts['version']}")


def page(
    counts: Mapping[str, Any],
    events: Sequence[Mapping[str, Any]],
    reports: Sequence[Mapping[str, Any]],
    rejected: Sequence[Mapping[str, Any]],
) -> str:
    """The page, complete in itself: no script, nothing fetched."""
    by_event: dict[str, list[Mapping[str, Any]]] = {}
    for row in reports:
        by_event.setdefault(row["event_id"], []).append(row)
    title = f"Communique, release {counts['version']}"
    about = (
        f"{counts['captures']} captures: {counts['articles']} articles, {counts['rejections']} "
        f"rejected. {counts['events']} events. {counts['rules']} rules checked, "
        f"{counts['broken']} warnings."
    )
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{_text(title)}</h1><p>{_text(about)}</p>",
        "<h2>Events</h2><table>",
        "<tr><th>When</th><th>Where</th><th>What, and who reports it</th></tr>",
        *(_event(e, by_event.get(e["event_id"], [])) for e in events),
        "</table>",
        "<h2>Rejected</h2><table><tr><th>Capture</th><th>Reason</th><th>In words</th></tr>",
        *(_rejection(r) for r in rejected),
        "</table></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _event(event: Mapping[str, Any], reports: Sequence[Mapping[str, Any]]) -> str:
    days = bracket(event["event_date_start"], event["event_date_end"])
    items = "".join(f"<li>{_report(r)}</li>" for r in reports)
    return (
        f'<tr><td class="days">{_text(days)}</td><td>{_text(event["place"])}</td>'
        f"<td><b>{_text(event['title'])}</b> <code>{_text(event['event_id'])}</code>"
        f"<ul>{items}</ul></td></tr>"
    )


def _report(report: Mapping[str, Any]) -> str:
    # Never a link: an address comes from a capture's listing and may be anything.
    role = "" if report["role"] == "representative" else f" ({report['role']})"
    where = report["url"] or report["source_uri"]
    return f"{_text(report['site_id'])}: {_text(report['title'])}{role} <code>{_text(where)}</code>"


def _rejection(row: Mapping[str, Any]) -> str:
    cells = (row["source_uri"], row["reason"], row["detail"])
    return "<tr>" + "".join(f"<td>{_text(c)}</td>" for c in cells) + "</tr>"


def _text(value: Any) -> str:
    return html.escape("" if value is None else str(value))
