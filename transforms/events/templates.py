"""Templates: texts that are one but for their days and numbers, made anew for each occasion.

The weather of two weeks and the statements of two months are no copies of each other, and no
reports of one event. A wire story whose numbers grow within a day is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transforms.events import days, times
from transforms.events.evidence import Evidence
from transforms.events.sets import Floats, totals
from transforms.ranges import Ints


@dataclass(frozen=True, slots=True)
class Rules:
    """When a wording is one, and when it speaks of other things.

    Independent reports of one event share at most .25 of the shorter's word 3-grams (ECB+).
    """

    free: float = 0.15
    whole: float = 0.45
    # Of the numbers of the one with more, so many at the least are each one's alone: a reprint
    # may gain or lose some, a template has others in their place.
    other_numbers: float = 0.25


def conflicts(
    evidence: Evidence,
    brackets: days.Brackets,
    jaccard: Floats,
    left: Ints,
    right: Ints,
    rules: Rules | None = None,
) -> Floats:
    """How much of one wording two articles are whose days and numbers differ; 0 to 1."""
    rules = rules or Rules()
    sets = evidence.numbers
    shared = totals(sets, sets, left, right)
    one, other = sets.sizes[left], sets.sizes[right]
    differ = (np.minimum(one, other) - shared) / np.maximum(np.maximum(one, other), 1)
    apart = days.are_apart(brackets, left, right)
    told = days.are_told(brackets, left, right)
    printed = times.conflicts(evidence.times, left, right) > 0
    is_other = np.where(told, apart, printed) & (differ >= rules.other_numbers)
    alike = np.clip((jaccard - rules.free) / (rules.whole - rules.free), 0, 1)
    return np.asarray(np.round(np.where(is_other, alike, 0.0), 4))
