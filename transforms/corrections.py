"""Human corrections: labels, names and dates set by hand, keyed on content, and what they did.

Each row names what it mends (`target`), what must stand there for it to fit (`expect`) and what
it becomes (`value`). A row whose target or expectation is gone is stale; it changes nothing and
is reported. Links between reports are applied in `events`.

| kind | target | expect | value |
|---|---|---|---|
| label | capture_id | how the block's text begins | the label |
| name | article_id, or * for all | the surface | entity_type:key |
| date | article_id | published or event | YYYY-MM-DD, or two of them with / between |
| must_link, cannot_link | article_id/article_id | | |
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from transforms import ids
from transforms.articles import Story
from transforms.authority import Correction, earliest, latest
from transforms.blocks import Page
from transforms.dates import Dated
from transforms.furniture import Verdict, with_label
from transforms.tables import ENTITY_TYPES, LABELS, CorrectionApplied, DateCandidate, Mention

Applied = tuple[str, ...]  # ids of corrections, once for each value they changed


class CorrectionError(ValueError):
    """A correction that says something impossible; names its row."""


def labels(
    rows: Sequence[Correction], capture_id: str, page: Page, verdicts: Sequence[Verdict]
) -> tuple[tuple[Verdict, ...], Applied]:
    """The verdicts of one capture with the labels set by hand."""
    corrected = list(verdicts)
    applied: list[str] = []
    for row in _of(rows, "label", capture_id):
        if row.value not in LABELS:
            raise CorrectionError(f"corrections.csv, {row.correction_id}: no label {row.value!r}")
        for index, block in enumerate(page.blocks):
            if row.expect and block.text.startswith(row.expect):
                corrected[index] = with_label(corrected[index], row.value)
                applied.append(row.correction_id)
    return tuple(corrected), tuple(applied)


def names(
    rows: Sequence[Correction], article_id: str, mentions: Sequence[Mention]
) -> tuple[tuple[Mention, ...], Applied]:
    """The mentions of one article with the entities set by hand."""
    corrected = list(mentions)
    applied: list[str] = []
    for row in (*_of(rows, "name", "*"), *_of(rows, "name", article_id)):
        entity_type, _, key = row.value.partition(":")
        if entity_type not in ENTITY_TYPES or not key:
            message = f"no entity_type:key {row.value!r}"
            raise CorrectionError(f"corrections.csv, {row.correction_id}: {message}")
        for index, mention in enumerate(corrected):
            if mention.surface == row.expect:
                entity = ids.entity_id(entity_type, key)
                corrected[index] = replace(mention, entity_id=entity, method="correction")
                applied.append(row.correction_id)
    return tuple(corrected), tuple(applied)


def dates(rows: Sequence[Correction], story: Story, dated: Dated) -> tuple[Dated, Applied]:
    """The dates of one article as set by hand, with the correction as the chosen clue."""
    applied: list[str] = []
    for row in _of(rows, "date", story.article_id):
        first, last = _days(row)
        kind = row.expect or "event"
        if kind not in ("event", "published"):
            raise CorrectionError(f"corrections.csv, {row.correction_id}: no date {kind!r}")
        dated = _published(dated, first) if kind == "published" else _event(dated, first, last)
        dated = replace(
            dated, candidates=(*_unchosen(dated, kind), _clue(story, dated, kind, first, last, row))
        )
        applied.append(row.correction_id)
    return dated, tuple(applied)


def report(
    rows: Sequence[Correction], applied: Iterable[str], contradicted: Iterable[str] = ()
) -> list[CorrectionApplied]:
    """What became of every correction, by id."""
    counts: Mapping[str, int] = Counter(applied)
    against = set(contradicted)
    return [
        CorrectionApplied(
            row.correction_id,
            row.kind,
            counts.get(row.correction_id, 0),
            "contradicted"
            if row.correction_id in against
            else "applied"
            if counts.get(row.correction_id)
            else "stale",
        )
        for row in sorted(rows, key=lambda r: r.correction_id)
    ]


def _of(rows: Sequence[Correction], kind: str, target: str) -> list[Correction]:
    return [r for r in rows if r.kind == kind and r.target == target]


def _days(row: Correction) -> tuple[dt.date, dt.date]:
    start, _, end = row.value.partition("/")
    try:
        first, last = earliest(start), latest(end or start)
    except ValueError as error:
        raise CorrectionError(f"corrections.csv, {row.correction_id}: {error}") from error
    if first > last:
        message = f"{row.value!r} ends before it begins"
        raise CorrectionError(f"corrections.csv, {row.correction_id}: {message}")
    return first, last


def _published(dated: Dated, day: dt.date) -> Dated:
    at = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return replace(dated, published_at=at, published_precision="day", published_method="correction")


def _event(dated: Dated, first: dt.date, last: dt.date) -> Dated:
    return replace(
        dated,
        event_date_start=first,
        event_date_end=last,
        event_date_precision="day" if first == last else "bracket",
        event_date_method="correction",
    )


def _unchosen(dated: Dated, kind: str) -> tuple[DateCandidate, ...]:
    return tuple(
        replace(c, is_chosen=False, reason="set aside by a correction") if c.kind == kind else c
        for c in dated.candidates
    )


def _clue(
    story: Story, dated: Dated, kind: str, first: dt.date, last: dt.date, row: Correction
) -> DateCandidate:
    precision = "day" if first == last else "bracket"
    return DateCandidate(
        story.article_id, len(dated.candidates), kind, first, last, precision, "correction",
        None, None, None, None, None, None, True, row.reason,
    )  # fmt: skip
