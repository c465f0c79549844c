"""Duplicates: articles whose text is, or nearly is, another's.

A sketch of each text finds the candidates without comparing all pairs; every candidate is
then verified on all word 3-grams. Arrays throughout: no loop runs over texts or words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms import ranges, shingles
from transforms.duplicates import candidates
from transforms.ranges import Ints
from transforms.shingles import Shingles

SCHEMA = pa.schema(
    [
        pa.field("article_id_l", pa.string(), nullable=False),
        pa.field("article_id_r", pa.string(), nullable=False),
        pa.field("jaccard", pa.float64(), nullable=False),
        pa.field("containment", pa.float64(), nullable=False),
        pa.field("relation", pa.string(), nullable=False),
    ]
)
RELATIONS = np.array(["identical", "reprint", "contained"])
IDENTICAL, REPRINT, CONTAINED = range(3)

Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint64]
HIGH = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Rules:
    """When two texts count as one; the sizes of parts bound the memory and change no result.

    Independent reports of one event share few 3-grams (at most .25 of the shorter, ECB+
    topics 1 to 25), wire copy with a new head most of them.
    """

    shingle_words: int = 3
    # Both directions: a reprint may lose its head and gain a foot.
    reprint_jaccard: float = 0.6
    reprint_share: float = 0.7
    contained_share: float = 0.8
    # A text that stands in a longer one unchanged is cut, not edited, however much is left.
    cut_share: float = 0.97
    cut_length: float = 0.85
    # Identical texts are paired all with all up to this many, beyond that with the first.
    identical_cap: int = 12
    search: candidates.Rules = field(default_factory=candidates.Rules)
    # Arrays of this size stay near the processor: larger ones take half as long again.
    part_bytes: int = 250_000
    part_entries: int = 200_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts with their exact shares and relation, one array a column."""

    left: Ints
    right: Ints
    jaccard: Floats
    containment: Floats
    relation: Ints


def compare(articles: pa.Table, rules: Rules | None = None, threads: int = 2) -> pa.Table:
    """The pairs of articles that are one text, of `SCHEMA`, sorted by their ids.

    relation is `identical` (the same words), `reprint` (nearly the same) or `contained` (the
    shorter stands in the longer). jaccard and containment are shares of word 3-grams. The
    number of threads changes no row.
    """
    rules = rules or Rules()
    if not articles.num_rows:
        return SCHEMA.empty_table()
    ids = articles.column("article_id").combine_chunks()
    by_id = pc.array_sort_indices(ids).to_numpy()
    ranks = np.empty(len(ids), np.int64)
    ranks[by_id] = np.arange(len(ids))
    sets = _shingles(articles.column("text"), rules, threads)
    firsts, twins = _identical(sets.prints, ranks, rules)
    left, right = candidates.find(sets, firsts, ranks, rules.search, threads)
    return _table([twins, *_verified(sets, left, right, rules, threads)], ids, ranks)


def _table(found: Sequence[Pairs], ids: pa.StringArray, ranks: Ints) -> pa.Table:
    """The pairs by the ids of their articles, sorted."""
    left, right, *shares, relation = (
        np.concatenate([getattr(p, name) for p in found]) for name in Pairs.__slots__
    )
    is_first = ranks[left] < ranks[right]
    one, other = np.where(is_first, left, right), np.where(is_first, right, left)
    order = np.lexsort((ranks[other], ranks[one]))
    jaccard, containment = (pa.array(share[order]) for share in shares)
    relations = pa.array(RELATIONS[relation[order]], pa.string())
    columns = [ids.take(one[order]), ids.take(other[order]), jaccard, containment, relations]
    return pa.table(columns, SCHEMA)


def _shingles(texts: pa.ChunkedArray, rules: Rules, threads: int) -> Shingles:
    with ThreadPoolExecutor(threads) as pool:
        return shingles.joined(
            pool.map(
                lambda part: shingles.shingles(part.to_pylist(), rules.shingle_words),
                _parts(texts, rules.part_bytes),
            )
        )


def _parts(texts: pa.ChunkedArray, limit: int) -> Iterator[pa.BinaryArray]:
    """The texts in parts of about so many bytes."""
    for chunk in texts.chunks:
        lengths = pc.binary_length(chunk).to_numpy(zero_copy_only=False)
        bounds = np.append(0, np.cumsum(lengths, dtype=np.int64))
        for first, last in ranges.stretches(bounds, limit):
            yield chunk[first:last].cast(pa.binary())


def _identical(prints: Keys, ranks: Ints, rules: Rules) -> tuple[Ints, Pairs]:
    """The first text of every wording, and the pairs of texts of the same wording."""
    order = np.lexsort((ranks, prints))
    order = order[prints[order] != 0]
    is_first = np.diff(prints[order], prepend=~prints[order[:1]]) != 0
    starts = np.flatnonzero(is_first)
    sizes = np.diff(np.append(starts, len(order)))
    size = np.repeat(sizes, sizes)
    place = ranges.spread(np.zeros(len(starts), np.int64), sizes)
    later = np.where((size <= rules.identical_cap) | is_first, size - 1 - place, 0)
    one = np.repeat(order, later)
    other = order[ranges.spread(np.arange(1, len(order) + 1), later)]
    whole = np.ones(len(one))
    twins = Pairs(one, other, whole, whole, np.full(len(one), IDENTICAL, np.int64))
    return order[starts], twins


def _verified(sets: Shingles, left: Ints, right: Ints, rules: Rules, threads: int) -> list[Pairs]:
    """The candidates that are copies, by all their 3-grams."""
    sizes = np.diff(sets.starts)
    ends = np.cumsum(sizes[left] + sizes[right])
    bounds = np.append(0, ends)
    parts = list(ranges.stretches(bounds, rules.part_entries)) if len(left) else []

    def part(stretch: tuple[int, int]) -> Pairs:
        one, other = left[slice(*stretch)], right[slice(*stretch)]
        return _verdicts(one, other, sizes, _shared(sets, sizes, one, other), rules)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(part, parts))


def _shared(sets: Shingles, sizes: Ints, left: Ints, right: Ints) -> Ints:
    """How many codes the texts of each pair share."""
    texts = np.stack([left, right], axis=1).ravel()
    pair = np.repeat(np.arange(len(left), dtype=np.uint64), sizes[left] + sizes[right])
    keys = pair << HIGH | sets.codes[ranges.spread(sets.starts[texts], sizes[texts])]
    keys.sort()
    twice = keys[1:][keys[1:] == keys[:-1]] >> HIGH
    return np.asarray(np.bincount(twice.astype(np.int64), minlength=len(left)))


def _verdicts(left: Ints, right: Ints, sizes: Ints, shared: Ints, rules: Rules) -> Pairs:
    shorter = np.minimum(sizes[left], sizes[right])
    longer = np.maximum(sizes[left], sizes[right])
    jaccard = np.round(shared / (shorter + longer - shared), 6)
    containment = np.round(shared / shorter, 6)
    is_cut = (containment >= rules.cut_share) & (shorter <= rules.cut_length * longer)
    is_reprint = (jaccard >= rules.reprint_jaccard) | (shared / longer >= rules.reprint_share)
    relation = np.where(is_reprint & ~is_cut, REPRINT, CONTAINED)
    kept = is_cut | is_reprint | (containment >= rules.contained_share)
    return Pairs(left[kept], right[kept], jaccard[kept], containment[kept], relation[kept])
