"""Terms of an article: its words as they are compared, whatever their ending or spelling."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

TOKEN = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"['’]s\b")
# The longest ending first. A crude stem serves: it only has to make "signs", "signed" and
# "signing" one term, alike on both sides of a comparison.
ENDINGS = ("ies", "ing", "ed", "es", "s", "e", "y")
STEM_LETTERS = 3
# A number and the word after it: "21st", "5 000", "3,500 warheads".
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Hashes = npt.NDArray[np.uint64]
FACTOR = np.uint64(0x9E3779B97F4A7C15)


def tokens(text: str) -> list[str]:
    """The words of a text in order: lower case, possessive endings and marks gone.

    >>> tokens("The Alliance's far-reaching U.S. plan")
    ['the', 'alliance', 'far', 'reaching', 'u', 's', 'plan']
    """
    return TOKEN.findall(POSSESSIVE.sub(" ", unicodedata.normalize("NFKC", text).lower()))


def stem(word: str) -> str:
    """The word without its commonest ending; short words and numbers stay as they are.

    >>> [stem(w) for w in ("signing", "signed", "countries", "pass", "1994")]
    ['sign', 'sign', 'countr', 'pass', '1994']
    """
    if len(word) <= STEM_LETTERS or not word.isalpha():
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM_LETTERS:
            if word.endswith("ss"):
                return word
            return word[: -len(ending)]
    return word


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in tokens(text)]


def numbers(text: str) -> Iterator[str]:
    """The numbers printed in figures, thousands separators gone.

    >>> list(numbers("On July 21st some 3,500 men"))
    ['21', '3500']
    """
    for match in NUMBER.finditer(text):
        yield match.group().replace(",", "")


def hashed(words: Sequence[str], known: dict[str, int]) -> Hashes:
    """One 64-bit number a word, the same on every machine; `known` remembers words seen."""
    for word in words:
        if word not in known:
            digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
            known[word] = int.from_bytes(digest)
    return np.fromiter((known[word] for word in words), np.uint64, len(words))


def runs(word_hashes: Hashes, length: int) -> Hashes:
    """One number for every run of `length` words, in order; a shorter text is one run."""
    if not len(word_hashes):
        return word_hashes
    length = min(length, len(word_hashes))
    count = len(word_hashes) - length + 1
    run = word_hashes[:count].copy()
    for offset in range(1, length):
        # An odd factor makes the order of the words count.
        run *= FACTOR
        run += word_hashes[offset : offset + count]
    return mixed(run)


def mixed(values: Hashes) -> Hashes:
    """Every number made into another, its bits spread over all of it."""
    # The finisher of splitmix64 (Steele, Lea and Flood 2014): every bit reaches every other.
    values = values + FACTOR
    values ^= values >> np.uint64(30)
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values
