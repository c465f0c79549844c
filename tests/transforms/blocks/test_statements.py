"""Statements: what a page says of itself, each with the characters it stands on."""

from __future__ import annotations

import pytest

from transforms.blocks.statements import document_title, facts, linked_data


def _said(text: str) -> list[tuple[str, str]]:
    found = list(facts(text))
    for fact in found:
        assert text[fact.char_start : fact.char_end] == fact.value
    return [(f.name, f.value) for f in found]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ('<html lang="de">', "html:lang", "de"),
        ("<HTML LANG=de>", "html:lang", "de"),
        ('<html xml:lang="fr">', "html:lang", "fr"),
        ('<time datetime="1999-05-04">4 May</time>', "time:datetime", "1999-05-04"),
        ("<link rel=canonical href=/pier>", "link:canonical", "/pier"),
        ("<link href='/pier' rel='Canonical'>", "link:canonical", "/pier"),
        ('<meta name="Author" content=" Ann Lee ">', "meta:author", "Ann Lee"),
        ("<meta property='og:title' content='Pier > sea'>", "meta:og:title", "Pier > sea"),
        ('<meta itemprop="datePublished" content="1999">', "meta:datepublished", "1999"),
        ('<meta http-equiv="Content-Language" content="en">', "meta:content-language", "en"),
        ("<meta content = 'b' name = a />", "meta:a", "b"),
        ('<script type="application/ld+json">{"a": 1}</script>', "json-ld", '{"a": 1}'),
        ("<SCRIPT type='application/ld+json' id=x>[1]", "json-ld", "[1]"),
    ],
)
def test_statement(text: str, name: str, value: str) -> None:
    assert _said(text) == [(name, value)]


@pytest.mark.parametrize(
    "text",
    [
        "<htmlx lang=de>",
        "<html class=de>",
        "<time>1999-05-04</time>",
        "<link rel=stylesheet href=/pier>",
        "<link rel=canonical>",
        "<meta name=author>",
        "<meta name=author content=''>",
        "<meta content='Ann Lee'>",
        "<metal name=author content='Ann Lee'>",
        "<meta name=author content='Ann Lee'",
        "<script>{}</script>",
        "<script type='text/javascript'>{}</script>",
        "meta name=author content=b",
    ],
)
def test_no_statement(text: str) -> None:
    assert _said(text) == []


def test_one_element_may_state_two() -> None:
    given = '<meta name="title" property="og:title" content="Pier">'
    assert _said(given) == [("meta:title", "Pier"), ("meta:og:title", "Pier")]


def test_text_is_the_value_as_it_is_meant() -> None:
    [fact] = facts('<meta name="title" content="Pier &amp;\n  sea">')
    assert (fact.value, fact.text) == ("Pier &amp;\n  sea", "Pier & sea")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("<title>Pier &amp;\n sea</title>", "Pier & sea"),
        ("<TITLE id=t>Pier</TITLE >", "Pier"),
        ("<title>Pier</title><title>Dock</title>", "Pier"),
        ("<title> </title>", None),
        ("<title>Pier", None),
        ("<titles>Pier</title>", None),
        ("", None),
    ],
)
def test_document_title(text: str, title: str | None) -> None:
    assert document_title(text) == title


def test_titles_never_closed_are_read_once() -> None:
    assert document_title("<title>" * 100_000) is None


@pytest.mark.parametrize(
    "script",
    [
        '{"a": [1]}',
        ' <!-- {"a": [1]} --> ',
        '//<![CDATA[\n{"a": [1]}\n//]]>',
        '/* <![CDATA[ */ {"a": [1]} /* ]]> */',
        '/* data */ {"a": [1]};',
        '{"a": [1,],}',
    ],
)
def test_linked_data_is_read_out_of_its_wrapping(script: str) -> None:
    assert linked_data(script) == {"a": [1]}


def test_line_ends_in_linked_data() -> None:
    assert linked_data('{"a": "b\nc"}') == {"a": "b\nc"}


@pytest.mark.parametrize("script", ["", "x", "{", "[" * 50_000, "<!-- -->", "/*" * 9, "]]>" * 9])
def test_what_is_no_linked_data(script: str) -> None:
    assert linked_data(script) is None
