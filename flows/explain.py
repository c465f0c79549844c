"""Why two articles are one event or not, why an event is one, what a capture was taken for."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Mapping
from typing import Any

import click
import duckdb
import pyarrow as pa

from flows import ask
from flows.endings import echo_json, told

# How an argument finds its rows: the start of an id, or part of a capture's name.
FIND_ARTICLE = """
select a.article_id, c.source_uri
from articles as a
join captures as c on c.capture_id = a.capture_id
where starts_with(a.article_id, $1) or c.source_uri = $1 or contains(c.source_uri, $1)
order by c.source_uri <> $1, a.article_id
"""
FIND_EVENT = "select event_id, title from events where starts_with(event_id, $1) order by 1"
FIND_CAPTURE = """
select c.capture_id, c.source_uri
from captures as c
where starts_with(c.capture_id, $1) or contains(c.source_uri, $1)
    or c.capture_id = 'c_' || substr($1, 3)
order by c.source_uri <> $1, c.capture_id
"""
SHOW_CAPTURE = """
select c.*, a.article_id, a.item_index, a.title, a.title_method,
    a.byline, a.byline_method, a.dateline_place, a.language, a.published_at,
    a.event_date_start, a.event_date_end, a.document_type, a.document_evidence, a.report_kind,
    a.report_kind_evidence,
    case when r.stage = 'expectations' then 'breaks a rule and is left out' end as quarantine,
    r.stage, r.reason, r.detail
from captures as c
left join articles as a on a.capture_id = c.capture_id
left join rejections as r on r.capture_id = c.capture_id
where c.capture_id = $1
order by a.item_index
"""
SHOW_BLOCKS = """
select block_index, label, rule, repeats_block_index, site_share, text, item_index
from blocks where capture_id = $1 order by block_index
"""
TABLES = (
    "articles",
    "captures",
    "mentions",
    "entities",
    "quotations",
    "pair_decisions",
    "date_candidates",
    "events",
    "event_reports",
    "event_participants",
    "event_disagreements",
    "event_ledger",
)
MANY = 5


def explain(ids: tuple[str, ...], warehouse: str, *, as_json: bool) -> None:
    """Why an event is one, or two articles are reports of one or are not."""
    from transforms.events import explanations

    if len(ids) > 2:
        raise click.UsageError("give one event, or two articles")
    with told(), ask.opened(warehouse) as connection:
        if len(ids) == 2:
            one, other = sorted(_only(connection, FIND_ARTICLE, i, "article") for i in ids)
            query = "select * from pair_decisions where article_id_l = $1 and article_id_r = $2"
            rows = ask.ask(connection, query, (one, other)).records()
            text = explanations.explain_pair(one, other, _tables(connection))
        else:
            event = _only(connection, FIND_EVENT, ids[0], "event")
            rows = ask.ask(connection, "from reports where event_id = $1", (event,)).records()
            text = explanations.explain_event(event, _tables(connection))
    if as_json:
        echo_json({"rows": rows, "explanation": text})
    else:
        click.echo(text)


def show(capture: str, warehouse: str, *, as_json: bool) -> None:
    """A capture with its verdict, and its blocks with theirs."""
    with told(), ask.opened(warehouse) as connection:
        capture_id = _only(connection, FIND_CAPTURE, capture, "capture")
        stories = ask.ask(connection, SHOW_CAPTURE, (capture_id,)).records()
        blocks = ask.ask(connection, SHOW_BLOCKS, (capture_id,)).records()
    if as_json:
        more = {"stories": stories} if len(stories) > 1 else {}
        echo_json({**stories[0], **more, "blocks": blocks})
        return
    for number, about in enumerate(stories):
        for name, value in about.items():
            is_new = number == 0 or value != stories[0][name]  # of the capture all say the same
            if is_new and value is not None and value is not False and value != 0:
                shown = harmless(str(ask.plain(value)))
                click.echo(f"{click.style(f'{name:16}', dim=True)} {shown}")
        click.echo()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for block in blocks:
        click.echo(block_lines(block, width))


# In a terminal: the story as it is, what is known from it in colour, what was dropped dim.
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True},
    "crosshead": {"bold": True},
    "body": {},
    "byline": {"fg": "cyan"},
    "dateline": {"fg": "cyan"},
    "caption": {"fg": "green"},
    "credit": {"fg": "green"},
    "comment": {"fg": "magenta", "dim": True},
    "pull_quote": {"fg": "yellow"},
    "furniture": {"dim": True},
}
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
MARGIN = 40  # columns of number, label and rule


def block_lines(block: Mapping[str, Any], width: int | None) -> str:
    """The block beside its number, label, rule, the block it repeats and its share of the site."""
    share = f" {block['site_share']:.0%}" if block["site_share"] else ""
    repeated = block["repeats_block_index"]
    original = "" if repeated is None else f" {repeated}"
    why = f"{block['rule']}{original}{share}"
    text = harmless(block["text"])
    if width and width >= 2 * MARGIN:
        lines = textwrap.wrap(text, width - MARGIN - 1, break_on_hyphens=False)
        text = f"\n{'':{MARGIN}}".join(lines)
    number = click.style(f"{block['block_index']:>3}", dim=True)
    label = f"{block['label']:<10}"
    style = STYLES.get(block["label"], {})
    return f"{number} {click.style(label, **style)} {click.style(f'{why:<24}', dim=True)} " + (
        click.style(text, **style)
    )


def harmless(text: str) -> str:
    """The text without what a terminal would obey: a capture may hold anything.

    >>> harmless("a\\x1b[2Jb")
    'a�[2Jb'
    """
    return CONTROLS.sub("\ufffd", text)


def _only(connection: duckdb.DuckDBPyConnection, query: str, wanted: str, kind: str) -> str:
    """The id of the one row that fits, or that fits best; an error that lists them otherwise."""
    rows = ask.ask(connection, query, (wanted,)).rows
    exact = [row for row in rows if wanted in row]
    if len(exact or rows) == 1:
        return str((exact or rows)[0][0])
    if not rows:
        raise click.ClickException(
            f'the newest release has no {kind} {wanted!r}: `communique query "from {kind}s"` '
            "lists them"
        )
    known = "\n".join(f"  {row[0]}  {row[1]}" for row in rows[:MANY])
    raise click.ClickException(f"{len(rows)} fit {wanted!r}; say more:\n{known}")


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    return {name: connection.sql(f"from {name}").to_arrow_table() for name in TABLES}
