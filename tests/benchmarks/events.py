"""B-cubed F1 of the event stage on ECB+ and its margin on the real captures.

    python -m tests.benchmarks.events
    python -m tests.benchmarks.events --size 3000 12000    # articles made from ECB+

The weights were fitted to the same topics; what is cross-validated stands in the head of
transforms/weights/same_event.tsv. Of `--size` every collection is linked in a process of its own,
so that its peak memory is its own; growth is that of the time an article takes.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import pyarrow as pa

from tests.benchmarks import ecbplus, variants
from tests.benchmarks.ecbplus import Report
from tests.benchmarks.measures import Score, b_cubed
from transforms import duplicates, events
from transforms.authority import Authority
from transforms.schema import to_arrow
from transforms.tables import Block, DateCandidate


def linked(reports: Sequence[Report]) -> tuple[events.Linked, float]:
    """The events of these reports, and the seconds that duplicates and events took."""
    inputs = ecbplus.tables(reports)
    start = time.perf_counter()
    found = _linked(inputs, duplicates.compare(inputs.articles))
    return found, time.perf_counter() - start


def _linked(inputs: ecbplus.Inputs, copies: pa.Table) -> events.Linked:
    return events.link(
        articles=inputs.articles,
        mentions=inputs.mentions,
        entities=inputs.entities,
        quotations=inputs.quotations,
        date_candidates=to_arrow(DateCandidate, []),
        duplicates=copies,
        blocks=to_arrow(Block, []),
        authority=Authority(),
        previous=None,
        release="1.0.0",
    )


def score(reports: Sequence[Report], found: events.Linked) -> Score:
    """B-cubed of the events found."""
    pairs = found.event_reports.select(["article_id", "event_id"]).to_pydict()
    return b_cubed(
        dict(zip(pairs["article_id"], pairs["event_id"], strict=True)),
        {r.report_id: r.event for r in reports},
    )


def measured(name: str, reports: Sequence[Report]) -> None:
    """Prints one row of the table."""
    found, seconds = linked(reports)
    scored = score(reports, found)
    events_true = len({r.event for r in reports})
    print(
        f"| {name} | {len(reports)} | {found.events.num_rows} of {events_true} | "
        f"{scored.precision:.3f} | {scored.recall:.3f} | {scored.f1:.3f} | {seconds:.2f} |"
    )


@dataclass(frozen=True, slots=True)
class Margin:
    """Probabilities of the weakest true and the strongest false pair, and the nats between."""

    true: float
    false: float
    nats: float


def margin() -> Margin:
    """How far the true pair of the real captures stands from the closest false one."""
    reports = ecbplus.real_captures()
    event_of = {r.report_id: r.event for r in reports}
    rows = linked(reports)[0].pair_decisions.to_pylist()
    true = min(r["score"] for r in rows if _is_true(r, event_of))
    false = max(r["score"] for r in rows if not _is_true(r, event_of))
    nats = math.log(true / (1 - true)) - math.log(false / (1 - false))
    return Margin(true, false, nats)


def _is_true(row: dict[str, str], event_of: dict[str, str]) -> bool:
    return event_of[row["article_id_l"]] == event_of[row["article_id_r"]]


@dataclass(frozen=True, slots=True)
class Cost:
    """What linking a collection costs; the memory is that of the process, its tables included."""

    event_count: int
    pair_count: int
    cpu_seconds: float
    peak_mb: float


def cost(count: int) -> Cost:
    """What a collection of this size costs: ECB+ again and again, its names replaced."""
    inputs = ecbplus.tables(variants.renamed(ecbplus.ecb_plus(), count))
    copies = duplicates.compare(inputs.articles)
    start = time.process_time()
    found = _linked(inputs, copies)
    seconds = time.process_time() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(found.events.num_rows, found.pair_decisions.num_rows, seconds, peak_mb)


def sizes(counts: Sequence[int]) -> None:
    """Prints the cost of every size, each with the growth since the one before."""
    print("| articles | events | pairs kept | articles per CPU second | growth | peak MB |")
    print("|---|---|---|---|---|---|")
    before = None
    for count in counts:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
            found = apart.submit(cost, count).result()
        each = found.cpu_seconds / count
        growth = f"{each / before:.2f}" if before else ""
        before = each
        print(
            f"| {count:,} | {found.event_count:,} | {found.pair_count:,} | {1 / each:,.0f} "
            f"| {growth} | {found.peak_mb:,.0f} |",
            flush=True,
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, nargs="+", default=[])
    wanted = parser.parse_args().size
    if wanted:
        sizes(wanted)
        return
    print("| collection | reports | events found | precision | recall | B-cubed F1 | seconds |")
    print("|---|---|---|---|---|---|---|")
    measured("ECB+, topics 1 to 25", ecbplus.ecb_plus())
    measured("five captures", ecbplus.real_captures())
    m = margin()
    print(f"captures: true pair {m.true:.3f}, closest false {m.false:.3f}, {m.nats:.1f} nats apart")


if __name__ == "__main__":
    main()
