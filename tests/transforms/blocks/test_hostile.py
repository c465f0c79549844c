"""Hostile pages: none raises, breaks law 2, or costs more than its length allows.

Costs are held against that of a sound page of the same length, read in the same minute: seconds
say as much of the machine as of the page.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.readings import ROOT
from transforms.blocks import Page, cut, render

FILES = sorted((ROOT / "seeds" / "captures").glob("*/*.html"))
PAGES = [file.read_text("utf-8", "replace") for file in FILES]
# Sound pages take a tenth of a second a megabyte, and two seconds would be a hang. Pages of a word
# an element come to half of that, since each becomes a record.
MAX_TIMES_SOUND = 20
MAX_TIMES_LINEAR = 2.5
SIZE = 24_000

REPEATED = {
    "text loose in tables": "<table>a b c",
    "rows loose in tables": "<table><tr>a b<i>c",
    "tables in cells": "<table><tr><td>a b c",
    "layout of fonts": "<table><tr><td><font size=2><b>a b c<br>",
    "blocks never closed": "<div><p>a b c",
    "lists in lists": "<ul><li>a b c",
    "definitions in definitions": "<dl><dt>a b<dd>c",
    "forms": "<form><div>a b c",
    "options": "<select><option>a b c",
    "spans around paragraphs": "<span><p>a b c</p>",
    "formatting never closed": "<p><b><i><font><big>a b c",
    "formatting closed wrongly": "<b><i><p>a b</b></i>",
    "links never closed": "<a href=x>a b<p>",
    "ends of nothing": "a b</div></p></b></x>",
    "drawings": "<svg><g><path/>a b",
    "cells in drawings": "<svg><td><link>a b",
    "formulas": "<math><mi>a b",
    "comments never closed": "a b<!-- c ",
    "declarations": "a b<!x><?y>",
    "character data": "a b<![CDATA[ c ",
    "quotes never closed": "a b<a href='>",
    "signs": "<</<!<?=\"'>",
    "scripts in comments in scripts": "<script><!-- <script> a </script>b",
    "styles that close themselves": "<style/>a b",
    "titles": "<title>a b",
    "form fields": "<textarea>a<b>",
    "plain text": "<plaintext>a<b>",
    "examples": "<xmp>a<b>",
    "templates": "<template>a b",
    "frames": "<frameset><frame><noframes>a b",
    "bodies": "<html a=1><body b=2>a b",
    "statements": "<meta name=a content='b'><time datetime=c>d</time>",
    "statements never closed": "<meta name=a content=",
    "linked data": "<script type='application/ld+json'>{",
    "entities": "&amp;&nbsp;&bogus;&#x110000;",
    "nothing but blanks": "<p>&nbsp;",
    "noughts": "a\0<p\0>b",
    "marks": "\ue0001\ue001<p>",
    "half characters": "\ud800<p class=\udc00>",
    "one line": "a line without an end, ",
    "signs that open": "<",
    "entities never closed": "&amp",
    "comments about to close": "<!-- -",
    "void elements": "<br><hr><img><input>",
}
NUMBERED: dict[str, Callable[[int], str]] = {
    "formatting unlike all before": lambda n: f"<p><font color={n}>a b",
    "formatting with wrong ends": lambda n: f"<b id={n}></i><p>a b",
    "bodies unlike all before": lambda n: f"<body a{n}=1>a b",
    "classes unlike all before": lambda n: f"<div class='a{n} b'><p>c</p></div>",
    "nested classes": lambda n: f"<div class='a{n}'>b",
    "elements unlike all before": lambda n: f"<x{n}>a b",
}
WHOLE: dict[str, Callable[[int], str]] = {
    "attributes": lambda n: "<p " + " ".join(f"a{k}" for k in range(n // 8)) + ">b",
    "one long class": lambda n: "<p class='" + "menu nav " * (n // 9) + "'>b",
    "deep, then ends of nothing": lambda n: "<x>" * (n // 8) + "a" + "</y>" * (n // 8),
    "deep, then broad": lambda n: "<div>" * 500 + "<div>a b c</div>" * (n // 16),
    "formatting, then paragraphs": lambda n: "<b><i><tt><u><s>" * 50 + "<p>a b c" * (n // 8),
}
SHAPES: dict[str, Callable[[int], str]] = {
    **{name: lambda n, some=some: some * (n // len(some)) for name, some in REPEATED.items()},
    **{
        name: lambda n, make=make: "".join(map(make, range(n // len(make(1_000)))))
        for name, make in NUMBERED.items()
    },
    **WHOLE,
}


def _cut(text: str) -> Page:
    """The page, after checking that its spans are in order and slice to their text."""
    page = cut(text, "text/html")
    end = 0
    for block in page.blocks:
        assert end <= block.char_start < block.char_end <= len(text)
        assert render(text[block.char_start : block.char_end], "text/html") == block.text != ""
        end = block.char_end
    return page


def _seconds(text: str, limit: float = 0) -> float:
    """What cutting the page costs: the least of three times, or the first within a limit."""
    least = float("inf")
    for _ in range(3):
        started = time.process_time()
        cut(text, "text/html")
        least = min(least, time.process_time() - started)
        if least <= limit:
            break
    return least


@cache
def _sound(size: int) -> float:
    """What sound pages cost, for so many characters."""
    text = "".join(PAGES)
    return _seconds(text) * size / len(text)


def _is_bounded(text: str) -> bool:
    limit = MAX_TIMES_SOUND * _sound(max(len(text), SIZE))
    return _seconds(text, limit) <= limit


@pytest.mark.parametrize("name", SHAPES)
def test_cost_grows_with_the_page(name: str) -> None:
    small, large = SHAPES[name](SIZE), SHAPES[name](4 * SIZE)
    limit = max(4 * MAX_TIMES_LINEAR * _seconds(small), _sound(4 * SIZE))
    assert _seconds(large, limit) <= limit
    assert _is_bounded(large)


@pytest.mark.parametrize("name", SHAPES)
def test_spans_hold(name: str) -> None:
    _cut(SHAPES[name](3_000))


def test_elements_nested_a_hundred_thousand_times() -> None:
    [block] = _cut("<div>" * 100_000 + "a" + "</div>" * 100_000).blocks
    assert block.text == "a"


def _broken(page: str, chance: random.Random) -> str:
    """The page with pieces cut out, repeated many times, or broken by signs and shapes."""
    signs = [*REPEATED.values(), "<", ">", '"', "'", "</p>", "</td>", "</table>", "-->", "\0"]
    for _ in range(chance.randrange(1, 8)):
        start = chance.randrange(len(page) + 1)
        end = min(len(page), start + chance.choice((5, 20, 100, 1_000)))
        times = chance.choice((0, 2, 20, 500))
        if chance.random() < 0.5:
            page = page[:start] + page[start:end] * times + page[end:]
        else:
            page = page[:start] + chance.choice(signs) * times + page[start:]
    return page[: 5 * SIZE]


def test_no_broken_page_hangs() -> None:
    assert PAGES
    chance = random.Random(19970527)
    for number in range(60):
        assert _is_bounded(_broken(PAGES[number % len(PAGES)], chance))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*REPEATED.values(), "</table>", "</div>", "</b>", "</p>", "-->"])
            | st.text(max_size=6),
            st.sampled_from([1, 3, 300]),
        ),
        max_size=8,
    )
)
def test_no_shapes_together_hang_or_break_the_spans(parts: list[tuple[str, int]]) -> None:
    text = "".join(part * times for part, times in parts)
    _cut(text)
    assert _is_bounded(text)
