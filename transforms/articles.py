"""Articles: from labelled blocks to title, byline, dateline place, language and text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the story or around it that may print names: title, caption, body.

    `text_start` is where the block begins in the article's text; None where it is no body.
    """

    block_index: int
    label: str
    text: str
    text_start: int | None
