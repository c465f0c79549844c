"""Background: how common a word is in English at large, before any collection is known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from transforms import weights

WINDOW_WORDS = 120
# A word in one window of a hundred or more is common: "police", "Monday", "however".
COMMON_SHARE = 0.01


def window_shares(stems: Sequence[str]) -> npt.NDArray[np.float64]:
    """The share of windows of 120 words that print each stem; an unknown one has half a window."""
    total, counts = _windows()
    known = np.array([counts.get(stem, 0.0) for stem in stems])
    return (known + 0.5) / (total + 1)


def is_common(stem: str) -> bool:
    """Whether the stem is a common word of English."""
    total, counts = _windows()
    return counts.get(stem, 0.0) >= COMMON_SHARE * total


@cache
def _windows() -> tuple[float, dict[str, float]]:
    counts = {word: float(count) for word, count in weights.rows("word_windows")}
    return counts.pop("(windows)"), counts
