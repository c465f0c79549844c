"""Pages: what a capture cut into blocks is made of, and how a slice of it reads."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from transforms.text import fold_space

# Comments, declarations, elements whose content is no text, tags as the parser reads them (a quote
# opens a value only behind "="), tags whose quote is never closed. Possessive and without nesting:
# linear in the page whatever its quotes and brackets look like.
TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*+(?:>|\Z)"
    r"|<(script|style|xmp|iframe|noembed|noframes|template)\b.*?(?:</\1\s*+>|\Z)"
    r"|</?[a-zA-Z][^\s/>]*+(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+"
    r"(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+|(?=>))|(?!\s*+=)))*+>"
    r"|(?P<unclosed></?[a-zA-Z][^>]*+(?:>|\Z))|</(?=[^a-zA-Z])[^>]*+(?:>|\Z)",
    re.S | re.I,
)


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


def render(source: str, media_type: str) -> str:
    """The text a reader sees of a slice of a capture: law 3 for blocks is render(slice) == text."""
    if media_type == "text/plain":
        return fold_space(source)
    # Most blocks are one run without a tag: looking for "<" costs less than the pattern.
    if "<" in source:
        source = TOKEN.sub("", source)
    return fold_space(html.unescape(source) if "&" in source else source)
