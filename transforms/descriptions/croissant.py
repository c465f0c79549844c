"""croissant.json of a release: files and record sets in the vocabulary of MLCommons Croissant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from transforms import rights
from transforms.descriptions.about import CREATOR, DESCRIPTION, TITLE, About, File
from transforms.descriptions.card import meaning
from transforms.schema import Column, Table

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"
# The terms of the standard's JSON-LD context that the file uses.
CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "isLiveDataset": "cr:isLiveDataset",
    "key": "cr:key",
    "recordSet": "cr:recordSet",
    "sc": "https://schema.org/",
    "source": "cr:source",
}
DATA_TYPES: Mapping[str, str] = {
    "string": "sc:Text",
    "int64": "sc:Integer",
    "double": "sc:Float",
    "bool": "sc:Boolean",
    "date32[day]": "sc:Date",
    "timestamp[us, tz=UTC]": "sc:DateTime",
}


def dataset(about: About, tables: Sequence[Table], files: Mapping[str, File]) -> dict[str, Any]:
    """The descriptor: a file object and a record set for each table."""
    dated = {"datePublished": about.day.isoformat()} if about.day else {}
    return {
        "@context": dict(CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": TITLE,
        "description": " ".join(filter(None, (about.rights.warning, DESCRIPTION))),
        "version": about.version,
        "license": about.rights.licence or rights.statement(about.rights),
        "citeAs": about.citation,
        "creator": {"@type": "sc:Organization", "name": CREATOR},
        **dated,
        "distribution": [_file(t, files[t.name]) for t in tables],
        "recordSet": [_records(t) for t in tables],
    }


def _file(table: Table, file: File) -> dict[str, Any]:
    name = f"{table.name}.parquet"
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": table.row,
        "contentUrl": name,
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _records(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.row,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(table, c) for c in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    # No `references`: mlcroissant 1.1 reads no records of a table that two others refer to. The
    # meaning says what a column refers to, datapackage.json says it for programs.
    is_list = pa.types.is_list(column.type)
    shape = {"cr:isArray": True, "cr:arrayShape": "-1"} if is_list else {}
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": meaning(column),
        "dataType": "sc:Text" if is_list else DATA_TYPES[str(column.type)],
        **shape,
        "source": {
            "fileObject": {"@id": f"{table.name}.parquet"},
            "extract": {"column": column.name},
        },
    }
