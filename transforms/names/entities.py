"""Entities and their printed variants, gathered from the mentions of all articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import duckdb
import pyarrow as pa

from transforms import ids
from transforms.authority import Authority
from transforms.names.name import Name
from transforms.schema import conform, to_arrow
from transforms.tables import Entity, EntityName

ENTITIES = """
    SELECT entity_id, name, entity_type, wikidata_id, is_authority, country, latitude, longitude
    FROM (SELECT * FROM listed UNION ALL SELECT * FROM found)
    WHERE entity_id IN (SELECT entity_id FROM mentions)
    -- A name set in capitals is the poorer copy of the same name.
    QUALIFY row_number() OVER (
        PARTITION BY entity_id ORDER BY is_authority DESC, name = upper(name), name
    ) = 1
    ORDER BY entity_id
"""
ENTITY_NAMES = """
    SELECT entity_id, surface, count(*) AS mention_count, method AS how_matched
    FROM mentions
    WHERE entity_id IS NOT NULL
    GROUP BY entity_id, surface, method
    ORDER BY entity_id, surface, method
"""


def collect(mentions: pa.Table, found: pa.Table, authority: Authority) -> tuple[pa.Table, pa.Table]:
    """The entities that are mentioned, and their printed variants: (entities, entity_names).

    `mentions` has the schema of `tables.Mention`, `found` that of `tables.Entity`: what
    `names.found` gave for each article, in any order and with repetitions.
    """
    with duckdb.connect() as engine:
        engine.register("mentions", mentions)
        engine.register("found", found)
        engine.register("listed", to_arrow(Entity, _listed(authority)))
        entities = engine.sql(ENTITIES).to_arrow_table()
        entity_names = engine.sql(ENTITY_NAMES).to_arrow_table()
    return conform(Entity, entities), conform(EntityName, entity_names)


def found(names: Iterable[Name]) -> tuple[Entity, ...]:
    """The entities of an article that no reference table knows, under their full names."""
    entities = {_found(n) for n in names if n.form == "found" and len(n.candidates) == 1}
    return tuple(sorted(entities, key=lambda e: (e.entity_id, e.name)))


def _found(name: Name) -> Entity:
    entity_id = ids.entity_id(name.entity_type, name.candidates[0])
    entity = Entity(entity_id, name.surface, name.entity_type, None, False)
    if name.entity_type != "place":
        return entity
    # A dateline prints its place in capitals: "KARSK, Ukraine (AP) --".
    shown = name.surface.title() if name.surface.isupper() else name.surface
    if "," in name.candidates[0]:  # "Moscow, Idaho" is not shown under the name of the other
        shown = name.candidates[0].title()
    return replace(entity, name=shown, country=name.holder)


def _listed(authority: Authority) -> Iterator[Entity]:
    for person in authority.people:
        yield _entity("person", person.person_id, person.name, person.wikidata_id)
    for organisation in authority.organisations:
        yield _entity(
            "organisation",
            organisation.organisation_id,
            organisation.name,
            organisation.wikidata_id,
        )
    for place in authority.places:
        entity = _entity("place", place.place_id, place.name, place.wikidata_id)
        yield replace(
            entity, country=place.country, latitude=place.latitude, longitude=place.longitude
        )
    for treaty in authority.treaties:
        kind = "programme" if treaty.treaty_type == "programme" else "treaty"
        yield _entity(kind, treaty.treaty_id, treaty.name, treaty.wikidata_id)


def _entity(entity_type: str, key: str, name: str, wikidata_id: str | None) -> Entity:
    return Entity(ids.entity_id(entity_type, key), name, entity_type, wikidata_id, True)
