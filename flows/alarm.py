"""Tells of a run that failed: to Prefect's log, a webhook, a notification block.

Both are settings of the process that runs the flow, since an address of a webhook is a secret
and the parameters of a run are not.
"""

from __future__ import annotations

import json
import os
import urllib.request
from pathlib import Path
from typing import Any

from prefect import Flow, State, get_client
from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.core import Block
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.logging import get_logger
from prefect.settings import PREFECT_UI_URL

from flows import store
from flows.errors import ReaderError, stage_of

WEBHOOK = "COMMUNIQUE_WEBHOOK"
BLOCK = "COMMUNIQUE_NOTIFY"
TIMEOUT_SECONDS = 20
MAX_CAPTURES = 20
MAX_MESSAGE = 4_000


def tell(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Hook for a run that failed, crashed or ran over its time: says where, and over what."""
    logger = get_logger("communique")
    facts = facts_of(flow_run, state)
    logger.error(facts["text"])
    for name, send in ((WEBHOOK, post), (BLOCK, notify)):
        place = os.environ.get(name)
        if not place:
            continue
        try:
            send(place, facts)
        except Exception as error:  # a run that failed must not fail over telling so
            # Not the address: it is a secret.
            logger.error("%s could not be told: %s", name, type(error).__name__)


def facts_of(run: FlowRun, state: State[Any]) -> dict[str, Any]:
    """What is told of a run, as plain values; `text` says it in words, as chat services want it."""
    error = _error(state)
    warehouse = Path(run.parameters.get("warehouse", "warehouse"))
    held = _held(warehouse)
    stage = stage_of(error) or _running_task(run) or next((s for _, s in held), None)
    captures = error.captures() if isinstance(error, ReaderError) else ()
    # A run that crashed could not say: what its workers held is still on the disk.
    if not captures and state.type == StateType.CRASHED:
        captures = tuple(c for c, _ in held)
    message = str(error) if error else state.message or ""
    over = f", captures {', '.join(captures[:MAX_CAPTURES])}" if captures else ""
    url = f"{PREFECT_UI_URL.value()}/runs/flow-run/{run.id}" if PREFECT_UI_URL.value() else None
    told = f"{run.name}: {state.name} in stage {stage or 'none'}{over}: {message}"
    return {
        "text": told[:MAX_MESSAGE],
        "flow_run": run.name,
        "flow_run_id": str(run.id),
        "state": state.name,
        "warehouse": str(warehouse),
        "stage": stage,
        "captures": list(captures[:MAX_CAPTURES]),
        "message": message[:MAX_MESSAGE],
        "url": url,
    }


def post(url: str, facts: dict[str, Any]) -> None:
    """Sends the facts as JSON to a webhook."""
    request = urllib.request.Request(
        url, json.dumps(facts).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):
        pass


def notify(name: str, facts: dict[str, Any]) -> None:
    """Sends the words through a notification block of Prefect, such as slack-webhook/ops."""
    block = Block.load(name)
    if not isinstance(block, NotificationBlock):
        raise TypeError(f"{name} is no notification block")
    block.notify(facts["text"], subject=f"communique: {facts['state']}")  # type: ignore[unused-coroutine]


def _error(state: State[Any]) -> BaseException | None:
    if state.type == StateType.CRASHED:
        return None
    found = state.result(raise_on_failure=False)
    return found if isinstance(found, BaseException) else None


def _running_task(run: FlowRun) -> str | None:
    """The stage of the task that was at work when the run ended."""
    with get_client(sync_client=True) as client:
        tasks = client.read_task_runs(
            flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id]))
        )
    left = [(t.start_time, t.name) for t in tasks if t.state_type != StateType.COMPLETED]
    begun = [(start, name) for start, name in left if start is not None]
    return max(begun)[1].rsplit("-", 1)[0] if begun else None


def _held(warehouse: Path) -> list[tuple[str, str]]:
    """The captures that workers of a killed run held, and the stages they were in."""
    notes = sorted(warehouse.glob(f"{store.UNFINISHED}*/held/*-*"))
    words = [note.read_text().split() for note in notes if not note.name.startswith("lost-")]
    return [(w[0], w[1]) for w in words if len(w) == 2]
