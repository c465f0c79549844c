"""The timeline of dated events, and how a sentence refers back to one of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from transforms.authority import TimelineEvent
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


@dataclass(frozen=True, slots=True)
class Group:
    """Synonyms of which a sentence must print one."""

    first_words: frozenset[str]
    pattern: re.Pattern[str] | None  # None: all are single words, which tell themselves

    def is_in(self, folded: str, words: Collection[str]) -> bool:
        """Whether the folded sentence, whose words these are, prints one of the synonyms."""
        if self.first_words.isdisjoint(words):
            return False
        return self.pattern is None or self.pattern.search(folded) is not None


Alternative = tuple[tuple[Group, ...], TimelineEvent]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events, and their terms by a word that a sentence must print."""

    events: tuple[TimelineEvent, ...]
    by_word: Mapping[str, tuple[Alternative, ...]]

    def references(self, sentence: str) -> list[TimelineEvent]:
        """The events whose terms one sentence prints, by date."""
        folded = fold(sentence)
        found: dict[str, TimelineEvent] = {}
        printed = set(re.findall(r"\w+", folded))
        words = printed | {word.removesuffix("s") for word in printed}
        for word in sorted(words & self.by_word.keys()):
            for groups, event in self.by_word[word]:
                if event.timeline_id not in found and all(g.is_in(folded, words) for g in groups):
                    found[event.timeline_id] = event
        return sorted(found.values(), key=lambda e: (e.date_start, e.timeline_id))

    def may_refer(self, text: str) -> bool:
        """Whether the text prints a word that leads to an event: most paragraphs print none."""
        words = set(re.findall(r"\w+", text.lower() if text.isascii() else fold(text)))
        doors = self.by_word.keys()
        return not words.isdisjoint(doors) or any(
            word[:-1] in doors for word in words if word.endswith("s")
        )

    def described(self, clause: str, named: Collection[tuple[str, str]]) -> list[TimelineEvent]:
        """The events at a place that is named, with one of their people or a word for their kind.

        `named` are the entities of the clause as (entity_type, key).
        """
        folded = fold(clause)
        return [
            event
            for event in self.events
            if event.place_id is not None
            and ("place", event.place_id) in named
            and (any(("person", p) in named for p in event.people) or _has_kind(event, folded))
        ]


def _has_kind(event: TimelineEvent, folded: str) -> bool:
    words = KIND_WORDS.get(event.kind)
    return words is not None and re.search(rf"\b(?:{words})\b", folded) is not None


def build(events: Sequence[TimelineEvent]) -> Timeline:
    """The timeline, ready to be searched."""
    by_word: dict[str, list[Alternative]] = {}
    for event in events:
        for alternative in filter(None, (a.strip() for a in event.terms.split(";"))):
            groups = [
                [s.strip() for s in g.split("|") if s.strip()] for g in alternative.split("&")
            ]
            groups = [g for g in groups if g]
            if not groups:
                continue
            entry: Alternative = (tuple(_group(g) for g in groups), event)
            # The group with the fewest synonyms is the door: its words lead to the alternative.
            door = min(groups, key=lambda g: (len(g), -len(g[0])))
            for synonym in door:
                first = re.findall(r"\w+", fold(synonym))
                if first:
                    by_word.setdefault(first[0], []).append(entry)
    return Timeline(tuple(events), {word: tuple(entries) for word, entries in by_word.items()})


def _group(synonyms: Sequence[str]) -> Group:
    words = [re.findall(r"\w+", fold(s)) for s in synonyms]
    is_single = all(w == [fold(s)] for w, s in zip(words, synonyms, strict=True))
    first_words = frozenset(w[0] for w in words if w)
    return Group(first_words, None if is_single else _pattern(synonyms))


def _pattern(synonyms: Sequence[str]) -> re.Pattern[str]:
    # A possessive or plural of the last word is the same word.
    words = "|".join(re.escape(fold(s)) for s in synonyms)
    return re.compile(rf"(?<!\w)(?:{words})(?:'?s|s')?(?!\w)")
