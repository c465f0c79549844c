"""Mended pages: blocks with exact spans also where the parser moves, splits or drops text.

Each text run of the source goes into the tree as a numbered mark and is looked up again in its
place: slower than `markup`, and sure. Elements nested without bounds are left out of the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.blocks.pages import TOKEN, PageBlock, render

MARK_START, MARK_END = "\ue000", "\ue001"
MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")
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


def blocks(text: str) -> tuple[PageBlock, ...]:
    """The page's blocks in the order of the source, not overlapping, none of them blank."""
    runs, marked = _marked(text)
    _placed(LexborHTMLParser(marked), runs)
    return tuple(_boxes(text, runs))


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
    start, end = trim(text, start, end)
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


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
