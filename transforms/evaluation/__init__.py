"""Evaluation: how near the tables of a release come to a truth made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from transforms.evaluation import captures, dates, events, labels, names, quotations
from transforms.evaluation.dates import Widths
from transforms.evaluation.score import Measure, Miss
from transforms.evaluation.subjects import gather, match
from transforms.evaluation.truth import Truth, TruthError, merge, parse

__all__ = [
    "Evaluation", "Measure", "Miss", "Truth", "TruthError", "Widths", "evaluate", "match", "merge",
    "parse",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every measure, each label by itself, the widths of the brackets, and captures not found."""

    measures: tuple[Measure, ...]
    labels: tuple[Measure, ...]
    widths: Widths
    capture_count: int
    missing: tuple[str, ...]

    @property
    def misses(self) -> tuple[Miss, ...]:
        """Every miss, by measure."""
        return tuple(miss for measure in self.measures for miss in measure.misses)


def evaluate(truth: Truth, tables: Mapping[str, pa.Table], texts: Mapping[str, str]) -> Evaluation:
    """The measures of a release's tables against the truth.

    `texts` holds the decoded captures by capture_id, for the numbers of their lines. What the
    truth does not speak of is not measured; a capture that the release lacks is missed in all.
    """
    subjects = gather(truth, tables, texts)
    canonical = _canonical(tables["entities"])
    label_measure, by_label = labels.measure(subjects)
    quoted, speakers = quotations.measure(subjects, canonical)
    return Evaluation(
        (
            label_measure,
            events.measure(subjects),
            names.measure(subjects, canonical),
            dates.contained(subjects),
            dates.published(subjects),
            quoted,
            speakers,
            captures.duplicates(subjects, truth.duplicates, tables["pair_decisions"]),
            captures.rejected(subjects),
        ),
        by_label,
        dates.widths(subjects),
        len(subjects),
        tuple(s.truth.file for s in subjects if s.capture is None),
    )


def _canonical(entities: pa.Table) -> dict[str, str]:
    ids, names_ = (entities.column(c).to_pylist() for c in ("entity_id", "name"))
    return dict(zip(ids, names_, strict=True))
