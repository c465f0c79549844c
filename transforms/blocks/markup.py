"""Markup: from decoded HTML to its runs of text, each with its exact span and its setting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.blocks import breaks
from transforms.blocks.elements import (
    EMPHASIS,
    FRAMES,
    HEADINGS,
    INLINE,
    INLINE_IDS,
    INVISIBLE,
    TEXT_ID,
    UNREAD,
    is_hidden,
)
from transforms.blocks.marks import MARK, Marked, mark
from transforms.blocks.pages import PageBlock, read, render, trim
from transforms.blocks.surroundings import bits, spelt
from transforms.code import is_code


@dataclass(slots=True, eq=False)
class Setting:
    """What the elements around a run of text say of it, whichever elements they are."""

    path: str = ""
    hints: str = ""
    heading_level: int = 0
    is_link: bool = False
    is_strong: bool = False
    is_visible: bool = True
    is_hidden: bool = False
    named: int = 0  # mask of surroundings


# The setting inside one element, and the numbers of the block-level elements around it,
# outermost first.
Inside = tuple[Setting, tuple[int, ...]]
# Block-level elements begun before a run of text, and those around it: equal for two runs
# without a block-level boundary between them.
Box = tuple[int, int]
NOWHERE: Inside = (Setting(), ())
BOXLESS = INLINE | FRAMES
OUTER_HINTS = 5  # words of the elements around that are kept beside an element's own
MIN_CHARACTERS = 200  # of text: a page with fewer is read again, in case it swallows its story
PROSE_CHARACTERS = 80  # of a run of text: a label has fewer
MAX_BOXES = 64  # counted around one block; the deepest of 1,300 real pages has 40


def blocks(text: str) -> tuple[PageBlock, ...]:
    """The page's blocks in the order of the source, not overlapping, none of them blank.

    Where hardly a word is left, the page is read again with what it swallows in comments.
    """
    text = text.replace("\0", " ")
    first = _read(mark(text))
    if _size(first) >= MIN_CHARACTERS or len(text) < MIN_CHARACTERS:
        return first
    second = _read(mark(text, reads_comments=True))
    return second if _size(second) > 2 * _size(first) + MIN_CHARACTERS else first


def _size(some: Sequence[PageBlock]) -> int:
    return sum(len(block.text) for block in some if not block.is_hidden)


def _read(page: Marked) -> tuple[PageBlock, ...]:
    insides, boxes = _placed(page.markup)
    hidden = [n for n, (setting, _) in insides.items() if setting.is_hidden]
    if _holds_page(hidden, page, boxes):
        hidden = []
    whole = _with_whole_paragraphs(page, insides, boxes)
    return tuple(_blocks(page, insides, whole, frozenset(hidden)))


def _with_whole_paragraphs(
    page: Marked, insides: Mapping[int, Inside], boxes: Mapping[int, Box]
) -> Mapping[int, Box]:
    """The boxes, where a line that goes on the line above is in the box of that line."""
    places = {n: (box[0], insides[n][1]) for n, box in boxes.items()}
    links = {n for n in boxes if insides[n][0].is_link}
    found = breaks.joined(page.pieces, page.runs, places, links)
    whole: dict[Box, Box] = {}
    for below, above in found.items():
        whole[boxes[below]] = whole.get(boxes[above], boxes[above])
    return {n: whole.get(box, box) for n, box in boxes.items()} if whole else boxes


def _holds_page(hidden: Sequence[int], page: Marked, boxes: Mapping[int, Box]) -> bool:
    """Whether what the markup hides is most of the page's prose: then a script shows it."""
    if not hidden:
        return False
    lengths = {n: len(page.pieces[n]) for n in boxes}
    prose = sum(length for length in lengths.values() if length >= PROSE_CHARACTERS)
    within = sum(lengths[n] for n in hidden if lengths[n] >= PROSE_CHARACTERS)
    return 2 * within > prose


def _placed(markup: str) -> tuple[dict[int, Inside], dict[int, Box]]:
    """Where the tree has each visible run of text, by the number of its mark."""
    insides: dict[int, Inside] = {}
    boxes: dict[int, Box] = {}
    root = LexborHTMLParser(markup).root
    if root is None:
        return insides, boxes
    known = {root.mem_id: NOWHERE}
    begun = 0
    for node in root.traverse(include_text=True):
        tag_id = node.tag_id
        if tag_id in INLINE_IDS:
            continue
        if tag_id != TEXT_ID:
            begun += node.is_element_node
            continue
        inside = _inside(node.parent, known)
        if inside[0].is_visible:
            box = (begun, len(inside[1]))
            for mark_number in MARK.findall(node.text_content or ""):
                number = int(mark_number)
                insides[number], boxes[number] = inside, box
    return insides, boxes


def _inside(element: LexborNode | None, known: dict[int, Inside]) -> Inside:
    """The inside of an element, worked out once for each that holds text."""
    outward: list[LexborNode] = []
    inside: Inside | None = None
    while element is not None:
        inside = known.get(element.mem_id)
        if inside is not None:
            break
        outward.append(element)
        element = element.parent
    setting, around = inside or NOWHERE
    for inner in reversed(outward):
        tag, attributes = inner.tag or "", inner.attributes
        classes, name = attributes.get("class"), attributes.get("id")
        if "author" in (attributes.get("rel"), attributes.get("itemprop")):
            classes = f"{classes or ''} author"  # a statement on the element, as its class may be
        hides = len(attributes) > 0 and is_hidden(attributes)
        setting = _setting(setting, tag, classes, name, "href" in attributes, hides)
        if tag not in BOXLESS and len(around) < MAX_BOXES:
            around = (*around, len(known))
        known[inner.mem_id] = inside = setting, around
    return inside or NOWHERE


@lru_cache(maxsize=10_000)
def _setting(
    outer: Setting,
    tag: str,
    classes: str | None,
    name: str | None,
    has_address: bool,
    hides: bool,
) -> Setting:
    """The setting inside an element; one object for all elements alike."""
    if tag in FRAMES:
        return outer
    hints, named = outer.hints, outer.named
    own = f"{classes or ''} {name or ''}".lower().split() if classes or name else []
    if own:
        hints = " ".join([*own, *hints.split()[:OUTER_HINTS]])
        for word in own:
            named |= bits(word)
    return Setting(
        outer.path if tag in INLINE else f"{outer.path}/{tag}",
        hints,
        HEADINGS.get(tag, outer.heading_level),
        outer.is_link or (tag == "a" and has_address),
        outer.is_strong or tag in EMPHASIS,
        outer.is_visible and tag not in INVISIBLE,
        outer.is_hidden or hides or tag in UNREAD,
        named,
    )


def _blocks(
    page: Marked,
    insides: Mapping[int, Inside],
    boxes: Mapping[int, Box],
    hidden: frozenset[int],
) -> Iterator[PageBlock]:
    """Runs of one box that follow one another in the source, as blocks."""
    line = counted = 0
    # What is hidden inside a paragraph is a block of its own, too.
    kinds = (
        groupby(page.runs, lambda n: (boxes.get(n), n in hidden))
        if hidden
        else (((box, False), numbers) for box, numbers in groupby(page.runs, boxes.get))
    )
    for (box, hides), numbers in kinds:
        runs = list(numbers)
        first, last = runs[0], runs[-1]
        if not box:
            continue
        start = page.starts[first + 1] - len(page.pieces[first].lstrip())
        end = page.starts[last] + len(page.pieces[last].rstrip())
        letter = breaks.initial(page.pieces[first - 1], page.pieces[first][:2]) if first else ""
        if letter:
            start = page.starts[first - 1]
        tags = page.pieces[first + 1 : last : 2]
        if any(breaks.LINE_BREAK.match(tag) for tag in tags):
            text = render(page.text[start:end], "text/html")
        else:
            text = read(letter + "".join(page.pieces[first : last + 1 : 2]))
        if not text:
            continue
        line += page.text.count("\n", counted, start)
        counted = start
        setting, around = insides[first]
        link_share, is_strong = float(setting.is_link), setting.is_strong
        if first != last:
            link_share, is_strong = _shares([(page.pieces[n], insides[n][0]) for n in runs])
        whole = PageBlock(
            start,
            end,
            text,
            line,
            True,
            setting.path,
            setting.hints,
            setting.heading_level,
            link_share,
            is_strong,
            spelt(setting.named),
            around,
            hides,
        )
        yield from _paragraphs(page.text, whole) if first == last else (whole,)


SET_AS_IT_IS = re.compile(r"/(?:pre|listing|xmp|plaintext)(?:/|$)")
PARAGRAPH = re.compile(r"\S(?:[^\r\n]|\r?\n(?![ \t]*(?:\r?\n|$)))*")


def _paragraphs(text: str, block: PageBlock) -> Iterator[PageBlock]:
    """A block of preformatted text, as wires are, cut at its blank lines; any other as it is.

    A listing of a program is no text: it stays whole.
    """
    source = text[block.char_start : block.char_end]
    if not SET_AS_IT_IS.search(block.path) or is_code(source):
        yield block
        return
    for match in PARAGRAPH.finditer(text, block.char_start, block.char_end):
        start, end = trim(text, *match.span())
        above = block.line + text.count("\n", block.char_start, start)
        own = read(text[start:end])
        if own:
            yield replace(block, char_start=start, char_end=end, text=own, line=above)


def _shares(runs: Sequence[tuple[str, Setting]]) -> tuple[float, bool]:
    """The share of a block's characters inside links, and whether all are emphasised."""
    sizes = [len(piece.strip()) for piece, _ in runs]
    linked = sum(size for size, (_, s) in zip(sizes, runs, strict=True) if s.is_link)
    return linked / sum(sizes), all(s.is_strong for _, s in runs)
