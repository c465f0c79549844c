"""Decisions: which pairs of articles are compared, what is decided of each, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    templates,
)
from transforms.events import families as kin
from transforms.events.days import Brackets
from transforms.events.evidence import Evidence
from transforms.events.families import Family, Link
from transforms.events.links import Drawn
from transforms.events.neighbours import Floats, Neighbours
from transforms.events.pages import Leaf
from transforms.ranges import Ints
from transforms.schema import from_arrow, table_of, to_arrow
from transforms.tables import PairDecision

SCHEMA = table_of(PairDecision).schema
SIGNALS = (
    *signals.NAMES,
    "date_compatibility",
    "date_agreement",
    "publication_agreement",
    "template_conflict",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """Which decisions are kept."""

    # Less likely pairs of a large collection are not kept; linking counts them as
    # clusters.Rules.unseen. In a small one a reader may ask about any pair.
    floor: float = 0.01
    evidence_floor: float = 0.02
    # From here on a text is another occasion's, whatever it copies of the one before.
    template_floor: float = 0.5


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


def occasions_parted(
    articles: pa.Table,
    mentions: pa.Table,
    entities: pa.Table,
    quotations: pa.Table,
    duplicates: pa.Table,
    rules: Rules | None = None,
) -> pa.Table:
    """The copies without those that are one wording made anew, with other days and numbers."""
    if not duplicates.num_rows:
        return duplicates
    rules = rules or Rules()
    texts, left, right = _sides(articles, mentions, entities, quotations, duplicates)
    conflict = templates.conflicts(
        texts.gathered,
        texts.brackets,
        duplicates.column("containment").to_numpy(),
        left,
        right,
    )
    is_copy = pc.is_in(duplicates.column("relation"), pa.array(["identical", kin.PAGE]))
    return duplicates.filter(pc.or_(is_copy, pa.array(conflict < rules.template_floor)))


def with_pages(duplicates: pa.Table, leaves: Sequence[Leaf]) -> pa.Table:
    """The copies, and the pages of one story, which share an event as copies do."""
    known = {(a, b) for a, b in zip(*_pair_ids(duplicates), strict=True)}
    fresh = sorted({(min(p), max(p)) for p in ((x.first, x.later) for x in leaves)} - known)
    left, right = zip(*fresh, strict=True) if fresh else ((), ())
    nothing = [0.0] * len(fresh)
    columns = [left, right, nothing, nothing, [kin.PAGE] * len(fresh)]
    return pa.concat_tables(
        [
            duplicates,
            pa.table(
                [pa.array(c, f.type) for c, f in zip(columns, duplicates.schema, strict=True)],
                schema=duplicates.schema,
            ),
        ]
    )


def _pair_ids(duplicates: pa.Table) -> list[list[str]]:
    return [duplicates.column(f"article_id_{side}").to_pylist() for side in "lr"]


def families(
    articles: pa.Table, copies: Sequence[Link], later_pages: Collection[str] = ()
) -> list[Family]:
    """The families of these articles."""
    ids = articles.column("article_id").to_pylist()
    counts = articles.column("word_count").to_pylist()
    return kin.families(
        dict(zip(ids, counts, strict=True)), copies, {*documents(articles), *later_pages}
    )


def documents(articles: pa.Table) -> frozenset[str]:
    """The articles that are documents and no stories."""
    is_document = pc.is_valid(articles.column("document_type"))
    return frozenset(articles.filter(is_document).column("article_id").to_pylist())


def independent(
    articles: pa.Table,
    mentions: pa.Table,
    entities: pa.Table,
    quotations: pa.Table,
    found: Sequence[Family],
    drawn: Sequence[Drawn],
    rules: Rules | None = None,
) -> pa.Table:
    """The decisions on pairs of independent texts, each family spoken for by its fullest."""
    rules = rules or Rules()
    texts = texts_of(articles, mentions, entities, quotations, {f.lead for f in found})
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
    entities: pa.Table,
    quotations: pa.Table,
    duplicates: pa.Table,
    found: Sequence[Family],
    leaves: Sequence[Leaf] = (),
) -> pa.Table:
    """The decisions on copies of one text, their signals measured among the copies alone."""
    if not duplicates.num_rows:
        return to_arrow(PairDecision, [])
    texts, left, right = _sides(articles, mentions, entities, quotations, duplicates)
    left_ids, right_ids = _pair_ids(duplicates)
    decided = _decided(texts, _compared(texts, left, right), Rules(evidence_floor=2.0))
    lead_of = {i: f.lead for f in found for i in f.members}
    is_joined = [lead_of[a] == lead_of[b] for a, b in zip(left_ids, right_ids, strict=True)]
    shares = ("relation", "jaccard", "containment")
    columns = {name: duplicates.column(name) for name in shares}
    rows = zip(*(c.to_pylist() for c in columns.values()), is_joined, strict=True)
    columns["score"] = pc.if_else(pa.array(is_joined), 1.0, decided.column("score"))
    why = {tuple(sorted((leaf.first, leaf.later))): leaf.reason for leaf in leaves}
    both = zip(left_ids, right_ids, strict=True)
    said = [why.get(pair) or _copy(*row) for pair, row in zip(both, rows, strict=True)]
    columns["reason"] = pa.chunked_array([said], pa.string())
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


def texts_of(
    articles: pa.Table,
    mentions: pa.Table,
    entities: pa.Table,
    quotations: pa.Table,
    ids: set[str],
    is_alone: bool = False,
) -> Texts:
    """The articles of these ids, ready to be compared; `is_alone`: as if they were all there is."""
    wanted = pa.array(sorted(ids), pa.string())
    chosen = articles.filter(pc.is_in(articles.column("article_id"), wanted)).sort_by("article_id")
    gathered = evidence.gather(chosen, mentions, quotations, entities)
    nobody = np.zeros(0, np.int64)
    near = Neighbours(nobody, nobody) if is_alone else signals.nearest(gathered)
    columns = ("event_date_start", "event_date_end", "published_at")
    dates = list(zip(*(chosen.column(c).to_pylist() for c in columns), strict=True))
    brackets = days.spans([days.bracket(*row) for row in dates], [row[2] for row in dates])
    return Texts(gathered, brackets, near, quotations)


def _sides(
    articles: pa.Table,
    mentions: pa.Table,
    entities: pa.Table,
    quotations: pa.Table,
    duplicates: pa.Table,
) -> tuple[Texts, Ints, Ints]:
    """The copies as texts, with the positions of both sides of each pair."""
    ids = _pair_ids(duplicates)
    both = {*ids[0], *ids[1]}
    texts = texts_of(articles, mentions, entities, quotations, both, is_alone=True)
    place = {article: i for i, article in enumerate(texts.gathered.ids)}
    left, right = (np.array([place[i] for i in side], np.int64) for side in ids)
    return texts, left, right


def measured(texts: Texts, left: Ints, right: Ints) -> dict[str, Floats]:
    """Every signal of the pairs (left[i], right[i]), and their overlap of word 3-grams."""
    values = signals.measure(texts.gathered, texts.near, left, right)
    jaccard, containment = signals.overlap(texts.gathered, left, right)
    return {
        **values,
        "date_compatibility": days.compatibilities(texts.brackets, left, right),
        "date_agreement": days.agreements(texts.brackets, left, right),
        "publication_agreement": days.publications(texts.brackets, left, right),
        "template_conflict": templates.conflicts(
            texts.gathered, texts.brackets, jaccard, left, right
        ),
        "jaccard": jaccard,
        "containment": containment,
    }


def _compared(texts: Texts, left: Ints, right: Ints) -> Compared:
    values = measured(texts, left, right)
    return Compared(left, right, values, scoring.probabilities(values))


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
    is_told = chances >= rules.evidence_floor
    columns = {
        **compared.values,
        "article_id_l": ids.take(pa.array(left)),
        "article_id_r": ids.take(pa.array(right)),
        "relation": pc.if_else(pa.array(chances >= scoring.SAME_EVENT), "same_event", "different"),
        "score": chances,
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
