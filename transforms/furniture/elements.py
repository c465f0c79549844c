"""Elements: what stands around a block in markup, by name and by what else it holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from transforms.blocks.surroundings import WORDS, bits, mask
from transforms.furniture.shards import Columns, Ints, Shard

LEAVES = (
    "p li h1 h2 h3 h4 h5 h6 td th div section article main blockquote figcaption pre dt dd button"
    " label option header footer nav aside figure address summary center form span textarea"
    " noscript legend caption ul ol table tr"
).split()
LEAF = {tag: number + 1 for number, tag in enumerate(LEAVES)}
AROUND = (
    "nav aside footer header article main section form figure table li blockquote details pre"
    " button dl select figcaption noscript"
).split()
BOX_SHARES = (0.3, 0.5, 0.7, 0.9)


@lru_cache(maxsize=20_000)
def _of_path(path: str) -> tuple[int, int, int, int]:
    tags = path.split("/")[1:]
    around = set(tags)
    return (
        LEAF.get(tags[-1], 0) if tags else 0,
        LEAF.get(tags[-2], 0) if len(tags) > 1 else 0,
        len(tags),
        sum(1 << n for n, tag in enumerate(AROUND) if tag in around),
    )


@lru_cache(maxsize=20_000)
def _near(hints: str) -> int:
    found = 0
    for name in hints.split():
        found |= bits(name)
    return found


def setting(some: Shard) -> Columns:
    """The elements around each block and what their classes and ids say of them."""
    paths = np.array([_of_path(b.path) for b in some.blocks], np.int64).reshape(-1, 4)
    near = np.array([_near(b.hints) for b in some.blocks], np.int64)
    far = np.array([mask(b.surroundings) for b in some.blocks], np.int64)
    found: Columns = {
        "leaf": paths[:, 0],
        "outer_leaf": paths[:, 1],
        "depth": paths[:, 2],
        "heading": np.array([b.heading_level for b in some.blocks]),
        "link_share": np.array([b.link_share for b in some.blocks]),
        "is_emphasised": np.array([b.is_emphasised for b in some.blocks]),
    }
    found |= {f"in_{tag}": paths[:, 3] >> n & 1 for n, tag in enumerate(AROUND)}
    found |= {f"near_{word}": near >> n & 1 for n, word in enumerate(WORDS)}
    found |= {f"far_{word}": far >> n & 1 for n, word in enumerate(WORDS)}
    return found


def boxes(some: Shard, prose: npt.NDArray[np.float64], columns: Columns) -> Columns:
    """How much of the page's prose the elements around each block hold, and what else."""
    box, block, depths = _chains(some)
    words = np.expm1(columns["words"].astype(float))
    linked = words * columns["link_share"].astype(float)
    total = some.of_page(prose)
    held, all_words = _sums(box, prose[block]), _sums(box, words[block])
    links, members = _sums(box, linked[block]), np.bincount(box)
    share = held[box] / np.maximum(total[block], 1) if len(box) else np.zeros(0)
    found: Columns = {}
    for least in BOX_SHARES:
        around = np.bincount(block[share >= least], minlength=len(depths))
        deepest = _page_maximum(around, some)
        found[f"boxes_{least}"] = around
        found[f"out_of_{least}"] = deepest - around
        found[f"below_{least}"] = depths - around
    last = np.cumsum(depths) - 1
    for level in (0, 1, 2, 3):
        has = depths > level
        at = np.where(has, last - level, 0)
        for name, value in _of_box(box, at, has, share, held, all_words, links, members):
            found[f"{name}_{level}"] = value
    return found


def _chains(some: Shard) -> tuple[Ints, Ints, Ints]:
    """Every element around every block, one row each: its number, the block's; rows a block."""
    depths = np.array([len(b.boxes) for b in some.blocks], np.int64)
    flat = np.fromiter(chain.from_iterable(b.boxes for b in some.blocks), np.int64)
    block = np.repeat(np.arange(len(depths)), depths)
    largest = np.zeros(len(some.titles), np.int64)
    np.maximum.at(largest, some.page[block], flat + 1)
    offset = np.concatenate([[0], np.cumsum(largest)[:-1]]).astype(np.int64)
    return flat + offset[some.page[block]], block, depths


def _sums(group: Ints, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.bincount(group, values).astype(np.float64)


def _of_box(
    box: Ints,
    at: Ints,
    has: npt.NDArray[np.bool_],
    share: npt.NDArray[np.float64],
    held: npt.NDArray[np.float64],
    all_words: npt.NDArray[np.float64],
    links: npt.NDArray[np.float64],
    members: Ints,
) -> Iterator[tuple[str, npt.NDArray[np.generic]]]:
    if not len(box):
        empty = np.zeros(len(at))
        yield from ((n, empty) for n in ("box_share", "box_links", "box_prose", "box_members"))
        return
    which = box[at]
    words = np.maximum(all_words[which], 1)
    yield "box_share", np.where(has, share[at], 0)
    yield "box_links", np.where(has, links[which] / words, 0)
    yield "box_prose", np.where(has, held[which] / words, 0)
    yield "box_members", np.where(has, np.log1p(members[which]), 0)


def _page_maximum(values: Ints, some: Shard) -> Ints:
    held = np.zeros(len(some.titles), values.dtype)
    np.maximum.at(held, some.page, values)
    return held[some.page]
