"""Quotations: the hand-made passages, the captures and the sample archive, and what reading costs.

python -m tests.benchmarks.quotations
"""

from __future__ import annotations

import time

from flows.sources import read_authority
from tests.benchmarks import ecbplus, passages
from tests.benchmarks.names import ROUNDS, SEEDS, articles, of_release
from transforms import names, quotations


def of_passages(file: str) -> tuple[float, list[str]]:
    """The share of the hand-made passages of a file that are read right, and what is wrong."""
    cases = passages.cases(file)
    wrong = [f"{case}: {fault}" for case in cases for fault in passages.faults(case)[:1]]
    return 1 - len(wrong) / len(cases), wrong


def speed() -> float:
    """Articles of 3,000 characters a second, quotations alone."""
    lexicon = names.build(read_authority([SEEDS]))
    read = []
    for story in articles():
        printed = names.find(story, lexicon)
        read.append((story, names.resolve("a", printed, story, (None, None), lexicon)))
    best = 1e9
    for _ in range(ROUNDS):
        start = time.process_time()
        for story, mentions in read:
            quotations.find("a", story, mentions)
        best = min(best, time.process_time() - start)
    return len(read) / best


def main() -> None:
    """Prints the table."""
    print("| what | goal | reached |\n|---|---|---|")
    wrong = []
    for file in ("names.toml", "quotations.toml"):
        share, faults = of_passages(file)
        wrong += faults
        print(f"| hand-made passages, {file} ({len(passages.cases(file))}) | .98 | {share:.3f} |")
    builds = (
        ("five captures", ecbplus.CAPTURES, ecbplus.CAPTURES / "truth.json"),
        ("sample archive", None, None),
    )
    for title, source, truth in builds:
        measures = of_release(source, truth)
        told = [f"{m} {measures[m]:.3f}" for m in ("quotations", "speakers") if m in measures]
        print(f"| {title} | .95 | {', '.join(told) or 'its truth has no quotations'} |")
    print(f"| quotations alone: articles/s | | {speed():.0f} |")
    print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
