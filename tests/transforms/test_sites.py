"""What recurs on a site is counted by stories, whatever the order of the captures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.made import PROSE, page
from transforms.schema import from_arrow, to_arrow
from transforms.sites import Recurrence, Sighting, profile, sight
from transforms.text import fingerprint
from transforms.versions import Paragraph, stories

STORIES = ["Seven ships left the harbour before dawn.", "The mayor opened a third new bridge."]
SIGHTINGS = st.lists(
    st.builds(
        Sighting, st.just("c_1"), st.sampled_from("AB"), st.integers(1, 3), st.just(0),
        st.integers(-2, 2),
        st.just(0), st.just(0), st.just(0),
    ),
    max_size=25,
)  # fmt: skip
LONG = PROSE[0]
MORE = "Nobody spoke against it in the end, though one man asked who would drink his coffee now."


def _sightings(*pages: tuple[str, ...], site: str = "north", title: str = "") -> list[Sighting]:
    return [s for texts in pages for s in sight(f"c_{texts}", site, page(*texts, title=title))]


def _profile(rows: list[Sighting]) -> list[Recurrence]:
    return from_arrow(Recurrence, profile(to_arrow(Sighting, rows)))


def test_each_block_counts_once_and_paragraphs_are_told_by_their_edges() -> None:
    found = sight("c_1", "north", page("Home", LONG, "HOME", title="Ships"))
    assert [s.fingerprint for s in found] == sorted([fingerprint("Home"), fingerprint(LONG)])
    edges = {s.fingerprint: (s.words, s.opening, s.closing) for s in found}
    assert edges[fingerprint("Home")] == (0, 0, 0)
    assert edges[fingerprint(LONG)] == (
        15,
        fingerprint("The harbour council voted on"),
        fingerprint("northern pier to all ships."),
    )
    assert sight("c_1", "north", page()) == []


def test_a_block_on_two_stories_recurs() -> None:
    rows = _sightings(("Home", STORIES[0]), ("Home", STORIES[1]))
    assert _profile(rows) == [Recurrence("north", fingerprint("Home"), 2, 1.0)]


def test_a_story_captured_twice_is_one_story() -> None:
    assert _profile(_sightings(("Home", STORIES[0]), ("Home", STORIES[0]), ("Links",))) == []


def test_sites_are_counted_apart() -> None:
    rows = [
        *_sightings(("Home", STORIES[0])),
        *_sightings(("Home", STORIES[1]), site="south"),
    ]
    assert _profile(rows) == []


def test_share_is_over_all_stories_of_the_site() -> None:
    other = ("Nothing that recurs here.",)
    rows = _sightings(("Home", STORIES[0]), ("Home", STORIES[1]), other, ("And nothing there.",))
    assert [(r.story_count, r.site_share) for r in _profile(rows)] == [(2, 0.5)]


def test_nothing_seen_is_nothing_recurring() -> None:
    assert profile(to_arrow(Sighting, [])).equals(to_arrow(Recurrence, []))


VERSION = LONG.replace("Tuesday", "Wednesday")
NOTICE = (
    "We and our partners use cookies to recognise visitors and to count the readers of a page. " * 9
)


def test_versions_of_one_story_are_one_story() -> None:
    first, second, third = (LONG, *PROSE[1:]), (VERSION, *PROSE[1:]), (LONG, *PROSE[1:3], MORE)
    assert _profile(_sightings(first, second, third)) == []


def test_a_site_captured_again_and_again_still_has_its_furniture() -> None:
    rows = _sightings(
        *(("Home", f"Visit {n}", LONG) for n in range(9)),
        *(("Home", f"Visit {n}", MORE) for n in range(9)),
    )
    # The number of a visit is no word, so these lines are all one block.
    known = {fingerprint("Home"), fingerprint("Visit 1")}
    assert {(r.fingerprint, r.story_count) for r in _profile(rows)} == {(k, 2) for k in known}


@pytest.mark.parametrize("count", [3, 5])
def test_a_long_notice_on_every_page_makes_them_no_one_story(count: int) -> None:
    rows = [
        s
        for n, told in enumerate([*PROSE, MORE][:count])
        for s in _sightings(
            (told, told[::-1] + " and so on.", NOTICE), title=f"Story {PROSE[n % 4]}"
        )
    ]
    assert [r.fingerprint for r in _profile(rows)] == [fingerprint(NOTICE)]


def test_a_story_under_many_headlines_is_one_story() -> None:
    titles = ["Pier closes", "Pier is closed", "Old pier shut", "Council shuts pier", "No pier"]
    rows = [s for t in titles for s in _sightings((t, *PROSE, "Home"), title=t)]
    assert _profile(rows) == []
    other = _sightings((MORE, "Home"), title="Coffee")
    assert [r.fingerprint for r in _profile([*rows, *other])] == [fingerprint("Home")]


@settings(max_examples=25, deadline=None)
@given(SIGHTINGS, st.randoms(use_true_random=False))
def test_profile_is_a_count_in_any_order(rows: list[Sighting], chance: object) -> None:
    expected = []
    for site in "AB":
        pages = {r.page for r in rows if r.site_id == site}
        for mark in range(-2, 3):
            held = {r.page for r in rows if (r.site_id, r.fingerprint) == (site, mark)}
            if len(held) > 1:
                expected.append(Recurrence(site, mark, len(held), len(held) / len(pages)))
    shuffled = [*rows]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _profile(shuffled) == expected


def test_stories_do_not_hang_on_the_order_of_pages() -> None:
    one, other = Paragraph(1, 30, 5, 6), Paragraph(2, 30, 7, 8)
    pages = {10: [one], 11: [one, other], 12: [other], 13: [Paragraph(1, 9, 50, 60)]}
    told = stories(pages)
    assert told == {10: 11, 11: 11, 12: 11, 13: 13}
    assert stories(dict(reversed(pages.items()))) == told
