"""Numbers: counts of one thing on which the reports of an event cannot all be right.

A number that differs is a disagreement only where it counts the same thing. The unit alone does
not tell: "two ships" fired and "five ships" watched. So the words around it must agree too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transforms.english import MONTHS, NUMBERS
from transforms.terms import stems

# Spans of time are counted from different days, and measures are taken of anything.
UNITS_OF_ANYTHING = frozenset(
    "second minute hour day week month year decade century time o'clock gmt am pm "
    "mile kilometer kilometre meter metre yard feet inch pound ton tonne degree point "
    "percent dollar euro other more".split()
)
TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS: Mapping[str, int] = {
    **{word: value for value, word in enumerate(("zero", *NUMBERS))},
    **{word: 10 * value for value, word in enumerate(TENS, start=3)},
}
# What befell people, whatever they are called: "12 dead", "20 lives", "killing 17".
ROLES: Mapping[str, str] = {
    "dead": "dead died dies killed kills killing lives deaths fatalities bodies perished drowned "
    "toll",
    "hurt": "hurt injured injuring injures wounded wounding",
    "missing": "missing unaccounted",
    "seized": "arrested arresting detained detaining seized captured kidnapped abducted",
}
ROLE_OF: Mapping[str, str] = {word: role for role, words in ROLES.items() for word in words.split()}
DOING = frozenset(
    "killed kills killing lives toll hurt injured injuring injures wounded wounding "
    "arrested arresting detained detaining seized captured kidnapped abducted".split()
)
BE = frozenset("is are was were been being be and or least".split())
ROLE_REACH = 6
WORD = re.compile(r"\d{1,3}(?:,\d{3})+|\d+|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
COUNTED = re.compile(
    r"(?<![\w.,$£€-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|" + "|".join(NUMBER_WORDS) + r")[ -]"
    r"(?:(hundred|thousand|million|billion)[ -])?([a-z]{3,})(?:[ ]([a-z]{4,}s))?\b",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(r"(?<=[.;!?])\s+|\n")
# "The 2007 elections" are not so many.
YEAR = re.compile(r"(?:19|20)\d\d")
# "One" or "two" come with anything.
SMALLEST_COUNT = 2
# How many words on either side of a number tell what is counted, and how many of them must agree.
AROUND = 10
SHARED_WORDS = 2
# What is longer is no sentence, and would take long.
LONGEST = 600
WORD_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Count:
    """One number of things in the plural, with the stems of the words around it."""

    unit: str
    value: str
    around: frozenset[str]


def disagreements(texts: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(fact, value, article) where reports give one number each of one thing, not all the same."""
    by_unit: dict[str, dict[str, Count]] = defaultdict(dict)
    suffered: dict[str, dict[str, str]] = defaultdict(dict)
    for article, text in texts.items():
        for unit, found in _single(text).items():
            if unit not in ROLE_OF:
                by_unit[unit][article] = found
        for role, value in casualties(text).items():
            suffered[role][article] = value
    of_units = [
        (f"number of {unit}", count.value, article)
        for unit, of_articles in by_unit.items()
        for article, count in of_articles.items()
        if any(_contradict(count, other) for other in of_articles.values())
    ]
    of_roles = [
        (f"number of {role}", value, article)
        for role, of_articles in suffered.items()
        if len(set(of_articles.values())) > 1
        for article, value in of_articles.items()
    ]
    return [*of_units, *of_roles]


def casualties(text: str) -> dict[str, str]:
    """How many the text says died, were hurt, are missing or were seized: the first of each.

    A part of those ("three of the injured") is no count of them.

    >>> casualties("At least 12 people died and forty were hurt, nine of them badly.")
    {'dead': '12', 'hurt': '40'}
    """
    found: dict[str, str] = {}
    for part in CLAUSE_END.split(text):
        words = [m.group() for m in WORD.finditer(part[:LONGEST])]
        numbers = [i for i, word in enumerate(words) if _is_count(words, i)]
        for place, word in enumerate(words):
            role = ROLE_OF.get(word.lower())
            near = [i for i in numbers if abs(i - place) <= ROLE_REACH]
            if role and near and role not in found:
                before = [i for i in near if i < place]
                # "12 people died" and "killed 12", where no other number lies between.
                chosen = (
                    max(before)
                    if before and not _is_doing(words, place)
                    else min([i for i in near if i > place], default=max(before, default=near[0]))
                )
                found[role] = _value(words[chosen])
                numbers.remove(chosen)
    return found


def _is_doing(words: list[str], place: int) -> bool:
    """Whether what was done to the counted stands before them: "killed 12", "death toll of 12"."""
    after = [_is_count(words, i) for i in range(place + 1, min(place + 6, len(words)))]
    is_passive = place > 0 and words[place - 1].lower() in BE
    return words[place].lower() in DOING and not is_passive and any(after)


def _is_count(words: list[str], place: int) -> bool:
    word = words[place].lower()
    if word not in NUMBER_WORDS and not word.replace(",", "").isdecimal():
        return False
    after = words[place + 1].lower() if place + 1 < len(words) else ""
    before = words[place - 1].lower() if place else ""
    is_part = after == "of"
    is_measure = after.removesuffix("s") in UNITS_OF_ANYTHING - {"other", "more", "second"}
    is_date = after in MONTHS or before in MONTHS or YEAR.fullmatch(word) is not None
    is_age = before in ("aged", "age") or after in ("year-old", "years-old")
    return not (is_part or is_measure or is_date or is_age) and int(_value(word)) >= SMALLEST_COUNT


def _value(word: str) -> str:
    return str(NUMBER_WORDS.get(word.lower(), word.replace(",", "")))


def _contradict(one: Count, other: Count) -> bool:
    return one.value != other.value and len(one.around & other.around) >= SHARED_WORDS


def _single(text: str) -> dict[str, Count]:
    """The counts of things of which the text gives one number only."""
    found: dict[str, dict[str, Count]] = defaultdict(dict)
    for count in counts(text):
        known = found[count.unit].get(count.value)
        around = count.around | known.around if known else count.around
        found[count.unit][count.value] = Count(count.unit, count.value, around)
    return {unit: next(iter(of.values())) for unit, of in found.items() if len(of) == 1}


def counts(text: str) -> Iterator[Count]:
    """The numbers printed of things that are counted in the plural.

    >>> [(c.unit, c.value) for c in counts("Three Swedish tourists and 12 ships waited two weeks.")]
    [('swedish tourists', '3'), ('ships', '12')]
    """
    for part in CLAUSE_END.split(text):
        clause = part[:LONGEST]
        for match in COUNTED.finditer(clause):
            number, scale, first, second = (part and part.lower() for part in match.groups())
            value = str(NUMBER_WORDS.get(number, number.replace(",", "")))
            unit = f"{first} {second}" if second and not first.endswith("s") else first
            if not _is_plural(unit) or float(value) < SMALLEST_COUNT or YEAR.fullmatch(number):
                continue
            start, end = match.span()
            near = [*clause[:start].split()[-AROUND:], *clause[end:].split()[:AROUND]]
            around = {word for word in stems(" ".join(near)) if len(word) >= WORD_LETTERS}
            yield Count(unit, f"{value} {scale}" if scale else value, frozenset(around))


def _is_plural(unit: str) -> bool:
    words = unit.split()
    is_plural = words[-1].endswith("s") and not words[-1].endswith("ss")
    return is_plural and not any(word.removesuffix("s") in UNITS_OF_ANYTHING for word in words)
