"""Subjects: each capture of the truth beside what a release holds of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from transforms.evaluation.truth import CaptureTruth, Truth
from transforms.schema import from_arrow, table_of
from transforms.tables import Article, Block, Capture, Mention, Quotation, Rejection

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Subject:
    """One capture of the truth with its rows; `text` is the decoded capture."""

    truth: CaptureTruth
    capture: Capture | None = None
    text: str | None = None
    rejection: Rejection | None = None
    blocks: tuple[Block, ...] = ()
    article: Article | None = None
    event_id: str | None = None
    mentions: tuple[Mention, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    @property
    def state(self) -> str:
        """What became of the capture, in words: why there may be nothing to compare."""
        if self.capture is None:
            return "not in the release"
        if self.rejection is not None:
            return f"rejected: {self.rejection.reason} ({self.rejection.detail})"
        return "an article" if self.article else "neither article nor rejection"


def match(truth: Truth, captures: pa.Table) -> dict[str, Capture]:
    """The capture of each file of the truth: by its path, else by a base name that is unique."""
    rows = from_arrow(Capture, captures)
    by_path: dict[str, Capture] = {}
    for row in rows:
        # Several sources can hold a file of one path; the smaller id is as good as the other.
        by_path.setdefault(row.source_uri, row)
    by_name = {_base(r.source_uri): r for r in rows}
    in_release = Counter(_base(r.source_uri) for r in rows)
    in_truth = Counter(_base(c.file) for c in truth.captures)
    matched = {}
    for capture in truth.captures:
        name = _base(capture.file)
        if capture.file in by_path:
            matched[capture.file] = by_path[capture.file]
        elif in_release[name] == in_truth[name] == 1:
            matched[capture.file] = by_name[name]
    return matched


def gather(
    truth: Truth, tables: Mapping[str, pa.Table], texts: Mapping[str, str]
) -> tuple[Subject, ...]:
    """A subject for every capture of the truth; `texts` holds decoded captures by capture_id."""
    matched = match(truth, tables["captures"])
    capture_ids = [c.capture_id for c in matched.values()]
    # The truth is told of one story a capture: the first.
    stories = _rows(Article, tables, "capture_id", capture_ids)
    articles = {a.capture_id: a for a in stories if a.item_index == 0}
    article_ids = [a.article_id for a in articles.values()]
    blocks = _grouped(_rows(Block, tables, "capture_id", capture_ids), "capture_id")
    mentions = _grouped(_rows(Mention, tables, "article_id", article_ids), "article_id")
    quotations = _grouped(_rows(Quotation, tables, "article_id", article_ids), "article_id")
    rejections = {r.capture_id: r for r in _rows(Rejection, tables, "capture_id", capture_ids)}
    reports = tables["event_reports"].select(["article_id", "event_id"]).to_pylist()
    event_ids = {r["article_id"]: r["event_id"] for r in reports}

    def subject(told: CaptureTruth) -> Subject:
        capture = matched.get(told.file)
        if capture is None:
            return Subject(told)
        article = articles.get(capture.capture_id)
        article_id = article.article_id if article else ""
        return Subject(
            told,
            capture,
            texts.get(capture.capture_id),
            rejections.get(capture.capture_id),
            tuple(blocks[capture.capture_id]),
            article,
            event_ids.get(article_id),
            tuple(mentions[article_id]),
            tuple(quotations[article_id]),
        )

    return tuple(subject(capture) for capture in truth.captures)


def _rows(
    record_type: type[Row], tables: Mapping[str, pa.Table], column: str, wanted: Sequence[str]
) -> list[Row]:
    data = tables[table_of(record_type).name]
    is_wanted = pc.is_in(data.column(column), pa.array(sorted(wanted), pa.string()))
    return from_arrow(record_type, data.filter(is_wanted))


def _grouped(rows: Iterable[Row], column: str) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups


def _base(path: str) -> str:
    return path.rsplit("/", 1)[-1]
