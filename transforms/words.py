"""Words of a text with their spans, and which neighbours can belong to one name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(words.split())


WORD = re.compile(r"[^\W_]+")
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
    """The words of one text: parallel tuples of first character, end, folded key, capital.

    A number counts as printed with a capital. `damaged` holds the indices of words with a
    lost letter, whose key carries a gap for it.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    capitals: tuple[bool, ...]
    damaged: frozenset[int]

    def __len__(self) -> int:
        return len(self.keys)

    def gap(self, index: int) -> str:
        """The characters between this word and the next; of the last word, up to the end."""
        if index + 1 < len(self.starts):
            return self.text[self.ends[index] : self.starts[index + 1]]
        return self.text[self.ends[index] :]

    def before(self, index: int) -> str:
        """The characters between the word before and this one; of the first, from the start."""
        return self.text[self.ends[index - 1] if index else 0 : self.starts[index]]

    def joins(self, index: int) -> bool:
        """Whether this word and the next can be words of one name."""
        if index + 1 >= len(self.starts):
            return False
        gap = self.text[self.ends[index] : self.starts[index + 1]]
        if gap in JOINTS:
            return True
        key = self.keys[index]
        return gap in DOTTED and (len(key) == 1 or key in ABBREVIATIONS)

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
    spans = [match.span() for match in WORD.finditer(text)]
    folded = text.casefold()
    if len(folded) == len(text):
        keys = tuple([folded[start:end] for start, end in spans])
    else:  # "Straße" is longer when it is folded
        keys = tuple([text[start:end].casefold() for start, end in spans])
    return Words(
        text,
        tuple([start for start, _ in spans]),
        tuple([end for _, end in spans]),
        keys,
        tuple([not text[start].islower() for start, _ in spans]),
        frozenset(),
    )


def _split_around(text: str, ruins: Mapping[int, tuple[int, int, str]]) -> Words:
    rows: list[tuple[int, int, str]] = []
    damaged: list[int] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        if rows and start < rows[-1][1]:
            continue
        if start in ruins:
            damaged.append(len(rows))
        rows.append(ruins.get(start, (start, end, match.group().casefold())))
    starts, ends, keys = zip(*rows, strict=True)
    capitals = tuple(not text[start].islower() for start in starts)
    return Words(text, starts, ends, keys, capitals, frozenset(damaged))


def key(text: str) -> tuple[str, ...]:
    """The folded words of a name, the form in which names are compared.

    >>> key("NATO-Russia Council")
    ('nato', 'russia', 'council')
    """
    return tuple(word.casefold() for word in WORD.findall(text))


def _ruins(text: str, damaged_keys: frozenset[str] | set[str]) -> dict[int, tuple[int, int, str]]:
    found: dict[int, tuple[int, int, str]] = {}
    if any(map(text.__contains__, SIGNS)) and RUINS.search(text):
        for match in DAMAGED.finditer(text):
            folded = RUINS.sub(GAP, match.group()).casefold()
            first = WORD.search(text, match.start(), match.end())
            if folded in damaged_keys and first:
                found[first.start()] = (*match.span(), folded)
    return found
