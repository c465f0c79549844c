"""People whom no reference table knows: told by a title, a given name, a deed or their kin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transforms.names.hits import Hit
from transforms.names.lexicon import Lexicon
from transforms.names.offices import PrintedOffice, after, before
from transforms.names.proofs import MAYBE, SURNAME_FIRST, proof
from transforms.names.runs import (
    NICKNAME_OPENS,
    before_bearer,
    capitalised,
    is_adverb,
    is_given,
    is_thing,
)
from transforms.names.spellings import plain
from transforms.names.vocabulary import (
    BEARERS,
    PARTICLES,
    ROLES,
    SHARED_ROLES,
    SUFFIXES,
    SURNAMES_TOO,
)
from transforms.words import APOSTROPHES, HYPHENS, Words

SAINTS = frozenset({"st", "saint", "san", "santa"})  # at the head of a place
NO_NAMES = PARTICLES | SUFFIXES  # by themselves
LONGEST_NAME = 5
OPENING, CLOSING = frozenset("\"'“‘„«"), frozenset("\"'”’“»")


@dataclass(frozen=True, slots=True)
class Stranger:
    """Words `first` to `last` of a text that name a person of no table, and how that was told."""

    first: int
    last: int
    key: str
    surname: str | None
    office: PrintedOffice | None
    method: str


def find(
    words: Words, starts: Mapping[int, Hit], ends: Mapping[int, Hit], lexicon: Lexicon
) -> tuple[list[Stranger], set[int]]:
    """The strangers of a text, and the hits that fall, by first word: surnames in other names.

    `starts` and `ends` are the hits of the text by their first and last word. A stranger of
    method `MAYBE` is one only if the rest of the article says so.
    """
    strangers: list[Stranger] = []
    fallen: set[int] = set()
    for first, last in capitalised(words, starts, lexicon):
        if first == last and words.keys[max(0, first - 1)] not in lexicon.title_ends:
            continue  # a single word is a name only behind a title
        inside = [starts[i] for i in range(first, last + 1) if i in starts]
        if is_thing(words, first, last, lexicon) or _is_of_place(words, first, last, ends):
            # "Clinton Foundation" is no mention of Clinton, "Clinton Administration" is one.
            fallen.update(h.first for h in inside if h.last < last)
            continue
        stranger = _judge(words, first, last, (starts, ends), lexicon)
        if stranger is not None:
            strangers.append(stranger)
        if stranger is not None and stranger.method != MAYBE:
            fallen.update(h.first for h in inside)
        elif not BEARERS.intersection(words.keys[first : last + 1]):
            # A surname with another capital behind it may be part of any name.
            fallen.update(h.first for h in inside if h.last < last)
    return _listed(words, strangers, ends), fallen


def name_key(words: Words, first: int, last: int, lexicon: Lexicon) -> tuple[str, str]:
    """The key of a name found in text, and its surname as printed.

    Initials, suffixes and middle names are left out: the next article leaves them out too. A
    nickname between marks is left out too, unless it is a given name that takes the place of the
    others ('Luis "Jerry" Ortiz'). A middle name is a given name set apart ("Mark Jay Heller", and
    not "Jean-Claude Juncker").
    """
    kept = [i for i in range(first, last + 1) if _is_kept(words, i, first, last)]
    if len(kept) < 2:  # "J. K. Rowling" has nothing but initials to be told by
        kept = [i for i in range(first, last + 1) if words.keys[i] not in SUFFIXES]
    nickname = [i for i in range(first + 1, last) if _is_nickname(words, i)]
    if nickname and words.keys[nickname[0]] in lexicon.given_names:
        kept = [nickname[0], *(i for i in kept if i > nickname[0])]
    start = max(len(kept) - 1, 0)
    while start > 1 and _is_of_surname(words, kept[start - 1]):
        start -= 1
    key = [
        words.keys[i]
        for n, i in enumerate(kept)
        if not (0 < n < start and _is_middle(words, i, lexicon))
    ]
    return plain(" ".join(key)), " ".join(words.keys[i] for i in kept[start:])


def _is_of_surname(words: Words, index: int) -> bool:
    """Whether the surname goes on to the left with this word: "de Gaulle", "O'Brien", "X-Y"."""
    key = words.keys[index]
    return key in PARTICLES or words.gap(index) in HYPHENS | APOSTROPHES


def _is_kept(words: Words, index: int, first: int, last: int) -> bool:
    key = words.keys[index]
    is_initial = len(key) == 1 and not (index < last and words.gap(index) in APOSTROPHES)
    is_nickname = index > first and _is_nickname(words, index)
    return not (is_initial or is_nickname or key in SUFFIXES)


def _is_nickname(words: Words, index: int) -> bool:
    return words.before(index) in NICKNAME_OPENS


def _is_middle(words: Words, index: int, lexicon: Lexicon) -> bool:
    is_apart = words.before(index) in " \u00a0" and words.gap(index) in " \u00a0"
    return is_apart and words.keys[index] in lexicon.given_names


def _listed(words: Words, strangers: Sequence[Stranger], ends: Mapping[int, Hit]) -> list[Stranger]:
    """The strangers; what stands in a list right behind a person is one too."""
    told: list[Stranger] = []
    people = {last for last, hit in ends.items() if hit.of_type("person")}
    for stranger in strangers:
        if stranger.method == MAYBE and _joined_to(words, stranger.first) in people:
            stranger = replace(stranger, method="list")
        if stranger.method != MAYBE:
            people.add(stranger.last)
        told.append(stranger)
    return told


def _joined_to(words: Words, first: int) -> int:
    """The last word of what is listed right before this word; -1 where nothing is."""
    if first and words.before(first) == ", ":
        return first - 1
    is_and = first > 1 and words.keys[first - 1] == "and"
    return first - 2 if is_and and words.gap(first - 2) in (" ", ", ") else -1


def _judge(
    words: Words,
    first: int,
    last: int,
    hits: tuple[Mapping[int, Hit], Mapping[int, Hit]],
    lexicon: Lexicon,
) -> Stranger | None:
    starts, ends = hits
    last = before_bearer(words, first, last)
    parts = sum(words.gap(i) not in HYPHENS for i in range(first, last)) + 1
    if parts > LONGEST_NAME or last < first or words.keys[first] in SAINTS:
        return None
    has_given = is_given(words, first, lexicon)
    if words.keys[last] in ROLES and not (has_given and last == first + 1):
        return None
    title = before(words, first, ends, lexicon)
    names = _names(words, first, last)
    is_known = any(i in starts for i in range(first, last + 1))
    bare = starts.get(first + 1 if is_adverb(words, first) and not has_given else first)
    if bare is not None and bare.last == last:
        return None  # a surname of the tables with nothing before it but an adverb
    if names < 2 and (is_known or title is None or not _tells_alone(words, first, title)):
        # A bare surname of the tables is the tables' business; an unknown one needs a title.
        return None
    if names < 2:
        return Stranger(first, last, "", words.keys[last], title, "title")
    office = title or after(words, last, starts, lexicon)
    method = proof(words, first, last, lexicon, office)
    if method is None or (method == "given_name" and _is_in_marks(words, first, last)):
        return None
    if office is not None and method in ("given_name", "title"):
        method = "apposition" if title is None else "title"
    key, surname = name_key(words, first, last, lexicon)
    if method == SURNAME_FIRST:
        given, surname = words.keys[last], words.keys[first]
        key = plain(f"{given} {surname}")
    return Stranger(first, last, key, surname, office, method)


def _is_of_place(words: Words, first: int, last: int, ends: Mapping[int, Hit]) -> bool:
    """Whether a thing that could be a surname lies in what is named before: "White House Rose
    Garden"."""
    before = ends.get(first - 1)
    if before is None or before.is_demonym or before.of_type("person"):
        return False
    return words.before(first) == " " and words.keys[last] in SURNAMES_TOO


def _is_in_marks(words: Words, first: int, last: int) -> bool:
    """Whether marks hold the name and nothing else, as they hold titles, inns and ships."""
    return words.before(first)[-1:] in OPENING and words.gap(last)[:1] in CLOSING


def _names(words: Words, first: int, last: int) -> int:
    """How many names are printed: initials at the head are one, "van der Berg-Luther" is one."""
    is_initialled = words.is_initial(first) and words.gap(first)[:1] == "."
    return is_initialled + sum(
        len(words.keys[i]) > 1
        and words.keys[i] not in NO_NAMES
        and (i == last or words.gap(i) not in HYPHENS)
        for i in range(first, last + 1)
    )


def _tells_alone(words: Words, first: int, title: PrintedOffice) -> bool:
    """Whether the title is one that only a person has: with a capital, or a trade."""
    if title.title_first is not None:
        return True
    trade = words.keys[first - 1]
    return trade in ROLES and trade not in SHARED_ROLES and words.before(first) == " "
