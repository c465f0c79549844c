"""What a run shows in Prefect's UI: summary, quality, changes, what was rejected, and links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)

from flows import flow_runs, publish, quality, summary
from flows.settings import Settings
from flows.stages import Outcome

# A page of the UI shows no more without getting slow; the rest is in the release.
MAX_ROWS = 200


def create(settings: Settings, outcome: Outcome) -> None:
    """Writes the artifacts of this run; each is the newest of its key for the warehouse."""
    published = outcome.published
    facts = summary.facts(settings, published, outcome.verdict)
    facts["warnings"] = [*outcome.failures, *facts["warnings"]]
    figures = quality.beside(published.folder, _before(settings, published))
    prefix = re.sub(r"[^a-z0-9]+", "-", flow_runs.name_of(settings.warehouse).lower()).strip("-")

    def key(name: str) -> str:
        return f"{prefix}-{name}" if prefix else name

    create_markdown_artifact(
        summary_text(facts, figures, settings),
        key=key("summary"),
        description=f"Release {published.version}",
    )
    create_table_artifact(
        [{"figure": f.name, "now": f.now, "before": f.before} for f in figures],
        key=key("quality"),
        description=f"Release {published.version} beside the one before",
    )
    create_table_artifact(
        [_change(c) for c in published.changes],
        key=key("changes"),
        description="What differs from the release before"
        if published.is_new
        else f"Nothing differs from release {published.version}",
    )
    create_table_artifact(
        [_rejection(r) for r in facts["rejections"][:MAX_ROWS]],
        key=key("rejections"),
        description=f"{len(facts['rejections'])} captures rejected or in quarantine",
    )
    for name, page in _pages(settings, published.folder):
        create_link_artifact(
            page.absolute().as_uri(), link_text=str(page), key=key(name), description=name
        )


def summary_text(
    facts: Mapping[str, Any], figures: list[quality.Figure], settings: Settings
) -> str:
    """The end of a run as Markdown."""
    lines = summary.lines(facts, settings.warehouse)
    rows = [f"| {f.name} | {f.now} | {f.before or ''} |" for f in figures]
    links = [
        f"- {name}: `{page.absolute()}`" for name, page in _pages(settings, Path(facts["folder"]))
    ]
    # A title of a hostile page is no Markdown: inside a fence that it cannot close.
    told = "\n".join(line.replace("`", "'") for line in lines)
    table = "\n".join(("| | now | before |", "|---|---|---|", *rows))
    return f"{table}\n\n```\n{told}\n```\n\n" + "\n".join(links)


def _before(settings: Settings, published: publish.Published) -> Path | None:
    """The release before this one."""
    versions = publish.versions(settings.releases)
    earlier = versions[: versions.index(published.version)]
    return settings.releases / earlier[-1] if earlier else None


def _pages(settings: Settings, release: Path) -> list[tuple[str, Path]]:
    pages = [
        ("site", settings.site / "index.html"),
        ("validation", release / "validation.html"),
    ]
    return [(name, page) for name, page in pages if page.is_file()]


def _change(change: Any) -> dict[str, Any]:
    return {
        "table": change.table_name,
        "rows before": change.rows_before,
        "rows now": change.rows_after,
        "added": change.added,
        "removed": change.removed,
        "changed": change.changed,
    }


def _rejection(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("source_uri", "stage", "reason", "detail", "capture_id")
    return {name: row[name] for name in names}
