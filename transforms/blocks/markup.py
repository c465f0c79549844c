"""Markup: from decoded HTML to its runs of text, each with its exact span and its setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.blocks.elements import (
    EMPHASIS,
    FRAMES,
    HEADINGS,
    INLINE,
    INLINE_IDS,
    INVISIBLE,
    TEXT_ID,
)
from transforms.blocks.marks import MARK, Marked, mark
from transforms.blocks.pages import PageBlock, read
from transforms.blocks.surroundings import bits, spelt


@dataclass(slots=True, eq=False)
class Setting:
    """What the elements around a run of text say of it, whichever elements they are."""

    path: str = ""
    hints: str = ""
    heading_level: int = 0
    is_link: bool = False
    is_strong: bool = False
    is_visible: bool = True
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
MAX_BOXES = 64  # counted around one block; the deepest of 1,300 real pages has 40


def blocks(text: str) -> tuple[PageBlock, ...]:
    """The page's blocks in the order of the source, not overlapping, none of them blank."""
    page = mark(text.replace("\0", " "))
    insides, boxes = _placed(page.markup)
    return tuple(_blocks(page, insides, boxes))


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
        setting = _setting(setting, tag, classes, name, "href" in attributes)
        if tag not in BOXLESS and len(around) < MAX_BOXES:
            around = (*around, len(known))
        known[inner.mem_id] = inside = setting, around
    return inside or NOWHERE


@lru_cache(maxsize=10_000)
def _setting(
    outer: Setting, tag: str, classes: str | None, name: str | None, has_address: bool
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
        named,
    )


def _blocks(
    page: Marked, insides: Mapping[int, Inside], boxes: Mapping[int, Box]
) -> Iterator[PageBlock]:
    """Runs of one box that follow one another in the source, as blocks."""
    line = counted = 0
    for box, numbers in groupby(page.runs, boxes.get):
        runs = list(numbers)
        first, last = runs[0], runs[-1]
        text = read("".join(page.pieces[first : last + 1 : 2])) if box else ""
        if not text:
            continue
        start = page.starts[first + 1] - len(page.pieces[first].lstrip())
        end = page.starts[last] + len(page.pieces[last].rstrip())
        line += page.text.count("\n", counted, start)
        counted = start
        setting, around = insides[first]
        link_share, is_strong = float(setting.is_link), setting.is_strong
        if first != last:
            link_share, is_strong = _shares([(page.pieces[n], insides[n][0]) for n in runs])
        yield PageBlock(
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
        )


def _shares(runs: Sequence[tuple[str, Setting]]) -> tuple[float, bool]:
    """The share of a block's characters inside links, and whether all are emphasised."""
    sizes = [len(piece.strip()) for piece, _ in runs]
    linked = sum(size for size, (_, s) in zip(sizes, runs, strict=True) if s.is_link)
    return linked / sum(sizes), all(s.is_strong for _, s in runs)
