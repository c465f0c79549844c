"""Captured values in Markdown: shown as they are, and never taken for markup or for HTML."""

from __future__ import annotations

import re

MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~<>&])")
# What breaks a line or a terminal, or turns the direction of what follows.
UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def escaped(text: str) -> str:
    """The text as Markdown that reads as the text, on one line.

    >>> escaped("<b>[x](javascript:1)|")
    '\\\\<b\\\\>\\\\[x\\\\]\\\\(javascript:1\\\\)\\\\|'
    """
    return MARKUP.sub(r"\\\1", UNSHOWN.sub(" ", text))
