"""Names in a story: found, told apart and tied to entities, or left open and said so.

The public face of the stage: `build` the lexicon once, `find` the names of an article,
`resolve` them with the article's dates, `collect` the entities of all articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from transforms import metonyms, offices, strangers
from transforms.articles import Passage
from transforms.entities import collect
from transforms.hits import ORDINARY, Hit, by_first, by_last, scan
from transforms.lexicon import Lexicon, build, held_office, plain
from transforms.offices import PrintedOffice
from transforms.resolution import Name, found, resolve, within_article
from transforms.strangers import Stranger
from transforms.words import Words, split

__all__ = ["Lexicon", "Name", "build", "collect", "find", "found", "resolve"]

HEADLINE_SHARE = 0.7  # of the longer words with a capital: a line set in title case
HEADLINE_LETTERS = 4


@dataclass(frozen=True, slots=True)
class _Reading:
    """One passage, read: its words and hits, and the same hits by their first and last word."""

    block_index: int
    words: Words
    hits: tuple[Hit, ...]
    strangers: tuple[Stranger, ...]
    is_headline: bool
    starts: Mapping[int, Hit]
    ends: Mapping[int, Hit]
    lexicon: Lexicon

    def office_before(self, first: int) -> PrintedOffice | None:
        """The title or office printed right before word `first`."""
        return offices.before(self.words, first, self.ends, self.lexicon)


def find(passages: Sequence[Passage], lexicon: Lexicon) -> tuple[Name, ...]:
    """The names of an article in the order of its passages, none overlapping.

    A person named in full anywhere in the article settles the surname elsewhere in it;
    what needs the article's date is left to `resolve`.
    """
    readings = [_read(passage, lexicon) for passage in passages]
    names = [name for reading in readings for name in _names(reading)]
    known = sorted({name.surname for name in names if name.form == "found" and name.surname})
    if known:
        names += [name for r in readings for name in _later(r, list(names), known)]
    return within_article(_without_overlaps(names), lexicon)


def _without_overlaps(names: Sequence[Name]) -> list[Name]:
    """The names in order of place; of two that overlap, the one that was found first."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.block_index, n.start)):
        before = kept[-1] if kept else None
        if before is None or before.block_index != name.block_index or before.end <= name.start:
            kept.append(name)
    return kept


def _read(passage: Passage, lexicon: Lexicon) -> _Reading:
    words = split(passage.text, lexicon.damaged_keys)
    hits: Sequence[Hit] = scan(words, lexicon)
    is_headline = _is_headline(words)
    people: list[Stranger] = []
    if not is_headline:
        people, hits = strangers.find(words, hits, lexicon)
    return _Reading(
        block_index=passage.block_index,
        words=words,
        hits=tuple(hits),
        strangers=tuple(people),
        is_headline=is_headline,
        starts=by_first(hits),
        ends=by_last(hits),
        lexicon=lexicon,
    )


def _is_headline(words: Words) -> bool:
    if words.text.isupper():
        return True
    long = [i for i in range(len(words)) if words.ends[i] - words.starts[i] >= HEADLINE_LETTERS]
    capitals = sum(words.is_capital(i) for i in long)
    return len(long) > 1 and capitals >= HEADLINE_SHARE * len(long) and words.text[-1] not in '.,"'


def _names(reading: _Reading) -> Iterable[Name]:
    paired = {h.last: h.first for h in reading.hits if _metonym(h, reading.lexicon)}
    for hit in reading.hits:
        if hit.is_demonym:
            continue
        people = hit.of_type("person")
        if people and not (hit.is_surname and _is_place_first(reading, hit)):
            name = _person(reading, hit)
            if name is not None:
                yield name
        else:
            yield _thing(reading, hit, paired)
    for stranger in reading.strangers:
        yield _stranger(reading, stranger)


def _is_place_first(reading: _Reading, hit: Hit) -> bool:
    """Whether a name of both a person and a thing is the thing: no title stands before it."""
    if all(entry.entity_type == "person" for entry in hit.entries):
        return False
    return reading.office_before(hit.first) is None


def _metonym(hit: Hit, lexicon: Lexicon) -> str | None:
    for place in hit.of_type("place"):
        if place in lexicon.governments:
            return place
    return None


def _thing(reading: _Reading, hit: Hit, paired: Mapping[int, int]) -> Name:
    kinds = sorted({e.entity_type for e in hit.entries if e.entity_type != "person"})
    # An organisation or a treaty is named more exactly than the place it is called after.
    kind = next((k for k in ("organisation", "programme", "treaty") if k in kinds), kinds[0])
    candidates, method = hit.of_type(kind), "exact"
    place = _metonym(hit, reading.lexicon) if kind == "place" else None
    if place is not None:
        told = _told(reading, hit, paired)
        if told == "government":
            kind, candidates = "organisation", (reading.lexicon.governments[place],)
        method = {"government": "metonym", "place": "locative"}.get(
            told or "", "unresolved:place_or_government"
        )
    return _name(reading, hit.first, hit.last, None, kind, candidates, _damage(hit, method))


def _told(reading: _Reading, hit: Hit, paired: Mapping[int, int]) -> str | None:
    words = reading.words
    follower = reading.starts.get(hit.last + 1)
    if follower is not None and words.gap(hit.last) == ", ":
        places = follower.of_type("place")
        if any(place not in reading.lexicon.governments for place in places):
            return "place"  # "Istanbul, Turkey"
    others = {last: first for last, first in paired.items() if last != hit.last}
    is_palace = words.keys[hit.last] in ("kremlin", "house", "street", "palace", "elysee")
    return metonyms.tell(words, hit.first, hit.last, others, is_palace)


def _damage(hit: Hit, method: str) -> str:
    return f"{method}+damage" if all(entry.is_damaged for entry in hit.entries) else method


def _person(
    reading: _Reading,
    hit: Hit,
) -> Name | None:
    words = reading.words
    title = reading.office_before(hit.first) or _shared(reading, hit)
    if hit.is_surname and not _is_name(reading, hit, title):
        return None
    office = title or offices.after(words, hit.last, reading.starts, reading.lexicon)
    first = hit.first
    if hit.is_surname and title is not None and title.title_first is not None:
        first = _free_from(title.title_first, hit.first, reading.ends)
    name = _name(reading, first, hit.last, office, "person", hit.of_type("person"), hit.form)
    return replace(
        name,
        method=_damage(hit, hit.form),
        surname=words.keys[hit.last],
        form="surname" if hit.is_surname else "full",
    )


def _free_from(title_first: int, first: int, ends: Mapping[int, Hit]) -> int:
    """The first word of the title behind the last other name in it."""
    return max([last + 1 for last in ends if title_first <= last < first], default=title_first)


def _shared(reading: _Reading, hit: Hit) -> PrintedOffice | None:
    """The title of "Presidents Clinton and Yeltsin", for the second of them."""
    other = reading.ends.get(hit.first - 2)
    if other is None or reading.words.keys[hit.first - 1] != "and":
        return None
    title = reading.office_before(other.first)
    if title is None or not offices.is_plural(title.text):
        return None
    return replace(title, title_first=None)


def _is_name(reading: _Reading, hit: Hit, title: PrintedOffice | None) -> bool:
    """Whether a bare surname that is an English word too is meant as a name here."""
    words = reading.words
    if title is not None or words.keys[hit.last] not in ORDINARY:
        return True
    if reading.is_headline or words.opens_sentence(hit.first):
        follower = words.keys[hit.last + 1] if hit.last + 1 < len(words) else ""
        return not reading.words.text.isupper() and (
            follower in strangers.SPEECH or words.gap(hit.last) in ("'", "\u2019")
        )
    return True


def _stranger(reading: _Reading, stranger: Stranger) -> Name:
    words, office = reading.words, stranger.office
    first, candidates = stranger.first, (stranger.key,) if stranger.key else ()
    if not candidates and office is not None and office.title_first is not None:
        first = _free_from(office.title_first, first, reading.ends)
    method = f"found:{stranger.method}" if candidates else "unresolved:surname_only"
    name = _name(reading, first, stranger.last, office, "person", candidates, method)
    return replace(
        name,
        is_authority=False,
        surname=stranger.surname or words.keys[stranger.last],
        form="found" if candidates else "surname",
    )


def _later(reading: _Reading, names: Sequence[Name], known: Sequence[str]) -> Iterable[Name]:
    """Names of people found elsewhere in the article: in full or by surname, titles or none."""
    words, ends = reading.words, reading.ends
    for index, last, surname in _printed(words, known):
        keys = {
            key for n in names if n.surname == surname and n.form == "found" for key in n.candidates
        }
        if last in ends or (surname in ORDINARY and words.opens_sentence(index)):
            continue
        yield _of_found(reading, index, last, surname, keys)


def _printed(words: Words, surnames: Sequence[str]) -> Iterable[tuple[int, int, str]]:
    """Where one of these surnames is printed: first word, last word, surname."""
    by_tail = {surname.split()[-1]: surname.split() for surname in surnames}
    for last, key in enumerate(words.keys):
        parts = by_tail.get(key)
        if parts is None or not words.is_capital(last):
            continue
        first = last + 1 - len(parts)
        if first >= 0 and list(words.keys[first : last + 1]) == parts:
            yield first, last, " ".join(parts)


def _of_found(reading: _Reading, index: int, last: int, surname: str, keys: set[str]) -> Name:
    words, first, form = reading.words, index, "surname"
    for key in sorted(keys):
        given = key.removesuffix(surname).split()
        if given and given == [plain(k) for k in words.keys[max(0, index - len(given)) : index]]:
            first, form, keys = index - len(given), "found", {key}
    title = reading.office_before(first)
    if form == "surname" and title is not None and title.title_first is not None:
        first = _free_from(title.title_first, first, reading.ends)
    method = "found:full_name" if form == "found" else "found:surname"
    name = _name(reading, first, last, title, "person", tuple(sorted(keys)), method)
    return replace(name, is_authority=False, surname=surname, form=form)


def _name(
    reading: _Reading,
    first: int,
    last: int,
    office: PrintedOffice | None,
    entity_type: str,
    candidates: tuple[str, ...],
    method: str,
) -> Name:
    words = reading.words
    start, end = words.starts[first], words.ends[last]
    if words.keys[last] == "s" and words.text[end : end + 1] == ".":
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
        is_authority=True,
        surname=None,
        form="exact",
    )


def _office_name(office: PrintedOffice, candidates: Sequence[str], lexicon: Lexicon) -> str | None:
    """Which office of those so called is meant: one that a person so named held, else the first."""
    for name in office.offices:
        for key in candidates:
            if any(held_office(s, name, office.holder) for s in lexicon.spells.get(key, ())):
                return name
    return office.offices[0] if office.offices else None
