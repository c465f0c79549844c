"""Reasons: each decision in words, what speaks most for one event and what against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.events import scoring
from transforms.events.neighbours import Floats
from transforms.events.sets import Flags
from transforms.ranges import Ints

# What a signal is called in a reason.
WORDS: Mapping[str, str] = {
    "body_similarity": "the texts",
    "lead_similarity": "the openings",
    "neighbourhood_similarity": "words that only these two openings share",
    "title_similarity": "the titles",
    "name_similarity": "the names",
    "lead_name_similarity": "the names of the openings",
    "actor_conflict": "names only one opening has",
    "number_similarity": "the numbers",
    "quote_similarity": "quoted words",
    "time_agreement": "weekdays, months or years that both openings print",
    "time_conflict": "other weekdays, months or years in either opening",
    "date_compatibility": "the days",
    "date_agreement": "the same days",
    "publication_agreement": "publication on one day, or nearly",
    "place_agreement": "the town both open in",
    "place_conflict": "towns that only one of them names",
    "template_conflict": "one wording with other days and numbers",
}
# What speaks for one event by being little.
LITTLE: Mapping[str, str] = {
    "actor_conflict": "few names that only one opening has",
    "time_conflict": "few other weekdays, months or years in either opening",
    "place_conflict": "no town that only one of them names",
    "template_conflict": "no other days and numbers in one wording",
}
TENTHS, MILLIONTHS = 10, 1_000_000


@dataclass(frozen=True, slots=True)
class Rules:
    """Which signals are named."""

    signals: int = 3
    nats: float = 0.25


def called(signal: str, nats: float) -> str:
    """What the signal is called where it speaks for one event (nats above 0) or against."""
    return LITTLE.get(signal, WORDS[signal]) if nats > 0 else WORDS[signal]


def worded(values: Mapping[str, Floats], chances: Floats, rules: Rules | None = None) -> pa.Array:
    """The reason of every decision, from its signals and its probability."""
    rules = rules or Rules()
    fitted = sorted(scoring.model().terms, key=lambda t: t.signal)
    nats = np.stack([t.weight * (values[t.signal] - t.typical) for t in fitted], axis=1)
    # Of equals the first by name.
    order = np.argsort(-np.abs(nats), axis=1, kind="stable")
    nats = np.take_along_axis(nats, order, axis=1)
    pros, cons = ([called(t.signal, side) for t in fitted] for side in (1, -1))
    pro = _strongest(order, nats, nats >= rules.nats, pros, rules)
    con = _strongest(order, nats, nats <= -rules.nats, cons, rules)
    is_same = pa.array(chances >= scoring.SAME_EVENT)
    little = pc.if_else(
        is_same,
        None,
        pc.if_else(pc.is_valid(con), "and little else in common", "little else in common"),
    )
    against = _spelt([con, little], ", ")
    weighed = _spelt([_after("for one: ", pro), _after("against: ", against)], "; ")
    decided = pc.if_else(is_same, "one event", "different events")
    millionths = np.rint(chances * MILLIONTHS).astype(np.int64)
    chance = _looked_up(millionths, lambda n: f"probability {n / MILLIONTHS:.3f}; ")
    return _spelt([_spelt([decided, chance], ", "), weighed], "")


def _strongest(
    order: Ints, nats: Floats, is_meant: Flags, words: Sequence[str], rules: Rules
) -> pa.Array:
    """The first few signals of each row that are meant, with their nats; null where none is."""
    places = np.cumsum(is_meant, axis=1)
    named = []
    for place in range(1, rules.signals + 1):
        is_it = is_meant & (places == place)
        column = np.argmax(is_it, axis=1)[:, None]
        tenths = np.rint(np.take_along_axis(nats, column, axis=1)[:, 0] * TENTHS).astype(np.int64)
        signal = np.take_along_axis(order, column, axis=1)[:, 0]
        printed = _looked_up(
            tenths * len(words) + signal,
            lambda n: f"{words[n % len(words)]} ({n // len(words) / TENTHS:+.1f})",
        )
        named.append(pc.if_else(pa.array(is_it.any(axis=1)), printed, None))
    return _spelt(named, ", ")


def _looked_up(numbers: Ints, print_: Callable[[int], str]) -> pa.Array:
    """Each number printed, every distinct one once."""
    distinct, places = np.unique(numbers, return_inverse=True)
    return pa.array([print_(n) for n in distinct.tolist()], pa.string()).take(pa.array(places))


def _after(words: str, part: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(words, part, "")


def _spelt(parts: Sequence[pa.Array], between: str) -> pa.Array:
    """The parts of every row that are not null, joined; null where all are."""
    # Not null_handling="skip": it loses rows that are null throughout (Arrow 26).
    return reduce(lambda a, b: pc.coalesce(pc.binary_join_element_wise(a, b, between), a, b), parts)
