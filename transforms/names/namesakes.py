"""Which of several organisations of one name is meant, where office or context tells."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.names.hits import Hit
from transforms.names.lexicon import Lexicon
from transforms.names.offices import forward
from transforms.words import Words, word_set

OFFICE_REACH = 4  # words an office may have before the name: "secretary of the Security Council"
WINDOW = 6
# Beside the name of a body these tell one of all countries, not of one.
INTERNATIONAL = word_set(
    "ambassador ambassadors mandate mandates permanent resolution resolutions un veto vetoes vetoed"
)


def told(words: Words, hit: Hit, candidates: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The candidates that the printed office or the words around the name leave."""
    countries = _of_office(words, hit, lexicon)
    if countries:
        left = [key for key in candidates if lexicon.countries.get(key) in countries]
    elif INTERNATIONAL.intersection(_around(words, hit)):
        left = [key for key in candidates if key not in lexicon.countries]
    else:
        left = []
    return tuple(left or candidates)


def _of_office(words: Words, hit: Hit, lexicon: Lexicon) -> frozenset[str]:
    """The countries that have the office printed around the name; none where none is printed."""
    for first in range(max(0, hit.first - OFFICE_REACH), hit.first + 1):
        office = forward(words, first, lexicon.offices)
        if office is not None and office[0] >= hit.last:
            spells = [spell for name in office[1] for spell in lexicon.by_office.get(name, ())]
            return frozenset(spell.country for spell in spells if spell.country is not None)
    return frozenset()


def _around(words: Words, hit: Hit) -> Sequence[str]:
    return words.keys[max(0, hit.first - WINDOW) : hit.last + 1 + WINDOW]
