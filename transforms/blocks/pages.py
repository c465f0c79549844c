"""Pages: what a capture cut into blocks is made of, and how a slice of it reads."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from functools import cache

from transforms import weights
from transforms.blocks import breaks
from transforms.blocks.tags import TAG, closed
from transforms.terms import stem
from transforms.text import fold_space


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One block with its setting on the page."""

    char_start: int
    char_end: int
    text: str
    line: int  # lines of the capture above it, from 0
    follows_blank: bool  # a blank line or a paragraph boundary stands before it
    path: str = ""  # element names from the body down, / between them
    hints: str = ""  # classes and ids of its three innermost elements, lower case
    heading_level: int = 0  # 1 to 6; 0: no heading element
    link_share: float = 0.0  # characters inside links over all
    is_emphasised: bool = False  # the whole block in bold or strong
    surroundings: str = ""  # what the classes and ids of all elements around it say of them
    boxes: tuple[int, ...] = ()  # numbers of the block-level elements around it, outermost first
    is_hidden: bool = False  # the page does not show it, or an archive laid it over the page


@dataclass(frozen=True, slots=True)
class PageFact:
    """One statement of the page about itself, outside its visible text."""

    name: str  # meta:<name>, link:canonical, html:lang, time:datetime, json-ld
    value: str  # the characters of the span, as they stand in the page
    char_start: int
    char_end: int

    @property
    def text(self) -> str:
        """The value as it is meant: entities read, white space folded."""
        return fold_space(html.unescape(self.value))


@dataclass(frozen=True, slots=True)
class Page:
    """One capture cut into blocks."""

    media_type: str
    document_title: str | None
    facts: tuple[PageFact, ...]
    blocks: tuple[PageBlock, ...]

    @property
    def shown(self) -> Page:
        """The page without the blocks that it hides."""
        if not any(b.is_hidden for b in self.blocks):
            return self
        return replace(self, blocks=tuple(b for b in self.blocks if not b.is_hidden))


def render(source: str, media_type: str) -> str:
    """The text a reader sees of a slice of a capture: law 3 for blocks is render(slice) == text."""
    if media_type == "text/plain":
        return fold_space(mended(source))
    return read(TAG.sub(breaks.shown, closed(source.replace("\0", " "))))


# References that were escaped twice: "&amp;quot;" is a quotation mark. Who prints "&amp;" may
# mean it.
ESCAPED = re.compile(r"&(?:quot|apos|nbsp|[lr](?:aquo|[sd]quo)|[mn]dash|hellip|#\d{2,5});")


def read(source: str) -> str:
    """The text a reader sees of source without a tag."""
    if "&" in source:
        source = html.unescape(source)
        if "&" in source:
            source = ESCAPED.sub(lambda found: html.unescape(found.group()), source)
    return fold_space(mended(source))


# No reader sees them: soft hyphens, spaces without width, byte order marks, word joiners.
UNSEEN = dict.fromkeys(map(ord, "\xad\u200b\ufeff\u2060"))
BROKEN_WORD = re.compile(r"([^\W\d_]+)-[ \t]*(?:\r\n|\r|\n)[ \t]*([^\W\d_]+)")


def mended(source: str) -> str:
    """The source without marks that no reader sees, and words broken at line ends whole again.

    >>> mended("the deci-\\nsion"), mended("a long-\\nterm plan"), mended("NATO-\\nRussia")
    ('the decision', 'a long-term plan', 'NATO-Russia')
    """
    if not source.isascii():
        source = source.translate(UNSEEN)
    if "-" in source and ("\n" in source or "\r" in source):
        source = BROKEN_WORD.sub(_joined, source)
    return source


def _joined(broken: re.Match[str]) -> str:
    """The word: with its hyphen where both halves are words, or the second has a capital."""
    first, second = broken.groups()
    is_compound = not second[:1].islower() or (_is_word(first) and _is_word(second))
    return f"{first}-{second}" if is_compound else first + second


def _is_word(text: str) -> bool:
    return len(text) > 2 and stem(text.lower()) in _known()


@cache
def _known() -> frozenset[str]:
    """Stems that running English prints."""
    return frozenset(row[0] for row in weights.rows("word_windows"))


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())
