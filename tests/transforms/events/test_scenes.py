"""Towns that reports open in, and texts made anew for another occasion."""

from __future__ import annotations

import pytest

from tests.transforms.events.reports import Corpus, article
from tests.transforms.events.test_events import decided, groups
from transforms.events import scenes
from transforms.schema import to_arrow
from transforms.tables import Article, Entity, Mention

BOMB = (
    "{town} - A bomb went off in front of the {place} on Monday morning and broke {what}. Nobody "
    "was hurt.\n\nPolice commissioner {who} said that the device had been left in a {thing}. The "
    "street was closed until the evening, and a dog found nothing else.\n\nIt was the {which} "
    "attack of this kind this year."
)
ONE = BOMB.format(
    town="ORSTAD", place="town hall", what="forty windows", who="Arne Holt", thing="milk can",
    which="first",
)  # fmt: skip
OTHER = BOMB.format(
    town="MARNES", place="railway station", what="a clock", who="Nils Ravn", thing="suitcase",
    which="third",
)  # fmt: skip
WEATHER = (
    "Rain will move in from the west on {day} and reach the coast by noon. Winds of {wind} knots "
    "are expected off the islands, with waves of up to {wave} metres.\n\nTemperatures will lie "
    "between {low} and {high} degrees. Inland it stays dry until evening, and fog may form in the "
    "valleys during the night. Ferries sail as usual, the weather office said."
)


def test_towns_that_only_one_of_two_reports_names_speak_against_one_event() -> None:
    def pair(text: str, place: str) -> dict:
        day = ("1998-02-09", "1998-02-09")
        other = article("2", text, place=place, days=day)
        linked = Corpus((article("1", ONE, place="Orstad", days=day), other)).link()
        return decided(linked, "a_1", "a_2")

    apart, same = pair(OTHER, "Marnes"), pair(OTHER.replace("MARNES", "ORSTAD"), "Orstad")
    assert (apart["place_conflict"], same["place_conflict"]) == (1, 0)
    assert same["place_agreement"] > apart["place_agreement"] == 0
    assert apart["score"] < same["score"]


def test_reports_filed_from_two_towns_that_name_each_other_are_in_no_conflict() -> None:
    other = OTHER + " It followed one in Orstad, where the mayor of Marnes was born."
    here = ONE + " The mayor of Marnes sent help."
    linked = Corpus(
        (article("1", here, place="Orstad"), article("2", other, place="Marnes"))
    ).link()
    assert decided(linked, "a_1", "a_2")["place_conflict"] == 0


@pytest.mark.parametrize(
    ("opening", "town"),
    [
        ("A ferry sank off Tunvik on Monday, the coast guard said.", "Tunvik"),
        ("The council met on Tuesday in May, which is rare.", None),
        ("Ministers met.", None),
    ],
)
def test_a_story_without_a_dateline_opens_where_its_first_sentences_say(
    opening: str, town: str | None
) -> None:
    nothing = to_arrow(Mention, []), to_arrow(Entity, [])
    found = scenes.towns(to_arrow(Article, [article("1", opening)]), *nothing)
    assert found == (town,)


def weather(mark: str, published: str, *values: object) -> Article:
    names = ("day", "wind", "wave", "low", "high")
    text = WEATHER.format(**dict(zip(names, values, strict=True)))
    return article(mark, text, "The weather on the coast", site="bay.example", published=published)


def test_the_weather_of_two_weeks_is_no_copy_and_no_event() -> None:
    linked = Corpus(
        (
            weather("1", "1998-02-09", "Tuesday", 25, 3, 4, 9),
            weather("2", "1998-02-16", "Tuesday", 35, 5, 1, 6),
            weather("3", "1998-02-23", "Thursday", 15, 2, 7, 12),
        )
    ).link()
    assert groups(linked) == [["a_1"], ["a_2"], ["a_3"]]
    pair = decided(linked, "a_1", "a_2")
    assert pair["relation"] == "different"
    assert "one wording with other days and numbers" in pair["reason"]


def test_a_wire_story_whose_numbers_grow_within_a_day_is_one_report() -> None:
    linked = Corpus(
        (
            weather("1", "1998-02-09", "Tuesday", 25, 3, 4, 9),
            weather("2", "1998-02-09", "Tuesday", 35, 5, 4, 9),
        )
    ).link()
    assert groups(linked) == [["a_1", "a_2"]]


def test_a_reprint_of_the_next_day_with_the_same_numbers_stays_one() -> None:
    linked = Corpus(
        (
            weather("1", "1998-02-09", "Tuesday", 25, 3, 4, 9),
            weather("2", "1998-02-10", "Tuesday", 25, 3, 4, 9),
        )
    ).link()
    assert groups(linked) == [["a_1", "a_2"]]
