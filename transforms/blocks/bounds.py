"""Bounds: the tags that the parser is spared, since their cost would outgrow the page.

A tree costs its depth times its length. Formatting that is never closed is opened again in
every paragraph below it. Each attribute of a tag is held against all before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from transforms.blocks.elements import RAW
from transforms.blocks.tags import ATTRIBUTE, NAME

MAX_DEPTH = 512  # elements open at once: as browsers have it; real pages stay under 100
MAX_FORMATTING = 8  # elements of formatting open at once; real pages stay under 7
MAX_ATTRIBUTES = 500
# Pages of the 1990s leave these open a thousand times without nesting anything ...
NEVER_NESTED = frozenset(["p", "li", "dd", "dt", "br", "hr", "img", "meta", *RAW])
# ... and these, outside of drawings and formulas.
SELDOM_NESTED = frozenset("td tr th option input link area base col param wbr".split())
FOREIGN = frozenset(("svg", "math"))
# Drawings hold these by the thousand, closed by themselves and without text.
SHAPES = frozenset("circle ellipse image line path polygon polyline rect stop use".split())


def with_few_attributes(tag: str) -> str:
    """The tag, without attributes where it has too many."""
    name = NAME.match(tag)
    if name is None or name.group(1).lower() in RAW or len(tag) < 2 * MAX_ATTRIBUTES:
        return tag
    return f"{name.group()}>" if len(ATTRIBUTE.findall(tag, name.end())) > MAX_ATTRIBUTES else tag


def bounded(tags: list[str], formatting: Sequence[str | None]) -> list[str]:
    """The tags that a tree at bounded cost is made of: all of them, but on hostile pages.

    `formatting` has the name of each tag that is one of formatting, else None.
    """
    is_costly = _is_deep(tags) or _is_sticky(formatting)
    return list(_kept(tags, formatting)) if is_costly else tags


def _is_deep(tags: Sequence[str]) -> bool:
    """Whether more elements may be open at once than a tree may be deep."""
    steps = [-1 if tag[1:2] == "/" else 1 for tag in tags]
    return len(tags) > MAX_DEPTH and max(accumulate(steps)) > MAX_DEPTH


def _is_sticky(formatting: Sequence[str | None]) -> bool:
    """Whether more formatting may be open at once than is opened again at little cost."""
    opened: Counter[str] = Counter()
    for tag in filter(None, formatting):
        _nested(opened, tag)
        if opened.total() > MAX_FORMATTING:
            return True
    return False


def _nested(opened: Counter[str], tag: str) -> int:
    """How many elements of its name are open at a tag, its own among them; it is counted.

    >>> opened = Counter()
    >>> [_nested(opened, tag) for tag in ("b", "b", "/b", "/b", "/b", "i")]
    [1, 2, 2, 1, 0, 1]
    """
    name = tag.lower().removeprefix("/")
    if name == tag.lower():
        opened[name] += 1
        return opened[name]
    count = opened[name]
    opened[name] = max(0, count - 1)
    return count


def _kept(tags: Sequence[str], formatting: Sequence[str | None]) -> Iterator[str]:
    """The tags; those of elements nested too deep, or in formatting of their name, left empty."""
    opened: Counter[str] = Counter()
    depth = 0
    for tag, form in zip(tags, formatting, strict=True):
        match = NAME.match(tag)
        name = match.group(1).lower() if match else ""
        is_end, is_closed = tag[1:2] == "/", tag[-2:] == "/>"
        in_foreign = opened["svg"] or opened["math"]
        if form:
            yield tag if _nested(opened, form) == 1 else ""
        elif name in SHAPES and is_closed:
            yield ""
        elif not name or name in NEVER_NESTED or (name in SELDOM_NESTED and not in_foreign):
            yield tag
        else:
            if name in FOREIGN and not is_closed:
                _nested(opened, f"/{name}" if is_end else name)
            depth = max(0, depth - 1 if is_end else depth + 1)
            yield tag if depth + is_end <= MAX_DEPTH else ""
