"""Bylines: the authors' names, as the page states them for programs or as it prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from transforms import persons
from transforms.articles.metadata import Metadata, Stated
from transforms.blocks.pages import Page, PageBlock
from transforms.furniture import Verdict
from transforms.printed import DATE_BEFORE, MONTH, NAME_PART, ROLE, WEEKDAY, is_byline

MAX_LINE = 120  # characters of a line that says who wrote the story
MAX_NAME_LINES = 3  # lines of names alone, without "by"; more are a list of something else
NEAR_BLOCKS = 6  # between the headline or the first paragraph and the byline


# Log-odds that the words are a person's name. A line that says "by" needs little more; one that
# says nothing must look like names alone: "Text Size" stands where bylines stand.
SIGNED, UNSIGNED = -3.0, -0.5


def byline(
    page: Page,
    verdicts: Sequence[Verdict],
    stated: Metadata,
    given_names: Set[str] = frozenset(),
) -> Stated | None:
    """The authors' names, "; " between them: as stated, as the page marks or prints them.

    Pages that state nothing for programs print their bylines as newspapers do: these come first.
    A page that states its own site for the author may yet print who wrote the story.
    `given_names` help to tell people from labels; they are folded as `persons.signs` has them.
    """
    lines = [b.text for b, v in zip(page.blocks, verdicts, strict=True) if v.label == "byline"]
    labelled = _joined(_of_lines(lines, given_names), "byline")
    if labelled and not stated.is_spoken:
        return labelled
    people, sites = _stated(stated)
    if people:
        return people
    near, far = _ordered(page, verdicts)
    signed = _printed(page, near, given_names) or labelled
    if sites or signed:
        return signed or sites
    return _printed(page, far, given_names)


def _joined(names: Iterable[str], method: str) -> Stated | None:
    value = "; ".join(dict.fromkeys(names))
    return Stated(value, method) if value else None


def _stated(stated: Metadata) -> tuple[Stated | None, Stated | None]:
    """The people of the most trusted statement that names some; the site, where one names it."""
    people = site = None
    for group in stated.authors:
        method = group[0].method
        named = [n for a in group if not a.is_site for n in _people(a.value, stated.sites)]
        people = people or _joined(named, method)
        site = site or _joined((a.value for a in group if a.is_site), method)
    return people, site


# Names in a line ------------------------------------------------------------------------------

EDGES = " ,.:;|-–—·•●⋅\u00a0"
# Between people; between a person and what is said of them.
PEOPLE = re.compile(r"\s+(?:and|with|und|et|и)\s+|[;|/&·•●⋅\n]|\s[-–—]\s", re.I)
BESIDE = re.compile(r"\s*,\s*(?:and\s+)?", re.I)
LEADING = re.compile(
    rf"^\W*(?:{DATE_BEFORE})?"
    r"(?:byline\s*[:=]|(?:(?:written|posted|published|words|story|text|article|guide|recipe|report|review)\s+)?"
    r"(?:by\b|by(?=[A-Z]))|(?:from|von|par|por)\b(?=\W*(?-i:[A-Z]))"
    r"|(?:authors?|contributors?|autor(?:in)?|auteur|автор)\s*:)\s*:?\s*",
    re.I,
)
# What follows the names on their line: a date, a reading time, when it was changed.
TRAILING = re.compile(
    rf"\s*[(\[]?(?:[\w.]*@\w|\b(?:(?:on|at)\s+)?(?:{WEEKDAY}\s*,?\s*)?{MONTH}\s*\d|\b\d"
    r"|(?:first\s+|last\s+)?\b(?:updated|published|posted)\b|\bon\s+(?-i:[A-Z])).*$",
    re.I | re.S,
)
GLUED_MONTH = re.compile(rf"(?<=[a-z])(?={MONTH}\s*\d)", re.I)
CREDENTIAL = re.compile(r"(?:[A-Z][a-z]?\.?){2,6}(?:-[A-Z]+)?(?:\s*\d+)?|[JS]r\.?|Ph\.?\s?D\.?")
ROLES = re.compile(
    rf"\b(?:{ROLE}|special\s+to\b.*|of\s+the\b.*|in\s+(?-i:[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*)*))",
    re.I,
)
TITLE_WORD = re.compile(
    r"\b(?:editors?|writers?|reporters?|correspondents?|columnists?|contributors?|directors?|staff"
    r"|managers?|founders?|experts?|analysts?|authors?|professors?|heads?|chief|officers?|team"
    r"|presidents?|senior|producers?|journalists?|specialists?|university|freelance|desk|newsroom"
    r"|\w+(?:icians?|itians?|ologists?|uralists?)|educators?|engineers?|attorneys?|critics?"
    r"|reviewers?|the)\b",
    re.I,
)
NAME = re.compile(rf"[^\W\d_][\w.'’-]*(?:\s+(?:{NAME_PART}|[^\W\d_a-z][\w.'’()-]*)){{1,3}}")


# Names in capitals end where small letters begin: "OTTO DOE Courier Press Writer".
CAPITALS = re.compile(
    r"^(\W*(?:[A-Z][A-Z'’-]+\s+(?:[A-Z]\.\s+)?){1,2}[A-Z][A-Z'’-]+)\s+(?!Ma?c[A-Z])[A-Z][a-z].*$"
)


def byline_names(line: str) -> list[str]:
    """The full names of a line signed by its authors, each with the degrees printed behind it.

    >>> byline_names("By JANE DOE, M.D., and John Roe, Staff Writers")
    ['Jane Doe, M.D.', 'John Roe']
    """
    bare = TRAILING.sub("", LEADING.sub("", GLUED_MONTH.sub(" ", line)))
    names: list[str] = []
    for somebody in PEOPLE.split(ROLES.sub("", bare)):
        names += _with_degrees(BESIDE.split(CAPITALS.sub(r"\1", somebody)))
    return names


def _with_degrees(parts: Iterable[str]) -> list[str]:
    names: list[str] = []
    for part in parts:
        name = part.strip(EDGES)
        if names and CREDENTIAL.fullmatch(part.strip()):
            names[-1] = f"{names[-1]}, {part.strip()}"
        elif _is_person(name):
            names.append(name.title() if name.isupper() else name)
        elif TITLE_WORD.search(name):
            break  # what follows is where they work
    return names


def _is_person(name: str) -> bool:
    is_capital = name[:1].isupper()
    return is_capital and NAME.fullmatch(name) is not None and not TITLE_WORD.search(name)


def _likely(names: Iterable[str], given_names: Set[str], least: float) -> list[str]:
    """The names that are people's; degrees behind a name say nothing."""
    return [n for n in names if persons.log_odds(n.split(",")[0], given_names) >= least]


def _people(value: str, sites: frozenset[str]) -> list[str]:
    """The people of one statement, which may be several with their titles; as it is, if none."""
    names = [n for n in byline_names(value) if n.lower() not in sites]
    begins = LEADING.sub("", value).lstrip()
    return names if names and begins.lower().startswith(names[0][:4].lower()) else [value]


# As printed -----------------------------------------------------------------------------------

# A bare label whose name stands in the next block.
LABEL = re.compile(
    r"\W*(?:(?:written|posted|words|story|text|article|published)\s+)?(?:by|authors?)\W*", re.I
)
MARKED = re.compile(r"author|byline|writer|contributor")
NOT_MARKED = re.compile(
    r"comment|label|role|bio|avatar|date|time|share|social|title|related|desc|count|read"
)
NO_NAME = re.compile(rf"(?:{WEEKDAY}|{MONTH})", re.I)
TEAM = re.compile(r"(?:[^\W\d_a-z]\S*\s+){1,3}(?i:staff|team|editors|desk|newsroom)")


def _of_lines(lines: Sequence[str], given_names: Set[str]) -> list[str]:
    """The names of byline blocks; of names alone only where they are no list."""
    signed = [
        name
        for line in lines
        if is_byline(line)
        for name in _likely(byline_names(line), given_names, SIGNED)
    ]
    if signed or len(lines) > MAX_NAME_LINES:
        return signed
    return [n for line in lines for n in _likely(byline_names(line), given_names, UNSIGNED)]


def _ordered(page: Page, verdicts: Sequence[Verdict]) -> tuple[list[int], list[int]]:
    """The short blocks from the headline to the first paragraphs, and all others."""
    labels = [v.label for v in verdicts]
    first = labels.index("body") if "body" in labels else 0
    title = labels.index("title") if "title" in labels else first
    low, high = min(title, first) - NEAR_BLOCKS, max(title, first) + NEAR_BLOCKS
    short = [
        i
        for i, b in enumerate(page.blocks)
        if len(b.text) <= MAX_LINE and not b.is_hidden and labels[i] != "comment"
    ]
    return [i for i in short if low <= i <= high], [i for i in short if not low <= i <= high]


def _printed(page: Page, among: Iterable[int], given_names: Set[str]) -> Stated | None:
    """The names of the first block that is signed or that the page marks as its author's."""
    for index in among:
        block = page.blocks[index]
        method = _how(block, page.blocks[index - 1].text if index else "")
        if method is None:
            continue
        least = UNSIGNED if method == "marked" else SIGNED
        found = _joined(_names(block.text, given_names, least), method)
        if found:
            return found
    return None


def _how(block: PageBlock, above: str) -> str | None:
    """By what the block is known to sign the story; None where it does not."""
    if LEADING.match(block.text) and not block.heading_level:
        return "signed"
    if len(above) < 20 and LABEL.fullmatch(above):
        return "labelled"
    is_marked = MARKED.search(block.hints) and not NOT_MARKED.search(block.hints)
    return "marked" if is_marked else None


def _names(line: str, given_names: Set[str], least: float) -> Iterator[str]:
    """The names of a signed line; a single name or a team where nobody is named in full."""
    named = byline_names(line)
    yield from _likely(named, given_names, least)
    if named:
        return
    bare = TRAILING.sub("", LEADING.sub("", line))
    first = next(iter(PEOPLE.split(bare)), "").strip(EDGES)
    is_single = first[:1].isupper() and first.isalpha() and not TITLE_WORD.search(first)
    is_alone = is_single and not (first.isupper() or NO_NAME.fullmatch(first))
    is_alone = is_alone and bool(_likely([first], given_names, least))
    if is_alone or TEAM.fullmatch(first):
        yield first
