"""Encodings declared wrongly, text encoded twice; the plain cases are in test_captures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.captures import Decoded, RawCapture, decode
from transforms.encodings import Characters, read

RUSSIAN = "Паром 'Волна' вышел из гавани в понедельник, сообщил капитан порта Орлов."
UKRAINIAN = "Рік тому пором «Хвиля» вийшов із гавані, її капітан є досвідчений моряк."
GERMAN = "Die Fähre „Möwe“ lief am Montag früh aus, über die Gründe schwieg die Behörde."
CZECH = "Přístavní úřad v pondělí řekl, že příští trajekt vyjede až v červenci."


def _page(text: str, declared: str) -> str:
    return f'<meta charset="{declared}"><p>The harbour page of an English host.</p><p>{text}</p>'


@pytest.mark.parametrize(
    ("text", "codec", "declared", "found"),
    [
        # Servers turned pages from one Russian encoding into another and left the declaration.
        (RUSSIAN, "koi8-r", "windows-1251", "koi8-r"),
        (RUSSIAN, "cp1251", "koi8-r", "cp1251"),
        (RUSSIAN, "koi8-r", "iso-8859-1", "koi8-r"),
        (RUSSIAN, "cp1251", "iso-8859-1", "cp1251"),
        (RUSSIAN, "cp1251", "utf-8", "cp1251"),
        # What is declared rightly stays.
        (RUSSIAN, "koi8-r", "koi8-r", "koi8-r"),
        (RUSSIAN, "cp1251", "windows-1251", "cp1251"),
        (RUSSIAN, "iso8859-5", "iso-8859-5", "iso8859-5"),
        (RUSSIAN, "cp866", "cp866", "cp866"),
        (UKRAINIAN, "cp1251", "windows-1251", "cp1251"),
        (GERMAN, "cp1252", "iso-8859-1", "cp1252"),
        (CZECH, "cp1250", "windows-1250", "cp1250"),
        ("港口管理局周一表示渡轮将于七月启航", "gb2312", "gb2312", "gb2312"),
    ],
)
def test_bytes_are_read_as_they_were_meant(
    text: str, codec: str, declared: str, found: str
) -> None:
    page = _page(text, declared)
    assert read(page.encode(codec)) == Characters(page, found)


def test_a_few_letters_do_not_unsay_what_is_declared() -> None:
    page = _page("Ærøskøbing, ÆØÅÆØÅ", "iso-8859-1")
    assert read(page.encode("cp1252")) == Characters(page, "cp1252")


@pytest.mark.parametrize("misread_as", ["cp1252", "latin-1", "cp1251"])
@pytest.mark.parametrize(
    "text", ["Fähre 5 €", "The “Gull” – an old ship’s café", RUSSIAN, UKRAINIAN]
)
def test_text_encoded_twice_is_read_twice(text: str, misread_as: str) -> None:
    try:
        misread = text.encode().decode(misread_as)
    except UnicodeDecodeError:
        return  # the second encoder would have lost a letter
    if misread_as == "cp1251" and text not in (RUSSIAN, UKRAINIAN):
        return  # western text is not misread as Russian by anybody
    assert read(f"<p>{misread}</p>".encode()) == Characters(f"<p>{text}</p>", "utf-8", True)


@pytest.mark.parametrize("text", [RUSSIAN, UKRAINIAN, GERMAN, CZECH, "São João — “Évian”"])
def test_text_encoded_once_is_read_once(text: str) -> None:
    assert read(text.encode()) == Characters(text, "utf-8")


def test_only_the_piece_that_was_encoded_twice_is_mended() -> None:
    text = "<p>Fähre</p><p>{}</p>"
    found = read(text.format("Fähre".encode().decode("latin-1")).encode())
    assert found == Characters(text.format("Fähre"), "utf-8", True)


def test_what_was_lost_stays_visible_and_is_counted() -> None:
    text = "A ship\ufffds horn sounded in K\ufffdln, â€\ufffd said the harbour. " + "More. " * 50
    decoded = decode(RawCapture("a", text.encode(), "north"))
    assert decoded == Decoded(text, "utf-8", "text/plain", damaged_count=3)


@given(st.text(max_size=60))
def test_a_second_reading_never_raises_nor_loses_ascii(text: str) -> None:
    found = read(f"x{text}".encode("utf-8", "replace"))
    if found:
        assert [c for c in found.text if c.isascii()] == [c for c in f"x{text}" if c.isascii()]
