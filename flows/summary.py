"""What a run says at its end: release, counts, events, rejections, where to look next."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows import store
from flows.publish import Published
from flows.settings import Settings
from flows.validator import Verdict
from transforms import rights
from transforms.quarantine import STAGE
from transforms.tables import RELEASED

MAX_EVENTS = 40
MAX_REJECTIONS = 40
TITLE_WIDTH = 66


def facts(settings: Settings, published: Published, verdict: Verdict) -> dict[str, Any]:
    """The end of a run as plain values, for a program to read."""
    tables = store.read_tables(settings.build, RELEASED)
    rows = {name: table.num_rows for name, table in tables.items()}
    uris = {c: _place(uri, member) for c, uri, member in _places(tables["captures"])}
    rejections = sorted(
        ({"source_uri": uris[r["capture_id"]], **r} for r in tables["rejections"].to_pylist()),
        key=lambda r: (r["source_uri"], r["capture_id"]),
    )
    return {
        "release": published.version,
        "is_new": published.is_new,
        "folder": str(published.folder),
        "catalog": str(settings.catalog),
        "site": str(settings.site / "index.html") if settings.has_site else None,
        "rows": rows,
        "rules": verdict.rule_count,
        "quarantine": [r for r in rejections if r["stage"] == STAGE],
        "invented": rights.of_captures(tables["captures"]).invented,
        "warnings": [f"{b.table_name}: {b.rule} ({b.failure_count})" for b in verdict.broken],
        "corrections": _not_applied(tables["corrections_applied"].to_pylist()),
        "events": sorted(tables["events"].to_pylist(), key=_by_day),
        "rejections": rejections,
    }


def lines(told: Mapping[str, Any], warehouse: Path) -> list[str]:
    """The end of a run in words."""
    rows = told["rows"]
    state = "new" if told["is_new"] else "nothing changed, the last release stands"
    out = [
        f"release {told['release']} ({state}): {_shown(Path(told['folder']))}",
        f"{_count(rows['captures'], 'capture')}: {_count(rows['articles'], 'article')}, "
        f"{rows['rejections']} rejected; {_count(rows['events'], 'event')}, "
        f"{_count(rows['entities'], 'name')}, {_count(rows['quotations'], 'quotation')}; "
        f"{_count(told['rules'], 'rule')} checked",
    ]
    if told["invented"]:
        # Whoever reads on meets quotations.
        out.append(f"{_invented(told['invented'])} invented: nobody said what they quote")
    out += quarantine_lines(len(told["quarantine"]), rows["captures"])
    out += [f"warning: {w}" for w in told["warnings"]]
    out += [f"correction {c['correction_id']} is {c['status']}" for c in told["corrections"]]
    out += ["", "events", *_event_lines(told["events"])]
    others = [r for r in told["rejections"] if r["stage"] != STAGE]
    for title, rejections in (("in quarantine", told["quarantine"]), ("rejected", others)):
        if rejections:
            out += ["", title, *_rejection_lines(rejections)]
    return [*out, "", "look next", *_next_lines(told, warehouse)]


def quarantine_lines(count: int, of_captures: int) -> list[str]:
    """The warning that captures are in quarantine; none where none is.

    >>> quarantine_lines(1, 20)
    ['warning: 1 of 20 captures breaks a rule and is left out: communique show CAPTURE says why']
    """
    if not count:
        return []
    verbs = "breaks a rule and is" if count == 1 else "break rules and are"
    return [
        f"warning: {count} of {_count(of_captures, 'capture')} {verbs} left out: "
        "communique show CAPTURE says why"
    ]


def bracket(start: dt.date | None, end: dt.date | None) -> str:
    """A date bracket in words: one day, or both ends.

    >>> bracket(dt.date(1997, 5, 1), dt.date(1997, 5, 31))
    '1997-05-01 to 1997-05-31'
    """
    if start is None and end is None:
        return "no date"
    if start == end:
        return str(start)
    if start is None:
        return f"until {end}"
    return f"from {start}" if end is None else f"{start} to {end}"


def _invented(number: int) -> str:
    return f"{_count(number, 'capture')} {'is' if number == 1 else 'are'}"


def _event_lines(events: Sequence[Mapping[str, Any]]) -> list[str]:
    out = [_event_line(e) for e in events[:MAX_EVENTS]]
    if len(events) > MAX_EVENTS:
        out.append(f"  and {len(events) - MAX_EVENTS} more")
    return out or ["  none"]


def _event_line(event: Mapping[str, Any]) -> str:
    days = bracket(event["event_date_start"], event["event_date_end"])
    reports = _count(event["report_count"], "report")
    if event["independent_report_count"] != event["report_count"]:
        reports += f", {event['independent_report_count']} independent"
    title = event["title"] or "(no title)"
    if len(title) > TITLE_WIDTH:
        title = f"{title[: TITLE_WIDTH - 3].rstrip()}..."
    return f"  {days:24}  {event['place'] or '-':14}  {reports:24}  {title}"


def _rejection_lines(rejections: Sequence[Mapping[str, Any]]) -> list[str]:
    shown = rejections[:MAX_REJECTIONS]
    out = [f"  {r['source_uri']!s}: {r['reason']} ({r['detail']})" for r in shown]
    if len(rejections) > MAX_REJECTIONS:
        out.append(
            f"  and {len(rejections) - MAX_REJECTIONS} more: communique query 'from rejected'"
        )
    return out


def _next_lines(told: Mapping[str, Any], warehouse: Path) -> list[str]:
    place = "" if warehouse == Path("warehouse") else f" --warehouse {shlex.quote(str(warehouse))}"
    several = [e for e in told["events"] if e["report_count"] > 1] or told["events"]
    out = [f"  {_shown(Path(told['site']))} in a browser"] if told["site"] else []
    out.append(f'  communique query{place} "from timeline()"')
    if several:
        out.append(f"  communique explain{place} {several[0]['event_id']}")
    return [*out, f"  duckdb {_shown(Path(told['catalog']))}"]


def _not_applied(corrections: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [c for c in corrections if c["status"] != "applied"]


def _by_day(event: Mapping[str, Any]) -> tuple[dt.date, dt.date, str]:
    last = dt.date.max
    return event["event_date_start"] or last, event["event_date_end"] or last, event["event_id"]


def _places(captures: Any) -> list[tuple[str, str, str | None]]:
    names = "capture_id", "source_uri", "member"
    return list(zip(*(captures.column(n).to_pylist() for n in names), strict=True))


def _place(source_uri: str, member: str | None) -> str:
    return source_uri if member is None else f"{source_uri}: {member}"


def _shown(path: Path) -> Path:
    """The path from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
