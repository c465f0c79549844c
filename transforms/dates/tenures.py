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

# Words of the holder's clause that put it into the past of the story.
CLAUSE = re.compile(r"[,;:]\s|\s(?:but|and|while|whereas)\s")
AGO = re.compile(
    r"\b(?:(?:years|decades|a\s+(?:year|decade|generation))\s+(?:ago|earlier|before)|decades\b|once\b"
    r"|predecessors?\b|in\s+the\s+(?:days|years|time|era)\s+of|the\s+\w+\s+(?:era|years)\b)",
    re.I,
)
PLUPERFECT_BEHIND = re.compile(r"\s+had\b", re.I)
UNDER = re.compile(
    r"\b(?:under|since|successor\s+to|succeeded|replaced|after|like)\s+(?:\w+\s+){0,2}$"
)


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
    """Whether the name's sentence tells of the past: by a year of the office, or by its words."""
    for start, end in sentences(text):
        if start <= name.start < end:
            sentence = text[start:end]
            years = [int(y) for y in YEAR.findall(sentence)]
            is_of_year = any(s.from_date.year <= y <= s.to_date.year for y in years for s in held)
            return is_of_year or _is_passing(sentence, name.start - start, name.end - start)
    return False


def _is_passing(sentence: str, start: int, end: int) -> bool:
    """Whether the clause names its holder as one of the past: "had", "ago", "under", "when"."""
    before = CLAUSE.split(sentence[:start])[-1]
    behind = CLAUSE.split(sentence[end:])[0]
    return bool(
        AGO.search(before + behind) or PLUPERFECT_BEHIND.match(behind) or UNDER.search(before)
    )
