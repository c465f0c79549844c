"""Whether anything that a release depends on has changed since the run that made it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from flows import digests, publish, sources
from flows.results import Results
from flows.settings import Settings
from flows.validator import Verdict, read_expectations, verdict_of

STATE = "released"


def recall(settings: Settings, keys: Mapping[str, str]) -> Verdict | None:
    """The verdict of the last run, where this one would make the same; None where it might not.

    `keys` are those of the captures: with the code, the reference tables and the last release
    they are all that a release depends on.
    """
    with Results(settings.results) as kept:
        noted = json.loads(kept.state(STATE) or "{}")
    if not settings.build.is_dir() or noted.get("state") != _state(settings, keys):
        return None
    return verdict_of(noted["verdict"])


def remember(settings: Settings, keys: Mapping[str, str], verdict: Verdict) -> None:
    """Notes what the release that stands now was made of."""
    noted = {"state": _state(settings, keys), "verdict": asdict(verdict)}
    with Results(settings.results) as kept:
        kept.note(STATE, json.dumps(noted))


def forget(settings: Settings) -> None:
    """From here on the build is another, and no release's."""
    with Results(settings.results) as kept:
        kept.note(STATE, "{}")


def _state(settings: Settings, keys: Mapping[str, str]) -> str | None:
    last = publish.latest(settings.releases)
    if last is None:
        return None
    tables = sources.read_authority(settings.authority)
    asked = read_expectations(settings.expectations)
    judged = settings.is_strict, settings.max_quarantine, sorted(asked.values())
    return digests.of(digests.of_tree(), tables, sorted(keys.items()), judged, last.name)
