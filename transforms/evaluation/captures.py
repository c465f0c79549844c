"""Whole captures: which were rejected, and which print one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from transforms.evaluation.score import Measure, Miss, share
from transforms.evaluation.subjects import Subject
from transforms.evaluation.truth import DuplicateTruth

DUPLICATE_RELATIONS = ("identical", "reprint", "contained")
Pair = tuple[str, str]


def rejected(subjects: Sequence[Subject]) -> Measure:
    """Of the captures rejected, the share that should be; of those that should, the share that is.

    A wrong reason is listed among the misses and counted in the note alone.
    """
    given = [s for s in subjects if s.rejection is not None]
    expected = [s for s in subjects if s.truth.rejected is not None]
    both = [s for s in expected if s.rejection is not None]
    well_reasoned = [s for s in both if _reason(s) == _expected_reason(s)]
    misses = tuple(
        Miss("rejected", s.truth.file, "capture", _expected_reason(s), s.state)
        for s in subjects
        if (s.rejection is not None or s.truth.rejected is not None) and s not in well_reasoned
    )
    note = f"{len(both)} of {len(expected)}, {len(well_reasoned)} for the right reason"
    return Measure(
        "rejected", share(len(both), len(given)), share(len(both), len(expected)), note, misses
    )


def duplicates(
    subjects: Sequence[Subject], truth: Iterable[DuplicateTruth], pair_decisions: pa.Table
) -> Measure:
    """Pairs of captures that print one text, with their relation: found among those told.

    Only pairs count of which both captures are spoken of by a truth that lists duplicates.
    """
    told = {s.truth.file for s in subjects if s.truth.has_duplicates_told}
    expected: dict[Pair, str] = {d.files: d.relation for d in truth}
    given = {
        pair: relation
        for pair, relation in _decided(subjects, pair_decisions)
        if set(pair) <= told and relation in DUPLICATE_RELATIONS
    }
    right = sum(given.get(pair) == relation for pair, relation in expected.items())
    misses = tuple(
        Miss("duplicates", pair[0], f"with {pair[1]}", _told(expected, pair), _told(given, pair))
        for pair in sorted({*expected, *given})
        if expected.get(pair) != given.get(pair)
    )
    note = f"{right} of {len(expected)} pairs, {len(given)} in the release"
    return Measure(
        "duplicates", share(right, len(given)), share(right, len(expected)), note, misses
    )


def _reason(subject: Subject) -> str:
    return subject.rejection.reason if subject.rejection else ""


def _expected_reason(subject: Subject) -> str:
    said = subject.truth.rejected
    return "an article" if said is None else said.strip().lower().replace(" ", "_")


def _decided(subjects: Sequence[Subject], pair_decisions: pa.Table) -> Iterator[tuple[Pair, str]]:
    files: Mapping[str, str] = {s.article.article_id: s.truth.file for s in subjects if s.article}
    columns = ["article_id_l", "article_id_r", "relation"]
    for row in pair_decisions.select(columns).to_pylist():
        left, right = files.get(row["article_id_l"]), files.get(row["article_id_r"])
        if left is not None and right is not None:
            yield (min(left, right), max(left, right)), row["relation"]


def _told(relations: Mapping[Pair, str], pair: Pair) -> str:
    return relations.get(pair, "no duplicate")
