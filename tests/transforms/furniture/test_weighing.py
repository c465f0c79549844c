"""Every rule by which the learned chances set a verdict right, with a near miss."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.made import line
from transforms.furniture.candidates import Candidate, Verdict
from transforms.furniture.weighing import in_lists, weigh, weighed

OPEN = "Ropes and lanterns"
CLOSED = "Ropes were sold."


def _candidate(text: str = OPEN, **setting: Any) -> Candidate:
    return Candidate(line(text, **{"path": "/p", **setting}), 0.25, 1, 1)


def _weighed(
    label: str,
    rule: str,
    *,
    kept: bool = True,
    chance: float = 0.6,
    listed: bool = False,
    text: str = OPEN,
    level: int = 0,
    **setting: Any,
) -> str:
    given = _candidate(text, heading_level=level, **setting)
    found = weighed(Verdict(label, rule, 0.25), given, kept, chance, listed)
    assert found.site_share == 0.25
    return f"{found.label} {found.rule}"


@pytest.mark.parametrize(
    ("label", "rule"), [("body", "prose"), ("body", "short_sentence"), ("crosshead", "short_line")]
)
def test_story_of_the_rules_that_is_not_kept(label: str, rule: str) -> None:
    assert _weighed(label, rule, kept=False) == "furniture unlikely_story"
    assert _weighed(label, rule) == f"{label} {rule}"


@pytest.mark.parametrize("label", ["title", "byline", "caption", "credit", "dateline"])
def test_newsroom_names_need_not_be_kept(label: str) -> None:
    assert _weighed(label, "by_form", kept=False) == f"{label} by_form"
    assert _weighed(label, "by_form") == f"{label} by_form"


@pytest.mark.parametrize("rule", ["after_story", "no_story", "recurs_on_page"])
def test_rules_on_the_place_of_a_block_are_overruled(rule: str) -> None:
    assert _weighed("furniture", rule, text=CLOSED) == "body likely_story"
    assert _weighed("furniture", rule, text=CLOSED, kept=False) == f"furniture {rule}"


def test_story_repeats_nothing() -> None:
    given = Verdict("furniture", "recurs_on_page", 0.0, repeats=3)
    assert weighed(given, _candidate(CLOSED), True, 0.6, False).repeats is None
    assert weighed(given, _candidate(CLOSED), False, 0.6, False).repeats == 3


@pytest.mark.parametrize("rule", ["recurs_on_site", "page_control", "site_stamp", "no_letters"])
def test_rules_on_its_words_are_not(rule: str) -> None:
    assert _weighed("furniture", rule, chance=1.0) == f"furniture {rule}"


@pytest.mark.parametrize("rule", ["open_line", "beside_head", "deck"])
def test_points_of_lists_are_story(rule: str) -> None:
    assert _weighed("caption", rule, listed=True) == "body likely_story"
    assert _weighed("caption", rule) == f"caption {rule}"


def test_links_are_story_only_where_elements_have_names() -> None:
    assert _weighed("furniture", "links", chance=1.0, listed=True) == "furniture links"
    assert _weighed("furniture", "links", chance=0.5, hints="entry") == "body likely_story"
    assert _weighed("furniture", "links", hints="entry", kept=False) == "furniture links"


def test_figures_are_cells_and_signs_are_not() -> None:
    assert _weighed("furniture", "no_letters", text="1,300") == "body likely_story"
    assert _weighed("furniture", "no_letters", text="* * *") == "furniture no_letters"


def test_story_above_the_heaviest_prose_is_likely_story() -> None:
    assert _weighed("furniture", "before_story", chance=0.6) == "body likely_story"
    assert _weighed("furniture", "before_story", chance=0.59) == "furniture before_story"


def test_a_label_beside_the_head_is_story_where_it_is_kept() -> None:
    assert _weighed("furniture", "beside_head") == "body likely_story"
    assert _weighed("furniture", "beside_head", kept=False) == "furniture beside_head"


NINE = "Ministers leave the old hall after talks on Monday"


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        (NINE, True),
        (NINE.replace("on ", ""), False),  # eight words
        (f"“{NINE}”", True),
        (f"3. {NINE}", False),
        (f"- {NINE}", False),
        (f"{NINE}: pictures", False),
        (f"{NINE}?", False),
    ],
)
def test_in_plain_text_headings_and_points_are_told_from_captions(
    text: str, is_caption: bool
) -> None:
    for rule in ("open_line", "beside_head"):
        expected = f"caption {rule}" if is_caption else "body likely_story"
        assert _weighed("caption", rule, text=text, path="") == expected
        assert _weighed("caption", rule, text=text) == f"caption {rule}"
    assert _weighed("caption", "caption_credit", text="ropes", path="") == "caption caption_credit"


def test_an_open_heading_becomes_a_crosshead() -> None:
    assert _weighed("furniture", "after_story", level=2) == "crosshead likely_story"
    assert _weighed("furniture", "after_story", level=2, text=CLOSED) == "body likely_story"
    assert _weighed("furniture", "after_story") == "body likely_story"


# Points of lists ------------------------------------------------------------------------------


def _listed(*given: tuple[str, Candidate]) -> list[bool]:
    return in_lists([Verdict("caption", rule, 0.0) for rule, _ in given], [c for _, c in given])


def test_open_lines_beside_each_other_are_a_list() -> None:
    point, prose = ("open_line", _candidate()), ("prose", _candidate(CLOSED))
    assert _listed(prose, point, point, prose) == [False, True, True, False]
    assert _listed(prose, ("short_line", _candidate()), point) == [False, True, True]
    assert _listed(point, prose, point) == [False, False, False]


def test_headings_beside_each_other_are_none() -> None:
    head = ("open_line", _candidate(heading_level=3))
    assert _listed(head, head) == [False, False]


@pytest.mark.parametrize("path", ["/ul/li", "/ol/li/p", "/dl/dt", "/dd", "/pre"])
def test_elements_of_lists(path: str) -> None:
    assert _listed(("open_line", _candidate(path=path))) == [True]


@pytest.mark.parametrize("path", ["/link", "/div/p", "/ddx/p", ""])
def test_other_elements_are_none(path: str) -> None:
    assert _listed(("open_line", _candidate(path=path))) == [False]


@pytest.mark.parametrize(
    ("above", "is_listed"),
    [("On sale:", True), ("ropes;", True), ("On sale.", False), ("a,", False)],
)
def test_a_colon_above_opens_a_list(above: str, is_listed: bool) -> None:
    found = _listed(("prose", _candidate(above)), ("open_line", _candidate()))
    assert found == [False, is_listed]


def test_only_open_lines_are_points() -> None:
    assert _listed(("prose", _candidate(path="/ul/li"))) == [False]


@pytest.mark.parametrize(
    ("setting", "is_listed"),
    [
        ({"hints": "row"}, True),
        ({"hints": ""}, False),
        ({"hints": "row", "heading_level": 2}, False),
        ({"hints": "row", "is_emphasised": True}, False),
        ({"hints": "row image-box"}, False),
        ({"hints": "mr-cap row"}, False),
        ({"hints": "capital row"}, True),
        ({"hints": "row", "path": "/figure/div"}, False),
        ({"hints": "row", "path": "/table/tr/td"}, False),
    ],
)
def test_named_elements_without_marks_of_a_caption(
    setting: dict[str, Any], is_listed: bool
) -> None:
    assert _listed(("open_line", _candidate(**setting))) == [is_listed]


def test_no_blocks() -> None:
    assert _listed() == []


# Paragraphs behind paragraphs ------------------------------------------------------------------


def _weigh(*chances: float, more: int = 0) -> list[str]:
    """The labels of paragraphs, kept from even chances on, with `more` kept ones behind."""
    given = [*chances, *[0.9] * more]
    verdicts = [Verdict("body", "prose", 0.0)] * len(given)
    candidates = [_candidate(CLOSED)] * len(given)
    kept, repeats = [c >= 0.5 for c in given], [None] * len(given)
    return [v.label for v in weigh(verdicts, candidates, kept, given, repeats)]


def test_a_paragraph_behind_one_of_a_short_story_is_of_it() -> None:
    assert _weigh(0.9, 0.2, 0.2) == ["body"] * 3
    assert _weigh(0.9, 0.19, 0.2) == ["body", "furniture", "furniture"]
    assert _weigh(0.2, 0.9) == ["furniture", "body"]
    assert _weigh(0.9, 0.2, more=24)[1] == "body"
    assert _weigh(0.9, 0.2, more=25)[1] == "furniture"


def test_other_lines_behind_a_paragraph_must_be_kept_themselves() -> None:
    verdicts = [Verdict("body", "prose", 0.0), Verdict("body", "short_sentence", 0.0)]
    found = weigh(verdicts, [_candidate(CLOSED)] * 2, [True, False], [0.9, 0.4], [None, None])
    assert [v.label for v in found] == ["body", "furniture"]


def test_a_repeat_behind_a_paragraph_is_not_of_the_story() -> None:
    verdicts, candidates = [Verdict("body", "prose", 0.0)] * 2, [_candidate(CLOSED)] * 2
    found = weigh(verdicts, candidates, [True, False], [0.9, 0.9], [None, 0])
    assert [v.label for v in found] == ["body", "furniture"]
