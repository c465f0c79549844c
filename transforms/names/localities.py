"""Places of no table: told by the country or region printed behind them, or by a dateline.

"in Karsk, Ukraine" and "KARSK, Ukraine (AP) --" name a place whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.names.bodies import NO_PART
from transforms.names.body_nouns import GENERIC
from transforms.names.hits import Hit
from transforms.names.lexicon import Lexicon
from transforms.names.spellings import plain
from transforms.words import Words, word_set

WHERE = word_set("around at from in near of outside to")
MOST_WORDS = 3
# The agency and the dash of a dateline: "KARSK (AP) --".
AGENCY = re.compile(r" \([A-Z][\w /]*\) ?(?:--|[\u2013\u2014-])\s")


@dataclass(frozen=True, slots=True)
class Locality:
    """Words `first` to `last` of a text that name a place, and the country it lies in."""

    first: int
    last: int
    key: str
    country: str | None


def find(words: Words, starts: Mapping[int, Hit], lexicon: Lexicon) -> list[Locality]:
    """The places of a text that only their surroundings tell."""
    states = [(hit.first, key) for hit in starts.values() for key in _states(words, hit, lexicon)]
    may_open = bool(words.capital_at) and words.is_upper(0)
    if not states and not may_open:
        return []
    taken = {i for hit in starts.values() for i in range(hit.first, hit.last + 1)}
    found = [
        Locality(
            first, at - 1, f"{_key(words, first, at - 1)} {state}", lexicon.countries.get(state)
        )
        for at, state in states
        for first in [_first(words, at - 1, taken)]
        if first < at and _is_where(words, first, at - 1)
    ]
    return found or (_of_dateline(words, taken) if may_open else [])


def _states(words: Words, hit: Hit, lexicon: Lexicon) -> Sequence[str]:
    """The country or region that the hit names behind a comma; no or one key."""
    if words.before(hit.first) != ", ":
        return ()
    return [key for key in hit.of_type("place") if key in lexicon.states][:1]


def _of_dateline(words: Words, taken: set[int]) -> list[Locality]:
    """The place in capitals at the head of a story, with the agency behind it."""
    last = -1
    while last + 1 < min(len(words), MOST_WORDS) and words.is_upper(last + 1):
        last += 1
        if AGENCY.match(words.text, words.ends[last]):
            is_free = not words.lead and taken.isdisjoint(range(last + 1))
            return [Locality(0, last, _key(words, 0, last), None)] if is_free else []
        if words.gap(last) != " ":
            break
    return []


def _key(words: Words, first: int, last: int) -> str:
    return plain(" ".join(words.keys[first : last + 1]))


def _first(words: Words, last: int, taken: set[int]) -> int:
    """The first word of the name that ends with this one; the word behind it where none does."""
    first = last + 1
    while first and last - first + 1 < MOST_WORDS and _is_free(words, first - 1, taken):
        first -= 1
        if words.before(first) not in (" ", "-"):
            break
    return first


def _is_free(words: Words, index: int, taken: set[int]) -> bool:
    key = words.keys[index]
    is_name = words.capitals[index] and key not in NO_PART | GENERIC and not key[0].isdigit()
    return is_name and index not in taken


def _is_where(words: Words, first: int, last: int) -> bool:
    if first == 0:
        return not words.lead and words.is_upper(last)
    return words.keys[first - 1] in WHERE and words.before(first) == " "
