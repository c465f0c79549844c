"""Places: where on its page a block stands, amid how much prose, and what it repeats of it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms.furniture.characters import COMMENT_SIGNED, COMMENTS_BEGIN
from transforms.furniture.shards import Columns, Shard


def position(some: Shard, prose: npt.NDArray[np.float64]) -> Columns:
    """Where each block stands; `prose` are its words if it reads as prose, whole numbers."""
    counts = some.counts[some.page]
    index = np.arange(len(prose)) - some.start
    total = some.of_page(prose)
    running = np.cumsum(prose)
    before = running - prose - (running - prose)[some.start]
    begin = np.array([b.char_start for b in some.blocks])
    end = np.array([b.char_end for b in some.blocks])
    gap_before = begin - np.concatenate([[0], end[:-1]])
    gap_before[index == 0] = 0
    found: Columns = {
        "index": np.log1p(index),
        "index_left": np.log1p(counts - 1 - index),
        "place": index / counts,
        "blocks": np.log1p(counts),
        "page_prose": np.log1p(total),
        "prose_before": before / np.maximum(total, 1),
        "prose_words_before": np.log1p(before),
        "prose_words_left": np.log1p(np.maximum(total - before - prose, 0)),
        "gap": np.log1p(np.maximum(gap_before, 0)),
        "gap_after": np.log1p(np.maximum(some.beside(gap_before, 1), 0)),
        "density": np.array([len(b.text) for b in some.blocks]) / np.maximum(end - begin, 1),
    }
    for reach in (2, 5, 12):
        found[f"prose_near_{reach}"] = some.window(prose, -reach, reach) / (2 * reach + 1)
        found[f"prose_up_{reach}"] = some.window(prose, -reach, 0) / (reach + 1)
    return found


def below_comments(some: Shard, columns: Columns) -> Columns:
    """How many lines of the page above each block begin comments or sign one, and how many near."""
    begins = columns[COMMENTS_BEGIN].astype(float)
    signed = columns[COMMENT_SIGNED].astype(float)
    return {
        "comments_begun": np.minimum(_above(some, begins), 3),
        "comments_signed": np.log1p(_above(some, signed)),
        "signed_near_3": some.window(signed, -3, 3),
        "signed_near_12": some.window(signed, -12, 12),
        "signed_up_2": some.window(signed, -2, -1),
        "begun_up_30": some.window(begins, -30, -1),
    }


def _above(some: Shard, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    running = np.cumsum(values) - values
    found: npt.NDArray[np.float64] = running - running[some.start]
    return found


def repeated(some: Shard, texts: list[str]) -> Columns:
    """How often the page prints each block, and how much of its title the block is."""
    lowered = [text.lower() for text in texts]
    codes = pc.dictionary_encode(pa.array(lowered, pa.large_string())).indices.to_numpy()
    _, where, times = np.unique(
        some.page * (len(texts) + 1) + codes, return_inverse=True, return_counts=True
    )
    titles = [some.titles[page] for page in some.page.tolist()]
    in_title = [
        len(text) / len(title) if 4 < len(text) < 250 and text in title else 0.0
        for text, title in zip(lowered, titles, strict=True)
    ]
    return {"copies": times[where], "in_title": np.array(in_title)}
