"""One page, as a browser or a crawler saved it: alone, packed, with its HTTP head, or as MHTML."""

from __future__ import annotations

import bz2
import datetime as dt
import email
import email.policy
import email.utils
import gzip
import io
import lzma
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import IO, Any, BinaryIO, cast

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser

from flows.sources.items import Context, Item, Limits, too_large, words
from transforms.captures import RawCapture

HTTP_HEAD = re.compile(rb"HTTP/\d(?:\.\d)? \d{3}\b[^\r\n]*\r?\n")
MIME_HEAD = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,60}\r?\n")
RELATED = re.compile(rb"^Content-Type:\s*multipart/(?:related|alternative|mixed)\b", re.I | re.M)
# Feeds and sitemaps are lists of pages, not pages.
LIST = re.compile(
    rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<\?xml-stylesheet[^>]*>|<!DOCTYPE[^>]*>|\s)*"
    rb"<(rss|feed|rdf:RDF|urlset|sitemapindex)\b",
    re.S,
)
ADDRESS_LINE = re.compile(rb"\s*https?://\S+\s*")
UNPACKERS: dict[str, Callable[[BinaryIO], IO[bytes]]] = {
    ".gz": lambda stream: cast(IO[bytes], gzip.GzipFile(fileobj=stream)),
    ".bz2": lambda stream: bz2.BZ2File(stream),
    ".xz": lambda stream: lzma.LZMAFile(stream),  # noqa: SIM115
}


def unpacked(item: Item, limits: Limits) -> IO[bytes]:
    """The item's stream, unpacked where its name says that it is packed."""
    stream = item.open()
    suffix = f".{item.title.rpartition('.')[2].lower()}"
    if suffix not in UNPACKERS:
        return stream
    limit = limits.unpacked(item.size or 0)
    return io.BufferedReader(cast(Any, Bounded(UNPACKERS[suffix](stream), stream, limit)))


BOMB = "unpacks to far more than its size: taken for a bomb, and left"


class BombError(ValueError):
    """Something packed that unpacks to more than pages do."""


class Bounded(io.RawIOBase):
    """An unpacking stream that ends in BombError after so many bytes."""

    def __init__(self, stream: IO[bytes], packed: IO[bytes], limit: int) -> None:
        self._stream, self._packed, self._left = stream, packed, limit

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Reads into the buffer; returns how many bytes."""
        # One piece at a time: damage behind it must not cost it.
        data = self._stream.read1(len(buffer))  # type: ignore[attr-defined]
        self._left -= len(data)
        if self._left < 0:
            raise BombError(BOMB)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Closes the streams beneath too."""
        self._stream.close()
        self._packed.close()
        super().close()


def read(item: Item, context: Context) -> Iterator[RawCapture]:
    """The capture that the item is; trouble instead of bytes where they cannot be had."""
    try:
        with closing(unpacked(item, context.limits)) as stream:
            data = bounded(stream, context.limits.capture_bytes)
    except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
        yield item.trouble("unreadable", words(error))
    except Exception as error:  # zlib.error and what other unpackers raise on damage
        yield item.trouble("unreadable", words(error))
    else:
        if len(data) > context.limits.capture_bytes:
            yield too_large(item, context.limits)
        else:
            yield from _unwrapped(item, data, context)


def bounded(stream: IO[bytes], limit: int) -> bytes:
    """At most `limit` bytes and one more, however small the pieces are in which they come."""
    parts, left = list[bytes](), limit + 1
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def is_list(data: bytes) -> str | None:
    """What kind of list of pages the bytes are, in words; None where they are none."""
    found = LIST.match(data[:4096])
    if found:
        is_map = found.group(1) in (b"urlset", b"sitemapindex")
        return "a sitemap" if is_map else "a feed"
    lines = [line for line in data[:20_000].splitlines() if line.strip()]
    # The last line may be cut.
    is_addresses = lines and all(ADDRESS_LINE.fullmatch(line) for line in lines[: len(lines)])
    return "a list of addresses" if is_addresses else None


def _unwrapped(item: Item, data: bytes, context: Context) -> Iterator[RawCapture]:
    if HTTP_HEAD.match(data):
        yield _answer(item, data)
    elif (head := MIME_HEAD.match(data[:20_000])) and RELATED.search(head.group()):
        yield _saved(item, data)
    elif kind := is_list(data):
        context.notes.say(
            f"{item.printed} is {kind}, no capture: name it in sources.toml to have its pages read"
        )
    else:
        yield item.capture(data)


def _answer(item: Item, data: bytes) -> RawCapture:
    """A saved answer of a server: its body, without the head."""
    stream = io.BytesIO(data)
    try:
        head = StatusAndHeadersParser(["HTTP/"]).parse(stream)
    except Exception:  # not the head of an answer after all
        return item.capture(data)
    body = stream.read()
    if (head.get_header("transfer-encoding") or "").lower() == "chunked":
        chunks = ChunkedDataReader(io.BytesIO(body))
        parts = iter(lambda: chunks.read(1 << 16), b"")
        body = b"".join(parts)
    return item.capture(body)


def _saved(item: Item, data: bytes) -> RawCapture:
    """A page saved by a browser as MHTML: its first HTML or text part, decoded from the mail."""
    mail = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in mail.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml", "text/plain"):
            payload = part.get_payload(decode=True)
            address = part.get("Content-Location") or mail.get("Snapshot-Content-Location")
            raw = item.capture(payload if isinstance(payload, bytes) else b"")
            is_web = str(address).lower().startswith(("http://", "https://"))
            return replace(
                raw,
                url=raw.url or (str(address).strip() if is_web else None),
                captured_at=raw.captured_at or _time(mail.get("Date")),
            )
    return item.trouble("not_text", "a saved page without a part of HTML or text")


def _time(printed: str | None) -> dt.datetime | None:
    try:
        time = email.utils.parsedate_to_datetime(printed or "")
    except ValueError:
        return None
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)
