"""Names: whether what is printed resolves to who or what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transforms.evaluation.labels import expected_labels
from transforms.evaluation.score import Measure, Miss, excerpt, share
from transforms.evaluation.subjects import Subject
from transforms.tables import Block, Mention
from transforms.text import fold_letters, words

# The rules that tie a mention to a person.
PERSON_METHODS = ("full", "initials", "alias", "reversed", "surname", "given", "found")
# The blocks of an article that are searched for names.
NAMED = ("title", "caption", "body")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place in a block where a surface of the truth is printed."""

    block: Block
    start: int
    end: int
    surface: str
    name: str

    def holds(self, other: Occurrence) -> bool:
        """Whether the other is a part of this longer one."""
        is_inside = self.start <= other.start and other.end <= self.end
        return self.block is other.block and is_inside and len(self.surface) > len(other.surface)


@dataclass(frozen=True, slots=True)
class Resolved:
    """One mention with the canonical name it was resolved to; None: it was left open."""

    block_index: int
    start: int
    end: int
    name: str | None
    mention: Mention

    @property
    def is_person(self) -> bool:
        """Whether the mention says that somebody is named here, and who."""
        return self.name is not None and self.mention.method.startswith(PERSON_METHODS)

    def meets(self, occurrence: Occurrence) -> bool:
        """Whether both have a character in common."""
        is_apart = self.end <= occurrence.start or occurrence.end <= self.start
        return self.block_index == occurrence.block.block_index and not is_apart

    def answers(self, occurrence: Occurrence) -> bool:
        """Whether the mention covers the occurrence and resolves to the right name.

        Titles ("Mr", "Foreign Minister") may stay outside the mention: any word may that is no
        word of the canonical name.
        """
        if self.name != occurrence.name or not self.meets(occurrence):
            return False
        text = occurrence.block.text
        before = text[occurrence.start : max(self.start, occurrence.start)]
        after = text[min(self.end, occurrence.end) : occurrence.end]
        outside = words(fold_letters(f"{before} {after}"))
        return not set(outside) & set(words(fold_letters(occurrence.name)))


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted in one capture."""

    surface_count: int
    found_count: int
    mention_count: int
    right_count: int
    misses: tuple[Miss, ...]


def measure(subjects: Iterable[Subject], names: Mapping[str, str]) -> Measure:
    """Names over the captures whose names the truth gives; `names` maps entity_id to name.

    Recall counts surfaces, once a capture: found right are those that the article's title, body
    or captions print at least once and whose every occurrence is covered by a mention of the
    canonical name. An occurrence inside that of a longer surface belongs to the longer one; so
    does one inside a mention that is the right answer to another occurrence. A surface that is
    printed inside longer ones only is right where they are; one that is printed only where the
    truth labels neither title nor body nor caption does not count.
    Precision counts mentions: of those that meet an occurrence, and of all that name a person
    where the truth gives no name at all, the share that is a right answer.
    """
    tallies = [_tally(s, s.truth.names, names) for s in subjects if s.truth.names is not None]
    surfaces = sum(t.surface_count for t in tallies)
    found = sum(t.found_count for t in tallies)
    mentions = sum(t.mention_count for t in tallies)
    right = sum(t.right_count for t in tallies)
    note = f"{right} of {mentions} mentions right, {found} of {surfaces} printed names found"
    misses = tuple(m for t in tallies for m in t.misses)
    return Measure("names", share(right, mentions), share(found, surfaces), note, misses)


def _tally(subject: Subject, truth: Mapping[str, str], names: Mapping[str, str]) -> Tally:
    truth = _within_story(subject, truth)
    read = [b for b in subject.blocks if b.label in NAMED] if subject.article else []
    printed = [o for block in read for o in _occurrences(block, truth)]
    mentions = [_resolved(m, names) for m in subject.mentions]
    inner = {o for o in printed if any(p.holds(o) for p in printed)}
    outer = [o for o in printed if o not in inner]
    # Part of a longer name that the truth gives in parts: nothing to find there by itself.
    absorbed = {o for o in outer if _is_absorbed(o, outer, mentions)}
    right = {o for o in outer if o in absorbed or any(m.answers(o) for m in mentions)}
    met = [m for m in mentions if any(m.meets(o) for o in outer)]
    inside = {b.block_index for b in read}
    invented = [m for m in mentions if m.block_index in inside and m.is_person and m not in met]
    known = set(truth.values())  # the truth need not list every surface of those it names
    invented = [m for m in invented if m.name not in known and not any(m.meets(o) for o in printed)]
    good = [m for m in met if any(m.answers(o) for o in outer)]
    found = {s for s in truth if _is_found(s, printed, inner, right)}
    unsaid = [m for m in met if m not in good and all(o in right for o in outer if m.meets(o))]
    misses = (
        *(_wrong(subject, o, mentions) for o in outer if o not in right),
        *(_needless(subject, m, outer) for m in unsaid),
        *(_invented(subject, m) for m in invented),
        *(_unprinted(subject, s, truth[s]) for s in truth if all(o.surface != s for o in printed)),
    )
    count = len(met) + len(invented)
    return Tally(len(truth), len(found), count, len(good), misses)


def _within_story(subject: Subject, truth: Mapping[str, str]) -> dict[str, str]:
    """The names without those that the page prints only where no names are to be found."""
    expected = expected_labels(subject)

    def is_outside(surface: str) -> bool:
        pattern = _pattern(surface)
        holders = [b for b in subject.blocks if pattern.search(b.text)]
        labels = [expected.get(b.block_index) for b in holders]
        return bool(labels) and all(label and label not in NAMED for label in labels)

    return {surface: name for surface, name in truth.items() if not is_outside(surface)}


def _occurrences(block: Block, truth: Mapping[str, str]) -> Iterator[Occurrence]:
    for surface, name in truth.items():
        for match in _pattern(surface).finditer(block.text):
            yield Occurrence(block, match.start(), match.end(), surface, name)


def _pattern(surface: str) -> re.Pattern[str]:
    """The surface as whole words: not within "Ivanova" for "Ivanov"."""
    left = r"(?<!\w)" if re.match(r"\w", surface) else ""
    right = r"(?!\w)" if re.search(r"\w\Z", surface) else ""
    return re.compile(left + re.escape(surface) + right)


def _resolved(mention: Mention, names: Mapping[str, str]) -> Resolved:
    end = mention.block_start + mention.char_end - mention.char_start
    name = names.get(mention.entity_id) if mention.entity_id else None
    return Resolved(mention.block_index, mention.block_start, end, name, mention)


def _is_absorbed(
    occurrence: Occurrence, others: Sequence[Occurrence], mentions: Sequence[Resolved]
) -> bool:
    around = (
        m
        for m in mentions
        if m.meets(occurrence) and m.start <= occurrence.start and occurrence.end <= m.end
    )
    return any(m.answers(o) for m in around for o in others)


def _is_found(
    surface: str,
    printed: Sequence[Occurrence],
    inner: set[Occurrence],
    right: set[Occurrence],
) -> bool:
    own = [o for o in printed if o.surface == surface]
    alone = [o for o in own if o not in inner]
    # Printed in longer surfaces only: those outermost ones speak for it.
    deciding = alone or [p for p in printed if p not in inner and any(p.holds(o) for o in own)]
    return bool(own) and all(o in right for o in deciding)


def _wrong(subject: Subject, occurrence: Occurrence, mentions: Sequence[Resolved]) -> Miss:
    met = [m for m in mentions if m.meets(occurrence)]
    found = "; ".join(_said(m) for m in met) or "(no mention)"
    text = excerpt(occurrence.block.text, occurrence.start, occurrence.end)
    where = f"{occurrence.surface!r} in block {occurrence.block.block_index}"
    return Miss("names", subject.truth.file, where, occurrence.name, found, text)


def _needless(subject: Subject, mention: Resolved, outer: Sequence[Occurrence]) -> Miss:
    occurrence = next(o for o in outer if mention.meets(o))
    text = excerpt(occurrence.block.text, mention.start, mention.end)
    where = f"{occurrence.surface!r} in block {mention.block_index}"
    return Miss(
        "names", subject.truth.file, where, f"{occurrence.name} alone", _said(mention), text
    )


def _invented(subject: Subject, mention: Resolved) -> Miss:
    """A person where the truth names none: "Rose Garden"."""
    block = next(b for b in subject.blocks if b.block_index == mention.block_index)
    text = excerpt(block.text, mention.start, mention.end)
    where = f"{mention.mention.surface!r} in block {mention.block_index}"
    return Miss("names", subject.truth.file, where, "(nobody)", _said(mention), text)


def _unprinted(subject: Subject, surface: str, name: str) -> Miss:
    pattern = _pattern(surface)
    holders = [b for b in subject.blocks if pattern.search(b.text)]
    if subject.article is None:
        found = f"({subject.state})"
    elif holders:
        found = "(printed only in " + ", ".join(f"{b.label} {b.block_index}" for b in holders) + ")"
    else:
        found = "(printed nowhere on the page)"
    return Miss("names", subject.truth.file, repr(surface), name, found)


def _said(mention: Resolved) -> str:
    name = mention.name or "left open"
    return f"{mention.mention.surface!r}: {name} [{mention.mention.method}]"
