"""Fields: the head of a script or a wire file, NAME=value, on lines of its own or all on one.

Radio stations and databases of the 1990s sent their stories so: DATE=, TITLE=, BYLINE=.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from transforms.blocks.pages import PageFact, trim

FIELD = re.compile(r"(?<!\S)([A-Z]{4,12})=")
MIN_FIELDS = 3
REACH = 1_000  # characters from the first field to the last
MAX_VALUE = 200


def fields(text: str) -> Iterator[PageFact]:
    """What the fields of plain text state, each as `field:<name>`; none where they are too few."""
    found = _found(text)
    for match, below in itertools.zip_longest(found, found[1:]):
        line_end = text.find("\n", match.end())
        end = min(line_end if line_end >= 0 else len(text), below.start() if below else len(text))
        start, end = trim(text, match.end(), end)
        if start < end <= start + MAX_VALUE:
            yield PageFact(f"field:{match.group(1).lower()}", text[start:end], start, end)


def cuts(text: str) -> list[int]:
    """Where a line of several fields is cut: before each, and behind the last one's name."""
    found = _found(text)
    return [m.start() for m in found] + [m.end() for m in found[-1:]]


def _found(text: str) -> list[re.Match[str]]:
    first = FIELD.search(text, 0, REACH)
    if first is None:
        return []
    found = list(FIELD.finditer(text, first.start(), first.end() + REACH))
    return found if len(found) >= MIN_FIELDS else []
