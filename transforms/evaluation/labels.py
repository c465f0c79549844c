"""Labels: whether each line of a capture was taken for what it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transforms.evaluation.score import Measure, Miss, share
from transforms.evaluation.subjects import Subject
from transforms.tables import LABELS, Block
from transforms.text import fold_space

LINE_END = re.compile(r"\r\n|\r|\n")
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """One comparison: a block at the line it starts on, or a labelled line where none starts."""

    file: str
    line: int
    expected: str | None
    given: str | None
    rule: str
    text: str

    @property
    def is_right(self) -> bool:
        """Whether the line is labelled as it should be."""
        return self.expected == self.given


def measure(subjects: Iterable[Subject]) -> tuple[Measure, tuple[Measure, ...]]:
    """The labels of all captures, and each label by itself.

    Every block counts at the line it starts on: one that starts on a line without a label in
    the truth is an error. A labelled line on which no block starts counts with the label of
    the block that runs on over it, and is missed where there is none.
    """
    units = [u for s in subjects if s.truth.lines is not None for u in _units(s)]
    misses = tuple(_miss(u) for u in units if not u.is_right)
    whole = _measure("labels", units, None, misses)
    printed = {u.expected for u in units} | {u.given for u in units}
    return whole, tuple(_measure(n, units, n, ()) for n in LABELS if n in printed)


def _measure(
    name: str, units: Sequence[Unit], label: str | None, misses: tuple[Miss, ...]
) -> Measure:
    def fits(value: str | None) -> bool:
        return value is not None and label in (None, value)

    right = sum(u.is_right and fits(u.given) for u in units)
    given = sum(fits(u.given) for u in units)
    expected = sum(fits(u.expected) for u in units)
    note = f"{right} right of {given} given and {expected} expected"
    return Measure(name, share(right, given), share(right, expected), note, misses)


def expected_labels(subject: Subject) -> dict[int, str]:
    """The label that the truth gives to the line each block starts on, by block_index."""
    lines, starts = subject.truth.lines or {}, _starts(subject.text or "")
    places = {b.block_index: bisect_right(starts, b.char_start) for b in subject.blocks}
    return {index: lines[line] for index, line in places.items() if line in lines}


def _units(subject: Subject) -> Iterator[Unit]:
    lines, file = subject.truth.lines or {}, subject.truth.file
    text = subject.text or ""
    starts = _starts(text)
    begun = set()
    for block in subject.blocks:
        line = bisect_right(starts, block.char_start)
        begun.add(line)
        yield Unit(file, line, lines.get(line), block.label, block.rule, block.text)
    for line, expected in sorted(lines.items()):
        if line not in begun:
            content = _line(text, starts, line)
            over = _running_on(subject.blocks, starts, line, content)
            given, rule = (over.label, over.rule) if over else (None, "")
            shown = content.strip() or f"({subject.state})"
            yield Unit(file, line, expected, given, rule, shown)


def _starts(text: str) -> list[int]:
    return [0, *(m.end() for m in LINE_END.finditer(text))]


def _line(text: str, starts: Sequence[int], line: int) -> str:
    if line > len(starts):
        return ""
    end = starts[line] if line < len(starts) else len(text)
    return text[starts[line - 1] : end]


def _running_on(
    blocks: Sequence[Block], starts: Sequence[int], line: int, content: str
) -> Block | None:
    """The block that begins above the line and holds its first printed character."""
    if line > len(starts) or not content.strip():
        return None
    first = starts[line - 1] + len(content) - len(content.lstrip())
    return next((b for b in blocks if b.char_start < first < b.char_end), None)


def _miss(unit: Unit) -> Miss:
    text = fold_space(unit.text)
    return Miss(
        "labels",
        unit.file,
        f"line {unit.line}",
        unit.expected or "(no label in the truth)",
        f"{unit.given} [{unit.rule}]" if unit.given else "(no block)",
        text if len(text) <= SHOWN else f"{text[:SHOWN]}...",
    )
