"""The language of a text is told by its own words."""

from __future__ import annotations

import pytest

from transforms.articles.language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The captain of the ferry said that it was late for the tide.", "en"),
        ("Der Kapitän sagte, dass die Fähre zu spät für die Flut ist.", "de"),
        ("Le capitaine a dit que la marée est trop basse pour les bateaux.", "fr"),
        ("El capitán dijo que la marea es baja y que no se puede salir de la bahía.", "es"),
        ("Капитан сказал, что он не выйдет из порта и на этот раз.", "ru"),
        ("Капітан сказав, що він не вийде з порту та що це не вперше.", "uk"),
        ("Kapitan powiedział, że nie wyjdzie z portu i że się nie boi.", "pl"),
    ],
)
def test_common_words_tell(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "Xyzzy plugh frotz", "12:40 13:10 14:30"])
def test_without_common_words_only_the_page_can_tell(text: str) -> None:
    assert language_of(text) is None
    assert language_of(text, "sv") == "sv"
    assert language_of(text, "de") == "de"


def test_the_words_speak_against_a_wrong_declaration() -> None:
    english = "The captain of the ferry said that it was late for the tide."
    assert language_of(english, "de") == "en"
    assert language_of(english, "sv") == "en"


def test_a_declaration_settles_a_draw() -> None:
    text = "de en"  # one function word each of Spanish, French, Dutch
    assert [language_of(text, code) for code in ("es", "nl")] == ["es", "nl"]
