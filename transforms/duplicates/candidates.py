"""Candidates: the pairs of texts worth comparing, found without comparing all pairs.

The smallest codes of a text are its probes: a fair sample of its 3-grams, the same in any text
that holds them. Whoever prints enough of a text's probes is compared with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms import ranges
from transforms.ranges import Ints
from transforms.shingles import Codes, Shingles

Keys = npt.NDArray[np.uint64]
HIGH = np.uint64(32)
LOW = np.uint64(2**32 - 1)
ONE = np.uint64(1)
# Odd, so that no two codes become one.
SPREAD = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True)
class Rules:
    """How candidates are found; the sizes of parts bound the memory and change no result."""

    # Shorter texts share all of their few 3-grams by chance: stock phrases, captions.
    shingle_floor: int = 12
    probe_count: int = 32
    # What copies share is .7 of the shorter at the least, and of 32 probes so many fall below
    # .375 in one pair of 10,000. Of these so many are asked for that chance does not bring them
    # together; the others, the commonest of the text, are not followed up, for what many print
    # costs the square of their number.
    likely_share: float = 0.375
    probe_share: float = 0.1
    # A probe that more texts print is compared with the longest of them only.
    posting_cap: int = 100
    anchor_count: int = 4
    part_probes: int = 1_000_000
    part_entries: int = 500_000
    part_meetings: int = 50_000


@dataclass(frozen=True, slots=True)
class _Groups:
    """Texts that print one probe: group g is the next counts[g] of the members.

    `printed` is how many texts print it, of which a large group keeps a few only. `probes` is
    one number for every text and probe of it, rising: the text, then the group.
    """

    members: Codes
    counts: Codes
    printed: Codes
    probes: Keys


def find(
    sets: Shingles, chosen: Ints, ranks: Ints, rules: Rules, threads: int
) -> tuple[Ints, Ints]:
    """Pairs of the chosen texts that share more probes than chance would have it, each once.

    `ranks` is the place of every text in an order that does not depend on theirs here.
    """
    sizes = np.diff(sets.starts)
    eligible = chosen[sizes[chosen] >= rules.shingle_floor]
    probe_counts = np.zeros(len(sizes), np.int64)
    probe_counts[eligible] = np.minimum(sizes[eligible], rules.probe_count)
    with ThreadPoolExecutor(threads) as pool:
        printed = _printed(sets, probe_counts, rules, pool)
        found = pool.map(lambda part: _grouped(part, sizes, ranks, rules), printed)
        groups = _joined(found)
        first_probes = np.searchsorted(
            groups.probes, np.arange(len(sizes) + 1, dtype=np.uint64) << HIGH
        )
        parts = ranges.stretches(first_probes, rules.part_meetings)
        starts = np.cumsum(groups.counts, dtype=np.int64) - groups.counts
        pairs = pool.map(
            lambda part: _met(
                groups, starts, slice(*first_probes[list(part)]), probe_counts, rules
            ),
            parts,
        )
        keys = np.unique(np.concatenate([np.zeros(0, np.uint64), *pairs]))
    return (keys >> HIGH).astype(np.int64), (keys & LOW).astype(np.int64)


def _printed(
    sets: Shingles, probe_counts: Ints, rules: Rules, pool: ThreadPoolExecutor
) -> Iterator[bytearray]:
    """Every place of a code that is a probe of any text, in parts that share no code.

    One number a place, rising: the code, the text, and whether it is a probe of that text. Some
    that are no text's probe are among them.
    """
    sieve = _Sieve.for_entries(int(probe_counts.sum()))
    stretches = list(ranges.stretches(sets.starts, rules.part_entries))
    for first, last in stretches:
        places = ranges.spread(sets.starts[first:last], probe_counts[first:last])
        sieve.add(sets.codes[places])
    number = int(probe_counts.sum()) // rules.part_probes + 1
    bounds = np.array([2**64 * i // number for i in range(1, number)], np.uint64)

    def found(stretch: tuple[int, int]) -> Sequence[Keys]:
        keys = _places(sets, probe_counts, stretch, sieve)
        return np.split(keys, np.searchsorted(keys, bounds))

    parts = [bytearray() for _ in range(number)]
    for pieces in pool.map(found, stretches):
        for part, piece in zip(parts, pieces, strict=True):
            part += piece.tobytes()
    parts.reverse()
    # Handed over one by one, and forgotten here: what is grouped needs no room any more.
    return (parts.pop() for _ in range(number))


def _places(sets: Shingles, probe_counts: Ints, stretch: tuple[int, int], sieve: _Sieve) -> Keys:
    """What the texts of the stretch print of the codes in the sieve."""
    first, last = stretch
    begins = sets.starts[first:last] - sets.starts[first]
    codes = sets.codes[sets.starts[first] : sets.starts[last]]
    places = np.flatnonzero(sieve.holds(codes))
    owners = np.repeat(np.arange(last - first), np.diff(sets.starts[first : last + 1]))[places]
    probes = probe_counts[first:last][owners]
    is_probe = places - begins[owners] < probes
    texts = (owners + first).astype(np.uint64) << ONE | is_probe
    # Probes are the smallest codes of their text: spread over all numbers, parts are alike.
    keys = (codes[places] * SPREAD).astype(np.uint64) << HIGH | texts
    return np.sort(keys[probes > 0])


@dataclass(frozen=True, slots=True)
class _Sieve:
    """A set of codes, one bit for some codes each: it holds all that were added and few others."""

    bits: npt.NDArray[np.uint8]
    shift: np.uint32

    @classmethod
    def for_entries(cls, count: int) -> _Sieve:
        """An empty one of 32 bits an entry, at the most one for four codes."""
        length = min(27, max(10, (4 * count).bit_length()))
        return cls(np.zeros(1 << length, np.uint8), np.uint32(29 - length))

    def add(self, codes: Codes) -> None:
        """Have it hold these codes."""
        byte, bit = self._places(codes)
        np.bitwise_or.at(self.bits, byte, bit)

    def holds(self, codes: Codes) -> npt.NDArray[np.bool_]:
        """Whether each code was added, or has its bit set by another that was."""
        byte, bit = self._places(codes)
        return np.asarray((self.bits[byte] & bit) != 0)

    def _places(self, codes: Codes) -> tuple[Codes, npt.NDArray[np.uint8]]:
        places = codes >> self.shift
        return places >> np.uint32(3), np.uint8(1) << (places & np.uint32(7)).astype(np.uint8)


def _grouped(part: bytearray, sizes: Ints, ranks: Ints, rules: Rules) -> _Groups:
    """The texts that print one code, where one of them has it as a probe and there are two."""
    printed = np.frombuffer(part, np.uint64)
    printed.sort()
    starts = np.flatnonzero(np.diff(printed >> HIGH, prepend=~np.uint64(0)))
    counts = np.diff(np.append(starts, len(printed)))
    is_probe = np.bitwise_or.reduceat(printed, starts) & ONE if len(starts) else starts
    is_met = (counts > 1) & (is_probe > 0)
    is_large = counts > rules.posting_cap
    small, large = np.flatnonzero(is_met & ~is_large), np.flatnonzero(is_met & is_large)
    order = np.concatenate([small, large])
    places = ranges.spread(starts[order], counts[order])
    group_of = np.repeat(np.arange(len(order)), counts[order])
    keys = printed[places]
    owners = ((keys & LOW) >> ONE).astype(np.uint32)
    own = np.flatnonzero(keys & ONE)
    in_small = int(counts[small].sum())
    anchor_count = min(rules.anchor_count, rules.posting_cap)
    anchors = _longest(owners[in_small:], group_of[in_small:], sizes, ranks, anchor_count)
    return _Groups(
        np.concatenate([owners[:in_small], anchors]),
        np.append(counts[small], np.full(len(large), anchor_count)).astype(np.uint32),
        counts[order].astype(np.uint32),
        owners[own].astype(np.uint64) << HIGH | group_of[own].astype(np.uint64),
    )


def _longest(owners: Codes, group_of: Ints, sizes: Ints, ranks: Ints, count: int) -> Codes:
    """The so many longest texts of each group, of equals the first by rank."""
    ranked = np.lexsort((ranks[owners], -sizes[owners], group_of))
    return owners[ranked[_rank_in(group_of) < count]]


def _rank_in(groups: Ints | Keys) -> Ints:
    """The place of each entry in its group; the entries of a group stand together."""
    starts = np.flatnonzero(np.append(True, groups[1:] != groups[:-1])[: len(groups)])
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.append(starts, len(groups))))


def _joined(parts: Iterable[_Groups]) -> _Groups:
    """The groups of one part after the other; only one part at a time is held twice."""
    members, counts, printed, probes = (bytearray() for _ in range(4))
    number = 0
    for part in parts:
        members += part.members.tobytes()
        counts += part.counts.tobytes()
        printed += part.printed.tobytes()
        probes += (part.probes + np.uint64(number)).tobytes()
        number += len(part.counts)
    rising = np.frombuffer(probes, np.uint64)
    rising.sort()
    return _Groups(
        np.frombuffer(members, np.uint32),
        np.frombuffer(counts, np.uint32),
        np.frombuffer(printed, np.uint32),
        rising,
    )


def _met(groups: _Groups, starts: Ints, part: slice, probe_counts: Ints, rules: Rules) -> Keys:
    """The candidates for the texts of a part of the probes: one number a pair."""
    owners, group_of = groups.probes[part] >> HIGH, groups.probes[part] & LOW
    commonest = np.lexsort((-groups.printed[group_of].astype(np.int64), owners))
    owners, group_of = owners[commonest], group_of[commonest]
    counts = probe_counts[owners.astype(np.int64)]
    wanted = np.ceil(rules.probe_share * counts)
    rest = _rank_in(owners) >= np.ceil(rules.likely_share * counts) - wanted
    owners, group_of, wanted = owners[rest], group_of[rest], wanted[rest]
    sizes = groups.counts[group_of].astype(np.int64)
    others = groups.members[ranges.spread(starts[group_of], sizes)]
    keys = np.repeat(owners << HIGH, sizes) | others
    keys = keys[keys >> HIGH != others]
    keys.sort()
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    hits = np.diff(np.append(first, len(keys)))
    keys = keys[first]
    least = wanted[np.searchsorted(owners, keys >> HIGH)]
    keys = keys[hits >= least]
    return np.asarray(np.minimum(keys, keys << HIGH | keys >> HIGH))
