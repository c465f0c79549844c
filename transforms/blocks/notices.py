"""Notices: who reported and edited a story, in brackets behind its last paragraph, cut from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from transforms.blocks.pages import PageBlock

NOTICE = re.compile(
    r"[(\[](?:(?:additional|with)\s+)?(?:reporting|writing|editing|compiled|translated|written"
    r"|photographs?)\s+(?:by|from)\b[^()\[\]]{2,250}[)\]]\W{0,3}$",
    re.I,
)
MIN_PARAGRAPH = 50  # characters before it
TAGS_BEHIND = re.compile(r"(?:\s*<[^<>]*>)*\s*$")


def parted(
    text: str, blocks: Iterable[PageBlock], render: Callable[[str], str]
) -> Iterator[PageBlock]:
    """The blocks, a paragraph and the notice behind it as two."""
    for block in blocks:
        is_closed = block.text.endswith((")", "]", ").", "]."))
        match = NOTICE.search(block.text, MIN_PARAGRAPH) if is_closed else None
        yield from [block] if match is None else _cut(text, block, match.start(), render)


def _cut(text: str, block: PageBlock, at: int, render: Callable[[str], str]) -> Iterator[PageBlock]:
    """The block cut before the notice, or as it is where markup stands in between."""
    start = text.rfind(block.text[at], block.char_start, block.char_end)
    end = block.char_start + len(TAGS_BEHIND.sub("", text[block.char_start : start]))
    above, notice = block.text[:at].rstrip(), block.text[at:]
    reads = (render(text[block.char_start : end]), render(text[start : block.char_end]))
    if reads != (above, notice):
        yield block
        return
    line = block.line + text.count("\n", block.char_start, start)
    yield replace(block, char_end=end, text=above)
    yield replace(block, char_start=start, text=notice, line=line, follows_blank=False)
