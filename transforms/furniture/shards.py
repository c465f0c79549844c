"""Shards: blocks of many pages in one row, so that they are measured all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.blocks.pages import Page, PageBlock

Ints = npt.NDArray[np.int64]
Column = npt.NDArray[np.generic]  # one value a block
Columns = dict[str, Column]


@dataclass(frozen=True, slots=True)
class Shard:
    """Blocks of many pages in one row, with the number of the page each is of."""

    blocks: list[PageBlock]
    page: Ints  # of each block
    first: Ints  # of each page: its first block
    counts: Ints  # of each page: its blocks
    titles: list[str]  # of each page
    is_markup: bool

    @property
    def start(self) -> Ints:
        """The first block of each block's page."""
        return self.first[self.page]

    def of_page(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The sum over each block's page."""
        sums = np.bincount(self.page, values, minlength=len(self.titles)).astype(np.float64)
        return sums[self.page]

    def window(
        self, values: npt.NDArray[np.float64], low: int, high: int
    ) -> npt.NDArray[np.float64]:
        """Sums over the blocks from `low` to `high` places behind each, on its page.

        Values are whole numbers: then sums are exact, whatever pages stand before in the shard.
        """
        at = np.arange(len(values))
        start = self.start
        stop = start + self.counts[self.page]
        running = np.concatenate([[0.0], np.cumsum(values)])
        first = np.clip(at + low, start, stop)
        after = np.clip(at + high + 1, start, stop)
        sums: npt.NDArray[np.float64] = running[after] - running[first]
        return sums

    def beside(self, values: Column, distance: int, beyond: float = -1) -> Column:
        """The values of the blocks so many places behind; `beyond` where the page has ended."""
        other = np.arange(len(values)) + distance
        is_inside = (other >= 0) & (other < len(values))
        other = np.where(is_inside, other, 0)
        is_inside &= self.page[other] == self.page
        return np.where(is_inside, values[other], beyond)


def shard(pages: Sequence[Page]) -> Shard:
    """The pages' blocks in one row; all pages are markup or none."""
    counts = np.array([len(p.blocks) for p in pages], np.int64)
    return Shard(
        [b for p in pages for b in p.blocks],
        np.repeat(np.arange(len(pages)), counts),
        np.cumsum(counts) - counts,
        counts,
        [_title(p) for p in pages],
        bool(pages) and pages[0].media_type != "text/plain",
    )


def _title(page: Page) -> str:
    stated = [f.text for f in page.facts if f.name == "meta:og:title"]
    return "\n".join([page.document_title or "", *stated]).lower()
