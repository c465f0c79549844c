"""Signatures: what a mail or a post prints below its text, behind a line of two hyphens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.blocks import PageBlock
from transforms.furniture.candidates import Verdict
from transforms.text import measured_words

# RFC 3676, 4.3: a signature begins behind a line "-- "; lists rule their notes off with a line.
DELIMITER = re.compile(r"--|[_=*-]{20,}")
PREFORMATTED = re.compile(r"/pre(?:/|$)")
MAX_BLOCKS, MAX_WORDS = 8, 60


def told(blocks: Sequence[PageBlock], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with the signature of a mail, below all of its story, as furniture."""
    found = list(verdicts)
    last = len(blocks) - 1
    for at in range(last - 1, max(last - 1 - MAX_BLOCKS, 0), -1):
        block = blocks[at]
        is_plain = not block.path or PREFORMATTED.search(block.path)
        if not is_plain or not DELIMITER.fullmatch(block.text):
            continue
        below = range(at + 1, len(blocks))
        if sum(measured_words(blocks[i].text) for i in below) <= MAX_WORDS:
            for index in below:
                found[index] = Verdict("furniture", "signature", verdicts[index].site_share)
    return found
