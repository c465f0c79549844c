"""Ranges: many stretches of arrays at once, and long work cut into parts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def spread(starts: Ints, counts: Ints) -> Ints:
    """starts[0], starts[0] + 1 and so on, counts[0] numbers, then those from starts[1]."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    offsets = np.repeat(starts - (ends - counts), counts)
    return np.asarray(np.arange(total, dtype=np.int64) + offsets)


def stretches(bounds: Ints, limit: int) -> Iterator[tuple[int, int]]:
    """First and one past the last item of parts of about `limit`; item i ends at bounds[i + 1]."""
    cuts = np.flatnonzero(np.diff((bounds[1:] - 1) // limit)) + 1
    edges = [0, *cuts.tolist(), len(bounds) - 1]
    return ((a, b) for a, b in pairwise(edges) if a < b)


def parts(owners: Ints, costs: Ints, limit: int) -> Iterator[slice]:
    """Parts of entries sorted by owner, of about that cost, no owner in two."""
    if not len(owners):
        return
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    bounds = np.append(0, np.cumsum(np.add.reduceat(costs, firsts)))
    edges = np.append(firsts, len(owners)).tolist()
    for first, last in stretches(bounds, limit):
        yield slice(edges[first], edges[last])
