"""The site of a warehouse: written after a run, on request, and served on loopback."""

from __future__ import annotations

from pathlib import Path

import click

from flows import publish, site
from flows.endings import told
from flows.settings import Settings, from_options


def write_newest(settings: Settings) -> Path:
    """The front page of the newest release's site, in the warehouse; written where it is not."""
    return _write(settings, None, None, site.FULL)


def run(
    version: str | None,
    warehouse: str,
    output: str | None,
    edition: str,
    *,
    is_served: bool,
    port: int,
) -> None:
    """Writes the site of a release and says where; serves it until interrupted where asked to."""
    with told():
        front = _write(
            from_options(warehouse=warehouse), version, Path(output) if output else None, edition
        )
        click.echo(str(front))
        if is_served:
            _serve(front.parent, port)


def _write(settings: Settings, version: str | None, output: Path | None, edition: str) -> Path:
    release = publish.find(settings.releases, version)
    known = publish.versions(settings.releases)
    place = known.index(release.name)
    before = settings.releases / known[place - 1] if place else None
    return site.write(
        release,
        (output or settings.site).absolute(),
        before=before,
        edition=edition,
        workers=settings.workers,
    )


def _serve(folder: Path, port: int) -> None:
    from flows.site.serve import server

    with server(folder, port) as running:
        click.echo(f"http://127.0.0.1:{running.server_address[1]}/index.html (Ctrl-C stops)")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo()
