"""Fields: the heads of scripts and wire files, on lines of their own or on one."""

from __future__ import annotations

import pytest

from tests.transforms.made import PROSE
from transforms.articles import Story, compose
from transforms.blocks import cut
from transforms.furniture import label

HEAD = ("DATE=5/14/1999", "TYPE=REPORT", "TITLE=HARBOUR / PIER (S-ONLY)", "BYLINE=ANN LINDQVIST")


@pytest.mark.parametrize("between", ["\n", " "])
def test_fields_state_title_author_and_place(between: str) -> None:
    text = between.join([*HEAD, "DATELINE=OSLO", "CONTENT=", *PROSE])
    page = cut(text, "text/plain")
    assert [f.text for f in page.facts if f.name == "field:title"] == [HEAD[2][6:]]
    assert all(text[f.char_start : f.char_end] == f.value for f in page.facts)
    story = compose("c_1", "north", None, page, label(page, {}))
    assert isinstance(story, Story)
    assert (story.title, story.byline) == ("HARBOUR / PIER (S-ONLY)", "Ann Lindqvist")
    assert story.dateline_place == "Oslo"
    assert "=" not in story.text


def test_an_equation_is_no_head() -> None:
    text = "\n\n".join(["The formula WORK=FORCE times distance was on the wall.", *PROSE])
    page = cut(text, "text/plain")
    assert page.facts == ()
    assert len(page.blocks) == 1 + len(PROSE)
