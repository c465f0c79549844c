"""What recurs on a site is counted by stories, whatever the order of the captures."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.made import line
from transforms.schema import from_arrow, table_of, to_arrow
from transforms.sites import Recurrence, Sighting, profile, sight
from transforms.text import fingerprint

STORIES = ["Seven ships left the harbour before dawn.", "The mayor opened a third new bridge."]
SIGHTINGS = st.lists(
    st.builds(Sighting, st.sampled_from("AB"), st.integers(1, 3), st.integers(-2, 2)), max_size=25
)


def _sightings(*pages: tuple[str, ...], site: str = "north") -> list[Sighting]:
    return [s for texts in pages for s in sight(f"c_{texts}", site, [line(t) for t in texts])]


def _profile(rows: list[Sighting]) -> list[Recurrence]:
    return from_arrow(Recurrence, profile(to_arrow(Sighting, rows)))


def test_the_longest_block_names_the_story_and_each_block_counts_once() -> None:
    found = sight("c_1", "north", [line("Home"), line(STORIES[0]), line("HOME")])
    assert {s.story for s in found} == {fingerprint(STORIES[0])}
    assert [s.fingerprint for s in found] == sorted([fingerprint("Home"), fingerprint(STORIES[0])])
    assert sight("c_1", "north", []) == []


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


@settings(max_examples=25, deadline=None)
@given(SIGHTINGS, st.randoms(use_true_random=False))
def test_profile_is_a_count_in_any_order(rows: list[Sighting], chance: object) -> None:
    expected = []
    for site in "AB":
        stories = {r.story for r in rows if r.site_id == site}
        for mark in range(-2, 3):
            held = {r.story for r in rows if (r.site_id, r.fingerprint) == (site, mark)}
            if len(held) > 1:
                expected.append(Recurrence(site, mark, len(held), len(held) / len(stories)))
    shuffled = [*rows]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    columns = [[getattr(r, n) for r in shuffled] for n in ("site_id", "story", "fingerprint")]
    unsorted = pa.Table.from_arrays(
        [
            pa.array(c, t)
            for c, t in zip(columns, (pa.string(), pa.int64(), pa.int64()), strict=True)
        ],
        schema=table_of(Sighting).schema,
    )
    assert from_arrow(Recurrence, profile(unsorted)) == expected
