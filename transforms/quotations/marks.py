"""Runs of quoted words: where quotation marks of any style open and close in a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# One literal each: a search for these skips all other characters at once.
# A mark that is typed as two ("``", "‘‘", "<<") comes before its half.
MARK = re.compile("|".join(("''", "``", "´´", "‘‘", "’’", "‚‚", "<<", ">>", *"\"“”„‟«»″‶〃‘’‚'")))
DOUBLE = frozenset(
    {'"', "“", "”", "„", "‟", "«", "»", "``", "''", "´´", "‘‘", "’’", "‚‚", "<<", ">>", *"″‶〃"}
)
PRIMES = frozenset({"″", "‶", "〃", "´´", "’’", "''", '"', "”"})  # what closes where type is mixed
# What may close a run that a mark has opened; typists and converters mix the styles.
CLOSERS: Mapping[str, frozenset[str]] = {
    '"': frozenset({'"', "”", "''", "″"}),
    "“": PRIMES | {"“"},
    "”": frozenset({"”"}),
    "„": frozenset({"“", "”", '"', "‟", "‘‘"}),
    "«": frozenset({"»", ">>"}),
    "»": frozenset({"«", "»"}),
    "``": PRIMES,
    "''": frozenset({"''", '"'}),
    "‘‘": PRIMES,
    "‚‚": frozenset({"‘‘", "’’", "“"}),
    "<<": frozenset({">>", "»"}),
    **dict.fromkeys(("″", "‶", "〃", "´´"), PRIMES),
    "‘": frozenset({"’", "'"}),
    "‚": frozenset({"‘", "’"}),
    "'": frozenset({"'", "’"}),
}
SINGLE = re.compile(r"['’‘]")
# Words that have lost their head to an apostrophe, and years.
ELISION = re.compile(
    r"(?:bout|cause|em|n|neath|round|til|till|tis|twas|twere|\d\ds?)\b", re.IGNORECASE
)
OPENERS = frozenset(CLOSERS)
SHORTEST = 2  # letters: "rock 'n' roll" quotes nobody
STOPS = ",.?!;:…"


@dataclass(frozen=True, slots=True)
class Run:
    """Quoted words of one paragraph: `start` to `end` without, `outer_*` with their marks."""

    outer_start: int
    start: int
    end: int
    outer_end: int
    is_closed: bool

    def text(self, paragraph: str) -> str:
        """The quoted words as printed."""
        return paragraph[self.start : self.end]


def runs(paragraph: str) -> tuple[Run, ...]:
    """The runs of a paragraph in order; marks inside a run are part of its words.

    A run without a closing mark ends where the next of its kind opens, else with the
    paragraph.
    """
    found: list[Run] = []
    opened: re.Match[str] | None = None
    ends = _SingleEnds.of(paragraph)
    for match in MARK.finditer(paragraph):
        if opened is None:
            opened = match if _opens(paragraph, match, ends) else None
        elif _closes(paragraph, opened, match, ends):
            found.append(_run(paragraph, opened, match.start(), match.end(), True))
            opened = None
        elif match.group() == opened.group() and match.group() in DOUBLE:
            found.append(_run(paragraph, opened, match.start(), match.start(), False))
            opened = match
    if opened is not None and opened.group() in DOUBLE:
        found.append(_run(paragraph, opened, len(paragraph), len(paragraph), False))
    return tuple(run for run in found if run.end - run.start >= SHORTEST)


def masked(paragraph: str, found: tuple[Run, ...]) -> str:
    """The paragraph with its quoted words blotted out, character for character.

    A letter case and a final stop are kept, and every mark is a straight one, so that a
    sentence ends where it ends for the reader and no word inside a run is taken for a cue.
    """
    parts, end = [], 0
    for run in found:
        words = run.text(paragraph)
        first = "X" if words[0].isupper() or words[0].isdigit() else "x"
        last = words[-1] if len(words) > 1 and words[-1] in ".?!" else "x"
        blot = (first + "x" * (len(words) - 2) + last)[: len(words)]
        opening, closing = run.start - run.outer_start, run.outer_end - run.end
        parts += [paragraph[end : run.outer_start], '"' * opening, blot, '"' * closing]
        end = run.outer_end
    return "".join([*parts, paragraph[end:]])


def _opens(text: str, match: re.Match[str], ends: _SingleEnds) -> bool:
    mark = match.group()
    if mark not in OPENERS:
        return False
    before, after = _around(text, match)
    if mark == "«" and after.isspace():  # the French set a blank inside the marks
        return not before or before.isspace()
    if after.isspace() or not after:
        return False
    if mark == "»" and after in STOPS:
        return False
    if mark in ("“", "„", "«", "``", "‘‘", "‚‚"):
        return True
    if mark in ("″", "〃") and before.isdigit():  # inches and seconds
        return False
    is_free = not before or not (before.isalnum() or before in STOPS.replace(":", ""))
    if mark in ("'", "‘", "‚"):
        is_word = after.isalpha() or after in '"“…['
        is_word = is_word and not ELISION.match(text, match.end())
        return is_free and is_word and ends.behind(match.end()) is not None
    return is_free


def _closes(text: str, opened: re.Match[str], match: re.Match[str], ends: _SingleEnds) -> bool:
    mark = match.group()
    if mark not in CLOSERS[opened.group()] or match.start() == opened.end():
        return False
    if opened.group() in ("'", "‘", "‚"):
        return match.start() == ends.behind(opened.end())
    before, after = _around(text, match)
    if mark == opened.group() and mark not in ("»",):
        # The mark that opens is also one that closes: the space beside it tells.
        return not before.isspace() or not after or after.isspace()
    return True


@dataclass(frozen=True, slots=True)
class _SingleEnds:
    """Where runs of single marks can end or open in a text, in order: found once for all runs."""

    sure: Sequence[int]
    plural: Sequence[int]  # "allies'" may be a plural's apostrophe
    opening: Sequence[int]

    @classmethod
    def of(cls, text: str) -> _SingleEnds:
        """Those of the text; an apostrophe inside a word is none."""
        sure: list[int] = []
        plural: list[int] = []
        opening: list[int] = []
        for match in SINGLE.finditer(text, 1):
            at = match.start()
            before, after = text[at - 1], text[at + 1 : at + 2]
            if after.isalnum():
                if ELISION.match(text, at + 1):
                    continue  # "I don't blame 'em"
                opening += [at] if before.isspace() else []
            elif not before.isspace():
                (plural if before == "s" and after == " " else sure).append(at)
        return cls(sure, plural, opening)

    def behind(self, start: int) -> int | None:
        """Where a run that begins here ends; a plural's apostrophe only before the next opens."""
        sure, plural = _first(self.sure, start), _first(self.plural, start)
        if plural is None or (sure is not None and sure < plural):
            return sure
        following = _first(self.opening, plural)
        return plural if sure is None or (following is not None and following < sure) else sure


def _first(places: Sequence[int], start: int) -> int | None:
    """The first of the places, in order, that is not before `start`."""
    index = bisect_left(places, start)
    return places[index] if index < len(places) else None


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    return text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]


def _run(text: str, opened: re.Match[str], end: int, outer_end: int, is_closed: bool) -> Run:
    start = opened.end()
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Run(opened.start(), start, end, outer_end if is_closed else end, is_closed)
