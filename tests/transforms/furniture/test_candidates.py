"""Candidates: what the rules ask of a block."""

from __future__ import annotations

import pytest

from tests.transforms.made import PROSE, line, page
from transforms.furniture.candidates import Candidate, candidates_of
from transforms.sites import Recurrence
from transforms.text import fingerprint


def _of(text: str) -> Candidate:
    return candidates_of(page(text), {})[0]


def test_one_for_every_block_in_order() -> None:
    given = page("Home", PROSE[0], "Home")
    assert [c.block for c in candidates_of(given, {})] == list(given.blocks)
    assert candidates_of(page(), {}) == []


def test_a_part_of_the_page_keeps_its_neighbours_and_copies() -> None:
    given = page("Home", "Sport", "Tides", "Home")
    found = candidates_of(given, {}, 1, 3)
    assert [(c.block, c.above, c.below) for c in found] == [
        (given.blocks[1], given.blocks[0], given.blocks[2]),
        (given.blocks[2], given.blocks[1], given.blocks[3]),
    ]
    assert [c.index for c in found] == [1, 2]
    assert [c.copies for c in candidates_of(given, {}, 3)] == [2]
    assert candidates_of(given, {}, 3)[0].below is None


def test_copies_are_counted_without_case() -> None:
    found = candidates_of(page("Home", "HOME", "Home.", "Sport"), {})
    assert [c.copies for c in found] == [2, 2, 1, 1]


def test_recurrence_is_that_of_the_profile() -> None:
    mark = fingerprint("12 comments")
    profile = {mark: Recurrence("north", mark, 7, 0.5)}
    found = candidates_of(page("3 comments", "3 remarks"), profile)
    assert [(c.story_count, c.site_share) for c in found] == [(7, 0.5), (1, 0.0)]


def test_a_block_no_profile_knows_stands_on_one_story() -> None:
    assert (_of("Home").story_count, _of("Home").site_share) == (1, 0.0)


def test_words_and_folded_text() -> None:
    found = _of("The  “Pier” isn't CLOSED")
    assert found.words == ["the", "pier", "isn't", "closed"]
    assert found.folded == 'the "pier" isn\'t closed'


@pytest.mark.parametrize(
    ("text", "is_closed"),
    [("It closed.", True), ("“Why?”", True), ("Closed", False), ("So...", False)],
)
def test_is_closed(text: str, is_closed: bool) -> None:
    assert _of(text).is_closed is is_closed


def test_is_credit() -> None:
    assert _of("Bo Ek contributed to this report.").is_credit
    assert not _of("Bo Ek came with a report.").is_credit


def test_long_prose_is_content_to_boilerpipe_and_links_are_not() -> None:
    prose, linked = line(" ".join(PROSE)), line(" ".join(PROSE), link_share=1.0)
    found = candidates_of(page(prose, linked, prose), {})
    assert [c.is_prose_to_boilerpipe for c in found] == [True, False, True]
    assert not _of("Home").is_prose_to_boilerpipe


@pytest.mark.parametrize(
    ("path", "is_listed"),
    [("/ul/li", True), ("/ul/li/p", True), ("/pre", True), ("/link", False), ("/ul", False)],
)
def test_listed(path: str, is_listed: bool) -> None:
    assert Candidate(line("a", path=path), 0.0, 1, 1).is_listed is is_listed
