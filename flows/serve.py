"""Serves the flow on a schedule, and whenever a run is asked for, until it is stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from flows import orchestrator


def serve(name: str, given: Mapping[str, Any], *, cron: str | None, interval: float | None) -> None:
    """Serves the flow under this name of a deployment; returns when it is told to stop."""
    orchestrator.prepare(is_quiet=False)
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.settings import PREFECT_API_URL
    from prefect.types.entrypoint import EntrypointType

    from flows import run

    address = PREFECT_API_URL.value()
    if not address:
        raise click.ClickException(
            "no Prefect server answers, and without one nothing is scheduled: start one with "
            "`prefect server start`, or set PREFECT_API_URL"
        )
    click.echo(f"serving communique/{name} on {address}", err=True)
    run.communique.serve(
        name=name,
        cron=cron,
        interval=interval,
        parameters=run.parameters(given),
        entrypoint_type=EntrypointType.MODULE_PATH,
        # A run that comes while another is at work waits for it.
        global_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE
        ),
    )
