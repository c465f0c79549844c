"""The examples in the docstrings of the transforms hold."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import transforms

MODULES = sorted(m.name for m in pkgutil.walk_packages(transforms.__path__, "transforms."))


@pytest.mark.parametrize("module", MODULES)
def test_examples(module: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(module))
    assert failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    found = [t for m in MODULES for t in finder.find(importlib.import_module(m)) if t.examples]
    assert len(found) >= 20
