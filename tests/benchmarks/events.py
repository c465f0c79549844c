"""B-cubed F1 of the event stage on ECB+ and its margin on the real captures.

    python tests/benchmarks/events.py

The weights were fitted to the same topics; what is cross-validated stands in the head of
transforms/weights/same_event.tsv.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

import ecbplus
from ecbplus import Report
from measures import b_cubed

from transforms import duplicates, events
from transforms.authority import Authority
from transforms.schema import to_arrow
from transforms.tables import DateCandidate


def linked(reports: Sequence[Report]) -> tuple[events.Linked, float]:
    """The events of these reports, and the seconds that duplicates and events took."""
    inputs = ecbplus.tables(reports)
    start = time.perf_counter()
    found = events.link(
        articles=inputs.articles,
        mentions=inputs.mentions,
        entities=inputs.entities,
        quotations=inputs.quotations,
        date_candidates=to_arrow(DateCandidate, []),
        duplicates=duplicates.compare(inputs.articles),
        authority=Authority(),
        previous=None,
        release="1.0.0",
    )
    return found, time.perf_counter() - start


def measured(name: str, reports: Sequence[Report]) -> None:
    """Prints one row of the table."""
    found, seconds = linked(reports)
    pairs = found.event_reports.select(["article_id", "event_id"]).to_pydict()
    score = b_cubed(
        dict(zip(pairs["article_id"], pairs["event_id"], strict=True)),
        {r.report_id: r.event for r in reports},
    )
    events_true = len({r.event for r in reports})
    print(
        f"| {name} | {len(reports)} | {found.events.num_rows} of {events_true} | "
        f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | {seconds:.2f} |"
    )


def margin() -> None:
    """Prints how far the true pair of the real captures stands from the closest false one."""
    reports = ecbplus.real_captures()
    event_of = {r.report_id: r.event for r in reports}
    rows = linked(reports)[0].pair_decisions.to_pylist()
    true = min(r["score"] for r in rows if _is_true(r, event_of))
    false = max(r["score"] for r in rows if not _is_true(r, event_of))
    nats = math.log(true / (1 - true)) - math.log(false / (1 - false))
    print(f"captures: true pair {true:.3f}, closest false {false:.3f}, margin {nats:.1f} nats")


def _is_true(row: dict[str, str], event_of: dict[str, str]) -> bool:
    return event_of[row["article_id_l"]] == event_of[row["article_id_r"]]


def main() -> None:
    """Print the table."""
    print("| collection | reports | events found | precision | recall | B-cubed F1 | seconds |")
    print("|---|---|---|---|---|---|---|")
    measured("ECB+, topics 1 to 25", ecbplus.ecb_plus())
    measured("five captures", ecbplus.real_captures())
    margin()


if __name__ == "__main__":
    main()
