"""datapackage.json of a release: Data Package v2, one resource a table with its whole schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from transforms import rights
from transforms.descriptions.about import CODE_LICENCE, CREATOR, DESCRIPTION, NAME, TITLE, About
from transforms.descriptions.card import meaning
from transforms.schema import Column, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

# Arrow's type name to the Data Package's.
FIELD_TYPES: Mapping[str, str] = {
    "string": "string",
    "int64": "integer",
    "double": "number",
    "bool": "boolean",
    "date32[day]": "date",
    "timestamp[us, tz=UTC]": "datetime",
}


def package(about: About, tables: Sequence[Table]) -> dict[str, Any]:
    """The descriptor of a release.

    `licenses` is there only where one licence covers every capture; `description` tells the rest.
    Sizes and hashes are in manifest.json: validators of the standard refuse them on Parquet.
    """
    held = about.rights
    licence = {"licenses": [{"name": held.licence}]} if held.licence else {}
    return {
        "$schema": PROFILE,
        "name": NAME,
        "title": TITLE,
        "description": " ".join(filter(None, (held.warning, DESCRIPTION, rights.statement(held)))),
        "version": about.version,
        **licence,
        "contributors": [{"title": CREATOR, "roles": ["creator"]}],
        "sources": [{"title": f"Communique, the code ({CODE_LICENCE})"}],
        "resources": [_resource(t) for t in tables],
    }


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
