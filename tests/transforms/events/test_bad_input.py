"""Collections that no archive should have end in sane events, in bounded time."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.transforms.events.reports import FLOOD_ONE, MINE, ROAD, Corpus, article
from transforms.events import Linked

SECONDS = 20  # far above what is needed, far below what the square of the size would take
NAVIGATION = "home news sport weather travel archive contact shop letters games video radio".split()
SAID = (
    "Rescuers reached the Hansa quarter of Orstad by boat",
    "The Welna stood two metres above its banks at Orstad",
    "Mayor Inga Brevik asked the army for sandbags",
    "Soldiers closed the Kolby embankment with sandbags",
    "Patients of the Orstad hospital were taken away by bus",
    "Brevik said nobody had seen the Welna rise so fast",
    "Schools in Orstad stay closed until the Welna falls",
    "Fourteen people of Orstad drowned in the night",
    "Trains from Orstad to Dorvik were stopped",
    "The Kolby embankment had been repaired only last year",
)
FILLER = (
    "the evening people waited long for news and many families slept with friends nearby while "
    "helpers handed out bread and hot soup to those who had lost all they owned"
).split()


def linked(corpus: Corpus) -> Linked:
    """The events of the corpus, found in time."""
    start = time.process_time()
    found = corpus.link()
    assert time.process_time() - start < SECONDS
    return found


def sizes(found: Linked) -> list[int]:
    """Reports of each event, the largest event first."""
    return sorted(found.events.column("report_count").to_pylist(), reverse=True)


def flood_reports(count: int, seed: int = 7) -> list[str]:
    """So many reports of one flood, none a copy of another."""
    rng = random.Random(seed)
    return [
        ". ".join(f"{said} {' '.join(rng.sample(FILLER, 12))}" for said in rng.sample(SAID, 7))
        for _ in range(count)
    ]


def others() -> Sequence[str]:
    return (MINE, ROAD)


def test_thousands_of_copies_of_one_page_are_one_event() -> None:
    texts = [FLOOD_ONE] * 3_000 + [*others()]
    found = linked(Corpus(tuple(article(f"{i:05}", t) for i, t in enumerate(texts))))
    assert sizes(found) == [3_000, 1, 1]
    assert max(found.events.column("independent_report_count").to_pylist()) == 1
    assert found.pair_decisions.num_rows < 2 * len(texts)


def test_pages_of_nothing_but_navigation_stay_apart_or_are_copies() -> None:
    """What is joined is nearly one text: no event holds two pages without words in common."""
    rng = random.Random(3)
    texts = [" ".join(rng.choices(NAVIGATION, k=rng.randint(20, 60))) for _ in range(500)]
    found = linked(Corpus(tuple(article(f"{i:05}", t) for i, t in enumerate([*texts, *others()]))))
    event_of = dict(
        zip(
            found.event_reports.column("article_id").to_pylist(),
            found.event_reports.column("event_id").to_pylist(),
            strict=True,
        )
    )
    assert len({event_of["a_00500"], event_of["a_00501"]}) == 2
    assert Counter(event_of.values())[event_of["a_00500"]] == 1


def test_one_huge_article_changes_nothing_for_the_others() -> None:
    rng = random.Random(5)
    huge = " ".join(f"w{rng.randrange(50_000)}" for _ in range(150_000))  # a megabyte
    found = linked(Corpus((article("1", FLOOD_ONE), article("2", huge), article("3", MINE))))
    assert sizes(found) == [1, 1, 1]


def test_one_word_of_a_megabyte_is_read_in_time() -> None:
    found = linked(Corpus((article("1", FLOOD_ONE), article("2", "x" * 1_000_000))))
    assert sizes(found) == [1, 1]


def test_an_event_of_many_reports_is_one_event() -> None:
    texts = [*flood_reports(400), *others()]
    found = linked(Corpus(tuple(article(f"{i:05}", t) for i, t in enumerate(texts))))
    assert sizes(found) == [400, 1, 1]


@pytest.mark.parametrize("seed", [1, 2])
def test_articles_without_names_or_days_are_not_joined_by_that(seed: int) -> None:
    rng = random.Random(seed)
    letters = "bdfgklmnprstv"
    texts = [
        " ".join(
            "".join(rng.choice(letters) + rng.choice("aeiou") for _ in range(3)) for _ in range(60)
        )
        for _ in range(100)
    ]
    found = linked(Corpus(tuple(article(f"{i:03}", t) for i, t in enumerate(texts))))
    assert sizes(found) == [1] * 100


def test_all_articles_of_one_site_are_joined_by_what_they_say_alone() -> None:
    apart = Corpus(tuple(article(str(i), t) for i, t in enumerate((FLOOD_ONE, *others()))))
    one_site = replace(
        apart, articles=tuple(replace(a, site_id="one.example") for a in apart.articles)
    )
    assert sizes(linked(one_site)) == sizes(linked(apart)) == [1, 1, 1]
