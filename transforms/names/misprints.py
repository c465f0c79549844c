"""Misprints of a known name in its office: "NATO Secretary-General Solano" is Solana."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.names.lexicon import Lexicon, held_office
from transforms.names.name import Name
from transforms.names.spellings import plain

SHORTEST = 5  # letters: shorter surnames are too often another person's
METHOD = "misprint"


def told(names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """The names; an unknown one with an office is its holder's where one letter parts the two.

    The surname alone means the same person in the rest of the article.
    """
    meant = {}
    for name in names:
        if name.office_name is not None and _is_unknown(name):
            holders = set(_holders(name, lexicon))
            if len(holders) == 1:
                meant[name.surname] = holders.pop()
    if not meant:
        return list(names)
    return [_meant(name, meant.get(name.surname), lexicon) for name in names]


def _meant(name: Name, key: str | None, lexicon: Lexicon) -> Name:
    if key is None or not _is_unknown(name) or not _may_be(name, key, lexicon):
        return name
    return _corrected(name, key)


def _is_unknown(name: Name) -> bool:
    return name.is_person and not name.is_authority and name.surname is not None


def _holders(name: Name, lexicon: Lexicon) -> Iterator[str]:
    """Those who held the printed office under a surname that is one letter from this one."""
    for spell in lexicon.by_office.get(name.office_name or "", ()):
        is_held = held_office(spell, name.office_name, name.holder)
        if is_held and _may_be(name, spell.person_id, lexicon):
            yield spell.person_id


def _may_be(name: Name, key: str, lexicon: Lexicon) -> bool:
    person = lexicon.people.get(key)
    if person is None or not name.surname:
        return False
    if not _is_near(plain(name.surname), plain(person.surname.casefold())):
        return False
    given = plain((person.given_names or person.name).split()[0].casefold())
    return name.form != "found" or all(c.split()[0] == given for c in name.candidates)


def _corrected(name: Name, key: str) -> Name:
    form = "full" if name.form == "found" else "surname"
    return replace(name, candidates=(key,), is_authority=True, form=form, method=f"{form}:{METHOD}")


def _is_near(printed: str, known: str) -> bool:
    """Whether one letter is put in, left out or wrong, or two neighbours have changed places.

    >>> _is_near("solano", "solana"), _is_near("primkaov", "primakov"), _is_near("solti", "solana")
    (True, True, False)
    """
    if min(len(printed), len(known)) < SHORTEST or printed == known:
        return False
    at = next((i for i, (a, b) in enumerate(zip(printed, known, strict=False)) if a != b), None)
    if at is None:
        return abs(len(printed) - len(known)) == 1
    left, right = printed[at:], known[at:]
    is_swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or is_swapped
