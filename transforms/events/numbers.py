"""Numbers: counts of one thing on which the reports of an event cannot all be right.

A number that differs is a disagreement only where it counts the same thing. The unit alone does
not tell: "two ships" fired and "five ships" watched. So the words around it must agree too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transforms.english import NUMBERS
from transforms.terms import stems

# Spans of time are counted from different days, and measures are taken of anything.
UNITS_OF_ANYTHING = frozenset(
    "second minute hour day week month year decade century time o'clock gmt am pm "
    "mile kilometer kilometre meter metre yard feet inch pound ton tonne degree point "
    "percent dollar euro other more".split()
)
NUMBER_WORDS: Mapping[str, int] = {word: value for value, word in enumerate(("zero", *NUMBERS))}
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
    for article, text in texts.items():
        for unit, found in _single(text).items():
            by_unit[unit][article] = found
    return [
        (f"number of {unit}", count.value, article)
        for unit, of_articles in by_unit.items()
        for article, count in of_articles.items()
        if any(_contradict(count, other) for other in of_articles.values())
    ]


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
