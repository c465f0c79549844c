"""Scoring: from signals to the probability that two articles report one event.

A logistic model whose weights stand in weights/same_event.tsv; every signal adds its weight
times its value to the log-odds, so that a decision can be taken apart again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from transforms import weights
from transforms.events.neighbours import Floats

SAME_EVENT = 0.5  # the odds are even
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Term:
    """One signal in the model; `typical` is its mean over pairs of different events."""

    signal: str
    weight: float
    typical: float


@dataclass(frozen=True, slots=True)
class Model:
    """Log-odds of one event: `base` for a typical pair of neighbours, and what signals add."""

    base: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one signal adds to the log-odds of a pair, in nats; negative: against one event."""

    signal: str
    value: float
    nats: float


@cache
def model() -> Model:
    """The fitted model."""
    rows = weights.rows("same_event")
    base = next(float(row[1]) for row in rows if row[0] == "(base)")
    terms = tuple(Term(r[0], float(r[1]), float(r[2])) for r in rows if r[0][0] != "(")
    return Model(base, terms)


def probabilities(signals: Mapping[str, Floats], fitted: Model | None = None) -> Floats:
    """The probability of one event for every pair, from arrays of equal length by signal."""
    fitted = fitted or model()
    odds = np.full(len(signals[fitted.terms[0].signal]), fitted.base)
    for term in fitted.terms:
        odds = odds + term.weight * (np.asarray(signals[term.signal]) - term.typical)
    return np.asarray(np.round(1 / (1 + np.exp(-odds)), DECIMALS), np.float64)


def contributions(
    signals: Mapping[str, float], fitted: Model | None = None
) -> Sequence[Contribution]:
    """What each signal of one pair adds, the strongest first; with the base they give the odds."""
    fitted = fitted or model()
    parts = [
        Contribution(t.signal, signals[t.signal], t.weight * (signals[t.signal] - t.typical))
        for t in fitted.terms
    ]
    return sorted(parts, key=lambda p: (-abs(p.nats), p.signal))
