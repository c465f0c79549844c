"""Trees: small boosted decision trees, read from text and evaluated for many rows at once.

Every tree has up to eight leaves, so what is left of them fits a byte: each split that a row
fails takes the leaves on its left out, and the first that stays is the row's (QuickScorer,
Lucchese and others 2015). No code is loaded with the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from transforms.weights import rows

LEAVES = 8
SPLITS = LEAVES - 1
# So many rows at a time keep the table of all comparisons within the processor's cache.
STEP = 512


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted trees: for each its splits (feature, threshold, leaves to the right) and leaves."""

    features: tuple[str, ...]
    thresholds: npt.NDArray[np.float32]  # one a split, tree after tree
    right: npt.NDArray[np.uint8]  # leaves that stay where the split fails
    values: npt.NDArray[np.float32]  # of each tree for each byte of leaves that are left


@cache
def forest(name: str) -> Forest:
    """The trees of weights/`name`.tsv; part of the code, so read once."""
    return read(rows(name))


def read(table: Iterable[Sequence[str]]) -> Forest:
    """The trees of a table; a row is a tree.

    It holds feature, threshold and leaves to the right of each split, then the leaves.
    """
    features: list[str] = []
    thresholds: list[float] = []
    right: list[int] = []
    values = []
    for row in table:
        splits, leaves = row[: 3 * SPLITS], [float(v) for v in row[3 * SPLITS :]]
        features += splits[0::3]
        thresholds += map(float, splits[1::3])
        right += map(int, splits[2::3])
        values.append([leaves[_first(left)] for left in range(1 << LEAVES)])
    return Forest(
        tuple(features),
        np.array(thresholds, np.float32),
        np.array(right, np.uint8),
        np.array(values, np.float32),
    )


def _first(left: int) -> int:
    return (left & -left).bit_length() - 1 if left else 0


def scores(
    some: Forest, matrix: npt.NDArray[np.float32], names: Sequence[str]
) -> npt.NDArray[np.float32]:
    """The log-odds of every row of the matrix, whose columns are the features of these names."""
    place = {name: number for number, name in enumerate(names)}
    columns = np.array([place[f] for f in some.features])
    trees = np.arange(len(some.values))
    found = np.empty(len(matrix), np.float32)
    for start in range(0, len(matrix), STEP):
        part = matrix[start : start + STEP]
        fails = part[:, columns] > some.thresholds
        left = np.where(fails, some.right, np.uint8(255)).reshape(len(part), -1, SPLITS)
        leaf = np.bitwise_and.reduce(left, axis=2)
        found[start : start + STEP] = some.values[trees, leaf].sum(axis=1)
    return found
