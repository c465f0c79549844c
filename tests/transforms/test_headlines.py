"""Headlines: which line above the story is its own."""

from __future__ import annotations

import pytest

from tests.transforms.made import PROSE, line, page, text_page
from transforms.blocks import Page
from transforms.furniture import by_rules

DATELINED = "NORDHAVEN, Norway (NP) -- " + PROSE[0]


def _labels(paper: Page) -> dict[str, str]:
    return {b.text: v.label for b, v in zip(paper.blocks, by_rules(paper, {}), strict=True)}


def test_a_headline_may_end_as_a_sentence() -> None:
    head = "The council closes its northern pier to every ship for good."
    found = _labels(page(line(head, heading_level=2), *PROSE))
    assert found[head] == "title"
    plain = _labels(text_page("\n\n".join([head, DATELINED, *PROSE[1:]])))
    assert plain[head] == "title"
    assert plain[PROSE[1]] == "body"


def test_a_lead_is_no_headline() -> None:
    found = _labels(page("Pier closes", *PROSE))
    assert (found["Pier closes"], found[PROSE[0]]) == ("title", "body")


def test_crumbs_are_no_headline() -> None:
    crumbs = "Home > Harbour > Council closes northern pier"
    found = _labels(page(crumbs, line("Council closes northern pier"), *PROSE))
    assert found["Council closes northern pier"] == "title"
    assert found[crumbs] == "furniture"


def test_the_first_of_a_list_of_headlines_is_the_story_s() -> None:
    heads = ["Council closes northern pier", "Wheat prices rise again", "Pier cafe sold to baker"]
    found = _labels(text_page("\n\n".join(["World news", "* * *", *heads, "May 4, 1999", *PROSE])))
    assert [found[h] for h in heads].count("title") == 1
    assert found[heads[0]] == "title"


def test_an_agency_that_holds_the_copyright_is_no_headline() -> None:
    notice = "Copyright 2002 Northern Wire. All rights reserved."
    found = _labels(page("Northern Wire", *PROSE, notice))
    assert found["Northern Wire"] != "title"


@pytest.mark.parametrize(
    "again", ["Council\u2019s pier closes", "Council's pier closes | Isle Post"]
)
def test_a_headline_printed_again_is_no_paragraph(again: str) -> None:
    found = _labels(page(line("Council's pier closes", heading_level=1), again, *PROSE))
    assert found[again] == "furniture"


def test_a_crosshead_may_stand_in_the_contents_too() -> None:
    contents = ["In this story:", "Ships wait", "Cafe sold"]
    parts = [*PROSE[:2], "Ships wait", *PROSE[2:], "Cafe sold", "The cafe was sold to a baker."]
    paper = page("Council closes northern pier", *contents, *parts)
    labels = [v.label for v in by_rules(paper, {})]
    assert labels[2:4] == ["furniture", "furniture"]
    assert [labels[6], labels[9]] == ["crosshead", "crosshead"]
