"""Scores: what a measure comes to, and each thing it missed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not as the truth says, precise enough to be mended."""

    measure: str
    file: str
    where: str
    expected: str
    found: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision and recall, each None where there was nothing to divide by, and what they count."""

    name: str
    precision: float | None
    recall: float | None
    note: str = ""
    misses: tuple[Miss, ...] = ()

    @property
    def f1(self) -> float | None:
        """Their harmonic mean; None where nothing was given and nothing expected."""
        if self.precision is None and self.recall is None:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def share(part: int, whole: int) -> float | None:
    """The part as a share of the whole; None of nothing.

    >>> share(1, 4), share(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def excerpt(text: str, start: int, end: int, margin: int = 30) -> str:
    """The characters around a span, for a reader to find it by.

    >>> excerpt("The ministers met in Riga on Friday.", 21, 25, 7)
    '...met in Riga on Fri...'
    """
    left, right = max(0, start - margin), min(len(text), end + margin)
    return ("..." if left else "") + text[left:right].strip() + ("..." if right < len(text) else "")
