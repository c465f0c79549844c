"""Truth made by hand for an archive: what a release is measured against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from transforms.tables import LABELS, RELATIONS
from transforms.text import fold_space


class TruthError(ValueError):
    """A truth that cannot be used; names its file, the capture and the value."""


@dataclass(frozen=True, slots=True)
class QuotedTruth:
    """One quoted run; `speaker` None: a scare quote, or words of a speaker without a name."""

    text: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class DuplicateTruth:
    """Two captures that print one text, by name, and how they are related."""

    files: tuple[str, str]
    relation: str


@dataclass(frozen=True, slots=True)
class CaptureTruth:
    """What is true of one capture; None where the truth does not speak of it.

    `file` is its path below the source folder, `lines` the label of each line, from 1, `names`
    the canonical name of each printed surface. `published` is an instant or a day.
    """

    file: str
    lines: Mapping[int, str] | None = None
    event: str | None = None
    event_date: dt.date | None = None
    published: dt.datetime | dt.date | None = None
    is_published_told: bool = False
    rejected: str | None = None
    names: Mapping[str, str] | None = None
    quotations: tuple[QuotedTruth, ...] | None = None
    # Whether the truth lists every duplicate among the captures beside this one.
    has_duplicates_told: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """All that is true of an archive; the captures in the order of their names."""

    captures: tuple[CaptureTruth, ...]
    duplicates: tuple[DuplicateTruth, ...] = ()


def parse(origin: str, content: Any) -> Truth:
    """The truth that a JSON file holds; TruthError names `origin` where it cannot be used.

    Parts that a truth may have beyond those measured here (about, title, date_note) are left.
    """
    document = _mapping(origin, "the whole", content)
    told = _mapping(origin, "captures", document.get("captures"))
    names = _mapping(origin, "names", document.get("names", {}))
    quotations = _mapping(origin, "quotations", document.get("quotations", {}))
    duplicates = document.get("duplicates")
    captures = {f: _capture(f"{origin}, {f}", f, c) for f, c in sorted(told.items())}
    pairs = tuple(_duplicate(origin, d) for d in _list(origin, "duplicates", duplicates or []))
    groups = _list(origin, "same_event", document.get("same_event", []))
    named = [f for p in pairs for f in p.files] + [f for group in groups for f in group]
    for file in [*names, *quotations, *named]:
        if file not in captures:
            raise TruthError(f"{origin}: {file!r} is not one of its captures")
    _check_groups(origin, groups, captures)
    complete = (
        replace(
            capture,
            names=_names(f"{origin}, {file}", names[file]) if file in names else None,
            quotations=_quotations(f"{origin}, {file}", quotations.get(file)),
            has_duplicates_told=duplicates is not None,
        )
        for file, capture in captures.items()
    )
    return Truth(tuple(complete), pairs)


def merge(truths: Iterable[Truth]) -> Truth:
    """Several truths as one; TruthError where two speak of one capture."""
    captures: dict[str, CaptureTruth] = {}
    pairs: list[DuplicateTruth] = []
    for truth in truths:
        pairs += truth.duplicates
        for capture in truth.captures:
            if capture.file in captures:
                raise TruthError(f"two files of the truth speak of {capture.file!r}")
            captures[capture.file] = capture
    return Truth(tuple(captures[f] for f in sorted(captures)), tuple(pairs))


def _capture(where: str, file: str, content: Any) -> CaptureTruth:
    row = _mapping(where, "the capture", content)
    lines = row.get("lines")
    event_date = row.get("event_date")
    published = row.get("published")
    return CaptureTruth(
        file,
        None if lines is None else dict(_labelled(where, _mapping(where, "lines", lines))),
        _text_or_none(where, "event", row.get("event")),
        None if event_date is None else _day(where, "event_date", event_date),
        None if published is None else _instant_or_day(where, published),
        "published" in row,
        _text_or_none(where, "rejected", row.get("rejected")),
    )


def _labelled(where: str, lines: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    seen: dict[int, str] = {}
    for label, numbers in lines.items():
        if label not in LABELS:
            raise TruthError(f"{where}: {label!r} is no label; labels are {', '.join(LABELS)}")
        for number in _list(where, label, numbers):
            if not isinstance(number, int) or number < 1:
                raise TruthError(f"{where}, {label}: {number!r} is no line, counted from 1")
            if number in seen:
                raise TruthError(f"{where}: line {number} is both {seen[number]} and {label}")
            seen[number] = label
            yield number, label


def _names(where: str, content: Any) -> dict[str, str]:
    names = _mapping(where, "names", content)
    for surface, name in names.items():
        if not surface.strip() or not isinstance(name, str) or not name:
            raise TruthError(f"{where}, names: {surface!r} stands for {name!r}")
    return {fold_space(surface): name for surface, name in names.items()}


def _quotations(where: str, content: Any) -> tuple[QuotedTruth, ...] | None:
    if content is None:
        return None
    rows = [_mapping(where, "quotations", q) for q in _list(where, "quotations", content)]
    for row in rows:
        if not isinstance(row.get("text"), str) or "speaker" not in row:
            raise TruthError(f"{where}, quotations: {dict(row)!r} lacks text or speaker")
    return tuple(
        QuotedTruth(r["text"], _text_or_none(where, "speaker", r["speaker"])) for r in rows
    )


def _duplicate(origin: str, content: Any) -> DuplicateTruth:
    row = _mapping(origin, "duplicates", content)
    files, relation = row.get("files"), row.get("relation")
    if not isinstance(files, list) or len(set(files)) != 2 or relation not in RELATIONS:
        raise TruthError(f"{origin}, duplicates: {dict(row)!r} needs two files and a relation")
    one, other = sorted(files)
    return DuplicateTruth((one, other), relation)


def _check_groups(origin: str, groups: list[Any], captures: Mapping[str, CaptureTruth]) -> None:
    for group in groups:
        if len({captures[file].event for file in group}) > 1:
            raise TruthError(f"{origin}, same_event: {group} have different values of event")


def _mapping(where: str, what: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TruthError(f"{where}: {what} is not an object of JSON but {value!r:.60}")
    return value


def _list(where: str, what: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TruthError(f"{where}: {what} is not a list but {value!r:.60}")
    return value


def _text_or_none(where: str, what: str, value: Any) -> str | None:
    if value is not None and (not isinstance(value, str) or not value):
        raise TruthError(f"{where}: {what} is {value!r:.60}, neither text nor null")
    return value


def _day(where: str, what: str, value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise TruthError(f"{where}: {what} is {value!r}, no day like 1999-03-12") from None


def _instant_or_day(where: str, value: Any) -> dt.datetime | dt.date:
    if isinstance(value, str) and "T" in value:
        try:
            instant = dt.datetime.fromisoformat(value)
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None:
            raise TruthError(
                f"{where}: published is {value!r}, no instant like 1999-03-12T08:30:00Z"
            )
        return instant.astimezone(dt.UTC)
    return _day(where, "published", value)
