"""Duplicates: articles whose text is, or nearly is, another's.

A sketch of each text finds the candidates without comparing all pairs; every candidate is
then verified on all word 3-grams.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms.terms import Hashes, hashed, runs, tokens

SCHEMA = pa.schema(
    [
        pa.field("article_id_l", pa.string(), nullable=False),
        pa.field("article_id_r", pa.string(), nullable=False),
        pa.field("jaccard", pa.float64(), nullable=False),
        pa.field("containment", pa.float64(), nullable=False),
        pa.field("relation", pa.string(), nullable=False),
    ]
)


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
    # A 3-gram in more texts than this is compared with the longest of them only.
    posting_cap: int = 100
    anchor_count: int = 4
    # Identical texts are paired all with all up to this many, beyond that with the first.
    identical_cap: int = 12


CANDIDATES = """
with met as (
    select shingle, text_index, is_probe,
        count(*) over (partition by shingle) as posting_count,
        row_number() over (partition by shingle order by size desc, text_index) as rank
    from postings
)
select least(p.text_index, m.text_index) as l, greatest(p.text_index, m.text_index) as r
from met p join met m using (shingle)
where p.is_probe and p.text_index <> m.text_index
    and (m.posting_count <= $posting_cap or m.rank <= $anchor_count)
group by p.text_index, m.text_index
having count(*) >= greatest(1, ceil($probe_share * least($probe_count, any_value((
    select size from sizes where sizes.text_index = p.text_index)))))
"""


def compare(articles: pa.Table, rules: Rules | None = None) -> pa.Table:
    """The pairs of articles that are one text, of `SCHEMA`, sorted by their ids.

    relation is `identical` (the same words), `reprint` (nearly the same) or `contained` (the
    shorter stands in the longer). jaccard and containment are exact shares of word 3-grams.
    """
    rules = rules or Rules()
    ordered = articles.select(["article_id", "text"]).sort_by("article_id")
    ids: list[str] = ordered.column("article_id").to_pylist()
    known: dict[str, int] = {}
    groups: dict[bytes, list[int]] = defaultdict(list)
    words = [hashed(tokens(text), known) for text in ordered.column("text").to_pylist()]
    for index, sequence in enumerate(words):
        if len(sequence):
            groups[sequence.tobytes()].append(index)
    rows = [
        (ids[left], ids[right], 1.0, 1.0, "identical")
        for group in groups.values()
        for left, right in _paired(group, rules.identical_cap)
    ]
    firsts = [group[0] for group in groups.values()]
    shingles = [np.unique(runs(words[i], rules.shingle_words)) for i in firsts]
    for left, right in _candidates(shingles, rules):
        verdict = _verdict(shingles[left], shingles[right], rules)
        if verdict:
            pair = sorted((ids[firsts[left]], ids[firsts[right]]))
            rows.append((pair[0], pair[1], *verdict))
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    table = pa.table([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], SCHEMA)
    return table.take(pc.sort_indices(table, [(n, "ascending") for n in SCHEMA.names[:2]]))


def _paired(group: list[int], cap: int) -> list[tuple[int, int]]:
    if len(group) > cap:
        return [(group[0], other) for other in group[1:]]
    return [(a, b) for i, a in enumerate(group) for b in group[i + 1 :]]


def _candidates(shingles: list[Hashes], rules: Rules) -> list[tuple[int, int]]:
    """Pairs of texts that share more probes than chance would have it, each once."""
    eligible = [i for i, s in enumerate(shingles) if len(s) >= rules.shingle_floor]
    if len(eligible) < 2:
        return []
    sizes = np.array([len(s) for s in shingles], np.int64)
    connection = duckdb.connect()
    try:
        connection.register("postings", _postings(shingles, eligible, sizes, rules))
        connection.register("sizes", pa.table({"text_index": np.arange(len(sizes)), "size": sizes}))
        found = connection.execute(
            f"select distinct l, r from ({CANDIDATES}) order by l, r",
            {
                "posting_cap": rules.posting_cap,
                "anchor_count": rules.anchor_count,
                "probe_share": rules.probe_share,
                "probe_count": rules.probe_count,
            },
        ).fetchall()
    finally:
        connection.close()
    return [(int(left), int(right)) for left, right in found]


def _postings(
    shingles: list[Hashes], eligible: list[int], sizes: npt.NDArray[np.int64], rules: Rules
) -> pa.Table:
    """Every place where a probe of any text is printed, and whether it is a probe there."""
    probes = np.unique(np.concatenate([shingles[i][: rules.probe_count] for i in eligible]))
    met, owners, firsts = [], [], []
    for index in eligible:
        own = shingles[index]
        places = np.minimum(np.searchsorted(probes, own), len(probes) - 1)
        hits = np.flatnonzero(probes[places] == own)
        met.append(own[hits])
        owners.append(np.full(len(hits), index, np.int64))
        firsts.append(hits < rules.probe_count)
    owner = np.concatenate(owners)
    return pa.table(
        {
            "shingle": np.concatenate(met),
            "text_index": owner,
            "is_probe": np.concatenate(firsts),
            "size": sizes[owner],
        }
    )


def _verdict(left: Hashes, right: Hashes, rules: Rules) -> tuple[float, float, str] | None:
    shared = len(np.intersect1d(left, right, assume_unique=True))
    shorter, longer = sorted((len(left), len(right)))
    jaccard = round(shared / (shorter + longer - shared), 6)
    containment = round(shared / shorter, 6)
    if containment >= rules.cut_share and shorter <= rules.cut_length * longer:
        return jaccard, containment, "contained"
    if jaccard >= rules.reprint_jaccard or shared / longer >= rules.reprint_share:
        return jaccard, containment, "reprint"
    if containment >= rules.contained_share:
        return jaccard, containment, "contained"
    return None
