"""Captures: from raw bytes to an id, a character encoding and decoded text, or a rejection."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from transforms import archives, encodings, ids
from transforms.addresses import host_of
from transforms.encodings import DECODING, DecodingRules
from transforms.tables import Rejection


@dataclass(frozen=True, slots=True)
class RawCapture:
    """One capture as collected; `payload` is None where it could not be read.

    `trouble` then holds the rejection's reason and detail.
    """

    source_uri: str
    payload: bytes | None
    folder: str
    url: str | None = None
    captured_at: dt.datetime | None = None
    site: str | None = None
    trouble: tuple[str, str] | None = None
    byte_count: int = 0
    file_count: int = 1  # files that hold it
    licence: str | None = None
    is_invented: bool = False
    zone: str | None = None  # of times that its page prints without one
    member: str | None = None  # place in the file, where it holds several captures


@dataclass(frozen=True, slots=True)
class Decoded:
    """One capture's text, every character of it, and how it was read."""

    text: str
    charset: str
    media_type: str
    is_mended: bool = False  # it had been encoded twice
    damaged_count: int = 0  # characters that no encoding reads, or that an earlier copy lost


MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|tr|td|div|p|br|font|a|h[1-6]|span|meta|img|frameset)\b"
    r"[^<>]*>",
    re.I,
)
MIN_TAGS = 4
# Pages copied with their code have a tag every 440 characters at most, fragments of HTML, whose
# tags are counted where they open, one every 200 or fewer.
MAX_GAP, OPENING = 300, 20_000


def site_of(raw: RawCapture) -> str:
    """The site: as given, else the host of the address without "www.", else the folder's name.

    Of a web archive's copy the site of the page it is of.
    """
    if raw.site:
        return raw.site
    url = archives.page_url(raw.url)
    host = host_of(url)
    return host.removeprefix("www.") if host else raw.folder


def collected_at(raw: RawCapture) -> dt.datetime | None:
    """When the page was collected: as given, else when a web archive took the copy."""
    copy = archives.copy_of(raw.url) if raw.captured_at is None else None
    return copy.at if copy else raw.captured_at


def sha256_of(raw: RawCapture) -> str | None:
    """The SHA-256 of the bytes in hex; None where there are none to read."""
    return None if raw.payload is None else hashlib.sha256(raw.payload).hexdigest()


def identify(raw: RawCapture) -> str:
    """The capture's id: bytes, site and address; the path only where bytes are missing."""
    return id_of(raw, sha256_of(raw))


def id_of(raw: RawCapture, sha256: str | None) -> str:
    """The capture's id where the hash of its bytes is known, whether they are at hand or not."""
    place = raw.source_uri if raw.member is None else f"{raw.source_uri}: {raw.member}"
    return ids.make("c", sha256 or f"unread:{place}", site_of(raw), raw.url)


def decode(raw: RawCapture, rules: DecodingRules = DECODING) -> Decoded | Rejection:
    """The decoded capture, or the rejection that ends it."""
    payload = raw.payload
    if payload is None:
        reason, detail = raw.trouble or ("unreadable", "the file could not be read")
        return _rejected(raw, reason, detail)
    if not payload.strip():
        return _rejected(raw, "empty", f"{len(payload)} bytes, none of them a character")
    found = encodings.read(payload, rules)
    if found is None:
        share = encodings.control_share(payload)
        return _rejected(raw, "not_text", f"{share:.0%} of the bytes are control characters")
    text = found.text
    damaged = text.count("\ufffd")
    if damaged > rules.max_replaced_share * len(text):
        share = damaged / len(text)
        return _rejected(raw, "undecodable", f"{share:.0%} of the characters fit no encoding")
    if not text.strip():
        return _rejected(raw, "empty", "white space alone")
    media_type = "text/html" if is_markup(text) else "text/plain"
    return Decoded(text, found.charset, media_type, found.is_mended, damaged)


def is_markup(text: str) -> bool:
    """Whether the text is HTML: a doctype or an element of a page's frame, or many tags.

    Text that opens without a tag must be dense with them: a story about HTML prints some too.
    """
    tags = [m.group()[1:7].lower() for _, m in zip(range(8), MARKUP.finditer(text), strict=False)]
    framed = any(tag.startswith(("!docty", "html", "head", "body")) for tag in tags)
    if not framed and len(tags) < MIN_TAGS:
        return False
    opening = text.lstrip()[:OPENING]
    return opening.startswith("<") or len(MARKUP.findall(opening)) * MAX_GAP >= len(opening)


def with_outcome(rows: pa.Table, articles: pa.Table) -> pa.Table:
    """The captures with their outcome: `article` where one came of it, else `rejected`."""
    is_article = pc.is_in(rows.column("capture_id"), articles.column("capture_id").combine_chunks())
    outcome = pc.if_else(is_article, "article", "rejected")
    place = rows.schema.get_field_index("outcome")
    return rows.set_column(place, rows.schema.field(place), outcome)


def _rejected(raw: RawCapture, reason: str, detail: str) -> Rejection:
    return Rejection(identify(raw), "captures", reason, detail)
