"""Documents: stories that are none, but a statement, a transcript, a chronology or their like.

Each kind has its signs, in the words around the story and in its form, and each sign its
points; what only news does (speech reported, a wire's dateline, a byline) takes points away. The
points were set on the reports of 1998 to 2002 and on documents written for the tests, and checked
against the articles of the development collections: of 529 news stories of ECB+ none reaches the
mark, of 792 pages of WCXB and of 1349 of the web of 2012 nine in a thousand do, mostly interviews
and lists.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from transforms.articles import Story
from transforms.blocks import Page
from transforms.text import sentences

# A document has signs of as many points more than it has signs of news.
MARK = 2.0
# Blocks above the story that may say what it is, and their words at the most.
ABOVE, HEAD_WORDS = 8, 14
LINKED = 0.9
# What is printed of a page in more lines than this tells no more of its kind.
MAX_LINES = 400

HEAD = re.IGNORECASE | re.MULTILINE
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DATED_LINE = re.compile(
    rf"^\W{{0,3}}(?:\d{{1,2}}(?:[-–]\d{{1,2}})?(?:st|nd|rd|th)?\s+{MONTH}|{MONTH}\s+\d{{1,2}}\b"
    rf"|{MONTH},?\s+(?:19|20)\d\d|(?:19|20)\d\d\s*[:–—-]|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
)
TURN = re.compile(
    r"^(?:(?:MR|MS|MRS|DR|Mr|Ms|Mrs|Dr|Sir|Lord|Gen|Sen|President|Secretary|Minister|Chancellor)"
    r"\.?\s+)*([A-Z][\w.'’-]*(?:\s+[A-Z(][\w.'’)-]*){0,4}|Q|A)\s*:\s*(?=\S)"
)
# Labels of scripts, boxes and updates, whose colon opens no speech.
NO_SPEAKERS = re.compile(
    r"^(?:intro|text|tag|dateline|voiced|content|date|type|number|title|byline|note|update\w*|"
    r"location|time|place|target|source|by|from|to|subject|re|cc|contact|tel|fax|e-?mail|see|"
    r"related|more|also|photo\w*|image|caption|copyright|published|posted|editor\w*|read|topics?|"
    r"\w+ party|main article|full (?:story|text)|coordinates|correction)\b",
    re.IGNORECASE,
)
QUESTION_TURN = re.compile(r"^(?:Q|QUESTION|Question|Moderator|MODERATOR)\s*[.:]\s*\S")
CITED = re.compile(r"(?<=[\w.,;\"”)])\[\d{1,3}\]")
NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s+\S|^[a-z]\)\s+\S|^[•·▪*-]\s+\S")
# A number that opens an item, also in the middle of a line: lists are joined to paragraphs.
ITEM = re.compile(r"(?:^|(?<=\s))\(?\d{1,2}[.)]\s+(?=[A-Z\"“])")
MAX_ITEM_WORDS = 16
FIELD = re.compile(r"^[A-Z][\w /()-]{2,30}:\s+\S")
PERFORMED = re.compile(
    r"^(?:\(?\d+[.)]\s*)?(?:(?:The\s+)?[A-Z]\w+(?:\s+(?:and|of|the|[A-Z]\w+)){0,5}|They|We)\s+"
    r"(?:also\s+|further\s+|strongly\s+|once again\s+)?(?:welcom|reaffirm|underlin|underscor|"
    r"stress|note[ds]?\b|took note|take note|recall|reiterat|express|agree|condemn|exchang|"
    r"emphasi[sz]|reviewed|call(?:ed|s)? (?:up)?on|commend|commit|declare|pledge|resolve|support|"
    r"remain|recogni[sz]e|discussed|consider|affirm|urge|encourage|look(?:ed)? forward|intend|met )"
)
QUOTED = re.compile(r"[\"“][^\"“”]{2,600}[\"”]|``.*?''", re.DOTALL)
WE = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
MYSELF = re.compile(r"\b(?:I|my|me|we|our|us)\b")
REPORTED = re.compile(
    r"\b(?:said|says|told|according to|reported|quoted as|announced that|added that|adding that|"
    r"reports that|a spokes\w+)\b",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^(?:(?:ladies and gentlemen|excellenc|distinguished|dear (?:colleagues|friends)|"
    r"(?:mr|madam)\.?,? (?:president|chairman|speaker|secretary)|your (?:excellenc|majest))"
    r"\b.{0,80}[,.!:]|thank you\b|good (?:morning|afternoon|evening)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What kind of document a story is, and the signs that say so."""

    document_type: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of one kind, with its points and what it is called."""

    document_type: str
    points: float
    what: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A story and the lines around it, as the signs look at them.

    `heads` are short lines above the story and its title; `lines` all from the first of the
    story to the last, and `below` those after it; `plain` the story without what it quotes.
    """

    story: Story
    heads: str
    lines: tuple[str, ...]
    below: tuple[str, ...]
    body: tuple[str, ...]
    plain: str
    words: int


def judge(told: Seen) -> Judgement | None:
    """The kind of document that the story is; None: it is a story."""
    signs = [sign for look in LOOKS for sign in look(told)]
    points: dict[str, float] = defaultdict(float)
    for sign in signs:
        points[sign.document_type] += sign.points
    if not points:
        return None
    kind = max(sorted(points), key=lambda k: points[k])
    if points[kind] - _news(told) < MARK:
        return None
    return Judgement(kind, "; ".join(s.what for s in signs if s.document_type == kind))


def seen(story: Story, page: Page) -> Seen:
    """The story with the lines around it."""
    places = [p.block_index for p in story.passages if p.label == "body"]
    first, last = places[0], places[-1]
    texts = [b.text for b in page.blocks]
    # A link leads to something else: menus offer "Frequently asked questions".
    above = [
        b.text
        for b in page.blocks[max(0, first - ABOVE) : first + 1]
        if len(b.text.split()) <= HEAD_WORDS and b.link_share < LINKED
    ]
    body = tuple(texts[i] for i in places)
    lines = tuple(texts[first : last + 1][:MAX_LINES])
    below = tuple(texts[last + 1 :][:MAX_LINES])
    plain = QUOTED.sub(" ", story.text)
    heads = "\n".join([*above, *([story.title] if story.title else [])])
    return Seen(story, heads, lines, below, body, plain, max(1, len(plain.split())))


def _share(pattern: re.Pattern[str], told: Seen) -> float:
    return len(pattern.findall(told.plain)) / told.words


def _news(told: Seen) -> float:
    """What speaks for a report."""
    reported = _share(REPORTED, told)
    found = 1.5 if reported >= 0.008 else 0.7 if reported >= 0.004 else 0.0
    found += 1.0 if told.story.dateline_place else 0.0
    return found + (0.5 if told.story.byline else 0.0)


CALLED: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("statement", 2.0, re.compile(
        r"^(?:(?:final|joint|ministerial|summit|press|official|chairman'?s?|presidential)\s+)*"
        r"(?:statement|declaration|communiqu[eé]|resolution|decision|charter|founding act|treaty|"
        r"agreement|protocol|memorandum|convention|news release|press release)\b"
        r"(?!\s+(?:is|was|has|draws|says|sparks|signed|reached|to|may|could|will|ends))", HEAD)),
    ("transcript", 2.0, re.compile(
        r"^(?:\W*)(?:(?:joint|news|press|opening|closing|background)\s+)*"
        r"(?:transcript|press conference|news conference|press briefing|interview (?:with|of|by)\b|"
        r"press point|question and answer|questions and answers|q ?& ?a\b)|\btranscript$", HEAD)),
    ("speech", 2.0, re.compile(
        r"^(?:(?:opening|closing|welcoming|keynote|introductory)\s+)*"
        r"(?:speech|address|remarks|lecture|statement|intervention)\s+(?:by|of|to|at|from|given|"
        r"delivered)\b", HEAD)),
    ("fact_sheet", 2.5, re.compile(
        r"\bfact\s?sheet\b|^backgrounder\b|^background (?:note|information|paper)|\bfactfile\b|"
        r"^facts? (?:file|and figures)|^frequently asked|^key facts|\bat a glance$", HEAD)),
    ("chronology", 1.5, re.compile(
        r"\bchronology\b|^timeline\b|\btimeline$|^key (?:dates|events)|^calendar of", HEAD)),
    ("index", 1.5, re.compile(
        r"^(?:index|table of contents|contents|documents|archives?|site map|search results|"
        r"press releases|speeches|news archive|back issues)\b", HEAD)),
    ("list", 1.5, re.compile(
        r"^(?:list|members|composition|directory|programme|agenda) of\b", HEAD)),
)  # fmt: skip


def _called(told: Seen) -> Iterator[Sign]:
    """What the page calls itself."""
    for kind, points, pattern in CALLED:
        found = pattern.search(told.heads)
        if found:
            yield Sign(kind, points, f"it is called {found.group().strip()!r}")


def _turns(told: Seen) -> Iterator[Sign]:
    """Lines that open with who speaks."""
    turns = [(n, line, who) for n, line in enumerate(told.lines) if (who := _speaker(line))]
    counts = Counter(who for _, _, who in turns)
    questions = sum(bool(QUESTION_TURN.match(line)) for _, line, _ in turns)
    recurring = questions + sum(counts[who] > 1 for _, _, who in turns)
    # Boxes of wares have labels that recur too, but hardly anybody asks in them; a column may end
    # in a few lines of talk, a transcript opens with its own.
    is_asked = questions or sum("?" in line for _, line, _ in turns) >= max(1, 0.25 * len(turns))
    is_talk = is_asked and (questions or len(counts) > 1)
    is_early = bool(turns) and _is_early(turns[0][0], told.lines)
    if recurring >= 3 and recurring >= 0.15 * len(told.lines) and is_talk and is_early:
        yield Sign("transcript", 3.0, f"{len(turns)} lines open with who speaks")
    if any(re.search(r"[(\[](?:applause|laughter|inaudible)", line, re.I) for line in told.lines):
        yield Sign("transcript", 1.0, "it notes applause or laughter")


def _is_early(place: int, lines: Sequence[str]) -> bool:
    """Whether what opens here is the rest of the page, and no end of a story."""
    return place <= max(3, len(lines) // 3)


def _speaker(line: str) -> str | None:
    """Who speaks, where the line opens with it."""
    turn = TURN.match(line)
    if turn and not NO_SPEAKERS.match(line):
        return turn.group(1)
    asked = QUESTION_TURN.match(line)
    return "Q" if asked else None


def _addressed(told: Seen) -> Iterator[Sign]:
    """Words spoken to those present."""
    if any(GREETING.match(line) for line in told.body[:2]):
        yield Sign("speech", 2.0, "it greets those present")
    share = _share(MYSELF, told)
    if share >= 0.025:
        yield Sign("speech", 1.0, f"the first person is {share:.1%} of its words")


def _performed(told: Seen) -> Iterator[Sign]:
    """Paragraphs in which a body declares."""
    count = sum(bool(PERFORMED.match(line)) for line in told.lines)
    if count >= 3 and count >= 0.3 * len(told.lines):
        yield Sign("statement", 2.0, f"{count} paragraphs open with what a body declares")
    if re.search(
        r"\bwe, the \w+|\bhereby\b|have agreed as follows|for immediate release", told.plain, re.I
    ):
        yield Sign("statement", 1.5, "words of a declaration")
    share = _share(WE, told)
    if share >= 0.012:
        yield Sign("statement", 1.0, f"we and our are {share:.1%} of its words")
    numbered = sum(bool(NUMBERED.match(line)) for line in told.lines)
    if numbered >= 4 and numbered >= 0.4 * len(told.lines):
        yield Sign("statement", 0.5, f"{numbered} numbered paragraphs")


def _dated(told: Seen) -> Iterator[Sign]:
    """Line after line opens with a day.

    A chronology may be cut short by the stages before; else what is dated below a story are
    comments on it.
    """
    is_called = any(sign.document_type == "chronology" for sign in _called(told))
    lines = (*told.lines, *told.below) if is_called else told.body
    places = [n for n, line in enumerate(lines) if DATED_LINE.match(line)]
    count = len(places)
    if count >= 4 and count >= 0.15 * len(lines) and (is_called or _is_early(places[0], lines)):
        yield Sign("chronology", 2.0, f"{count} lines open with a date")


def _compiled(told: Seen) -> Iterator[Sign]:
    """The form of an encyclopedia, of a fact sheet or of a list."""
    notes = len(CITED.findall(told.story.text))
    if notes:
        yield Sign("encyclopedia", min(2.0, notes), f"{notes} marks of notes such as [1]")
    named = {
        m.group(1).lower()
        for line in (*told.heads.splitlines(), *told.lines, *told.below)
        if (m := re.match(r"(Coordinates|Main article|See also|External links|References|Further "
                          r"reading|From \w+, the free encyclopedia|Bibliography)\b", line, re.I))
    }  # fmt: skip
    if len(named) > 1 or (named and notes):
        what = ", ".join(sorted(named))
        yield Sign("encyclopedia", min(2.0, 1.0 * len(named)), f"parts of an encyclopedia: {what}")
    if re.search(r"//[^/]*(?:wiki|encyclop|britannica)|/wiki/", told.story.url or "", re.I):
        yield Sign("encyclopedia", 2.0, "the address of an encyclopedia")
    fields = sum(bool(FIELD.match(line)) and not TURN.match(line) for line in told.body)
    if fields >= 4 and fields >= 0.4 * len(told.body):
        yield Sign("fact_sheet", 1.0, f"{fields} lines of a name and its value")
    others = [line for line in told.body if not _is_prose(line)]
    count = len(told.body)
    # A story with the dates of a tour, or the data of a camera, tells more than it lists.
    listed = sum(len(line.split()) for line in others)
    is_most = listed >= 0.5 * sum(len(line.split()) for line in told.body)
    if count >= 6 and len(others) >= 0.7 * count and is_most:
        yield Sign("list", 2.0, f"{len(others)} of {count} lines are no sentences")


def _itemised(told: Seen) -> Iterator[Sign]:
    """Numbered items and nothing else: the contents of something, one after the other."""
    items = len(ITEM.findall(told.story.text))
    is_opened = bool(ITEM.match(told.story.text))
    if items >= 4 and is_opened and told.words <= MAX_ITEM_WORDS * items:
        yield Sign("list", 2.0, f"{items} numbered items of a few words")


def _is_prose(line: str) -> bool:
    """Whether the line ends a sentence, as prose does."""
    return bool(re.search(r"[.!?…:;,][\"'”’»)\]]*$", line)) and len(list(sentences(line))) > 0


LOOKS: Sequence[Callable[[Seen], Iterator[Sign]]] = (
    _called, _turns, _addressed, _performed, _dated, _compiled, _itemised,
)  # fmt: skip
