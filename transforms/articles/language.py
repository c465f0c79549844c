"""Language of a text, told by its commonest words; the page's own word goes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from transforms.text import words

# The ten or so commonest function words of each language that news pages of the subject use.
# A model (py3langid) tells more languages but takes half a second to load, more than all
# stages together on a small run.
FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    "de": frozenset(
        "der die das und ist von zu mit den dem ein eine nicht auf sich im für".split()
    ),
    "en": frozenset("the of and to in a that is was for on with as by at it he".split()),
    "es": frozenset("el la los las de que y en un una por con del se para no su".split()),
    "fr": frozenset("le la les des et est un une du que qui dans pour au sur pas il".split()),
    "it": frozenset("il di che la e un una per del con non sono della le gli si nel".split()),
    "nl": frozenset("de het een van en dat is op te in met voor niet zijn aan om er".split()),
    "pl": frozenset("i w na z do że się nie to jest o jak po od przez dla za".split()),
    "ru": frozenset("и в не на что с он по как это из за от но его к для".split()),
    "uk": frozenset("і в не на що з він та як це із за від але його до для".split()),
}
LOOKED_AT = 4_000  # characters, some seven hundred words
MIN_SHARE = 0.08  # of a running text's words; English prose has three times as many


def language_of(text: str, declared: str | None = None) -> str | None:
    """The ISO 639-1 code of the text's language; None where too few of its words tell.

    What the page declares holds where the text's own words do not speak against it.

    >>> language_of("The ministers of the alliance met in Brussels on the eve of the summit.")
    'en'
    """
    found = Counter(words(text[:LOOKED_AT]))
    shares = {
        code: sum(found[w] for w in common) / max(1, found.total())
        for code, common in FUNCTION_WORDS.items()
    }
    best = max(sorted(shares), key=lambda code: shares[code])
    if declared in shares and shares[declared] >= shares[best]:
        return declared
    return best if shares[best] >= MIN_SHARE else declared
