"""Clues of the offices that a story prints with names: it is of the time of those who held them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from transforms.articles import Passage
from transforms.authority import OfficeSpell
from transforms.dates.clues import RULES, YEAR, Clue, ClueRules
from transforms.names import Name
from transforms.text import sentences

FORMER = re.compile(r"\b(?:former|ex|late|then|future|one-time)[\s-]+(?:[\w.'-]+\s+){0,4}$", re.I)


def tenures(
    passages: Sequence[Passage],
    names: Sequence[Name],
    spells: Mapping[tuple[str, str], Sequence[OfficeSpell]],
    rules: ClueRules = RULES,
) -> Iterator[Clue]:
    """The time in office of every person named with the office, once a person and office."""
    texts = {p.block_index: p.text for p in passages}
    seen: set[tuple[str, str]] = set()
    for name in names:
        if name.entity_type != "person" or not name.office_name:
            continue
        text = texts[name.block_index]
        if FORMER.search(text, max(0, name.start - 60), _office_start(text, name)):
            continue
        for person in name.candidates:
            held = [
                spell
                for spell in spells.get((person, name.office_name), ())
                if name.holder in (None, spell.organisation_id, spell.country)
            ]
            if not held or (person, name.office_name) in seen:
                continue
            seen.add((person, name.office_name))
            weight = (
                rules.historical_weight if _is_historical(text, name, held) else rules.tenure_weight
            )
            for spell in held:
                yield Clue(
                    "tenure", spell.from_date, spell.to_date, weight,
                    f"tenure:{'|'.join(name.candidates)}:{name.office_name}",
                    name.surface, name.block_index, name.start, name.end,
                )  # fmt: skip


def _office_start(text: str, name: Name) -> int:
    at = text.rfind(name.office, 0, name.start) if name.office else -1
    return at if at >= 0 else name.start


def _is_historical(text: str, name: Name, held: Sequence[OfficeSpell]) -> bool:
    """Whether the name's sentence prints a year in which the office was held."""
    if not YEAR.search(text):
        return False
    for start, end in sentences(text):
        if start <= name.start < end:
            years = [int(y) for y in YEAR.findall(text[start:end])]
            return any(s.from_date.year <= year <= s.to_date.year for year in years for s in held)
    return False
