"""Holds every rule on what comes of pages made by the grammar of `tests.grammar`.

python -m tests.benchmarks.made_pages --count 5000

The pages go through the whole build in collections of `--batch`; the exit status is 1 where any
rule is broken. The pages behind the failing rows are kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from expectations.culprits import culprits
from expectations.message import failure_message
from expectations.suites import RULES
from expectations.validate import validate
from flows import stages, store
from flows.direct import Clock, Direct
from flows.settings import Settings
from tests import grammar
from transforms.quarantine import Culprit
from transforms.tables import RELEASED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some pages: how many articles and events, and which rules are broken."""

    article_count: int
    event_count: int
    message: str
    culprits: tuple[Culprit, ...]
    files: tuple[str, ...]


def check(folder: Path, count: int, seed: int, workers: int = 1) -> Outcome:
    """Makes pages in the folder, builds them there, and holds every rule on the tables."""
    grammar.write(grammar.pages(count, seed), folder / "pages")
    settings = Settings(
        sources=(folder / "pages",), warehouse=folder / "warehouse", workers=workers
    )
    with Direct(workers, Clock(lambda _: None)) as executor:
        stages.make_build(settings, executor)
    tables = store.read_tables(
        settings.build, [t for t in RELEASED if t.name != "validation_results"]
    )
    checked = validate(tables)
    broken = culprits(tables, checked.failures, RULES)
    uris = dict(
        zip(*(tables["captures"][c].to_pylist() for c in ("capture_id", "source_uri")), strict=True)
    )
    return Outcome(
        tables["articles"].num_rows,
        tables["events"].num_rows,
        failure_message(checked.results),
        broken,
        tuple(uris[c.capture_id] for c in broken),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line a collection, and every rule that is broken with its rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(arguments)
    is_broken = False
    for number, start in enumerate(range(0, options.count, options.batch)):
        count, seed = min(options.batch, options.count - start), options.seed + number
        folder, begin = Path(tempfile.mkdtemp(prefix="made-pages-")), time.perf_counter()
        outcome = check(folder, count, seed, options.workers)
        seconds = time.perf_counter() - begin
        print(
            f"seed {seed}: {count} pages, {outcome.article_count} articles, "
            f"{outcome.event_count} events, {seconds:.0f} s",
            flush=True,
        )
        if outcome.message:
            is_broken = True
            print(outcome.message, f"the pages are in {folder}", *outcome.files, sep="\n")
        else:
            store.remove(folder)
    return 1 if is_broken else 0


if __name__ == "__main__":
    sys.exit(main())
