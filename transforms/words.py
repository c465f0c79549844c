"""Words of a text with their spans, and which neighbours can belong to one name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, compress, count


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(words.split())


WORD = re.compile(r"[^\W_]+")
PARTS = re.compile(r"(\w+)")
# Between two words of one name: a space, one hyphen, an apostrophe. A longer dash is a dash
# between words ("War--Russia") and never joins.
JOINTS = frozenset({" ", "\u00a0", "\n", "-", "\u2010", "\u2011", "\u2013", "'", "\u2019"})
DOTTED = frozenset({".", ". ", ".\u00a0", ".\n", ".-"})
APOSTROPHES = frozenset({"'", "\u2019"})
HYPHENS = frozenset({"-", "\u2010", "\u2011", "\u2013"})
# Words of more than one letter that are printed with a full stop before a name.
ABBREVIATIONS = word_set(
    "adm brig capt col dr fr gen gov hon jr lt maj messrs mr mrs ms mt prof rep rev sen sgt sr st "
    "yu zh ya ye ch sh"
)
# A letter lost or doubled by a wrong character set, between letters: "R--he", "R?he", "RÃ¼he".
LOST = r"--|\?{1,2}|\ufffd+|[\u00c2-\u00c5\u00d0\u00d1][\u0080-\u00bf\u0152-\u0178\u0192-\u2122]"
DAMAGED = re.compile(rf"[^\W\d_]*(?:(?:{LOST})[^\W\d_]*)+")
RUINS = re.compile(LOST)
SIGNS = ("--", "?", "\ufffd", *"ÂÃÄÅÐÑ")  # without one of these nothing is damaged
GAP = "\0"  # stands for the lost letter in the key of a damaged word


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text: parallel rows of first character, end, folded key, capital, gap.

    A number counts as printed with a capital; `capital_at` has the indices of all that do. A gap
    is what stands between a word and the next, behind the last one the end of the text; `lead`
    stands before the first. `damaged` holds the indices of words with a lost letter, whose key
    carries a gap for it.
    """

    text: str
    lead: str
    starts: Sequence[int]
    ends: Sequence[int]
    keys: tuple[str, ...]
    capitals: tuple[bool, ...]
    capital_at: tuple[int, ...]
    gaps: Sequence[str]
    damaged: frozenset[int]

    def __len__(self) -> int:
        return len(self.keys)

    def gap(self, index: int) -> str:
        """The characters between this word and the next; of the last word, up to the end."""
        return self.gaps[index]

    def before(self, index: int) -> str:
        """The characters between the word before and this one; of the first, from the start."""
        return self.gaps[index - 1] if index else self.lead

    def joins(self, index: int) -> bool:
        """Whether this word and the next can be words of one name."""
        gap = self.gaps[index]
        if gap in JOINTS:
            return index + 1 < len(self.keys)
        if gap not in DOTTED or index + 1 == len(self.keys):
            return False
        key = self.keys[index]
        return len(key) == 1 or key in ABBREVIATIONS

    def is_capital(self, index: int) -> bool:
        """Whether the word is printed with a capital or is a number."""
        return self.capitals[index]

    def is_upper(self, index: int) -> bool:
        """Whether the word is printed in capitals throughout, two letters or more."""
        word = self.text[self.starts[index] : self.ends[index]]
        return len(word) > 1 and word.isupper()

    def is_initial(self, index: int) -> bool:
        """Whether the word is one capital letter, an initial of a name."""
        start, end = self.starts[index], self.ends[index]
        return end - start == 1 and self.text[start].isupper()

    def opens_sentence(self, index: int) -> bool:
        """Whether the word can owe its capital to its place: after a stop, a mark or nothing."""
        before = self.before(index).rstrip()
        if index == 0 or not before:
            return index == 0
        key = self.keys[index - 1]
        if before == "." and (len(key) == 1 or key in ABBREVIATIONS):
            return False
        return before[-1] in ".!?:\"'\u201c\u2018\u00ab\u201e\u2014" or before.endswith("--")


def split(text: str, damaged_keys: frozenset[str] | set[str] = frozenset()) -> Words:
    """The words of the text; a damaged word stays one word where its key is a known one."""
    ruins = _ruins(text, damaged_keys) if damaged_keys else {}
    if ruins:
        return _split_around(text, ruins)
    # An underscore parts words as any sign does.
    return _words(text, PARTS.split(text.replace("_", "|")), frozenset())


def _words(text: str, parts: Sequence[str], damaged: frozenset[int]) -> Words:
    """The words of a text that is cut into what stands before, a word, a gap, a word, a gap ..."""
    printed, edges = parts[1::2], list(accumulate(map(len, parts)))
    capitals = tuple([not word[0].islower() for word in printed])
    return Words(
        text,
        parts[0],
        edges[:-1:2],
        edges[1::2],
        tuple(" ".join(printed).casefold().split()),
        capitals,
        tuple(compress(count(), capitals)),
        parts[2::2],
        damaged,
    )


def _split_around(text: str, ruins: Mapping[int, tuple[int, str]]) -> Words:
    parts, damaged, end = [""], {}, 0
    for match in WORD.finditer(text):
        start = match.start()
        if start < end:
            continue
        parts[-1:] = [text[end:start]]
        end, key = ruins.get(start, (match.end(), ""))
        if key:
            damaged[len(parts) // 2] = key
        parts += [text[start:end], ""]
    parts[-1] = text[end:]
    words = _words(text, parts, frozenset(damaged))
    keys = tuple(damaged.get(index, key) for index, key in enumerate(words.keys))
    return replace(words, keys=keys)


def key(text: str) -> tuple[str, ...]:
    """The folded words of a name, the form in which names are compared.

    >>> key("NATO-Russia Council")
    ('nato', 'russia', 'council')
    """
    return tuple(word.casefold() for word in WORD.findall(text))


def _ruins(text: str, damaged_keys: frozenset[str] | set[str]) -> dict[int, tuple[int, str]]:
    """The end and the key of each damaged word of the text, by its first character."""
    found: dict[int, tuple[int, str]] = {}
    if not any(map(text.__contains__, SIGNS)):
        return found
    end = 0
    for ruin in RUINS.finditer(text):
        if ruin.start() < end:
            continue  # its word was read with a ruin before it
        start = max(end, text.rfind(" ", end, ruin.start()) + 1)
        space = text.find(" ", ruin.end())
        end = space if space >= 0 else len(text)
        for match in DAMAGED.finditer(text, start, end):
            folded = RUINS.sub(GAP, match.group()).casefold()
            first = WORD.search(text, match.start(), match.end())
            if folded in damaged_keys and first:
                found[first.start()] = (match.end(), folded)
    return found
