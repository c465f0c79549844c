"""The place a dateline names, told from the other places of the story."""

from __future__ import annotations

import pytest

from flows.settings import SEEDS
from flows.sources import read_authority
from transforms import datelines, ids, names
from transforms.articles import Passage, Story, dateline_place
from transforms.names.lexicon import Lexicon


def _place(text: str, lexicon: Lexicon) -> str | None:
    passages = (Passage(0, "title", "A headline", None), Passage(1, "body", text, 0))
    place = dateline_place(text)
    story = Story("a_1", "c_1", "s", None, None, None, place, "en", text, passages)
    found = names.find(passages, lexicon)
    mentions = names.resolve("a_1", found, passages, (None, None), lexicon)
    return datelines.place_of(story, found, mentions)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("BRUSSELS -- A tram stood still in Moscow.", "brussels"),
        ("MOSCOW, May 3 (Agency) - A tram stood still in Brussels.", "moscow"),
        ("ATLANTIS -- A tram stood still in Brussels.", None),
        ("Brussels has eleven tram lines.", None),
    ],
)
def test_the_dateline_is_the_place_that_opens_the_story(
    text: str, place: str | None, lexicon: Lexicon
) -> None:
    expected = ids.entity_id("place", place) if place else None
    assert _place(text, lexicon) == expected


def test_a_country_that_is_no_more_is_itself_and_not_its_successor() -> None:
    places = {p.place_id: p for p in read_authority([SEEDS]).places}
    countries = [p for p in places.values() if p.place_type in ("country", "former_country")]
    assert all(p.country == p.name for p in countries)
    former = [p.name for p in countries if p.place_type == "former_country"]
    assert {"Soviet Union", "Yugoslavia", "Czechoslovakia"} <= set(former)
    assert not {p.government_id for p in countries if p.place_type == "former_country"} & {
        p.government_id for p in countries if p.place_type == "country" and p.government_id
    }
