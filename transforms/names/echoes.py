"""Names that only the rest of the article explains: of people it names in full elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from transforms.names import headlines
from transforms.names.headlines import WORDS_TOO
from transforms.names.hits import ORDINARY
from transforms.names.lexicon import Lexicon
from transforms.names.name import Name
from transforms.names.proofs import AGE, BEFORE_NAME, MAYBE, WHO
from transforms.names.readings import Reading, free_from, name_at
from transforms.names.spellings import plain
from transforms.names.strangers import Stranger
from transforms.names.vocabulary import (
    AUXILIARIES,
    BELONGINGS,
    HUMAN,
    NOT_A_NAME,
    NOT_A_PERSON,
    PARTICLES,
    SPEECH,
    STANDING,
)
from transforms.words import APOSTROPHES, Words

FULL_FORMS = ("full", "found")
ARTICLES_BEFORE = frozenset({("the",), ("a",), ("an",)})


def told(readings: Sequence[Reading]) -> list[Reading]:
    """The readings; a run of capitals is a person where its last word alone is printed again.

    People are called by their surname and speak; things are called by their first word or "the".
    In a headline, all in capitals, a given name and the word behind it are such a run.
    """
    in_full = headlines.in_full(readings)
    readings = [headlines.with_people(reading, in_full) for reading in readings]
    doubtful = [(r, s) for r in readings for s in r.strangers if s.method == MAYBE]
    if not doubtful:
        return readings
    ends = {r.words.keys[i] for r, s in doubtful for i in (s.first, s.last)}
    alone, human = _alone(readings, ends)
    things = {s.key for r, s in doubtful if r.words.keys[s.first - 1 : s.first] == ("the",)}

    def judged(reading: Reading, stranger: Stranger) -> Stranger:
        if stranger.method != MAYBE or stranger.key in things:
            return stranger
        first, last = (reading.words.keys[i] for i in (stranger.first, stranger.last))
        if reading.is_headline:
            is_called = first in alone or last in alone
        else:
            is_free = not reading.words.opens_sentence(stranger.first) or _has_initial(
                reading.words, stranger
            )
            is_called = is_free and last in human and first not in alone
        return replace(stranger, method="repetition") if is_called else stranger

    return [
        replace(r, strangers=tuple(judged(r, s) for s in r.strangers)) if r.strangers else r
        for r in readings
    ]


def _has_initial(words: Words, stranger: Stranger) -> bool:
    """Whether an initial stands between the names: "Raj K. Chohan"."""
    return any(words.is_initial(i) for i in range(stranger.first + 1, stranger.last))


def _alone(readings: Sequence[Reading], wanted: set[str]) -> tuple[set[str], set[str]]:
    """Which of these words the article prints as a name by itself, and which as a person's."""
    alone: set[str] = set()
    human: set[str] = set()
    for reading in readings:
        words = reading.words
        if reading.is_headline:
            continue
        for index in words.capital_at:
            key = words.keys[index]
            if key in wanted and _is_alone(words, index, key in WORDS_TOO):
                alone.add(key)
                human.update([key] if is_human(words, index) else [])
    return alone, human


def is_human(words: Words, index: int) -> bool:
    """Whether the words beside a name are said of people only."""
    following, gap = words.keys[index + 1 : index + 2], words.gap(index)
    if gap in APOSTROPHES and following == ("s",):
        return not BELONGINGS.isdisjoint(words.keys[index + 2 : index + 3])
    is_subject = gap in (" ", ", ") and not HUMAN.isdisjoint(following)
    is_subject |= bool(AGE.match(words.text, words.ends[index]))
    return is_subject or (words.before(index) == " " and words.keys[index - 1] in BEFORE_NAME)


def surnames(readings: Sequence[Reading], names: Sequence[Name]) -> list[Name]:
    """Surnames of people found elsewhere in the article: in full, or by a title that stays open."""
    bearers: dict[str, set[str]] = {}
    for name in names:
        if name.surname and (name.form == "found" or name.method == "unresolved:surname_only"):
            keys = name.candidates if name.form == "found" else ()
            bearers.setdefault(name.surname, set()).update(keys)
    tails: dict[str, list[tuple[str, ...]]] = {}
    for surname in sorted(bearers, key=len, reverse=True):
        parts = tuple(surname.split())
        tails.setdefault(parts[-1], []).append(parts)
    return [
        name
        for reading in readings
        for first, last in _printed(reading.words, tails)
        if last not in reading.ends
        for name in _echo(reading, first, last, bearers)
    ]


def _echo(
    reading: Reading, first: int, last: int, bearers: Mapping[str, set[str]]
) -> Iterable[Name]:
    surname = " ".join(reading.words.keys[first : last + 1])
    is_word = surname in ORDINARY and reading.words.opens_sentence(first)
    if is_word and not goes_on_as_name(reading.words, last):
        return
    name = _of_found(reading, first, last, surname, bearers[surname])
    if name.form == "found" or not _is_inside(reading, first, last):
        yield name


def _printed(
    words: Words, tails: Mapping[str, Sequence[tuple[str, ...]]]
) -> Iterable[tuple[int, int]]:
    """Where one of these surnames is printed: its first word and its last."""
    for last in words.capital_at:
        for parts in tails.get(words.keys[last], ()):
            first = last + 1 - len(parts)
            if first >= 0 and words.keys[first : last + 1] == parts:
                yield first, last
                break


def _is_inside(reading: Reading, first: int, last: int) -> bool:
    """Whether the surname is a part of another name: "Page Street", "Serena Williams"."""
    words = reading.words
    if "&" in words.gap(last) or (first and "&" in words.before(first)):
        return True
    if words.joins(last) and words.capitals[last + 1] and words.keys[last + 1] in NOT_A_PERSON:
        return not reading.is_headline
    if reading.is_headline or not first or words.before(first) != " ":
        return False
    key = words.keys[first - 1]
    is_name = words.capitals[first - 1] and key not in NOT_A_NAME and key not in STANDING
    is_free = first - 1 in reading.ends or words.opens_sentence(first - 1)
    return is_name and not is_free and reading.office_before(first) is None


def given_names(readings: Sequence[Reading], names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """Given names that stand alone for the one person so called whom the article names in full."""
    bearers = _by_given_name(names, lexicon)
    only = {given: keys.copy().pop() for given, keys in bearers.items() if len(keys) == 1}
    return [
        name_at(
            reading,
            index,
            index,
            None,
            "person",
            (only[key],),
            "given_name",
            form="given",
            is_authority=only[key] in lexicon.people,
        )
        for reading in readings
        if not reading.is_headline
        for index in reading.words.capital_at
        for key in [reading.words.keys[index]]
        if key in only and _is_alone(reading.words, index, key in WORDS_TOO, is_told=True)
    ]


def _is_alone(words: Words, index: int, is_word: bool, is_told: bool = False) -> bool:
    """Whether the word has a capital of its own and no other such word or article beside it.

    What `is_told` to be a name may open a sentence, unless it is a word of English too.
    """
    if not words.capitals[index] or words.keys[index - 1 : index] in ARTICLES_BEFORE:
        return False
    is_sure = is_told or goes_on_as_name(words, index)
    if words.opens_sentence(index) and (is_word or not is_sure):
        return False
    if words.joins(index) and words.gap(index) not in APOSTROPHES and _goes_on(words, index):
        return False
    return not (index and words.joins(index - 1) and words.capitals[index - 1])


def _goes_on(words: Words, index: int) -> bool:
    return words.capitals[index + 1] or words.keys[index + 1] in PARTICLES


def goes_on_as_name(words: Words, index: int) -> bool:
    """Whether the text behind a sentence's first word shows that the word is a name."""
    following = words.keys[index + 1] if index + 1 < len(words) else ""
    gap = words.gap(index)
    if gap in APOSTROPHES:
        return following == "s"
    if AGE.match(words.text, words.ends[index]) or WHO.match(words.text, words.ends[index]):
        return True
    is_verb = following in SPEECH or following in AUXILIARIES or following.endswith("ed")
    return gap == " " and is_verb and not words.capitals[index + 1]


def _by_given_name(names: Sequence[Name], lexicon: Lexicon) -> Mapping[str, set[str]]:
    bearers: dict[str, set[str]] = {}
    for name in names:
        if not name.is_person or len(name.candidates) != 1 or name.form not in FULL_FORMS:
            continue
        key = name.candidates[0]
        if name.form == "full":
            given = lexicon.people[key].given_names.casefold()
        else:
            given = key.split()[0]
        if given and given not in ORDINARY:
            bearers.setdefault(given, set()).add(key)
    return bearers


def _of_found(reading: Reading, index: int, last: int, surname: str, keys: set[str]) -> Name:
    words, first, form = reading.words, index, "surname"
    for key in sorted(keys) if index and words.joins(index - 1) else ():
        given = key.removesuffix(plain(surname)).split()
        if given and given == [plain(k) for k in words.keys[max(0, index - len(given)) : index]]:
            first, form, keys = index - len(given), "found", {key}
    title = reading.office_before(first)
    if form == "surname" and title is not None and title.title_first is not None:
        first = free_from(title.title_first, first, reading.ends)
    method = "found:full_name" if form == "found" else "found:surname"
    method = method if keys else "unresolved:surname_only"
    return name_at(
        reading,
        first,
        last,
        title,
        "person",
        tuple(sorted(keys)),
        method,
        surname=surname,
        form=form,
        is_authority=False,
    )
