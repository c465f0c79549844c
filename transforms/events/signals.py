"""Signals: how much two articles agree, each signal a number from 0 to 1.

What is rare weighs more, and rarity is asked three times: in English at large, in this
collection, and among the article's own neighbours. Words of the beat, which all neighbours
print, thus count little, also in a collection too small to know what is rare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.events import background, neighbours, scenes, times
from transforms.events.evidence import Evidence
from transforms.events.neighbours import Floats, Neighbours
from transforms.events.sets import Sets, meetings, totals
from transforms.ranges import Ints

NAMES = (
    "body_similarity",
    "lead_similarity",
    "neighbourhood_similarity",
    "title_similarity",
    "name_similarity",
    "lead_name_similarity",
    "actor_conflict",
    "number_similarity",
    "quote_similarity",
    "time_agreement",
    "time_conflict",
    "place_agreement",
    "place_conflict",
)
Flags = npt.NDArray[np.bool_]
DECIMALS = 4  # a score can be recomputed from the released columns


@dataclass(frozen=True, slots=True)
class Rules:
    """How rarity is estimated; swept on ECB+ and on small one-beat collections made from it."""

    # Articles that general English counts for beside the collection's own.
    background_articles: float = 30.0
    # Neighbours that the collection counts for beside an article's own neighbours.
    background_neighbours: float = 3.0
    common_share: float = 0.02
    # Share of a term in the length of the vector if no neighbour prints it: such words tell an
    # article from everything, so they say little on any one pair.
    unshared_weight: float = 0.3
    # A name is in two articles of a thousand before the collection is known.
    name_share: float = 0.002
    conflict_scale: float = 10.0
    # An opening that names little cannot be in conflict, which is no sign of one event: up to this
    # weight of names it is taken to name others as most do, so many of which the other misses.
    opening_weight: float = 15.0
    missing_share: float = 0.75
    quote_scale: float = 4.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """Sets with one weight an entry."""

    sets: Sets
    weights: Floats


def measure(
    evidence: Evidence, near: Neighbours, left: Ints, right: Ints, rules: Rules | None = None
) -> dict[str, Floats]:
    """One array a signal, one value a pair (left[i], right[i]) of positions in evidence.ids."""
    rules = rules or Rules()
    word_shares = background_shares(evidence, rules)
    words = _shares(evidence.words, word_shares, rules)
    name_shares = _shares(
        evidence.names, np.full(len(evidence.names.labels), rules.name_share), rules
    )
    local_words, is_near = _local(evidence.words, words, near, rules)
    local_names, is_near_name = _local(evidence.names, name_shares, near, rules)
    softened = np.where(is_near, 1.0, rules.unshared_weight)
    softened_names = np.where(is_near_name, 1.0, rules.unshared_weight)
    idf, name_idf = -np.log(words), -np.log(name_shares)
    leads, titles, leading = evidence.leads, evidence.titles, evidence.lead_names

    def cosine(sets: Sets, entry_weights: Floats) -> Floats:
        return _cosine(Weighed(sets, entry_weights), left, right)

    measured = {
        "body_similarity": cosine(evidence.words, idf[evidence.words.codes]),
        "lead_similarity": cosine(leads, idf[leads.codes]),
        "neighbourhood_similarity": cosine(
            leads, _picked(local_words * softened, evidence.words, leads)
        ),
        "title_similarity": cosine(titles, _picked(local_words, evidence.words, titles)),
        "name_similarity": cosine(evidence.names, name_idf[evidence.names.codes]),
        "lead_name_similarity": cosine(
            leading, _picked(local_names * softened_names, evidence.names, leading)
        ),
        "actor_conflict": _conflict(
            Weighed(leading, _picked(local_names, evidence.names, leading)),
            evidence.names,
            left,
            right,
            rules,
        ),
        "number_similarity": _numbers(evidence, near, left, right, rules),
        "quote_similarity": _quotes(evidence, left, right, rules),
        "time_agreement": times.agreements(evidence.times, left, right),
        "time_conflict": times.conflicts(evidence.times, left, right),
        "place_agreement": scenes.agreements(evidence.scenes, left, right),
        "place_conflict": scenes.conflicts(evidence.scenes, evidence.words, left, right),
    }
    return {name: _rounded(np.clip(measured[name], 0, 1)) for name in NAMES}


def overlap(evidence: Evidence, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Shared word 3-grams over all (Jaccard) and over those of the shorter (containment)."""
    sets = evidence.shingles
    shared = totals(sets, sets, left, right)
    one, other = sets.sizes[left], sets.sizes[right]
    jaccard = shared / np.maximum(one + other - shared, 1)
    containment = shared / np.maximum(np.minimum(one, other), 1)
    return _rounded(jaccard), _rounded(containment)


def _rounded(values: Floats) -> Floats:
    return np.asarray(np.round(values, DECIMALS), np.float64)


def background_shares(evidence: Evidence, rules: Rules | None = None) -> Floats:
    """Share of articles of this length that would print each word if they were on anything."""
    return _general_shares(evidence.words.labels, evidence, rules or Rules())


def word_weights(evidence: Evidence, rules: Rules | None = None) -> Floats:
    """The weight of each word in this collection: minus the log of the share that prints it."""
    rules = rules or Rules()
    return -np.log(_shares(evidence.words, background_shares(evidence, rules), rules))


def nearest(evidence: Evidence) -> Neighbours:
    """The nearest neighbours of every article under the weights of this collection."""
    return neighbours.nearest(evidence, word_weights(evidence))


def _general_shares(labels: Sequence[str], evidence: Evidence, rules: Rules) -> Floats:
    windows = max(1.0, float(evidence.word_counts.mean()) / background.WINDOW_WORDS)
    return np.asarray(1 - (1 - background.window_shares(labels)) ** windows)


def _shares(sets: Sets, general: Floats, rules: Rules) -> Floats:
    """Share of the other articles that have each code, general English mixed in."""
    others = np.maximum(sets.frequencies - 1, 0)
    weight = rules.background_articles
    return (others + weight * general) / (len(sets.starts) - 2 + weight)


def _local(sets: Sets, shares: Floats, near: Neighbours, rules: Rules) -> tuple[Floats, Flags]:
    """For every entry its weight among the article's neighbours, and whether one prints it."""
    met = meetings(sets, sets, near.articles, near.others)
    around = np.bincount(near.articles, minlength=len(sets.starts) - 1)[sets.owners]
    own = np.maximum(shares[sets.codes], rules.common_share)
    prior = rules.background_neighbours
    local = np.maximum(-np.log((met + prior * own) / (around + prior)), 0)
    rarity = np.maximum(-np.log(np.minimum(shares[sets.codes], 1)), 0)
    return np.sqrt(local * rarity), np.greater(met, 0)


def _picked(values: Floats, of: Sets, wanted: Sets) -> Floats:
    """The values of the entries of `of` that `wanted`, a subset of it, has."""
    return values[of.places(wanted.owners, wanted.codes)]


def _cosine(data: Weighed, left: Ints, right: Ints) -> Floats:
    sets, entry_weights = data.sets, data.weights
    squares = np.bincount(sets.owners, entry_weights**2, len(sets.starts) - 1)
    total = totals(
        sets, sets, left, right, lambda mine, theirs: entry_weights[mine] * entry_weights[theirs]
    )
    length = np.sqrt(squares[left] * squares[right])
    return np.asarray(np.divide(total, length, out=np.zeros(len(left)), where=length > 0))


def _conflict(leading: Weighed, names: Sets, left: Ints, right: Ints, rules: Rules) -> Floats:
    """How much the opening of either names what the other names nowhere."""
    total = np.bincount(leading.sets.owners, leading.weights, len(names.starts) - 1)
    unnamed = rules.missing_share * np.maximum(rules.opening_weight - total, 0)

    def missing(mine: Ints, theirs: Ints) -> Floats:
        met = totals(leading.sets, names, mine, theirs, lambda entry, _: leading.weights[entry])
        return np.asarray(np.maximum(total[mine] - met, 0) + unnamed[mine])

    both = np.minimum(missing(left, right), missing(right, left))
    return np.asarray(1 - np.exp(-both / rules.conflict_scale))


def _numbers(evidence: Evidence, near: Neighbours, left: Ints, right: Ints, rules: Rules) -> Floats:
    numbers = evidence.numbers
    shares = _shares(numbers, _general_shares(numbers.labels, evidence, rules), rules)
    local, is_near = _local(numbers, shares, near, rules)
    softened = local * np.where(is_near, 1.0, rules.unshared_weight)
    return _cosine(Weighed(numbers, softened), left, right)


def _quotes(evidence: Evidence, left: Ints, right: Ints, rules: Rules) -> Floats:
    """Runs of words that one quotes and the other prints, quoted or not."""

    def met(mine: Ints, theirs: Ints) -> Floats:
        return totals(evidence.quoted, evidence.runs, mine, theirs)

    shared = np.maximum(met(left, right), met(right, left))
    return 1 - np.exp(-shared / rules.quote_scale)
