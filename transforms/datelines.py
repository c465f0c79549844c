"""Datelines: which of the places that a story names is the one it was filed from."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.articles import Story
from transforms.names import Name
from transforms.tables import Mention
from transforms.text import fold_letters

# A dateline opens the story, perhaps behind a dash or a bracket.
LATEST_START = 3


def place_of(story: Story, names: Sequence[Name], mentions: Sequence[Mention]) -> str | None:
    """The entity that the story's dateline names; None without one, or where it stays open.

    `names` are those found in the story, `mentions` the same once they are resolved.
    """
    body = next((p for p in story.passages if p.label == "body"), None)
    if body is None or story.dateline_place is None:
        return None
    printed = {
        (n.block_index, n.start)
        for n in names
        if n.entity_type == "place"
        and n.block_index == body.block_index
        and n.start <= LATEST_START
        and fold_letters(n.surface) == fold_letters(story.dateline_place)
    }
    found = (m.entity_id for m in mentions if (m.block_index, m.block_start) in printed)
    return next(found, None)
