"""Wording: the words that articles print, read by arrays, as sets of codes per article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms import ranges, shingles, terms
from transforms.events import sets, times
from transforms.events.sets import Sets
from transforms.events.times import Bits
from transforms.ranges import Ints

# The opening of a report tells the event, whatever its length: 120 words beat 60 and the
# whole text on ECB+, and made five full-length reports of one beat come apart.
LEAD_WORDS = 120
# Stands in for a title that is not printed.
OPENING_WORDS = 15
# Runs of four quoted words: three are stock phrases too often ("in the world").
QUOTED_RUN = 4
SHINGLE_WORDS = 3
# Texts read at a time: bounds the memory.
PART_TEXTS = 2_000


@dataclass(frozen=True, slots=True)
class Wording:
    """The sets of words of each article; whole, opening and title share their codes.

    `times` are those that the openings print; `headline_counts` and `word_counts` are numbers of
    words, those of the headline among both.
    """

    words: Sets
    leads: Sets
    titles: Sets
    quoted: Sets
    runs: Sets
    shingles: Sets
    times: Bits
    headline_counts: Ints
    word_counts: Ints


@dataclass(frozen=True, slots=True)
class _Stems:
    """Texts as codes of stems: text i has the next counts[i]; a label for each code."""

    codes: Ints
    counts: Ints
    labels: tuple[str, ...]
    tokens: terms.Hashes


def read(
    titles: Sequence[str], texts: Sequence[str], quotes: Sequence[str], quoted_by: Ints
) -> Wording:
    """The wording of articles; quotes[j] is quoted by the article quoted_by[j]."""
    count = len(texts)
    both = [part for pair in zip(titles, texts, strict=True) for part in pair]
    stems = _stems([*both, *quotes])
    counts = stems.counts[: 2 * count].reshape(count, 2)
    headlines, totals = counts[:, 0], counts.sum(axis=1)
    end = int(totals.sum())
    codes, owners = stems.codes[:end], np.repeat(np.arange(count), totals)
    places = ranges.spread(np.zeros(count, np.int64), totals)
    opening = np.where(headlines > 0, headlines, OPENING_WORDS)

    def among(chosen: npt.NDArray[np.bool_]) -> Sets:
        return sets.of(owners[chosen], codes[chosen], count, stems.labels)

    hashes = terms.hashed(stems.labels, {})
    quoted, runs = _quoted(
        hashes[codes], owners, hashes[stems.codes[end:]],
        np.repeat(quoted_by, stems.counts[2 * count :]),
        np.repeat(np.arange(len(quotes)), stems.counts[2 * count :]), count,
    )  # fmt: skip
    is_text = places >= headlines[owners]
    leading = places < LEAD_WORDS
    return Wording(
        words=among(np.ones(end, np.bool_)),
        leads=among(leading),
        titles=among(places < opening[owners]),
        quoted=quoted,
        runs=runs,
        shingles=_shingles(stems.tokens[:end][is_text], owners[is_text], count),
        times=times.printed(owners[leading], codes[leading], count, stems.labels),
        headline_counts=headlines,
        word_counts=totals,
    )


def _stems(texts: Sequence[str]) -> _Stems:
    spelt: dict[int, str] = {}
    hashes, counts = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for first in range(0, len(texts), PART_TEXTS):
        found = shingles.words([t.encode() for t in texts[first : first + PART_TEXTS]])
        hashes.append(found.hashes)
        counts.append(found.counts)
        unique, places = np.unique(found.hashes, return_index=True)
        for token, place in zip(unique.tolist(), places.tolist(), strict=True):
            if token not in spelt:
                spelt[token] = found.printed(place)
    known = sorted(spelt)
    stemmed = [terms.stem(spelt[token]) for token in known]
    labels = sorted(set(stemmed))
    code_of = {label: code for code, label in enumerate(labels)}
    codes = np.array([code_of[s] for s in stemmed], np.int64)
    tokens = np.concatenate(hashes)
    found_at = np.searchsorted(np.array(known, np.uint64), tokens)
    return _Stems(codes[found_at], np.concatenate(counts), tuple(labels), tokens)


def _quoted(
    hashes: terms.Hashes,
    owners: Ints,
    quoted_hashes: terms.Hashes,
    quoted_by: Ints,
    quote_of: Ints,
    count: int,
) -> tuple[Sets, Sets]:
    """The runs of words that each article quotes, and those of any quotation that it prints."""
    mine, starts = _runs(quoted_hashes, quote_of, QUOTED_RUN)
    printed, begins = _runs(hashes, owners, QUOTED_RUN)
    wanted, codes = np.unique(mine, return_inverse=True)
    labels = wanted.tolist()
    quoted = sets.of(quoted_by[starts], codes, count, labels)
    found = np.minimum(np.searchsorted(wanted, printed), max(0, len(wanted) - 1))
    hit = wanted[found] == printed if len(wanted) else np.zeros(len(printed), np.bool_)
    return quoted, sets.of(owners[begins[hit]], found[hit], count, labels)


def _shingles(tokens: terms.Hashes, owners: Ints, count: int) -> Sets:
    """The 3-grams that more than one article prints, and of each article how many it has."""
    found, starts = _runs(tokens, owners, SHINGLE_WORDS)
    values, codes = np.unique(found, return_inverse=True)
    return sets.of(owners[starts], codes, count, range(len(values)))


def _runs(hashes: terms.Hashes, owners: Ints, length: int) -> tuple[terms.Hashes, Ints]:
    """The runs of so many words that lie within one owner, and where each begins."""
    if len(hashes) < length:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    whole = owners[: len(owners) - length + 1] == owners[length - 1 :]
    return terms.runs(hashes, length)[whole], np.flatnonzero(whole)
