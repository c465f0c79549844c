"""The Prefect flow run of the moment: its name, tags and state, and whether it is still wanted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.context import FlowRunContext
from prefect.runtime import flow_run as runtime
from prefect.states import Completed, Running

WAITING = "AwaitingWarehouse"
SKIPPED = "Skipped"
LOOKED_AT = 200


def name_of(warehouse: str | Path) -> str:
    """What a warehouse is called in names and tags: its folder."""
    return Path(warehouse).absolute().name


def run_name() -> str:
    """The name of a run before its version is known: the warehouse, and when it was due."""
    due = runtime.scheduled_start_time or dt.datetime.now(dt.UTC)
    warehouse = runtime.parameters.get("warehouse", "warehouse")
    return f"{name_of(warehouse)} {due.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}"


def label(warehouse: Path, version: str, *, is_new: bool) -> None:
    """Puts warehouse and release into the name and the tags of this run."""
    this = _this()
    if this is None:
        return
    state = "" if is_new else " (unchanged)"
    tags = {*this.tags, f"warehouse:{name_of(warehouse)}", f"release:{version}"}
    with get_client(sync_client=True) as client:
        client.update_flow_run(this.id, name=f"{run_name()}: {version}{state}", tags=sorted(tags))


def waits(message: str) -> None:
    """Shows that this run waits for another on its warehouse."""
    _set_state(Running(name=WAITING, message=message))


def goes_on() -> None:
    """Shows that this run waits no more."""
    _set_state(Running())


def skipped() -> State[Any] | None:
    """The state of a scheduled run that another has made needless; None of one still wanted.

    After a time without server or worker every missed run is due at once. The first to run does
    what all of them would have done: it began after they were due.
    """
    this = _this()
    if this is None or not this.deployment_id or not this.auto_scheduled:
        return None
    due = this.expected_start_time
    if due is None:
        return None
    with get_client(sync_client=True) as client:
        later = client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[this.deployment_id])),
            flow_run_filter=FlowRunFilter(
                id=FlowRunFilterId(not_any_=[this.id]),
                start_time=FlowRunFilterStartTime(after_=due),
                state=FlowRunFilterState(
                    type=FlowRunFilterStateType(any_=[StateType.COMPLETED]),
                    name=FlowRunFilterStateName(not_any_=[SKIPPED]),
                ),
            ),
            limit=LOOKED_AT,
        )
    did_it = [r for r in later if r.auto_scheduled]
    if not did_it:
        return None
    return Completed(name=SKIPPED, message=f"{did_it[0].name} began after this run was due")


def _this() -> FlowRun | None:
    context = FlowRunContext.get()
    return context.flow_run if context else None


def _set_state(state: State[Any]) -> None:
    this = _this()
    if this is None:
        return
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(this.id, state, force=True)
