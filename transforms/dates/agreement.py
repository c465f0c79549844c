"""Which clues agree: the days on which those of the greatest weight meet."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from transforms.authority import FAR_FUTURE, FAR_PAST
from transforms.dates.clues import Clue
from transforms.dates.days import DAY, Interval


def agreed(found: Sequence[Clue], bounds: Interval = (FAR_PAST, FAR_FUTURE)) -> Interval | None:
    """The days on which the clues of the greatest weight agree; None where there is no clue.

    Of a group's alternatives one counts. Where several stretches have as much for them, nothing
    tells which it is: the days from the first to the last.
    """
    groups: dict[str, list[Clue]] = {}
    for clue in found:
        groups.setdefault(clue.group, []).append(clue)
    if not groups:
        return None
    edges = {bounds[0]} | {c.start for c in found if bounds[0] <= c.start <= bounds[1]}
    edges |= {c.end + DAY for c in found if bounds[0] <= c.end < bounds[1]}
    marks = sorted(edges)
    weights = _weights(marks, groups.values())
    best, best_weight = None, 0.0
    for index, (first, weight) in enumerate(zip(marks, weights, strict=True)):
        last = marks[index + 1] - DAY if index + 1 < len(marks) else bounds[1]
        if weight > best_weight + 1e-9:
            best, best_weight = (first, last), weight
        elif best and abs(weight - best_weight) <= 1e-9:
            best = (best[0], last)
    return best


def _weights(marks: Sequence[dt.date], groups: Iterable[Sequence[Clue]]) -> list[float]:
    """The weight of the groups that allow each stretch, mark by mark."""
    total = [0.0] * len(marks)
    for group in groups:
        best: dict[int, float] = {}
        for clue in group:
            for index in range(bisect_left(marks, clue.start), bisect_right(marks, clue.end)):
                best[index] = max(best.get(index, 0.0), clue.weight)
        for index, weight in best.items():
            total[index] += weight
    return total


def verdict(clue: Clue, final: Interval, found: Sequence[Clue] = ()) -> tuple[bool, str]:
    """Whether the clue holds for the days that were found, and why.

    `found` are all clues: a reason against one names those that speak for the days.
    """
    days = f"{final[0]} to {final[1]}" if final[0] != final[1] else f"{final[0]}"
    if clue.start <= final[0] and final[1] <= clue.end:
        return True, "agrees with the most clues"
    if clue.end < final[0] or clue.start > final[1]:
        return False, f"cannot be of {days}, on which {_supporters(final, found)} agree"
    return False, f"allows only some of {days}"


def _supporters(final: Interval, found: Sequence[Clue]) -> str:
    """The clues that allow the days, those that say most first: at most two are named."""
    supporting = [c for c in found if c.start <= final[0] and final[1] <= c.end and c.verbatim]
    supporting.sort(key=lambda c: (c.end - c.start, c.block_index, c.char_start))
    named = [f'"{c.verbatim}" ({c.method})' for c in supporting[:2]]
    more = len(supporting) - len(named)
    return (", ".join(named) + (f" and {more} more" if more else "")) or "other clues"
