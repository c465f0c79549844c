"""Items: pages of several reports yield them all, pages of one story never split."""

from __future__ import annotations

import pytest

from tests.transforms.articles.item_pages import HEADS, HTML, MORE, ONE_STORY, REPORTS, TEXT
from transforms import ids
from transforms.articles import Composed, compose_all
from transforms.blocks import cut
from transforms.furniture import label

GIVEN = frozenset("liz peter jan ann karl olaf".split())


def _told(text: str, media_type: str) -> Composed:
    page = cut(text, media_type)
    verdicts = label(page, {}, ("Reuters",), given_names=GIVEN)
    told = compose_all("c_1", "north", None, page, verdicts, GIVEN)
    assert isinstance(told, Composed)
    return told


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        *(pytest.param(text, "text/html", id=name) for name, text in HTML.items()),
        *(pytest.param(text, "text/plain", id=f"text: {name}") for name, text in TEXT.items()),
    ],
)
def test_each_report_is_a_story_of_its_own(text: str, media_type: str) -> None:
    told = _told(text, media_type)
    stories = [t.story for t in told.told]
    assert [s.item_index for s in stories] == list(range(len(REPORTS)))
    for story, (head, _, body) in zip(stories, REPORTS, strict=True):
        assert body.removesuffix(".") in story.text
        assert sum(other in story.text for _, _, other in REPORTS) == 1
        assert story.title is None or story.title.casefold() == head.casefold()


def test_a_report_has_its_own_byline_and_dateline() -> None:
    signed = _told(HTML["bold heads that open paragraphs, signed"], "text/html")
    assert [t.story.byline for t in signed.told][:2] == ["Liz Holm", "Peter Rask"]
    assert {t.story.byline_method for t in signed.told} == {"closing"}
    below = _told(HTML["a byline below each head"], "text/html")
    assert [t.story.byline for t in below.told][1:3] == ["Peter Rask", "Jan Moe"]
    dated = _told(HTML["headings and datelines"], "text/html")
    assert [t.story.dateline_place for t in dated.told][3:] == ["Bergvik", "Moscow"]


def test_what_is_of_another_report_is_furniture_to_each() -> None:
    told = _told(HTML["a date below each head"], "text/html")
    for number, one in enumerate(told.told):
        own = {i for i, v in enumerate(one.verdicts) if v.label != "furniture"}
        assert own == {i for i, n in enumerate(told.numbers) if n == number}
        assert [v.label for v in one.verdicts].count("dateline") == 1


def test_the_first_report_keeps_the_id_of_its_capture() -> None:
    told = _told(TEXT["numbered"], "text/plain").told
    assert told[0].story.article_id == ids.article_id("c_1") == "a_1"
    assert len({t.story.article_id for t in told}) == len(REPORTS)


@pytest.mark.parametrize("name", ONE_STORY)
def test_a_page_of_one_story_never_splits(name: str) -> None:
    told = _told(ONE_STORY[name], "text/html")
    assert len(told.told) == 1
    assert set(told.numbers) == {None}
    assert told.told[0].story.article_id == "a_1"


def test_related_reports_below_a_story_do_not_split_it() -> None:
    story = "".join(f"<p>{text} {MORE}</p>" for _, _, text in REPORTS * 3)
    below = "".join(f"<h4>{h}</h4><p>OSLO (NP) -- {t}</p>" for h, _, t in REPORTS[:2])
    page = f"<html><body><h1>{HEADS[0]}</h1>{story}{below}</body></html>"
    assert len(_told(page, "text/html").told) == 1


def test_teasers_below_a_story_are_no_reports_of_its_page() -> None:
    (head, place, text), *others = REPORTS
    teasers = "".join(
        f"<h3>{name}</h3><p>March {day}, 1998</p><p>{told}</p><p><a href='/{day}'>Read more</a></p>"
        for day, (name, _, told) in enumerate(others, 3)
    )
    story = f"<h1>{head}</h1><p>{place} -- {text}</p><p>{MORE}</p>" + teasers
    told = _told(
        f"<html><head><title>{head}</title></head><body>{story}</body></html>", "text/html"
    )
    assert len(told.told) == 1
    assert text in told.told[0].story.text


def test_a_hyphen_inside_a_word_is_no_dateline() -> None:
    lines = ("USB-C plugs are on every one of them", "NATO-led troops use it", "CNC-cut in steel")
    page = "".join(f"<p>{line}, and the desk is {MORE.lower()}</p>" for line in lines)
    told = _told(f"<html><body><h1>Desks</h1>{page}</body></html>", "text/html")
    assert len(told.told) == 1
    assert told.told[0].story.dateline_place is None
