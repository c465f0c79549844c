"""The timeline of dated events, and how a sentence refers back to one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.authority import TimelineEvent
from transforms.text import fold

Alternative = tuple[tuple[re.Pattern[str], ...], TimelineEvent]


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
        for word in sorted(printed | {word.removesuffix("s") for word in printed}):
            for patterns, event in self.by_word.get(word, ()):
                if event.timeline_id not in found and all(p.search(folded) for p in patterns):
                    found[event.timeline_id] = event
        return sorted(found.values(), key=lambda e: (e.date_start, e.timeline_id))


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
            entry: Alternative = (tuple(_pattern(g) for g in groups), event)
            # The group with the fewest synonyms is the door: its words lead to the alternative.
            door = min(groups, key=lambda g: (len(g), -len(g[0])))
            for synonym in door:
                first = re.findall(r"\w+", fold(synonym))
                if first:
                    by_word.setdefault(first[0], []).append(entry)
    return Timeline(tuple(events), {word: tuple(entries) for word, entries in by_word.items()})


def _pattern(synonyms: Sequence[str]) -> re.Pattern[str]:
    # A possessive or plural of the last word is the same word.
    words = "|".join(re.escape(fold(s)) for s in synonyms)
    return re.compile(rf"(?<!\w)(?:{words})(?:'?s|s')?(?!\w)")
