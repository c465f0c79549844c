"""Entities gathered from mentions: from the tables or found in text, each once."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from transforms import ids, names
from transforms.articles import Passage
from transforms.authority import Authority, Place
from transforms.names.lexicon import Lexicon
from transforms.schema import table_of, to_arrow
from transforms.tables import Entity, EntityName, Mention


def gathered(authority: Authority, lexicon: Lexicon, *texts: str) -> tuple[pa.Table, pa.Table]:
    mentions: list[Mention] = []
    found: list[Entity] = []
    for number, text in enumerate(texts):
        story = [Passage(0, "body", text, 0)]
        named = names.find(story, lexicon)
        mentions += names.resolve(f"a_{number}", named, story, (None, None), lexicon)
        found += names.found(named)
    return names.collect(to_arrow(Mention, mentions), to_arrow(Entity, found), authority)


def test_entities_are_those_mentioned(authority: Authority, lexicon: Lexicon) -> None:
    entities, _ = gathered(authority, lexicon, "NATO met Igor Ivanov.")
    assert sorted(entities.column("name").to_pylist()) == ["Igor Ivanov", "NATO"]
    assert entities.column("is_authority").to_pylist() == [True, True]
    assert entities.schema.equals(table_of(Entity).schema)


def test_a_person_found_in_two_articles_is_one_entity(
    authority: Authority, lexicon: Lexicon
) -> None:
    entities, variants = gathered(
        authority,
        lexicon,
        "Colonel Hanna Lindqvist came. Lindqvist left.",
        "HANNA LINDQVIST SAYS NO",
        "“Never,” said Hanna B. Lindqvist.",
    )
    (row,) = entities.to_pylist()
    assert row["entity_id"] == ids.entity_id("person", "hanna lindqvist")
    assert (row["name"], row["is_authority"]) == ("Hanna B. Lindqvist", False)
    assert {r["surface"]: r["mention_count"] for r in variants.to_pylist()} == {
        "Hanna B. Lindqvist": 1,
        "Hanna Lindqvist": 1,
        "Lindqvist": 1,
    }


def test_variants_are_counted_with_their_rule(authority: Authority, lexicon: Lexicon) -> None:
    _, variants = gathered(authority, lexicon, "Nato is NATO.", "So NATO it is.")
    assert [(r["surface"], r["mention_count"], r["how_matched"]) for r in variants.to_pylist()] == [
        ("NATO", 2, "exact"),
        ("Nato", 1, "exact"),
    ]
    assert variants.schema.equals(table_of(EntityName).schema)


def test_an_open_name_is_no_entity(authority: Authority, lexicon: Lexicon) -> None:
    entities, variants = gathered(authority, lexicon, "Ivanov and Mr Lindqvist left.")
    assert (len(entities), len(variants)) == (0, 0)


def test_nothing_gives_empty_tables(authority: Authority, lexicon: Lexicon) -> None:
    entities, variants = gathered(authority, lexicon, "It rained.")
    assert (len(entities), len(variants)) == (0, 0)


def test_a_place_carries_its_country_and_coordinates(authority: Authority) -> None:
    lake = Place("lake", "Lake Oren", "lake", "Orenia", 12.5, -3.25, None, None)
    known = replace(authority, places=(*authority.places, lake))
    entities, _ = gathered(known, names.build(known), "Boris Yeltsin came to Lake Oren.")
    assert {
        e["name"]: (e["country"], e["latitude"], e["longitude"]) for e in entities.to_pylist()
    } == {
        "Boris Yeltsin": (None, None, None),
        "Lake Oren": ("Orenia", 12.5, -3.25),
    }
