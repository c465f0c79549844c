"""Persons: how surely a run of capitalised words is somebody's name, and not a label or a paper.

A dozen signs weighed by a small fitted model: whether the first word is a given name, and how
common the words are in English at large. "Text Size" has two common words, "Ted Atwater" none.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Set
from functools import cache

from transforms import weights
from transforms.terms import stem
from transforms.text import fold_letters

SIGNS = (
    "is_given",
    "common_first",
    "common_most",
    "common_least",
    "is_two",
    "is_long",
    "has_initial",
    "is_given_later",
    "has_capitals",
    "has_digit",
    "has_hyphen",
)
MARKS = ".,'’()\"“”"
# A word in so many windows of 120 words is as common as any: log1p(1,000) is 7.
MOST_COMMON = 7.0


def signs(name: str, given_names: Set[str]) -> tuple[float, ...]:
    """The signs of `SIGNS`, in their order; `given_names` are folded: lower case, no accents.

    Where no given names are known the signs that ask for them are undecided.
    """
    printed = [word for word in name.split() if word.strip(MARKS)]
    folded = [fold_letters(word.strip(MARKS)) for word in printed]
    rest = [commonness(word) for word in folded[1:] if len(word) > 1] or [commonness(folded[-1])]
    is_initialled = len(folded[0]) <= 2 and len(folded) > 1
    unknown = 0.0 if given_names else 0.5
    return (
        max(unknown, is_initialled or folded[0] in given_names),
        commonness(folded[0]) if len(folded[0]) > 1 else 0.0,
        max(rest),
        min(rest),
        len(folded) == 2,
        len(folded) >= 4,
        any(len(word) == 1 for word in folded[1:-1]),
        max(unknown, any(word in given_names for word in folded[1:])),
        any(w.isupper() and len(w.strip(MARKS)) > 1 for w in printed) and not name.isupper(),
        any(map(str.isdigit, name)),
        any("-" in word for word in printed),
    )


def log_odds(name: str, given_names: Set[str]) -> float:
    """The log-odds, in nats, that the words are a person's name; 0 for letters beyond Latin.

    >>> log_odds("Ted Atwater", {"ted"}) > 3, log_odds("Text Size", {"ted"}) < -3
    (True, True)
    """
    if not any(map(str.isalpha, name)) or any("\u0250" <= letter < "\u1e00" for letter in name):
        return 0.0
    bias, fitted = _fitted()
    weighed: float = sum(map(operator.mul, fitted, signs(name, given_names)))
    return bias + weighed


def commonness(word: str) -> float:
    """How common a word is in English at large, 0 to 1, by its stem and on a log scale."""
    return min(1.0, math.log1p(_windows().get(stem(word), 0.0)) / MOST_COMMON)


@cache
def _windows() -> dict[str, float]:
    return dict(_figures(weights.rows("word_windows")))


@cache
def _fitted() -> tuple[float, tuple[float, ...]]:
    found = dict(_figures(weights.rows("person_names")))
    return found["bias"], tuple(found[sign] for sign in SIGNS)


def _figures(rows: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, float]]:
    return ((row[0], float(row[1])) for row in rows)
