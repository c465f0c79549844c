"""README.md of a release, its card: what it holds, how to query, check and cite it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from transforms import quality, rights
from transforms.descriptions.about import CODE_LICENCE, TITLE, About
from transforms.markdown import escaped
from transforms.quality import Quality
from transforms.quarantine import Quarantined
from transforms.schema import Column, Table

DEFAULT = "events"
QUARANTINE_LINES = 50


def card(
    about: About,
    tables: Sequence[Table],
    rows: Mapping[str, int],
    changelog: str,
    quarantined: Sequence[Quarantined] = (),
    measured: Sequence[Quality] = (),
) -> str:
    """The card in Markdown, with the head that Hugging Face's `load_dataset` reads."""
    held = about.rights
    parts = [
        _yaml_head(about, tables),
        f"# {TITLE}, release {about.version}",
        f"**{held.warning}**" if held.warning else "",
        _left_out(quarantined, held.captures),
        "Made from captures of news pages by the flows of Communique. Every derived value carries "
        "its evidence; every capture that yields no article has a row in `rejections` that says "
        "why.",
        "## Query",
        "```sql\nselect * from read_parquet('events.parquet') order by event_date_start;\n```",
        "## Check",
        "`sha256sum -c SHA256SUMS` compares every file with what was released, and "
        "`communique verify` does so in a warehouse. A release never changes; what is mended goes "
        "into the next one, whose CHANGELOG.md says so.",
        "## Cite",
        about.citation,
        "## Licence",
        f"{rights.statement(held)} The text of a captured page belongs to whoever published it; "
        "spans and figures about it are facts. The code that made the release is under "
        f"{CODE_LICENCE}.",
        _quarantine(quarantined),
        "\n".join(["## Measured quality", "", *quality.lines(measured)]) if measured else "",
        "## Tables",
        _overview(tables, rows),
        *(_dictionary(t) for t in tables),
        "## Changes",
        re.sub(r"^## ", "### ", changelog, flags=re.MULTILINE),
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _left_out(quarantined: Sequence[Quarantined], captures: int) -> str:
    if not quarantined:
        return ""
    are = "is" if len(quarantined) == 1 else "are"
    return (
        f"**{len(quarantined)} of {captures:,} captures {are} in quarantine**: what was read there "
        "broke a rule and is left out."
    )


def _quarantine(quarantined: Sequence[Quarantined]) -> str:
    if not quarantined:
        return ""
    lines = ["## Quarantine", "", "| capture | rule | rows that break it |", "|---|---|---|"]
    lines += [
        f"| {escaped(q.source_uri)} | {q.rule} | {escaped(q.detail)} |"
        for q in quarantined[:QUARANTINE_LINES]
    ]
    if len(quarantined) > QUARANTINE_LINES:
        more = len(quarantined) - QUARANTINE_LINES
        lines += ["", f"And {more} more: `rejections`, stage expectations."]
    return "\n".join(lines)


def _yaml_head(about: About, tables: Sequence[Table]) -> str:
    """The head of a dataset card: a configuration for each table, the events first."""
    lines = ["---", f"pretty_name: {json.dumps(TITLE)}"]
    if about.rights.licence:
        lines += ["license: other", f"license_name: {json.dumps(about.rights.licence)}"]
    lines += ["configs:"]
    for table in sorted(tables, key=lambda t: t.name != DEFAULT):
        lines += [f"- config_name: {table.name}", f"  data_files: {table.name}.parquet"]
        lines += ["  default: true"] if table.name == DEFAULT else []
    return "\n".join([*lines, "---"])


def _overview(tables: Sequence[Table], rows: Mapping[str, int]) -> str:
    lines = ["| table | rows | one row is |", "|---|--:|---|"]
    lines += [f"| {t.name} | {rows.get(t.name, 0)} | {_cell(t.row)} |" for t in tables]
    return "\n".join(lines)


def _dictionary(table: Table) -> str:
    lines = [f"### {table.name}", "", f"Key: {', '.join(table.key)}.", ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [f"| {c.name} | {c.type} | {_cell(meaning(c))} |" for c in table.columns]
    return "\n".join(lines)


def meaning(column: Column) -> str:
    """The meaning of a column with its unit, values and what it refers to."""
    parts = [column.meaning]
    if column.unit:
        parts.append(f"Unit: {column.unit}.")
    if column.values:
        parts.append(f"One of: {', '.join(column.values)}.")
    if column.references:
        parts.append(f"Refers to {column.references}.")
    return " ".join(parts)


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")
