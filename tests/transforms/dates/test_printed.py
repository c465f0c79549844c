"""Printed dates become moments in UTC, no more exact than they are printed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.made import moment
from transforms.dates.addresses import in_address
from transforms.dates.printed import moments

SCRAPS = st.lists(
    st.sampled_from(
        ["4", "May", "Sept.", "1999", "31", "Feb", "14:05", "25:99", "pm", "GMT", "+99:99", "-0330",
         "EST", "Moscow time", "/", "-", ".", ",", " ", "of", "th", "1999-05-04", "T", "Z", "ſept",
         "Aprıl", "٤", "20020514", "04/05/1999", "2000"]
    ) | st.text(max_size=2),
    max_size=12,
).map("".join)  # fmt: skip
ZONES = st.sampled_from([None, "Europe/Moscow", "America/New_York", "Asia/Kolkata"])


def _read(text: str, timezone: str | None = None) -> list[tuple[str, str, str]]:
    return [
        (m.at.strftime("%Y-%m-%d %H:%M"), m.precision, text[m.char_start : m.char_end])
        for m in moments(text, timezone)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "4 May 1999",
        "May 4, 1999",
        "4th of May, 1999",
        "4-May-1999",
        "MAY 4 1999",
        "1999-05-04",
        "04.05.1999",
    ],
)
def test_a_day_in_many_forms(text: str) -> None:
    assert _read(f"On {text} it rained.") == [("1999-05-04 00:00", "day", text)]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("4 May 1999, 15:40 GMT", "1999-05-04 15:40"),
        ("4 May 1999 15.40 EDT", "1999-05-04 19:40"),
        ("May 4, 1999 11:30 p.m. EST", "1999-05-05 04:30"),
        ("May 4, 1999 12:10 am GMT", "1999-05-04 00:10"),
        ("15:40 MSK, 4 May 1999", "1999-05-04 11:40"),
        ("1999-05-04T15:40:10+02:00", "1999-05-04 13:40"),
        ("1999-05-04T15:40:10Z", "1999-05-04 15:40"),
        ("4 May 1999, 15:40 Moscow time", "1999-05-04 11:40"),
        ("4 January 1999, 15:40 Moscow time", "1999-01-04 12:40"),
    ],
)
def test_a_time_with_its_zone(text: str, at: str) -> None:
    assert _read(text) == [(at, "minute", text)]


def test_a_time_without_zone_needs_the_sites_clock() -> None:
    text = "4 May 1999, 15:40"
    assert _read(text) == [("1999-05-04 00:00", "day", "4 May 1999")]
    assert _read(text, "Europe/Moscow") == [("1999-05-04 11:40", "minute", text)]
    assert _read("4 May 1999, 15:40 GMT", "Europe/Moscow")[0][0] == "1999-05-04 15:40"


@pytest.mark.parametrize(
    "text", ["4 May 1999, 29:40 GMT", "4 May 1999, score 3:75", "4 May 1999 10:00 +99:99"]
)
def test_what_is_no_time_leaves_the_day(text: str) -> None:
    assert [(at, precision) for at, precision, _ in _read(text)] == [("1999-05-04 00:00", "day")]


@pytest.mark.parametrize(
    ("text", "timezone", "expected", "is_ambiguous"),
    [
        ("03/04/1999", None, "1999-04-03", True),
        ("03/04/1999", "Europe/London", "1999-04-03", False),
        ("03/04/1999", "America/New_York", "1999-03-04", False),
        ("03/13/1999", None, "1999-03-13", False),
        ("13/03/1999", "America/New_York", "1999-03-13", False),
        ("04/04/1999", None, "1999-04-04", False),
    ],
)
def test_figures(text: str, timezone: str | None, expected: str, is_ambiguous: bool) -> None:
    (found,) = moments(text, timezone)
    assert (found.at, found.is_ambiguous) == (moment(expected), is_ambiguous)


@pytest.mark.parametrize(
    "text",
    ["31 February 1999", "4 May", "May 1999", "99/99/1999", "14.15.1999", "version 4.5", ""],
)
def test_what_is_no_date(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 Aprıl 1999", "1999-04-04"),
        ("4 ſept 1999", "1999-09-04"),
        ("4 авгуᲃта 1999", "1999-08-04"),
    ],
)
def test_letters_that_only_look_alike_to_a_pattern(text: str, expected: str) -> None:
    assert [m.at for m in moments(text)] == [moment(expected)]


def test_several_dates_in_order() -> None:
    found = _read("From 4 May 1999 to June 5, 2000")
    assert [verbatim for _, _, verbatim in found] == ["4 May 1999", "June 5, 2000"]


@given(SCRAPS | st.text(), ZONES)
def test_no_text_breaks_moments(text: str, timezone: str | None) -> None:
    position = 0
    for found in moments(text, timezone):
        assert 0 <= found.char_start < found.char_end <= len(text)
        verbatim = text[found.char_start : found.char_end]
        assert verbatim == verbatim.strip()
        assert any(c.isdigit() for c in verbatim)
        assert found.at.tzinfo == dt.UTC
        assert found.precision in ("minute", "day")
        if found.precision == "day":
            assert (found.at.hour, found.at.minute) == (0, 0)
        assert found.char_end > position
        position = found.char_end


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/1999/05/04/pier.html", "1999-05-04"),
        ("http://a.example/news/19990504-pier", "1999-05-04"),
        ("http://a.example/1999-05-04", "1999-05-04"),
        ("http://19990504.example/pier", None),
        ("http://a.example/1999/13/04/", None),
        ("http://a.example/1999/02/31/", None),
        ("http://a.example/id119990504", None),
        ("http://a.example/", None),
        ("", None),
    ],
)
def test_in_address(url: str, expected: str | None) -> None:
    found = in_address(url)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert (found.at, found.precision) == (moment(expected), "day")
    digits = url[found.char_start : found.char_end].replace("/", "").replace("-", "")
    assert digits == expected.replace("-", "")


@given(st.text(alphabet="htp:/1290.-a") | st.text())
def test_no_address_breaks_in_address(url: str) -> None:
    found = in_address(url)
    assert found is None or found.char_start < found.char_end
