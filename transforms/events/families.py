"""Families: articles that print one text, so that each text counts once as evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

PAGE = "page"
ONE_TEXT = ("identical", "reprint", PAGE)
DUPLICATES = (*ONE_TEXT, "contained")


@dataclass(frozen=True, slots=True)
class Link:
    """One pair of articles that share their text, l < r."""

    article_id_l: str
    article_id_r: str
    relation: str


@dataclass(frozen=True, slots=True)
class Family:
    """Articles that print one text; `lead` is the fullest of them and speaks for all."""

    lead: str
    members: tuple[str, ...]


class Groups:
    """Disjoint sets of ids whose name is their smallest member, whatever the order of joins."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._parent = {i: i for i in ids}
        self._members: dict[str, list[str]] = {}

    def find(self, item: str) -> str:
        """The smallest id of the item's set."""
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def join(self, left: str, right: str) -> None:
        """Make one set of two."""
        low, high = sorted((self.find(left), self.find(right)))
        if low != high:
            members = sorted((self.members(low), self.members(high)), key=len)
            members[1].extend(members[0])  # the fewer are moved, or the cost would be the square
            self._members[low] = members[1]
            self._members.pop(high, None)
            self._parent[high] = low

    def members(self, item: str) -> list[str]:
        """The ids of the item's set."""
        name = self.find(item)
        return self._members.get(name, [name])

    def sets(self) -> list[tuple[str, ...]]:
        """The sets, each sorted, sorted by their smallest member."""
        names = [item for item in sorted(self._parent) if self._parent[item] == item]
        return [tuple(sorted(self.members(name))) for name in names]


def families(
    word_counts: Mapping[str, int], links: Sequence[Link], behind: Collection[str] = ()
) -> list[Family]:
    """The families of all articles, most of them of one; sorted by their smallest id.

    Those that stand behind, documents and later pages, lead only where there are no others.

    A round-up, which contains two texts that have nothing to do with each other, joins
    neither: or it would make one event of all that it sums up.
    """
    groups = Groups(word_counts)
    for link in links:
        if link.relation in ONE_TEXT:
            groups.join(link.article_id_l, link.article_id_r)
    linked: dict[str, list[str]] = defaultdict(list)
    for link in links:
        linked[link.article_id_l].append(link.article_id_r)
    for whole, parts in sorted(_contained(word_counts, links).items()):
        if _is_one_text(parts, linked, groups):
            for part in parts:
                groups.join(whole, part)
    return [Family(_lead(members, word_counts, behind), members) for members in groups.sets()]


def _contained(words: Mapping[str, int], links: Sequence[Link]) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.relation == "contained":
            part, whole = sorted(
                (link.article_id_l, link.article_id_r), key=lambda i: (words[i], i)
            )
            parts[whole].append(part)
    return parts


def _is_one_text(parts: Sequence[str], linked: Mapping[str, Sequence[str]], groups: Groups) -> bool:
    chosen = {groups.find(part) for part in parts}
    if len(chosen) == 1:
        return True
    related = Groups(chosen)
    for name in chosen:
        for member in groups.members(name):
            for other in linked.get(member, ()):
                if groups.find(other) in chosen:
                    related.join(name, groups.find(other))
    return len(related.sets()) == 1


def _lead(members: Sequence[str], words: Mapping[str, int], behind: Collection[str]) -> str:
    return min(members, key=lambda i: (i in behind, -words[i], i))
