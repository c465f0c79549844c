"""What a release says of itself, in the forms tools and readers expect: derived, never typed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms import quarantine, rights
from transforms.changes import Change
from transforms.changes.inputs import Input
from transforms.descriptions import card, citation, croissant, datapackage
from transforms.descriptions.about import About, File
from transforms.quality import Quality
from transforms.schema import table_of
from transforms.tables import RELEASED

# The tables of the dataset, and what tells how it came to be.
TABLES = (*RELEASED, table_of(Change), table_of(Input), table_of(Quality))


def describe(
    version: str,
    tables: Mapping[str, pa.Table],
    files: Mapping[str, File],
    changelog: str,
    measured: Sequence[Quality] = (),
) -> dict[str, str]:
    """The text files of a release by name; `files` are its Parquet files by table."""
    about = About(version, _last_day(tables["captures"]), rights.of_captures(tables["captures"]))
    rows = {name: file.row_count for name, file in files.items()}
    return {
        "README.md": card.card(
            about,
            TABLES,
            rows,
            changelog,
            quarantine.quarantined(tables["captures"], tables["rejections"]),
            measured,
        ),
        "CITATION.cff": citation.cff(about),
        "datapackage.json": _json(datapackage.package(about, TABLES)),
        "croissant.json": _json(croissant.dataset(about, TABLES, files)),
    }


def _last_day(captures: pa.Table) -> Any:
    last = pc.max(captures["captured_at"]).as_py()
    return last.date() if last else None


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
