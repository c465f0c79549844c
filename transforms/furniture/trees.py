"""Trees: small boosted decision trees, read from text and evaluated for many rows at once.

Every tree has up to eight leaves, so what is left of them fits a byte: each split that a row
fails takes the leaves on its left out, and the first that stays is the row's (QuickScorer,
Lucchese and others 2015). No code is loaded with the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEAVES = 8
SPLITS = LEAVES - 1
# So many rows at a time keep the table of all comparisons within the processor's cache.
STEP = 512
UNIT = 10_000


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted trees: for each its splits (feature, threshold, leaves to the right) and leaves."""

    features: tuple[str, ...]  # that any split asks for
    columns: npt.NDArray[np.int64]  # of each split, tree after tree: the number of its feature
    thresholds: npt.NDArray[np.float32]
    right: npt.NDArray[np.uint8]  # leaves that stay where the split fails
    # Of each tree for each byte of leaves that are left, in ten-thousandths: sums are exact.
    values: npt.NDArray[np.int32]


def read(table: Iterable[Sequence[str]]) -> Forest:
    """The trees of a table; a row is a tree.

    It holds feature, threshold and leaves to the right of each split, then the leaves.
    """
    numbers: dict[str, int] = {}
    columns: list[int] = []
    thresholds: list[float] = []
    right: list[int] = []
    values = []
    for row in table:
        splits, leaves = row[: 3 * SPLITS], [round(float(v) * UNIT) for v in row[3 * SPLITS :]]
        columns += [numbers.setdefault(name, len(numbers)) for name in splits[0::3]]
        thresholds += map(float, splits[1::3])
        right += map(int, splits[2::3])
        values.append([leaves[_first(left)] for left in range(1 << LEAVES)])
    return Forest(
        tuple(numbers),
        np.array(columns, np.int64),
        np.array(thresholds, np.float32),
        np.array(right, np.uint8),
        np.array(values, np.int32),
    )


def _first(left: int) -> int:
    return (left & -left).bit_length() - 1 if left else 0


def scores(
    some: Forest, columns: Mapping[str, npt.NDArray[np.generic]], count: int
) -> npt.NDArray[np.float64]:
    """The log-odds of `count` rows; `columns` holds the values of every feature by its name."""
    matrix = np.empty((len(some.features), count), np.float32)
    for number, name in enumerate(some.features):
        matrix[number] = columns[name]
    trees = np.arange(len(some.values))[:, None]
    right, thresholds = some.right[:, None], some.thresholds[:, None]
    found = np.empty(count)
    for start in range(0, count, STEP):
        holds = matrix[some.columns, start : start + STEP] <= thresholds
        # All leaves stay where the split holds: minus one is 255. Twice as fast as `where`.
        left = right | -holds.view(np.uint8)
        leaf = np.bitwise_and.reduce(left.reshape(len(trees), SPLITS, -1), axis=1)
        found[start : start + STEP] = some.values[trees, leaf].sum(axis=0)
    return found / UNIT
