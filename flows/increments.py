"""Which captures a run must work on: those whose result is not kept, or depends on what changed.

Two stages work on single captures. What `blocks` makes depends on the capture and the code; what
`articles` makes also on the recurring blocks of its site that stand on its page, on how the site
prints dates, and on the reference tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from flows import build, digests, found, knowledge, sources, store
from flows.parts import OWNED, Part, gathered
from flows.results import Results
from flows.settings import Settings
from transforms import dates, sites
from transforms.authority import Authority, Correction
from transforms.captures import id_of
from transforms.schema import table_of
from transforms.tables import Entity, Rejection

CUTS, STORIES = "cuts", "stories"
# Corrections of these kinds are applied where reports are linked.
OF_LINKING = ("must_link", "cannot_link")
USED_RECURRENCES = """
    SELECT s.capture_id, count(*),
        CAST(sum(hash(s.fingerprint, r.story_count, r.site_share)::HUGEINT) AS VARCHAR),
        CAST(bit_xor(hash(r.site_share, s.fingerprint, r.story_count)) AS VARCHAR)
    FROM sightings AS s
    JOIN profile AS r ON r.site_id = s.site_id AND r.fingerprint = s.fingerprint  -- many to one
    GROUP BY s.capture_id
"""


def keys_of_cuts(rows: Iterable[found.Row]) -> dict[str, str]:
    """What the cut of each capture depends on, as a key."""
    code = digests.of_code("flows.build", "blocks_of_shard")
    return {id_of(*row): digests.of(code, row) for row in rows}


def keys_of_stories(work: Path, settings: Settings, cuts: Mapping[str, str]) -> dict[str, str]:
    """What the stories of each capture that was cut depend on, as a key."""
    authority = sources.read_authority(settings.authority)
    code = digests.of_code("flows.build", "articles_of_shard")
    tables = _digest_of_tables(authority)
    own, for_all = _corrections(authority.corrections, cuts)
    used = _used_recurrences(work)
    orders = dates.orders.of_site(store.read_arrow(work / build.ORDERS))
    return {
        capture_id: digests.of(
            code, tables, for_all, key, used.get(capture_id), orders.get(site_id),
            knowledge.timezone_of(authority, site_id, url), own.get(capture_id[2:]),
        )
        for capture_id, site_id, url in _cut(work)
        for key in [cuts[capture_id]]
    }  # fmt: skip


def shards_of_cuts(kept: Results, todo: set[str], work: Path, size: int) -> list[Path]:
    """Shards of the captures whose stories are to be read, their cuts laid beside."""
    shards = work / "story_shards"
    shards.mkdir(parents=True)
    count = 0
    for number, cuts in enumerate(_batches(kept, todo)):
        batch = shards / f"{count // size:05}" / f"s{number:06}.arrow"
        store.write_arrow(batch, cuts.select(["capture_id"]))
        part = work / "parts" / batch.stem
        store.write_arrow(part / f"{table_of(build.Cut).name}.arrow", cuts)
        Part(work, batch).write(Rejection, ())
        Part(work, batch).write_owners(cuts.column("capture_id").to_pylist())
        count += cuts.num_rows
    return sorted(shards.iterdir())


def keep_parts(kept: Results, stage: str, work: Path, keys: Mapping[str, str]) -> None:
    """Keeps what the workers made of their batches."""
    parts = sorted(p for p in (work / "parts").glob("*") if (p / OWNED).is_file())
    keys = dict(keys)
    for part in parts:
        rows = store.read_arrow(part / f"{table_of(Rejection).name}.arrow")
        # What cost too much on a busy day may not on another: its result is not taken for known.
        costly = rows.filter(pc.equal(rows["reason"], "too_costly"))["capture_id"].to_pylist()
        keys |= {capture_id: f"{keys[capture_id]} too costly" for capture_id in costly}
        if stage == STORIES:
            # They are kept with the stage that made them.
            (part / f"{table_of(build.Cut).name}.arrow").unlink(missing_ok=True)
    kept.add(stage, parts, keys)


def lay_out(kept: Results, stage: str, wanted: set[str], work: Path) -> None:
    """Lays the kept results of these captures out as parts of this run."""
    kept.lay_out(stage, wanted, work / "parts")
    for folder in (work / "parts").glob(f"{stage}-*"):
        if stage == CUTS:
            (folder / f"{table_of(build.Cut).name}.arrow").unlink()
        (folder / OWNED).unlink()
        findings = folder / f"{table_of(build.Finding).name}.arrow"
        if findings.is_file():
            _write_entities(findings, folder)


def _write_entities(findings: Path, folder: Path) -> None:
    """The entities that were found, without whose they are."""
    rows = store.read_arrow(findings).column("entity").combine_chunks()
    table = table_of(Entity)
    columns = [rows.field(c.name) for c in table.columns]
    entities = pa.Table.from_arrays(columns, names=[c.name for c in table.columns])
    distinct = entities.group_by(entities.column_names, use_threads=False).aggregate([])
    store.write_arrow(folder / f"{table.name}.arrow", distinct.cast(table.schema))
    findings.unlink()


def _batches(kept: Results, todo: set[str]) -> Iterator[pa.Table]:
    """The cuts of the captures, about as they were cut together."""
    for folder, owners in kept.places(CUTS, todo):
        cuts = store.read_arrow(folder / f"{table_of(build.Cut).name}.arrow")
        wanted = pa.array(sorted(owners), pa.string())
        chosen = cuts.filter(pc.is_in(cuts["capture_id"], wanted))
        if chosen.num_rows:
            yield chosen


def _cut(work: Path) -> Iterator[tuple[str, str, str | None]]:
    """Id, site and address of the captures that were cut, those that were rejected left out."""
    rejected = set(_column(work, Rejection, "capture_id"))
    names = ("capture_id", "site_id", "url")
    for path in sorted((work / "parts").glob("*/captures.arrow")):
        rows = store.read_arrow(path)
        for row in zip(*(rows[n].to_pylist() for n in names), strict=True):
            if row[0] not in rejected:
                yield row


def _column(work: Path, record_type: type, name: str) -> Iterator[str]:
    for path in sorted((work / "parts").glob(f"*/{table_of(record_type).name}.arrow")):
        yield from store.read_arrow(path)[name].to_pylist()


def _used_recurrences(work: Path) -> dict[str, tuple[object, ...]]:
    """Digests of the rows of the site profile that each capture's blocks meet."""
    sightings = gathered(work, sites.Sighting)
    with duckdb.connect() as connection:
        connection.register("sightings", sightings)
        connection.register("profile", store.read_arrow(work / build.PROFILE))
        return {row[0]: row[1:] for row in connection.sql(USED_RECURRENCES).fetchall()}


def _digest_of_tables(authority: Authority) -> str:
    """The digest of the reference tables that stories are read with.

    Sites are told capture by capture, and corrections, as far as they are of one capture.
    """
    return digests.of(replace(authority, sites=(), corrections=()))


def _corrections(
    rows: Iterable[Correction], captures: Iterable[str]
) -> tuple[dict[str, list[Correction]], list[Correction]]:
    """The corrections of single captures by the hash in their ids, and those of all."""
    hashes = {capture_id[2:] for capture_id in captures}
    own: dict[str, list[Correction]] = defaultdict(list)
    for_all = []
    for row in rows:
        target = row.target[2:22]
        if row.kind in OF_LINKING:
            continue
        if target in hashes:
            own[target].append(row)
        else:
            for_all.append(row)
    return own, for_all
