"""Insets: lines that a page of plain text sets on top of a paragraph, and that are none of it.

Text copied from a screen parts its paragraphs by blank lines; captions, headings and the words
and speakers of pull quotes stand right above a paragraph, without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.furniture.candidates import Candidate, Verdict

OPEN = frozenset("open_line beside_head short_line deck".split())
MAX_LINES = 2  # of one inset; more open lines in a row are a list
MIN_PARTED = 0.5  # of the paragraphs of the page have a blank line above them


def insets(verdicts: Sequence[Verdict], candidates: Sequence[Candidate]) -> list[bool]:
    """Which lines are set on top of a paragraph; none where the page parts no paragraphs."""
    found = [False] * len(verdicts)
    told = [c for v, c in zip(verdicts, candidates, strict=True) if v.rule == "prose"]
    is_plain = bool(told) and not any(c.block.path for c in told)
    parted = sum(c.block.follows_blank for c in told)
    if not is_plain or parted < MIN_PARTED * len(told):
        return found
    for at, verdict in enumerate(verdicts):
        if verdict.rule == "prose" and not candidates[at].block.follows_blank:
            lines = list(_above(at, verdicts, candidates))
            if len(lines) <= MAX_LINES and any(verdicts[i].rule in OPEN for i in lines):
                for index in lines:
                    found[index] = True
    return found


def _above(at: int, verdicts: Sequence[Verdict], candidates: Sequence[Candidate]) -> Iterator[int]:
    """The short lines right above a paragraph, up to a blank line or a line of another kind."""
    for index in range(at - 1, -1, -1):
        is_asked = verdicts[index].rule == "short_sentence" and candidates[index].is_closed
        if verdicts[index].rule not in OPEN and not is_asked:
            return
        yield index
        if candidates[index].block.follows_blank:
            return
