"""What the clause around a phrase says of its day: past or announced, told or background."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.dates.phrases import Phrase
from transforms.text import sentences

# Where a clause ends; the word, if any, opens the next one.
BOUNDARY = re.compile(
    r"[;:()“”\"—–]|--|,\s"
    r"|\b(?P<word>and|but|which|who|whose|that|after|before|until|when|while|as|since|because"
    r"|although|where|if|whether|following)\b",
    re.I,
)
AHEAD = re.compile(
    r"\b(?:(?:will|shall|won['’]t|would|should|is\s+to|are\s+to|was\s+to|were\s+to)(?:\s+be\s+\w+)?"
    r"|to\s+be(?:\s+\w+)?"
    r"|going\s+to|due|expected|scheduled|slated|planned|plans?|planning|set\s+to|hopes?|about\s+to"
    r"|prepar\w+|next|coming|upcoming|later|postpone\w*|delay\w*|put\s+off|until"
    r"|ready\s+to|wants?|intends?)\b|['’]ll\b",
    re.I,
)
SCHEDULED = re.compile(
    r"\b(?:begins?|starts?|opens?|meets?|leaves?|arrives?|travels?|votes?|holds?|visits?|flies|fly"
    r"|resumes?|hosts?|convenes?|gathers?|sees?|takes?|comes?|goes|signs?|returns?)\b"
)
INFINITIVE = re.compile(r"\bto\s+(?!the\b|a\b|an\b|his\b|her\b|their\b|its\b)[a-z]{2,}\b")
PAST = re.compile(
    r"\b(?:was|were|did|had|said|told|met|held|began|broke|came|went|gave|took|made|won|lost|put|cut"
    r"|sent|left|saw|rose|fell|flew|drove|shot|struck|sank|spoke|wrote|swore|chose|got|ran|set|hit"
    r"|fought|brought|bought|built|kept|led|paid|read|let|shut|threw|grew|drew|withdrew|stood|found"
    r"|felt|fled|laid|lay|sold|thought|caught|knew|became|rode|sat|stole|swept|woke|wore|dealt|meant"
    r"|heard|lent|burst|split|spread|froze|blew|hid|lit|overthrew|rang|sought|shook|spent|stuck|tore"
    r"|understood|undertook|flung|swung|hung|dug|fed|slid|sprang|sank|swam|drank|ate|slept|quit"
    r"|[a-z]{2,}ed)\b"
)
PERFECT = re.compile(r"\b(?:has|have)\b(?:\s+\w+){0,2}\s+(?:been\b|\w+(?:ed|en|t|d)\b)")
PLUPERFECT = re.compile(r"\bhad\b(?:\s+\w+){0,2}\s+(?:been\b|\w+(?:ed|en|t|d|ne|wn)\b)")
SAID = re.compile(
    r"\b(?:said|says|told\s+\w+(?:\s+\w+)?|reported|announced|added|warned|confirmed|declared"
    r"|stated|insisted)\s+(?:late\s+|early\s+|here\s+)?(?:on\s+)?$"
)
BOUND_BEFORE = re.compile(r"\b(?:by|until|till|since|before|from|of)\s+(?:the\s+)?$", re.I)
AFTER_BEFORE = re.compile(r"\bafter\s+(?:the\s+|a\s+)?$", re.I)
ATTRIBUTE = re.compile(r"['’]s?\b")
CAPITAL_BEHIND = re.compile(r"\s+(?!I\b)[A-Z][a-z]+")
OPENS = re.compile(r"\s*(?:On|Late|Early|Late\s+on|Early\s+on|By|At)\s*", re.I)
QUOTES = re.compile(r"[\"“”]|``|''")
OPENERS = {
    **dict.fromkeys(("after", "since", "following"), "after"),
    **dict.fromkeys(("before", "until"), "before"),
    **dict.fromkeys(("which", "who", "whose", "where"), "relative"),
    **dict.fromkeys(("when", "while", "as"), "when"),
    **dict.fromkeys(("if", "whether"), "if"),
    "that": "that",
}


@dataclass(frozen=True, slots=True)
class Tense:
    """How a stretch of words tells of time."""

    is_ahead: bool
    is_past: bool


def tense(text: str) -> Tense:
    """Whether the words announce, and whether they tell what was."""
    is_past = PAST.search(text) is not None or PERFECT.search(text) is not None
    return Tense(AHEAD.search(text) is not None, is_past)


def marks(phrase: Phrase) -> Iterator[str]:
    """The marks of the phrase's sentence that bear on its day, by name."""
    text = phrase.passage.text
    first, last = next(
        ((a, b) for a, b in sentences(text) if a <= phrase.start < b), (0, len(text))
    )
    clause, word, opener = first, "", False
    for boundary in BOUNDARY.finditer(text, first, phrase.start):
        clause, word = boundary.end(), (boundary.group("word") or "").lower()
        opener = opener or bool(word)
    behind = BOUNDARY.search(text, phrase.end, last)
    before = text[clause : phrase.start]
    is_first = not before.strip() or OPENS.fullmatch(before) is not None
    after = text[phrase.end : last if is_first or behind is None else behind.start()]
    yield from _of_clause(before, after)
    if word in OPENERS:
        yield f"opened_{OPENERS[word]}"
    if BOUND_BEFORE.search(before) or word == "until":
        yield "bound"
    if AFTER_BEFORE.search(text[first : phrase.start]):
        yield "after"
    if ATTRIBUTE.match(text, phrase.end):
        yield "attribute"
    if phrase.kind == "weekday" and CAPITAL_BEHIND.match(text, phrase.end):
        yield "name"
    if len(QUOTES.findall(text[: phrase.start])) % 2:
        yield "quoted"
    whole = tense(text[first:last])
    if whole.is_ahead and not whole.is_past:
        yield "sentence_ahead"
    if not before.strip() and phrase.start <= first + 3:
        yield "opens_sentence"
    if re.search(r"\b(?:next|coming|later)\s*$", before):
        yield "next"


def _of_clause(before: str, after: str) -> Iterator[str]:
    ahead = [m.end() for m in AHEAD.finditer(before)]
    past = [m.end() for m in PAST.finditer(before)]
    if ahead and ahead[-1] >= max(past, default=0):
        yield "ahead_before"
    if past and past[-1] > max(ahead, default=0):
        yield "past_before"
    infinitives = [m.start() for m in INFINITIVE.finditer(before)]
    if infinitives and infinitives[-1] > max(past, default=0):
        yield "infinitive_before"
    if SCHEDULED.search(before) and not past:
        yield "present_before"
    if not past and not ahead and not infinitives:
        yield from _of_verb_behind(after)
    if PLUPERFECT.search(before):
        yield "pluperfect"
    if SAID.search(before):
        yield "said"


def _of_verb_behind(rest: str) -> Iterator[str]:
    """Where no verb stands before the phrase, the first one behind it tells its time."""
    ahead, past = AHEAD.search(rest), PAST.search(rest)
    if past and (ahead is None or past.start() < ahead.start()):
        yield from ("past_before", "verb_behind")
    elif ahead:
        yield from ("ahead_before", "verb_behind")
