"""Names in a story: found, told apart and tied to entities, or left open and said so.

The public face of the stage: `build` the lexicon once, `find` the names of an article,
`resolve` them with the article's dates, `collect` the entities of all articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from transforms import ids
from transforms.articles import Passage
from transforms.names import (
    acronyms,
    echoes,
    homonyms,
    ledger,
    metonyms,
    misprints,
    namesakes,
    offices,
    usage,
    variants,
)
from transforms.names.entities import collect, found
from transforms.names.genders import of_people as genders
from transforms.names.hits import ORDINARY, Hit, scan
from transforms.names.lexicon import Lexicon, build, held_office
from transforms.names.name import Name
from transforms.names.offices import PrintedOffice
from transforms.names.proofs import MAYBE
from transforms.names.readings import Reading, free_from, name_at, read
from transforms.names.resolution import (
    TENTATIVE,
    Bracket,
    meets,
    resolve,
    within_article,
)
from transforms.names.strangers import Stranger
from transforms.names.support import supported
from transforms.names.vocabulary import AUXILIARIES, SPEECH
from transforms.words import APOSTROPHES, split

__all__ = [
    "Lexicon",
    "Name",
    "build",
    "collect",
    "find",
    "found",
    "genders",
    "holder",
    "ledger",
    "resolve",
]


def find(passages: Sequence[Passage], lexicon: Lexicon) -> tuple[Name, ...]:
    """The names of an article in the order of its passages, none overlapping.

    A person named in full anywhere in the article settles the surname elsewhere in it;
    what needs the article's date is left to `resolve`.
    """
    readings = echoes.told([read(passage, lexicon) for passage in passages])
    readings = usage.told(homonyms.told(readings, lexicon), lexicon)
    names = [name for reading in readings for name in _names(reading)]
    names = _filled([], variants.unified(names))
    # What is left out is echoed by nothing: a surname stands for a full name that is kept.
    names = _filled(names, echoes.given_names(readings, names, lexicon))
    names = _filled(names, echoes.surnames(readings, names))
    names = _filled(names, acronyms.named(readings, names))
    names = misprints.told(names, lexicon)
    return tuple(supported(within_article(names, lexicon), readings, lexicon))


def holder(phrase: str, bracket: Bracket, lexicon: Lexicon) -> str | None:
    """The entity of the one person who held the office so described in these days, or None.

    `phrase` is a description without a name: "the Russian foreign minister".
    """
    words = split(phrase)
    hits = [hit for hit in scan(words, lexicon) if not hit.of_type("person")]
    office = offices.described(words, hits, lexicon)
    if office is None or office.holder is None:
        return None
    keys = {
        spell.person_id
        for name in office.offices
        for spell in lexicon.by_office.get(name, ())
        if held_office(spell, name, office.holder) and meets(spell, bracket)
    }
    return ids.entity_id("person", keys.pop()) if len(keys) == 1 else None


def _filled(names: Sequence[Name], others: Iterable[Name]) -> list[Name]:
    """The names, and of the others those that stand where none does, in order of place.

    Of two others that overlap, the one that begins first.
    """
    kept: list[Name] = []
    ahead = 0
    for other in sorted(others, key=_place):
        while ahead < len(names) and _place(names[ahead]) <= _place(other):
            kept.append(names[ahead])
            ahead += 1
        beside = (*kept[-1:], *names[ahead : ahead + 1])
        if not any(_overlap(other, name) for name in beside):
            kept.append(other)
    return [*kept, *names[ahead:]]


_place = attrgetter("block_index", "start")


def _overlap(one: Name, other: Name) -> bool:
    is_same_block = one.block_index == other.block_index
    return is_same_block and one.start < other.end and other.start < one.end


def _names(reading: Reading) -> Iterable[Name]:
    paired = {h.last: h.first for h in reading.hits if h.of_type("place")}
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
        if stranger.method != MAYBE:
            yield _stranger(reading, stranger)
    for body in reading.bodies:
        yield _found(reading, body.first, body.last, body.entity_type, body.key, body.method)
    for place in reading.localities:
        name = _found(reading, place.first, place.last, "place", place.key, "place:surroundings")
        yield replace(name, holder=place.country)


def _is_place_first(reading: Reading, hit: Hit) -> bool:
    """Whether a name of both a person and a thing is the thing: no title stands before it."""
    if all(entry.entity_type == "person" for entry in hit.entries):
        return False
    return reading.office_before(hit.first) is None


def _metonym(hit: Hit, lexicon: Lexicon) -> str | None:
    for place in hit.of_type("place"):
        if place in lexicon.governments:
            return place
    return None


def _thing(reading: Reading, hit: Hit, paired: Mapping[int, int]) -> Name:
    kind = _kind(hit)
    candidates, method = hit.of_type(kind), "exact"
    if len(candidates) > 1:
        candidates = namesakes.told(reading.words, hit, candidates, reading.lexicon)
        method = "exact:office" if len(candidates) == 1 else method
    place = _metonym(hit, reading.lexicon) if kind == "place" else None
    if place is not None:
        told = _told(reading, hit, paired)
        if told == "government":
            kind, candidates = "organisation", (reading.lexicon.governments[place],)
        method = {"government": "metonym", "place": "locative"}.get(
            told or "", "unresolved:place_or_government"
        )
    return name_at(reading, hit.first, hit.last, None, kind, candidates, _damage(hit, method))


def _kind(hit: Hit) -> str:
    if len(hit.entries) == 1:
        return hit.entries[0].entity_type
    kinds = {entry.entity_type for entry in hit.entries}
    # An organisation or a treaty is named more exactly than the place it is called after.
    return next(k for k in ("organisation", "programme", "treaty", "place") if k in kinds)


def _told(reading: Reading, hit: Hit, paired: Mapping[int, int]) -> str | None:
    words = reading.words
    follower = reading.starts.get(hit.last + 1)
    if follower is not None and words.gap(hit.last) == ", ":
        places = follower.of_type("place")
        if any(place not in reading.lexicon.governments for place in places):
            return "place"  # "Istanbul, Turkey"
    is_palace = words.keys[hit.last] in ("kremlin", "house", "street", "palace", "elysee")
    return metonyms.tell(words, hit.first, hit.last, paired, is_palace)


def _damage(hit: Hit, method: str) -> str:
    return f"{method}+damage" if all(entry.is_damaged for entry in hit.entries) else method


def _person(
    reading: Reading,
    hit: Hit,
) -> Name | None:
    words = reading.words
    title = reading.office_before(hit.first) or _shared(reading, hit)
    certainty = _certainty(reading, hit, title) if hit.is_surname else "name"
    if certainty == "word":
        return None
    office = title or offices.after(words, hit.last, reading.starts, reading.lexicon)
    first = hit.first
    if hit.is_surname and title is not None and title.title_first is not None:
        first = free_from(title.title_first, hit.first, reading.ends)
    return name_at(
        reading,
        first,
        hit.last,
        office,
        "person",
        hit.of_type("person"),
        TENTATIVE if certainty == "either" else _damage(hit, hit.form),
        surname=words.keys[hit.last],
        form=hit.form if hit.form in ("surname", "initials") else "full",
    )


def _shared(reading: Reading, hit: Hit) -> PrintedOffice | None:
    """The title of "Presidents Clinton and Yeltsin", for the second of them."""
    other = reading.ends.get(hit.first - 2)
    if other is None or reading.words.keys[hit.first - 1] != "and":
        return None
    title = reading.office_before(other.first)
    if title is None or not offices.is_plural(title.text):
        return None
    return replace(title, title_first=None)


def _certainty(reading: Reading, hit: Hit, title: PrintedOffice | None) -> str:
    """Whether a bare surname is a `name` here, a `word` of English, or could be `either`."""
    words = reading.words
    if "&" in words.gap(hit.last) or "&" in words.before(hit.first):
        return "word"  # "Smith & Sons"
    if title is not None or words.keys[hit.last] not in ORDINARY:
        return "name"
    follower = words.keys[hit.last + 1] if hit.last + 1 < len(words) else ""
    if words.text.isupper():
        return "word"
    if not reading.is_headline and not words.opens_sentence(hit.first):
        return "name"
    if follower in SPEECH or words.gap(hit.last) in APOSTROPHES:
        return "name"
    is_verb = follower in AUXILIARIES or follower.endswith("ed")
    return "either" if reading.is_headline or is_verb else "word"


def _stranger(reading: Reading, stranger: Stranger) -> Name:
    words, office = reading.words, stranger.office
    first, candidates = stranger.first, (stranger.key,) if stranger.key else ()
    if not candidates and office is not None and office.title_first is not None:
        first = free_from(office.title_first, first, reading.ends)
    return name_at(
        reading,
        first,
        stranger.last,
        office,
        "person",
        candidates,
        f"found:{stranger.method}" if candidates else "unresolved:surname_only",
        surname=stranger.surname or words.keys[stranger.last],
        form="found" if candidates else "surname",
        is_authority=False,
    )


def _found(
    reading: Reading, first: int, last: int, entity_type: str, key: str, method: str
) -> Name:
    """The name of a thing that no table knows."""
    return name_at(
        reading,
        first,
        last,
        None,
        entity_type,
        (key,),
        method,
        form="found",
        is_authority=False,
    )
