"""Captures: from raw bytes to an id, a character encoding and decoded text, or a rejection."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import charset_normalizer
import pyarrow as pa
import pyarrow.compute as pc

from transforms import ids
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


@dataclass(frozen=True, slots=True)
class Decoded:
    """One capture's text, every character of it, and how it was read."""

    text: str
    charset: str
    media_type: str


@dataclass(frozen=True, slots=True)
class DecodingRules:
    """When bytes are no text."""

    # Text has tabs, line ends and form feeds; pictures and archives are a quarter controls.
    max_control_share: float = 0.02
    # Two replaced characters in a hundred still leave a text that can be read.
    max_replaced_share: float = 0.02
    # What undeclared pages of the subject use; windows-1250 and its like cannot be told from
    # windows-1252 on an English page with a few quotation marks, so they must be declared.
    charsets: tuple[str, ...] = ("cp1252", "koi8_r", "cp1251")
    # A page of UTF-8 with a few broken bytes is still UTF-8: at most one in so many fits not.
    min_utf8_characters_per_fault: int = 4


DECODING = DecodingRules()
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
# Holds what escapes begin with in UTF-7, HZ and Python's own codecs.
ASCII_PROBE = rb'<a href="\x41\u0041+AEE-~{!!~}">'
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13})
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|tr|td|div|p|br|font|a|h[1-6]|span|meta|img|frameset)\b"
    r"[^<>]*>",
    re.I,
)


def site_of(raw: RawCapture) -> str:
    """The site: as given, else the host of the address without "www.", else the folder's name."""
    if raw.site:
        return raw.site
    host = urlsplit(raw.url).hostname if raw.url else None
    return host.removeprefix("www.") if host else raw.folder


def sha256_of(raw: RawCapture) -> str | None:
    """The SHA-256 of the bytes in hex; None where there are none to read."""
    return None if raw.payload is None else hashlib.sha256(raw.payload).hexdigest()


def identify(raw: RawCapture) -> str:
    """The capture's id: bytes, site and address; the path only where bytes are missing."""
    digest = sha256_of(raw) or f"unread:{raw.source_uri}"
    return ids.make("c", digest, site_of(raw), raw.url)


def decode(raw: RawCapture, rules: DecodingRules = DECODING) -> Decoded | Rejection:
    """The decoded capture, or the rejection that ends it."""
    payload = raw.payload
    if payload is None:
        reason, detail = raw.trouble or ("unreadable", "the file could not be read")
        return _rejected(raw, reason, detail)
    if not payload.strip():
        return _rejected(raw, "empty", f"{len(payload)} bytes, none of them a character")
    text, charset = _decoded(payload, rules)
    if text is None:
        share = _control_share(payload)
        return _rejected(raw, "not_text", f"{share:.0%} of the bytes are control characters")
    replaced = text.count("\ufffd") / max(1, len(text))
    if replaced > rules.max_replaced_share:
        return _rejected(raw, "undecodable", f"{replaced:.0%} of the characters fit no encoding")
    if not text.strip():
        return _rejected(raw, "empty", "white space alone")
    return Decoded(text, charset, "text/html" if is_markup(text) else "text/plain")


def is_markup(text: str) -> bool:
    """Whether the text is HTML: a doctype or an element of a page's frame, or many tags."""
    tags = [m.group()[1:7].lower() for _, m in zip(range(8), MARKUP.finditer(text), strict=False)]
    framed = any(tag.startswith(("!docty", "html", "head", "body")) for tag in tags)
    return framed or len(tags) >= 4


def with_outcome(rows: pa.Table, articles: pa.Table) -> pa.Table:
    """The captures with their outcome: `article` where one came of it, else `rejected`."""
    is_article = pc.is_in(rows.column("capture_id"), articles.column("capture_id").combine_chunks())
    outcome = pc.if_else(is_article, "article", "rejected")
    place = rows.schema.get_field_index("outcome")
    return rows.set_column(place, rows.schema.field(place), outcome)


def _decoded(payload: bytes, rules: DecodingRules) -> tuple[str | None, str]:
    for mark, charset in BYTE_ORDER_MARKS:
        if payload.startswith(mark):
            return payload.decode(charset, errors="replace"), charset.removesuffix("-sig")
    if _control_share(payload) > rules.max_control_share:
        return None, ""
    # Bytes that happen to be valid UTF-8 beyond ASCII are UTF-8, whatever the page declares; such
    # a page may print U+FFFD itself, where an earlier copy lost a letter.
    try:
        return payload.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = payload.decode("utf-8", errors="replace")
    faults = text.count("\ufffd")
    beyond_ascii = sum(len(run) for run in BEYOND_ASCII.findall(text)) - faults
    if beyond_ascii >= faults * rules.min_utf8_characters_per_fault:
        return text, "utf-8"
    charset = _declared(payload) or _sniffed(payload, rules)
    return payload.decode(charset, errors="replace"), charset


def _declared(payload: bytes) -> str | None:
    match = DECLARED.search(payload[:4096])
    if match is None:
        return None
    name = match.group(1).decode("ascii", errors="replace").lower()
    if name in ("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1"):
        # Browsers read all of these as windows-1252 where they are not what they say.
        name = "cp1252"
    try:
        reads_ascii = ASCII_PROBE.decode(name, errors="replace") == ASCII_PROBE.decode("ascii")
    except (LookupError, UnicodeError):
        return None
    # A page that spells its encoding in ASCII is in none that reads ASCII as something else.
    return codecs.lookup(name).name if reads_ascii else None


def _sniffed(payload: bytes, rules: DecodingRules) -> str:
    best = charset_normalizer.from_bytes(payload, cp_isolation=list(rules.charsets)).best()
    return "cp1252" if best is None else codecs.lookup(best.encoding).name


def _control_share(payload: bytes) -> float:
    return 1 - len(payload.translate(None, CONTROLS)) / len(payload)


def _rejected(raw: RawCapture, reason: str, detail: str) -> Rejection:
    return Rejection(identify(raw), "captures", reason, detail)
