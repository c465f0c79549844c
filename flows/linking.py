"""Links what the captures yield: reports into events, names into entities, all into tables.

A build keeps what linking takes, so that it can be done again without captures that break a rule.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from flows import knowledge, store
from flows.corrected import mendable
from flows.parts import Application, gathered
from transforms import captures, corrections, coverage, duplicates, events, names, quarantine
from transforms.authority import Authority
from transforms.quarantine import Culprit
from transforms.releases import UPCOMING
from transforms.schema import conform, table_of, to_arrow
from transforms.tables import (
    Article,
    Block,
    Capture,
    CorrectionApplied,
    Coverage,
    DateCandidate,
    Entity,
    EntityChange,
    EntityName,
    Event,
    EventDisagreement,
    EventParticipant,
    EventReport,
    LedgerEntry,
    Mention,
    PairDecision,
    Quotation,
    Rejection,
)

# Tables that hold what single captures yield; all others follow from them.
YIELDED: tuple[type, ...] = (Capture, Rejection, Block, Article, DateCandidate, Mention, Quotation)
# Folders of a build beside its tables: what linking takes further, and rows that were taken out.
LINKING, TAKEN_OUT = "linking", "quarantine"
FOUND, APPLIED, AUTHORITY = "found.arrow", "applications.arrow", "authority.json"


@dataclass(frozen=True, slots=True)
class Yield:
    """What the captures yield, over all shards: their tables, entities found, corrections."""

    tables: dict[type, pa.Table]
    found: pa.Table
    applied: pa.Table


def link(work: Path, previous: Path | None, folders: Sequence[Path]) -> None:
    """Joins reports into events over all shards and writes every table of the build.

    `folders` are those of the reference tables, `previous` the last release.
    """
    tables = {t: gathered(work, t) for t in YIELDED}
    given = Yield(tables, gathered(work, Entity), gathered(work, Application))
    _write_linking(work, given, folders)
    _write_tables(work, given, previous, knowledge.of_folders(tuple(folders)).authority)


def link_without(
    build: Path, culprits: Sequence[Culprit], work: Path, previous: Path | None
) -> None:
    """Links the build again into `work`, the culprits taken out; their failing rows are kept."""
    paths = json.loads((build / LINKING / AUTHORITY).read_text(encoding="utf-8"))
    folders = [Path(path) for path in paths]
    tables = {t: store.read_table(build, table_of(t).name) for t in YIELDED}
    found, applied = (store.read_arrow(build / LINKING / name) for name in (FOUND, APPLIED))
    out = {culprit.capture_id for culprit in culprits}
    given = Yield(
        quarantine.take_out(tables, culprits), found, quarantine.without(applied, "target", out)
    )
    _write_linking(work, given, folders)
    _keep_failures(build, work)
    _write_tables(work, given, previous, knowledge.of_folders(tuple(folders)).authority)


def _write_tables(folder: Path, given: Yield, previous: Path | None, authority: Authority) -> None:
    tables = dict(given.tables)
    tables[Entity], tables[EntityName] = names.collect(tables[Mention], given.found, authority)
    tables[EntityChange] = names.ledger.record(
        _past(previous), tables[Entity], tables[Mention], UPCOMING
    )
    with mendable():
        linked = events.link(
            articles=tables[Article],
            mentions=tables[Mention],
            entities=tables[Entity],
            quotations=tables[Quotation],
            date_candidates=tables[DateCandidate],
            duplicates=duplicates.compare(tables[Article]),
            blocks=tables[Block],
            authority=authority,
            previous=_previous(previous),
            release=UPCOMING,
        )
    tables |= {
        PairDecision: linked.pair_decisions,
        Event: linked.events,
        EventReport: linked.event_reports,
        EventParticipant: linked.event_participants,
        EventDisagreement: linked.event_disagreements,
        LedgerEntry: linked.event_ledger,
    }
    tables[Capture] = captures.with_outcome(tables[Capture], tables[Article])
    tables[Coverage] = coverage.count(tables[Capture], tables[Article])
    applied = given.applied.column("correction_id").to_pylist()
    rows = corrections.report(authority.corrections, [*applied, *linked.applied])
    tables[CorrectionApplied] = to_arrow(CorrectionApplied, rows)
    for record_type, data in tables.items():
        store.write_table(folder, table_of(record_type), conform(record_type, data))


def _write_linking(folder: Path, given: Yield, folders: Sequence[Path]) -> None:
    store.write_arrow(folder / LINKING / FOUND, given.found)
    store.write_arrow(folder / LINKING / APPLIED, given.applied)
    paths = [str(path.absolute()) for path in folders]
    (folder / LINKING / AUTHORITY).write_text(json.dumps(paths), encoding="utf-8")


def _keep_failures(build: Path, work: Path) -> None:
    """The rows that broke rules before and now, for whoever mends the rule: one folder a round."""
    if (build / TAKEN_OUT).is_dir():
        shutil.copytree(build / TAKEN_OUT, work / TAKEN_OUT)
    number = len(list((work / TAKEN_OUT).glob("*"))) + 1
    shutil.copytree(build / store.FAILURES, work / TAKEN_OUT / str(number))


def _previous(folder: Path | None) -> events.Previous | None:
    if folder is None:
        return None
    return events.Previous(
        store.read_table(folder, "event_reports"), store.read_table(folder, "event_ledger")
    )


def _past(folder: Path | None) -> names.ledger.Past | None:
    if folder is None:
        return None
    tables = store.read_tables(folder, [table_of(t) for t in (Entity, Mention, EntityChange)])
    none_yet = table_of(EntityChange).schema.empty_table()  # an older release kept no such ledger
    ledger = tables.get("entity_ledger", none_yet)
    return names.ledger.Past(tables["entities"], tables["mentions"], ledger)
