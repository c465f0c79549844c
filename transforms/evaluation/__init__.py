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
    """What was measured, each label by itself, the widths of the brackets, captures not found.

    A measure is there where the truth speaks of what it measures.
    """

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
    told = truth.captures
    measures = (
        (label_measure, any(c.lines is not None for c in told)),
        (events.measure(subjects), any(c.event is not None for c in told)),
        (names.measure(subjects, canonical), any(c.names is not None for c in told)),
        (dates.contained(subjects), any(c.event_date is not None for c in told)),
        (dates.published(subjects), any(c.is_published_told for c in told)),
        (quoted, any(c.quotations is not None for c in told)),
        (speakers, any(c.quotations is not None for c in told)),
        (
            captures.duplicates(subjects, truth.duplicates, tables["pair_decisions"]),
            any(c.has_duplicates_told for c in told),
        ),
        (captures.rejected(subjects), True),
    )
    return Evaluation(
        tuple(measure for measure, is_told in measures if is_told),
        by_label,
        dates.widths(subjects),
        len(subjects),
        tuple(s.truth.file for s in subjects if s.capture is None),
    )


def _canonical(entities: pa.Table) -> dict[str, str]:
    ids, names_ = (entities.column(c).to_pylist() for c in ("entity_id", "name"))
    return dict(zip(ids, names_, strict=True))
