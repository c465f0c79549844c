"""Reasons: what speaks for one event and what against, in words."""

from __future__ import annotations

import numpy as np

from transforms.events import scoring
from transforms.events.reasons import called, worded


def test_a_conflict_that_speaks_for_one_event_is_called_little() -> None:
    assert called("actor_conflict", -0.5) == "names only one opening has"
    assert called("actor_conflict", 0.5) == "few names that only one opening has"
    assert called("name_similarity", 0.5) == called("name_similarity", -0.5) == "the names"


def test_the_strongest_signals_are_named_with_their_side() -> None:
    values = {t.signal: np.full(2, t.typical) for t in scoring.model().terms}
    values["time_conflict"] = np.array([0.0, 1.0])
    first, second = worded(values, np.array([0.7, 0.1])).to_pylist()
    assert first.startswith("one event, probability 0.700; for one: few other weekdays, ")
    assert second.startswith("different events, probability 0.100; against: other weekdays, ")
    assert second.endswith("and little else in common")
