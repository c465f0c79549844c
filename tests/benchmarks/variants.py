"""Collections made from ECB+ that are unlike it: few reports an event, long reports, one beat.

What is fitted to ECB+ alone leans on its habits: short reports, eleven to an event, beats that
share no word. A model must hold for collections without them.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.benchmarks.ecbplus import Report
from transforms.english import MONTHS, WEEKDAYS
from transforms.events import background
from transforms.terms import stem, tokens

LEXICON = ((4, 0.95, True), (8, 0.5, True), (20, 0.2, True), (8, 0.8, False), (15, 0.4, False))
SHARED_RUNS = 0.25
TEMPLATE_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Collection:
    """Reports to be linked on their own."""

    kind: str
    reports: tuple[Report, ...]


def collections(reports: Sequence[Report], seed: int, repeats: int = 3) -> Iterator[Collection]:
    """The reports as they are, and collections of other habits made from them."""
    rng = random.Random(seed)
    yield Collection("as it is", tuple(reports))
    for _ in range(repeats):
        yield Collection("few reports", few(reports, rng, 1, 5))
        yield Collection("long reports", tailed(few(reports, rng, 1, 5), reports, rng))
        yield Collection("one beat", beat(tailed(few(reports, rng, 1, 3), reports, rng), rng))
    for _ in range(4 * repeats):
        chosen = _some_events(few(reports, rng, 1, 2), rng)
        yield Collection("small beat", beat(tailed(chosen, reports, rng), rng))
    for topic in sorted({r.topic for r in reports}):
        of_topic = [r for r in reports if r.topic == topic]
        yield Collection("one topic", few(of_topic, rng, 1, 4))
        yield Collection("one topic", beat(tailed(few(of_topic, rng, 1, 4), reports, rng), rng))


def few(reports: Sequence[Report], rng: random.Random, low: int, high: int) -> tuple[Report, ...]:
    """`low` to `high` reports of every event."""
    events: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        events[report.event].append(report)
    return tuple(
        report
        for event in sorted(events)
        for report in rng.sample(events[event], min(len(events[event]), rng.randint(low, high)))
    )


def tailed(
    reports: Sequence[Report], pool: Sequence[Report], rng: random.Random
) -> tuple[Report, ...]:
    """Each report with 200 to 500 words of background on its topic, no two with the same."""
    background = _background(reports, pool, rng)
    return tuple(_with_tail(report, background[report.topic], rng) for report in reports)


def beat(reports: Sequence[Report], rng: random.Random) -> tuple[Report, ...]:
    """The reports as if all were of one beat: invented names and words that many print."""
    lexicon = [
        (_invented(rng, is_name), share) for count, share, is_name in LEXICON for _ in range(count)
    ]
    return tuple(_with_words(report, lexicon, rng) for report in reports)


def renamed(reports: Sequence[Report], count: int) -> tuple[Report, ...]:
    """So many reports: these, and these again with numbers and uncommon words replaced.

    For speed alone: what is left of a story still makes it a little like its model.
    """
    turns = -(-count // len(reports))
    found = [_in_other_words(r, turn) if turn else r for turn in range(turns) for r in reports]
    return tuple(found[:count])


def _in_other_words(report: Report, turn: int) -> Report:
    rng = random.Random(turn)
    mark = "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(2))

    def replaced(match: re.Match[str]) -> str:
        word = match.group()
        if word.isdecimal():
            return "".join(str((int(digit) + turn) % 10) for digit in word)
        is_common = background.is_common(stem(word.lower()))
        return word if is_common else f"{word[:3]}{mark}{word[3:]}"

    def told(text: str) -> str:
        return re.sub(r"[^\W\d_]{3,}|[0-9]+", replaced, text)

    return replace(
        report,
        report_id=f"{report.report_id}-{turn:04}",
        topic=f"{report.topic}-{turn}",
        event=f"{report.event}-{turn}",
        title=told(report.title) if report.title else None,
        paragraphs=tuple(told(p) for p in report.paragraphs),
    )


def templates(reports: Sequence[Report], rng: random.Random, count: int = 8) -> tuple[Report, ...]:
    """Texts made three times anew with other numbers, weekdays and months, each its own event."""
    able = [r for r in reports if len(re.findall(r"\d+", r.text)) >= TEMPLATE_NUMBERS]
    return tuple(
        _anew(report, turn, rng) for report in rng.sample(able, count) for turn in range(3)
    )


def placed(
    reports: Sequence[Report], rng: random.Random, scene: Mapping[str, str] | None = None
) -> tuple[tuple[Report, ...], dict[str, str]]:
    """The reports with datelines, and the town of each that has one.

    Each event has a town; events of one `scene` share it. Most of its reports open there; some
    open in the capital of all, or in a town of their own, and name it; the others print no
    dateline.
    """
    scene = scene or {r.event: r.event for r in reports}
    names = {place: _invented(rng, is_name=True) for place in sorted(set(scene.values()))}
    town_of = {event: names[place] for event, place in scene.items()}
    capital = _invented(rng, is_name=True)
    told, towns = [], {}
    for report in reports:
        town = town_of[report.event]
        how = rng.random()
        first, *rest = report.paragraphs or ("",)
        if how < 0.5:
            towns[report.report_id] = town
            first = f"{town.upper()} - {first}"
        elif how < 0.75:
            towns[report.report_id] = capital if how < 0.65 else _invented(rng, is_name=True)
            first = f"{towns[report.report_id].upper()} - {first} It happened in {town}."
        told.append(replace(report, paragraphs=(first, *rest)))
    return tuple(told), towns


def twins(reports: Sequence[Report], rng: random.Random, count: int = 10) -> tuple[Report, ...]:
    """Reports of an event, and of another that is like it but for its names and numbers."""
    events: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        events[report.event].append(report)
    chosen = rng.sample(sorted(events), min(count, len(events)))
    found: list[Report] = []
    for event in chosen:
        mine = rng.sample(events[event], min(3, len(events[event])))
        other = rng.choice(mine)
        found += [*mine, _renamed(other, rng)]
    return tuple(found)


def scenes(
    reports: Sequence[Report], rng: random.Random
) -> tuple[tuple[Report, ...], dict[str, str]]:
    """A few reports of every event, and the scene of each event: two or three share one.

    What shares a scene and its day has other words: an accident and a bomb of one town.
    """
    chosen = few(reports, rng, 1, 3)
    events = sorted({r.event for r in chosen})
    rng.shuffle(events)
    scene, number = {}, 0
    while events:
        for event in [events.pop() for _ in range(min(len(events), rng.choice((2, 3))))]:
            scene[event] = f"scene-{number}"
        number += 1
    return chosen, scene


def _renamed(report: Report, rng: random.Random) -> Report:
    """The report with another name for each name, other numbers, and some sentences left out."""
    names: dict[str, str] = {}

    def replaced(match: re.Match[str]) -> str:
        word = match.group()
        if word.isdecimal():
            return str(int(word[:6]) + rng.randint(1, 9))
        if background.is_common(stem(word.lower())) or word.lower() in (*WEEKDAYS, *MONTHS):
            return word
        return names.setdefault(word, _invented(rng, is_name=True))

    def told(text: str) -> str:
        return re.sub(r"\b[A-Z][a-z]{2,}|\d+", replaced, text)

    kept = [p for i, p in enumerate(report.paragraphs) if i == 0 or rng.random() < 0.7]
    return replace(
        report,
        report_id=f"{report.report_id}-twin",
        event=f"{report.event}-twin",
        title=told(report.title) if report.title else None,
        paragraphs=tuple(told(p) for p in kept),
    )


def _anew(report: Report, turn: int, rng: random.Random) -> Report:
    days = {name: rng.choice(kind) for kind in (WEEKDAYS, MONTHS) for name in kind}

    def replaced(match: re.Match[str]) -> str:
        word = match.group()
        if word.isdecimal():
            return "".join(str((int(digit) + turn) % 10) for digit in word)
        return days[word.lower()].capitalize() if turn else word

    def told(text: str) -> str:
        return re.sub(rf"\d+|\b(?:{'|'.join(d.capitalize() for d in days)})\b", replaced, text)

    return replace(
        report,
        report_id=f"{report.report_id}-{turn}",
        topic=report.report_id,
        event=f"{report.report_id}-{turn}",
        title=told(report.title) if report.title else None,
        paragraphs=tuple(told(p) for p in report.paragraphs),
    )


def _some_events(reports: Sequence[Report], rng: random.Random) -> tuple[Report, ...]:
    events = sorted({r.event for r in reports})
    chosen = set(rng.sample(events, min(len(events), rng.randint(3, 8))))
    return tuple(r for r in reports if r.event in chosen)


def _background(
    reports: Sequence[Report], pool: Sequence[Report], rng: random.Random
) -> dict[str, list[tuple[str, str]]]:
    taken = {r.report_id for r in reports}
    printed: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for report in reports:
        printed[report.topic] |= _runs(report.text)
    chunks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for other in pool:
        if other.report_id not in taken:
            pairs = zip(other.paragraphs[::2], (*other.paragraphs[1::2], ""), strict=False)
            chunks[other.topic] += [(other.event, f"{a} {b}".strip()) for a, b in pairs]
    for topic, found in chunks.items():
        rng.shuffle(found)
        kept = []
        for event, text in found:
            runs = _runs(text)
            # Wire copy would make two tails one text, which background is not.
            if len(runs & printed[topic]) < SHARED_RUNS * len(runs):
                printed[topic] |= runs
                kept.append((event, text))
        chunks[topic] = kept
    return chunks


def _runs(text: str) -> set[tuple[str, ...]]:
    words = tokens(text)
    return set(zip(words, words[1:], words[2:], strict=False))


def _with_tail(report: Report, background: list[tuple[str, str]], rng: random.Random) -> Report:
    tail: list[str] = []
    words, wanted = 0, rng.randint(200, 500)
    for event, text in list(background):
        if event != report.event and words < wanted:
            background.remove((event, text))
            tail.append(text)
            words += len(text.split())
    return replace(report, paragraphs=report.paragraphs + tuple(tail))


def _invented(rng: random.Random, is_name: bool) -> str:
    syllables = [rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(3)]
    word = "".join(syllables) + rng.choice("bdfgklmnprstvz")
    return word.capitalize() if is_name else word


def _with_words(report: Report, lexicon: Sequence[tuple[str, float]], rng: random.Random) -> Report:
    paragraphs = [p.split() for p in report.paragraphs]
    title = report.title.split() if report.title else None
    for number, (word, share) in enumerate(lexicon):
        if rng.random() < share:
            for _ in range(rng.choice((1, 1, 2, 3))):
                near = min(int(rng.expovariate(0.25)), len(paragraphs) - 1)
                place = near if rng.random() < share else rng.randrange(len(paragraphs))
                paragraphs[place].insert(rng.randint(1, max(1, len(paragraphs[place]))), word)
        if title and number < 4 and rng.random() < 0.5:
            title.insert(rng.randint(0, len(title)), word)
    return replace(
        report,
        title=" ".join(title) if title else None,
        paragraphs=tuple(" ".join(words) for words in paragraphs),
    )
