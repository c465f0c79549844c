"""Days of events: the bracket of each article, and how two brackets bear on each other."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.authority import FAR_FUTURE, FAR_PAST
from transforms.ranges import Ints

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rules:
    """How days speak for and against one event."""

    # A story is on what happened in the days before it was printed.
    reported_within_days: int = 3
    # Brackets are off by a day or two, and papers return to an event for weeks: of the dated pairs
    # of one event in ECB+ one in fifty lies weeks apart. So the first days between two brackets
    # speak most, further ones less and less; a year apart it is another event.
    apart_days: int = 365
    # Two brackets that span a season together say nothing for one event.
    telling_days: int = 60
    # Papers of one event come out on one day or the next.
    issue_days: int = 4


@dataclass(frozen=True, slots=True)
class Bracket:
    """First and last day, both inclusive; the far past and future where open."""

    start: dt.date
    end: dt.date

    @property
    def is_closed(self) -> bool:
        """Whether both days are known."""
        return self.start != FAR_PAST and self.end != FAR_FUTURE


def bracket(
    start: dt.date | None,
    end: dt.date | None,
    published_at: dt.datetime | None,
    rules: Rules | None = None,
) -> Bracket | None:
    """The days the event of an article can have taken place; None where nothing is known."""
    rules = rules or Rules()
    if start or end:
        return Bracket(start or FAR_PAST, end or FAR_FUTURE)
    if published_at:
        last = published_at.date()
        return Bracket(last - dt.timedelta(days=rules.reported_within_days), last)
    return None


@dataclass(frozen=True, slots=True)
class Brackets:
    """The brackets and days of publication of many articles, as day numbers.

    `is_known` and `is_closed` as of `Bracket`; `published` is 0 where unknown.
    """

    starts: Ints
    ends: Ints
    is_known: Flags
    is_closed: Flags
    published: Ints


def spans(
    brackets: Sequence[Bracket | None], published: Sequence[dt.datetime | None] | None = None
) -> Brackets:
    """The brackets as arrays; an unknown one is the whole of time, an unknown publication 0."""
    printed = published or [None] * len(brackets)
    starts = [b.start.toordinal() if b else FAR_PAST.toordinal() for b in brackets]
    ends = [b.end.toordinal() if b else FAR_FUTURE.toordinal() for b in brackets]
    return Brackets(
        np.array(starts, np.int64),
        np.array(ends, np.int64),
        np.array([b is not None for b in brackets], np.bool_),
        np.array([b is not None and b.is_closed for b in brackets], np.bool_),
        np.array([p.date().toordinal() if p else 0 for p in printed], np.int64),
    )


def compatibilities(of: Brackets, left: Ints, right: Ints, rules: Rules | None = None) -> Floats:
    """1 where the brackets meet or one is unknown, less the longer the time between, down to 0.

    One value a pair (left[i], right[i]).
    """
    rules = rules or Rules()
    gap = np.maximum(of.starts[left], of.starts[right]) - np.minimum(of.ends[left], of.ends[right])
    nearness = 1 - np.log1p(np.maximum(gap, 0)) / math.log1p(rules.apart_days)
    near = np.round(np.maximum(0.0, nearness), 4)
    return np.asarray(np.where(of.is_known[left] & of.is_known[right], near, 1.0))


def agreements(of: Brackets, left: Ints, right: Ints, rules: Rules | None = None) -> Floats:
    """1 where both are the same one day, less the wider they are together, 0 where apart.

    One value a pair (left[i], right[i]).
    """
    rules = rules or Rules()
    first, last = (
        np.minimum(of.starts[left], of.starts[right]),
        np.maximum(of.ends[left], of.ends[right]),
    )
    wide = np.log(last - first + 1) / math.log(rules.telling_days)
    meets = np.maximum(of.starts[left], of.starts[right]) <= np.minimum(
        of.ends[left], of.ends[right]
    )
    telling = meets & of.is_closed[left] & of.is_closed[right]
    return np.asarray(np.where(telling, np.round(np.maximum(0.0, 1 - wide), 4), 0.0))


def publications(of: Brackets, left: Ints, right: Ints, rules: Rules | None = None) -> Floats:
    """1 where both were published on one day, less with every day between; 0 where unknown.

    One value a pair (left[i], right[i]).
    """
    rules = rules or Rules()
    gap = np.abs(of.published[left] - of.published[right])
    is_known = (of.published[left] > 0) & (of.published[right] > 0)
    near = np.maximum(0.0, 1 - gap / rules.issue_days)
    return np.asarray(np.where(is_known, np.round(near, 4), 0.0))


def are_told(of: Brackets, left: Ints, right: Ints) -> Flags:
    """Whether both articles have a day of publication, or both a closed bracket."""
    is_printed = (of.published[left] > 0) & (of.published[right] > 0)
    return np.asarray(is_printed | (of.is_closed[left] & of.is_closed[right]))


def are_apart(of: Brackets, left: Ints, right: Ints) -> Flags:
    """Whether both were published on days that differ, or else their brackets do not meet."""
    is_printed = (of.published[left] > 0) & (of.published[right] > 0)
    is_other = of.published[left] != of.published[right]
    is_after = np.maximum(of.starts[left], of.starts[right]) > np.minimum(
        of.ends[left], of.ends[right]
    )
    return np.asarray(np.where(is_printed, is_other, is_after))
