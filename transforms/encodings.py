"""Encodings: from bytes to the characters that were meant, also where they are declared wrongly."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

import charset_normalizer
import ftfy


@dataclass(frozen=True, slots=True)
class DecodingRules:
    """When bytes are no text, and which encodings they may be in."""

    # Text has tabs, line ends and form feeds; pictures and archives are a quarter controls.
    max_control_share: float = 0.02
    # Two replaced characters in a hundred still leave a text that can be read.
    max_replaced_share: float = 0.02
    # What undeclared pages of the subject use; windows-1250 and its like cannot be told from
    # windows-1252 on an English page with a few quotation marks, so they must be declared.
    charsets: tuple[str, ...] = ("cp1252", "koi8_r", "cp1251")
    # A page of UTF-8 with a few broken bytes is still UTF-8: at most one in so many fits not.
    min_utf8_characters_per_fault: int = 4
    # Letters beyond ASCII come singly in western words and in runs in Russian ones: so many
    # bytes in runs, over half of all beyond ASCII, are Cyrillic whatever is declared.
    min_cyrillic_bytes: int = 12


DECODING = DecodingRules()


@dataclass(frozen=True, slots=True)
class Characters:
    """Text with the encoding it was read in; mended: it had been encoded twice."""

    text: str
    charset: str
    is_mended: bool = False


def read(payload: bytes, rules: DecodingRules = DECODING) -> Characters | None:
    """The characters of the bytes; None where they are no text.

    What fits no encoding is U+FFFD, and stays so.
    """
    for mark, charset in BYTE_ORDER_MARKS:
        if payload.startswith(mark):
            text = payload.decode(charset, errors="replace")
            return Characters(text, charset.removesuffix("-sig"))
    if control_share(payload) > rules.max_control_share:
        return None
    text, charset = _decoded(payload, rules)
    mended = _mended(text) if charset != "utf-8" or _may_be_misread(payload) else text
    return Characters(mended, charset, mended != text)


CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13})


def control_share(payload: bytes) -> float:
    """The share of bytes that are control characters other than white space."""
    return 1 - len(payload.translate(None, CONTROLS)) / len(payload)


# Which encoding -------------------------------------------------------------------------------

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
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
WESTERN = frozenset("cp1252 cp1250 iso8859-2 iso8859-15 mac-roman".split())
CYRILLIC = ("koi8-r", "cp1251")
CYRILLIC_DECLARED = frozenset([*CYRILLIC, "koi8-u", "iso8859-5", "cp866", "mac-cyrillic"])
# Letters of Russian words in these encodings; Ё stands apart from the others.
CYRILLIC_RUN = re.compile(rb"[\xa3\xa8\xb3\xb8\xc0-\xff]{4,}")


def _decoded(payload: bytes, rules: DecodingRules) -> tuple[str, str]:
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
    charset = _charset(payload, rules)
    return payload.decode(charset, errors="replace"), charset


def _charset(payload: bytes, rules: DecodingRules) -> str:
    """The declared encoding, unless the bytes speak another alphabet; else the likeliest."""
    declared = _declared(payload)
    if declared is None:
        return _likeliest(payload, rules.charsets) or "cp1252"
    if declared in WESTERN | CYRILLIC_DECLARED and _is_cyrillic(payload, rules):
        # Servers converted pages and left the declaration as it was.
        known = [declared] if declared in CYRILLIC_DECLARED else []
        return _likeliest(payload, dict.fromkeys([*CYRILLIC, *known])) or declared
    return declared


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


def _is_cyrillic(payload: bytes, rules: DecodingRules) -> bool:
    in_runs = sum(map(len, CYRILLIC_RUN.findall(payload)))
    beyond_ascii = sum(map(len, re.findall(rb"[\x80-\xff]+", payload)))
    return in_runs >= max(rules.min_cyrillic_bytes, beyond_ascii / 2)


def _likeliest(payload: bytes, charsets: Iterable[str]) -> str | None:
    best = charset_normalizer.from_bytes(payload, cp_isolation=list(charsets)).best()
    return None if best is None else codecs.lookup(best.encoding).name


# Encoded twice --------------------------------------------------------------------------------

# A letter that the first byte of UTF-8 becomes where it is read as windows-1252 or 1251, with what
# the bytes behind it become.
BEHIND = "".join(bytes([b]).decode("cp1252", "ignore") for b in range(0x80, 0xC0))
BEHIND_1251 = "".join(bytes([b]).decode("cp1251", "ignore") for b in range(0x80, 0xC0))
MISREAD = re.compile(rf"[Â-ô][\x80-\xbf{re.escape(BEHIND)}]|[РС][{re.escape(BEHIND_1251)}](?=[РС])")
PIECE = re.compile(r'[^<>\n"]+')
ASCII_BLANK = bytes(b if b > 127 else 32 for b in range(256))
# What is mended reads back to the same bytes; what was lost on the way stays as it is.
EXACT = ftfy.TextFixerConfig(
    restore_byte_a0=False, replace_lossy_sequences=False, fix_c1_controls=False
)


def _may_be_misread(payload: bytes) -> bool:
    """Whether what the page holds beyond ASCII looks misread; ten times faster than its text."""
    beyond = b" ".join(payload.translate(ASCII_BLANK).split())
    return MISREAD.search(beyond.decode("utf-8", "replace")) is not None


def _mended(text: str) -> str:
    """The text with the pieces that were encoded twice as they were meant.

    The library takes ten times as long as all other decoding: it is given few and short ones.
    """
    return PIECE.sub(lambda piece: _meant(piece.group()), text)


def _meant(piece: str) -> str:
    return ftfy.fix_encoding(piece, EXACT) if MISREAD.search(piece) else piece
