"""Organisations, treaties and programmes of no table: told by the noun of their name.

A noun such as Institute or Treaty proves a name only together with words that say which one:
the name of a place or person, or words that are not those of every country's bodies. Initials
in brackets behind a name prove it too, and stand for it in the rest of the article.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from transforms.names.body_nouns import ADVISING, GENERIC, NOUNS, OF, OWN_NOUNS, WEAK_NOUNS
from transforms.names.hits import Hit
from transforms.names.runs import is_adverb
from transforms.names.spellings import plain
from transforms.names.vocabulary import NOT_A_NAME, QUALIFIERS, RANKS, ROLES
from transforms.words import HYPHENS, Words

LINKS = frozenset({" ", "\u00a0", "\n", " & ", *HYPHENS})
AND, ON = frozenset({"and"}), frozenset({"on"})
LONGEST = 12  # words
INITIALS = range(2, 9)  # letters of an acronym
# Titles, trades, days and the like stand before a name and are no part of it.
NO_PART = (NOT_A_NAME | RANKS | ROLES | QUALIFIERS) - GENERIC

Parts = Mapping[int, Hit]  # the hits of a text under each of their words


@dataclass(frozen=True, slots=True)
class Body:
    """Words `first` to `last` of a text that name a body; `acronym` stands for it elsewhere."""

    first: int
    last: int
    entity_type: str
    key: str
    method: str
    acronym: str | None


def find(words: Words, starts: Mapping[int, Hit]) -> list[Body]:
    """The bodies of a text from left to right, none overlapping another or a name known whole."""
    bodies: list[Body] = []
    nouns = [index for index in words.capital_at if words.keys[index] in NOUNS]
    if not nouns:
        return bodies
    parts = {i: hit for hit in starts.values() for i in range(hit.first, hit.last + 1)}
    free = 0
    for noun in nouns:
        if noun < free or noun in parts or (noun + 1 not in parts and _next(words, noun, parts)):
            continue
        body = _around(words, noun, parts, free)
        if body is not None:
            bodies.append(body)
            free = body.last + 1
    return bodies


def _around(words: Words, noun: int, parts: Parts, free: int) -> Body | None:
    """The body whose noun is this word, or None where nothing says which one it is."""
    first, last = _first(words, noun, parts, free), _last(words, noun, parts)
    initialled = _initialled(words, first, last)
    is_told = words.keys[noun] not in WEAK_NOUNS and last - first < LONGEST
    if initialled is not None:
        first = initialled
    elif not is_told or not _tells_which(words, first, noun, last, parts):
        return None
    return Body(
        first,
        last,
        NOUNS[words.keys[noun]],
        plain(" ".join(words.keys[first : last + 1])),
        "body:noun" if initialled is None else "body:initials",
        None if initialled is None else words.keys[last + 1],
    )


def _may_be_part(words: Words, index: int, parts: Parts) -> bool:
    """Whether the word can be one of a body's name."""
    hit = parts.get(index)
    if hit is not None:
        is_surname = hit.is_surname and bool(hit.of_type("person"))
        return is_surname or all(entry.entity_type == "place" for entry in hit.entries)
    key = words.keys[index]
    return words.capitals[index] and key not in NO_PART and not key[0].isdigit()


def _first(words: Words, noun: int, parts: Parts, free: int) -> int:
    first = noun
    while first > free and words.gap(first - 1) in LINKS and _may_be_part(words, first - 1, parts):
        hit = parts.get(first - 1)
        first = first - 1 if hit is None else hit.first
    return first + (first < noun and first not in parts and is_adverb(words, first))


def _next(words: Words, last: int, parts: Parts) -> int:
    """The last word of what the name goes on with behind this word; 0 where it ends."""
    index = last + 1
    if index == len(words) or words.gap(last) not in LINKS:
        return 0
    hit = parts.get(index)
    is_part = _may_be_part(words, index, parts)
    return (index if hit is None else hit.last) if is_part else 0


def _last(words: Words, noun: int, parts: Parts) -> int:
    """The last word of the name, where "of", "for" and the like lead on to what it is for."""
    last = noun
    at = _behind(words, noun, OF | ON if words.keys[noun] in ADVISING else OF)
    while at and (following := _next(words, at, parts)):
        last = following
        while following := _next(words, last, parts):
            last = following
        at = _goes_on(words, last, parts)
    return last


def _goes_on(words: Words, last: int, parts: Parts) -> int:
    """The "of" behind which a known name follows, or the "and" before one more common word."""
    of = _behind(words, last, OF)
    if of and of + 1 in parts:
        return of
    joint = _behind(words, last, AND)
    is_more = words.keys[joint + 1] in GENERIC - NOUNS.keys() and joint + 1 not in parts
    return joint if joint == last + 1 and is_more else 0


def _behind(words: Words, last: int, leads: frozenset[str]) -> int:
    """The word that leads on behind this one, with "the" behind it; 0 where none does."""
    if words.gap(last) != " " or last + 2 >= len(words) or words.keys[last + 1] not in leads:
        return 0
    return last + 2 if words.keys[last + 2] == "the" else last + 1


def _initialled(words: Words, first: int, last: int) -> int | None:
    """The first word of the name whose initials stand in brackets behind it."""
    at = last + 1
    if at == len(words) or words.gap(last) != " (":
        return None
    if not words.is_upper(at) or words.gap(at)[:1] != ")":
        return None
    if len(words.keys[at]) not in INITIALS:
        return None
    for start in range(max(first, at - LONGEST), last):
        named = range(start, last + 1)
        every = "".join(words.keys[i][0] for i in named)
        capital = "".join(words.keys[i][0] for i in named if words.capitals[i])
        if words.capitals[start] and words.keys[at] in (every, capital):
            return start
    return None


def _tells_which(words: Words, first: int, noun: int, last: int, parts: Parts) -> bool:
    others = [i for i in range(first, last + 1) if i != noun and words.capitals[i]]
    own = [i for i in others if i in parts or words.keys[i] not in GENERIC]
    if not own:
        return False
    return len(others) > 1 or words.keys[noun] in OWN_NOUNS or own[0] in parts
