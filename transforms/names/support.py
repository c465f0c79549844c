"""Whether a story supports that a bare surname means a person of the reference tables.

The tables speak of their subject, most pages do not: "Reid" is John Reid only in a story that
names him in full or with his office, or that is about the country or body he served at a time
that fits. A surname that many people bear needs more than a rare one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transforms.authority import OfficeSpell
from transforms.names.echoes import goes_on_as_name, is_human
from transforms.names.hits import ORDINARY
from transforms.names.lexicon import Lexicon, held_office
from transforms.names.name import Name
from transforms.names.offices import forward
from transforms.names.readings import Reading
from transforms.names.spellings import plain
from transforms.names.vocabulary import AT, BEARERS, SURNAMES_TOO
from transforms.words import APOSTROPHES, split

UNSUPPORTED = "unresolved:unsupported:"
# The office is printed with the name, or the whole surname's bearer is known from the story.
BY_STORY = ("surname:article", "surname:introduced")
BY_SUBJECT = "surname:subject"
SUBJECT_NAMES = 2  # people of the tables that a story of their subject names at least
BY_TENURE = "surname:tenure"  # holds only where the story's days meet the person's time in office


@dataclass(frozen=True, slots=True)
class _Story:
    """What a story says about who can be meant in it."""

    named: frozenset[str]  # keys of the people it names in full or with an office they held
    things: frozenset[str]  # keys of the bodies, treaties and programmes it names
    rare: frozenset[str]  # keys of people whose rare surnames it prints
    holders: frozenset[str]  # countries and bodies it names
    offices: frozenset[str]  # offices it prints, with or without a name

    @property
    def is_of_subject(self) -> bool:
        """Whether the tables speak of what the story is about."""
        people = self.named | self.rare
        is_certain = bool(self.named) or len(self.rare) > 1
        return is_certain and len(people) + (len(self.things) > 1) >= SUBJECT_NAMES


def supported(
    names: Sequence[Name], readings: Sequence[Reading], lexicon: Lexicon
) -> Iterator[Name]:
    """The names; of bare surnames only those people are left whom the story supports.

    Where nobody is, the name stays unresolved, and a word that many people are called by is
    no name at all unless the words beside it are said of people.
    """
    bare = [name for name in names if _is_bare(name)]
    if not bare:
        yield from names
        return
    by_block = {reading.block_index: reading for reading in readings}
    rare = [n for n in bare if len(n.candidates) == 1 and not _is_common(n, lexicon)]
    rare = [n for n in rare if _is_persons(n, by_block[n.block_index])]
    story = _story(names, rare, readings, lexicon)
    for name in names:
        if not _is_bare(name):
            yield name
            continue
        reading = by_block[name.block_index]
        told = _judged(name, story, reading, lexicon)
        if told.candidates or _is_persons(name, reading):
            yield told


def _is_bare(name: Name) -> bool:
    """Whether only a surname, or a surname with initials, stands for someone of the tables."""
    is_open = name.form in ("surname", "initials") and name.is_authority and name.is_person
    return is_open and bool(name.candidates) and not name.method.startswith(BY_STORY)


def _judged(name: Name, story: _Story, reading: Reading, lexicon: Lexicon) -> Name:
    by_key = {key: _support(key, name, story, reading, lexicon) for key in name.candidates}
    keys = tuple(key for key in name.candidates if by_key[key])
    if not keys:
        return replace(name, candidates=(), method=UNSUPPORTED + "|".join(name.candidates))
    how = by_key[keys[0]] if len(keys) == 1 else None
    method = how if how and name.method in ("surname", "initials") else name.method
    return replace(name, candidates=keys, method=method)


def _support(key: str, name: Name, story: _Story, reading: Reading, lexicon: Lexicon) -> str | None:
    """What of the story supports that this person is meant; None where nothing does."""
    spells = lexicon.spells.get(key, ())
    if key in story.named or (name.form == "initials" and not _is_common(name, lexicon)):
        return name.method
    if name.office_name is not None:
        is_held = any(held_office(spell, name.office_name, name.holder) for spell in spells)
        return name.method if is_held else None
    if name.office is not None and _was_held(name.office, spells, lexicon):
        return name.method
    if _is_before_bearer(name, reading) and any(s.organisation_id is None for s in spells):
        return BY_TENURE if _is_common(name, lexicon) else BY_SUBJECT
    about = [s for s in spells if story.holders & {s.organisation_id, s.country}]
    if not (about or story.is_of_subject) or _is_where(name, reading):
        return None
    is_told = _is_human(name, reading) or not _is_attribute(name, reading)
    if not _is_common(name, lexicon) and is_told:
        return BY_SUBJECT
    is_office = any(s.office in story.offices for s in about)
    return BY_SUBJECT if is_office and _is_human(name, reading) else BY_TENURE


def _was_held(printed: str, spells: Iterable[OfficeSpell], lexicon: Lexicon) -> bool:
    """Whether the printed title names an office that is over for them: "former President"."""
    words = split(printed)
    named = {
        office
        for index in range(len(words))
        for found in [forward(words, index, lexicon.offices)]
        if found is not None
        for office in found[1]
    }
    return any(spell.office in named for spell in spells)


def _is_common(name: Name, lexicon: Lexicon) -> bool:
    """Whether the surname is one that many people bear, or a word or given name as well."""
    surname = plain(name.surname or "")
    is_word = surname in ORDINARY or surname in SURNAMES_TOO
    return is_word or surname in lexicon.common_surnames or surname in lexicon.given_names


def _is_before_bearer(name: Name, reading: Reading) -> bool:
    """Whether the name is that of a cabinet: "the Clinton Administration"."""
    last = _last(name, reading)
    return reading.words.keys[last + 1 : last + 2] != () and (
        reading.words.keys[last + 1] in BEARERS and reading.words.gap(last) == " "
    )


def _is_where(name: Name, reading: Reading) -> bool:
    """Whether the word is the name of a place here: "in Reno", "Reno, Nevada"."""
    words, last = reading.words, _last(name, reading)
    first = bisect_right(words.starts, name.start) - 1
    behind = reading.starts.get(last + 1) if words.gap(last) == ", " else None
    is_behind = first > 0 and words.keys[first - 1] in AT and words.before(first) == " "
    return is_behind or (behind is not None and bool(behind.of_type("place")))


def _is_attribute(name: Name, reading: Reading) -> bool:
    """Whether the word only tells which thing is meant: "the Reno office"."""
    words, last = reading.words, _last(name, reading)
    first = bisect_right(words.starts, name.start) - 1
    is_led = first > 0 and words.keys[first - 1] in ("the", "a", "an")
    return is_led and words.joins(last) and words.gap(last) not in APOSTROPHES


def _is_persons(name: Name, reading: Reading) -> bool:
    """Whether a surname that the story does not explain can still be somebody's."""
    words, last = reading.words, _last(name, reading)
    if _is_human(name, reading):
        return True
    if _is_common(name, reading.lexicon):
        return False
    if _is_attribute(name, reading) or _is_where(name, reading):
        return False
    is_free = not words.opens_sentence(last) or goes_on_as_name(words, last)
    is_apart = not words.joins(last) or not words.capitals[last + 1]
    if reading.is_headline:
        return not words.text.istitle()
    return is_free and is_apart


def _is_human(name: Name, reading: Reading) -> bool:
    return name.office is not None or is_human(reading.words, _last(name, reading))


def _last(name: Name, reading: Reading) -> int:
    """The last word of the name in its passage."""
    return bisect_right(reading.words.starts, name.end - 1) - 1


def _story(
    names: Iterable[Name], rare: Iterable[Name], readings: Sequence[Reading], lexicon: Lexicon
) -> _Story:
    known = [name for name in names if name.is_authority and name.candidates]
    named = {key for n in known if n.is_person for key in _certain(n, lexicon)}
    return _Story(
        frozenset(named),
        frozenset(n.candidates[0] for n in known if n.entity_type not in ("person", "place")),
        frozenset(n.candidates[0] for n in rare),
        frozenset(_holders(readings, lexicon)),
        frozenset(_offices(readings, lexicon.offices)),
    )


def _certain(name: Name, lexicon: Lexicon) -> Sequence[str]:
    """The people that a name tells by itself: in full, or with an office they held."""
    if name.form == "full":
        return name.candidates if len(name.candidates) == 1 else ()
    return [
        key
        for key in name.candidates
        if name.office_name is not None
        and any(
            held_office(spell, name.office_name, name.holder)
            for spell in lexicon.spells.get(key, ())
        )
    ]


def _holders(readings: Sequence[Reading], lexicon: Lexicon) -> Iterator[str]:
    """The countries and bodies named in the story, also by a people's or a government's name."""
    entries = {e for reading in readings for hit in reading.hits for e in hit.entries}
    for entry in entries:
        key = entry.entity_key
        if entry.entity_type == "organisation":
            yield key
        is_state = entry.form == "demonym" or key in lexicon.states or key in lexicon.governments
        if entry.entity_type == "organisation" or (entry.entity_type == "place" and is_state):
            yield lexicon.countries.get(key, key)


def _offices(readings: Sequence[Reading], tree: Mapping[str, object]) -> Iterator[str]:
    """The offices that the story prints anywhere."""
    for reading in readings:
        words = reading.words
        for index, key in enumerate(words.keys):
            if key in tree and (found := forward(words, index, reading.lexicon.offices)):
                yield from found[1]
