"""Neighbours: the few articles that are worth comparing with each, without all pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms import ranges
from transforms.events.evidence import Evidence
from transforms.events.sets import Sets
from transforms.ranges import Ints
from transforms.terms import mixed

Floats = npt.NDArray[np.float64]
THOUSANDTHS = 1000
# Terms of two articles that meet at a time: bounds the memory.
PART_MEETINGS = 1_000_000


@dataclass(frozen=True, slots=True)
class Rules:
    """How far an article looks around.

    25 neighbours hold the topic of an article; 20 held 97.5 % of the same-event pairs of ECB+.
    """

    neighbour_count: int = 25
    # Rarest terms of an opening that others print too: more cost time and find no more pairs.
    term_count: int = 32
    # Terms in more articles than this meet within groups of so many articles only, which keeps
    # the cost linear also where one event has thousands of reports. The groups are others for
    # every term, or such an event would fall apart along them.
    posting_cap: int = 250
    # Up to so many articles all pairs are cheaper than a search, and a reader who asks why two
    # articles of a small collection are apart finds the pair.
    all_pairs_limit: int = 60


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Pairs (article, neighbour), sorted by article and from the nearest on."""

    articles: Ints
    others: Ints


def nearest(evidence: Evidence, word_weights: Floats, rules: Rules | None = None) -> Neighbours:
    """The nearest neighbours of every article by the rare words and names of its opening.

    `word_weights` is one weight a code of `evidence.words`.
    """
    rules = rules or Rules()
    count = len(evidence.ids)
    found = [np.zeros((2, 0), np.int64)]
    if count > 1:
        postings = _postings(evidence, word_weights)
        norms = np.sqrt(np.bincount(postings.articles, postings.weights**2.0, count)) + 1
        found += _nearest(_cells(postings, rules), norms, rules)
    articles, others = np.concatenate(found, axis=1)
    return Neighbours(articles, others)


def pairs(neighbours: Neighbours, count: int, rules: Rules | None = None) -> tuple[Ints, Ints]:
    """The pairs to compare, left < right, sorted: neighbours of either, or all of a few."""
    rules = rules or Rules()
    if count <= rules.all_pairs_limit:
        left, right = np.triu_indices(count, 1)
        return left.astype(np.int64), right.astype(np.int64)
    low = np.minimum(neighbours.articles, neighbours.others)
    high = np.maximum(neighbours.articles, neighbours.others)
    keys = np.unique(low * count + high)
    return keys // count, keys % count


def _rarity(sets: Sets) -> Floats:
    return np.log((len(sets.starts) + 1) / (sets.frequencies + 1))


@dataclass(frozen=True, slots=True)
class _Postings:
    """One entry a term and article; whole weights, so that no order of sums changes a rank."""

    articles: Ints
    terms: Ints
    weights: Ints

    def taken(self, order: Ints) -> _Postings:
        return _Postings(self.articles[order], self.terms[order], self.weights[order])


@dataclass(frozen=True, slots=True)
class _Cells:
    """Postings sorted so that those which meet stand together: entry i is in cell cell_of[i].

    Those among the rarest of their article come first in their cell: rare_sizes of them.
    """

    postings: _Postings
    is_rare: npt.NDArray[np.bool_]
    cell_of: Ints
    starts: Ints
    sizes: Ints
    rare_sizes: Ints


def _postings(evidence: Evidence, word_weights: Floats) -> _Postings:
    leads, names = evidence.leads, evidence.names
    weights = [
        np.maximum(word_weights, 0)[leads.codes],
        np.maximum(_rarity(names), 0)[names.codes],
    ]
    return _Postings(
        np.concatenate([leads.owners, names.owners]),
        np.concatenate([leads.codes, names.codes + len(word_weights)]),
        np.rint(np.concatenate(weights) * THOUSANDTHS).astype(np.int64),
    )


def _cells(postings: _Postings, rules: Rules) -> _Cells:
    shared = np.bincount(postings.terms)[postings.terms] > 1
    postings = postings.taken(np.flatnonzero(shared))
    articles, terms = postings.articles, postings.terms
    by_rarity = np.lexsort((terms, -postings.weights, articles))
    is_rare = np.zeros(len(terms), np.bool_)
    is_rare[by_rarity] = _places(articles[by_rarity]) < rules.term_count
    turns = mixed(articles.astype(np.uint64) ^ mixed(terms.astype(np.uint64)))
    by_term = np.lexsort((articles, turns, terms))
    part = np.zeros(len(terms), np.int64)
    part[by_term] = _places(terms[by_term]) // rules.posting_cap
    order = np.lexsort((articles, ~is_rare, part, terms))
    postings, is_rare, part = postings.taken(order), is_rare[order], part[order]
    is_new = (np.diff(postings.terms, prepend=-1) != 0) | (np.diff(part, prepend=-1) != 0)
    starts = np.flatnonzero(is_new)
    sizes = np.diff(np.append(starts, len(order)))
    cell_of = np.cumsum(is_new) - 1
    rare_sizes = np.bincount(cell_of[is_rare], minlength=len(starts))
    return _Cells(postings, is_rare, cell_of, starts, sizes, rare_sizes)


def _nearest(cells: _Cells, norms: Floats, rules: Rules) -> Iterator[Ints]:
    """Rows of articles and neighbours, for some articles at a time."""
    # One of the two must count the term among its rarest: common words bring nobody together.
    reach = np.where(cells.is_rare, cells.sizes[cells.cell_of], cells.rare_sizes[cells.cell_of])
    entries = np.argsort(cells.postings.articles, kind="stable")
    for part in ranges.parts(cells.postings.articles[entries], reach[entries], PART_MEETINGS):
        own = entries[part]
        mine = np.repeat(own, reach[own])
        theirs = ranges.spread(cells.starts[cells.cell_of[own]], reach[own])
        one, other = cells.postings.articles[mine], cells.postings.articles[theirs]
        weight = cells.postings.weights[mine] * cells.postings.weights[theirs]
        apart = one != other
        keys = (one * len(norms) + other)[apart]
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        if len(starts):
            shared = np.add.reduceat(weight[apart][order], starts)
            one, other = np.divmod(keys[starts], len(norms))
            ranked = np.lexsort((other, -(shared / norms[other]), one))
            best = ranked[_places(one) < rules.neighbour_count]
            yield np.stack([one[best], other[best]])


def _places(groups: Ints) -> Ints:
    """The place of each entry in its group; the entries of a group stand together."""
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    sizes = np.diff(np.append(starts, len(groups)))
    return np.arange(len(groups)) - np.repeat(starts, sizes)
