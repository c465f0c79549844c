"""Markup: from decoded HTML to its runs of text, each with its exact span and its setting.

The parser's tree does not know where its text came from. Its text nodes stand in the order of
the source, and with entities hidden from the parser each reads exactly as the source does, so
each is found again behind the tag that opens it. A page the parser reorders, or one nested
without bounds, goes the slower way of `mended`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode, create_tag

from transforms.blocks import mended
from transforms.blocks.pages import TOKEN, PageBlock, render
from transforms.blocks.surroundings import bits, spelt

INLINE = mended.INLINE
INVISIBLE = mended.INVISIBLE
FRAMES = ("html", "body")
INLINE_IDS = frozenset(create_tag(tag).tag_id for tag in INLINE)
TEMPLATE_ID = create_tag("template").tag_id
# Stands for "&" in what the parser sees, so that it decodes nothing: same length, no letter.
HIDDEN = (("&", "\ue002"), ("\r", " "), ("\0", " "))
DEPTH_STEP = 1 << 14


@dataclass(slots=True)
class Setting:
    """What the elements around a run of text say of it."""

    path: str
    hints: str
    heading_level: int
    is_link: bool
    is_strong: bool
    is_visible: bool
    named: int  # mask of surroundings
    boxes: tuple[int, ...]


@dataclass(slots=True)
class Run:
    """One text node with its span, trimmed, and the box it stands in."""

    start: int
    end: int
    box: tuple[int, int]
    setting: Setting


def blocks(text: str) -> tuple[PageBlock, ...]:
    """The page's blocks in the order of the source, not overlapping, none of them blank."""
    if not _may_be_deep(text):
        runs = _runs(text)
        # A quote that is never closed hides the rest of the page from the parser.
        if runs is not None and not render(text[runs[-1].end if runs else 0 :], "text/html"):
            return tuple(_blocks(text, runs))
    return mended.blocks(text)


def _may_be_deep(text: str) -> bool:
    """Whether more elements than a page has may be open at once: the tree's cost is quadratic."""
    opened = 0
    for start in range(0, len(text), DEPTH_STEP):
        end = start + DEPTH_STEP
        opened += text.count("<", start, end) - 2 * text.count("</", start, end)
        if opened > 2 * mended.MAX_DEPTH + 4 * (start >> 10):
            return True
    return False


def _runs(text: str) -> list[Run] | None:
    """The visible text nodes with their spans; None where one is not where it should be."""
    seen = text
    for character, stand_in in HIDDEN:
        seen = seen.replace(character, stand_in)
    body = LexborHTMLParser(seen).root
    settings: dict[int, Setting] = {}
    runs: list[Run] = []
    position = serial = 0
    for node in body.traverse(include_text=True, skip_empty=True) if body else ():
        if not node.is_text_node:
            if node.is_element_node and node.tag_id not in INLINE_IDS:
                serial += 1
                if node.tag_id == TEMPLATE_ID:
                    position = max(position, seen.find("</template", position))
            continue
        content = node.text_content or ""
        start = _found(seen, content, position)
        # Text between one node and the next was found in the wrong place, or not at all.
        if start < 0 or TOKEN.sub("", text[position:start]).strip():
            return None
        position = start + len(content)
        parent = node.parent
        setting = _setting(parent, settings) if parent is not None else NOWHERE
        bare = content.lstrip()
        if bare and setting.is_visible:
            start = position - len(bare)
            box = (setting.boxes[-1] if setting.boxes else 0, serial)
            runs.append(Run(start, start + len(bare.rstrip()), box, setting))
    return runs


def _found(text: str, content: str, position: int) -> int:
    """Where the text node stands, behind a tag and outside comments; -1: not found."""
    wanted = f">{content}"
    start = text.find(wanted, position)
    comment = text.find("<!--", position, start) if start >= 0 else -1
    while comment >= 0:
        end = text.find("-->", comment)
        if end < 0 or end >= start:
            start = text.find(wanted, end) if end >= 0 else -1
        comment = text.find("<!--", end, start) if 0 <= end < start else -1
    return start + 1 if start >= 0 else -1


NOWHERE = Setting("", "", 0, False, False, True, 0, ())


def _setting(node: LexborNode, settings: dict[int, Setting]) -> Setting:
    """The setting inside an element, worked out once for each that holds text."""
    chain = []
    at: LexborNode | None = node
    known: Setting | None = None
    while at is not None and known is None:
        known = settings.get(at.mem_id)
        if known is None:
            chain.append(at)
            at = at.parent
    setting = known or NOWHERE
    for element in reversed(chain):
        setting = settings[element.mem_id] = _inside(element, setting, len(settings) + 1)
    return setting


def _inside(node: LexborNode, outer: Setting, number: int) -> Setting:
    if not node.is_element_node:
        return outer
    tag = node.tag or ""
    if tag in FRAMES:
        return outer
    attributes = node.attributes
    own = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    hints, named = (outer.hints, outer.named) if own == " " else _hints(own, outer.hints)
    is_inline = tag in INLINE
    return Setting(
        outer.path if is_inline else f"{outer.path}/{tag}",
        hints,
        mended.HEADINGS.get(tag, outer.heading_level),
        outer.is_link or (tag == "a" and "href" in attributes),
        outer.is_strong or tag in ("b", "strong"),
        outer.is_visible and tag not in INVISIBLE,
        outer.named | named,
        outer.boxes if is_inline else (*outer.boxes, number),
    )


@lru_cache(maxsize=20_000)
def _hints(own: str, outer: str) -> tuple[str, int]:
    """Classes and ids of the innermost elements, and what the element's own say of it."""
    own = own.strip().lower()
    return " ".join([own, *outer.split()][:6]), bits(own)


def _blocks(text: str, runs: list[Run]) -> Iterator[PageBlock]:
    """Runs of one box that follow one another, as blocks."""
    line = counted = first = 0
    count = len(runs)
    for index in range(1, count + 1):
        if index < count and runs[index].box == runs[first].box:
            continue
        together, first = runs[first:index], index
        start = together[0].start
        block_text = render(text[start : together[-1].end], "text/html")
        if block_text:
            line += text.count("\n", counted, start)
            counted = start
            yield _block(together, block_text, line)


def _block(runs: list[Run], text: str, line: int) -> PageBlock:
    setting = runs[0].setting
    if len(runs) == 1:
        link_share, is_strong = float(setting.is_link), setting.is_strong
    else:
        total = sum(run.end - run.start for run in runs)
        link_share = sum(r.end - r.start for r in runs if r.setting.is_link) / total
        is_strong = all(run.setting.is_strong for run in runs)
    return PageBlock(
        runs[0].start,
        runs[-1].end,
        text,
        line,
        True,
        setting.path,
        setting.hints,
        setting.heading_level,
        link_share,
        is_strong,
        spelt(setting.named),
        setting.boxes,
    )
