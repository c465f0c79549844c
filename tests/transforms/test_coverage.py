"""Coverage counts captures by site and month."""

from __future__ import annotations

from dataclasses import replace

from tests.transforms.made import day, moment
from transforms.coverage import count
from transforms.schema import from_arrow, to_arrow
from transforms.tables import Article, Capture
from transforms.tables import Coverage as Row

CAPTURE = Capture("c_1", "a", "north", None, None, None, None, 1, "00", 1, "rejected")
ARTICLE = Article(
    "a_1", "c_1", "north", None, None, None, None, None, None, None, None, None, None, None, None,
    0, "", "00",
)  # fmt: skip


def _count(captures: list[Capture], articles: list[Article]) -> list[Row]:
    return from_arrow(Row, count(to_arrow(Capture, captures), to_arrow(Article, articles)))


def test_months_come_from_publication_else_from_a_bracket_within_one() -> None:
    captures = [replace(CAPTURE, capture_id=f"c_{n}") for n in range(1, 7)]
    captures.append(replace(CAPTURE, capture_id="c_7", site_id="south"))
    articles = [
        replace(ARTICLE, article_id=f"a_{n}", capture_id=f"c_{n}", **dates)
        for n, dates in {
            1: {"published_at": moment("1999-05-31T23:30:00")},
            2: {"event_date_start": day("1999-05-01"), "event_date_end": day("1999-05-31")},
            3: {"event_date_start": day("1999-05-31"), "event_date_end": day("1999-06-01")},
            4: {"event_date_start": day("1999-05-31")},
            5: {
                "published_at": moment("1999-06-02T00:00:00"),
                "event_date_start": day("1999-05-31"),
                "event_date_end": day("1999-05-31"),
            },
        }.items()
    ]
    assert _count(captures, articles) == [
        Row("north", "1999-05", 2, 2, 0),
        Row("north", "1999-06", 1, 1, 0),
        Row("north", None, 3, 2, 1),  # two brackets beyond one month, one capture without article
        Row("south", None, 1, 0, 1),
    ]


def test_nothing_collected_is_nothing_covered() -> None:
    assert _count([], []) == []


def test_a_page_of_several_stories_counts_once_and_each_of_them() -> None:
    months = ("1999-05-31T10:00:00", "1999-05-30T10:00:00", "1999-06-01T10:00:00")
    articles = [
        replace(ARTICLE, article_id=f"a_{n}", item_index=n, published_at=moment(at))
        for n, at in enumerate(months)
    ]
    assert _count([CAPTURE], articles) == [
        Row("north", "1999-05", 1, 2, 0),
        Row("north", "1999-06", 0, 1, 0),
    ]
