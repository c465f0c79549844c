"""Links that a reader has drawn by hand: these two are one event, or they are not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from transforms.authority import Correction
from transforms.events.families import Family, Groups
from transforms.ids import article_id

LINK_KINDS = ("must_link", "cannot_link")
SEPARATORS = re.compile(r"[|/]")


class ContradictionError(ValueError):
    """Corrections that cannot all be true; names them and says what to do."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One correction of a pair, l < r; `is_same` for must-link."""

    correction_id: str
    article_id_l: str
    article_id_r: str
    is_same: bool
    reason: str


def drawn(corrections: Iterable[Correction]) -> tuple[Drawn, ...]:
    """The must-link and cannot-link rows, sorted; captures are read as their articles.

    Raises ContradictionError where a row does not name two different articles.
    """
    links = []
    for row in corrections:
        if row.kind in LINK_KINDS:
            pair = sorted(_article(part.strip()) for part in SEPARATORS.split(row.target))
            if len(pair) != 2 or pair[0] == pair[1]:
                raise ContradictionError(
                    f"corrections.csv, {row.correction_id}: the target of a {row.kind} must be two "
                    f"different article or capture ids with | between them, "
                    f"not {row.target!r}"
                )
            links.append(
                Drawn(row.correction_id, pair[0], pair[1], row.kind == "must_link", row.reason)
            )
    return tuple(sorted(links, key=lambda d: (d.article_id_l, d.article_id_r, d.correction_id)))


def _article(printed: str) -> str:
    return printed if printed.startswith("a_") else article_id(printed)


def fitting(links: Iterable[Drawn], known: Collection[str]) -> tuple[Drawn, ...]:
    """The links both of whose articles are among those known."""
    return tuple(d for d in links if d.article_id_l in known and d.article_id_r in known)


def check(links: Sequence[Drawn], families: Sequence[Family]) -> None:
    """Raises ContradictionError where a cannot-link parts what must be one event.

    What must be one: a must-link, a chain of them, and the copies of one text.
    """
    groups = Groups(i for f in families for i in f.members)
    for family in families:
        for member in family.members:
            groups.join(family.lead, member)
    lead_of = {i: f.lead for f in families for i in f.members}
    for link in links:
        if link.is_same:
            groups.join(link.article_id_l, link.article_id_r)
    for link in links:
        left, right = link.article_id_l, link.article_id_r
        if not link.is_same and groups.find(left) == groups.find(right):
            one_text = lead_of[left] == lead_of[right]
            raise ContradictionError(
                f"corrections.csv, {link.correction_id}: {left} and {right} cannot be linked, but "
                + (
                    "they print one text; withdraw the row"
                    if one_text
                    else f"{_chain(links, groups, left)} make them one event; withdraw one of them"
                )
            )


def _chain(links: Sequence[Drawn], groups: Groups, member: str) -> str:
    root = groups.find(member)
    return ", ".join(
        sorted(d.correction_id for d in links if d.is_same and groups.find(d.article_id_l) == root)
    )
