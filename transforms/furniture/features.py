"""Features: what a block, its neighbours and its boxes look like, as numbers.

One row is one block, one column one feature. Characters, words and boxes of a whole shard are
counted in a few NumPy passes; no loop runs over single characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms.blocks.pages import Page, PageBlock
from transforms.blocks.surroundings import WORDS, bits, mask

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

# Kinds of characters that are counted; a character is of one kind.
KINDS = "other space lower upper digit stop comma colon quote mark bracket wide".split()
KIND = {name: number for number, name in enumerate(KINDS)}
TABLE_SIZE = 0x3000
# What lines to press, to follow or to sign say, of any site.
CUES = (
    r"(?i)\b(?:share|tweet|follow|sign up|subscribe|log in|newsletter|read more|click here|related"
    r"|advertis|comments?|reply|cookies?|privacy|rights reserved|copyright|terms|skip to|menu"
    r"|search|download|contact us|about us|next|previous|see also|learn more|view all|©)",
    r"(?i)^(?:by|from|written by|text by|author|photo|image|source|credit|via|tags?|filed under"
    r"|categor|posted|published|updated|last updated)\b",
    r"(?i)\b(?:\d+ min|minutes? read|ago|(?:19|20)\d\d)\b",
    r"(?i)\b(?:is an?|was an?|has been an?)\b.{0,60}\b(?:writer|editor|author|journalist|reporter"
    r"|founder|expert|blogger|consultant|professor|specialist|manager|director|nutritionist)",
    r"(?i)\b(?:the|of|and|to|in|der|die|und|de|la|el|et|les|que|en|di|il|van|het|och|och|na|i)\b",
)
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
REACHES = (1, 2, 3)
BOX_SHARES = (0.3, 0.5, 0.7, 0.9)
MIN_PROSE_WORDS = 9


@dataclass(frozen=True, slots=True)
class Shard:
    """Blocks of many pages in one row, with the number of the page each is of."""

    blocks: list[PageBlock]
    page: Ints  # of each block
    first: Ints  # of each page with blocks: its first block
    titles: list[str]  # of each page
    is_markup: bool

    @property
    def counts(self) -> Ints:
        """Blocks of each page."""
        return np.bincount(self.page, minlength=len(self.titles))


def shard(pages: Sequence[Page]) -> Shard:
    """The pages' blocks in one row; all pages are markup or none."""
    counts = np.array([len(p.blocks) for p in pages], np.int64)
    return Shard(
        [b for p in pages for b in p.blocks],
        np.repeat(np.arange(len(pages)), counts),
        np.cumsum(counts) - counts,
        [_title(p) for p in pages],
        bool(pages) and pages[0].media_type != "text/plain",
    )


def _title(page: Page) -> str:
    stated = [f.text for f in page.facts if f.name == "meta:og:title"]
    return "\n".join([page.document_title or "", *stated]).lower()


def measure(some: Shard) -> tuple[Floats, list[str]]:
    """The features of every block, one row each, and their names."""
    columns: dict[str, npt.NDArray[np.generic]] = {}
    columns |= _characters(some)
    prose = _prose(columns)
    columns["prose"] = prose
    columns |= _position(some, prose)
    columns |= _repeated(some)
    if some.is_markup:
        columns |= _setting(some)
        columns |= _boxes(some, prose, columns)
    else:
        columns["follows_blank"] = np.array([b.follows_blank for b in some.blocks])
    columns |= _neighbours(some, columns)
    matrix = np.empty((len(some.blocks), len(columns)), np.float32)
    for number, column in enumerate(columns.values()):
        matrix[:, number] = column
    return matrix, list(columns)


# The block itself -----------------------------------------------------------------------------


def _kinds() -> npt.NDArray[np.uint8]:
    table = np.zeros(TABLE_SIZE + 1, np.uint8)
    for code in range(TABLE_SIZE):
        table[code] = KIND[_kind(chr(code))]
    table[TABLE_SIZE] = KIND["wide"]
    return table


def _kind(character: str) -> str:
    listed = {".!?…": "stop", ",;،": "comma", ":": "colon", "\"'“”‘’«»": "quote"}
    for characters, name in (listed | {"|•·»›→/–—-*#@©": "mark", "()[]{}<>": "bracket"}).items():
        if character in characters:
            return name
    if character.isspace():
        return "space"
    if character.isdigit():
        return "digit"
    if character.isalpha():
        return "upper" if character.isupper() else "lower"
    return "other"


TABLE = _kinds()


def _characters(some: Shard) -> dict[str, npt.NDArray[np.generic]]:
    texts = [b.text for b in some.blocks]
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), np.uint32)
    lengths = np.array([len(t) for t in texts], np.int64)
    starts = np.cumsum(lengths + 1) - lengths - 1
    ends = starts + lengths
    kinds = TABLE[np.minimum(codes, TABLE_SIZE)]
    block = np.repeat(np.arange(len(texts)), lengths + 1)[: len(kinds)]
    counts = np.bincount(block * len(KINDS) + kinds, minlength=len(texts) * len(KINDS))
    table = counts.reshape(len(texts), len(KINDS))
    found: dict[str, npt.NDArray[np.generic]] = {
        f"share_{k}": table[:, n] / lengths for k, n in KIND.items() if k != "space"
    }
    found |= _words(kinds, block, len(texts), table[:, KIND["wide"]])
    last = kinds[ends - 1]
    before = kinds[np.maximum(ends - 2, starts)]
    is_quoted = (last == KIND["quote"]) | (last == KIND["bracket"])
    closing = np.where(is_quoted, before, last)
    closed = (closing == KIND["stop"]) | (last == KIND["wide"]) & (lengths > 20)
    commas = table[:, KIND["comma"]]
    return {
        "characters": np.log1p(lengths),
        "is_closed": closed,
        "last_kind": last,
        "first_kind": kinds[starts],
        "stops": np.log1p(table[:, KIND["stop"]]),
        "commas": np.log1p(commas),
        **found,
        **_cues(texts),
    }


def _words(
    kinds: npt.NDArray[np.uint8], block: Ints, count: int, wide: Ints
) -> dict[str, npt.NDArray[np.generic]]:
    inside = (kinds == KIND["lower"]) | (kinds == KIND["upper"]) | (kinds == KIND["digit"])
    edges = np.diff(np.concatenate([[0], inside.view(np.int8), [0]]))
    first, after = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    of = block[first]
    length = after - first
    words = np.bincount(of, minlength=count) + wide // 2
    capital = np.bincount(of[kinds[first] == KIND["upper"]], minlength=count)
    is_short = (length <= 3) & (kinds[first] == KIND["lower"])
    short = np.bincount(of[is_short], minlength=count)
    some = np.maximum(words, 1)
    return {
        "words": np.log1p(words),
        "word_length": np.bincount(of, length, minlength=count) / some,
        "share_capital": capital / some,
        "share_short": short / some,
    }


def _cues(texts: list[str]) -> dict[str, npt.NDArray[np.generic]]:
    heads = pc.utf8_slice_codeunits(pa.array(texts, pa.large_string()), 0, 160)
    found: dict[str, npt.NDArray[np.generic]] = {}
    for number, cue in enumerate(CUES):
        hits = pc.match_substring_regex(heads, cue)
        found[f"cue_{number}"] = hits.to_numpy(zero_copy_only=False)
    return found


def _prose(columns: dict[str, npt.NDArray[np.generic]]) -> npt.NDArray[np.float64]:
    """Words of the blocks that read as prose, at most 60 each; 0 for others."""
    # Whole numbers: their running sums are exact, whatever pages stand before in the shard.
    words = np.rint(np.expm1(columns["words"].astype(float)))
    is_prose = columns["is_closed"].astype(bool) & (words >= MIN_PROSE_WORDS) | (words > 40)
    return np.where(is_prose, np.minimum(words, 60), 0)


# Its place on the page ------------------------------------------------------------------------


def _position(some: Shard, prose: npt.NDArray[np.float64]) -> dict[str, npt.NDArray[np.generic]]:
    pages = len(some.titles)
    counts = some.counts
    start = some.first[some.page]
    index = np.arange(len(prose)) - start
    total = np.bincount(some.page, prose, minlength=pages)[some.page]
    running = np.cumsum(prose)
    before = running - prose - (running - prose)[start]
    begin = np.array([b.char_start for b in some.blocks])
    end = np.array([b.char_end for b in some.blocks])
    gap_before = begin - np.concatenate([[0], end[:-1]])
    gap_before[some.first[counts > 0]] = 0
    found = {
        "index": np.log1p(index),
        "index_left": np.log1p(counts[some.page] - 1 - index),
        "place": index / counts[some.page],
        "blocks": np.log1p(counts[some.page]),
        "page_prose": np.log1p(total),
        "prose_before": before / np.maximum(total, 1),
        "prose_words_before": np.log1p(before),
        "prose_words_left": np.log1p(np.maximum(total - before - prose, 0)),
        "gap": np.log1p(np.maximum(gap_before, 0)),
        "gap_after": np.log1p(np.maximum(np.concatenate([gap_before[1:], [0]]), 0)),
        "density": np.array([len(b.text) for b in some.blocks]) / np.maximum(end - begin, 1),
    }
    for reach in (2, 5, 12):
        found[f"prose_near_{reach}"] = _window(prose, some, reach) / (2 * reach + 1)
        found[f"prose_up_{reach}"] = _window(prose, some, reach, ahead=0) / (reach + 1)
    return found


def _window(
    values: npt.NDArray[np.float64], some: Shard, reach: int, ahead: int | None = None
) -> npt.NDArray[np.float64]:
    """Sums over the blocks up to `reach` before and `ahead` behind each, on its page."""
    counts = some.counts
    start = some.first[some.page]
    stop = start + counts[some.page]
    at = np.arange(len(values))
    running = np.concatenate([[0.0], np.cumsum(values)])
    low = np.maximum(at - reach, start)
    high = np.minimum(at + (reach if ahead is None else ahead) + 1, stop)
    sums: npt.NDArray[np.float64] = running[high] - running[low]
    return sums


def _repeated(some: Shard) -> dict[str, npt.NDArray[np.generic]]:
    texts = [b.text.lower() for b in some.blocks]
    codes = pc.dictionary_encode(pa.array(texts, pa.large_string())).indices.to_numpy()
    _, where, times = np.unique(
        some.page * (len(texts) + 1) + codes, return_inverse=True, return_counts=True
    )
    in_title = np.zeros(len(texts))
    for number, text in enumerate(texts):
        if 4 < len(text) < 250:
            title = some.titles[some.page[number]]
            if text in title:
                in_title[number] = len(text) / max(1, len(title))
    return {"copies": times[where], "in_title": in_title}


# Its elements ---------------------------------------------------------------------------------


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


def _setting(some: Shard) -> dict[str, npt.NDArray[np.generic]]:
    paths = np.array([_of_path(b.path) for b in some.blocks], np.int64).reshape(-1, 4)
    near = np.array([_near(b.hints) for b in some.blocks], np.int64)
    far = np.array([mask(b.surroundings) for b in some.blocks], np.int64)
    found = {
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


def _boxes(
    some: Shard,
    prose: npt.NDArray[np.float64],
    columns: dict[str, npt.NDArray[np.generic]],
) -> dict[str, npt.NDArray[np.generic]]:
    """How much of the page's prose the elements around each block hold, and what else."""
    box, block, depths = _chains(some)
    words = np.expm1(columns["words"].astype(float))
    linked = words * columns["link_share"].astype(float)
    total = np.bincount(some.page, prose, minlength=len(some.titles))[some.page]
    held, all_words = _sums(box, prose[block]), _sums(box, words[block])
    links, members = _sums(box, linked[block]), np.bincount(box)
    share = held[box] / np.maximum(total[block], 1) if len(box) else np.zeros(0)
    found: dict[str, npt.NDArray[np.generic]] = {}
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


# Its neighbours -------------------------------------------------------------------------------

CARRIED = (
    "words is_closed prose link_share heading leaf in_title cue_0 share_capital depth"
    " follows_blank share_short"
).split()


def _neighbours(
    some: Shard, columns: dict[str, npt.NDArray[np.generic]]
) -> dict[str, npt.NDArray[np.generic]]:
    found: dict[str, npt.NDArray[np.generic]] = {}
    at = np.arange(len(some.blocks))
    for reach in (*(-r for r in REACHES), *REACHES):
        other = at + reach
        inside = (other >= 0) & (other < len(at))
        other = np.where(inside, other, at)
        inside &= some.page[other] == some.page
        for name in CARRIED:
            if name in columns:
                found[f"{name}_{reach:+d}"] = np.where(inside, columns[name][other], -1)
    return found
