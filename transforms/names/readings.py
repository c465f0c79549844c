"""A passage, read: its words, its hits, and how a name in it becomes a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.articles import Passage
from transforms.names import bodies, localities, offices, strangers
from transforms.names.bodies import Body
from transforms.names.hits import Hit, by_first, by_last, scan
from transforms.names.lexicon import Lexicon, held_office
from transforms.names.localities import Locality
from transforms.names.name import Name
from transforms.names.offices import PrintedOffice
from transforms.names.strangers import Stranger
from transforms.words import Words, split

HEADLINE_SHARE = 0.7  # of the longer words with a capital: a line set in title case
HEADLINE_LETTERS = 4
HEADLINE_WORDS = 20  # a longer line is a sentence full of names


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage, read: its words and hits, and the same hits by their first and last word."""

    block_index: int
    words: Words
    hits: tuple[Hit, ...]
    strangers: tuple[Stranger, ...]
    bodies: tuple[Body, ...]
    localities: tuple[Locality, ...]
    is_headline: bool
    starts: Mapping[int, Hit]
    ends: Mapping[int, Hit]
    lexicon: Lexicon

    def office_before(self, first: int) -> PrintedOffice | None:
        """The title or office printed right before word `first`."""
        return offices.before(self.words, first, self.ends, self.lexicon)


def read(passage: Passage, lexicon: Lexicon) -> Reading:
    words = split(passage.text, lexicon.damaged_keys)
    hits = scan(words, lexicon)
    starts, ends = by_first(hits), by_last(hits)
    is_headline = _is_headline(words)
    people: list[Stranger] = []
    named: list[Body] = []
    places: list[Locality] = []
    if not is_headline:
        people, fallen = strangers.find(words, starts, ends, lexicon)
        if fallen:
            starts, ends = _without(fallen, starts)
        named = bodies.find(words, starts)
        if named:
            inside = {index for body in named for index in range(body.first, body.last + 1)}
            starts, ends = _without(inside, starts)
            people = [person for person in people if person.first not in inside]
        places = localities.find(words, starts, lexicon)
        if places:
            inside = {index for place in places for index in range(place.first, place.last + 1)}
            people = [person for person in people if person.first not in inside]
    return Reading(
        block_index=passage.block_index,
        words=words,
        hits=tuple(starts.values()),
        strangers=tuple(people),
        bodies=tuple(named),
        localities=tuple(places),
        is_headline=is_headline,
        starts=starts,
        ends=ends,
        lexicon=lexicon,
    )


def _without(fallen: set[int], starts: Mapping[int, Hit]) -> tuple[dict[int, Hit], dict[int, Hit]]:
    """The hits by first and by last word, without those that start with a fallen word."""
    hits = [hit for hit in starts.values() if hit.first not in fallen]
    return by_first(hits), by_last(hits)


def _is_headline(words: Words) -> bool:
    if words.text.isupper():
        return True
    if words.text[-1:] in (".", ",", '"') or len(words) > HEADLINE_WORDS:
        return False
    long = [
        is_capital
        for start, end, is_capital in zip(words.starts, words.ends, words.capitals, strict=True)
        if end - start >= HEADLINE_LETTERS
    ]
    return len(long) > 1 and sum(long) >= HEADLINE_SHARE * len(long)


def name_at(
    reading: Reading,
    first: int,
    last: int,
    office: PrintedOffice | None,
    entity_type: str,
    candidates: tuple[str, ...],
    method: str,
    *,
    surname: str | None = None,
    form: str = "exact",
    is_authority: bool = True,
) -> Name:
    """The name printed from word `first` to word `last`."""
    words = reading.words
    start, end = words.starts[first], words.ends[last]
    if words.is_initial(last) and words.before(last) == "." and words.text[end : end + 1] == ".":
        end += 1  # "U.S.": the stop belongs to the abbreviation
    return Name(
        block_index=reading.block_index,
        start=start,
        end=end,
        surface=words.text[start:end],
        office=office.text if office else None,
        office_name=_office_name(office, candidates, reading.lexicon) if office else None,
        holder=office.holder if office else None,
        entity_type=entity_type,
        candidates=candidates,
        method=method,
        is_authority=is_authority,
        surname=surname,
        form=form,
    )


def _office_name(office: PrintedOffice, candidates: Sequence[str], lexicon: Lexicon) -> str | None:
    """Which office of those so called is meant: one that a person so named held, else the first."""
    for name in office.offices:
        for key in candidates:
            if any(held_office(s, name, office.holder) for s in lexicon.spells.get(key, ())):
                return name
    return office.offices[0] if office.offices else None


def free_from(title_first: int, first: int, ends: Mapping[int, Hit]) -> int:
    """The first word of the title behind the last other name in it."""
    behind = (index for index in range(first, title_first, -1) if index - 1 in ends)
    return next(behind, title_first)
