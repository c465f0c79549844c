"""Families: articles that print one text, so that each text counts once as evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ONE_TEXT = ("identical", "reprint")
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
        self._parent[high] = low

    def sets(self) -> list[tuple[str, ...]]:
        """The sets, each sorted, sorted by their smallest member."""
        members: dict[str, list[str]] = defaultdict(list)
        for item in sorted(self._parent):
            members[self.find(item)].append(item)
        return [tuple(m) for m in members.values()]


def families(word_counts: Mapping[str, int], links: Sequence[Link]) -> list[Family]:
    """The families of all articles, most of them of one; sorted by their smallest id.

    A round-up, which contains two texts that have nothing to do with each other, joins
    neither: or it would make one event of all that it sums up.
    """
    groups = Groups(word_counts)
    for link in links:
        if link.relation in ONE_TEXT:
            groups.join(link.article_id_l, link.article_id_r)
    for whole, parts in sorted(_contained(word_counts, links).items()):
        if _is_one_text(parts, links, groups):
            for part in parts:
                groups.join(whole, part)
    return [Family(_lead(members, word_counts), members) for members in groups.sets()]


def _contained(words: Mapping[str, int], links: Sequence[Link]) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.relation == "contained":
            part, whole = sorted(
                (link.article_id_l, link.article_id_r), key=lambda i: (words[i], i)
            )
            parts[whole].append(part)
    return parts


def _is_one_text(parts: Sequence[str], links: Sequence[Link], groups: Groups) -> bool:
    chosen = {groups.find(part) for part in parts}
    related = Groups(chosen)
    for link in links:
        left, right = groups.find(link.article_id_l), groups.find(link.article_id_r)
        if left in chosen and right in chosen:
            related.join(left, right)
    return len(related.sets()) == 1


def _lead(members: Sequence[str], words: Mapping[str, int]) -> str:
    return min(members, key=lambda i: (-words[i], i))
