"""Named people of ECB+: which of its annotated participants count, and how they are compared.

The column `people` lists every human participant of some sentences of a report as (chain,
surface): people, groups, organisations, teams, even states. What counts here is told by rule,
so that nobody's taste is measured:

1. A name token is a word with a capital that is no pronoun, no title and no people's name ("She",
   "Attorney", "Briton").
2. A surface is a named mention if it has a name token that is no common word: one that the
   collection prints small more often than with a capital inside a sentence ("Woman", "Crooks").
3. A chain is a named person if one of its surfaces has two name tokens or more (a full name),
   and none has a word of `NO_PERSON` or is an acronym: organisations, teams, ships, places. A
   chain that only prints single words ("Lionsgate", "Portia") cannot be told from an
   organisation and is left out.
4. Surfaces are compared by their name tokens: case, possessive, titles, marks and what is
   printed around the name ("attorney, Shawn Holley", "Kirkpatrick, 61") do not matter.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tests.benchmarks import ecbplus

TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{2,})*")
POSSESSIVE = re.compile(r"['’]s?$")
ACRONYM_LETTERS = 4
PRONOUNS = frozenset(
    "i im id ive you we weve well he hed hes she shes they her his him them it us our who someone "
    "everyone one two three ten".split()
)
PEOPLES = frozenset("american australian briton british greek indian ukrainian zealander".split())
TITLES = frozenset(
    "actor actress agent attorney champion coach deputy detective director driver filmmaker "
    "gov governor host inmate judge lawyer manager mr mrs ms officer president prime minister "
    "secretary sen senator sergeant sgt star suspect swimmer stepmom jr jnr sr rb ceo".split()
)
NO_PERSON = frozenset(
    "academy access administration all angels arts associated association bible blazers "
    "boston bush's center chicago church commission command commandos conference council county "
    "creamery crews crimes daily department devon entertainment fire fish forces france geological "
    "gang group herald hollywood house indian ins institute interior jury limited los ltd "
    "magazine majlis mejlis media motion nations nationals naval navy network news "
    "office oregon parliament party philadelphia philly pictures police post programme region "
    "reporter rescue saints section service sixers society somerset sox state states station "
    "staunton studios summit surrey survey team television texas times trailblazers turkmen "
    "turkmenistan tv union united university us washington weekly western workers york".split()
)


@dataclass(frozen=True, slots=True)
class Gold:
    """One named mention of a person, as annotated: its report, its chain, its name tokens."""

    report_id: str
    event: str
    chain: str
    name: tuple[str, ...]


def gold() -> list[Gold]:
    """The named mentions of people in the development topics of ECB+, in order."""
    rows = _rows()
    surfaces: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for chain, surface in row["people"]:
            surfaces[chain].append(surface)
    people = {chain for chain, printed in surfaces.items() if is_person(printed)}
    return [
        Gold(row["doc_id"], row["event"], chain, name_of(surface))
        for row in rows
        for chain, surface in row["people"]
        if chain in people and name_of(surface)
    ]


def is_person(surfaces: Sequence[str]) -> bool:
    """Whether the chain of these surfaces is a named person's."""
    named = [name_of(surface) for surface in surfaces]
    if any(NO_PERSON & set(name) for name in named) or any(map(_is_acronym, surfaces)):
        return False
    return any(len(name) > 1 for name in named)


def name_of(surface: str) -> tuple[str, ...]:
    """The name tokens of a surface, folded; empty where it names nobody."""
    folded = [
        token.replace("'", "").replace("’", "").casefold()
        for token in _tokens(surface)
        if not token[0].islower()
    ]
    name = tuple(token for token in folded if token not in PRONOUNS | TITLES | PEOPLES)
    return () if all(map(_is_common, name)) else name


def _tokens(surface: str) -> list[str]:
    return [POSSESSIVE.sub("", token) for token in TOKEN.findall(surface)]


def _is_acronym(surface: str) -> bool:
    word = POSSESSIVE.sub("", surface)
    return 1 < len(word) <= ACRONYM_LETTERS and word.isupper() and bool(name_of(word))


def _is_common(token: str) -> bool:
    small, capital = _case_counts()
    return small[token] > capital[token]


@cache
def _case_counts() -> tuple[Counter[str], Counter[str]]:
    """How often each word is printed small, and with a capital inside a sentence."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for row in _rows():
        for sentence in row["sentences"]:
            for place, token in enumerate(TOKEN.findall(sentence)):
                if token[0].islower():
                    small[token] += 1
                elif place and not token.isupper():
                    capital[token.casefold()] += 1
    return small, capital


@cache
def _rows() -> tuple[Mapping[str, list], ...]:  # type: ignore[type-arg]
    return tuple(json.loads(line) for line in ecbplus.ECB_PLUS.read_text("utf-8").splitlines())


def matched(
    mentions: Iterable[Gold], found: Mapping[str, Sequence[tuple[str, str | None]]]
) -> list[str | None]:
    """For each annotated mention the entity found for it; "" where found and left open.

    `found` lists by report the surfaces found and their entities. The annotation gives no
    places: as many mentions of one name in one report can be matched as were found there.
    """
    left: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for report_id, surfaces in found.items():
        for surface, entity_id in surfaces:
            left[report_id, name_of(surface)].append(entity_id or "")
    return [
        left[m.report_id, m.name].pop(0) if left[m.report_id, m.name] else None for m in mentions
    ]
