"""Who speaks: the subject of a verb of saying, read as a name, a pronoun or other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.cues import SUBJECT_STOP, Cue
from transforms.marks import Run
from transforms.tables import Mention

# The rules of the names stage that tie a mention to a person.
PERSON_METHODS = ("full_name", "initials", "alias", "reversed", "surname", "found")
THING_METHODS = ("unresolved:place_or_government", "unresolved:name:")
ASIDE = re.compile(
    r"(?:[\s,]+(?:also|later|then|once|again|still|now|\w+ly|has|had|have|himself|herself|both|"
    r"(?:on|last|this|late|early)?\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: \w+)?|"
    r"yesterday|today|to|would|will|did not|reportedly|could|may|only|even|first|repeatedly))*[\s,]*"
)
APPOSITION = re.compile(r", [^\"]+,\s*(?:\w+ly |also |then )?")
OPENING_PRONOUN = re.compile(r"\W*(?:but |and |so |then |yet )?(he|she|they|it|i|we)\b", re.I)
# A name behind one of these is no subject: "a spokesman for Mr Smith said".
BEHIND = re.compile(
    r"\b(?:for|of|to|with|against|by|from|between|about|under|than|like|behind|told|asked|urged|"
    r"met|meeting|thanked|accused)\b|['’]s?\b",
    re.IGNORECASE,
)
CUT = re.compile(
    r"^.*(?:[\";:]|,\s|\s(?:and|but|that|while|although|though|as|when|whether)\s)", re.S
)
PARTICIPLE_TAIL = re.compile(
    r"\s(?:issued|released|signed|published|adopted|who|which|that|whose|after|before|in|on|at)\b|,"
)
FEMALE = re.compile(r"^(?:mrs|ms|miss|lady|baroness|dame|frau|madame|mme)\b", re.IGNORECASE)
MALE = re.compile(r"^(?:mr|lord|sir|herr|monsieur|father|baron)\b", re.IGNORECASE)
LEAD_WORDS = 9  # words that titles and offices put before a name
SENTENCES_BACK = 5  # a pronoun's name is met within these; further back it would be a guess
PARTS_SHOWN = 10  # words of a speaker that is no name


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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One body paragraph: its text, the text with quoted words blotted out, and what is in it."""

    text: str
    mask: str
    text_start: int
    runs: tuple[Run, ...]
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]

    def people(self, start: int, end: int) -> list[Mention]:
        """The people named between these characters, outside quoted words."""
        return [m for m in self.outside(start, end) if _is_person(m)]

    def outside(self, start: int, end: int) -> list[Mention]:
        """The mentions between these characters, outside quoted words."""
        return [
            m
            for m in self.mentions
            if start <= m.block_start
            and m.block_start + len(m.surface) <= end
            and not any(r.start <= m.block_start < r.end for r in self.runs)
        ]

    def is_name(self, run: Run) -> bool:
        """Whether the quoted words are nothing but a name."""
        span = (run.start, run.end)
        return any((m.block_start, m.block_start + len(m.surface)) == span for m in self.mentions)

    def are_neighbours(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether the second sentence is the first or follows right after it."""
        if one == other:
            return True
        index = self.sentences.index(one)
        return index + 1 < len(self.sentences) and self.sentences[index + 1] == other


def tell(paragraphs: Sequence[Paragraph], number: int, cue: Cue, told: Sequence[Told]) -> Speaker:
    """The speaker that a cue in paragraph `number` names; `told` are the speakers before it."""
    paragraph = paragraphs[number]
    start, end = cue.subject_start, cue.subject_end
    if cue.order == "verb_first":
        return _behind_verb(paragraphs, number, cue, told)
    if cue.order in ("object", "agent"):
        people = paragraph.people(start, end) or paragraph.outside(start, end)
        return _named(people[0], cue.order) if people else _words(paragraph, start, end)
    if cue.order == "subject_first":
        beside = _beside(paragraph, start, end)
        if beside is not None:
            return beside
        pronoun = _pronoun_before(paragraph.mask[start:end])
        if pronoun == "who":
            earlier = paragraph.people(start, end)
            return _named(earlier[-1], "relative") if earlier else Speaker(None, "who", "relative")
        if pronoun is not None:
            return _pronoun(paragraphs, number, pronoun, cue.start, told)
    head = _head(paragraph, start, end)
    if head is not None:
        return head
    opening = OPENING_PRONOUN.match(paragraph.mask, start, end)
    if opening:
        return _pronoun(paragraphs, number, opening.group(1), opening.start(1), told)
    return _words(paragraph, start, end)


def of_sentence_before(paragraph: Paragraph, position: int) -> Speaker | None:
    """The person the sentence before this place is about, for speech that has no cue."""
    before = [s for s in paragraph.sentences if s[1] <= position]
    head = _head(paragraph, *before[-1]) if before else None
    if head is None or head.entity_id is None:
        return None
    return Speaker(head.entity_id, head.surface, "previous_sentence")


def _behind_verb(
    paragraphs: Sequence[Paragraph], number: int, cue: Cue, told: Sequence[Told]
) -> Speaker:
    paragraph, start = paragraphs[number], cue.subject_start
    people = paragraph.people(start, cue.subject_end)
    if people and _is_head(paragraph, start, people[0], is_cut=False):
        return _one_or_several(paragraph, people)
    pronoun = OPENING_PRONOUN.match(paragraph.mask, start, cue.subject_end)
    if pronoun:
        return _pronoun(paragraphs, number, pronoun.group(1), cue.start, told)
    stop = SUBJECT_STOP.search(paragraph.mask, start, cue.subject_end)
    return _words(paragraph, start, stop.start() if stop else cue.subject_end)


def _beside(paragraph: Paragraph, start: int, end: int) -> Speaker | None:
    """The name right before the verb, or before an aside between commas."""
    mentions = paragraph.outside(start, end)
    if not mentions:
        return None
    last = mentions[-1]
    tail = paragraph.mask[last.block_start + len(last.surface) : end]
    if ASIDE.fullmatch(tail) and _is_head(paragraph, start, last):
        if _is_person(last):
            return _one_or_several(paragraph, _coordinated(paragraph, mentions))
        return _named(last, "name")
    for mention in paragraph.people(start, end):
        tail = paragraph.mask[mention.block_start + len(mention.surface) : end]
        if APPOSITION.fullmatch(tail) and _is_head(paragraph, start, mention):
            return _named(mention, "name")
    return None


def _coordinated(paragraph: Paragraph, mentions: Sequence[Mention]) -> list[Mention]:
    """The last mention, after the one it is joined to by "and"."""
    last = mentions[-1]
    if len(mentions) > 1 and _is_person(mentions[-2]):
        before = mentions[-2]
        between = paragraph.text[before.block_start + len(before.surface) : last.block_start]
        lead = between.removesuffix(" ").removesuffix(last.office or "").strip()
        if lead in ("and", "and the", "and his"):
            return [before, last]
    return [last]


def _one_or_several(paragraph: Paragraph, people: Sequence[Mention]) -> Speaker:
    first = people[0]
    for second in people[1:2]:
        start, end = first.block_start, second.block_start + len(second.surface)
        between = paragraph.text[first.block_start + len(first.surface) : second.block_start]
        if re.match(r"\s+and\b", between) and len(between.split()) < LEAD_WORDS:
            return Speaker(None, paragraph.text[start:end], "unresolved:several_speakers")
    return _named(first, "name")


def _head(paragraph: Paragraph, start: int, end: int) -> Speaker | None:
    """The first person of a sentence, where it is its subject."""
    people = paragraph.people(start, end)
    if people and _is_head(paragraph, start, people[0]):
        return _named(people[0], "subject")
    return None


def _is_head(paragraph: Paragraph, start: int, mention: Mention, is_cut: bool = True) -> bool:
    """Whether only titles and the like stand between `start` and the name, and no owner's "'s"."""
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
    return not BEHIND.search(lead) and len(lead.split()) <= LEAD_WORDS


def _pronoun_before(subject: str) -> str | None:
    """The pronoun that is the subject right before the verb, adverbs aside."""
    match = re.search(r"\b(he|she|they|it|i|we|who)\b([^\"]*)$", subject, re.IGNORECASE)
    if match and ASIDE.fullmatch(match.group(2)):
        return match.group(1).lower()
    return None


def _pronoun(
    paragraphs: Sequence[Paragraph],
    number: int,
    pronoun: str,
    position: int,
    told: Sequence[Told],
) -> Speaker:
    """The nearest person before the pronoun who is a subject or spoke, and whom it fits."""
    if pronoun.lower() not in ("he", "she"):
        return Speaker(None, pronoun, "unresolved:pronoun")
    unfit = _unfit(paragraphs, pronoun.lower())
    for entity_id in _subjects_before(paragraphs, number, position, told):
        if entity_id not in unfit:
            return Speaker(entity_id, pronoun, "pronoun")
    return Speaker(None, pronoun, "unresolved:pronoun")


def _subjects_before(
    paragraphs: Sequence[Paragraph], number: int, position: int, told: Sequence[Told]
) -> Iterator[str]:
    """The subjects and speakers before a place, the nearest sentence first."""
    seen = 0
    for n in range(number, -1, -1):
        for start, end in reversed(paragraphs[n].sentences):
            if n == number and start > position:
                continue
            limit = position if n == number and start <= position < end else end
            spoke = [t for t in told if t.paragraph == n and start <= t.position < limit]
            head = _head(paragraphs[n], start, limit)
            if head is not None and head.entity_id is not None:
                yield head.entity_id
            elif spoke:
                yield spoke[-1].entity_id
            seen += 1
            if seen > SENTENCES_BACK:
                return


def _unfit(paragraphs: Sequence[Paragraph], pronoun: str) -> set[str]:
    """The people whose printed titles the pronoun does not fit."""
    others = FEMALE if pronoun == "he" else MALE
    return {
        m.entity_id
        for paragraph in paragraphs
        for m in paragraph.mentions
        if m.entity_id and (others.match(m.surface) or (m.office and others.match(m.office)))
    }


def _words(paragraph: Paragraph, start: int, end: int) -> Speaker:
    """A speaker that is no person's name: kept as printed, an entity only where it is one."""
    words = CUT.sub("", paragraph.mask[start:end]).rstrip(" ,")
    at = start + paragraph.mask[start:end].rfind(words) if words else start
    stop = PARTICIPLE_TAIL.search(words)
    surface = paragraph.text[at : at + (stop.start() if stop and stop.start() else len(words))]
    surface = surface.strip(" ,-\"“”'’‘")
    if not surface or len(surface.split()) > PARTS_SHOWN:
        return Speaker(None, None, "unresolved:no_subject")
    bare = re.sub(r"^(?:the|a|an)\s+", "", surface, flags=re.IGNORECASE)
    for mention in paragraph.outside(at, at + len(surface)):
        if mention.surface == bare:
            return _named(mention, "name")
    return Speaker(None, surface, "unresolved:not_a_name")


def _named(mention: Mention, method: str) -> Speaker:
    if mention.entity_id is None:
        return Speaker(None, mention.surface, mention.method)
    return Speaker(mention.entity_id, mention.surface, method)


def _is_person(mention: Mention) -> bool:
    if mention.method.startswith("unresolved"):
        return not mention.method.startswith(THING_METHODS)
    return mention.method.startswith(PERSON_METHODS)
