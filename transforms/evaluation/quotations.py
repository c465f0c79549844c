"""Quotations: whether the quoted words were found, and who said them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from transforms.evaluation.score import Measure, Miss, share
from transforms.evaluation.subjects import Subject
from transforms.evaluation.truth import QuotedTruth
from transforms.tables import Quotation
from transforms.text import fold, words

Key = tuple[str, ...]
SHOWN = 70


@dataclass(frozen=True, slots=True)
class Given:
    """One row of the release: its words and its speaker's canonical name."""

    row: Quotation
    key: Key
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted in one capture: rows of the release, runs of the truth, the right ones."""

    given_count: int
    expected_count: int
    matched_rows: int
    matched_runs: int
    right_rows: int
    right_runs: int
    misses: tuple[Miss, ...]


def measure(subjects: Iterable[Subject], names: Mapping[str, str]) -> tuple[Measure, Measure]:
    """Quoted words, and quoted words with the right speaker; `names` maps entity_id to name.

    A run of the truth and a row are the same where their words are: case, punctuation and white
    space do not count. A run without a speaker in the truth is a scare quote: no row, or a row
    without speaker, which is neither right nor wrong; with a speaker it is wrong.
    """
    told = [s for s in subjects if s.truth.quotations is not None]
    tallies = [_tally(s, s.truth.quotations or (), names) for s in told]
    given = sum(t.given_count for t in tallies)
    expected = sum(t.expected_count for t in tallies)
    rows, runs = sum(t.matched_rows for t in tallies), sum(t.matched_runs for t in tallies)
    right_rows, right = sum(t.right_rows for t in tallies), sum(t.right_runs for t in tallies)
    misses = tuple(m for t in tallies for m in t.misses)
    return (
        Measure(
            "quotations",
            share(rows, given),
            share(runs, expected),
            f"{rows} of {given} rows are quotations, {runs} of {expected} quotations found",
            tuple(m for m in misses if m.measure == "quotations"),
        ),
        Measure(
            "speakers",
            share(right_rows, given),
            share(right, expected),
            f"{right} of {expected} quotations have the right speaker",
            tuple(m for m in misses if m.measure == "speakers"),
        ),
    )


def _tally(subject: Subject, truth: tuple[QuotedTruth, ...], names: Mapping[str, str]) -> Tally:
    spoken = [q for q in truth if q.speaker is not None]
    speakers: dict[Key, set[str | None]] = {}
    for run in spoken:
        speakers.setdefault(_key(run.text), set()).add(run.speaker)
    unspoken = {_key(q.text) for q in truth if q.speaker is None} - set(speakers)
    rows = [
        Given(q, _key(q.text), names.get(q.speaker_entity_id or "")) for q in subject.quotations
    ]
    counted = [g for g in rows if not (g.key in unspoken and g.speaker is None)]
    given: dict[Key, set[str | None]] = {}
    for row in rows:
        given.setdefault(row.key, set()).add(row.speaker)
    misses = (
        *(m for run in spoken for m in _missed(subject, run, given)),
        *(_invented(subject, g) for g in counted if g.key not in speakers),
    )
    return Tally(
        len(counted),
        len(spoken),
        sum(g.key in speakers for g in counted),
        sum(_key(q.text) in given for q in spoken),
        sum(g.speaker in speakers.get(g.key, ()) for g in counted),
        sum(q.speaker in given.get(_key(q.text), ()) for q in spoken),
        misses,
    )


def _key(text: str) -> Key:
    return tuple(words(fold(text)))


def _missed(
    subject: Subject, run: QuotedTruth, given: Mapping[Key, set[str | None]]
) -> Iterable[Miss]:
    found = given.get(_key(run.text))
    where, expected = _shown(run.text), run.speaker or ""
    if found is None:
        state = "(no such quotation)" if subject.article else f"({subject.state})"
        yield Miss("quotations", subject.truth.file, where, expected, state)
    elif run.speaker not in found:
        said = ", ".join(sorted(s or "(no speaker)" for s in found))
        yield Miss("speakers", subject.truth.file, where, expected, said)


def _invented(subject: Subject, given: Given) -> Miss:
    found = f"{given.speaker or 'no speaker'} [{given.row.method}]"
    where = _shown(given.row.text)
    return Miss("quotations", subject.truth.file, where, "(no quotation by a speaker)", found)


def _shown(text: str) -> str:
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")
