"""Neighbours: the few articles that are worth comparing with each, without all pairs."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from transforms.events.evidence import Evidence
from transforms.events.sets import Sets
from transforms.ranges import Ints
from transforms.terms import mixed

Floats = npt.NDArray[np.float64]


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


# Whole numbers are summed, so that the order of the threads cannot change a rank.
NEAREST = """
with ranked as (
    select *, row_number() over (partition by article order by weight desc, term) as rarity,
        (row_number() over (partition by term order by turn, article) - 1) // $posting_cap as part
    from postings
),
met as (
    select a.article, b.article as other,
        sum(a.weight * b.weight)::bigint as shared
    from ranked a join ranked b on a.term = b.term and a.part = b.part
    where a.article <> b.article and (a.rarity <= $term_count or b.rarity <= $term_count)
    group by a.article, b.article
),
scored as (
    select met.article, met.other, met.shared::double / n.norm as score
    from met join norms n on n.article = met.other
)
select article, other from scored
qualify row_number() over (partition by article order by score desc, other) <= $neighbour_count
order by article, score desc, other
"""


def nearest(evidence: Evidence, word_weights: Floats, rules: Rules | None = None) -> Neighbours:
    """The nearest neighbours of every article by the rare words and names of its opening.

    `word_weights` is one weight a code of `evidence.words`.
    """
    rules = rules or Rules()
    count = len(evidence.ids)
    if count < 2:
        return Neighbours(np.zeros(0, np.int64), np.zeros(0, np.int64))
    postings = pa.concat_tables(
        [
            _postings(evidence.leads, word_weights, 0),
            _postings(evidence.names, _rarity(evidence.names), len(word_weights)),
        ]
    )
    articles = postings.column("article").to_numpy()
    weights = postings.column("weight").to_numpy().astype(np.float64)
    norms = np.sqrt(np.bincount(articles, weights**2, count)) + 1
    shared = np.bincount(postings.column("term").to_numpy())
    postings = postings.filter(pa.array(shared[postings.column("term").to_numpy()] > 1))
    connection = duckdb.connect()
    try:
        connection.register("postings", postings)
        connection.register("norms", pa.table({"article": np.arange(count), "norm": norms}))
        found = connection.execute(
            NEAREST,
            {
                "posting_cap": rules.posting_cap,
                "term_count": rules.term_count,
                "neighbour_count": rules.neighbour_count,
            },
        ).fetchnumpy()
    finally:
        connection.close()
    return Neighbours(np.asarray(found["article"], np.int64), np.asarray(found["other"], np.int64))


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


def _postings(sets: Sets, weights: Floats, first_term: int) -> pa.Table:
    thousandths = np.rint(np.maximum(weights, 0)[sets.codes] * 1000).astype(np.int64)
    codes = sets.codes + first_term
    turns = mixed(sets.owners.astype(np.uint64) ^ mixed(codes.astype(np.uint64)))
    return pa.table(
        {"article": sets.owners, "term": codes, "weight": thousandths, "turn": turns}
    )
