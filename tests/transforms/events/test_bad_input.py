"""Collections that no archive should have end in sane events, at a cost that grows with them."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from tests.transforms.events.reports import FLOOD_ONE, MINE, ROAD, Corpus, article
from transforms.events import Linked

# Four times the articles: four times the cost where it is linear, sixteen times its square.
TIMES, AT_MOST = 4, 8
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


def of_texts(texts: Sequence[str]) -> Corpus:
    return Corpus(tuple(article(f"{i:05}", text) for i, text in enumerate(texts)))


def cost(corpus: Corpus) -> float:
    """The CPU time of linking, the less of two runs."""

    def once() -> float:
        start = time.process_time()
        corpus.link()
        return time.process_time() - start

    return min(once(), once())


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
    found = of_texts(texts).link()
    assert sizes(found) == [3_000, 1, 1]
    assert max(found.events.column("independent_report_count").to_pylist()) == 1
    assert found.pair_decisions.num_rows < 2 * len(texts)


def test_pages_of_nothing_but_navigation_stay_apart_or_are_copies() -> None:
    """What is joined is nearly one text: no event holds two pages without words in common."""
    texts = menus(500)
    found = of_texts([*texts, *others()]).link()
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
    found = of_texts([FLOOD_ONE, huge, MINE]).link()
    assert sizes(found) == [1, 1, 1]


def test_one_word_of_a_megabyte_is_read_in_time() -> None:
    found = of_texts([FLOOD_ONE, "x" * 1_000_000]).link()
    assert sizes(found) == [1, 1]


def test_an_event_of_many_reports_is_one_event() -> None:
    texts = [*flood_reports(400), *others()]
    found = of_texts(texts).link()
    assert sizes(found) == [400, 1, 1]


def invented(count: int, seed: int) -> list[str]:
    """So many texts without a name, a number or a word in common."""
    rng = random.Random(seed)
    letters = "bdfgklmnprstv"
    return [
        " ".join(
            "".join(rng.choice(letters) + rng.choice("aeiou") for _ in range(3)) for _ in range(60)
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_articles_without_names_or_days_are_not_joined_by_that(seed: int) -> None:
    assert sizes(of_texts(invented(100, seed)).link()) == [1] * 100


def menus(count: int) -> list[str]:
    """So many pages of nothing but navigation."""
    rng = random.Random(3)
    return [" ".join(rng.choices(NAVIGATION, k=rng.randint(20, 60))) for _ in range(count)]


def edited(count: int) -> list[str]:
    """One story as so many papers print it, each with a word of its own."""
    words = FLOOD_ONE.split()
    return [" ".join([*words[: i % 40], f"edit{i}", *words[i % 40 :]]) for i in range(count)]


def of_one_site(texts: Sequence[str]) -> Corpus:
    corpus = of_texts(texts)
    return replace(
        corpus, articles=tuple(replace(a, site_id="one.example") for a in corpus.articles)
    )


BAD: Mapping[str, tuple[int, Callable[[int], Corpus]]] = {
    "copies of one page": (400, lambda n: of_texts([FLOOD_ONE] * n)),
    "one story with edits": (200, lambda n: of_texts(edited(n))),
    "nothing but navigation": (100, lambda n: of_texts(menus(n))),
    "reports of one event": (100, lambda n: of_texts(flood_reports(n))),
    "no name, no day": (200, lambda n: of_texts(invented(n, 1))),
    "one site": (140, lambda n: of_one_site([*invented(n // 2, 1), *flood_reports(n // 2)])),
    "one huge article": (20_000, lambda n: of_texts([FLOOD_ONE, " ".join(invented(n // 60, 1))])),
}


@pytest.mark.parametrize("kind", BAD)
def test_cost_grows_with_the_collection_and_not_with_its_square(kind: str) -> None:
    size, make = BAD[kind]
    assert cost(make(TIMES * size)) < AT_MOST * cost(make(size))


def test_all_articles_of_one_site_are_joined_by_what_they_say_alone() -> None:
    apart = Corpus(tuple(article(str(i), t) for i, t in enumerate((FLOOD_ONE, *others()))))
    one_site = replace(
        apart, articles=tuple(replace(a, site_id="one.example") for a in apart.articles)
    )
    assert sizes(one_site.link()) == sizes(apart.link()) == [1, 1, 1]
