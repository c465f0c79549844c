"""How one name is spelt: on both sides of the Atlantic, with marks, without, and damaged."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from transforms.words import GAP

# Spellings of one word on either side of the Atlantic; a variant is known in both.
SPELLINGS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("organisation",): ("organization",),
    ("organization",): ("organisation",),
    ("defence",): ("defense",),
    ("defense",): ("defence",),
    ("programme",): ("program",),
    ("program",): ("programme",),
    ("centre",): ("center",),
    ("center",): ("centre",),
    ("cooperation",): ("co", "operation"),
    ("labour",): ("labor",),
}
# German and Nordic letters as they are written where the type has none.
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "ð": "d"})


def spellings(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The paths of folded words that print this name, and whether each has lost letters."""
    for spelt in {words: None, **dict.fromkeys(both_sides(words))}:
        yield spelt, False
        if not all(map(str.isascii, spelt)):
            yield from _without_marks(spelt)


def both_sides(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words as they are spelt on the other side of the Atlantic, where that differs."""
    other: tuple[str, ...] = ()
    for word in words:
        other += SPELLINGS.get((word,), (word,))
    if other != words:
        yield other


def _without_marks(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    latin = [unicodedata.name(c, "").startswith("LATIN") for w in words for c in w if c.isalpha()]
    if not all(latin):
        return
    plain_words = tuple(plain(word) for word in words)
    spelled_out = tuple(plain(word.translate(SPELLED_OUT)) for word in words)
    for path in dict.fromkeys((plain_words, spelled_out)):
        yield path, False
    yield tuple(_with_gaps(word) for word in words), True


def _with_gaps(word: str) -> str:
    """The word with one gap for every run of letters outside ASCII: "rühe" gives "r\\0he"."""
    kept = "".join(c if c.isascii() else GAP for c in word)
    while GAP * 2 in kept:
        kept = kept.replace(GAP * 2, GAP)
    return kept


def plain(word: str) -> str:
    """The word without marks on its letters: "Rühe" gives "Ruhe"."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
