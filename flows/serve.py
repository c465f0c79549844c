"""Serves the flow on a schedule, and whenever a run is asked for, until it is stopped."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from flows import orchestrator
from flows.settings import from_options

if TYPE_CHECKING:
    from flows.sources import Named

RECONNECT_SECONDS = 5.0


def serve(
    name: str,
    given: Mapping[str, Any],
    *,
    cron: str | None,
    interval: float | None,
    timeout: float | None = None,
    webhook: str | None = None,
    notify: str | None = None,
) -> None:
    """Serves the flow under this name of a deployment; returns when it is told to stop.

    Without a schedule of its own, sources of sources.toml that have one are served by theirs.
    A server that goes away is waited for. The schedule stays when this process ends: runs that
    were due meanwhile are shown as late, and the next to serve makes up for them with one run.
    """
    orchestrator.prepare(is_quiet=False)
    from prefect.settings import PREFECT_API_URL

    from flows import alarm

    address = PREFECT_API_URL.value()
    if not address:
        raise click.ClickException(
            "no Prefect server answers, and without one nothing is scheduled: start one with "
            "`prefect server start`, or set PREFECT_API_URL"
        )
    # Inherited by the process of every run.
    for variable, value in ((alarm.WEBHOOK, webhook), (alarm.BLOCK, notify)):
        if value:
            os.environ[variable] = value
    schedules = {} if cron or interval else schedules_of(from_options(**given).named)
    given = {**given, "timeout": timeout}
    wanted = [(name, given, cron, interval)]
    if schedules:
        wanted = [
            (f"{name}-{'-'.join(only)}", {**given, "only": only}, schedule, None)
            for schedule, only in schedules.items()
        ]
    for called, *_ in wanted:
        click.echo(f"serving communique/{called} on {address}", err=True)
    while not _served(name, wanted, address):
        click.echo(f"{address} does not answer; trying again", err=True)
        while not orchestrator.answers(address):
            time.sleep(RECONNECT_SECONDS)


def schedules_of(named: Sequence[Named]) -> dict[str, tuple[str, ...]]:
    """The names of the sources by their schedule; those without one are left to be asked for."""
    found: dict[str, tuple[str, ...]] = {}
    for source in named:
        if source.schedule is not None:
            found[source.schedule] = (*found.get(source.schedule, ()), source.name)
    return found


# Name of a deployment, its options, and its schedule: cron or seconds.
Wanted = tuple[str, Mapping[str, Any], str | None, float | None]


def _served(name: str, wanted: Sequence[Wanted], address: str) -> bool:
    """True when it was told to stop, False when the server was lost."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.runner import Runner
    from prefect.types.entrypoint import EntrypointType

    from flows import flow_runs, run

    # A run that comes while another is at work waits for it.
    limit = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
    try:
        runner = Runner(name=name, pause_on_shutdown=False)
        for called, given, cron, interval in wanted:
            runner.add_flow(
                run.communique,
                name=called,
                cron=cron,
                interval=interval,
                parameters=run.parameters(given),
                entrypoint_type=EntrypointType.MODULE_PATH,
                description="Captures to a validated release.",
                tags=[f"warehouse:{flow_runs.name_of(given['warehouse'])}"],
                concurrency_limit=limit,
            )
        asyncio.run(runner.start())
    except KeyboardInterrupt:
        return True
    except Exception:
        # Prefect's loop gives up so after some minutes without a server.
        if orchestrator.answers(address):
            raise
        return False
    return True
