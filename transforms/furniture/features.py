"""Features: what a block, its place, its elements and its neighbours look like, as numbers.

One column is one feature, one value a block; those of a whole shard are worked out in a few
NumPy passes.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from transforms.furniture import characters, elements, places
from transforms.furniture.shards import Columns, Ints, Shard
from transforms.furniture.vocabulary import Vocabulary

MIN_PROSE_WORDS = 9
REACHES = (-3, -2, -1, 1, 2, 3)
CARRIED = (
    "words is_closed prose link_share heading leaf in_title cue_0 share_capital depth"
    " follows_blank share_short"
).split()
# Blocks around each over which it is asked what their words say.
WINDOWS = ((-2, 2), (-5, 5), (-12, 12), (-5, -1), (1, 5), (-12, -1), (1, 12))
MAX_SAID_WORDS = 20
NOTHING_SAID = -999  # beyond the page: less than words ever say


def measure(some: Shard, vocabulary: Vocabulary | None) -> Columns:
    """The features of every block; `vocabulary` is asked where there are no elements to ask."""
    texts = [b.text for b in some.blocks]
    spelling = characters.spell(texts)
    columns = characters.measure(spelling) | characters.cues(texts)
    columns["prose"] = prose = _prose(columns)
    columns |= places.position(some, prose) | places.repeated(some, texts)
    if some.is_markup:
        columns |= elements.setting(some)
        columns |= elements.boxes(some, prose, columns)
    else:
        columns["follows_blank"] = np.array([b.follows_blank for b in some.blocks])
    columns |= places.below_comments(some, columns)
    columns |= _neighbours(some, columns)
    if vocabulary is not None and not some.is_markup:
        columns |= said(some, columns, vocabulary.said(spelling))
    return columns


def said(some: Shard, columns: Columns, own: Ints) -> Columns:
    """What the words of each block, and of the blocks around it, say: `own` in hundredths."""
    found: Columns = {"said": own}
    found |= {f"said_{r:+d}": some.beside(own, r, NOTHING_SAID) for r in REACHES}
    words = np.minimum(_word_counts(columns), MAX_SAID_WORDS)
    for low, high in WINDOWS:
        around = np.maximum(some.window(words, low, high), 1)
        found[f"said_{low:+d}_{high:+d}"] = some.window(words * own, low, high) / around
    return found


def _word_counts(columns: Columns) -> npt.NDArray[np.float64]:
    counts: npt.NDArray[np.float64] = np.rint(np.expm1(columns["words"].astype(float)))
    return counts


def _prose(columns: Columns) -> npt.NDArray[np.float64]:
    """Words of the blocks that read as prose, at most 60 each; 0 for others."""
    words = _word_counts(columns)
    is_prose = columns["is_closed"].astype(bool) & (words >= MIN_PROSE_WORDS) | (words > 40)
    return np.where(is_prose, np.minimum(words, 60), 0)


def _neighbours(some: Shard, columns: Columns) -> Columns:
    return {
        f"{name}_{reach:+d}": some.beside(columns[name], reach)
        for reach in REACHES
        for name in CARRIED
        if name in columns
    }
