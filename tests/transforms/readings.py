"""Captures read with the stages up to dates, beside what their truth says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows import sources
from transforms import articles, blocks, captures, dates, furniture, names, sites
from transforms.articles import Story
from transforms.authority import Authority
from transforms.blocks import Page
from transforms.captures import RawCapture
from transforms.dates import Dated
from transforms.furniture import Verdict
from transforms.schema import from_arrow, to_arrow
from transforms.tables import Rejection

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


@dataclass(frozen=True, slots=True)
class Reading:
    """One capture and what the stages made of it; `ending` is a story or a rejection."""

    raw: RawCapture
    text: str
    page: Page
    verdicts: tuple[Verdict, ...]
    ending: Story | Rejection
    dated: Dated | None

    @property
    def labels(self) -> set[tuple[int, str]]:
        """The labels of source lines, counted from 1: in HTML of those on which blocks begin."""
        found = set()
        for block, verdict in zip(self.page.blocks, self.verdicts, strict=True):
            is_plain = self.page.media_type == "text/plain"
            printed = self.text[block.char_start : block.char_end].split("\n")
            lines = [n for n, text in enumerate(printed, block.line + 1) if text.strip()]
            found |= {(n, verdict.label) for n in (lines if is_plain else lines[:1])}
        return found


def truth_of(path: Path) -> Mapping[str, Any]:
    """The truth of every capture by its file."""
    captures_of_truth: Mapping[str, Any] = json.loads(path.read_text("utf-8"))["captures"]
    return captures_of_truth


def labels_of(truth: Mapping[str, Any]) -> set[tuple[int, str]]:
    """The numbers of source lines with their labels."""
    return {(number, label) for label, lines in truth["lines"].items() for number in lines}


def read(source: Path, *, together: bool = True) -> dict[str, Reading]:
    """Every capture of the folder by its file; not together: each as its site's only one."""
    authority = sources.read_authority((SEEDS,))
    known = names.build(authority), dates.build(authority)
    loaded = list(sources.read([source]))
    decoded = {raw.source_uri: captures.decode(raw) for raw in loaded}
    pages = {
        uri: blocks.cut(d.text, d.media_type)
        for uri, d in decoded.items()
        if not isinstance(d, Rejection)
    }
    profiles = _profiles(loaded, pages) if together else {}
    return {
        raw.source_uri: _read(raw, decoded[raw.source_uri], pages, profiles, authority, *known)
        for raw in loaded
    }


def _profiles(loaded: list[RawCapture], pages: Mapping[str, Page]) -> dict[str, sites.Profile]:
    seen = (
        sighting
        for raw in loaded
        if raw.source_uri in pages
        for sighting in sites.sight(
            captures.identify(raw), captures.site_of(raw), pages[raw.source_uri]
        )
    )
    profiles: dict[str, dict[int, sites.Recurrence]] = {}
    for row in from_arrow(sites.Recurrence, sites.profile(to_arrow(sites.Sighting, seen))):
        profiles.setdefault(row.site_id, {})[row.fingerprint] = row
    return dict(profiles)


def _read(
    raw: RawCapture,
    decoded: captures.Decoded | Rejection,
    pages: Mapping[str, Page],
    profiles: Mapping[str, sites.Profile],
    authority: Authority,
    lexicon: names.Lexicon,
    calendar: dates.Calendar,
) -> Reading:
    if isinstance(decoded, Rejection):
        return Reading(raw, "", Page("text/plain", None, (), ()), (), decoded, None)
    page, site = pages[raw.source_uri], captures.site_of(raw)
    given = lexicon.given_names
    profile, agencies = profiles.get(site, {}), tuple(_agencies(authority))
    verdicts = furniture.label(page, profile, agencies, given_names=given)
    story = articles.compose(captures.identify(raw), site, raw.url, page, verdicts, given)
    if isinstance(story, Rejection):
        return Reading(raw, decoded.text, page, verdicts, story, None)
    printed = names.find(story.passages, lexicon)
    zones = [s.timezone for s in authority.sites if s.site_id == site]
    customs = dates.SiteCustoms(next(iter(zones), None))
    dated = dates.date(story, page, verdicts, printed, calendar, raw.captured_at, customs)
    return Reading(raw, decoded.text, page, verdicts, story, dated)


def _agencies(authority: Authority) -> Iterator[str]:
    agencies = [o for o in authority.organisations if o.organisation_type == "news_agency"]
    keys = {o.organisation_id for o in agencies}
    yield from (o.name for o in agencies)
    yield from (n.surface for n in authority.names if n.entity_key in keys)
