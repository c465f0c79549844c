"""Quarantine: a capture whose rows break a rule costs itself, not the release.

What was read of it is taken out, a rejection names the rule, and the rest is linked again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from transforms.schema import table_of, to_arrow
from transforms.tables import Article, Block, Capture, Rejection

STAGE = "expectations"
# Of a collection of a few dozen captures one bad story is more than any sensible share.
ALWAYS_ALLOWED = 3


@dataclass(frozen=True, slots=True)
class Culprit:
    """One capture that breaks a rule: the rule, and the rows that break it in words."""

    capture_id: str
    table_name: str
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One capture in quarantine, where it was found, and the rule it broke."""

    capture_id: str
    source_uri: str
    rule: str
    detail: str


def quarantined(captures: pa.Table, rejections: pa.Table) -> tuple[Quarantined, ...]:
    """The captures in quarantine by the name of their file."""
    held = rejections.filter(pc.equal(rejections["stage"], STAGE)).to_pylist()
    names = captures.filter(_is_in(captures["capture_id"], {r["capture_id"] for r in held}))
    columns = names["capture_id"].to_pylist(), names["source_uri"].to_pylist()
    uris = dict(zip(*columns, strict=True))
    found = (
        Quarantined(r["capture_id"], uris.get(r["capture_id"], ""), r["reason"], r["detail"])
        for r in held
    )
    return tuple(sorted(found, key=lambda q: (q.source_uri, q.capture_id)))


def allowed(capture_count: int, share: float) -> int:
    """How many captures of a collection may be in quarantine before the run stops.

    The share of them, rounded down; of a small collection up to three, but never over a half.
    A share of 0 allows none.

    >>> [allowed(count, 0.02) for count in (1, 2, 20, 1_000)]
    [0, 1, 3, 20]
    """
    if share <= 0:
        return 0
    return max(int(share * capture_count), min(ALWAYS_ALLOWED, capture_count // 2))


def take_out(tables: Mapping[type, pa.Table], culprits: Sequence[Culprit]) -> dict[type, pa.Table]:
    """The tables of what captures yield without the culprits' articles, and with their rejections.

    `tables` are by record type. The captures stay, and so do their blocks, for a reader to look
    at, unless it is a block that breaks a rule.
    """
    out = {culprit.capture_id for culprit in culprits}
    blockless = {c.capture_id for c in culprits if c.table_name == table_of(Block).name}
    articles = tables[Article]
    lost = articles.filter(_is_in(articles["capture_id"], out))["article_id"].to_pylist()
    left = {Capture: tables[Capture], Block: without(tables[Block], "capture_id", blockless)}
    for record_type, data in tables.items():
        if record_type not in left:
            by_capture = "capture_id" in data.column_names
            left[record_type] = (
                without(data, "capture_id", out)
                if by_capture
                else without(data, "article_id", set(lost))
            )
    rejections = to_arrow(
        Rejection, [Rejection(c.capture_id, STAGE, c.rule, c.detail) for c in culprits]
    )
    left[Rejection] = pa.concat_tables([left[Rejection], rejections])
    return left


def without(data: pa.Table, column: str, values: Collection[str]) -> pa.Table:
    """The rows whose value in the column is none of these."""
    return data.filter(pc.invert(_is_in(data[column], values)))


def _is_in(column: pa.ChunkedArray, values: Collection[str]) -> pa.ChunkedArray:
    return pc.is_in(column, pa.array(sorted(values), pa.string()))
