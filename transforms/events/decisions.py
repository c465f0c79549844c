"""Decisions: which pairs of articles are compared, what is decided of each, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.events import clusters, days, evidence, neighbours, scoring, signals
from transforms.events import families as kin
from transforms.events.days import Brackets
from transforms.events.evidence import Evidence
from transforms.events.families import Family, Link
from transforms.events.links import Drawn
from transforms.events.literal import Finder
from transforms.events.neighbours import Floats, Neighbours
from transforms.ranges import Ints
from transforms.tables import PairDecision

# What a signal is called in a reason.
WORDS: Mapping[str, str] = {
    "body_similarity": "the texts",
    "lead_similarity": "the openings",
    "neighbourhood_similarity": "words that only these two openings share",
    "title_similarity": "the titles",
    "name_similarity": "the names",
    "lead_name_similarity": "the names of the openings",
    "actor_conflict": "names only one opening has",
    "number_similarity": "the numbers",
    "quote_similarity": "quoted words",
    "date_compatibility": "the days",
    "date_agreement": "the same days",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """Which decisions are kept."""

    # Less likely pairs of a large collection are not kept; linking counts them as
    # clusters.Rules.unseen. In a small one a reader may ask about any pair.
    floor: float = 0.01
    evidence_floor: float = 0.02
    reason_signals: int = 3
    reason_nats: float = 0.25


@dataclass(frozen=True, slots=True)
class Texts:
    """The articles of one comparison, in the order of `gathered.ids`."""

    gathered: Evidence
    brackets: Brackets
    near: Neighbours
    finder: Finder


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
) -> list[PairDecision]:
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
    return [d for part in (first, more) for d in _records(texts, part, rules)]


def copied(
    articles: pa.Table,
    mentions: pa.Table,
    quotations: pa.Table,
    duplicates: pa.Table,
    found: Sequence[Family],
) -> list[PairDecision]:
    """The decisions on copies of one text, their signals measured among the copies alone."""
    rows = duplicates.to_pylist()
    if not rows:
        return []
    ids = {row[side] for row in rows for side in ("article_id_l", "article_id_r")}
    texts = _texts(articles, mentions, quotations, ids, is_alone=True)
    place = {article: i for i, article in enumerate(texts.gathered.ids)}
    left = np.array([place[row["article_id_l"]] for row in rows], np.int64)
    right = np.array([place[row["article_id_r"]] for row in rows], np.int64)
    measured = _records(texts, _compared(texts, left, right), Rules(evidence_floor=2.0))
    family = {i: f.lead for f in found for i in f.members}
    return [
        _copy(decision, row, family[row["article_id_l"]] == family[row["article_id_r"]])
        for decision, row in zip(measured, rows, strict=True)
    ]


def by_hand(decision: PairDecision, drawn: Mapping[tuple[str, str], Drawn]) -> PairDecision:
    """The decision as corrected, the correction named in its reason."""
    link = drawn.get((decision.article_id_l, decision.article_id_r))
    if link is None or decision.relation in kin.ONE_TEXT:
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
    return Texts(gathered, brackets, near, Finder(gathered, quotations))


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
    likely = first.chances >= rules.cut - rules.relief
    edges = [
        (str(a).zfill(9), str(b).zfill(9))
        for a, b in zip(first.left[likely].tolist(), first.right[likely].tolist(), strict=True)
    ]
    inside = {i for edge in edges for i in edge}
    wanted = {(place[a], place[b]) for a, b in asked}
    for component in clusters.components(edges, sorted(inside)):
        if len(component) <= rules.complete_limit:
            wanted |= {(a, b) for i, a in enumerate(component) for b in component[i + 1 :]}
        else:
            wanted |= set(clusters.sample(component))
    count = len(gathered.ids)
    keys = sorted({min(int(a), int(b)) * count + max(int(a), int(b)) for a, b in wanted if a != b})
    fresh = np.setdiff1d(np.array(keys, np.int64), first.left * count + first.right)
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


def _records(texts: Texts, compared: Compared, rules: Rules) -> list[PairDecision]:
    ids = texts.gathered.ids
    jaccard, containment = signals.overlap(texts.gathered, compared.left, compared.right)
    values = {**compared.values, "jaccard": jaccard, "containment": containment}
    columns = zip(*(column.tolist() for column in values.values()), strict=True)
    pairs = zip(compared.left.tolist(), compared.right.tolist(), strict=True)
    quoted = (values["quote_similarity"] > 0).tolist()
    reasons = _reasons(compared, rules)
    records = []
    for (a, b), chance, row, has_quotes, reason in zip(
        pairs, compared.chances.tolist(), columns, quoted, reasons, strict=True
    ):
        shared: tuple[str, ...] = ()
        if chance >= rules.evidence_floor:
            shared = texts.finder.shared(a, b, has_quotes=has_quotes)
        records.append(
            PairDecision(
                article_id_l=ids[a],
                article_id_r=ids[b],
                relation="same_event" if chance >= scoring.SAME_EVENT else "different",
                score=chance,
                shared_evidence=shared,
                reason=reason,
                **dict(zip(values, row, strict=True)),
            )
        )
    return records


def _reasons(compared: Compared, rules: Rules) -> Iterator[str]:
    """Each decision in words: what speaks most for one event, and what against."""
    fitted = sorted(scoring.model().terms, key=lambda t: t.signal)
    nats = np.stack([t.weight * (compared.values[t.signal] - t.typical) for t in fitted], axis=1)
    # Of equals the first by name.
    strongest = np.argsort(-np.abs(nats), axis=1, kind="stable").tolist()
    words = [WORDS[t.signal] for t in fitted]
    for chance, row, order in zip(compared.chances.tolist(), nats.tolist(), strongest, strict=True):
        parts = [i for i in order if abs(row[i]) >= rules.reason_nats]
        pro = [f"{words[i]} (+{row[i]:.1f})" for i in parts if row[i] > 0]
        con = [f"{words[i]} ({row[i]:.1f})" for i in parts if row[i] < 0]
        yield _reason(chance, pro[: rules.reason_signals], con[: rules.reason_signals])


def _reason(chance: float, pro: Sequence[str], con: Sequence[str]) -> str:
    decided = "one event" if chance >= scoring.SAME_EVENT else "different events"
    against = ", ".join(con)
    if chance < scoring.SAME_EVENT:
        against = f"{against}, and little else in common" if con else "little else in common"
    weighed = "; ".join(
        [
            *([f"for one: {', '.join(pro)}"] if pro else []),
            *([f"against: {against}"] if against else []),
        ]
    )
    return f"{decided}, probability {chance:.3f}; {weighed}"


def _copy(decision: PairDecision, row: Mapping[str, object], is_joined: bool) -> PairDecision:
    relation = str(row["relation"])
    jaccard, containment = float(str(row["jaccard"])), float(str(row["containment"]))
    what = {
        "identical": "the same words",
        "reprint": f"one text with edits: {jaccard:.0%} of its word 3-grams are shared",
        "contained": f"{containment:.0%} of the shorter's word 3-grams stand in the longer",
    }[relation]
    if not is_joined:
        what += "; the longer sums up several stories and joins none"
    return replace(
        decision,
        relation=relation,
        score=1.0 if is_joined else decision.score,
        jaccard=jaccard,
        containment=containment,
        reason=what,
    )
