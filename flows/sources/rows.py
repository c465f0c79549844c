"""JSON Lines and Parquet: one capture a row, with its address, its time, and its HTML or text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import IO, Any

import pyarrow.parquet as pq

from flows.sources.items import Context, Item, SourceError, too_large
from flows.sources.pages import unpacked
from flows.sources.reference import parse_time
from transforms.captures import RawCapture

# The names under which crawls and datasets of news keep them, the likelier first.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "content": ("html", "raw_html", "content", "body", "text", "maintext", "article"),
    "address": ("url", "address", "uri", "link", "source_url"),
    "time": ("captured_at", "crawled_at", "fetched_at", "date_download", "timestamp", "time"),
    "site": ("site",),
}
BATCH_ROWS = 64


def read_lines(item: Item, context: Context) -> Iterator[RawCapture]:
    """The captures of a JSON Lines file, one a line."""
    # Of a line beyond this not even the address is wanted; JSON escapes take six bytes a letter.
    limit = 6 * context.limits.capture_bytes + 100_000
    names: Mapping[str, str] | None = None
    with closing(unpacked(item, context.limits)) as stream:
        for number, line in enumerate(_lines(stream, limit), start=1):
            inside = item.inside(str(number))
            if line is None:
                yield too_large(inside, context.limits)
                continue
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield inside.trouble("unreadable", f"no JSON: {error}")
                continue
            if not isinstance(row, dict):
                yield inside.trouble("unreadable", "a line of JSON that is no object")
                continue
            names = names or _columns(row, item, context)
            yield _capture(inside, row, names, context)


def read_parquet(item: Item, context: Context) -> Iterator[RawCapture]:
    """The captures of a Parquet file, one a row; only the columns that are needed are read."""
    with closing(item.open()) as stream, pq.ParquetFile(stream) as file:
        names = _columns(dict.fromkeys(file.schema_arrow.names), item, context)
        # A row group holds thousands of pages: batches of it are decoded one by one.
        batches = file.iter_batches(BATCH_ROWS, columns=sorted(set(names.values())))
        for number, row in enumerate((r for b in batches for r in b.to_pylist()), start=1):
            yield _capture(item.inside(str(number)), row, names, context)


def _columns(row: Mapping[str, Any], item: Item, context: Context) -> Mapping[str, str]:
    """The column that holds each thing; SourceError where none holds HTML or text."""
    given = dict(item.columns)
    unknown = sorted(set(given) - set(COLUMNS))
    missing = sorted(name for name in given.values() if name not in row)
    if unknown or missing:
        raise SourceError(
            f"{item.printed} has no column {', '.join([*unknown, *missing])}: "
            f"columns may name {', '.join(COLUMNS)}; it has {', '.join(map(str, row))}"
        )
    found = {
        thing: next(name for name in names if name in row)
        for thing, names in COLUMNS.items()
        if any(name in row for name in names)
    }
    found |= given
    if "content" not in found:
        raise SourceError(
            f"{item.printed} has no column of HTML or text ({', '.join(COLUMNS['content'])}): say "
            'in sources.toml which, columns = {content = "..."}'
        )
    return found


def _capture(
    item: Item, row: Mapping[str, Any], names: Mapping[str, str], context: Context
) -> RawCapture:
    def told(thing: str) -> Any:
        return row.get(names[thing]) if thing in names else None

    content = told("content")
    # A row may have both: HTML, and where it has none its text.
    content = content or row.get("text")
    payload = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if not isinstance(payload, bytes):
        payload = b""
    if len(payload) > context.limits.capture_bytes:
        return too_large(item, context.limits)
    raw = item.capture(payload)
    return replace(
        raw,
        url=raw.url or _word(told("address")),
        captured_at=_time(told("time")) or raw.captured_at,
        site=raw.site or _word(told("site")),
    )


def _word(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _time(value: Any) -> dt.datetime | None:
    """The time; None where it cannot be told. A number is Unix time, 14 digits a crawler's."""
    try:
        if isinstance(value, dt.datetime):
            return parse_time(value.isoformat())
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # Milliseconds where seconds would lie beyond the year 5000.
            seconds = value / 1000 if value > 1e11 else value
            return dt.datetime.fromtimestamp(seconds, dt.UTC)
        printed = str(value).strip()
        if printed.isdigit() and len(printed) == 14:
            return dt.datetime.strptime(printed, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
        return parse_time(printed)
    except (ValueError, OverflowError, OSError):
        return None


def _lines(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """The lines; None for one longer than the limit, which is passed over."""
    while line := stream.readline(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
            pass
        yield None
