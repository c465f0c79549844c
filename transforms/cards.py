"""What a release says of itself: its card and its Data Package, derived from `tables`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from transforms import rights
from transforms.quarantine import Quarantined
from transforms.rights import Rights
from transforms.schema import Column, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TITLE = "Communique: events in old news pages"

QUARANTINE_LINES = 50

# Arrow's type name to the Data Package's.
FIELD_TYPES: Mapping[str, str] = {
    "string": "string",
    "int64": "integer",
    "double": "number",
    "bool": "boolean",
    "date32[day]": "date",
    "timestamp[us, tz=UTC]": "datetime",
}


def data_package(version: str, tables: Sequence[Table], held: Rights) -> dict[str, Any]:
    """The descriptor of a release (Data Package v2): one resource a table, its schema in full.

    `licenses` is there only where one licence covers every capture; `description` tells the rest.

    Sizes and hashes are in manifest.json: validators of the standard refuse them on Parquet.
    """
    licence = {"licenses": [{"name": held.licence}]} if held.licence else {}
    return {
        "$schema": PROFILE,
        "name": "communique",
        "title": TITLE,
        "description": " ".join(filter(None, (held.warning, rights.statement(held)))),
        "version": version,
        **licence,
        "resources": [_resource(t) for t in tables],
    }


def card(
    version: str,
    tables: Sequence[Table],
    rows: Mapping[str, int],
    changelog: str,
    held: Rights,
    quarantined: Sequence[Quarantined] = (),
) -> str:
    """The README of a release in Markdown: what it holds, how to query, check and cite it."""
    parts = [
        f"# {TITLE}, release {version}",
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
        f'"{TITLE}", release {version}, with the SHA-256 of its manifest.json.',
        "## Licence",
        rights.statement(held),
        _quarantine(quarantined),
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
        f"| {_cell(q.source_uri)} | {q.rule} | {_cell(q.detail)} |"
        for q in quarantined[:QUARANTINE_LINES]
    ]
    if len(quarantined) > QUARANTINE_LINES:
        more = len(quarantined) - QUARANTINE_LINES
        lines += ["", f"And {more} more: `rejections`, stage expectations."]
    return "\n".join(lines)


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


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(c) for c in table.columns]}
    # The standard has no primary key with nulls in it.
    if not any(table.column(name).is_nullable for name in table.key):
        schema["primaryKey"] = list(table.key)
    foreign = [_foreign_key(c) for c in table.columns if c.references]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name.replace("_", "-"),
        "title": table.name,
        "description": table.row,
        "path": f"{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {} if column.is_nullable else {"required": True}
    if column.values:
        limits["enum"] = list(column.values)
    for name, limit in (("minimum", column.minimum), ("maximum", column.maximum)):
        if limit is not None:
            limits[name] = limit
    return {
        "name": column.name,
        "type": "array" if pa.types.is_list(column.type) else FIELD_TYPES[str(column.type)],
        "description": meaning(column),
        "constraints": limits,
    }


def _foreign_key(column: Column) -> dict[str, Any]:
    table, _, field = (column.references or "").partition(".")
    return {
        "fields": [column.name],
        "reference": {"resource": table.replace("_", "-"), "fields": [field]},
    }
