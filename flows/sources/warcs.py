"""WARC and ARC files: the pages among the records of a crawl.

Answers, resources and conversions are captures; a revisit is one where the page was met under
another address. Pictures, scripts, redirects and errors are counted and told.
"""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from flows.sources.archives import NoArchiveError
from flows.sources.items import Context, Item, too_large, words
from flows.sources.pages import bounded, unpacked
from flows.sources.reference import parse_time
from transforms.captures import RawCapture

READ = frozenset("response resource conversion".split())
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
FIRST = (b"WARC/", b"filedesc:")
DAMAGE = (EOFError, OSError, zlib.error, ArchiveLoadFailed)


@dataclass(slots=True)
class Seen:
    """What was met in a file so far, to tell what a revisit stands for."""

    addresses: dict[str, set[str]] = field(default_factory=dict)  # by payload digest
    revisits: list[tuple[str, RawCapture]] = field(default_factory=list)


def read(item: Item, context: Context) -> Iterator[RawCapture]:
    """The captures of a WARC or ARC file, packed record by record, as a whole, or not at all."""
    _hold_to_be_one(item, context)
    seen, raw = Seen(), None
    try:
        for record in _records(item, context):
            raw = _capture(record, item, context, seen)
            if raw is not None:
                yield raw
    except DAMAGE as error:
        if raw is None or raw.trouble is None:
            raise
        # The record at which it broke off has been handed on with its trouble.
        context.notes.say(f"{item.printed} is damaged and was read in part: {words(error)}")
        return
    yield from _met_again(item, context, seen)


def _hold_to_be_one(item: Item, context: Context) -> None:
    with closing(unpacked(item, context.limits)) as stream:
        if not bounded(stream, 8).startswith(FIRST):
            raise NoArchiveError(f"{item.printed} begins with no record")


def _records(item: Item, context: Context) -> Iterator[Any]:
    """The records; unpacked here, since many files are packed as a whole and not by record."""
    with closing(unpacked(item, context.limits)) as stream:
        patient = Patient(stream)
        records = iter(ArchiveIterator(patient))
        while True:
            # The library prints what it finds odd; what matters of it is told by us.
            with contextlib.redirect_stderr(io.StringIO()):
                record = next(records, None)
            if record is None:
                break
            yield record
        if patient.damage is not None:
            raise patient.damage


class Patient:
    """A stream that ends where it is damaged, so that what lies before is read, and says so."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.damage: Exception | None = None

    def read(self, size: int) -> bytes:
        """At most so many bytes, in one piece; none at the end and where it is damaged."""
        try:
            data: bytes = self._stream.read1(size)
        except DAMAGE as error:
            self.damage = error
            return b""
        return data


def _capture(record: Any, item: Item, context: Context, seen: Seen) -> RawCapture | None:
    """The record's capture; None for one that is none, which is counted."""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    inside = item.inside(address or str(record.rec_headers.get_header("WARC-Record-ID")))
    digest = record.rec_headers.get_header("WARC-Payload-Digest")
    if record.rec_type == "revisit":
        if digest and address not in seen.addresses.get(digest, ()):
            seen.revisits.append((digest, _dated(inside, record, b"", address)))
        return None
    if record.rec_type not in READ or not address or not _is_page(record, context):
        return None
    payload, trouble = _payload(record, context)
    if trouble is not None:
        raw = inside.trouble(*trouble)
        return replace(raw, url=raw.url or _web(address), captured_at=_time(record))
    if len(payload) > context.limits.capture_bytes:
        return replace(too_large(inside, context.limits), url=_web(address))
    if digest:
        seen.addresses.setdefault(digest, set()).add(address)
    return _dated(inside, record, payload, address)


def _payload(record: Any, context: Context) -> tuple[bytes, tuple[str, str] | None]:
    limit = context.limits.capture_bytes
    try:
        payload = record.content_stream().read(limit + 1)
        # Chunked and packed bodies come in pieces.
        while len(payload) <= limit and (more := record.content_stream().read(limit + 1)):
            payload += more
    except DAMAGE as error:
        return b"", ("unreadable", f"damaged record: {words(error)}")
    missing = getattr(record.raw_stream, "limit", 0)
    if missing and len(payload) <= limit and not record.raw_stream.read(1):
        return b"", ("unreadable", f"truncated record: {missing:,} of its bytes are missing")
    return payload, None


def _is_page(record: Any, context: Context) -> bool:
    """Whether a record may be a page; one that is not is counted under what it is."""
    status = record.http_headers.get_statuscode() if record.http_headers else None
    if status and not status.startswith("2"):
        what = f"with status {status}"
        context.notes.count(f"answer {what} is no capture", f"answers {what} are no captures")
        return False
    media = _media_type(record)
    if media and not media.startswith(PAGE_TYPES):
        context.notes.count(f"{media} record is no capture", f"{media} records are no captures")
        return False
    # Robots, DNS and the crawler's own notes.
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    return not address.startswith(("dns:", "metadata:", "urn:", "filedesc:", "whois:"))


def _media_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _met_again(item: Item, context: Context, seen: Seen) -> Iterator[RawCapture]:
    """Captures of revisits under an address of their own; their bytes are looked for again."""
    wanted = [(d, raw) for d, raw in seen.revisits if raw.url not in seen.addresses.get(d, ())]
    here = {digest for digest, _ in wanted if digest in seen.addresses}
    for digest, _ in wanted:
        if digest not in here:
            context.notes.count(
                "revisit record points to a page of another archive",
                "revisit records point to pages of other archives",
            )
    if not here:
        return
    for record in _records(item, context):
        digest = record.rec_headers.get_header("WARC-Payload-Digest")
        if digest in here and record.rec_type in READ:
            here.discard(digest)
            payload, trouble = _payload(record, context)
            if trouble is None:
                for of, raw in wanted:
                    if of == digest:
                        yield replace(raw, payload=payload, byte_count=len(payload))


def _dated(item: Item, record: Any, payload: bytes, address: str) -> RawCapture:
    raw = item.capture(payload)
    return replace(raw, url=raw.url or _web(address), captured_at=_time(record) or raw.captured_at)


def _web(address: str) -> str | None:
    return address if address.lower().startswith(("http://", "https://")) else None


def _time(record: Any) -> Any:
    try:
        return parse_time(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return None
