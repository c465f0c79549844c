"""What becomes of an entity between two releases, and its row in the ledger."""

from __future__ import annotations

import pyarrow as pa

from tests.transforms.names.test_bodies import mentions
from transforms import ids, names
from transforms.authority import Authority, Person
from transforms.names.ledger import Past, record
from transforms.schema import from_arrow, table_of, to_arrow
from transforms.tables import Entity, EntityChange, Mention

NONE_YET = table_of(EntityChange).schema.empty_table()
HANNA = ids.entity_id("person", "hanna lindqvist")
OTHER = ids.entity_id("person", "hanna-berg")


def row(person_id: str, name: str, surname: str) -> Authority:
    return Authority(people=(Person(person_id, name, "Hanna", surname, None),))


def entity(entity_id: str, is_authority: bool = False) -> Entity:
    return Entity(entity_id, "Hanna Lindqvist", "person", None, is_authority)


def printed(entity_id: str | None, count: int = 1, start: int = 0) -> list[Mention]:
    return [
        Mention("a_1", 1, n, "text", n, n + 5, "Hanna", entity_id, "found:title", None)
        for n in range(start, start + count)
    ]


def past(entities: list[Entity], printed: list[Mention], ledger: pa.Table = NONE_YET) -> Past:
    return Past(to_arrow(Entity, entities), to_arrow(Mention, printed), ledger)


def changes(
    before: Past, entities: list[Entity], printed: list[Mention]
) -> list[tuple[str, str | None, str, str]]:
    table = record(before, to_arrow(Entity, entities), to_arrow(Mention, printed), "1.1.0")
    return [
        (c.old_entity_id, c.new_entity_id, c.change, c.release)
        for c in from_arrow(EntityChange, table)
    ]


def test_a_name_found_has_the_id_of_the_row_that_is_added_for_it() -> None:
    text = "The smith Hanna Lindqvist spoke. Lindqvist left."
    found = mentions(names.build(Authority()), text)
    listed = mentions(names.build(row("hanna-lindqvist", "Hanna Lindqvist", "Lindqvist")), text)
    assert {m.entity_id for m in found} == {m.entity_id for m in listed} == {HANNA}


def test_a_row_that_is_added_is_told_and_the_id_stays() -> None:
    before = past([entity(HANNA)], printed(HANNA))
    told = changes(before, [entity(HANNA, True)], printed(HANNA))
    assert told == [(HANNA, HANNA, "listed", "1.1.0")]


def test_a_row_that_is_taken_out_is_told_too() -> None:
    before = past([entity(HANNA, True)], printed(HANNA))
    told = changes(before, [entity(HANNA)], printed(HANNA))
    assert told == [(HANNA, HANNA, "unlisted", "1.1.0")]


def test_where_an_id_is_gone_most_of_its_mentions_tell_the_heir() -> None:
    third = ids.entity_id("person", "hanna-holm")
    before = past([entity(HANNA)], printed(HANNA, 3))
    now = [*printed(OTHER, 2), *printed(third, 1, start=2)]
    told = changes(before, [entity(OTHER, True), entity(third)], now)
    assert told == [(HANNA, OTHER, "merged", "1.1.0")]


def test_an_id_that_nothing_names_is_retired() -> None:
    before = past([entity(HANNA)], printed(HANNA))
    assert changes(before, [], printed(None)) == [(HANNA, None, "retired", "1.1.0")]


def test_where_nothing_changes_the_ledger_stays_as_it_is() -> None:
    earlier = to_arrow(EntityChange, [EntityChange(OTHER, None, "retired", "gone", "1.0.1")])
    before = past([entity(HANNA)], printed(HANNA), earlier)
    now = [entity(HANNA), entity(OTHER)]  # a new entity is no change of an old one
    assert changes(before, now, printed(HANNA)) == [(OTHER, None, "retired", "1.0.1")]


def test_a_first_release_has_nothing_to_tell() -> None:
    told = record(None, to_arrow(Entity, []), to_arrow(Mention, []), "1.0.0")
    assert told.equals(NONE_YET, check_metadata=True)
