"""Blocks: from a decoded capture to its runs of text, each with its span and its setting.

A block of a plain-text capture is a line (or a paragraph, where lines are hard-wrapped); of an
HTML capture it is the text between two block-level boundaries. The parser's tree does not know
where its text came from, so each text run of the source goes into the tree as a numbered mark
and is looked up again: every block keeps its exact span, also where the parser mends the page.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.text import fold_space

MARK_START, MARK_END = "\ue000", "\ue001"
MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")
# Comments, declarations, elements whose content is no text, tags as the parser reads them (a quote
# opens a value only behind "="), tags whose quote is never closed. Possessive and without nesting:
# linear in the page whatever its quotes and brackets look like.
TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*+(?:>|\Z)"
    r"|<(script|style|xmp|iframe|noembed|noframes|template)\b.*?(?:</\1\s*+>|\Z)"
    r"|</?[a-zA-Z][^\s/>]*+(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+"
    r"(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+|(?=>))|(?!\s*+=)))*+>"
    r"|(?P<unclosed></?[a-zA-Z][^>]*+(?:>|\Z))",
    re.S | re.I,
)
TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
INLINE = frozenset(
    "a abbr acronym b bdo big cite code del dfn em font i img ins kbd label map mark nobr q s samp"
    " script small span strike strong style sub sup time tt u var wbr".split()
)
INVISIBLE = frozenset("head title script style template iframe noembed noframes object".split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Pages of the 1990s leave these open a thousand times without nesting anything.
NEVER_NESTED = frozenset(
    "p li td tr th dd dt option br hr img input meta link area base col param wbr".split()
)
MAX_DEPTH = 2_000  # the tree's cost grows with the square of its depth; real pages stay under 100


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


def cut(text: str, media_type: str) -> Page:
    """The page's blocks in the order of the capture, not overlapping, none of them blank."""
    if media_type == "text/plain":
        return Page(media_type, None, (), tuple(_lines(text)))
    return _html_page(text)


def render(source: str, media_type: str) -> str:
    """The text a reader sees of a slice of a capture: law 3 for blocks is render(slice) == text."""
    if media_type == "text/plain":
        return fold_space(source)
    return fold_space(html.unescape(TOKEN.sub("", source)))


# Plain text -----------------------------------------------------------------------------------

LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
WRAP_WIDTH = 100  # a page whose longest line is longer was not wrapped by hand or by a mailer


def _lines(text: str) -> Iterator[PageBlock]:
    spans = [_trim(text, m.start(), m.end()) for m in LINE.finditer(text)]
    previous_end, line = 0, 0
    for start, end in _unwrapped(text, spans):
        line += text.count("\n", previous_end, start)
        follows_blank = text.count("\n", previous_end, start) != 1
        yield PageBlock(start, end, fold_space(text[start:end]), line, follows_blank)
        line += text.count("\n", start, end)
        previous_end = end


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
        if paragraph and is_wrapped and is_next_line and no_room:
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


# HTML -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """One text run of the source and where the tree put it."""

    start: int
    end: int
    block: int = -1  # number of the block-level box; -1: not visible
    setting: _Setting | None = None


@dataclass(frozen=True, slots=True)
class _Setting:
    path: str
    hints: str
    heading_level: int
    is_link: bool
    is_strong: bool


def _html_page(text: str) -> Page:
    runs, marked = _marked(text)
    tree = LexborHTMLParser(marked)
    title = _placed(tree, runs)
    document_title = fold_space(html.unescape(MARK.sub(lambda m: _source(text, runs, m), title)))
    return Page("text/html", document_title or None, tuple(_facts(text)), tuple(_boxes(text, runs)))


def _marked(text: str) -> tuple[list[_Run], str]:
    """The source's text runs, and the source with a numbered mark in the place of each."""
    runs: list[_Run] = []
    pieces: list[str] = []
    position = depth = 0
    for match in TOKEN.finditer(text):
        _mark(text, position, match.start(), runs, pieces)
        position = match.end()
        depth, is_kept = _deeper(match.group(), depth)
        if is_kept:
            pieces.append(_parsed_alike(match))
    _mark(text, position, len(text), runs, pieces)
    return runs, "".join(pieces)


def _mark(text: str, start: int, end: int, runs: list[_Run], pieces: list[str]) -> None:
    start, end = _trim(text, start, end)
    if start < end:
        pieces.append(f"{MARK_START}{len(runs)}{MARK_END}")
        runs.append(_Run(start, end))


def _parsed_alike(token: re.Match[str]) -> str:
    """The token so that the parser ends it where we do, and finds no mark in it."""
    name = TAG_NAME.match(token.group())
    if token.group("unclosed") and name:
        return f"{name.group()}>"
    return token.group().replace(MARK_START, " ")


def _deeper(token: str, depth: int) -> tuple[int, bool]:
    name = TAG_NAME.match(token)
    if name is None or name.group(2).lower() in NEVER_NESTED:
        return depth, name is not None
    depth += -1 if name.group(1) else 1
    return max(depth, 0), depth <= MAX_DEPTH


def _placed(tree: LexborHTMLParser, runs: list[_Run]) -> str:
    """The marked document title; every visible run gets its box and setting."""
    title = ""
    box = 0
    stack: list[tuple[LexborNode, _Setting, bool]] = []
    node: LexborNode | None = tree.root
    setting, is_visible = _Setting("", "", 0, False, False), True
    while node is not None:
        if node.is_text_node:
            for match in MARK.finditer(node.text_content or ""):
                run = runs[int(match.group(1))]
                run.block, run.setting = (box if is_visible else -1), setting
        elif node.tag == "title" and not title:
            title = node.text()
        if node.is_element_node and node.tag not in INLINE:
            box += 1
        if node.is_element_node and node.first_child is not None:
            stack.append((node, setting, is_visible))
            is_visible = is_visible and node.tag not in INVISIBLE
            setting = _inside(node, setting)
            node = node.first_child
            continue
        while node is not None and node.next is None:
            if not stack:
                return title
            node, setting, is_visible = stack.pop()
            if node.tag not in INLINE:
                box += 1
        node = node.next if node is not None else None
    return title


def _inside(node: LexborNode, outer: _Setting) -> _Setting:
    tag = node.tag or ""
    attributes = node.attributes
    own = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip().lower()
    hints = " ".join([own, *outer.hints.split()][:6]) if own else outer.hints
    is_inline = tag in INLINE
    return _Setting(
        outer.path if is_inline or tag in ("html", "body") else f"{outer.path}/{tag}",
        hints,
        HEADINGS.get(tag, outer.heading_level),
        outer.is_link or (tag == "a" and "href" in attributes),
        outer.is_strong or tag in ("b", "strong"),
    )


def _boxes(text: str, runs: list[_Run]) -> Iterator[PageBlock]:
    """Visible runs of one box that follow one another in the source, as blocks."""
    pending: list[_Run] = []
    line, counted = 0, 0
    for run in [*runs, _Run(len(text), len(text))]:
        if pending and run.block != pending[0].block:
            block_text = render(text[pending[0].start : pending[-1].end], "text/html")
            line += text.count("\n", counted, pending[0].start)
            counted = pending[0].start
            if block_text:
                yield _block(pending, block_text, line)
            pending = []
        if run.block >= 0:
            pending.append(run)


def _block(runs: list[_Run], block_text: str, line: int) -> PageBlock:
    settings = [(run.end - run.start, run.setting) for run in runs if run.setting is not None]
    total = sum(length for length, _ in settings)
    linked = sum(length for length, setting in settings if setting.is_link)
    first = settings[0][1]
    return PageBlock(
        runs[0].start,
        runs[-1].end,
        block_text,
        line,
        True,
        first.path,
        first.hints,
        first.heading_level,
        linked / total,
        all(setting.is_strong for _, setting in settings),
    )


# Neither reads on over the next "<": a page of a hundred thousand open tags would take hours.
FACT_TAG = re.compile(r"<(meta|link|time|html)\b(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>", re.I)
ATTRIBUTE = re.compile(r"([\w:.-]+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
LINKED_DATA = re.compile(
    r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>(.*?)(?:</script\s*>|\Z)", re.S | re.I
)


def _facts(text: str) -> Iterator[PageFact]:
    for match in FACT_TAG.finditer(text):
        attributes = {
            a.group(1).lower(): _trim(
                text, *(match.start() + at for at in a.span(a.lastindex or 0))
            )
            for a in ATTRIBUTE.finditer(match.group())
        }
        yield from _fact(match.group(1).lower(), attributes, text)
    for match in LINKED_DATA.finditer(text):
        yield PageFact("json-ld", match.group(1), match.start(1), match.end(1))


def _fact(tag: str, attributes: dict[str, tuple[int, int]], text: str) -> Iterator[PageFact]:
    def value(key: str) -> str:
        start, end = attributes.get(key, (0, 0))
        return text[start:end]

    def named(name: str, key: str) -> Iterator[PageFact]:
        if value(key):
            yield PageFact(name, value(key), *attributes[key])

    if tag == "html":
        yield from named("html:lang", "lang")
        yield from named("html:lang", "xml:lang")
    elif tag == "time":
        yield from named("time:datetime", "datetime")
    elif tag == "link" and value("rel").lower() == "canonical":
        yield from named("link:canonical", "href")
    elif tag == "meta":
        for key in ("name", "property", "http-equiv", "itemprop"):
            if value(key):
                yield from named(f"meta:{value(key).lower()}", "content")


def _source(text: str, runs: list[_Run], mark: re.Match[str]) -> str:
    run = runs[int(mark.group(1))]
    return text[run.start : run.end] + " "


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
