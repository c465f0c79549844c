"""Vocabulary: what the first words of a block say of it, by weights of single words.

"Subscribe", "posted by" and "you may also like" stand in furniture whatever the site and the
subject. A word counts by itself, again where it opens the block, and again in a short block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.furniture.characters import TABLE_SIZE, Spelling, spell
from transforms.furniture.shards import Ints

Hashes = npt.NDArray[np.uint64]
# Where a word stands. A term is a word and one of these.
_, FIRST, SHORT = range(3)
PLACES = ("any", "first", "short")
MAX_WORDS = 24  # of a block: what it is, its first words tell
SHORT_WORDS = 6  # a short block has fewer
FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no character is lost
LONGEST = 32
POWERS = np.cumprod(np.full(LONGEST, FACTOR, np.uint64))
SALTS = np.array([0, 0x5851F42D4C957F2D, 0x14057B7EF767814F], np.uint64)


def _lower() -> npt.NDArray[np.uint64]:
    """The code of each character's lower case; every digit is a nought."""
    table = np.arange(TABLE_SIZE, dtype=np.uint64)
    for code in range(TABLE_SIZE):
        lowered = "0" if chr(code).isdigit() else chr(code).lower()
        table[code] = ord(lowered) if len(lowered) == 1 else code
    return table


LOWER = _lower()


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of blocks: parallel arrays of block and hash."""

    block: Ints
    hashes: Hashes


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by their hashes, sorted, each with what it says, in hundredths of log-odds."""

    hashes: Hashes
    weights: Ints

    def said(self, spelling: Spelling) -> Ints:
        """What the known terms of each block say together, in hundredths; 0 where none is known."""
        terms = terms_of(spelling)
        at = np.minimum(np.searchsorted(self.hashes, terms.hashes), len(self.hashes) - 1)
        block = terms.block[self.hashes[at] == terms.hashes]
        weights = self.weights[at][self.hashes[at] == terms.hashes]
        count = len(spelling.lengths)
        number = np.maximum(np.bincount(block, minlength=count), 1)
        # A block of many terms says no more than one of few: the root of their number.
        sums = np.bincount(block, weights, minlength=count) / np.sqrt(number)
        return np.rint(sums).astype(np.int64)


def read(table: Iterable[Sequence[str]]) -> Vocabulary:
    """The vocabulary of a table: place, word and weight in hundredths."""
    rows = [(PLACES.index(place), word, int(weight)) for place, word, weight in table]
    hashes = hashes_of(spell([word for _, word, _ in rows])) + SALTS[[p for p, _, _ in rows]]
    order = np.argsort(hashes)
    return Vocabulary(hashes[order], np.array([w for _, _, w in rows], np.int64)[order])


def terms_of(spelling: Spelling) -> Terms:
    """The terms of every block, in no order that matters."""
    block = spelling.text[spelling.first]
    counts = np.bincount(block, minlength=len(spelling.lengths))
    place = np.arange(len(block)) - (np.cumsum(counts) - counts)[block]
    is_early = place < MAX_WORDS
    hashes, block, place = hashes_of(spelling)[is_early], block[is_early], place[is_early]
    is_short = counts[block] < SHORT_WORDS
    return Terms(
        np.concatenate([block, block[place == 0], block[is_short]]),
        np.concatenate(
            [hashes, hashes[place == 0] + SALTS[FIRST], hashes[is_short] + SALTS[SHORT]]
        ),
    )


def hashes_of(spelling: Spelling) -> Hashes:
    """A hash of each word, whatever its case."""
    lengths = spelling.after - spelling.first
    begins = np.cumsum(lengths) - lengths
    within = np.arange(lengths.sum()) - np.repeat(begins, lengths)
    codes = spelling.codes[np.repeat(spelling.first, lengths) + within]
    lowered = LOWER[np.minimum(codes, TABLE_SIZE - 1)]
    if not len(lengths):
        return np.zeros(0, np.uint64)
    return np.add.reduceat(lowered * POWERS[within % LONGEST], begins)
