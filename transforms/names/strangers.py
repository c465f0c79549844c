"""People whom no reference table knows: told by a title, a verb of saying or an apposition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.names.hits import ORDINARY, Hit, by_first, by_last
from transforms.names.lexicon import Lexicon, Tree, plain
from transforms.names.offices import (
    QUALIFIERS,
    ROLES,
    SUFFIXES,
    TITLES,
    PrintedOffice,
    after,
    before,
    forward,
)
from transforms.words import APOSTROPHES, HYPHENS, Words, word_set

LONGEST_NAME = 5
PARTICLES = word_set("al ben bin da dal de del della den der di dos du el ibn la le van von zu")
SPEECH = word_set(
    "said says saying told tells added adds insisted warned argued argues declared announced wrote "
    "writes noted explained replied commented testified recalled acknowledged admitted"
)
# Words that take a capital without being part of a person's name.
NOT_A_NAME = word_set(
    "a about after again all also although am among an and another any are as at be because been "
    "before both but by can could despite did do does during each earlier even every few first for "
    "former from further had has have he her here his how however i if in indeed instead into is "
    "it its just last late later let like many may maybe me meanwhile might more most much must my "
    "near nearly never new next no none nor not nothing now of off officials old on once one only "
    "or other others our out over own people perhaps police quite rather second several she should "
    "since so some soon still such than that the their them then there these they this those "
    "though three through thus to today tomorrow tonight too two under unless unlike until up us "
    "very was we well were what when where whether which while who whose why will with within "
    "without would yes yet yesterday you your monday tuesday wednesday thursday friday saturday "
    "sunday january february march april june july august september october november december jan "
    "feb apr jun jul aug sept sep oct nov dec gmt est edt pm christmas easter god islam"
)
# A run of capitals with one of these is the name of something that is no person.
NOT_A_PERSON = word_set(
    "academy accord act affairs agency agreement airlines airport alliance america american army "
    "association authority avenue award awards bank base battalion bay beach board bridge brigade "
    "broadcasting building bureau campaign cathedral center central centre century channel charter "
    "church city club coast college command commission committee community company conference "
    "congress convention corp corporation council county court cup daily data day declaration "
    "defence defense department desert district division doctrine dome duma east eastern economy "
    "embassy euro europe european exchange federal federation film fleet force forces foreign "
    "forum foundation front fund games gazette government group gulf hall harbor health herald "
    "high highway hill hospital hotel house human inc index industries information institute "
    "international internet intelligence island islands journal justice kingdom lake league "
    "library limited magazine mail market media memorial military ministry mission monument "
    "mountain mountains movement museum national nations navy network news north northern obama's "
    "office oil olympic olympics orchestra organisation organization pact pacific palace park "
    "parliament partnership party peace peninsula plan police port post press prison prize process "
    "program programme project province radio railway reactor red region relations report republic "
    "republican research resolution review river road royal school sea security senate series "
    "service services society south southern square stadium staff standard star state states "
    "station stock strait street studio studios summit sun supreme system team technologies "
    "telegraph television territory theater theatre times tower town trade treaty tribune trust "
    "union united university valley village wall war west western world zone"
)
STANDING = TITLES | ROLES
BEFORE_NAME = SPEECH - {"told"}
OPENING_ENDS = ("ly", "ing", "ed", "wards", "ward", "times")
BEARERS = word_set("administration cabinet government white house")
AGE = re.compile(r", (?:aged )?\d{1,3}\b,?")
WHO = re.compile(r", (?:who|whose)\b")


@dataclass(frozen=True, slots=True)
class Stranger:
    """Words `first` to `last` of a text that name a person of no table, and how that was told."""

    first: int
    last: int
    key: str
    surname: str | None
    office: PrintedOffice | None
    method: str


def find(words: Words, hits: Sequence[Hit], lexicon: Lexicon) -> tuple[list[Stranger], list[Hit]]:
    """The strangers of a text, and the hits that remain: a surname inside another name falls."""
    starts, ends = by_first(hits), by_last(hits)
    strangers: list[Stranger] = []
    fallen: set[int] = set()
    for first, last in _runs(words, starts, lexicon):
        inside = [starts[i] for i in range(first, last + 1) if i in starts]
        run = [words.keys[i] for i in range(first, last + 1)]
        if _is_thing(run):
            # "Clinton Foundation" is no mention of Clinton, "Clinton Administration" is one.
            fallen.update(h.first for h in inside if h.last < last)
            continue
        stranger = _judge(words, first, last, (starts, ends), lexicon)
        if stranger is not None:
            strangers.append(stranger)
            fallen.update(h.first for h in inside)
        elif not BEARERS & set(run):
            # A surname with another capital behind it may be part of any name.
            fallen.update(h.first for h in inside if h.last < last)
    return strangers, [hit for hit in hits if hit.first not in fallen]


def name_key(words: Words, first: int, last: int) -> tuple[str, str]:
    """The key of a name found in text, and its surname as printed: no initials, no suffixes."""
    kept = [k for k in words.keys[first : last + 1] if len(k) > 1 and k not in SUFFIXES]
    surname = kept[-1:]
    for word in reversed(kept[1:-1]):
        if word not in PARTICLES:
            break
        surname.insert(0, word)
    return plain(" ".join(kept)), " ".join(surname)


def _runs(words: Words, starts: Mapping[int, Hit], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Runs of capitalised words that no certain name covers, without titles at their head."""
    runs, index, count = [], 0, len(words)
    capitals = words.capitals
    while index < count:
        if not capitals[index] and index not in starts:
            index += 1
            continue
        step = _step(words, index, starts)
        if step == 0:
            hit = starts.get(index)
            index = hit.last + 1 if hit is not None else index + 1
            continue
        first = index
        index += step
        while index < count and words.joins(index - 1) and _goes_on(words, index - 1):
            step = _step(words, index, starts) or _particle(words, index, starts)
            if step == 0:
                break
            index += step
        first = _past_titles(words, first, index - 1, lexicon.offices)
        if first < index:
            runs.append((first, index - 1))
    return runs


def _goes_on(words: Words, index: int) -> bool:
    gap = words.gap(index)
    if gap in APOSTROPHES:  # "O'Brien", and not "Smith's"
        return len(words.keys[index]) == 1 and words.is_capital(index)
    return gap in (" ", "\u00a0", "\n", ". ", ".") or gap in HYPHENS


def _step(words: Words, index: int, starts: Mapping[int, Hit]) -> int:
    """How many words the run takes here: one, a bare surname's, or none."""
    hit = starts.get(index)
    if hit is not None and not (hit.is_surname and hit.of_type("person")):
        return 0
    if hit is not None:
        return hit.last - hit.first + 1
    is_name = words.is_capital(index) and words.keys[index] not in NOT_A_NAME
    start = words.starts[index]
    return int(is_name and not words.text[start].isdigit())


def _particle(words: Words, index: int, starts: Mapping[int, Hit]) -> int:
    if index in starts:
        return 0
    is_inside = index + 1 < len(words) and words.is_capital(index + 1) and words.joins(index)
    return int(words.keys[index] in PARTICLES and is_inside)


def _past_titles(words: Words, first: int, last: int, offices: Tree) -> int:
    """The first word behind titles, trades and offices; past the last where nothing is left."""
    while first <= last:
        office = forward(words, first, offices)
        if office is not None:
            first = office[0] + 1
        elif words.keys[first] in STANDING or words.keys[first] in QUALIFIERS:
            first += 1
        else:
            break
    return first


def _is_thing(run: Sequence[str]) -> bool:
    return any(word in NOT_A_PERSON for word in run) and not BEARERS & set(run)


def _judge(
    words: Words,
    first: int,
    last: int,
    hits: tuple[Mapping[int, Hit], Mapping[int, Hit]],
    lexicon: Lexicon,
) -> Stranger | None:
    starts, ends = hits
    last = _before_bearer(words, first, last)
    if words.keys[last] in ROLES:
        return None
    if last - first >= LONGEST_NAME or last < first:
        return None
    title = before(words, first, ends, lexicon)
    names = sum(len(words.keys[i]) > 1 for i in range(first, last + 1))
    is_known = any(i in starts for i in range(first, last + 1))
    bare = starts.get(first + 1 if _is_adverb(words, first) else first)
    if bare is not None and bare.last == last:
        return None  # a surname of the tables with nothing before it but an adverb
    if names < 2:
        # A bare surname of the tables is the tables' business; an unknown one needs a title.
        if is_known or title is None or title.title_first is None:
            return None
        return Stranger(first, last, "", words.keys[last], title, "title")
    office = title or after(words, last, starts, lexicon)
    method = _evidence(words, first, last, lexicon, title, office)
    if method is None:
        return None
    key, surname = name_key(words, first, last)
    return Stranger(first, last, key, surname, office, method)


def _is_adverb(words: Words, index: int) -> bool:
    """Whether the word can owe its capital to the sentence it opens: "Afterwards Smith"."""
    return words.opens_sentence(index) and words.keys[index].endswith(OPENING_ENDS)


def _before_bearer(words: Words, first: int, last: int) -> int:
    while last >= first and words.keys[last] in BEARERS:
        last -= 1
    return last


def _evidence(
    words: Words,
    first: int,
    last: int,
    lexicon: Lexicon,
    title: PrintedOffice | None,
    office: PrintedOffice | None,
) -> str | None:
    """Why these words name a person, or None."""
    if any(words.is_upper(i) for i in range(first, last + 1)) and not words.text.isupper():
        return None
    if title is not None:
        return "title"
    if office is not None:
        return "apposition"
    if words.keys[first] in lexicon.given_names and words.keys[first] not in ORDINARY:
        return "given_name"
    next_key = words.keys[last + 1] if last + 1 < len(words) else ""
    if next_key in SPEECH and words.gap(last) == " ":
        return "speech"
    if first and words.keys[first - 1] in BEFORE_NAME and words.before(first) == " ":
        return "speech"
    tail = words.text[words.ends[last] : words.ends[last] + 12]
    if AGE.match(tail) or WHO.match(tail):
        return "apposition"
    if any(words.keys[i] in lexicon.surnames for i in (last,)):
        return "surname"
    return None
