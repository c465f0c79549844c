"""Places that are called like one of the reference tables: "Moscow, Idaho", Georgia the state.

A state printed behind the name says where the place lies, and the article means that place where
it prints the name again alone. A state that is called like a country is told by its politics and
its neighbours on one side, by the people and places of the country on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.names.hits import Hit, by_first, by_last
from transforms.names.lexicon import Lexicon
from transforms.names.localities import Locality
from transforms.names.readings import Reading
from transforms.words import word_set

STATES = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia "
    "Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts "
    "Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon "
    "Pennsylvania Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming"
).split()
TWO_WORDS = (
    "New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Rhode Island|"
    "South Carolina|South Dakota|West Virginia|Ontario"
)
SHORT = (
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb "
    "Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo"
).split()
BEHIND = re.compile(
    rf", (?:(?P<long>{'|'.join(STATES)}|{TWO_WORDS})\b|(?P<short>(?:{'|'.join(SHORT)})\.|"
    r"[A-Z]\.[A-Z]\.))"
)
COUNTRY = "United States"
IS_STATE = frozenset(state.casefold() for state in STATES)
# Words of American politics and life right around the name of a state.
POLITICS = word_set(
    "assembly attorney congressman congresswoman democrat democratic democrats governor gov high "
    "legislature lawmakers legislator mayor primary rep representative republican republicans sen "
    "senator state statehouse supreme tech university voter voters"
)
WINDOW = 6
ENOUGH = 2  # towns in a state of the name tell it; one town may be the country's
METHOD = "place:surroundings"


def told(readings: Sequence[Reading], lexicon: Lexicon) -> list[Reading]:
    """The readings, where places of the tables give way to those of the same name elsewhere."""
    elsewhere = dict(_elsewhere(readings, lexicon))
    for name in _state_names(readings):
        if name not in elsewhere and _is_state(name, readings, lexicon):
            elsewhere[name] = COUNTRY.casefold()
    if not elsewhere:
        return list(readings)
    return [_moved(reading, elsewhere) for reading in readings]


def _elsewhere(readings: Sequence[Reading], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The names of places that the article places in a state, with the state."""
    for reading in readings:
        for hit in reading.hits:
            places = hit.of_type("place")
            if not places or hit.last != hit.first:
                continue
            match = BEHIND.match(reading.words.text, reading.words.ends[hit.last])
            if match and all(lexicon.countries.get(p, p) != COUNTRY for p in places):
                yield reading.words.keys[hit.first], (match["long"] or match["short"]).casefold()


def _state_names(readings: Sequence[Reading]) -> set[str]:
    """The names of countries in the article that are names of states too."""
    return {
        reading.words.keys[hit.first]
        for reading in readings
        for hit in reading.hits
        if hit.first == hit.last and reading.words.keys[hit.first] in IS_STATE
        if hit.of_type("place") and not hit.is_demonym
    }


def _is_state(name: str, readings: Sequence[Reading], lexicon: Lexicon) -> bool:
    """Whether politics, towns or other states tell the state, and nothing the country."""
    if any(_is_of_country(name, reading, lexicon) for reading in readings):
        return False
    told = sum(
        words_at == f", {name}"
        for reading in readings
        for place in reading.localities
        for words_at in [
            reading.words.text[reading.words.ends[place.last] :][: len(name) + 2].casefold()
        ]
    )
    for reading in readings:
        words = reading.words
        for index in words.capital_at:
            key = words.keys[index]
            if key == name:
                around = words.keys[max(0, index - WINDOW) : index + WINDOW]
                told += ENOUGH * (not POLITICS.isdisjoint(around))
            elif key in IS_STATE:
                told += ENOUGH
    return told >= ENOUGH


def _is_of_country(name: str, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether the passage names a people, place, body or office holder of the country."""
    for hit in reading.hits:
        printed = reading.words.keys[hit.first]
        if hit.is_demonym and printed.startswith(name):
            return True
        keys = (*hit.of_type("place"), *hit.of_type("organisation"))
        lying = {lexicon.countries.get(key, key).casefold() for key in keys}
        people = () if hit.is_surname else hit.of_type("person")
        served = {(s.country or "").casefold() for k in people for s in lexicon.spells.get(k, ())}
        if printed != name and name in lying | served:
            return True
    return False


def _moved(reading: Reading, elsewhere: dict[str, str]) -> Reading:
    """The reading, with these places as places of no table."""
    words = reading.words
    fallen = [
        hit
        for hit in reading.hits
        if hit.first == hit.last and words.keys[hit.first] in elsewhere and _is_place(hit)
    ]
    if not fallen:
        return reading
    known = {place.first for place in reading.localities}
    places = [
        Locality(hit.first, hit.last, f"{key}, {elsewhere[key]}", COUNTRY)
        for hit in fallen
        for key in [words.keys[hit.first]]
        if hit.first not in known
    ]
    hits = [hit for hit in reading.hits if hit not in fallen]
    return replace(
        reading,
        hits=tuple(hits),
        localities=(*reading.localities, *places),
        starts=by_first(hits),
        ends=by_last(hits),
    )


def _is_place(hit: Hit) -> bool:
    return bool(hit.of_type("place")) and not hit.is_demonym
