"""Fit the weights of single words: a logistic regression on the terms of blocks.

Terms that few domains print are left out: what is left are the words of navigation, of bylines
and of the language itself, not those of a subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from transforms.furniture import characters, vocabulary
from transforms.furniture.characters import Spelling
from transforms.furniture.vocabulary import PLACES, SALTS, Vocabulary

MIN_DOMAINS = 40
PENALTY = 1.0  # of the squared weights
STEPS = 120
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms that may get a weight, and which block holds which."""

    spelling: Spelling
    terms: list[tuple[str, str]]  # place and word
    hashes: npt.NDArray[np.uint64]  # of the terms, sorted
    held: csr_matrix  # a row a block, a column a term


def lexicon(texts: Sequence[str], domain: npt.NDArray[np.int64]) -> Lexicon:
    """The terms of the blocks; `domain` is the number of each block's domain."""
    spelling = characters.spell(texts)
    found = vocabulary.terms_of(spelling)
    pairs = np.unique(np.stack([found.hashes, domain[found.block].astype(np.uint64)]), axis=1)
    hashes, counts = np.unique(pairs[0], return_counts=True)
    hashes = hashes[counts >= MIN_DOMAINS]
    at = np.minimum(np.searchsorted(hashes, found.hashes), len(hashes) - 1)
    known = hashes[at] == found.hashes
    ones = np.ones(int(known.sum()))
    held = csr_matrix((ones, (found.block[known], at[known])), (len(texts), len(hashes)))
    number = np.maximum(np.asarray(held.sum(axis=1)).ravel(), 1)
    named = _named(spelling)
    return Lexicon(
        spelling, [named[h] for h in hashes.tolist()], hashes, diags(number**-0.5) @ held
    )


def _named(spelling: Spelling) -> dict[int, tuple[str, str]]:
    """The place and word of every hash."""
    hashes = vocabulary.hashes_of(spelling)
    _, first = np.unique(hashes, return_index=True)
    named = {}
    for at in first.tolist():
        codes = spelling.codes[spelling.first[at] : spelling.after[at]]
        word = "".join(map(chr, vocabulary.LOWER[codes].tolist()))
        for place, salted in zip(PLACES, (hashes[at] + SALTS).tolist(), strict=True):
            named[salted] = (place, word)
    return named


def fit(some: Lexicon, truth: npt.NDArray[np.bool_], weight: Floats) -> Vocabulary:
    """What each term says of a block, from the blocks with a weight above 0."""
    inside = np.flatnonzero(weight)
    held, signs = some.held[inside], np.where(truth[inside], 1.0, -1.0)
    # The root: one long block counts as its page would have it, and short ones count too.
    share = np.sqrt(weight[inside])
    share *= len(share) / share.sum()

    def loss(values: Floats) -> tuple[float, Floats]:
        margin = signs * (held @ values[:-1] + values[-1])
        pull = -share * signs / (1 + np.exp(np.clip(margin, -30, 30)))
        slope = np.append(held.T @ pull + PENALTY * values[:-1], pull.sum())
        total = share @ np.logaddexp(0, -margin) + PENALTY / 2 * values[:-1] @ values[:-1]
        return float(total), slope

    start = np.zeros(len(some.terms) + 1)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return Vocabulary(some.hashes, np.rint(100 * best.x[:-1]).astype(np.int64))


def rows(some: Lexicon, fitted: Vocabulary) -> list[tuple[str, str, int]]:
    """The vocabulary as rows of text, by place and word; what says nothing is left out."""
    pairs = zip(some.terms, fitted.weights.tolist(), strict=True)
    return sorted((place, word, weight) for (place, word), weight in pairs if weight)
