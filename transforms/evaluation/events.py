"""Events: whether the reports of one event, and no others, were brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from transforms.evaluation.score import Measure, Miss
from transforms.evaluation.subjects import Subject

NOTHING: frozenset[str] = frozenset()


def measure(subjects: Iterable[Subject]) -> Measure:
    """B-cubed precision and recall over the captures that have an event in the truth.

    For each capture: of those that the release puts in its event, the share that belongs there
    (precision); of those that belong there, the share that is (recall). Articles of which the
    truth does not speak are left out. A capture without an event in the release has recall 0.
    """
    told = [s for s in subjects if s.truth.event is not None]
    expected = _clusters((s.truth.event or "", s.truth.file) for s in told)
    given = _clusters((s.event_id, s.truth.file) for s in told if s.event_id is not None)
    precisions: list[float] = []
    recalls: list[float] = []
    for subject in told:
        ours, theirs = _both(subject, expected, given)
        shared = len(ours & theirs)
        recalls.append(shared / len(ours))
        if theirs:
            precisions.append(shared / len(theirs))
    note = (
        f"B-cubed over {len(told)} captures: {_counted(expected)} in the truth, "
        f"{_counted(given)} in the release"
    )
    misses = (m for s in told for m in _miss(s, *_both(s, expected, given)))
    return Measure("events", _mean(precisions), _mean(recalls), note, tuple(misses))


def _clusters(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    clusters: defaultdict[str, set[str]] = defaultdict(set)
    for event, file in pairs:
        clusters[event].add(file)
    return {event: frozenset(files) for event, files in clusters.items()}


def _both(
    subject: Subject, expected: dict[str, frozenset[str]], given: dict[str, frozenset[str]]
) -> tuple[frozenset[str], frozenset[str]]:
    theirs = NOTHING if subject.event_id is None else given[subject.event_id]
    return expected[subject.truth.event or ""], theirs


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _counted(clusters: dict[str, frozenset[str]]) -> str:
    return f"{len(clusters)} event{'' if len(clusters) == 1 else 's'}"


def _miss(subject: Subject, expected: frozenset[str], given: frozenset[str]) -> Iterable[Miss]:
    """What of a capture's company is wrong: who is not there, who should not be."""
    file, event = subject.truth.file, subject.truth.event or ""
    lacking, strange = sorted(expected - given - {file}), sorted(given - expected)
    if not given:
        yield Miss("events", file, event, "a report of the event", f"({subject.state})")
        return
    where = f"{event} / {subject.event_id}"
    if lacking:
        yield Miss("events", file, where, f"together with {', '.join(lacking)}", "apart")
    if strange:
        yield Miss("events", file, where, f"apart from {', '.join(strange)}", "together")
