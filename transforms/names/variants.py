"""One person under several full names in one article: short forms and middle names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from transforms.names.name import Name
from transforms.names.spellings import plain
from transforms.names.vocabulary import SHORT_FORMS


def unified(names: Sequence[Name]) -> list[Name]:
    """The names; an article's "Mo Cheeks" and "Maurice Cheeks" are one, and so are "Mark Jay
    Heller" and "Mark Heller": under the full form, else under the one printed most."""
    counts = Counter(
        (n.surname, n.candidates[0]) for n in names if n.form == "found" and n.candidates
    )
    by_surname: dict[str | None, list[str]] = {}
    for surname, key in sorted(counts, key=lambda pair: (counts[pair], pair[1])):
        by_surname.setdefault(surname, []).append(key)
    same = {
        keys[0] if is_rarer else keys[1]: keys[1] if is_rarer else keys[0]
        for surname, keys in by_surname.items()
        # Of three who share a surname nobody can tell which two are one.
        if surname and len(keys) == 2
        for is_rarer in _variants(keys[0], keys[1], surname)
    }
    return [
        replace(n, candidates=(same[n.candidates[0]],))
        if n.form == "found" and n.candidates and n.candidates[0] in same
        else n
        for n in names
    ]


def _variants(rarer: str, other: str, surname: str) -> list[bool]:
    """Whether the rarer key gives way to the other or the other to it; nothing for two people."""
    given, others = (key.removesuffix(plain(surname)).split() for key in (rarer, other))
    if len(given) == len(others) == 1:
        pairs = ((given[0], others[0], True), (others[0], given[0], False))
        return [is_rarer for short, full, is_rarer in pairs if full in SHORT_FORMS.get(short, ())]
    short, full = sorted((given, others), key=len)
    is_part = len(short) < len(full) and short and (full[0] == short[0] or full[1:] == short)
    return [True] if is_part else []
