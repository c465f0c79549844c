"""Bytes become text in their own encoding, or a rejection that says why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import captures
from transforms.captures import Decoded, RawCapture, decode, identify, is_markup, site_of
from transforms.schema import to_arrow
from transforms.tables import Article, Capture, Rejection

RAW = RawCapture("north/a.html", b"The ferry sailed.", "north")
CODECS = sorted({*aliases, *aliases.values(), "undefined", "idna", "unicode_escape", "no-such"})


def _read(payload: bytes) -> tuple[str, str]:
    decoded = decode(replace(RAW, payload=payload))
    assert isinstance(decoded, Decoded)
    return decoded.text, decoded.charset


def _refused(payload: bytes | None) -> str:
    raw = replace(RAW, payload=payload)
    rejection = decode(raw)
    assert isinstance(rejection, Rejection)
    assert (rejection.capture_id, rejection.stage) == (identify(raw), "captures")
    return rejection.reason


# Site and id ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "url", "expected"),
    [
        ("herald", "http://www.example.org/a", "herald"),
        (None, "http://www.example.org:80/a", "example.org"),
        (None, "https://news.Example.org/", "news.example.org"),
        (None, "a/relative/path", "north"),
        (None, "http://[bad/a", "north"),
        (None, None, "north"),
    ],
)
def test_site(site: str | None, url: str | None, expected: str) -> None:
    assert site_of(replace(RAW, site=site, url=url)) == expected


def test_id_does_not_depend_on_where_the_file_lies() -> None:
    moved = replace(RAW, source_uri="elsewhere/b.html", captured_at=dt.datetime(2001, 5, 4))
    assert identify(moved) == identify(RAW)


@pytest.mark.parametrize(
    "change",
    [
        {"payload": b"The ferry sailed!"},
        {"site": "south"},
        {"folder": "south"},
        {"url": "http://north/"},
    ],
)
def test_id_depends_on_bytes_site_and_address(change: dict[str, object]) -> None:
    assert identify(replace(RAW, **change)) != identify(RAW)


def test_captures_without_bytes_are_told_apart_by_their_path() -> None:
    one, other = (RawCapture(path, None, "north") for path in ("north/a", "north/b"))
    assert identify(one) != identify(other)
    assert captures.sha256_of(one) is None


# Encodings ------------------------------------------------------------------------------------


def test_utf8_is_read_whatever_the_page_declares() -> None:
    page = '<meta charset="windows-1252"><p>Grüße aus Köln</p>'
    assert _read(page.encode()) == (page, "utf-8")


@pytest.mark.parametrize(
    ("codec", "name"), [("utf-8-sig", "utf-8"), ("utf-16-le", "utf-16"), ("utf-16-be", "utf-16")]
)
def test_byte_order_mark_tells_the_encoding(codec: str, name: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codec, b"")
    assert _read(mark + "Größe: 3 m".encode(codec)) == ("Größe: 3 m", name)


@pytest.mark.parametrize(
    ("declared", "codec", "name"),
    [
        ("koi8-r", "koi8-r", "koi8-r"),
        ("Windows-1251", "cp1251", "cp1251"),
        ("ISO-8859-1", "cp1252", "cp1252"),
        ("utf-8", "cp1252", "cp1252"),
        ("us-ascii", "cp1252", "cp1252"),
    ],
)
def test_declared_encoding_is_followed_as_browsers_do(declared: str, codec: str, name: str) -> None:
    word = "Петров" if "125" not in codec or codec == "cp1251" else "“Müller”"
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{word}</p>'
    assert _read(page.encode(codec)) == (page, name)


def test_xml_declaration_counts_too() -> None:
    page = "<?xml version='1.0' encoding='koi8-r'?><p>Сегодня</p>"
    assert _read(page.encode("koi8-r")) == (page, "koi8-r")


@pytest.mark.parametrize("declared", ["utf-16", "unicode_escape", "undefined", "hex", "none-such"])
def test_declarations_that_cannot_be_true_are_passed_over(declared: str) -> None:
    page = f"<meta charset={declared}><p>Das Gespräch über die Brücke fiel aus.</p>"
    assert _read(page.encode("cp1252")) == (page, "cp1252")


def test_undeclared_cyrillic_is_told_from_western_letters() -> None:
    text = "Министры встретились вчера вечером и говорили о будущем договоре. " * 3
    assert _read(text.encode("koi8-r")) == (text, "koi8-r")


def test_utf8_with_a_broken_byte_stays_utf8() -> None:
    text = "Köln, Düren, Jülich und Brühl, schön früh am Morgen und spät am Abend."
    broken = text.encode().replace("ö".encode(), b"\xff", 1)
    assert _read(broken) == (text.replace("ö", "\ufffd", 1), "utf-8")


def test_a_letter_lost_by_an_earlier_copy_does_not_change_the_encoding() -> None:
    text = "Volker K\ufffdhn spoke to the reporters of the paper late on Monday evening."
    assert _read(text.encode()) == (text, "utf-8")


# What is no text ------------------------------------------------------------------------------


def test_bytes_that_could_not_be_read_keep_their_reason() -> None:
    raw = RawCapture("a", None, "north", trouble=("too_large", "more than 10 bytes"))
    assert decode(raw) == Rejection(identify(raw), "captures", "too_large", "more than 10 bytes")
    assert _refused(None) == "unreadable"


@pytest.mark.parametrize("payload", [b"", b" \r\n\t", "\u00a0\u2003".encode(), b"\xef\xbb\xbf"])
def test_nothing_to_read_is_empty(payload: bytes) -> None:
    assert _refused(payload) == "empty"


@pytest.mark.parametrize(
    "payload", [b"\x89PNG\r\n\x1a\n" + bytes(40), b"\x00" * 9, b"MZ\x01\x02ab"]
)
def test_control_characters_are_no_text(payload: bytes) -> None:
    assert _refused(payload) == "not_text"


def test_few_control_characters_are_borne() -> None:
    text = "A form feed\fand one\x00stray byte in sixty letters of plain prose are no harm."
    assert _read(text.encode()) == (text, "utf-8")


def test_characters_of_no_encoding_are_undecodable() -> None:
    assert _refused(b"\xff\xfe" + b"\x00\xd8" * 20) == "undecodable"


@given(st.binary(max_size=200), st.sampled_from(CODECS) | st.none())
def test_decode_never_raises_and_gives_text_that_can_be_stored(
    payload: bytes, codec: str | None
) -> None:
    declared = b"" if codec is None else f"<meta charset={codec}>".encode()
    decoded = decode(replace(RAW, payload=declared + payload))
    if isinstance(decoded, Decoded):
        assert decoded.text.strip()
        decoded.text.encode()
    else:
        assert decoded.reason in ("empty", "not_text", "undecodable")


# Markup ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>x",
        "lead <HTML lang=en> x",
        "<body bgcolor='#ffffff'>",
        "<p>a<br>b<p>c<br>d",
    ],
)
def test_pages_are_markup(text: str) -> None:
    assert is_markup(text)


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d",
        "one <p> two <br> three",
        "<bodyguard> hurt",
        "see <http://a.b/>",
        "A page begins with <html>, has a <head> and a <body> and many a <p>. "
        + "So it is. " * 200,
    ],
)
def test_stray_brackets_are_none(text: str) -> None:
    assert not is_markup(text)


def test_outcome_is_article_where_one_came_of_it() -> None:
    rows = [
        Capture(c, "a", "north", None, None, "text/plain", "utf-8", 9, "00", 1, "rejected")
        for c in ("c_1", "c_2")
    ]
    article = Article("a_2", "c_2", "north", *[None] * 12, 0, "", "00")  # type: ignore[arg-type]
    done = captures.with_outcome(to_arrow(Capture, rows), to_arrow(Article, [article]))
    assert done.schema == to_arrow(Capture, rows).schema
    assert done.select(["capture_id", "outcome"]).to_pylist() == [
        {"capture_id": "c_1", "outcome": "rejected"},
        {"capture_id": "c_2", "outcome": "article"},
    ]
    none = captures.with_outcome(to_arrow(Capture, rows), to_arrow(Article, []))
    assert none.column("outcome").to_pylist() == ["rejected", "rejected"]
