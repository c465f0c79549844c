"""Runs of capitalised words that may be a person's name, titles and circumstance cut off."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.names.hits import ORDINARY, Hit
from transforms.names.lexicon import Lexicon
from transforms.names.offices import forward
from transforms.names.spellings import plain
from transforms.names.vocabulary import (
    AT,
    BEARERS,
    NOT_A_NAME,
    NOT_A_PERSON,
    PARTICLES,
    QUALIFIERS,
    ROLES,
    STANDING,
    SURNAMES_TOO,
)
from transforms.words import APOSTROPHES, HYPHENS, Words

# Around a nickname set into a name: 'Luis "Jerry" Ortiz', "Luis (Jerry) Ortiz".
NICKNAME_OPENS = frozenset({' "', " '", " (", " “", " ‘"})
NICKNAME_CLOSES = frozenset({'" ', "' ", ") ", "” ", "’ "})
# Ends of nouns for people and of participles: such a word can stand before a name.
NOUN_ENDS = ("man", "men", "woman", "er", "ers", "or", "ist", "ian", "ant", "ed", "ing")
PLAIN_WORDS = frozenset(word for word in NOT_A_NAME if len(word) > 1)  # "A." is an initial
OPENING_ENDS = ("ly", "ing", "ed", "wards", "ward", "times")


def capitalised(words: Words, starts: Mapping[int, Hit], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Runs of capitalised words that no certain name covers, without titles at their head."""
    runs, free, count = [], 0, len(words)
    for first in sorted({*words.capital_at, *starts}):
        if first < free or (words.keys[first] in PLAIN_WORDS and first not in starts):
            continue
        step = _step(words, first, starts)
        if step == 0:
            free = starts[first].last + 1 if first in starts else first + 1
            continue
        free = first + step
        while free < count and _goes_on(words, first, free - 1):
            step = _step(words, free, starts) or _particle(words, free, starts)
            if step == 0 and not _is_surname_too(words, first, free, starts, lexicon):
                break
            step = step or 1
            free += step
        begin = _past_titles(words, first, free - 1, lexicon)
        if begin < free:
            runs.append((begin, free - 1))
    return runs


def _goes_on(words: Words, first: int, index: int) -> bool:
    gap = words.gap(index)
    if gap in APOSTROPHES:  # "O'Brien", and not "Smith's"
        return len(words.keys[index]) == 1 and words.is_capital(index)
    if gap in NICKNAME_OPENS:
        is_closed = index + 2 < len(words) and words.gap(index + 1) in NICKNAME_CLOSES
        return is_closed and words.is_capital(index + 2)
    if gap in NICKNAME_CLOSES:
        return index > first and words.before(index) in NICKNAME_OPENS
    return words.joins(index) and (gap in (" ", "\u00a0", "\n", ". ", ".") or gap in HYPHENS)


def _step(words: Words, index: int, starts: Mapping[int, Hit]) -> int:
    """How many words the run takes here: one, a bare surname's, or none."""
    hit = starts.get(index)
    if hit is not None and not (hit.is_surname and hit.of_type("person")):
        return 0
    if hit is not None:
        return hit.last - hit.first + 1
    is_name = words.capitals[index] and (
        words.keys[index] not in NOT_A_NAME or (words.is_initial(index) and words.joins(index))
    )
    return int(is_name and not words.text[words.starts[index]].isdigit())


def _is_surname_too(
    words: Words, first: int, index: int, starts: Mapping[int, Hit], lexicon: Lexicon
) -> bool:
    """Whether the name of a place is a surname here, behind a given name: "Jack London"."""
    hit = starts.get(index)
    if hit is None or hit.last > index or words.before(index) != " ":
        return False
    is_place = all(e.entity_type == "place" and e.form != "demonym" for e in hit.entries)
    return is_place and not words.is_upper(index) and is_given(words, first, lexicon)


def _particle(words: Words, index: int, starts: Mapping[int, Hit]) -> int:
    if index in starts or words.keys[index] not in PARTICLES:
        return 0
    # "van der Sar": the second particle may be printed small too.
    following = words.keys[index + 1 : index + 2]
    is_inside = bool(following) and words.joins(index)
    is_next = is_inside and (words.is_capital(index + 1) or following[0] in PARTICLES)
    return int(is_next)


def _past_titles(words: Words, first: int, last: int, lexicon: Lexicon) -> int:
    """The first word behind titles, trades and offices; past the last where nothing is left."""
    while first <= last:
        office = forward(words, first, lexicon.offices)
        if office is not None:
            first = office[0] + 1
        elif _is_standing(words.keys[first]) or words.keys[first] in QUALIFIERS:
            first += 1
        elif words.before(first) in NICKNAME_OPENS and words.gap(first) in NICKNAME_CLOSES:
            first += 1  # "Captain (N) Lars Berg"
        else:
            break
    return first if last - first < 2 else _past_circumstance(words, first, last, lexicon)


def _is_standing(key: str) -> bool:
    return key in STANDING or (key[-1] == "s" and key[:-1] in ROLES)


def _past_circumstance(words: Words, first: int, last: int, lexicon: Lexicon) -> int:
    """The first word of the name itself: "District Court Judge Ann Berg", "Climber Ann Berg"."""
    if is_given(words, first, lexicon):
        return first
    for index in range(last - 1, first - 1, -1):
        if _is_standing(words.keys[index]):
            return index + 1
    for index in range(first + 1, last):
        # "the Angels GM Ann Berg"
        if words.is_upper(index - 1) and is_given(words, index, lexicon):
            return index if not words.is_upper(last) else first
    # "the Secretary of the Interior Ann Berg", "Secretary of Commerce Ann Berg"
    before = words.keys[max(0, first - 2) : first]
    is_office = before == ("of", "the") or (before[1:] == ("of",) and before[0] in ROLES)
    is_noun = words.opens_sentence(first) and words.keys[first].endswith(NOUN_ENDS)
    if (is_office or is_noun) and is_given(words, first + 1, lexicon):
        return first + 1
    is_loud = words.is_upper(first) and not words.is_upper(last)
    return first + 1 if is_loud and words.keys[first] not in NOT_A_PERSON else first


def is_thing(words: Words, first: int, last: int, lexicon: Lexicon) -> bool:
    run = words.keys[first : last + 1]
    if NOT_A_PERSON.isdisjoint(run) or not BEARERS.isdisjoint(run):
        return False
    if not is_given(words, first, lexicon) or last != first + 1:
        return True
    is_place = bool(first) and words.keys[first - 1] in AT
    return is_place or run[1] not in SURNAMES_TOO


def is_given(words: Words, index: int, lexicon: Lexicon) -> bool:
    """Whether the word is a given name, and no word that opens a sentence."""
    key = words.keys[index]
    if (key if key.isascii() else plain(key)) not in lexicon.given_names:
        return False
    return key not in ORDINARY or not words.opens_sentence(index)


def is_adverb(words: Words, index: int) -> bool:
    """Whether the word can owe its capital to the sentence it opens: "Afterwards Smith"."""
    return words.opens_sentence(index) and words.keys[index].endswith(OPENING_ENDS)


def before_bearer(words: Words, first: int, last: int) -> int:
    while last >= first and words.keys[last] in BEARERS:
        last -= 2 if words.keys[last] == "house" else 1
    return last
