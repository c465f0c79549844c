"""Titles and offices as printed before a name or in apposition after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.names.hits import Hit, by_first
from transforms.names.lexicon import LEAF, PLURALS, Lexicon, Tree
from transforms.names.vocabulary import QUALIFIERS, ROLES, TITLES, UNMAKING
from transforms.words import APOSTROPHES, HYPHENS, Words, word_set

DETERMINERS = word_set("the a an its his her their our")
LINKS = word_set("who is was has been now currently then himself herself")
LEADS = DETERMINERS | LINKS
REACH = 9  # words a printed office may have on one side of the name


@dataclass(frozen=True, slots=True)
class PrintedOffice:
    """A title or office printed with a name.

    `offices` are the offices so called, of which the person tells which; `title_first` is the
    first word that belongs to the surface of a bare surname, `holder` the country or
    organisation printed with the office.
    """

    text: str
    title_first: int | None
    offices: tuple[str, ...]
    holder: str | None


@dataclass(slots=True)
class _Reading:
    """How far a reading to the left has come."""

    index: int
    title_first: int | None = None
    offices: tuple[str, ...] = ()
    holder: str | None = None
    is_role: bool = False


def before(
    words: Words, first: int, ends: Mapping[int, Hit], lexicon: Lexicon
) -> PrintedOffice | None:
    """The title or office that ends right before word `first`, or None.

    `ends` holds the hits of the text under their last word: who an office belongs to.
    """
    if first == 0:
        return None
    if words.keys[first - 1] not in lexicon.title_ends:
        return None
    is_comma = words.before(first) == ", "
    if not (words.joins(first - 1) or is_comma):
        return None
    reading = _Reading(first - 1)
    _read_office(words, reading, lexicon)
    if not reading.offices and not is_comma:
        _read_titles(words, reading)
        if reading.index >= 0 and words.joins(reading.index):
            _read_office(words, reading, lexicon)
    if not reading.offices:
        _read_role(words, reading)
    if reading.title_first is None and not reading.is_role:
        return None
    start = _read_holders(words, reading, ends, lexicon)
    if is_comma and not _is_apposition(words, reading, start):
        return None
    text = words.text[words.starts[start] : _end(words, first - 1)]
    title = None if is_comma else reading.title_first
    return PrintedOffice(text, title, reading.offices, reading.holder)


def after(
    words: Words, last: int, starts: Mapping[int, Hit], lexicon: Lexicon
) -> PrintedOffice | None:
    """The office in apposition right after word `last` (", the Russian foreign minister,")."""
    if last + 1 >= len(words) or words.gap(last) not in (", ", " ("):
        return None
    index, holder = last + 1, None
    start: int | None = None
    qualifiers: set[str] = set()
    while index < min(len(words), last + REACH):
        office = forward(words, index, lexicon.offices)
        if office is not None or words.keys[index] in ROLES:
            end, named = office or (index, ())
            named = () if qualifiers & UNMAKING else named
            end, holder_after = _owner(words, end, starts, lexicon)
            text = words.text[words.starts[index if start is None else start] : words.ends[end]]
            return PrintedOffice(text, None, named, holder or holder_after)
        hit = starts.get(index)
        if hit is not None and not hit.of_type("person"):
            holder, index, step = _holder(hit, lexicon) or holder, hit.last, True
        else:
            step = words.keys[index] in QUALIFIERS
            qualifiers |= {words.keys[index]} & QUALIFIERS
            if not step and words.keys[index] not in LEADS:
                return None
        start = (index if hit is None else hit.first) if step and start is None else start
        if index + 1 < len(words) and words.keys[index + 1] == "s":
            start, index = None, index + 1
        if words.gap(index) not in (" ", "-"):
            return None
        index += 1
    return None


def described(words: Words, hits: Sequence[Hit], lexicon: Lexicon) -> PrintedOffice | None:
    """The office that these words describe from first to last ("the Russian president")."""
    starts, index, holder = by_first(hits), 0, None
    while index < len(words):
        office = forward(words, index, lexicon.offices)
        if office is not None and office[0] == len(words) - 1:
            return PrintedOffice(words.text, None, office[1], holder)
        hit = starts.get(index)
        if hit is None and words.keys[index] not in DETERMINERS | {"s"}:
            return None
        holder = (_holder(hit, lexicon) if hit is not None else None) or holder
        index = index + 1 if hit is None else hit.last + 1
    return None


def is_plural(text: str | None) -> bool:
    """Whether the printed office stands for several people ("Presidents Clinton and Yeltsin")."""
    return bool(text) and (text or "").casefold().endswith(("presidents", "ministers", "messrs"))


def _read_office(words: Words, reading: _Reading, lexicon: Lexicon) -> None:
    tree: Tree | None = lexicon.offices_backwards
    index = reading.index
    while index >= 0 and tree is not None:
        key = words.keys[index]
        tree = tree.get(PLURALS.get(key, key) if index == reading.index else key)
        if tree is None:
            break
        if LEAF in tree:
            reading.offices, best = tree[LEAF], index
        index -= 1
        if index < 0 or not words.joins(index):
            break
    if reading.offices:
        reading.title_first = _capital_from(words, best, reading.index)
        reading.index = best - 1


def _capital_from(words: Words, first: int, last: int) -> int:
    """The first word of the title that is not printed small; else the word after it."""
    return next((i for i in range(first, last + 1) if words.is_capital(i)), last + 1)


def _read_titles(words: Words, reading: _Reading) -> None:
    while reading.index >= 0 and words.keys[reading.index] in TITLES:
        is_next = reading.title_first is None or words.joins(reading.index)
        if not is_next or not words.is_capital(reading.index):
            return
        reading.title_first = reading.index
        reading.index -= 1


def _read_role(words: Words, reading: _Reading) -> None:
    index = reading.index
    if reading.title_first is None and words.keys[index] in ROLES:
        if words.is_capital(index):  # "Ambassador Burns": a title, not only a trade
            reading.title_first = index
        reading.is_role = True
        reading.index -= 1


def _read_holders(
    words: Words, reading: _Reading, ends: Mapping[int, Hit], lexicon: Lexicon
) -> int:
    """The first word of the office as printed, with its qualifiers and whose it is."""
    start = reading.index + 1
    while reading.index >= 0 and (
        words.gap(reading.index) in (" ", "\u00a0", *HYPHENS)
        or _is_abbreviated(words, reading.index)
    ):
        key = words.keys[reading.index]
        hit = ends.get(reading.index)
        if key == "s" and words.before(reading.index) in APOSTROPHES:
            owner = ends.get(reading.index - 1)
            reading.holder = reading.holder or (_holder(owner, lexicon) if owner else None)
            return start
        if hit is not None and not hit.of_type("person"):
            reading.holder = reading.holder or _holder(hit, lexicon)
            start, reading.index = hit.first, hit.first - 1
            continue
        if key not in QUALIFIERS or (key == "then" and words.is_capital(reading.index)):
            return start
        if key in UNMAKING:
            reading.offices = ()
        if reading.title_first == start and words.is_capital(reading.index):
            reading.title_first = reading.index
        start = reading.index
        reading.index -= 1
    return start


def _is_abbreviated(words: Words, index: int) -> bool:
    """Whether the full stop behind the word is that of an abbreviation ("U.S. President")."""
    return words.gap(index) == ". " and words.joins(index)


def _is_apposition(words: Words, reading: _Reading, start: int) -> bool:
    if reading.holder is not None:
        return True
    return start > 0 and words.keys[start - 1] in DETERMINERS


def _holder(hit: Hit, lexicon: Lexicon) -> str | None:
    for entry in hit.entries:
        if entry.entity_type in ("organisation", "place"):
            return lexicon.countries.get(entry.entity_key) or entry.entity_key
    return None


def forward(words: Words, index: int, offices: Tree) -> tuple[int, tuple[str, ...]] | None:
    """The last word of the longest office printed from word `index` on, and what it is."""
    tree: Tree | None = offices
    found = None
    while index < len(words):
        tree = tree.get(words.keys[index]) if tree is not None else None
        if tree is None:
            break
        if LEAF in tree:
            found = (index, tree[LEAF])
        if not words.joins(index):
            break
        index += 1
    return found


def _owner(
    words: Words, end: int, starts: Mapping[int, Hit], lexicon: Lexicon
) -> tuple[int, str | None]:
    """The last word of the office and its holder, where "of Russia" follows it."""
    index = end + 1
    if index < len(words) and words.gap(end) == " " and words.keys[index] in ("of", "for"):
        index += 1
        if index < len(words) and words.keys[index] == "the":
            index += 1
        hit = starts.get(index)
        if hit is not None and not hit.of_type("person"):
            return hit.last, _holder(hit, lexicon)
    return end, None


def _end(words: Words, index: int) -> int:
    """The end of a word with the full stop of its abbreviation."""
    end = words.ends[index]
    return end + 1 if words.text[end : end + 1] == "." else end
