"""Floors of the duplicates stage on texts with known copies; they only rise."""

from __future__ import annotations

import pytest

from tests.benchmarks import copies, duplicates

SIZE = 3_000


@pytest.fixture(scope="module")
def found() -> duplicates.Figures:
    texts = list(copies.texts(SIZE))
    pairs = duplicates.communique(duplicates.table(texts))
    return duplicates.figures(pairs, duplicates.truth(texts))


def test_copies_are_linked(found: duplicates.Figures) -> None:
    assert found.link_recall >= 0.999


def test_nothing_else_is(found: duplicates.Figures) -> None:
    assert found.precision == 1


def test_truncations_and_new_heads_are_found(found: duplicates.Figures) -> None:
    assert found.containment_recall >= 0.98
