"""Story: which blocks of a page tell its story, by chances that small trees give each block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from transforms import weights
from transforms.blocks.pages import Page, PageBlock
from transforms.furniture import features, repeats, trees, vocabulary
from transforms.furniture.shards import shard
from transforms.text import measured_words

Chances = npt.NDArray[np.float64]

# Chances above are sure enough, whatever the page; below are not, even where nothing is better.
SURE, UNLIKELY = 0.5, 0.15


@dataclass(frozen=True, slots=True)
class Choice:
    """Which blocks of a page are kept, and which blocks of it those repeat that are not."""

    kept: list[bool]
    repeats: list[int | None]


@dataclass(frozen=True, slots=True)
class Weights:
    """What the chances are worked out with."""

    markup: trees.Forest
    text: trees.Forest
    words: vocabulary.Vocabulary


def weights_of(rows: Callable[[str], Iterable[Sequence[str]]]) -> Weights:
    """The weights from the rows of each table, by its name."""
    return Weights(
        trees.read(rows("story_markup")),
        trees.read(rows("story_text")),
        vocabulary.read(rows("story_words")),
    )


@cache
def _shipped() -> Weights:
    """Those of `weights`; part of the code, so read once."""
    return weights_of(weights.rows)


def judge(pages: Sequence[Page], some: Weights | None = None) -> list[Chances]:
    """The chance of every block of every page to be of its story; measured for all at once.

    `some` weights stand in for those that are shipped.
    """
    some = some or _shipped()
    whole, pages = pages, [page.shown for page in pages]
    found: list[Chances] = [np.zeros(0)] * len(pages)
    for forest, is_plain in ((some.markup, False), (some.text, True)):
        numbers = [i for i, p in enumerate(pages) if p.blocks and _is_plain(p) == is_plain]
        if not numbers:
            continue
        blocks = shard([pages[i] for i in numbers])
        columns = features.measure(blocks, some.words)
        scores = trees.scores(forest, columns, len(blocks.blocks))
        for number, first, count in zip(numbers, blocks.first, blocks.counts, strict=True):
            found[number] = chances(scores[first : first + count])
    return [_spread(page, chance) for page, chance in zip(whole, found, strict=True)]


def _spread(page: Page, shown: Chances) -> Chances:
    """The chances of all blocks of the page: none for what it hides."""
    if len(shown) == len(page.blocks):
        return shown
    spread = np.zeros(len(page.blocks))
    spread[[not b.is_hidden for b in page.blocks]] = shown
    return spread


def _is_plain(page: Page) -> bool:
    return page.media_type == "text/plain"


def chances(scores: npt.NDArray[np.float64]) -> Chances:
    """Log-odds as chances, rounded so that no machine's last bit decides.

    >>> chances(np.array([0.0])).tolist()
    [0.5]
    """
    found: Chances = np.round(1 / (1 + np.exp(-scores)), 4)
    return found


def choose(blocks: Sequence[PageBlock], chance: Chances) -> Choice:
    """Which blocks are kept: the set whose word F1 is the best to be expected, without repeats.

    Its threshold is the page's own: where no block is sure, the likeliest are still a story.
    """
    if not len(blocks):
        return Choice([], [])
    size = np.array([measured_words(b.text) for b in blocks], float)
    order = np.argsort(-chance, kind="stable")
    held = np.cumsum((chance * size)[order])
    expected = 2 * held / np.maximum(np.cumsum(size[order]) + held[-1], 1)
    least = float(chance[order][int(expected.argmax())])
    likely = (chance >= min(max(least, UNLIKELY), SURE)).tolist()
    again = repeats.of_sentences(blocks, likely)
    kept = [is_likely and a is None for is_likely, a in zip(likely, again, strict=True)]
    return Choice(kept, again)
