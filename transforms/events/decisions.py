"""Decisions: which pairs of articles are compared, what is decided of each, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.events import (
    clusters,
    days,
    evidence,
    literal,
    neighbours,
    reasons,
    scoring,
    signals,
)
from transforms.events import families as kin
from transforms.events.days import Brackets
from transforms.events.evidence import Evidence
from transforms.events.families import Family, Link
from transforms.events.links import Drawn
from transforms.events.neighbours import Floats, Neighbours
from transforms.ranges import Ints
from transforms.schema import from_arrow, table_of, to_arrow
from transforms.tables import PairDecision

SCHEMA = table_of(PairDecision).schema


@dataclass(frozen=True, slots=True)
class Rules:
    """Which decisions are kept."""

    # Less likely pairs of a large collection are not kept; linking counts them as
    # clusters.Rules.unseen. In a small one a reader may ask about any pair.
    floor: float = 0.01
    evidence_floor: float = 0.02


@dataclass(frozen=True, slots=True)
class Texts:
    """The articles of one comparison, in the order of `gathered.ids`."""

    gathered: Evidence
    brackets: Brackets
    near: Neighbours
    quotations: pa.Table


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs (left < right, positions in the texts) with their signals and probability."""

    left: Ints
    right: Ints
    values: Mapping[str, Floats]
    chances: Floats


def links(duplicates: pa.Table, drawn: Sequence[Drawn]) -> tuple[Link, ...]:
    """The copies of one text; an excerpt that a cannot-link parts from its whole is none."""
    parted = {(d.article_id_l, d.article_id_r) for d in drawn if not d.is_same}
    columns = (duplicates.column(c).to_pylist() for c in Link.__dataclass_fields__)
    found = (Link(*row) for row in zip(*columns, strict=True))
    return tuple(
        link
        for link in found
        if link.relation in kin.ONE_TEXT or (link.article_id_l, link.article_id_r) not in parted
    )


def families(articles: pa.Table, copies: Sequence[Link]) -> list[Family]:
    """The families of these articles."""
    ids = articles.column("article_id").to_pylist()
    counts = articles.column("word_count").to_pylist()
    return kin.families(dict(zip(ids, counts, strict=True)), copies)


def independent(
    articles: pa.Table,
    mentions: pa.Table,
    quotations: pa.Table,
    found: Sequence[Family],
    drawn: Sequence[Drawn],
    rules: Rules | None = None,
) -> pa.Table:
    """The decisions on pairs of independent texts, each family spoken for by its fullest."""
    rules = rules or Rules()
    texts = _texts(articles, mentions, quotations, {f.lead for f in found})
    lead_of = {i: f.lead for f in found for i in f.members}
    asked = [(lead_of[d.article_id_l], lead_of[d.article_id_r]) for d in drawn]
    count = len(texts.gathered.ids)
    first = _compared(texts, *neighbours.pairs(texts.near, count))
    more = _compared(texts, *_missing(texts.gathered, first, asked))
    if count > neighbours.Rules().all_pairs_limit:
        first, more = (_told(texts.gathered, part, asked, rules) for part in (first, more))
    return pa.concat_tables([_decided(texts, part, rules) for part in (first, more)])


def copied(
    articles: pa.Table,
    mentions: pa.Table,
    quotations: pa.Table,
    duplicates: pa.Table,
    found: Sequence[Family],
) -> pa.Table:
    """The decisions on copies of one text, their signals measured among the copies alone."""
    if not duplicates.num_rows:
        return to_arrow(PairDecision, [])
    left_ids, right_ids = (duplicates.column(f"article_id_{s}").to_pylist() for s in "lr")
    texts = _texts(articles, mentions, quotations, {*left_ids, *right_ids}, is_alone=True)
    place = {article: i for i, article in enumerate(texts.gathered.ids)}
    left = np.array([place[i] for i in left_ids], np.int64)
    right = np.array([place[i] for i in right_ids], np.int64)
    decided = _decided(texts, _compared(texts, left, right), Rules(evidence_floor=2.0))
    lead_of = {i: f.lead for f in found for i in f.members}
    is_joined = [lead_of[a] == lead_of[b] for a, b in zip(left_ids, right_ids, strict=True)]
    shares = ("relation", "jaccard", "containment")
    columns = {name: duplicates.column(name) for name in shares}
    rows = zip(*(c.to_pylist() for c in columns.values()), is_joined, strict=True)
    columns["score"] = pc.if_else(pa.array(is_joined), 1.0, decided.column("score"))
    columns["reason"] = pa.chunked_array([[_copy(*row) for row in rows]], pa.string())
    return _with(decided, columns)


def by_hand(decided: pa.Table, drawn: Sequence[Drawn]) -> pa.Table:
    """The decisions as corrected, the correction named in the reason."""
    of_pair = {f"{d.article_id_l}|{d.article_id_r}": d for d in drawn}
    wanted = pa.array(list(of_pair), pa.string())
    is_asked = pc.is_in(pairs(decided), wanted)
    asked = decided.filter(is_asked)
    corrected = [
        _corrected(decision, of_pair[pair])
        for decision, pair in zip(
            from_arrow(PairDecision, asked), pairs(asked).to_pylist(), strict=True
        )
    ]
    return pa.concat_tables(
        [decided.filter(pc.invert(is_asked)), to_arrow(PairDecision, corrected)]
    )


def pairs(decided: pa.Table) -> pa.ChunkedArray:
    """The two articles of every decision as one text."""
    return pc.binary_join_element_wise(*(decided.column(f"article_id_{s}") for s in "lr"), "|")


def _corrected(decision: PairDecision, link: Drawn) -> PairDecision:
    if decision.relation in kin.ONE_TEXT:
        return decision
    relation = "same_event" if link.is_same else "different"
    kind = "must" if link.is_same else "cannot"
    reason = f"{kind} be linked by correction {link.correction_id}: {link.reason}"
    return replace(decision, relation=relation, reason=f"{reason}; else {decision.reason}")


def _texts(
    articles: pa.Table,
    mentions: pa.Table,
    quotations: pa.Table,
    ids: set[str],
    is_alone: bool = False,
) -> Texts:
    wanted = pa.array(sorted(ids), pa.string())
    chosen = articles.filter(pc.is_in(articles.column("article_id"), wanted)).sort_by("article_id")
    gathered = evidence.gather(chosen, mentions, quotations)
    nobody = np.zeros(0, np.int64)
    near = Neighbours(nobody, nobody) if is_alone else signals.nearest(gathered)
    columns = ("event_date_start", "event_date_end", "published_at")
    dates = zip(*(chosen.column(c).to_pylist() for c in columns), strict=True)
    brackets = days.spans([days.bracket(*row) for row in dates])
    return Texts(gathered, brackets, near, quotations)


def _compared(texts: Texts, left: Ints, right: Ints) -> Compared:
    values = signals.measure(texts.gathered, texts.near, left, right)
    dated = {
        "date_compatibility": days.compatibilities(texts.brackets, left, right),
        "date_agreement": days.agreements(texts.brackets, left, right),
    }
    chances = scoring.probabilities({**values, **dated})
    return Compared(left, right, {**values, **dated}, chances)


def _missing(
    gathered: Evidence, first: Compared, asked: Sequence[tuple[str, str]]
) -> tuple[Ints, Ints]:
    """Pairs not yet compared that linking will want: inside likely components, and asked for."""
    rules = clusters.Rules()
    place = {article: str(i).zfill(9) for i, article in enumerate(gathered.ids)}
    likely = first.chances >= rules.cut
    edges = [
        (str(a).zfill(9), str(b).zfill(9))
        for a, b in zip(first.left[likely].tolist(), first.right[likely].tolist(), strict=True)
    ]
    inside = {i for edge in edges for i in edge}
    wanted = [np.array([(place[a], place[b]) for a, b in asked], np.int64).reshape(-1, 2)]
    for component in clusters.components(edges, sorted(inside)):
        if len(component) <= rules.complete_limit:
            wanted.append(
                np.array(component, np.int64)[np.stack(np.triu_indices(len(component), 1), 1)]
            )
        else:
            wanted.append(np.array(clusters.sample(component), np.int64))
    low, high = np.sort(np.concatenate(wanted), axis=1).T
    count = len(gathered.ids)
    keys = (low * count + high)[low < high]
    fresh = np.setdiff1d(keys, first.left * count + first.right)
    return fresh // max(count, 1), fresh % max(count, 1)


def _told(
    gathered: Evidence, compared: Compared, asked: Sequence[tuple[str, str]], rules: Rules
) -> Compared:
    """The pairs that are likely enough to be told of, and those asked for."""
    ids = {i for pair in asked for i in pair}
    place = {article: i for i, article in enumerate(gathered.ids) if article in ids}
    count = len(gathered.ids)
    wanted = [min(place[a], place[b]) * count + max(place[a], place[b]) for a, b in asked]
    is_asked = np.isin(compared.left * count + compared.right, np.array(wanted, np.int64))
    kept = np.flatnonzero((compared.chances >= rules.floor) | is_asked)
    values = {name: column[kept] for name, column in compared.values.items()}
    return Compared(compared.left[kept], compared.right[kept], values, compared.chances[kept])


def _decided(texts: Texts, compared: Compared, rules: Rules) -> pa.Table:
    ids = pa.array(texts.gathered.ids, pa.string())
    left, right, chances = compared.left, compared.right, compared.chances
    jaccard, containment = signals.overlap(texts.gathered, left, right)
    is_told = chances >= rules.evidence_floor
    columns = {
        **compared.values,
        "article_id_l": ids.take(pa.array(left)),
        "article_id_r": ids.take(pa.array(right)),
        "relation": pc.if_else(pa.array(chances >= scoring.SAME_EVENT), "same_event", "different"),
        "score": chances,
        "jaccard": jaccard,
        "containment": containment,
        "shared_evidence": literal.shared(texts.gathered, texts.quotations, left, right, is_told),
        "reason": reasons.worded(compared.values, chances),
    }
    return pa.table(columns).select(SCHEMA.names).cast(SCHEMA)


def _with(decided: pa.Table, columns: Mapping[str, pa.ChunkedArray]) -> pa.Table:
    for name, column in columns.items():
        place = decided.schema.get_field_index(name)
        decided = decided.set_column(place, decided.schema.field(place), column)
    return decided


def _copy(relation: str, jaccard: float, containment: float, is_joined: bool) -> str:
    what = {
        "identical": "the same words",
        "reprint": f"one text with edits: {jaccard:.0%} of its word 3-grams are shared",
        "contained": f"{containment:.0%} of the shorter's word 3-grams stand in the longer",
    }[relation]
    if not is_joined:
        what += "; the longer sums up several stories and joins none"
    return what
