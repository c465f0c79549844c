"""What a release says of itself follows from the declared tables."""

from __future__ import annotations

from transforms.descriptions import card, datapackage
from transforms.descriptions.about import About
from transforms.rights import Rights
from transforms.schema import column, record, table_of
from transforms.tables import RELEASED


@record("ports", key=("port_id",))
class Port:
    """One port | or quay."""

    port_id: str = column("Id.")
    kind: str | None = column("Kind.", values=("sea", "river"))
    depth: float = column("Depth at low water.", unit="metres", minimum=0)
    names: tuple[str, ...] = column("Names in use.")


@record("ships", key=("name", "port_id"))
class Ship:
    """One ship."""

    name: str = column("Name.")
    port_id: str | None = column("Its port.", references="ports.port_id")


TABLES = [table_of(Port), table_of(Ship)]
NONE = Rights(0, 0, ())


def test_the_package_has_types_constraints_and_keys() -> None:
    ports, ships = datapackage.package(About("1.2.0", None, NONE), TABLES)["resources"]
    assert ports["path"] == "ports.parquet"
    assert ports["schema"]["primaryKey"] == ["port_id"]
    assert ports["schema"]["fields"][1:] == [
        {
            "name": "kind",
            "type": "string",
            "description": "Kind. One of: sea, river.",
            "constraints": {"enum": ["sea", "river"]},
        },
        {
            "name": "depth",
            "type": "number",
            "description": "Depth at low water. Unit: metres.",
            "constraints": {"required": True, "minimum": 0},
        },
        {
            "name": "names",
            "type": "array",
            "description": "Names in use.",
            "constraints": {"required": True},
        },
    ]
    # A key that may be null is no primary key in the standard's sense.
    assert "primaryKey" not in ships["schema"]
    assert ships["schema"]["foreignKeys"] == [
        {"fields": ["port_id"], "reference": {"resource": "ports", "fields": ["port_id"]}}
    ]


def test_the_card_counts_rows_and_explains_columns() -> None:
    text = card.card(
        About("1.2.0", None, NONE), TABLES, {"ports": 7}, "## 1.2.0\n\nThe first release.\n"
    )
    head, body = text.removeprefix("---\n").split("---\n\n")
    assert "- config_name: ports\n  data_files: ports.parquet" in head
    assert body.startswith("# Communique: events in old news pages, release 1.2.0\n")
    assert "| ports | 7 | One port \\| or quay. |" in text
    assert "| port_id | string | Its port. Refers to ports.port_id. |" in text
    assert text.endswith("## Changes\n\n### 1.2.0\n\nThe first release.\n")


def test_every_released_column_has_a_type_in_the_package() -> None:
    package = datapackage.package(About("1.0.0", None, NONE), RELEASED)
    count = sum(len(r["schema"]["fields"]) for r in package["resources"])
    assert count == sum(len(t.columns) for t in RELEASED)


def test_invented_captures_are_told_before_anything_else() -> None:
    held = Rights(3, 2, (("CC0-1.0", 2), (None, 1)))
    text = card.card(About("1.0.0", None, held), TABLES, {}, "## 1.0.0\n")
    assert text.split("\n\n")[2].startswith("**2 of 3 captures are invented")
    assert "## Licence\n\nLicences of the captures: CC0-1.0 (2), not given (1). The text" in text
    package = datapackage.package(About("1.0.0", None, held), TABLES)
    assert package["description"].startswith("2 of 3 captures are invented")
    # A licence of some captures is no licence of the whole.
    assert "licenses" not in package
    assert "invented" not in card.card(About("1.0.0", None, NONE), TABLES, {}, "## 1.0.0\n")


def test_one_licence_of_all_captures_is_the_packages() -> None:
    package = datapackage.package(About("1.0.0", None, Rights(3, 0, (("CC-BY-4.0", 3),))), TABLES)
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
