"""Clusters: from pair probabilities to groups, without merging through a chain of weak links.

Average linkage: two groups join when the mean probability over their pairs is high enough, and
not far below that within them. Each event hangs together by pairs that alone would join.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from transforms.events.families import Groups

Pair = tuple[str, str]
# Of two groups: the sum over their compared pairs and how many; the same of those sampled.
Sums = tuple[float, int, float, int]
NONE: Sums = (0.0, 0, 0.0, 0)


@dataclass(frozen=True, slots=True)
class Rules:
    """When two groups are one event."""

    # Two reports of about even odds share an event: models that saw nothing of a collection set
    # its pairs a little low (ECB+ by topic .897 at .5, .909 at .45; the reports of 1998 to 2002
    # .941 and .966). A mean over many pairs errs less than one pair, so that large groups may
    # join at a lower one: `cut` less `relief` times (1 - 1 / pairs).
    cut: float = 0.45
    relief: float = 0.3
    # Groups that agree so much less across than within are two like events, whatever they agree:
    # worth 2 points on ECB+, from .25 to .4 alike. In small groups, each begun with its likeliest
    # pair, such differences are chance: `slack` over the size of the smaller is allowed too.
    contrast: float = 0.3
    slack: float = 0.3
    # What a pair counts for that was compared and fell below the floor, or shares no rare word.
    unseen: float = 0.01
    # Completing larger components would cost the square. There each report is compared with so
    # many others besides its neighbours, and they stand for all pairs not compared: neighbours
    # alone, the likeliest of all, would join what is merely alike.
    complete_limit: int = 200
    sample_count: int = 12
    # A mean over fewer sampled pairs leans on that of the compared ones.
    sample_prior: float = 2.0


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
    likely = [pair for pair, p in probabilities.items() if p >= rules.cut]
    joined = components([*likely, *_chained(bound)], ids)
    groups: list[tuple[str, ...]] = [component for component in joined if len(component) == 1]
    for part in _parts([c for c in joined if len(c) > 1], probabilities, bound, cannot):
        groups += _Linkage(part, rules).groups()
    return sorted(groups)


def attached(
    groups: Sequence[Sequence[str]],
    probabilities: Mapping[Pair, float],
    extra: Collection[str],
    rules: Rules | None = None,
) -> list[tuple[str, ...]]:
    """The groups, each of `extra` added to that of its likeliest member, or to none."""
    rules = rules or Rules()
    home = {i: number for number, group in enumerate(groups) for i in group}
    best: dict[str, tuple[float, str]] = {}
    for pair, p in sorted(probabilities.items()):
        for one, other in (pair, pair[::-1]):
            is_nearer = p >= rules.cut and p > best.get(one, (0.0, ""))[0]
            if one in extra and other in home and is_nearer:
                best[one] = (p, other)
    joined = [list(group) for group in groups]
    for one, (_, other) in sorted(best.items()):
        joined[home[other]].append(one)
    return [tuple(sorted(group)) for group in joined]


def sample(component: Sequence[str], rules: Rules | None = None) -> list[Pair]:
    """Pairs of a large component to be compared whatever they have in common, l < r.

    Every member meets `sample_count` others, at steps that grow like those of a ladder.
    """
    rules = rules or Rules()
    ids, size = sorted(component), len(component)
    half = rules.sample_count // 2
    steps = sorted({1 + (size // 2 - 1) * (i + 1) // half for i in range(half)} - {0})
    found = {
        (min(ids[i], ids[(i + step) % size]), max(ids[i], ids[(i + step) % size]))
        for i in range(size)
        for step in steps
        if step % size
    }
    return sorted(found)


def _chained(groups: Iterable[Sequence[str]]) -> list[Pair]:
    return [(group[0], other) for group in groups for other in group[1:]]


@dataclass(frozen=True, slots=True)
class _Part:
    """One component with what is known of its members alone."""

    component: Sequence[str]
    probabilities: dict[Pair, float] = field(default_factory=dict)
    bound: list[Sequence[str]] = field(default_factory=list)
    cannot: list[Pair] = field(default_factory=list)


def _parts(
    components: Iterable[Sequence[str]],
    probabilities: Mapping[Pair, float],
    bound: Iterable[Sequence[str]],
    cannot: Iterable[Pair],
) -> list[_Part]:
    """Each component by itself: looking through all pairs for every one would cost the square."""
    parts = [_Part(component) for component in components]
    home = {i: part for part in parts for i in part.component}
    for (left, right), p in probabilities.items():
        if left in home and home[left] is home.get(right):
            home[left].probabilities[left, right] = p
    for group in bound:
        if group[0] in home:
            home[group[0]].bound.append(group)
    for left, right in cannot:
        if left in home and home[left] is home.get(right):
            home[left].cannot.append((left, right))
    return parts


def _added(one: Sums, other: Sums) -> Sums:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


class _Linkage:
    """Average linkage over one component; every tie is broken by the smallest ids."""

    def __init__(self, part: _Part, rules: Rules) -> None:
        self.rules = rules
        self.is_complete = len(part.component) <= rules.complete_limit
        self.members = {group[0]: list(group) for group in part.bound}
        owner = {i: name for name, group in self.members.items() for i in group}
        self.sums: dict[str, dict[str, Sums]] = defaultdict(dict)
        sampled = set() if self.is_complete else set(sample(part.component, rules))
        known = dict.fromkeys(sampled, rules.unseen) | part.probabilities
        self.within: dict[str, Sums] = defaultdict(lambda: NONE)
        for (left, right), p in sorted(known.items()):
            one = (p, 1, p, 1) if (left, right) in sampled else (p, 1, 0.0, 0)
            if owner[left] != owner[right]:
                self._add(owner[left], owner[right], one)
            else:
                self.within[owner[left]] = _added(self.within[owner[left]], one)
        self.forbidden: dict[str, set[str]] = defaultdict(set)
        for left, right in part.cannot:
            self.forbidden[owner[left]].add(owner[right])
            self.forbidden[owner[right]].add(owner[left])
        self.heap: list[tuple[float, str, str, int, int]] = []
        self.offered: dict[Pair, tuple[int, int]] = {}

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
            elif self.offered.get((left, right)) == (left_size, right_size):
                # One has grown since. In a small component the offer was renewed at once.
                del self.offered[left, right]
                if left in self.members and right in self.members:
                    self._offer(left, right)
        return [tuple(sorted(group)) for group in self.members.values()]

    def _stands(self, name: str, size: int) -> bool:
        return len(self.members.get(name, ())) == size

    def _add(self, left: str, right: str, more: Sums) -> None:
        both = _added(self.sums[left].get(right, NONE), more)
        self.sums[left][right] = self.sums[right][left] = both

    def _mean(self, sums: Sums, pairs: int) -> float:
        """The mean over so many pairs, those not compared estimated."""
        total, compared, sampled, count = sums
        rest = self.rules.unseen
        if not self.is_complete:
            prior = self.rules.sample_prior
            rest = (sampled + prior * total / max(compared, 1)) / (count + prior)
        return (total + rest * (pairs - compared)) / pairs

    def _offer(self, left: str, right: str) -> None:
        if right in self.forbidden[left]:
            return
        sizes = len(self.members[left]), len(self.members[right])
        pairs = sizes[0] * sizes[1]
        mean = self._mean(self.sums[left][right], pairs)
        margin = mean - self.rules.cut + self.rules.relief * (1 - 1 / pairs)
        if min(sizes) > 1:
            inside = sum(size * (size - 1) // 2 for size in sizes)
            within = self._mean(_added(self.within[left], self.within[right]), inside)
            allowed = self.rules.contrast + self.rules.slack / min(sizes)
            margin = min(margin, mean - within + allowed)
        if margin >= 0:
            # Rounded, so that the order of additions cannot decide between equals.
            heapq.heappush(self.heap, (-round(margin, 9), left, right, *sizes))
            if not self.is_complete:
                self.offered[left, right] = sizes

    def _merge(self, left: str, right: str) -> None:
        if not self.is_complete and len(self.sums[left]) < len(self.sums[right]):
            left, right = right, left  # the smaller is moved, or the cost would be the square
        self.members[left] += self.members.pop(right)
        met = self.sums.pop(right)
        inside = _added(self.within[left], self.within.pop(right, NONE))
        self.within[left] = _added(inside, met[left])
        for other, sums in sorted(met.items()):
            self.sums[other].pop(right)
            if other != left:
                self._add(left, other, sums)
        for other in self.forbidden.pop(right, set()):
            self.forbidden[other].discard(right)
            self.forbidden[other].add(left)
            self.forbidden[left].add(other)
        for other in sorted(self.sums[left] if self.is_complete else met.keys() - {left}):
            self._offer(*sorted((left, other)))
