"""Openings that print the same weekday, month or year speak for one event, others against."""

from __future__ import annotations

import numpy as np
import pytest

from transforms.events import times
from transforms.terms import stems


def compared(one: str, other: str) -> tuple[float, float]:
    """Agreement and conflict of two openings, in thirds."""
    words = [stems(one), stems(other)]
    labels = sorted({word for text in words for word in text})
    codes = np.array([labels.index(word) for text in words for word in text], np.int64)
    owners = np.repeat(np.arange(2), [len(text) for text in words])
    found = times.printed(owners, codes, 2, labels)
    left, right = np.array([0]), np.array([1])
    pair = (times.agreements(found, left, right)[0], times.conflicts(found, left, right)[0])
    return round(pair[0] * 3), round(pair[1] * 3)


@pytest.mark.parametrize(
    ("one", "other", "agreed", "apart"),
    [
        ("On Monday, 3 June 1996", "Signed Monday; June 1996", 3, 0),
        ("On Monday, 3 June 1996", "They met on Tuesday in July 1997", 0, 3),
        ("Talks in Dec. 1996", "The December talks of 2001", 1, 1),
        ("It ended on Friday and Saturday", "Saturday evening", 1, 0),
        ("It ended on Friday", "It ended", 0, 0),
        # Other words where no number stands beside them.
        ("The march may begin", "They may march on", 0, 0),
        ("On 4 May 1997", "They may talk", 0, 0),
        ("On 4 May", "May 5th", 1, 0),
        ("Some 1996 men", "Some 2996 men", 0, 0),
    ],
)
def test_times_of_two_openings(one: str, other: str, agreed: int, apart: int) -> None:
    assert compared(one, other) == (agreed, apart)
    assert compared(other, one) == (agreed, apart)


def test_the_end_of_one_article_is_not_beside_the_start_of_the_next() -> None:
    labels = ["12", "may"]
    owners, codes = np.array([0, 1]), np.array([0, 1])
    assert times.printed(owners, codes, 2, labels).tolist() == [0, 0]


def test_without_words_there_are_no_times() -> None:
    nothing = np.zeros(0, np.int64)
    assert times.printed(nothing, nothing, 2, []).tolist() == [0, 0]
