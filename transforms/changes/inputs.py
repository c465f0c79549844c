"""What a release rests on besides captures: rows of the reference tables, and the stages' code."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from transforms import ids
from transforms.authority import Authority
from transforms.schema import column, record


@record("inputs", key=("kind", "name", "row_key"), is_released=False)
class Input:
    """One thing besides captures that a release rests on: a reference row, a stage's code."""

    kind: str = column("What it is.", values=("code", "reference", "correction"))
    name: str = column("Stage or reference table.")
    row_key: str = column("The row in words; of a stage its name.")
    digest: str = column("Digest of the row or of the stage's code, rules and weights.")
    subjects: tuple[str, ...] = column("Ids of entities, timeline rows or captures it speaks of.")


def inputs(authority: Authority, stages: Mapping[str, str]) -> list[Input]:
    """The inputs of a release, sorted by their key; `stages` are digests of code by stage."""
    rows = [Input("code", name, name, digest, ()) for name, digest in stages.items()]
    for table, subjects in SUBJECTS.items():
        kind = "correction" if table == "corrections" else "reference"
        for row in getattr(authority, table):
            words = " | ".join("" if v is None else str(v) for v in dataclasses.astuple(row))
            rows.append(Input(kind, table, words, words, tuple(subjects(row))))
    distinct = {(r.kind, r.name, r.row_key): r for r in rows}
    return [distinct[key] for key in sorted(distinct)]


def _person(row: Any) -> list[str]:
    return [ids.entity_id("person", row.person_id)]


def _treaty(row: Any) -> list[str]:
    kind = "programme" if row.treaty_type == "programme" else "treaty"
    return [ids.entity_id(kind, row.treaty_id)]


# What a row of each reference table speaks of; a table without an entry for all is left out.
SUBJECTS: Mapping[str, Callable[[Any], list[str]]] = {
    "people": _person,
    "offices": _person,
    "office_names": lambda row: [],
    "names": lambda row: [ids.entity_id(row.entity_type, row.entity_key)],
    "organisations": lambda row: [ids.entity_id("organisation", row.organisation_id)],
    "treaties": _treaty,
    "places": lambda row: [ids.entity_id("place", row.place_id)],
    "timeline": lambda row: [row.timeline_id],
    "sites": lambda row: [row.site_id],
    "corrections": lambda row: [part for part in row.target.replace("+", " ").split() if part],
}
