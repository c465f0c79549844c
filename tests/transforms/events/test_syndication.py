"""Which printing of a wire story came first, where that can be told."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from transforms.events import syndication


def at(day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(1997, 5, day, hour, minute, tzinfo=dt.UTC)


def told(*times: tuple[dt.datetime | None, str | None]) -> list[bool | None]:
    members = tuple(f"a_{number}" for number in range(len(times)))
    columns = [pa.array(members), *(pa.array(list(c)) for c in zip(*times, strict=True))]
    articles = pa.table(columns, ["article_id", "published_at", "published_precision"])
    spans = syndication.printed(articles)
    return list(syndication.firsts(members, spans).values())


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([(at(14, 9, 1), "minute"), (at(14, 9, 0), "minute")], [False, True]),
        ([(at(14, 9), "minute"), (at(14, 9), "minute")], [None, None]),
        # A day holds all its hours: the morning report may have come before or after.
        ([(at(14), "day"), (at(14, 9), "minute")], [None, None]),
        ([(at(14), "day"), (at(15), "day"), (at(15), "day")], [True, False, False]),
        # Of three, one without a time may have been before all.
        ([(at(14), "day"), (at(16), "day"), (None, None)], [None, False, None]),
        ([(at(14), "day")], [None]),
    ],
)
def test_first_is_who_came_before_all_others(
    times: list[tuple[dt.datetime | None, str | None]], expected: list[bool | None]
) -> None:
    assert told(*times) == expected
