"""A body paragraph as the quotations stage reads it: its sentences, names and quoted runs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter, itemgetter

from transforms import text
from transforms.quotations import cues
from transforms.quotations.marks import Run
from transforms.tables import Mention

THING_METHODS = ("unresolved:place_or_government", "unresolved:name:")
# The rules of the names stage that tie a mention to a person.
PERSON_METHODS = ("full_name", "initials", "alias", "reversed", "surname", "given", "found")
# A name behind one of these is no subject: "a spokesman for Mr Smith said".
BEHIND = re.compile(
    r"\b(?:for|of|to|with|against|by|from|between|about|under|than|like|behind|told|asked|urged|"
    r"met|meeting|thanked|accused|he|she|they|we)\b|['’]s?\b",
    re.IGNORECASE,
)
CUT = re.compile(
    r"^.*(?:[\";:]|,\s|\s(?:that|while|although|though|as|when|whether|what|which|whom|where|if|"
    r"because|since|how)\s)",
    re.DOTALL,
)
TOPIC = re.compile(r"(?:as )?for|to|with", re.IGNORECASE)
_start = attrgetter("block_start")
# A noun right before the name is in apposition to it, and what it belongs to stands before.
APPOSED = re.compile(r"\bof (?:the|its|his|her) [a-z]{4,}$")
LEAD_WORDS = 9  # words that titles and offices put before a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it, as far as told, the words that say so, and the rule."""

    entity_id: str | None
    surface: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Told:
    """A speaker that was told, and the place of its cue: what a later pronoun may mean."""

    paragraph: int
    position: int
    entity_id: str
    surface: str | None


@dataclass(frozen=True)
class Paragraph:
    """One body paragraph: its text, the text with quoted words blotted out, and what is in it."""

    text: str
    mask: str
    text_start: int
    runs: tuple[Run, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The spans of its sentences; a cue after "?" or "!" belongs to the question."""
        asked = {run.outer_end for run in self.runs if self.mask[run.end - 1] in "?!"}
        spans: list[tuple[int, int]] = []
        for start, end in text.sentences(self.mask):
            if spans and spans[-1][1] in asked:
                cue = cues.after(self.mask, spans[-1][1], end, True)
                if cue is not None and cue.is_adjacent:
                    spans[-1] = (spans[-1][0], end)
                    continue
            spans.append((start, end))
        return tuple(spans)

    @cached_property
    def unquoted(self) -> tuple[Mention, ...]:
        """The mentions outside quoted words."""
        starts = [run.start for run in self.runs]
        before = (bisect_right(starts, m.block_start) for m in self.mentions)
        return tuple(
            m
            for m, at in zip(self.mentions, before, strict=True)
            if not at or m.block_start >= self.runs[at - 1].end
        )

    def people(self, start: int, end: int) -> list[Mention]:
        """The people named between these characters, outside quoted words."""
        return [m for m in self.outside(start, end) if is_person(m)]

    def outside(self, start: int, end: int) -> list[Mention]:
        """The mentions between these characters, outside quoted words."""
        first, last = (bisect_left(self.unquoted, at, key=_start) for at in (start, end))
        return [m for m in self.unquoted[first:last] if m.block_start + len(m.surface) <= end]

    def is_name(self, run: Run) -> bool:
        """Whether the quoted words are nothing but a name."""
        at = bisect_left(self.mentions, run.start, key=_start)
        first = self.mentions[at] if at < len(self.mentions) else None
        span = (run.start, run.end)
        return (
            first is not None
            and (first.block_start, first.block_start + len(first.surface)) == span
        )

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that holds this place, or of the one before it."""
        return max(0, bisect_right(self.sentences, position, key=itemgetter(0)) - 1)

    def are_neighbours(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether the second sentence is the first or follows right after it."""
        return self.sentence_at(other[0]) - self.sentence_at(one[0]) in (0, 1)


def one_or_several(paragraph: Paragraph, people: Sequence[Mention]) -> Speaker:
    first = people[0]
    for second in people[1:2]:
        start, end = first.block_start, second.block_start + len(second.surface)
        between = paragraph.text[first.block_start + len(first.surface) : second.block_start]
        if re.match(r"\s+and\b", between) and len(between.split()) < LEAD_WORDS:
            return Speaker(None, paragraph.text[start:end], "unresolved:several_speakers")
    return named(first, "name")


def head(paragraph: Paragraph, start: int, end: int) -> Speaker | None:
    """The first person of a sentence, where it is its subject or what it is about."""
    people = paragraph.people(start, end)
    if not people:
        return None
    if is_head(paragraph, start, people[0]):
        return named(people[0], "subject")
    lead = paragraph.mask[start : people[0].block_start].strip()
    if TOPIC.fullmatch(lead.removesuffix(people[0].office or "\0").strip()):
        at = people[0].block_start + len(people[0].surface)
        second = people[1] if len(people) > 1 else None
        if second is not None and paragraph.mask[at : second.block_start].strip() == ",":
            return named(second, "subject")  # "For Smith, Jones had praise"
        return named(people[0], "topic")
    return None


def is_head(
    paragraph: Paragraph, start: int, mention: Mention, is_cut: bool = True, is_close: bool = False
) -> bool:
    """Whether only titles and the like stand between `start` and the name, and no owner's "'s".

    `is_close` tells that the verb follows the name right away.
    """
    end = mention.block_start + len(mention.surface)
    if re.match(r"['’]s?(?:\s|$)", paragraph.text[end : end + 3]):
        return False
    lead = paragraph.mask[start : mention.block_start]
    if is_cut:
        lead = CUT.sub("", lead)
    lead = lead.rstrip().removesuffix(mention.office or "\0")
    is_possessive = re.search(r"['’]s?\s*$", lead)
    if is_possessive and mention.office:
        lead = ""  # "Russia's acting President ..."
    if is_close and APPOSED.search(lead):
        return True  # "the envoy of the ministry Ann Berg said"
    return not BEHIND.search(lead) and len(lead.split()) <= LEAD_WORDS


def named(mention: Mention, method: str) -> Speaker:
    if mention.entity_id is None:
        return Speaker(None, mention.surface, mention.method)
    return Speaker(mention.entity_id, mention.surface, method)


def is_person(mention: Mention) -> bool:
    if mention.method.startswith("unresolved"):
        return not mention.method.startswith(THING_METHODS)
    return mention.method.startswith(PERSON_METHODS)
