"""Duplicates: articles whose text is, or nearly is, another's.

A sketch of each text finds the candidates without comparing all pairs; every candidate is
then verified on all word 3-grams. Arrays throughout: no loop runs over texts or words.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms import ranges, shingles
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

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint64]
HIGH = np.uint64(32)
LOW = np.uint64(2**32 - 1)


@dataclass(frozen=True, slots=True)
class Rules:
    """When two texts count as one.

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
    # Shorter texts share all of their few 3-grams by chance: stock phrases, captions.
    shingle_floor: int = 12
    # The smallest hashes of a text are its probes: a fair sample, the same in any text that
    # holds them. Of a share of .8 a tenth is met even where most are stock phrases, too common
    # to be followed up.
    probe_count: int = 32
    probe_share: float = 0.1
    # What copies share is .7 of the shorter at the least, and of 32 probes so many fall below
    # .375 in one pair of 10,000. A probe too common to be followed up counts as met.
    likely_share: float = 0.375
    # A 3-gram in more texts than this is compared with the longest of them only.
    posting_cap: int = 100
    anchor_count: int = 4
    # Identical texts are paired all with all up to this many, beyond that with the first.
    identical_cap: int = 12
    # How much is worked on at a time: bounds the memory, changes no result.
    part_bytes: int = 1_000_000
    part_entries: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts, l < r, with their exact shares and relation, one array a column."""

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
    order = pc.sort_indices(articles, [("article_id", "ascending")])
    sets = _shingles(articles.column("text"), order, rules, threads)
    firsts, twins = _identical(sets.prints, rules)
    left, right = _candidates(sets, firsts, rules)
    found = [twins, *_verified(sets, left, right, rules, threads)]
    ids = articles.column("article_id").take(order)
    pairs = [np.concatenate([getattr(p, n) for p in found]) for n in Pairs.__slots__]
    by_ids = np.lexsort((pairs[1], pairs[0]))
    one, other, jaccard, containment, relation = (column[by_ids] for column in pairs)
    columns = [ids.take(one), ids.take(other), jaccard, containment, RELATIONS[relation]]
    return pa.table(
        [
            c.combine_chunks() if isinstance(c, pa.ChunkedArray) else pa.array(c, f.type)
            for c, f in zip(columns, SCHEMA, strict=True)
        ],
        SCHEMA,
    )


def _shingles(texts: pa.ChunkedArray, order: pa.Array, rules: Rules, threads: int) -> Shingles:
    """The shingles of the texts in that order."""
    lengths = pc.fill_null(pc.binary_length(texts), 0).to_numpy()[order.to_numpy()]
    part_of = np.cumsum(lengths, dtype=np.int64) // rules.part_bytes
    bounds = sorted({0, *(np.flatnonzero(np.diff(part_of)) + 1).tolist(), len(order)})

    def part(number: int) -> Shingles:
        chosen = texts.take(order[bounds[number] : bounds[number + 1]])
        return shingles.shingles(chosen.cast(pa.binary()).to_pylist(), rules.shingle_words)

    with ThreadPoolExecutor(threads) as pool:
        return shingles.joined(list(pool.map(part, range(len(bounds) - 1))))


def _identical(prints: Keys, rules: Rules) -> tuple[Ints, Pairs]:
    """The first text of every wording, and the pairs of texts of the same wording."""
    order = np.argsort(prints, kind="stable")
    order = order[prints[order] != 0]
    is_first = np.diff(prints[order], prepend=~prints[order[:1]]) != 0
    starts = np.flatnonzero(is_first)
    sizes = np.diff(np.append(starts, len(order)))
    left, right = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        group = order[start : start + size]
        if size > rules.identical_cap:
            one, other = np.zeros(size - 1, np.int64), np.arange(1, size)
        else:
            one, other = np.triu_indices(size, 1)
        left.append(group[one])
        right.append(group[other])
    one, other = np.concatenate(left), np.concatenate(right)
    whole = np.ones(len(one))
    twins = Pairs(one, other, whole, whole, np.full(len(one), IDENTICAL, np.int64))
    return np.sort(order[starts]), twins


def _candidates(sets: Shingles, firsts: Ints, rules: Rules) -> tuple[Ints, Ints]:
    """Pairs of texts that share more probes than chance would have it, each once."""
    sizes = np.diff(sets.starts)
    eligible = firsts[sizes[firsts] >= rules.shingle_floor]
    postings = _postings(sets, sizes, eligible, rules)
    groups = np.flatnonzero(np.diff(postings >> HIGH, prepend=~np.uint64(0)))
    group_sizes = np.diff(np.append(groups, len(postings)))
    owners = ((postings & LOW) >> np.uint64(1)).astype(np.int64)
    member_starts, members, counts = _met(owners, groups, group_sizes, sizes, rules)
    probes = np.flatnonzero(postings & np.uint64(1))
    group_of = np.repeat(np.arange(len(groups)), group_sizes)
    probes = probes[np.argsort(owners[probes], kind="stable")]
    found = [np.zeros(0, np.uint64)]
    wanted = _wanted(owners[probes], group_sizes[group_of[probes]], sizes, rules)
    for part in ranges.parts(owners[probes], counts[group_of[probes]], rules.part_entries):
        group = group_of[probes[part]]
        one = np.repeat(owners[probes[part]], counts[group])
        other = members[ranges.spread(member_starts[group], counts[group])]
        is_pair = one != other
        keys = one[is_pair].astype(np.uint64) << HIGH | other[is_pair].astype(np.uint64)
        keys.sort()
        starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
        keys, hits = keys[starts], np.diff(np.append(starts, len(keys)))
        keys = keys[hits >= wanted[(keys >> HIGH).astype(np.int64)]]
        found.append(np.minimum(keys, keys << HIGH | keys >> HIGH))
    pairs = np.unique(np.concatenate(found))
    return (pairs >> HIGH).astype(np.int64), (pairs & LOW).astype(np.int64)


def _postings(sets: Shingles, sizes: Ints, eligible: Ints, rules: Rules) -> Keys:
    """Every place where a probe of any text is printed: 3-gram, text, whether a probe there.

    Rising; 3-grams of one text only are left out.
    """
    is_probe = np.zeros(len(sets.codes), np.bool_)
    probe_counts = np.minimum(sizes[eligible], rules.probe_count)
    is_probe[ranges.spread(sets.starts[eligible], probe_counts)] = True
    bits = min(27, max(16, (8 * int(probe_counts.sum())).bit_length()))
    mask = np.uint32((1 << bits) - 1)
    seen = np.zeros(1 << bits, np.bool_)
    seen[sets.codes[is_probe] & mask] = True
    is_eligible = np.zeros(len(sizes), np.bool_)
    is_eligible[eligible] = True
    parts = []
    for first, last in ranges.stretches(sets.starts, rules.part_entries):
        begin, end = sets.starts[first], sets.starts[last]
        met = np.flatnonzero(seen[sets.codes[begin:end] & mask])
        owners = np.repeat(np.arange(first, last), sizes[first:last])[met]
        met, owners = met[is_eligible[owners]], owners[is_eligible[owners]]
        low = owners.astype(np.uint64) << np.uint64(1) | is_probe[begin + met]
        parts.append(sets.codes[begin + met].astype(np.uint64) << HIGH | low)
    postings = np.concatenate([np.zeros(0, np.uint64), *parts])
    postings.sort()
    codes = postings >> HIGH
    is_same = codes[1:] == codes[:-1]
    shared = np.zeros(len(postings), np.bool_)
    shared[1:] |= is_same
    shared[:-1] |= is_same
    return postings[shared]


def _met(
    owners: Ints, groups: Ints, group_sizes: Ints, sizes: Ints, rules: Rules
) -> tuple[Ints, Ints, Ints]:
    """The texts that each group of postings is compared with: start, texts, number."""
    is_large = group_sizes > rules.posting_cap
    large = ranges.spread(groups[is_large], group_sizes[is_large])
    group_of = np.repeat(np.flatnonzero(is_large), group_sizes[is_large])
    ranked = np.lexsort((owners[large], -sizes[owners[large]], group_of))
    within = ranges.spread(np.zeros(int(is_large.sum()), np.int64), group_sizes[is_large])
    anchors = owners[large][ranked[within < rules.anchor_count]]
    anchor_count = min(rules.anchor_count, rules.posting_cap)
    starts, counts = groups.copy(), group_sizes.copy()
    starts[is_large] = len(owners) + anchor_count * np.arange(int(is_large.sum()))
    counts[is_large] = anchor_count
    return starts, np.concatenate([owners, anchors]), counts


def _wanted(owners: Ints, met_in: Ints, sizes: Ints, rules: Rules) -> Floats:
    """How many probes of each text another must print to be compared with it."""
    probe_counts = np.minimum(rules.probe_count, sizes)
    common = np.bincount(owners[met_in > rules.posting_cap], minlength=len(sizes))
    likely = np.ceil(rules.likely_share * probe_counts) - common
    return np.asarray(np.maximum(likely, np.ceil(rules.probe_share * probe_counts)))


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
