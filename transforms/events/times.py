"""Times: the weekdays, months and years that an opening prints, whatever their day may be.

They speak where no publication date is known and no bracket can be drawn: reports of one event
print the same ones, and reports of two like events often others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from transforms.english import MONTHS, WEEKDAYS
from transforms.ranges import Ints
from transforms.terms import stem

Floats = npt.NDArray[np.float64]
# One article's times, a bit each: 7 weekdays, 12 months, and years by their rest, so that only
# years half a lifetime apart share a bit.
Bits = npt.NDArray[np.uint64]
# These are other words too: months only beside a number of a day or a year.
AMBIGUOUS = frozenset(("march", "mar", "may", "jan", "jun"))
FIRST_MONTH, FIRST_YEAR = len(WEEKDAYS), len(WEEKDAYS) + len(MONTHS)
YEAR_BITS = 64 - FIRST_YEAR
KINDS = tuple(
    np.uint64((1 << end) - (1 << start))
    for start, end in ((0, FIRST_MONTH), (FIRST_MONTH, FIRST_YEAR), (FIRST_YEAR, 64))
)
YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")


def printed(owners: Ints, codes: Ints, count: int, labels: Sequence[str]) -> Bits:
    """The times among the words of `count` openings: word i is labels[codes[i]] of owners[i]."""
    bits = np.array([_bit(label) for label in labels], np.uint64)[codes]
    is_doubtful = np.array([label in AMBIGUOUS for label in labels], np.bool_)[codes]
    is_number = np.array([_is_number(label) for label in labels], np.bool_)[codes]
    beside = np.zeros(len(codes), np.bool_)
    beside[1:] |= is_number[:-1] & (owners[1:] == owners[:-1])
    beside[:-1] |= is_number[1:] & (owners[1:] == owners[:-1])
    bits[is_doubtful & ~beside] = 0
    found = np.zeros(count, np.uint64)
    told = np.flatnonzero(bits)
    np.bitwise_or.at(found, owners[told], bits[told])
    return found


def agreements(times: Bits, left: Ints, right: Ints) -> Floats:
    """Of weekdays, months and years the share in which two articles print a same one."""
    shared = times[left] & times[right]
    return np.asarray(np.mean([(shared & kind) != 0 for kind in KINDS], axis=0))


def conflicts(times: Bits, left: Ints, right: Ints) -> Floats:
    """Of weekdays, months and years the share in which both print some and none the same."""
    one, other = times[left], times[right]
    apart = [(one & k != 0) & (other & k != 0) & (one & other & k == 0) for k in KINDS]
    return np.asarray(np.mean(apart, axis=0))


def _is_number(label: str) -> bool:
    return bool(DAY.fullmatch(label) or YEAR.fullmatch(label))


def _bit(label: str) -> int:
    if YEAR.fullmatch(label):
        return 1 << (FIRST_YEAR + int(label) % YEAR_BITS)
    place = PLACES.get(label)
    return 0 if place is None else 1 << place


def _places() -> Mapping[str, int]:
    months = {
        stem(form): FIRST_MONTH + i for i, name in enumerate(MONTHS) for form in (name, name[:3])
    }
    weekdays = {stem(name): i for i, name in enumerate(WEEKDAYS)}
    return weekdays | months | {stem("sept"): months["sep"]}


PLACES = _places()
