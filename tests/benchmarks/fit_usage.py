"""Fit what tells a body by how a text uses its name, to the labelled reports of ECB+.

usage: python -m tests.benchmarks.fit_usage > transforms/weights/body_usage.tsv

A run of capitals that no other rule names is a body where bodies_ecbplus.txt lists its words, and
none otherwise; only runs that the text uses like one are looked at. Folds leave topics out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from flows.sources import read_authority
from tests.benchmarks import ecbplus
from tests.benchmarks.names import SEEDS, passages_of
from transforms import names
from transforms.names import echoes, usage
from transforms.names.readings import read

FOLDS = 5
RIDGE = 1.0
Floats = npt.NDArray[np.float64]
LABELS = Path(__file__).with_name("bodies_ecbplus.txt")


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of one run of words in one report, and whether it names a body."""

    topic: str
    words: str
    signs: tuple[float, ...]
    is_body: bool


@cache
def examples() -> tuple[Example, ...]:
    """The runs of all reports."""
    lexicon = names.build(read_authority([SEEDS]))
    bodies = set(LABELS.read_text("utf-8").splitlines())
    return tuple(
        Example(
            report.topic,
            " ".join(key),
            usage.signs(key, places, about, lexicon),
            " ".join(key) in bodies,
        )
        for report in ecbplus.ecb_plus()
        for readings in [echoes.told([read(p, lexicon) for p in passages_of(report)])]
        for printed in [[usage.of_reading(r) for r in readings if not r.is_headline]]
        for about in [usage.About(printed)]
        for key, places in usage.by_key(printed, usage.people(readings)).items()
        if usage.may_be_body(key, places, about)
    )


def fitted(rows: Sequence[Example]) -> Floats:
    """Bias and weights of the logistic fit."""
    x = np.array([[1.0, *map(float, row.signs)] for row in rows])
    y = np.array([1.0 if row.is_body else -1.0 for row in rows])

    def loss(w: Floats) -> tuple[float, Floats]:
        margin = y * (x @ w)
        value = np.logaddexp(0, -margin).sum() + RIDGE / 2 * (w[1:] @ w[1:])
        gradient = -(x.T @ (y / (1 + np.exp(margin))))
        gradient[1:] += RIDGE * w[1:]
        return float(value), gradient

    result = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(result.x)


def out_of_fold() -> list[tuple[Example, float]]:
    """Each example with the log-odds that a fit without its topic gives."""
    topics = sorted({e.topic for e in examples()}, key=int)
    told: list[tuple[Example, float]] = []
    for fold in range(FOLDS):
        left_out = set(topics[fold::FOLDS])
        w = fitted([e for e in examples() if e.topic not in left_out])
        told += [
            (e, float(w[0] + np.dot(w[1:], np.array(e.signs, dtype=float))))
            for e in examples()
            if e.topic in left_out
        ]
    return told


def main() -> None:
    """Prints the weights."""
    told = out_of_fold()
    print(
        "# What tells a body by how a text uses its name, in nats; see transforms/names/usage.py."
    )
    print("# From ECB+ (Cybulska and Vossen 2014, CC BY 3.0), topics 1 to 25.")
    print("# Made by tests/benchmarks/fit_usage.py. Topics left out:")
    for floor in (0.0, 1.0):
        found = [e for e, odds in told if odds > floor]
        right = sum(e.is_body for e in found)
        bodies = sum(e.is_body for e, _ in told)
        print(
            f"# over {floor:.0f}: {right} of {bodies} bodies, {len(found) - right} of "
            f"{len(told) - bodies} others."
        )
    w = fitted(examples())
    for sign, weight in zip(("bias", *usage.SIGNS), w, strict=True):
        print(f"{sign}\t{weight:.3f}")


if __name__ == "__main__":
    main()
