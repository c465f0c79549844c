"""A report begins with its dateline: what its desk printed above that is its deck."""

from __future__ import annotations

import pytest

from tests.transforms.made import PROSE, page
from transforms.articles.opening import without_standfirst
from transforms.furniture import Verdict

LEAD = f"Oslo, 4 May 1999 (NW) -- {PROSE[0]}"
BODY, DECK = Verdict("body", "prose", 0.0), Verdict("crosshead", "deck", 0.0)


@pytest.mark.parametrize(
    ("paragraphs", "above"),
    [
        ((PROSE[1], LEAD, *PROSE[2:]), 1),
        ((LEAD, *PROSE[1:]), 0),
        (PROSE, 0),
        # A report of two places is one from its first word.
        ((PROSE[1], LEAD, PROSE[2], LEAD), 0),
        # So much above the dateline is a story itself.
        ((*PROSE, PROSE[1] * 2, LEAD), 0),
    ],
)
def test_what_stands_above_the_dateline_is_a_deck(paragraphs: tuple[str, ...], above: int) -> None:
    found = without_standfirst(page(*paragraphs), [BODY] * len(paragraphs))
    assert found == [DECK] * above + [BODY] * (len(paragraphs) - above)
