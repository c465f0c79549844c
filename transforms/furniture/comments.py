"""Comments: what readers wrote below the story, which ends where they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.blocks.pages import PageBlock
from transforms.furniture.candidates import Verdict
from transforms.text import ends_as_sentence, measured_words

# A line that says that comments begin ...
BEGINS = re.compile(
    r"^\W*(?:(?:\d+|no|one|two|all|view|show|read|user|readers?['’]?s?|your|latest)\W+)*"
    r"(?:comments?|responses?|replies|reactions|trackbacks?|discussion|feedback|kommentare?"
    r"|commentaires?|comentarios?|commenti|komentarz[ey]|комментарии?|σχόλια|评论|コメント)"
    r"(?:\W*\d*\W*$|\s+(?:to|on|for|so\s+far|about|from)\b)"
    r"|^\W*(?:leave|post|add|write)\s+(?:a|your)\s+(?:\w+\s+)?(?:comment|reply|response)"
    r"|^\W*(?:what\s+do\s+you\s+think|have\s+your\s+say|join\s+the\s+(?:discussion|conversation))",
    re.I,
)
# ... and one that says whose a comment is and when it was written.
SIGNED = re.compile(
    r"^.{0,60}\b(?:says|said|wrote|writes|schrieb)\s*(?::|…|\.\.\.)?\s*$"
    r"|^\W*(?:posted|comment(?:ed)?|by\s.{2,40}\bon)\s+(?:by|on|at)\b"
    r"|^.{0,70}\b(?:\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m)?|(?:minutes?|hours?|days?|weeks?|months?"
    r"|years?)\s+ago)\b.{0,20}$",
    re.I,
)
MAX_LINE = 90  # characters of either
# The first comment is signed so few blocks below the line where they begin.
REACH = 6
MIN_STORY_WORDS = 30  # above that line: over a story it is but a link to its comments
MIN_COMMENT_WORDS = 3
IN_STORY = frozenset(("body", "crosshead", "pull_quote", "caption", "credit"))


def told(blocks: Sequence[PageBlock], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, with the label comment for what readers wrote below the story."""
    found = list(verdicts)
    story = [n for n, v in enumerate(verdicts) if v.label == "body"]
    if not story:
        return found
    begin = _begin(blocks, verdicts, story[0])
    for n in range(story[0] + 1, len(blocks)):
        verdict, block = verdicts[n], blocks[n]
        if n > begin and (verdict.label in IN_STORY or _is_written(block)):
            found[n] = replace(verdict, label="comment", rule="below_comments", repeats=None)
        elif n > begin and verdict.label in ("byline", "dateline"):
            found[n] = replace(verdict, label="comment", rule="comment_signature")
        elif verdict.label == "furniture" and _is_named(block) and _is_written(block):
            found[n] = replace(verdict, label="comment", rule="named_comment", repeats=None)
        elif n == begin and verdict.label != "furniture":
            found[n] = replace(verdict, label="furniture", rule="comments_begin", repeats=None)
    return found


def _begin(blocks: Sequence[PageBlock], verdicts: Sequence[Verdict], first: int) -> int:
    """The block where comments begin below the story; beyond the last where none does."""
    words = 0
    for n in range(first, len(blocks)):
        text = blocks[n].text
        if verdicts[n].label == "body":
            words += measured_words(text)
        if len(text) > MAX_LINE or words < MIN_STORY_WORDS or not BEGINS.match(text):
            continue
        below = blocks[n + 1 : n + 1 + REACH]
        if any(len(b.text) <= MAX_LINE and SIGNED.match(b.text) for b in below):
            return n
    return len(blocks)


def _is_named(block: PageBlock) -> bool:
    # Listings of programs name their own comments so.
    return "comments" in block.surroundings.split() and "/pre" not in block.path


def _is_written(block: PageBlock) -> bool:
    count = measured_words(block.text)
    return block.link_share < 0.5 and (
        count > 3 * MIN_COMMENT_WORDS
        or (count >= MIN_COMMENT_WORDS and ends_as_sentence(block.text))
    )
