"""Lines that a page ends by `<br>` inside its paragraphs are whole paragraphs again."""

from __future__ import annotations

import pytest

from transforms.blocks import cut, render

FIRST = "The town clerk read the letter twice before she passed it on to the mayor."
SECOND = "Nobody in the hall had a question, and the meeting was over before noon."
WRAPPED = (
    "The town clerk read the letter<br>\ntwice before she passed it on<br>\nto the mayor."
    "<br><br>\nNobody in the hall had a<br>\nquestion, and the meeting was<br>\nover before noon."
)


def _blocks(markup: str) -> list[str]:
    page = f"<html><body>{markup}</body></html>"
    found = cut(page, "text/html").blocks
    assert all(render(page[b.char_start : b.char_end], "text/html") == b.text for b in found)
    return [b.text for b in found]


@pytest.mark.parametrize("frame", ["<td>{}</td>", "<p>{}</p>", "<font size=2>{}</font>", "{}"])
@pytest.mark.parametrize("line_end", ["<br>\n", "<BR>", "<br />", " <br clear='all'>"])
def test_wrapped_lines_are_paragraphs(frame: str, line_end: str) -> None:
    page = frame.format(WRAPPED.replace("<br>\n", line_end))
    page = page.replace(f".<br>{line_end}", ".<br><br>")
    assert _blocks(page) == [FIRST, SECOND]


def test_a_line_that_begins_with_a_name_goes_on_where_it_had_no_room() -> None:
    lines = [
        "The letter was read in full to",
        "Mayor Ames, who listened to the",
        "end and then left the hall to",
        "the clerk and to his own deputy.",
    ]
    assert _blocks("<br>".join(lines)) == [" ".join(lines)]


def test_a_word_broken_at_a_line_end_is_whole() -> None:
    assert _blocks("The clerk spoke of a deci-<br>sion of the town.") == [
        "The clerk spoke of a decision of the town."
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [FIRST, SECOND],
        ["Town Hall", "12 Main Street", "Postbox 7"],
        ["The clerk read:", "a letter"],
        ["Menu", "news", "sport"],
    ],
)
def test_lines_that_are_whole_stay_apart(lines: list[str]) -> None:
    assert _blocks("<br>".join(lines)) == lines


def test_links_below_each_other_stay_apart() -> None:
    links = ["<a href=1>from our reporters</a>", "<a href=2>from the readers</a>"]
    assert len(_blocks("<br>".join(links))) == 2


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<img src="t.gif" alt="T">he town clerk left.', "The town clerk left."),
        ("<IMG ALT=A SRC=a.gif ALIGN=LEFT> town clerk left.", "A town clerk left."),
        ('<img src="t.gif" alt="Town">he town clerk left.', "he town clerk left."),
        ('<img src="x.gif" alt="x">the town clerk left.', "the town clerk left."),
    ],
)
def test_an_image_of_an_initial_is_its_letter(markup: str, expected: str) -> None:
    assert _blocks(f"<p>{markup}</p>") == [expected]
