"""The commands about what comes in and what is kept: the sources, and captures to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from flows import ask, found, sources, store
from flows.endings import echo_json, progress, told
from flows.errors import ReaderError
from flows.memory import Memory
from flows.packs import Packs
from flows.results import Results
from flows.settings import Settings, from_options
from transforms.captures import id_of, sha256_of


class ForgetError(ReaderError):
    """What is to be forgotten is not in the store, or is more than was meant."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a source would bring."""

    name: str
    kind: str
    place: str
    found: int
    new: int
    schedule: str | None
    problem: str | None


def list_sources(given: Mapping[str, Any], *, as_json: bool) -> None:
    """The sources, each with what it would bring; exit status 1 where one cannot be read."""
    with told(as_json):
        settings = from_options(**given)
        with Packs(settings.captures) as kept:
            offers = [_offer(named, kept, settings) for named in _named(settings)]
    if as_json:
        echo_json([asdict(offer) for offer in offers])
    else:
        columns = ("source", "kind", "place", "found", "new", "schedule", "problem")
        rows = tuple(tuple(asdict(offer).values()) for offer in offers)
        click.echo(ask.as_text(ask.Answer(columns, rows)))
    if any(offer.problem for offer in offers):
        raise click.exceptions.Exit(1)


def forget(
    wanted: Sequence[str], warehouse: str, reason: str, *, is_sure: bool, lock_timeout: float | None
) -> None:
    """Takes captures out of the store for good; the next run's release is without them."""
    with told():
        settings = from_options(warehouse=warehouse, lock_timeout=lock_timeout)
        with (
            store.locked(settings.warehouse, timeout=settings.lock_timeout, tell=progress),
            Packs(settings.captures, is_writing=True) as kept,
            Results(settings.results) as results,
        ):
            rows = {row[0]: row for name in wanted for row in _matching(kept, name)}
            for _, source_uri, member, url in rows.values():
                click.echo(": ".join(part for part in (source_uri, member or url) if part))
            if not is_sure:
                click.confirm(f"forget {_count(len(rows))} for good?", abort=True, err=True)
            found.withdraw(kept, sorted(rows), reason)
            results.drop(rows)
    click.echo(
        f"{_count(len(rows))} forgotten: bytes, and what was made of them; the next run makes a "
        "release without. Releases that are out never change: remove their folders where they "
        "must go too."
    )


def _named(settings: Settings) -> list[sources.Named]:
    """The sources as named ones, paths on the command line under their own names."""
    if settings.named:
        return list(settings.named)
    return [sources.Named(path.name, "files", str(path)) for path in settings.sources]


def _offer(named: sources.Named, kept: Packs, settings: Settings) -> Offer:
    limits = sources.Limits(capture_bytes=settings.max_capture_bytes)
    known = {row[0] for row in kept.index.execute("SELECT DISTINCT capture_id FROM found")}
    count, new, problem = 0, 0, None
    try:
        if named.kind in sources.ON_THE_WEB:
            # What it lists; its pages are not fetched for a look.
            count, new = sources.count_links(named, Memory(kept))
        else:
            gathered = sources.gather_named([named], limits, sources.Notes(), Memory(kept))
            for _, raw in gathered:
                count += 1
                new += id_of(raw, sha256_of(raw)) not in known
    except sources.SourceError as error:
        problem = str(error).splitlines()[0]
    return Offer(named.name, named.kind, named.place, count, new, named.schedule, problem)


def _matching(kept: Packs, name: str) -> list[tuple[str, str, str, str | None]]:
    rows = found.matching(kept, name)
    if not rows:
        raise ForgetError(
            f"no capture is called {name!r}: give its id, its article's, its file or its address"
        )
    if name not in rows[0] and len({row[0] for row in rows}) > 1:
        raise ForgetError(f"{len(rows)} captures have an id that begins with {name}: say more")
    return rows


def _count(number: int) -> str:
    return "1 capture" if number == 1 else f"{number} captures"
