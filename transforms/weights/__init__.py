"""Small fitted weights as text, each with the figures it was fitted to in its head."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `name`.tsv without its comments; part of the code, so read once."""
    return tuple(_rows(resources.files(__name__).joinpath(f"{name}.tsv").read_text("utf-8")))


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))
