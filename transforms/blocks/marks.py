"""Marks: the page as the parser reads it, with a numbered mark for each run of text.

The parser's tree does not know where its text came from, and it moves and splits the text of
broken pages. A mark comes out wherever its run of text belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from transforms.blocks.bounds import bounded, with_few_attributes
from transforms.blocks.tags import NAME, closed, split

START, END = "\ue000", "\ue001"
MARK = re.compile(f"{START}(\\d+){END}")
LONG_TAG = 200  # characters; most scripts and styles are longer, few tags are


@dataclass(frozen=True, slots=True)
class Marked:
    """A page in pieces, and its markup around a mark for each piece that is a run of text."""

    text: str
    pieces: list[str]  # text, tag, text ... text: joined, they are the page
    starts: list[int]  # where each begins
    runs: list[int]  # numbers of the pieces that hold text
    markup: str


def mark(text: str, *, reads_comments: bool = False) -> Marked:
    """The page with its marks; a mark's number is that of its piece."""
    pieces, formatting, unclosed = split(closed(text, reads_comments=reads_comments))
    tags = [
        tag if len(tag) < LONG_TAG and tag[1] not in "!?" else _brief(tag) for tag in pieces[1::2]
    ]
    for number in unclosed:
        tags[number] = _closed(tags[number])
    if START in text:
        tags = [tag.replace(START, " ") for tag in tags]
    for number in _open_titles(tags):
        tags[number] = f"</title>{tags[number]}"
    parsed = [""] * len(pieces)
    parsed[1::2] = bounded(tags, formatting)
    runs = [n for n in range(0, len(pieces), 2) if pieces[n] and not pieces[n].isspace()]
    for number in runs:
        parsed[number] = f"{START}{number}{END}"
    starts = list(accumulate(map(len, pieces), initial=0))
    return Marked(text, pieces, starts, runs, "".join(parsed))


OPEN_TITLE = re.compile(r"<title\b", re.I)
CLOSED_TITLE = re.compile(r"</title\b", re.I)
# What no title holds: one that goes on until there was never closed.
BEYOND = re.compile(
    r"</(?:head|html|body|td|p|div|form)\b|<(?:body|p|table|h[1-6]|div|td|br|meta|link)\b", re.I
)
MAX_TITLE_TAGS = 50


def _open_titles(tags: Sequence[str]) -> Iterator[int]:
    """The numbers of the tags before which a title ends that nothing closes."""
    for number, tag in enumerate(tags[:-1]):
        if tag[1:2] in "tT" and OPEN_TITLE.match(tag):
            for after in tags[number + 1 : number + 1 + MAX_TITLE_TAGS]:
                if CLOSED_TITLE.match(after):
                    break
                if BEYOND.match(after):
                    yield number + 1
                    break


def _brief(tag: str) -> str:
    """The tag without what says nothing of any text: comments, most scripts and styles."""
    start = tag[:9].lower()
    if start.startswith(("<!", "<?")):
        return tag if start == "<!doctype" else ""
    if start.startswith(("<script", "<style")) and not tag.endswith("/>"):
        # Within a comment within a script its end is none: that the parser has to tell.
        return tag if "<!--" in tag else ""
    return with_few_attributes(tag)


def _closed(tag: str) -> str:
    """A tag whose quote is never closed, so that the parser ends it where we do."""
    name = NAME.match(tag)
    return f"{name.group()}>" if name else ""
