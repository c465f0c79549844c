"""Trees: every row falls where a walk down each tree leads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import weights
from transforms.furniture import trees

NAMES = ("age", "length", "width")
ALL_LEAVES = (1 << trees.LEAVES) - 1


@dataclass(frozen=True)
class Leaf:
    value: float


@dataclass(frozen=True)
class Split:
    feature: str
    threshold: float
    low: Node
    high: Node


Node = Leaf | Split
QUARTERS = st.integers(-40, 40).map(lambda n: n / 4)


@st.composite
def a_tree(draw: st.DrawFn, leaves: int | None = None) -> Node:
    count = draw(st.integers(1, trees.LEAVES)) if leaves is None else leaves
    if count == 1:
        return Leaf(draw(QUARTERS))
    low = draw(st.integers(1, count - 1))
    feature, threshold = draw(st.sampled_from(NAMES)), draw(st.integers(-3, 3))
    return Split(feature, threshold, draw(a_tree(low)), draw(a_tree(count - low)))


def _leaves(node: Node) -> list[float]:
    if isinstance(node, Leaf):
        return [node.value]
    return _leaves(node.low) + _leaves(node.high)


def _splits(node: Node, first: int = 0) -> Iterator[tuple[str, str, str]]:
    """Feature, threshold and the leaves that stay where the split sends a row to the right."""
    if isinstance(node, Leaf):
        return
    low = len(_leaves(node.low))
    out = sum(1 << leaf for leaf in range(first, first + low))
    yield node.feature, str(node.threshold), str(ALL_LEAVES & ~out)
    yield from _splits(node.low, first)
    yield from _splits(node.high, first + low)


def _row(tree: Node) -> list[str]:
    """The tree as a row of weights; splits and leaves it lacks decide nothing."""
    splits = list(_splits(tree))
    splits += [(NAMES[0], "0", str(ALL_LEAVES))] * (trees.SPLITS - len(splits))
    leaves = _leaves(tree)
    leaves += [99.0] * (trees.LEAVES - len(leaves))
    return [*(cell for split in splits for cell in split), *map(str, leaves)]


def _walked(node: Node, values: dict[str, float]) -> float:
    while isinstance(node, Split):
        node = node.high if values[node.feature] > node.threshold else node.low
    return node.value


ROW = st.tuples(*[st.integers(-4, 4)] * len(NAMES))


def _scores(forest: list[list[str]], rows: npt.ArrayLike) -> list[float]:
    matrix = np.array(rows, np.float32).reshape(-1, len(NAMES))
    columns = dict(zip(NAMES, matrix.T, strict=True))
    found: list[float] = trees.scores(trees.read(forest), columns, len(matrix)).tolist()
    return found


@given(st.lists(a_tree(), min_size=1, max_size=4), st.lists(ROW, min_size=1, max_size=12))
def test_scores_are_those_of_a_walk(forest: list[Node], rows: list[tuple[int, ...]]) -> None:
    assert _scores(list(map(_row, forest)), rows) == [
        sum(_walked(tree, dict(zip(NAMES, row, strict=True))) for tree in forest) for row in rows
    ]


STUMP = Split("width", 2.0, Leaf(-1.5), Leaf(0.25))


@pytest.mark.parametrize(("width", "score"), [(1.0, -1.5), (2.0, -1.5), (2.5, 0.25)])
def test_a_value_at_the_threshold_goes_left(width: float, score: float) -> None:
    assert _scores([_row(STUMP)], [[9, 9, width]]) == [score]


def test_only_the_columns_that_are_asked_for_are_needed() -> None:
    some = trees.read([["width", "2", "254"] * trees.SPLITS + ["0.5"] * trees.LEAVES])
    assert some.features == ("width",)
    assert trees.scores(some, {"width": np.array([1, 3])}, 2).tolist() == [0.5, 0.5]


def test_more_rows_than_one_step() -> None:
    count = 2 * trees.STEP + 3
    matrix = np.zeros((count, 3), np.float32)
    matrix[::2, 2] = 5
    found = _scores([_row(STUMP), _row(Leaf(1.0))], matrix)
    assert found == [1.25 if n % 2 == 0 else -0.5 for n in range(count)]


def test_no_rows_have_no_scores() -> None:
    assert _scores([_row(STUMP)], []) == []


@pytest.mark.parametrize("name", ["story_markup", "story_text"])
def test_the_weights_are_whole(name: str) -> None:
    some = trees.read(weights.rows(name))
    count = len(some.values)
    assert some.values.shape == (count, 1 << trees.LEAVES)
    assert np.abs(some.values).max() < 10 * trees.UNIT
    assert len(some.columns) == len(some.thresholds) == len(some.right) == count * trees.SPLITS
