"""The hand-made passages, each by itself: what is printed is found, and nothing else."""

from __future__ import annotations

import pytest

from tests.benchmarks import passages
from tests.benchmarks.passages import Case


@pytest.mark.parametrize("case", passages.cases("names.toml"), ids=str)
def test_names(case: Case) -> None:
    assert passages.faults(case) == []


@pytest.mark.parametrize("case", passages.cases("quotations.toml"), ids=str)
def test_quotations(case: Case) -> None:
    assert passages.faults(case) == []
