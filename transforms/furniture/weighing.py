"""Where the learned chances set the rules' verdicts right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.furniture.candidates import Candidate, Verdict
from transforms.furniture.insets import insets

# Rules on the place of a block, not on its words: the learned chances know better.
OF_PLACE = frozenset("after_story no_story recurs_on_page".split())
# Rules on lines without a full stop, in a story of paragraphs: captions and crossheads.
OF_OPEN_LINES = frozenset("open_line beside_head short_line deck".split())
# Prose above the heaviest stretch of prose is story where it is likelier than not by far.
LIKELY_ABOVE = 0.6
# In a story of few blocks a paragraph right behind another is of it at less than even chances:
# the trees have seen more long pages than short ones.
SHORT_STORY, LIKELY_NEXT = 25, 0.2
# Right above one more is asked of it: summaries and appeals stand there.
LIKELY_BEFORE = 0.3
# A caption says more than a heading does, and no caption is printed so: numbered, marked as a
# point, asked, or of two parts. Plain text has no other sign of them.
MIN_CAPTION_WORDS = 9
NO_CAPTION = re.compile(r"^[^\w\s\"'“”‘’«»(]|^\w{1,3}[.)]\s|[:;?|>]")
MIN_LINE_WORDS = 4
PICTURED = re.compile(r"\bcap\b|caption|credit|image|photo|figure|img|media")


def weigh(
    verdicts: Sequence[Verdict],
    candidates: Sequence[Candidate],
    kept: Sequence[bool],
    chances: Sequence[float],
    repeats: Sequence[int | None],
) -> list[Verdict]:
    """The rules' verdicts, set right where the learned chances know better.

    What `repeats` another block of the story is not kept, and not for its place behind one either.
    """
    listed, inset = in_lists(verdicts, candidates), insets(verdicts, candidates)
    is_short = sum(kept) <= SHORT_STORY
    is_prose = [v.rule == "prose" for v in verdicts]
    found: list[Verdict] = []
    has_begun = False
    for at, verdict in enumerate(verdicts):
        is_next = is_short and bool(found) and found[-1].label == "body"
        is_likely_next = is_next and is_prose[at] and chances[at] >= LIKELY_NEXT
        has_begun = has_begun or is_prose[at]
        # Figures and labels in boxes above the lead are laid out as it is.
        is_scrap = not has_begun and candidates[at].word_count < MIN_LINE_WORDS
        if is_scrap and verdict.label == "furniture":
            found.append(verdict)
            continue
        if inset[at]:
            is_body = verdict.label == "body"
            found.append(replace(verdict, label="caption", rule="inset") if is_body else verdict)
            continue
        is_above = is_short and at + 1 < len(kept) and kept[at + 1] and is_prose[at + 1]
        is_likely_above = is_above and is_prose[at] and chances[at] >= LIKELY_BEFORE
        is_likely = is_likely_next or is_likely_above
        is_kept = kept[at] or (is_likely and repeats[at] is None)
        found.append(weighed(verdict, candidates[at], is_kept, chances[at], listed[at]))
    return found


def weighed(
    verdict: Verdict, c: Candidate, is_kept: bool, chance: float, is_listed: bool
) -> Verdict:
    """The rules' verdict on one block, set right by whether it is kept and how likely it is."""
    if verdict.label in ("body", "crosshead") and not (is_kept or verdict.rule == "listed_above"):
        return replace(verdict, label="furniture", rule="unlikely_story")
    if not is_kept or not _may_be_overruled(verdict, c, chance, is_listed):
        return verdict
    is_head = c.block.heading_level > 0 and not c.is_closed
    label = "crosshead" if is_head else "body"
    return replace(verdict, label=label, rule="likely_story", repeats=None)


def _may_be_overruled(verdict: Verdict, c: Candidate, chance: float, is_listed: bool) -> bool:
    if verdict.rule == "links":
        # On a page that names its elements the chances can be trusted; on those of the 1990s
        # navigation is laid out like the story.
        return bool(c.block.hints)
    if verdict.rule == "no_letters":
        return any(map(str.isdigit, c.block.text))  # a cell of a table
    if verdict.rule == "before_story":
        return chance >= LIKELY_ABOVE
    if verdict.rule in OF_OPEN_LINES:
        return is_listed or verdict.label == "furniture" or _is_no_caption(verdict, c)
    return verdict.rule in OF_PLACE


def _is_no_caption(verdict: Verdict, c: Candidate) -> bool:
    """Whether a line of plain text that could be a caption reads as a heading or a point."""
    if verdict.label != "caption" or c.block.path:
        return False
    return c.word_count < MIN_CAPTION_WORDS or NO_CAPTION.search(c.block.text) is not None


def in_lists(verdicts: Sequence[Verdict], candidates: Sequence[Candidate]) -> list[bool]:
    """Which open lines are points of lists, by their elements or by their likes beside them."""
    is_open = [False, *(v.rule in ("open_line", "short_line") for v in verdicts), False]
    return [
        v.rule in OF_OPEN_LINES
        and (
            (is_open[at] and (is_open[at - 1] or is_open[at + 1]) and not c.block.heading_level)
            or _is_listed(c, candidates[at - 2] if at > 1 else None)
        )
        for at, (v, c) in enumerate(zip(verdicts, candidates, strict=True), start=1)
    ]


def _is_listed(c: Candidate, above: Candidate | None) -> bool:
    """Whether an open line is a point of a list or a cell, not a caption or a crosshead."""
    block = c.block
    if c.is_listed or (above and above.block.text.endswith((":", ";"))):
        return True
    is_marked = block.heading_level or block.is_emphasised or PICTURED.search(block.hints)
    # A page that names its elements names its captions too; older ones, laid out in tables, do not.
    is_laid_out = "/figure" in block.path or "/td" in block.path
    return bool(block.hints) and not is_marked and not is_laid_out
