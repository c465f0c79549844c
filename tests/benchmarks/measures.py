"""Measures of a grouping against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(found: Mapping[str, str], true: Mapping[str, str]) -> Score:
    """B-cubed (Bagga and Baldwin 1998) of the groups that two mappings of the same items give."""
    both = Counter((found[i], true[i]) for i in true)
    of_found, of_true = Counter(found[i] for i in true), Counter(true.values())
    precision = sum(n * n / of_found[f] for (f, _), n in both.items()) / len(true)
    recall = sum(n * n / of_true[t] for (_, t), n in both.items()) / len(true)
    return Score(precision, recall)
