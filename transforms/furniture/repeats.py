"""Repeats: which block of its page a block prints again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from transforms.blocks.pages import PageBlock
from transforms.furniture.candidates import Verdict
from transforms.text import measured_words

# A block repeats the story if so much of its sentences of so many words stand in other blocks.
REPEATED_SHARE, REPEATED_WORDS = 0.6, 6
# Labels of blocks that an article prints: what repeats another block is not kept for its sake.
KEPT = frozenset(("body", "crosshead", "title"))


def of_sentences(blocks: Sequence[PageBlock], kept: Sequence[bool]) -> list[int | None]:
    """For each kept block whose sentences kept ones have printed before, which printed most."""
    printers: dict[str, int] = {}
    found: list[int | None] = [None] * len(blocks)
    for index, (block, is_kept) in enumerate(zip(blocks, kept, strict=True)):
        if not is_kept:
            continue
        own = [s.strip(" .") for s in block.text.split(". ") if s.count(" ") + 1 >= REPEATED_WORDS]
        printed: Counter[int] = Counter()
        for sentence in own:
            if sentence in printers:
                printed[printers[sentence]] += len(sentence)
        if printed and printed.total() >= REPEATED_SHARE * sum(map(len, own)):
            found[index] = max(printed, key=lambda at: (printed[at], -at))
            continue  # what is not kept itself is no place to find its words again
        for sentence in own:
            printers.setdefault(sentence, index)
    return found


def settled(blocks: Sequence[PageBlock], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, where what was dropped as a repeat of a block that is not kept is body again.

    Of several that repeat it the first comes back, and the others repeat that one.
    """
    found = list(verdicts)
    back: dict[int, int] = {}
    for index, verdict in enumerate(verdicts):
        at = verdict.repeats
        if at is None or verdict.rule != "repeats_story":
            continue
        at = back.get(at, at)
        if found[at].label in KEPT:
            found[index] = replace(verdict, repeats=at)
        elif measured_words(blocks[index].text) >= REPEATED_WORDS:
            back[verdict.repeats or 0] = index
            found[index] = replace(verdict, label="body", rule="prose", repeats=None)
    return found


def marked(
    blocks: Sequence[PageBlock], verdicts: Sequence[Verdict], again: Sequence[int | None]
) -> list[Verdict]:
    """The verdicts with what each block of furniture repeats, where they do not say so yet.

    That is the block of the story whose sentences it prints `again`, or the title, or else the
    first block of the same text.
    """
    first: dict[str, int] = {}
    for index, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True)):
        if verdict.label == "title":
            first[block.text.lower()] = index
    found: list[Verdict] = []
    for index, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True)):
        original = first.setdefault(block.text.lower(), index)
        found.append(_marked(verdict, again[index], original if original != index else None))
    return found


def _marked(verdict: Verdict, again: int | None, original: int | None) -> Verdict:
    if verdict.label != "furniture" or verdict.repeats is not None:
        return verdict
    if again is None:
        return verdict if original is None else replace(verdict, repeats=original)
    # Likely enough to be story, and left out for nothing but that the story holds it already.
    rule = "repeats_story" if verdict.rule == "unlikely_story" else verdict.rule
    return replace(verdict, rule=rule, repeats=again)
