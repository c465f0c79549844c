"""Shingles: the words of many texts, and their runs of words, as numbers in arrays.

No loop runs over words here. What counts as a word is what `terms.tokens` gives.
"""

from __future__ import annotations

import hashlib
import re
import string
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.ranges import Ints
from transforms.terms import Hashes, mixed, runs

Codes = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]

# Every byte as it is compared: letters small, digits, parts of letters beyond ASCII, or a gap.
COMPARED = bytes(
    b if b >= 0x80 or chr(b) in string.ascii_lowercase + string.digits
    else b + 32 if chr(b) in string.ascii_uppercase
    else 0x20
    for b in range(256)
)  # fmt: skip
MARKS = re.compile(r"[^\w\x00-\x7f]+")
GAP, APOSTROPHE, UNDERSCORE, S = b" '_s"
STEP = 8
# The first n bytes of a number whose first byte is the lowest.
KEPT = np.array([(1 << (8 * n)) - 1 for n in range(STEP + 1)], np.uint64)
# Words as long as this are data in letters, and there are few of them.
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts in order, 64 bits each: text i has the next counts[i] of them.

    Word j is printed as buffer[begins[j]:ends[j]], in small letters.
    """

    hashes: Hashes
    counts: Ints
    buffer: bytes
    begins: Ints
    ends: Ints

    def printed(self, word: int) -> str:
        """The word in small letters."""
        return self.buffer[self.begins[word] : self.ends[word]].decode()


@dataclass(frozen=True, slots=True)
class Shingles:
    """One rising set of codes per text: that of text i is codes[starts[i]:starts[i + 1]].

    A code is 32 bits of the hash of a run of words: two different runs are taken for one in
    one of 60,000 pairs of texts of 250 words. `prints` tells texts of other words apart; it is
    0 where a text has no word.
    """

    starts: Ints
    codes: Codes
    prints: Hashes


def words(texts: Sequence[bytes]) -> Words:
    """The words of these texts (UTF-8), the same numbers on every machine."""
    plain = [t if t.isascii() else _plain(t) for t in texts]
    raw = b" " + b" ".join(plain) + b" " * STEP
    buffer = np.frombuffer(raw, np.uint8)
    small = raw.translate(COMPARED)
    compared = np.frombuffer(small, np.uint8)
    inside = compared != GAP
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    begins, ends = edges[::2], edges[1::2]
    kept = ~_possessive(buffer, begins, ends)
    if not kept.all():
        begins, ends = begins[kept], ends[kept]
    bounds = np.cumsum([0, *(len(t) + 1 for t in plain)])
    counts = np.diff(np.searchsorted(begins, bounds))
    return Words(_hashed(compared, begins, ends), counts, small, begins, ends)


def shingles(texts: Sequence[bytes], length: int) -> Shingles:
    """The sets of runs of `length` words of these texts."""
    found = words(texts)
    count, owners = len(texts), np.repeat(np.arange(len(texts)), found.counts)
    keys = np.zeros(0, np.uint64)
    if len(owners) >= length:
        whole = owners[: len(owners) - length + 1] == owners[length - 1 :]
        codes = runs(found.hashes, length)[whole] >> np.uint64(32)
        keys = owners[: len(whole)][whole].astype(np.uint64) << np.uint64(32) | codes
        keys.sort()
        keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    starts = np.searchsorted(keys, np.arange(count + 1, dtype=np.uint64) << np.uint64(32))
    return Shingles(starts, keys.astype(np.uint32), _prints(found, owners))


def joined(parts: Iterable[Shingles]) -> Shingles:
    """The sets of one part after the other; only one part at a time is held twice."""
    sizes, prints, codes = [np.zeros(1, np.int64)], [np.zeros(0, np.uint64)], bytearray()
    for part in parts:
        sizes.append(np.diff(part.starts))
        prints.append(part.prints)
        codes += part.codes.tobytes()
    return Shingles(
        np.cumsum(np.concatenate(sizes)), np.frombuffer(codes, np.uint32), np.concatenate(prints)
    )


def _plain(text: bytes) -> bytes:
    """The text with nothing beyond ASCII but small letters and figures, spelt one way."""
    folded = unicodedata.normalize("NFKC", text.decode()).lower().replace("’", "'")
    return MARKS.sub(" ", folded).encode()


def _possessive(buffer: Bytes, begins: Ints, ends: Ints) -> npt.NDArray[np.bool_]:
    """Whether a word is the "s" of a possessive."""
    single = np.flatnonzero(ends - begins == 1)
    first = begins[single]
    is_ending = (
        ((buffer[first] | 0x20) == S)
        & (buffer[first - 1] == APOSTROPHE)
        & (buffer[first + 1] != UNDERSCORE)
    )
    found = np.zeros(len(begins), np.bool_)
    found[single[is_ending]] = True
    return found


def _hashed(compared: Bytes, begins: Ints, ends: Ints) -> Hashes:
    """One number a word, from its bytes eight at a time; a gap never looks like a letter."""
    eights = np.ndarray((len(compared) - STEP + 1,), "<u8", compared.data, strides=(1,))
    lengths = ends - begins
    hashes = mixed(eights[begins] & KEPT[np.minimum(lengths, STEP)])
    rest = np.flatnonzero(lengths > STEP)
    done = STEP
    while len(rest):
        left = np.minimum(lengths[rest] - done, STEP)
        more = eights[begins[rest] + done] & KEPT[left]
        hashes[rest] = mixed(hashes[rest] ^ more)
        done += STEP
        rest = rest[lengths[rest] > done]
        if done == LONGEST:
            for word in rest.tolist():
                whole = compared[begins[word] : ends[word]].tobytes()
                hashes[word] = int.from_bytes(hashlib.blake2b(whole, digest_size=8).digest())
            break
    return hashes


def _prints(found: Words, owners: Ints) -> Hashes:
    ends = np.cumsum(found.counts)
    places = np.arange(len(owners)) - (ends - found.counts)[owners]
    # Odd factors: the same words in another order have another print.
    factors = places.astype(np.uint64) * np.uint64(2) + np.uint64(1)
    sums = np.zeros(len(owners) + 1, np.uint64)
    np.cumsum(found.hashes * factors, out=sums[1:])
    return np.asarray(sums[ends] - sums[ends - found.counts], np.uint64)
