"""Clusters: from pair probabilities to groups, without merging through a chain of weak links.

Average linkage: two groups join when the mean probability over their pairs is high enough.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transforms.events.families import Groups

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """When two groups are one event."""

    # Between two reports the odds decide. A mean over many pairs errs less than one pair, so
    # that large groups may join at a lower one: `cut` less `relief` times (1 - 1 / pairs).
    cut: float = 0.5
    relief: float = 0.2
    # What a pair counts for that was compared and fell below the floor, or shares no rare word.
    unseen: float = 0.01
    # In larger components only compared pairs count: completing them would cost the square.
    complete_limit: int = 200


def components(pairs: Iterable[Pair], ids: Iterable[str]) -> list[tuple[str, ...]]:
    """What the pairs connect, sorted by the smallest id; most ids stand alone."""
    groups = Groups(ids)
    for left, right in pairs:
        groups.join(left, right)
    return groups.sets()


def cluster(
    ids: Sequence[str],
    probabilities: Mapping[Pair, float],
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
    rules: Rules | None = None,
) -> list[tuple[str, ...]]:
    """The groups of ids, each sorted, sorted by their smallest id.

    `probabilities` is keyed on (l, r), l < r. Pairs of `must` share a group, pairs of `cannot`
    never do; they must not contradict each other.
    """
    rules = rules or Rules()
    bound = components(must, ids)
    lowest = rules.cut - rules.relief
    likely = [pair for pair, p in probabilities.items() if p >= lowest]
    groups: list[tuple[str, ...]] = []
    for component in components([*likely, *_chained(bound)], ids):
        if len(component) == 1:
            groups.append(component)
        else:
            groups += _Linkage(component, probabilities, bound, cannot, rules).groups()
    return sorted(groups)


def _chained(groups: Iterable[Sequence[str]]) -> list[Pair]:
    return [(group[0], other) for group in groups for other in group[1:]]


class _Linkage:
    """Average linkage over one component; every tie is broken by the smallest ids."""

    def __init__(
        self,
        component: Sequence[str],
        probabilities: Mapping[Pair, float],
        bound: Iterable[Sequence[str]],
        cannot: Iterable[Pair],
        rules: Rules,
    ) -> None:
        self.rules = rules
        self.is_complete = len(component) <= rules.complete_limit
        inside = set(component)
        self.members = {group[0]: list(group) for group in bound if group[0] in inside}
        owner = {i: name for name, group in self.members.items() for i in group}
        # Per pair of groups: the sum over compared pairs and their number.
        self.sums: dict[str, dict[str, tuple[float, int]]] = defaultdict(dict)
        for (left, right), p in sorted(probabilities.items()):
            if left in owner and right in owner and owner[left] != owner[right]:
                self._add(owner[left], owner[right], p, 1)
        self.forbidden: dict[str, set[str]] = defaultdict(set)
        for left, right in cannot:
            if left in owner and right in owner:
                self.forbidden[owner[left]].add(owner[right])
                self.forbidden[owner[right]].add(owner[left])
        self.heap: list[tuple[float, str, str, int, int]] = []

    def groups(self) -> list[tuple[str, ...]]:
        """The groups once no two of them are near enough."""
        for left in sorted(self.sums):
            for right in sorted(self.sums[left]):
                if left < right:
                    self._offer(left, right)
        while self.heap:
            _, left, right, left_size, right_size = heapq.heappop(self.heap)
            if self._stands(left, left_size) and self._stands(right, right_size):
                self._merge(left, right)
        return [tuple(sorted(group)) for group in self.members.values()]

    def _stands(self, name: str, size: int) -> bool:
        return len(self.members.get(name, ())) == size

    def _add(self, left: str, right: str, total: float, count: int) -> None:
        before, pairs = self.sums[left].get(right, (0.0, 0))
        self.sums[left][right] = self.sums[right][left] = (before + total, pairs + count)

    def _offer(self, left: str, right: str) -> None:
        if right in self.forbidden[left]:
            return
        total, compared = self.sums[left][right]
        pairs = len(self.members[left]) * len(self.members[right])
        if self.is_complete:
            mean = (total + self.rules.unseen * (pairs - compared)) / pairs
        else:
            mean = total / compared
        margin = mean - (self.rules.cut - self.rules.relief * (1 - 1 / pairs))
        if margin >= 0:
            # Rounded, so that the order of additions cannot decide between equals.
            entry = (-round(margin, 9), left, right)
            heapq.heappush(self.heap, (*entry, len(self.members[left]), len(self.members[right])))

    def _merge(self, left: str, right: str) -> None:
        self.members[left] += self.members.pop(right)
        for other, (total, count) in sorted(self.sums.pop(right).items()):
            self.sums[other].pop(right)
            if other != left:
                self._add(left, other, total, count)
        for other in self.forbidden.pop(right, set()):
            self.forbidden[other].discard(right)
            self.forbidden[other].add(left)
            self.forbidden[left].add(other)
        for other in sorted(self.sums[left]):
            self._offer(*sorted((left, other)))
