"""Identity: which event of this release is which event of the last, and the ledger of changes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transforms import ids
from transforms.tables import LedgerEntry

SAMPLE = 3  # ids written out in a cause


@dataclass(frozen=True, slots=True)
class Past:
    """The last release: its event of every article, and the ledger so far."""

    event_of: Mapping[str, str]
    ledger: Sequence[LedgerEntry]


def name(clusters: Iterable[Sequence[str]], past: Past) -> dict[str, tuple[str, ...]]:
    """The events of this release: id to articles, both sorted.

    An id goes to the cluster that has most of its event's reports of the last release. Where
    events merge the oldest id wins, of one age that of the most reports. A new id comes from the
    smallest article id, so that what was taken out and put back gets the id it had when it was
    new.
    """
    found = sorted(tuple(sorted(c)) for c in clusters)
    age = _ages(past.ledger)
    shared = Counter(
        (past.event_of[article], number)
        for number, articles in enumerate(found)
        for article in articles
        if article in past.event_of
    )
    heirs: dict[str, int] = {}
    for (old, number), _ in sorted(shared.items(), key=lambda s: (-s[1], s[0])):
        heirs.setdefault(old, number)
    named: dict[int, str] = {}
    kept: set[str] = set()
    for old, number in sorted(
        shared, key=lambda s: (heirs[s[0]] != s[1], age.get(s[0], ()), -shared[s], s)
    ):
        if number not in named and old not in kept:
            named[number] = old
            kept.add(old)
    taken = set(past.event_of.values())
    for number, articles in enumerate(found):
        if number not in named:
            named[number] = _new(articles, taken)
            taken.add(named[number])
    return dict(sorted((named[number], articles) for number, articles in enumerate(found)))


def _new(articles: Sequence[str], taken: set[str]) -> str:
    found = ids.make("e", articles[0])
    turn = 1
    # Taken where that article left an event which keeps the id.
    while found in taken:
        found = ids.make("e", *articles, str(turn))
        turn += 1
    return found


def _ages(ledger: Sequence[LedgerEntry]) -> dict[str, tuple[int, ...]]:
    """The first release of every id, as numbers to compare."""
    ages: dict[str, tuple[int, ...]] = {}
    for entry in ledger:
        if entry.new_event_id:
            release = tuple(int(n) for n in re.findall(r"\d+", entry.release))
            ages[entry.new_event_id] = min(ages.get(entry.new_event_id, release), release)
    return ages


def ledger(events: Mapping[str, Sequence[str]], past: Past, release: str) -> list[LedgerEntry]:
    """The ledger so far and the changes of this release; nothing changed, nothing added."""
    before: dict[str, set[str]] = defaultdict(set)
    for article, event in past.event_of.items():
        before[event].add(article)
    now = {article: event for event, articles in events.items() for article in articles}
    changes: list[LedgerEntry] = []
    for event in sorted(events):
        parents = sorted({past.event_of[a] for a in events[event] if a in past.event_of})
        changes += _arrivals(event, set(events[event]), parents, before, release)
    for event in sorted(set(before) - set(events)):
        changes += _departures(event, before[event], now, release)
    return [*past.ledger, *changes]


def _arrivals(
    event: str,
    now: set[str],
    parents: Sequence[str],
    before: Mapping[str, set[str]],
    release: str,
) -> list[LedgerEntry]:
    """How an event of this release came to its reports, apart from ids that are gone."""
    if event in before:
        if now == before[event]:
            return []
        cause = _difference(now - before[event], before[event] - now)
        return [LedgerEntry(event, event, "kept", cause, release)]
    if not parents:
        cause = f"{_reports(now)} of an event not known before"
        return [LedgerEntry(None, event, "added", cause, release)]
    return [
        LedgerEntry(
            old,
            event,
            "split",
            f"{_reports(before[old] & now)} found to be of another event",
            release,
        )
        for old in parents
    ]


def _departures(
    event: str, reports: set[str], now: Mapping[str, str], release: str
) -> list[LedgerEntry]:
    """What became of an id that is no more; `now` is the event of every article."""
    heirs: dict[str, set[str]] = defaultdict(set)
    for article in reports & now.keys():
        heirs[now[article]].add(article)
    if not heirs:
        cause = f"none of its reports is left: {_sample(reports)}"
        return [LedgerEntry(event, None, "retired", cause, release)]
    return [
        LedgerEntry(
            event,
            heir,
            "merged",
            f"{_reports(heirs[heir])} found to be of one event with others",
            release,
        )
        for heir in sorted(heirs)
    ]


def _difference(added: set[str], gone: set[str]) -> str:
    parts = [f"{_reports(added)} joined"] if added else []
    return "; ".join([*parts, *([f"{_reports(gone)} left"] if gone else [])])


def _reports(articles: Iterable[str]) -> str:
    found = sorted(articles)
    return f"{len(found)} report{'s' if len(found) != 1 else ''} ({_sample(found)})"


def _sample(articles: Iterable[str]) -> str:
    found = sorted(articles)
    more = f" and {len(found) - SAMPLE} more" if len(found) > SAMPLE else ""
    return ", ".join(found[:SAMPLE]) + more
