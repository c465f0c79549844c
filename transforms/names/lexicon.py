"""The reference tables compiled for lookup: every printed variant as a path of folded words.

A look-up walks the words of a text down a tree, so its cost does not grow with the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from transforms import ids
from transforms.authority import Authority, NameVariant, OfficeSpell, Person
from transforms.names.spellings import both_sides, plain, spellings
from transforms.names.vocabulary import ROLES, SHORT_FORMS, SUFFIXES, TITLES
from transforms.words import GAP, WORD, key, word_set

Tree = dict[str, Any]  # word -> Tree, and LEAF -> what is called so
LEAF = ""
PHRASE_WORDS = 3
STATES = ("country", "former_country", "region")
GOVERNED_BY_NAME = ("country", "former_country")  # their names are not metonyms but themselves

# Nouns of a name's kind, often printed small though the name's own row has a capital.
KIND_NOUNS = word_set(
    "accord accords act agreement airport charter convention declaration memorandum pact plan "
    "process program programme protocol resolution summit treaty"
)
# "Presidents Clinton and Yeltsin"
PLURALS = {f"{one}s": one for one in ("president", "minister", "chancellor", "premier")}
# A nickname is not a way to spell a surname.
SURNAME_KINDS = ("alias", "transliteration", "spelling", "native", "former_name")


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to print one entity: its form, and which words must keep their capital."""

    entity_type: str
    entity_key: str
    form: str  # full_name | reversed | alias | surname | exact | demonym
    capitals: tuple[bool, ...]
    is_acronym: bool = False
    is_damaged: bool = False

    @property
    def is_phrase(self) -> bool:
        """Whether it is a treaty's name too long to be printed small by accident."""
        return self.entity_type in ("treaty", "programme") and len(self.capitals) >= PHRASE_WORDS


@dataclass(frozen=True, slots=True, repr=False)
class Lexicon:
    """All names and offices of the reference tables, ready to be looked up."""

    names: Tree = field(default_factory=dict)
    small_starts: frozenset[str] = frozenset()  # first words of names that may be printed small
    offices: Tree = field(default_factory=dict)
    offices_backwards: Tree = field(default_factory=dict)
    title_ends: frozenset[str] = frozenset()  # last words of offices, titles and trades
    people: Mapping[str, Person] = field(default_factory=dict)
    spells: Mapping[str, tuple[OfficeSpell, ...]] = field(default_factory=dict)
    by_office: Mapping[str, tuple[OfficeSpell, ...]] = field(default_factory=dict)
    given_names: frozenset[str] = frozenset()
    genders: Mapping[str, str] = field(default_factory=dict)  # given name -> gender
    people_genders: Mapping[str, str] = field(default_factory=dict)  # entity -> gender
    surnames: frozenset[str] = frozenset()
    common_surnames: frozenset[str] = frozenset()  # those that many people bear
    governments: Mapping[str, str] = field(default_factory=dict)  # metonym place -> government
    countries: Mapping[str, str] = field(default_factory=dict)  # place or organisation -> country
    states: frozenset[str] = frozenset()  # places that tell where another place is
    damaged_keys: frozenset[str] = frozenset()


def build(authority: Authority) -> Lexicon:
    """The lexicon of these tables; a tenth of a second for some thousand names."""
    names: Tree = {}
    small_starts: set[str] = set()
    for words, entry in _variants(authority):
        for path, is_damaged in spellings(words):
            _plant(names, path, _fitted(entry, words, path, is_damaged))
            if entry.is_phrase or not entry.capitals[0]:
                small_starts.add(path[0])
    forward, backwards = _offices(authority)
    given = {word for person in authority.people for word in key(_given(person))[:1]}
    given.update(SHORT_FORMS)
    given.update(word for row in authority.given_names for word in key(row.given_name)[:1])
    return Lexicon(
        names=names,
        small_starts=frozenset(small_starts),
        offices=forward,
        offices_backwards=backwards,
        title_ends=TITLES | ROLES | PLURALS.keys() | backwards.keys(),
        people={person.person_id: person for person in authority.people},
        spells=_grouped((spell.person_id, spell) for spell in authority.offices),
        by_office=_grouped((spell.office, spell) for spell in authority.offices),
        genders={
            plain(word): row.gender
            for row in authority.given_names
            if row.gender
            for word in key(row.given_name)[:1]
        },
        people_genders={
            ids.entity_id("person", person.person_id): person.gender
            for person in authority.people
            if person.gender
        },
        given_names=frozenset(plain(word) for word in given if len(word) > 1),
        surnames=frozenset(plain(key(person.surname)[-1]) for person in authority.people),
        common_surnames=frozenset(plain(" ".join(key(s.surname))) for s in authority.surnames),
        governments=_governments(authority),
        countries=_countries(authority),
        states=frozenset(p.place_id for p in authority.places if p.place_type in STATES),
        damaged_keys=frozenset(_damaged_keys(names)),
    )


def held_office(spell: OfficeSpell, office: str | None, holder: str | None) -> bool:
    """Whether the spell is one of this office, of this country or organisation where known."""
    if office is not None and spell.office != office:
        return False
    return holder is None or holder in (spell.organisation_id, spell.country)


def _grouped(pairs: Iterable[tuple[str, OfficeSpell]]) -> dict[str, tuple[OfficeSpell, ...]]:
    groups: dict[str, list[OfficeSpell]] = {}
    for group, spell in pairs:
        groups.setdefault(group, []).append(spell)
    return {group: tuple(spells) for group, spells in groups.items()}


def _variants(authority: Authority) -> Iterator[tuple[tuple[str, ...], Entry]]:
    people = {person.person_id: person for person in authority.people}
    for person in authority.people:
        yield from _person(person)
    for row in authority.names:
        if row.entity_type == "person" and row.entity_key in people:
            yield from _person_alias(row, people[row.entity_key])
        elif row.entity_type != "person":
            form = "demonym" if row.kind == "demonym" else "exact"
            yield _variant(row.entity_type, row.entity_key, row.surface, form)
    for organisation in authority.organisations:
        yield _variant("organisation", organisation.organisation_id, organisation.name, "exact")
    for place in authority.places:
        yield _variant("place", place.place_id, place.name, "exact")
    yield from _treaties(authority)


def _treaties(authority: Authority) -> Iterator[tuple[tuple[str, ...], Entry]]:
    types = {t.treaty_id: _treaty_type(t.treaty_type) for t in authority.treaties}
    surfaces = [(t.treaty_id, t.name) for t in authority.treaties]
    surfaces += [(n.entity_key, n.surface) for n in authority.names if n.entity_key in types]
    for treaty_id, surface in surfaces:
        yield _variant(types[treaty_id], treaty_id, surface, "exact")
        # "START II" is printed as "START II Treaty" too; a name with its kind in it is not.
        if types[treaty_id] == "treaty" and not KIND_NOUNS & set(key(surface)):
            yield _variant("treaty", treaty_id, f"{surface} Treaty", "exact")


def _treaty_type(treaty_type: str) -> str:
    return "programme" if treaty_type == "programme" else "treaty"


def _person(person: Person) -> Iterator[tuple[tuple[str, ...], Entry]]:
    surname, given = person.surname, _given(person)
    first = given.split(" ")[0]
    for surface in dict.fromkeys((person.name, f"{given} {surname}", f"{first} {surname}")):
        yield _variant("person", person.person_id, surface.strip(), "full_name")
    yield _variant("person", person.person_id, f"{surname} {first}", "reversed")
    yield _variant("person", person.person_id, surname, "surname")


def _person_alias(row: NameVariant, person: Person) -> Iterator[tuple[tuple[str, ...], Entry]]:
    words, surname = key(row.surface), key(person.surname)
    if words[1:] == key(person.name)[: max(2, len(words) - 1)]:
        return  # the name behind a title ("Pope John Paul"), which is read as one
    if len(words) <= len(surname) and row.kind in SURNAME_KINDS:
        yield _variant("person", person.person_id, row.surface, "surname")
        return
    yield _variant("person", person.person_id, row.surface, "alias")
    printed = WORD.findall(row.surface)[-len(surname) :]
    # "Kim Jong Il" and "George Bush Senior" print the surname, if not at their end.
    is_other = not set(surname) & set(words) and words[-1] not in SUFFIXES
    if row.kind in SURNAME_KINDS and is_other and len(words) > 1:
        yield _variant("person", person.person_id, " ".join(printed), "surname")


def _given(person: Person) -> str:
    return person.given_names or person.name.removesuffix(person.surname).strip()


def _variant(
    entity_type: str, entity_key: str, surface: str, form: str
) -> tuple[tuple[str, ...], Entry]:
    printed = WORD.findall(surface)
    # A kind noun that opens the name keeps its capital, or "resolution" alone would be a name.
    capitals = tuple(
        not word[0].islower() and (not n or word.casefold() not in KIND_NOUNS)
        for n, word in enumerate(printed)
    )
    is_acronym = len(printed) == 1 and surface.isupper() and len(surface) > 1
    return key(surface), Entry(entity_type, entity_key, form, capitals, is_acronym)


def _fitted(entry: Entry, words: tuple[str, ...], path: tuple[str, ...], is_damaged: bool) -> Entry:
    capitals = entry.capitals
    if len(path) != len(words):  # "Co-operation" for "Cooperation": only the first is sure
        capitals = (capitals[0], *[False] * (len(path) - 1))
    if capitals == entry.capitals and not is_damaged:
        return entry
    return Entry(
        entry.entity_type, entry.entity_key, entry.form, capitals, entry.is_acronym, is_damaged
    )


def _plant(tree: Tree, path: Iterable[str], leaf: Any) -> None:
    for word in path:
        tree = tree.setdefault(word, {})
    # A tuple, since two people may share a name; the first form given is the strongest.
    known = tree.get(LEAF, ())
    if not any(_same(leaf, other) for other in known):
        tree[LEAF] = (*known, leaf)


def _same(leaf: Any, other: Any) -> bool:
    if not isinstance(leaf, Entry):
        return bool(leaf == other)
    # An acronym and the same word as a name ("NATO", "Nato") are two ways to print it.
    return (leaf.entity_type, leaf.entity_key, leaf.is_acronym) == (
        other.entity_type,
        other.entity_key,
        other.is_acronym,
    )


def _offices(authority: Authority) -> tuple[Tree, Tree]:
    forward: Tree = {}
    backwards: Tree = {}
    printed = [(row.office, row.surface) for row in authority.office_names]
    printed += [(spell.office, spell.office) for spell in authority.offices]
    for office, surface in dict.fromkeys(printed):
        words = key(surface)
        for path in (words, *both_sides(words)):
            _plant(forward, path, office)
            _plant(backwards, path[::-1], office)
    return forward, backwards


def _governments(authority: Authority) -> dict[str, str]:
    return {
        place.place_id: place.government_id
        for place in authority.places
        if place.government_id and place.place_type not in GOVERNED_BY_NAME
    }


def _countries(authority: Authority) -> dict[str, str]:
    countries = {
        o.organisation_id: o.country for o in authority.organisations if o.country is not None
    }
    countries.update({p.place_id: p.country for p in authority.places if p.country is not None})
    return countries


def _damaged_keys(names: Tree) -> Iterator[str]:
    pending = [names]
    while pending:
        tree = pending.pop()
        for word, below in tree.items():
            if word == LEAF:
                continue
            if GAP in word:
                yield word
            pending.append(below)
