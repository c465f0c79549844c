"""Retention: earlier releases go, never the newest and never one that `kept.csv` names."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from flows import publish, store
from flows.endings import progress, told
from flows.errors import ReaderError
from flows.settings import from_options

KEPT = "kept.csv"
MEGABYTE = 1e6


class PruneError(ReaderError):
    """A list of kept releases that cannot be read."""


def prune(warehouse: str, keep: int, *, is_trial: bool) -> None:
    """Removes all but the newest releases and those that are cited; says sizes before and after."""
    settings = from_options(warehouse=warehouse)
    with told(), store.locked(settings.warehouse, timeout=None, tell=progress):
        gone = outdated(settings.releases, keep)
        before = _bytes(settings.releases)
        for version in gone:
            click.echo(f"{'would remove' if is_trial else 'removed'} release {version}")
            if not is_trial:
                store.remove(settings.releases / version)
        after = _bytes(settings.releases)
        left = len(publish.versions(settings.releases)) - (len(gone) if is_trial else 0)
    click.echo(
        f"{settings.releases}: {left} release{'' if left == 1 else 's'} "
        f"{'would be kept' if is_trial else 'kept'}; "
        f"{before / MEGABYTE:.1f} MB before, {after / MEGABYTE:.1f} MB now"
    )


def outdated(releases: Path, keep: int) -> list[str]:
    """The versions that go when so many of the newest stay."""
    versions, cited = publish.versions(releases), _cited(releases)
    return [v for v in versions[: max(0, len(versions) - max(1, keep))] if v not in cited]


def _cited(releases: Path) -> set[str]:
    """The versions in kept.csv: columns `release` and, for people, `reason`."""
    path = releases / KEPT
    if not path.is_file():
        return set()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if "release" not in (reader.fieldnames or ()):
                raise PruneError(f"{path} has no column `release`: nothing was removed")
            return {row["release"].strip() for row in reader if row["release"]}
    except (UnicodeDecodeError, csv.Error) as error:
        raise PruneError(f"{path} is no CSV in UTF-8 ({error}): nothing was removed") from error


def _bytes(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
