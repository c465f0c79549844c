"""Serves the flow on a schedule, and whenever a run is asked for, until it is stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from flows import orchestrator
from flows.settings import from_options

if TYPE_CHECKING:
    from flows.sources import Named


def serve(name: str, given: Mapping[str, Any], *, cron: str | None, interval: float | None) -> None:
    """Serves the flow under this name of a deployment; returns when it is told to stop.

    Without a schedule of its own, sources of sources.toml that have one are served by theirs.
    """
    orchestrator.prepare(is_quiet=False)
    import prefect
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
    # A run that comes while another is at work waits for it.
    limit = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
    module = EntrypointType.MODULE_PATH
    schedules = {} if cron or interval else schedules_of(from_options(**given).named)
    if not schedules:
        click.echo(f"serving communique/{name} on {address}", err=True)
        run.communique.serve(
            name=name,
            cron=cron,
            interval=interval,
            parameters=run.parameters(given),
            entrypoint_type=module,
            global_limit=limit,
        )
        return
    deployments: list[Any] = [
        run.communique.to_deployment(
            name=f"{name}-{'-'.join(only)}",
            cron=schedule,
            parameters=run.parameters({**given, "only": only}),
            entrypoint_type=module,
            concurrency_limit=limit,
        )
        for schedule, only in schedules.items()
    ]
    for deployment in deployments:
        click.echo(f"serving communique/{deployment.name} on {address}", err=True)
    prefect.serve(*deployments)


def schedules_of(named: Sequence[Named]) -> dict[str, tuple[str, ...]]:
    """The names of the sources by their schedule; those without one are left to be asked for."""
    found: dict[str, tuple[str, ...]] = {}
    for source in named:
        if source.schedule is not None:
            found[source.schedule] = (*found.get(source.schedule, ()), source.name)
    return found
