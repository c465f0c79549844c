"""The page of what was checked, in the dress of the site."""

from __future__ import annotations

from collections.abc import Iterator

from expectations import page
from flows.site import pages
from flows.site.release import Release
from transforms import quarantine


def write(release: Release) -> Iterator[tuple[str, str]]:
    """The page of every rule, what failed first."""
    results, captures, rejections = (
        release.table(name) for name in ("validation_results", "captures", "rejections")
    )
    shown = page.context(
        results, pages.strings()["nav"]["validation"], quarantine.quarantined(captures, rejections)
    )
    yield "validation.html", pages.render("validation.html", depth=0, **shown)
