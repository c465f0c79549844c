"""The timeline of dated events, and how a sentence refers back to one of them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transforms.authority import TimelineEvent
from transforms.dates.days import DAY
from transforms.text import fold

# Words with which a report tells that an event of this kind took place.
KIND_WORDS = {
    "summit": r"summit",
    "ministerial": r"minister\w*|meeting|session|council|talks",
    "meeting": r"me[et]t\w*|talks|session|council",
    "signing": r"sign\w*|join\w*|accord|agreement",
    "visit": r"visit\w*|arriv\w*|trip|travel\w*|met",
    "talks": r"talks|negotiat\w*|agree\w*|me[et]t\w*",
    "air_strikes": r"strikes?|bomb\w*|raids?",
    "opening": r"open\w*|inaugurat\w*",
    "election": r"elect\w*|vote\w*|won",
    "appointment": r"appoint\w*|nam\w+|succeed\w*|resign\w*",
}
KIND_PATTERNS = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in KIND_WORDS.items()}
WORD = re.compile(r"\w+")
FEW_DAYS = 7


@dataclass(frozen=True, slots=True)
class Group:
    """Synonyms of which a sentence must print one."""

    phrases: tuple[str, ...]
    pattern: re.Pattern[str]

    def is_in(self, folded: str) -> bool:
        """Whether the folded text prints one of the synonyms."""
        is_near = any(phrase in folded for phrase in self.phrases)  # costs a tenth
        return is_near and self.pattern.search(folded) is not None


@dataclass(frozen=True, slots=True)
class Terms:
    """One way to tell of an event: a synonym of each group."""

    groups: tuple[Group, ...]
    first_words: tuple[frozenset[str], ...]  # of the synonyms of each group, with their plurals
    event: TimelineEvent

    def may_be_in(self, words: frozenset[str]) -> bool:
        """Whether a text of these words can print them: it has the first word of each."""
        return not any(map(words.isdisjoint, self.first_words))

    def are_in(self, folded: str) -> bool:
        """Whether the folded text prints them all."""
        return all(group.is_in(folded) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events by id; their terms by a word that a text must print; the ids by what is named."""

    events: Mapping[str, TimelineEvent]
    by_word: Mapping[str, tuple[Terms, ...]]
    by_person: Mapping[str, tuple[str, ...]]
    by_day: Mapping[tuple[int, int], tuple[str, ...]]  # month and day; of events of a few days

    def printed(self, text: str, words: frozenset[str]) -> list[Terms]:
        """The terms that the text of these words prints; few texts print those of any event."""
        doors = sorted(words & self.by_word.keys())
        near = [t for word in doors for t in self.by_word[word] if t.may_be_in(words)]
        folded = fold(text) if near else ""
        return [terms for terms in near if terms.are_in(folded)]

    def described(self, clause: str, named: Collection[tuple[str, str]]) -> list[TimelineEvent]:
        """The events at a place that is named, with one of their people or a word for their kind.

        `named` are the entities of the clause as (entity_type, key).
        """
        folded = fold(clause)
        return [
            event
            for event in self.events.values()
            if event.place_id is not None
            and ("place", event.place_id) in named
            and (any(("person", p) in named for p in event.people) or prints_kind(event, folded))
        ]


def words_of(text: str) -> frozenset[str]:
    """The words of the text as terms are compared with them."""
    return frozenset(WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def events_of(printed: Iterable[Terms]) -> list[TimelineEvent]:
    """The events of the terms, each once, by date."""
    events = {terms.event.timeline_id: terms.event for terms in printed}
    return sorted(events.values(), key=lambda e: (e.date_start, e.timeline_id))


def prints_kind(event: TimelineEvent, folded: str) -> bool:
    """Whether the folded text has a word with which an event of this kind is told."""
    pattern = KIND_PATTERNS.get(event.kind)
    return pattern is not None and pattern.search(folded) is not None


def build(events: Sequence[TimelineEvent]) -> Timeline:
    """The timeline, ready to be searched."""
    alternatives = [terms for event in events for terms in _alternatives(event)]
    uses = Counter(word for terms in alternatives for words in terms.first_words for word in words)
    by_word: dict[str, list[Terms]] = {}
    for terms in alternatives:
        # The group with the rarest words is the door: they lead to the alternative.
        for word in min(terms.first_words, key=lambda words: sum(uses[w] for w in words)):
            by_word.setdefault(word, []).append(terms)
    by_person: dict[str, list[str]] = {}
    by_day: dict[tuple[int, int], list[str]] = {}
    for event in events:
        for person in event.people:
            by_person.setdefault(person, []).append(event.timeline_id)
        for day in _days(event):
            by_day.setdefault((day.month, day.day), []).append(event.timeline_id)
    return Timeline(
        {event.timeline_id: event for event in events},
        {word: tuple(found) for word, found in by_word.items()},
        {person: tuple(found) for person, found in by_person.items()},
        {day: tuple(found) for day, found in by_day.items()},
    )


def _days(event: TimelineEvent) -> list[dt.date]:
    """The event's days; none of one that is too long to be told by its day."""
    length = (event.date_end - event.date_start).days + 1
    return [event.date_start + DAY * n for n in range(length)] if length <= FEW_DAYS else []


def _alternatives(event: TimelineEvent) -> Iterator[Terms]:
    """The ways to tell of the event: "a|b & c; d" is one of a and b with c, or d."""
    for alternative in event.terms.split(";"):
        synonyms = (
            [s.strip() for s in group.split("|") if s.strip()] for group in alternative.split("&")
        )
        groups = tuple(_group(s) for s in synonyms if s)
        if groups:
            yield Terms(groups, tuple(_first_words(g) for g in groups), event)


def _group(synonyms: Sequence[str]) -> Group:
    phrases = tuple(fold(s) for s in synonyms)
    # A possessive or plural of the last word is the same word.
    printed = "|".join(map(re.escape, phrases))
    return Group(phrases, re.compile(rf"(?<!\w)(?:{printed})(?:'?s|s')?(?!\w)"))


def _first_words(group: Group) -> frozenset[str]:
    firsts = {found.group() for p in group.phrases if (found := WORD.search(p))}
    return frozenset(firsts | {f"{word}s" for word in firsts})
