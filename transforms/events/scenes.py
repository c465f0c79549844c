"""Scenes: the town that each report opens in, and what two of them say of one event.

Two bombs of one day in two towns are two events, though their reports share most of their
words. Reports of one event are filed from several towns too, but these name each other's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from transforms import terms
from transforms.english import MONTHS, WEEKDAYS
from transforms.events.sets import Flags, Floats, Sets
from transforms.ranges import Ints
from transforms.text import fold

# Characters in which a report says where it happens.
OPENING = 400
CAPITAL = r"[A-ZÀ-ÞА-ЯЁ][\w'’-]+"
LOCATED = re.compile(rf"\b(?:in|near|at|outside|off|from|of)\s+({CAPITAL}(?: {CAPITAL})*)")
NO_PLACES = frozenset((*WEEKDAYS, *MONTHS))
# Before a collection is known, a town opens two reports of a thousand.
SHARE, PRIOR_REPORTS = 0.002, 30.0


def towns(articles: pa.Table, mentions: pa.Table, entities: pa.Table) -> tuple[str | None, ...]:
    """The town of each article, sorted by id: of its dateline, else the first its opening names.

    Countries are no towns, nor are the names of people and bodies.
    """
    columns = articles.select(["article_id", "text", "dateline_place"]).sort_by("article_id")
    no_towns = _other_names(mentions, entities)
    return tuple(
        place or _located(text[:OPENING], no_towns.get(article, ()))
        for article, text, place in zip(*(c.to_pylist() for c in columns.columns), strict=True)
    )


def _located(opening: str, no_towns: Sequence[tuple[int, int]]) -> str | None:
    for match in LOCATED.finditer(opening):
        start, end = match.span(1)
        is_other = any(first < end and start < last for first, last in no_towns)
        if not is_other and fold(match.group(1).split()[0]) not in NO_PLACES:
            return match.group(1)
    return None


def _other_names(mentions: pa.Table, entities: pa.Table) -> Mapping[str, list[tuple[int, int]]]:
    """Where the openings name what is no town."""
    told = ("entity_id", "entity_type", "name", "country")
    if not set(told) <= set(entities.column_names):
        towns: set[str] = set()
    else:
        rows = zip(*(entities.column(c).to_pylist() for c in told), strict=True)
        towns = {i for i, kind, name, country in rows if kind == "place" and name != country}
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    wanted = ("article_id", "entity_id", "span_field", "char_start", "char_end")
    for article, entity, field, start, end in zip(
        *(mentions.column(c).to_pylist() for c in wanted), strict=True
    ):
        if field == "text" and start < OPENING and entity is not None and entity not in towns:
            spans[article].append((start, end))
    return spans


def codes(places: Sequence[str | None], words: Sets) -> Ints:
    """The rarest word of each town as a code of `words`; -1 where none is known."""
    code_of = {label: code for code, label in enumerate(words.labels)}
    frequencies = words.frequencies
    found = np.full(len(places), -1, np.int64)
    for i, place in enumerate(places):
        known = [code_of[s] for s in terms.stems(place or "") if s in code_of and len(s) > 1]
        if known:
            found[i] = min(known, key=lambda c: (frequencies[c], c))
    return found


def agreements(scene: Ints, left: Ints, right: Ints) -> Floats:
    """0 where two reports open in other towns or one in none; else more, the rarer the town."""
    counts = np.bincount(scene[scene >= 0], minlength=1)
    others = np.maximum(counts[np.maximum(scene, 0)] - 1, 0)
    share = (others + PRIOR_REPORTS * SHARE) / (len(scene) - 2 + PRIOR_REPORTS)
    rarity = np.clip(np.log(share) / np.log(SHARE), 0, 1)
    is_same = (scene[left] == scene[right]) & (scene[left] >= 0)
    return np.asarray(np.where(is_same, np.round(rarity[left], 4), 0.0))


def conflicts(scene: Ints, words: Sets, left: Ints, right: Ints) -> Floats:
    """1 where both open in a town that the other names nowhere, else 0."""

    def is_missing(mine: Ints, theirs: Ints) -> Flags:
        return np.asarray((scene[mine] >= 0) & (words.places(theirs, scene[mine]) < 0))

    return np.asarray(is_missing(left, right) & is_missing(right, left), np.float64)
