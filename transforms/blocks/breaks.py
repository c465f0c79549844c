"""Breaks: lines that a page ends itself, by `<br>`, in the middle of a paragraph.

Pages made from wires and mails keep the line ends of these: a paragraph is several lines, and a
blank one, two `<br>`, parts it from the next.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence, Set

LINE_BREAK = re.compile(r"<br\b", re.I)
# A line that is emphasised to its end heads what follows, and no sentence runs on from it.
HEADING_END = re.compile(r"</(?:b|strong)\b", re.I)
INITIAL = re.compile(r"<img\b[^>]*?\balt\s*=\s*[\"']?([^\W\d_])[\"']?[\s/>]", re.I)
# A line was wrapped where the first word of the next would not have fitted on it; a margin is
# narrower than what makes a paragraph of its own.
LEAST_MARGIN, MOST_MARGIN = 30, 100
MIN_LINES = 3  # of a page's own width; fewer have none

Line = tuple[int, ...]  # the numbers of its runs of text


def shown(tag: re.Match[str]) -> str:
    """What a reader sees of a tag inside a block: a line's end, an initial, or nothing."""
    text = tag.group()
    if LINE_BREAK.match(text):
        return "\n"
    return initial(text, tag.string[tag.end() : tag.end() + 2])


def initial(tag: str, after: str) -> str:
    """The letter that an image shows as the first of the word behind it; else nothing.

    >>> initial('<IMG SRC="t.gif" ALT="T">', "he"), initial('<img alt="T">', " h")
    ('T', '')
    """
    found = INITIAL.match(tag) if tag[1:4].lower() == "img" else None
    if found is None or not found.group(1).isupper():
        return ""
    is_word = found.group(1) in "AIO" and after[:1].isspace() and after[1:2].islower()
    return found.group(1) if after[:1].isalpha() or is_word else ""


def joined(
    pieces: Sequence[str],
    runs: Sequence[int],
    places: Mapping[int, tuple[int, object]],
    links: Set[int] = frozenset(),
) -> dict[int, int]:
    """For the first run of each line that goes on the line above, the first run of that line.

    `places` are, for each run of text, how many block-level elements began before it, and those
    around it; `links` are runs inside links, and `pieces` text, tag, text ... text.
    """
    found: dict[int, int] = {}
    for lines in _stacks(pieces, runs, places):
        texts = [" ".join("".join(pieces[n] for n in line).split()) for line in lines]
        margin = _margin(texts)
        for (above, first), (line, text) in itertools.pairwise(zip(lines, texts, strict=True)):
            if links >= set(above) or links >= set(line):
                continue
            if any(HEADING_END.match(tag) for tag in pieces[above[-1] + 1 : line[0] : 2]):
                continue
            if _goes_on(first, text) or (margin and _has_no_room(first, text, margin)):
                found[line[0]] = above[0]
    return found


def _goes_on(above: str, below: str) -> bool:
    """Whether a sentence is cut by the line's end."""
    is_open = above[-1:].isalpha() or above.endswith((",", "-"))
    is_open = is_open or (above[-1:].isdigit() and len(above) >= LEAST_MARGIN)
    return is_open and " " in above and below[:1].islower()


def _margin(texts: Sequence[str]) -> int:
    """The width at which the lines were wrapped; 0 where they were not."""
    pairs = list(itertools.pairwise(texts))
    cut = sum(_goes_on(*pair) for pair in pairs)
    widest = max(map(len, texts))
    is_wrapped = len(texts) >= MIN_LINES and 2 * cut >= len(pairs)
    return widest if is_wrapped and LEAST_MARGIN <= widest <= MOST_MARGIN else 0


def _has_no_room(above: str, below: str, margin: int) -> bool:
    return len(above) + 1 + len(below.split(None, 1)[0]) > margin


def _stacks(
    pieces: Sequence[str], runs: Sequence[int], places: Mapping[int, tuple[int, object]]
) -> Iterator[list[Line]]:
    """Lines of the same elements with one `<br>` between each two, from two lines on."""
    lines: list[list[int]] = []
    for number in runs:
        place = places.get(number)
        above = places.get(lines[-1][-1]) if lines else None
        if place is not None and place == above:
            lines[-1].append(number)
        elif place and above and _is_next(pieces, lines[-1][-1], number, above, place):
            lines.append([number])
        else:
            if len(lines) > 1:
                yield [tuple(line) for line in lines]
            lines = [[number]] if place is not None else []
    if len(lines) > 1:
        yield [tuple(line) for line in lines]


def _is_next(
    pieces: Sequence[str],
    last: int,
    first: int,
    above: tuple[int, object],
    below: tuple[int, object],
) -> bool:
    """Whether nothing but one `<br>` stands between two runs of text."""
    if below[0] - above[0] != 1 or above[1] != below[1]:
        return False
    return sum(LINE_BREAK.match(tag) is not None for tag in pieces[last + 1 : first : 2]) == 1
