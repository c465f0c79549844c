"""What is known before the first capture is read: the reference tables, ready to be searched."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from flows import sources
from transforms import dates, names
from transforms.addresses import host_of
from transforms.authority import Authority


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The reference tables, ready to be searched."""

    authority: Authority
    lexicon: names.Lexicon
    calendar: dates.Calendar
    agencies: tuple[str, ...]

    def timezone(self, site_id: str, url: str | None) -> str | None:
        """The IANA name of the site's clock, for times printed without a zone."""
        return timezone_of(self.authority, site_id, url)


def timezone_of(authority: Authority, site_id: str, url: str | None) -> str | None:
    """The IANA name of the site's clock, as the reference tables tell it."""
    host = host_of(url)
    for site in authority.sites:
        if site.site_id == site_id or (host and f".{host}".endswith(f".{site.host}")):
            return site.timezone
    return None


@functools.lru_cache(maxsize=2)
def of_folders(folders: tuple[Path, ...]) -> Knowledge:
    """The reference tables of the folders, read once a process."""
    authority = sources.read_authority(folders)
    agencies = {
        o.organisation_id: o.name
        for o in authority.organisations
        if o.organisation_type == "news_agency"
    }
    variants = (n.surface for n in authority.names if n.entity_key in agencies)
    return Knowledge(
        authority,
        names.build(authority),
        dates.build(authority),
        tuple(sorted({*agencies.values(), *variants})),
    )
