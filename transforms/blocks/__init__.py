"""Blocks: from a decoded capture to its runs of text, each with its span and its setting.

A block of a plain-text capture is a line (or a paragraph, where lines are hard-wrapped); of an
HTML capture it is the text between two block-level boundaries.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from transforms.blocks import fields, markup, notices, statements
from transforms.blocks.pages import Page, PageBlock, PageFact, render, trim

__all__ = ["MAX_BLOCKS", "Page", "PageBlock", "PageFact", "cut", "render"]

# Ten times what any page of a benchmark has. What a page costs grows with its blocks, and one of
# a letter a block would cost seconds a megabyte.
MAX_BLOCKS = 20_000


def cut(text: str, media_type: str) -> Page:
    """The page's blocks in the order of the capture, not overlapping, none of them blank."""
    if media_type == "text/plain":
        found = _parted(text, media_type, _lines(text))
        return Page(media_type, None, tuple(fields.fields(text)), found)
    title = statements.document_title(text)
    found = _parted(text, "text/html", markup.blocks(text))
    return Page("text/html", title, tuple(statements.facts(text)), found)


def _parted(text: str, media_type: str, found: Iterable[PageBlock]) -> tuple[PageBlock, ...]:
    return tuple(notices.parted(text, found, lambda source: render(source, media_type)))


# From the start of a line alone: in a line of blanks every other place would be tried in vain.
LINE = re.compile(r"(?<![^\r\n])[^\r\n]*\S[^\r\n]*")
WRAP_WIDTH = 100  # a longer line was not wrapped by hand or by a mailer


def _lines(text: str) -> Iterator[PageBlock]:
    spans = list(_spans(text))
    # Old Macs end a line with a carriage return alone.
    source, text = text, text.replace("\r\n", " \n").replace("\r", "\n")
    previous_end, line = 0, 0
    for start, end in _unwrapped(text, spans):
        line += text.count("\n", previous_end, start)
        follows_blank = text.count("\n", previous_end, start) != 1
        read = render(source[start:end], "text/plain")
        if read:
            yield PageBlock(start, end, read, line, follows_blank)
        line += text.count("\n", start, end)
        previous_end = end


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are not blank; a line of several fields is cut at each."""
    cuts = fields.cuts(text)
    for match in LINE.finditer(text):
        inner = [cut for cut in cuts if match.start() < cut < match.end()]
        for start, end in itertools.pairwise([match.start(), *inner, match.end()]):
            first, after = trim(text, start, end)
            if first < after:
                yield first, after


def _unwrapped(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Paragraphs of hard-wrapped lines as one span; other lines as they are.

    A line was wrapped where the next line's first word would not have fitted on it.
    """
    margin = _margin(text, spans)
    is_wrapped = 40 <= margin <= WRAP_WIDTH
    paragraph: tuple[int, int] | None = None
    above = 0
    for start, end in spans:
        first_word = text[start:end].split(None, 1)[0]
        is_next_line = text.count("\n", above, start) == 1
        no_room = _column(text, above) + 1 + len(first_word) > margin
        may_go_on = is_wrapped and is_next_line and end - start <= WRAP_WIDTH
        if paragraph and may_go_on and no_room:
            paragraph = (paragraph[0], end)
        else:
            if paragraph:
                yield paragraph
            paragraph = (start, end)
        above = end
    if paragraph:
        yield paragraph


def _margin(text: str, spans: list[tuple[int, int]]) -> int:
    """The width lines are wrapped at: that of the longest tenth of lines with a line below."""
    widths = sorted(
        _column(text, end)
        for (_, end), (below, _) in itertools.pairwise(spans)
        if text.count("\n", end, below) == 1
    )
    return widths[len(widths) * 9 // 10] if widths else 0


def _column(text: str, position: int) -> int:
    return position - (text.rfind("\n", 0, position) + 1)
