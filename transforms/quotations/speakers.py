"""Who speaks: the subject of a verb of saying, read as a name, a pronoun or other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from transforms.quotations.cues import CLAUSE_END, SUBJECT_STOP, Cue, stop_of
from transforms.quotations.paragraphs import (
    CUT,
    Paragraph,
    Speaker,
    Told,
    head,
    is_head,
    is_person,
    named,
    one_or_several,
)
from transforms.tables import Mention

ASIDE = re.compile(
    r"\)?(?:[\s,]+(?:also|later|then|once|again|still|now|\w+ly|has|had|have|himself|herself|both|"
    r"(?:on|last|this|late|early)?\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: \w+)?|"
    r"yesterday|today|to|would|will|did not|reportedly|could|may|only|even|first))*[\s,]*"
)
APPOSITION = re.compile(r", [^\"]+,\s*(?:\w+ly |also |then )?")
OPENING_PRONOUN = re.compile(r"\W*(?:but |and |so |then |yet )?(he|she|they|it|i|we)\b", re.I)
PARTICIPLE_TAIL = re.compile(
    r"\s(?:issued|released|signed|published|adopted|who|which|that|whose|after|before|in|on|at)\b|,"
)
SUBORDINATE = re.compile(
    r"(?:when|after|as|before|while|although|though|asked|if|since|in|at|on|speaking|during|for|"
    r"because|until|once|despite|to|with)\b",
    re.IGNORECASE,
)
SENTENCES_BACK = 5  # a pronoun's name is met within these; further back it would be a guess
OTHERS = {"he": "female", "she": "male"}  # whom a pronoun does not mean
PARTS_SHOWN = 10  # words of a speaker that is no name


def tell(
    paragraphs: Sequence[Paragraph],
    number: int,
    cue: Cue,
    told: Sequence[Told],
    genders: Mapping[str, str],
) -> Speaker:
    """The speaker that a cue in paragraph `number` names; `told` are the speakers before it.

    `genders` says of whom only "he" or only "she" can be said.
    """
    paragraph = paragraphs[number]
    start, end = cue.subject_start, cue.subject_end
    if cue.order == "verb_first":
        return _behind_verb(paragraphs, number, cue, told, genders)
    if cue.order in ("object", "agent"):
        people = paragraph.people(start, end) or paragraph.outside(start, end)
        return named(people[0], cue.order) if people else _words(paragraphs, number, start, end)
    if cue.order == "subject_first":
        beside = _beside(paragraph, start, end)
        if beside is not None:
            return beside
        pronoun, pronoun_at = _pronoun_before(paragraph.mask[start:end])
        if pronoun is not None and pronoun.lower() == "who":
            earlier = paragraph.people(start, end)
            return named(earlier[-1], "relative") if earlier else Speaker(None, "who", "relative")
        if pronoun is not None:
            others = _objects(paragraph, cue)
            at = start + pronoun_at
            return _pronoun(paragraphs, number, pronoun, at, told, genders, others)
    subject = head(paragraph, start, end)
    if subject is not None:
        return subject
    spoke = [t for t in told if t.paragraph == number and start <= t.position < end]
    if cue.order == "participle" and spoke:  # "..., the minister said, adding that ..."
        return Speaker(spoke[-1].entity_id, spoke[-1].surface, "participle")
    opening = OPENING_PRONOUN.match(paragraph.mask, start, end)
    if opening:
        others = _objects(paragraph, cue)
        return _pronoun(
            paragraphs, number, opening.group(1), opening.start(1), told, genders, others
        )
    if not cue.verb:  # "The message was short:" names nobody
        return Speaker(None, None, "unresolved:no_subject")
    return _words(paragraphs, number, start, end)


def of_sentence_before(paragraph: Paragraph, position: int) -> Speaker | None:
    """The person the sentence before this place is about, for speech that has no cue."""
    before = [s for s in paragraph.sentences if s[1] <= position]
    subject = head(paragraph, *before[-1]) if before else None
    if subject is None or subject.entity_id is None:
        return None
    return Speaker(subject.entity_id, subject.surface, "previous_sentence")


def _behind_verb(
    paragraphs: Sequence[Paragraph],
    number: int,
    cue: Cue,
    told: Sequence[Told],
    genders: Mapping[str, str],
) -> Speaker:
    paragraph, start = paragraphs[number], cue.subject_start
    people = paragraph.people(start, cue.subject_end)
    if people and is_head(paragraph, start, people[0], is_cut=False):
        return one_or_several(paragraph, people)
    pronoun = OPENING_PRONOUN.match(paragraph.mask, start, cue.subject_end)
    if pronoun:
        return _pronoun(paragraphs, number, pronoun.group(1), cue.start, told, genders)
    stop = stop_of(SUBJECT_STOP, paragraph.mask, start, cue.subject_end)
    return _words(paragraphs, number, start, stop)


def _beside(paragraph: Paragraph, start: int, end: int) -> Speaker | None:
    """The name right before the verb, or before an aside between commas."""
    mentions = paragraph.outside(start, end)
    if not mentions:
        return None
    last = mentions[-1]
    tail = paragraph.mask[last.block_start + len(last.surface) : end]
    is_beside = bool(ASIDE.fullmatch(tail)) and is_head(paragraph, start, last, is_close=True)
    if is_beside and is_person(last):
        return one_or_several(paragraph, _coordinated(paragraph, mentions))
    for mention in paragraph.people(start, end):
        tail = paragraph.mask[mention.block_start + len(mention.surface) : end]
        if APPOSITION.fullmatch(tail) and is_head(paragraph, start, mention):
            return named(mention, "name")  # "Solana, speaking on CNN, said"
    return named(last, "name") if is_beside else None


def _coordinated(paragraph: Paragraph, mentions: Sequence[Mention]) -> list[Mention]:
    """The last mention, after the one it is joined to by "and"."""
    last = mentions[-1]
    if len(mentions) > 1 and is_person(mentions[-2]):
        before = mentions[-2]
        between = paragraph.text[before.block_start + len(before.surface) : last.block_start]
        lead = between.removesuffix(" ").removesuffix(last.office or "").strip()
        if lead in ("and", "and the", "and his"):
            return [before, last]
    return [last]


def _pronoun_before(subject: str) -> tuple[str | None, int]:
    """The pronoun that is the subject right before the verb, adverbs aside, and its place."""
    match = re.search(r"^.*\b(he|she|they|it|i|we|who)\b([^\"]*)$", subject, re.I | re.DOTALL)
    if match and ASIDE.fullmatch(match.group(2)):
        return match.group(1), match.start(1)
    return None, 0


def _objects(paragraph: Paragraph, cue: Cue) -> frozenset[str]:
    """Those named behind the verb in its clause, whom its subject "he" cannot mean."""
    end = stop_of(CLAUSE_END, paragraph.mask, cue.end, len(paragraph.mask))
    return frozenset(m.entity_id for m in paragraph.outside(cue.end, end) if m.entity_id)


def _pronoun(
    paragraphs: Sequence[Paragraph],
    number: int,
    pronoun: str,
    position: int,
    told: Sequence[Told],
    genders: Mapping[str, str],
    others: AbstractSet[str] = frozenset(),
) -> Speaker:
    """The nearest person before the pronoun who is a subject or spoke, and whom it fits.

    Where none is, the only one named there at all whom it fits.
    """
    other = OTHERS.get(pronoun.lower())
    if other is None:
        return Speaker(None, pronoun, "unresolved:pronoun")
    for entity_id in _subjects_before(paragraphs, number, position, told):
        if genders.get(entity_id) != other and entity_id not in others:
            return Speaker(entity_id, pronoun, "pronoun")
    near = _people_before(paragraphs, number, position)
    fitting = {e for e in near if genders.get(e) not in (None, other) and e not in others}
    if len(fitting) == 1 and not any(e not in genders for e in near - others):
        return Speaker(fitting.pop(), pronoun, "pronoun:only")
    return Speaker(None, pronoun, "unresolved:pronoun")


def _people_before(paragraphs: Sequence[Paragraph], number: int, position: int) -> set[str]:
    """The people named in the sentences before a place, as far back as a pronoun reaches."""
    found: set[str] = set()
    seen = 0
    for n in range(number, -1, -1):
        for start, end in reversed(paragraphs[n].sentences):
            if n == number and start >= position:
                continue
            limit = min(end, position) if n == number else end
            found |= {m.entity_id for m in paragraphs[n].people(start, limit) if m.entity_id}
            seen += 1
            if seen > SENTENCES_BACK:
                return found
    return found


def _subjects_before(
    paragraphs: Sequence[Paragraph], number: int, position: int, told: Sequence[Told]
) -> Iterator[str]:
    """The subjects and speakers before a place, the nearest sentence first."""
    seen = 0
    if _is_parenthesis(paragraphs[number], position):
        position = _sentence_start(paragraphs[number], position)
    for n in range(number, -1, -1):
        for start, end in reversed(paragraphs[n].sentences):
            if n == number and start >= position:
                continue
            limit = position if n == number and start <= position < end else end
            spoke = [t for t in told if t.paragraph == n and start <= t.position < limit]
            subject = head(paragraphs[n], start, limit)
            if subject is not None and subject.entity_id is not None:
                yield subject.entity_id
            elif spoke:
                yield spoke[-1].entity_id
            seen += 1
            if seen > SENTENCES_BACK:
                return


def _is_parenthesis(paragraph: Paragraph, position: int) -> bool:
    """Whether the pronoun's clause is set into what is said: "Smith, he said, was wrong"."""
    start = _sentence_start(paragraph, position)
    lead = paragraph.mask[start:position].rstrip()
    return lead.endswith(",") and not SUBORDINATE.match(lead)


def _sentence_start(paragraph: Paragraph, position: int) -> int:
    return paragraph.sentences[paragraph.sentence_at(position)][0]


def _by_office(paragraphs: Sequence[Paragraph], number: int, surface: str) -> Speaker | None:
    """The one person named before with the office or rank that stands for the speaker here."""
    words = surface.lower().replace("-", " ").split()
    if len(words) < 2 or words[0] != "the":
        return None
    proper = {w.lower() for w in surface.split()[1:] if w[0].isupper()}
    named: dict[str, set[str]] = {}
    for mention in (m for p in paragraphs[: number + 1] for m in p.mentions):
        office = (mention.office or "").replace("-", " ").split()
        other = {w.lower() for w in office if w[0].isupper()} - set(words)
        is_conflict = bool(other and proper - {w.lower() for w in office})
        if mention.entity_id and not is_conflict and [w.lower() for w in office[-1:]] == words[-1:]:
            named.setdefault(mention.entity_id, set()).update(w.lower() for w in office)
    fitting = [k for k, office in named.items() if set(words[1:]) <= office] or list(named)
    return Speaker(fitting[0], surface, "office") if len(fitting) == 1 else None


def _words(paragraphs: Sequence[Paragraph], number: int, start: int, end: int) -> Speaker:
    """A speaker that is no person's name: kept as printed, an entity only where it is one."""
    paragraph = paragraphs[number]
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
            return named(mention, "name")
    return _by_office(paragraphs, number, surface) or Speaker(
        None, surface, "unresolved:not_a_name"
    )
