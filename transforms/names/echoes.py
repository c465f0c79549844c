"""Names that only the rest of the article explains: of people it names in full elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from transforms.names.hits import ORDINARY
from transforms.names.lexicon import Lexicon, plain
from transforms.names.readings import Reading, free_from, name_at
from transforms.names.resolution import Name
from transforms.words import Words


def surnames(reading: Reading, names: Sequence[Name], known: Sequence[str]) -> Iterable[Name]:
    """Names of people found elsewhere in the article: in full or by surname, titles or none."""
    words, ends = reading.words, reading.ends
    for index, last, surname in _printed(words, known):
        keys = {
            key for n in names if n.surname == surname and n.form == "found" for key in n.candidates
        }
        if last in ends or (surname in ORDINARY and words.opens_sentence(index)):
            continue
        yield _of_found(reading, index, last, surname, keys)


def given_names(readings: Sequence[Reading], names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """Given names that stand alone for the one person so called whom the article names in full."""
    bearers = _by_given_name(names, lexicon)
    return [
        replace(
            name_at(reading, index, index, None, "person", tuple(bearers[key]), "given_name"),
            form="given",
        )
        for reading in readings
        if not reading.is_headline
        for index, key in enumerate(reading.words.keys)
        if key in bearers and len(bearers[key]) == 1 and _is_alone(reading.words, index)
    ]


def _is_alone(words: Words, index: int) -> bool:
    """Whether the word has a capital of its own and no other such word beside it."""
    if not words.is_capital(index) or words.opens_sentence(index):
        return False
    if words.joins(index) and words.is_capital(index + 1):
        return False
    return not (index and words.joins(index - 1) and words.is_capital(index - 1))


def _by_given_name(names: Sequence[Name], lexicon: Lexicon) -> dict[str, set[str]]:
    bearers: dict[str, set[str]] = {}
    for name in names:
        if name.form == "full" and len(name.candidates) == 1:
            given = lexicon.people[name.candidates[0]].given_names.casefold()
            if given and given not in ORDINARY:
                bearers.setdefault(given, set()).update(name.candidates)
    return bearers


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


def _of_found(reading: Reading, index: int, last: int, surname: str, keys: set[str]) -> Name:
    words, first, form = reading.words, index, "surname"
    for key in sorted(keys):
        given = key.removesuffix(surname).split()
        if given and given == [plain(k) for k in words.keys[max(0, index - len(given)) : index]]:
            first, form, keys = index - len(given), "found", {key}
    title = reading.office_before(first)
    if form == "surname" and title is not None and title.title_first is not None:
        first = free_from(title.title_first, first, reading.ends)
    method = "found:full_name" if form == "found" else "found:surname"
    name = name_at(reading, first, last, title, "person", tuple(sorted(keys)), method)
    return replace(name, is_authority=False, surname=surname, form=form)
