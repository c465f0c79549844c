"""Small reference tables written for the tests of names and quotations."""

from __future__ import annotations

import datetime as dt

import pytest

from transforms import names
from transforms.authority import (
    Authority,
    NameVariant,
    OfficeName,
    OfficeSpell,
    Organisation,
    Person,
    Place,
    Treaty,
)
from transforms.names.lexicon import Lexicon


def _person(person_id: str, given: str, surname: str, name: str | None = None) -> Person:
    return Person(person_id, name or f"{given} {surname}", given, surname, None)


def _spell(person_id: str, office: str, holder: str, start: str, end: str) -> OfficeSpell:
    organisation, country = ("nato", None) if holder == "nato" else (None, holder)
    return OfficeSpell(
        person_id,
        office,
        organisation,
        country,
        dt.date.fromisoformat(start),
        dt.date.fromisoformat(end),
    )


@pytest.fixture(scope="session")
def authority() -> Authority:
    """A dozen people with offices, and the organisations, treaties and places around them."""
    return Authority(
        people=(
            _person("andrei-kozyrev", "Andrei", "Kozyrev"),
            _person("bill-clinton", "Bill", "Clinton"),
            _person("boris-yeltsin", "Boris", "Yeltsin"),
            _person("george-h-w-bush", "George", "Bush", "George H. W. Bush"),
            _person("george-w-bush", "George", "Bush", "George W. Bush"),
            _person("george-robertson", "George", "Robertson"),
            _person("igor-ivanov", "Igor", "Ivanov"),
            _person("jaap-de-hoop-scheffer", "Jaap", "de Hoop Scheffer"),
            _person("john-major", "John", "Major"),
            _person("madeleine-albright", "Madeleine", "Albright"),
            _person("sergei-ivanov", "Sergei", "Ivanov"),
            _person("volker-ruehe", "Volker", "Rühe"),
            _person("vladimir-putin", "Vladimir", "Putin"),
        ),
        offices=(
            _spell("andrei-kozyrev", "Foreign Minister", "Russia", "1990-10-11", "1996-01-05"),
            _spell("bill-clinton", "President", "United States", "1993-01-20", "2001-01-20"),
            _spell("boris-yeltsin", "President", "Russia", "1991-07-10", "1999-12-31"),
            _spell("george-h-w-bush", "President", "United States", "1989-01-20", "1993-01-20"),
            _spell("george-w-bush", "President", "United States", "2001-01-20", "2009-01-20"),
            _spell("george-robertson", "Secretary General", "nato", "1999-10-14", "2003-12-17"),
            _spell("igor-ivanov", "Foreign Minister", "Russia", "1998-09-11", "2004-03-09"),
            _spell("sergei-ivanov", "Defence Minister", "Russia", "2001-03-28", "2007-02-15"),
            _spell("vladimir-putin", "President", "Russia", "2000-05-07", "2008-05-07"),
            _spell("vladimir-putin", "Acting President", "Russia", "1999-12-31", "2000-05-07"),
            _spell("volker-ruehe", "Defence Minister", "Germany", "1992-04-01", "1998-10-26"),
        ),
        office_names=tuple(
            OfficeName(office, surface)
            for office, surface in (
                ("Foreign Minister", "foreign minister"),
                ("Foreign Minister", "minister of foreign affairs"),
                ("Defence Minister", "defence minister"),
                ("President", "president"),
                ("Acting President", "acting president"),
                ("Prime Minister", "prime minister"),
                ("Secretary General", "secretary-general"),
                ("Secretary of State", "secretary of state"),
            )
        ),
        names=tuple(
            NameVariant(*row)
            for row in (
                ("organisation", "nato", "Nato", "spelling"),
                ("organisation", "nato", "North Atlantic Treaty Organisation", "alias"),
                ("organisation", "pjc", "Permanent Joint Council", "alias"),
                ("person", "boris-yeltsin", "Boris Eltsin", "transliteration"),
                ("person", "george-robertson", "Lord Robertson", "peerage"),
                ("person", "igor-ivanov", "Игорь Иванов", "native"),
                ("place", "germany", "German", "demonym"),
                ("place", "russia", "Russian", "demonym"),
                ("place", "united-states", "U.S.", "abbreviation"),
                ("programme", "pfp", "Peace Partnership", "alias"),
            )
        ),
        organisations=(
            Organisation(
                "government-of-russia", "Government of Russia", "government", "Russia", None
            ),
            Organisation("government-of-us", "Government of the US", "government", None, None),
            Organisation("nato", "NATO", "alliance", None, "Q7184"),
            Organisation("nato-russia-council", "NATO-Russia Council", "council", None, None),
            Organisation("pjc", "NATO-Russia Permanent Joint Council", "council", None, None),
            Organisation("who", "WHO", "international", None, None),
        ),
        treaties=(
            Treaty("pfp", "Partnership for Peace", "programme", None),
            Treaty("start-ii", "START II", "treaty", None),
        ),
        places=(
            Place("brussels", "Brussels", "city", "Belgium", None, None, None, None),
            Place("germany", "Germany", "country", "Germany", None, None, None, None),
            Place(
                "kremlin", "Kremlin", "building", "Russia", None, None, "government-of-russia", None
            ),
            Place("moscow", "Moscow", "city", "Russia", None, None, "government-of-russia", None),
            Place(
                "russia", "Russia", "country", "Russia", None, None, "government-of-russia", None
            ),
            Place(
                "united-states", "United States", "country", "United States", None, None, None, None
            ),
            Place(
                "washington",
                "Washington",
                "city",
                "United States",
                None,
                None,
                "government-of-us",
                None,
            ),
        ),
    )


@pytest.fixture(scope="session")
def lexicon(authority: Authority) -> Lexicon:
    """The lexicon of the small tables."""
    return names.build(authority)
