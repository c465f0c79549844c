"""No stage costs the square of a text: those that once did, and a few kinds that could."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks import growth

SIZES = (20_000, 80_000)
# Linear is 4, square 16; CPU time of a busy machine wavers by a half.
MOST = 9.0
# Below this many CPU seconds a ratio is noise.
LEAST = 0.04


@pytest.mark.parametrize(
    ("atom", "layout"),
    [
        ("moscow ap", "line"),
        ("Moscow", "line"),
        ("Moscow and", "line"),
        ("the", "line"),
        ("Mr. Smith", "line"),
        ("x he said", "line"),
        ('"Word Cap,', "line"),
        ("'Word one.", "line"),
        ("‘word", "line"),
        ("\u00a0", "glued"),
        ("word", "glued"),
        ("may", "glued"),
        ("June 18, 1999", "paragraphs"),
        ("(AP)", "paragraphs"),
    ],
)
def test_a_stage_takes_time_as_its_text_is_long(atom: str, layout: str) -> None:
    # What is square is so each time; a busy machine is busy once.
    assert any(slow_stages(atom, layout) == {} for _ in range(3))


def slow_stages(atom: str, layout: str) -> dict[str, tuple[float, float]]:
    """The seconds for both sizes of the stages that grow by more than is linear."""
    small, large = (
        growth.measure(growth.framed(atom, size, layout, "text/plain"), "text/plain", limit=20)
        for size in SIZES
    )
    return {
        stage: (small[stage], seconds)
        for stage, seconds in large.items()
        if math.isinf(seconds) or seconds > MOST * max(small[stage], LEAST)
    }
