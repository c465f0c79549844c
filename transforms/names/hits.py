"""Names of the reference tables in one text, longest first, with no reading of their context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import gt

from transforms.names.lexicon import LEAF, Entry, Lexicon, Tree
from transforms.words import DOTTED, Words, word_set

MIDDLE_COUNT = 2  # "William Jefferson B. Clinton" is the longest run of middle names met
PATRONYMIC_ENDS = ("vich", "ovna", "evna", "ichna", "yevich", "ich")
ACRONYM_LETTERS = 4  # from here an acronym is also printed as a word: "Nato", not "Us"
# English words that are names or acronyms too: a capital at the head of a sentence or a line
# in capitals proves nothing.
ORDINARY = word_set(
    "act aid aids arms baker ball banks bell berry best bird bishop black bond brown bush butler "
    "carpenter carter cash chance church clay coats cole cook cooper crane cross day dean drew "
    "east field fisher flood ford fort fox free frost gates general good grant grass gray green "
    "grey guest hall hand hardy hill hope house hunt hunter in it keen king lamb law lee little "
    "long love low major march marks marshal marshall may memorial miller mills molotov moody "
    "moore more north page park parks perry pope potter power price prince read reed rich rose "
    "sharp shepherd short small smart smith snow sort south speaker speed start steel stern stone "
    "straw strong swift taylor turner unity us walker wall ward waters weaver weber wells west "
    "white who will wise wolf young"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first` to `last` of a text that are printed as these entries are."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    form: str

    def of_type(self, entity_type: str) -> tuple[str, ...]:
        """The keys of its entries of that type, in order; demonyms are no names."""
        if len(self.entries) == 1:
            entry = self.entries[0]
            is_such = entry.entity_type == entity_type and entry.form != "demonym"
            return (entry.entity_key,) if is_such else ()
        keys = {
            e.entity_key
            for e in self.entries
            if e.entity_type == entity_type and e.form != "demonym"
        }
        return tuple(sorted(keys))

    @property
    def is_surname(self) -> bool:
        """Whether only a surname is printed."""
        return self.form == "surname"

    @property
    def is_demonym(self) -> bool:
        """Whether it is no name but the adjective of one."""
        return self.form == "demonym"


def scan(words: Words, lexicon: Lexicon) -> list[Hit]:
    """The hits of a text from left to right, the longest at each place, none overlapping."""
    found: list[Hit] = []
    free = 0
    for index in _candidates(words, lexicon):
        if index < free:
            continue
        hit = _at(words, index, lexicon.names.get(words.keys[index]), lexicon)
        if hit is not None:
            found.append(hit)
            free = hit.last + 1
    return found


def _candidates(words: Words, lexicon: Lexicon) -> Sequence[int]:
    """The words that may open a name: capitals of a known one or initials, and the few others."""
    names, keys = lexicon.names, words.keys
    capital = [i for i in words.capital_at if keys[i] in names or len(keys[i]) == 1]
    small = compress(count(), map(lexicon.small_starts.__contains__, keys))
    going_on = [
        i for i in small if not names[keys[i]].keys().isdisjoint((LEAF, *keys[i + 1 : i + 2]))
    ]
    return sorted({*capital, *going_on})


def by_first(hits: Sequence[Hit]) -> dict[int, Hit]:
    """The hits under the index of their first word."""
    return {hit.first: hit for hit in hits}


def by_last(hits: Sequence[Hit]) -> dict[int, Hit]:
    """The hits under the index of their last word."""
    return {hit.last: hit for hit in hits}


def _at(words: Words, index: int, below: Tree | None, lexicon: Lexicon) -> Hit | None:
    hit = _longest(words, index, index, below) if below is not None else None
    if hit is not None and hit.last > index:
        return hit
    if not words.is_capital(index):
        return hit
    if below is not None:
        hit = _with_middle(words, index, below) or hit
    if words.is_initial(index):
        hit = _with_initials(words, index, lexicon) or hit
    return hit


def _longest(words: Words, first: int, index: int, below: Tree | None) -> Hit | None:
    """The longest name whose path goes on from word `index` with this tree already entered."""
    best = None
    keys = words.keys
    while below is not None:
        if LEAF in below:
            entries = tuple([e for e in below[LEAF] if _fits(e, words, index)])
            if entries:
                best = Hit(first, index, entries, _form(entries))
        if not words.joins(index):
            break
        index += 1
        below = below.get(keys[index])
    return best


def _fits(entry: Entry, words: Words, last: int) -> bool:
    first = last + 1 - len(entry.capitals)
    if entry.is_acronym:
        return _fits_acronym(words, first)
    if entry.is_phrase:
        return True
    printed = words.capitals[first : last + 1]
    if printed == entry.capitals:
        return True
    return not any(map(gt, entry.capitals, printed))  # needed and not printed


def _fits_acronym(words: Words, index: int) -> bool:
    key = words.keys[index]
    if words.is_upper(index):
        return key not in ORDINARY or not words.text.isupper()
    is_word = len(key) >= ACRONYM_LETTERS and key not in ORDINARY
    return is_word and words.is_capital(index)


def _form(entries: Sequence[Entry]) -> str:
    if len(entries) == 1:
        return entries[0].form
    forms = {entry.form for entry in entries}
    for form in ("full_name", "alias", "exact", "reversed", "surname", "demonym"):
        if form in forms:
            return form
    raise ValueError(f"unknown forms {sorted(forms)}")


def _with_middle(words: Words, first: int, below: Tree) -> Hit | None:
    """A full name with initials or a patronymic between the given name and the surname."""
    index = first
    for _ in range(MIDDLE_COUNT):
        if not words.joins(index) or not _is_middle(words, index + 1):
            return None
        index += 1
        if not words.joins(index):
            return None
        hit = _longest(words, first, index + 1, below.get(words.keys[index + 1]))
        if hit is not None and hit.of_type("person"):
            entries = tuple(e for e in hit.entries if e.form == "full_name")
            return Hit(first, hit.last, entries, "full_name") if entries else None
    return None


def _is_middle(words: Words, index: int) -> bool:
    if words.is_initial(index):
        return True
    return words.is_capital(index) and words.keys[index].endswith(PATRONYMIC_ENDS)


def _with_initials(words: Words, first: int, lexicon: Lexicon) -> Hit | None:
    """Initials and a surname, where the first initial is that of a person so called."""
    index = first
    most = first + MIDDLE_COUNT + 2
    while index < most and words.is_initial(index) and words.gap(index) in DOTTED:
        if not words.joins(index):
            break
        index += 1
    if not first < index <= first + MIDDLE_COUNT + 1 or _is_behind_given(words, first, lexicon):
        return None
    hit = _longest(words, first, index, lexicon.names.get(words.keys[index]))
    if hit is None:
        return None
    entries = tuple(e for e in hit.entries if _initial(e, lexicon) == words.keys[first])
    return Hit(first, hit.last, entries, "initials") if entries else None


def _is_behind_given(words: Words, first: int, lexicon: Lexicon) -> bool:
    """Whether the initial is a middle one: "William L. Kovacs"."""
    return first > 0 and words.joins(first - 1) and words.keys[first - 1] in lexicon.given_names


def _initial(entry: Entry, lexicon: Lexicon) -> str | None:
    if entry.entity_type != "person" or entry.form != "surname":
        return None
    person = lexicon.people[entry.entity_key]
    return (person.given_names or person.name)[:1].casefold()
