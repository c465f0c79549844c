"""Where the learned chances set the rules' verdicts right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.furniture.candidates import LISTED, Candidate, Verdict

# What the learned chances may overrule: rules on the place of a block, not on its words.
OVERRULED = frozenset("after_story no_story recurs_on_page".split())
# Rules on lines without a full stop, in a story of paragraphs: captions and crossheads.
OF_OPEN_LINES = frozenset("open_line beside_head short_line deck".split())
# A block all in links is story only where the chances are overwhelming.
SURE_LINKS = 0.9
PICTURED = re.compile(r"\bcap\b|caption|credit|image|photo|figure|img|media")


def weighed(
    verdict: Verdict, c: Candidate, is_kept: bool, chance: float, is_listed: bool
) -> Verdict:
    """The rules' verdict, set right where the learned chances know better."""
    if verdict.label in ("body", "crosshead") and not is_kept:
        return replace(verdict, label="furniture", rule="unlikely_story")
    if not is_kept or not _may_be_overruled(verdict, chance, is_listed):
        return verdict
    is_head = c.block.heading_level > 0 and not c.is_closed
    return replace(verdict, label="crosshead" if is_head else "body", rule="likely_story")


def _may_be_overruled(verdict: Verdict, chance: float, is_listed: bool) -> bool:
    if verdict.rule == "links":
        return chance >= SURE_LINKS
    return verdict.rule in OVERRULED or (verdict.rule in OF_OPEN_LINES and is_listed)


def in_lists(verdicts: Sequence[Verdict], candidates: Sequence[Candidate]) -> list[bool]:
    """Which blocks are points of lists, by their elements or by their likes beside them."""
    is_open = [False, *(v.rule in ("open_line", "short_line") for v in verdicts), False]
    return [
        (is_open[at] and (is_open[at - 1] or is_open[at + 1]) and not c.block.heading_level)
        or _is_listed(c, candidates[at - 2] if at > 1 else None)
        for at, c in enumerate(candidates, start=1)
    ]


def _is_listed(c: Candidate, above: Candidate | None) -> bool:
    """Whether an open line is a point of a list or a cell, not a caption or a crosshead."""
    block = c.block
    if LISTED.search(block.path) or (above and above.block.text.endswith((":", ";"))):
        return True
    is_marked = block.heading_level or block.is_emphasised or PICTURED.search(block.hints)
    # A page that names its elements names its captions too; older ones, laid out in tables, do not.
    is_laid_out = "/figure" in block.path or "/td" in block.path
    return bool(block.hints) and not is_marked and not is_laid_out
