"""Speed, recall and memory of the duplicates stage on texts with known copies, beside others.

    python -m tests.benchmarks.duplicates                    # 10,000 texts
    python -m tests.benchmarks.duplicates --size 100000
    python -m tests.benchmarks.duplicates --only communique --size 1000000

datasketch and rensa are measured where they are installed; they are no part of the project.
Every method runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path

import networkx
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tests.benchmarks import copies

Pair = tuple[int, int]
LINK_JACCARD = 0.7
PART = 0.8


@dataclass(frozen=True, slots=True)
class Run:
    """What a method found and what it cost; the memory is that of the process, texts included."""

    method: str
    pairs: list[Pair]
    seconds: float
    cpu_seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Truth:
    """Pairs of texts copied from one another: nearly the same, or one standing in the other."""

    family: tuple[int, ...]
    near: frozenset[Pair]
    parts: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of the true pairs found, and of the found pairs that are true."""

    link_recall: float
    precision: float
    containment_recall: float


def communique(texts: pa.Table) -> list[Pair]:
    """The pairs of the project's own stage."""
    from transforms import duplicates  # in a process of its own, like the others

    found = duplicates.compare(texts)
    left, right = (pc.cast(found.column(i), pa.int64()).to_pylist() for i in (0, 1))
    return list(zip(left, right, strict=True))


def datasketch(texts: pa.Table) -> list[Pair]:
    """MinHash LSH of 128 permutations, pairs as the index gives them."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=LINK_JACCARD, num_perm=128)
    pairs = []
    for number, shingles in enumerate(_shingles(texts)):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingles])
        pairs += [(other, number) for other in index.query(sketch)]
        index.insert(number, sketch)
    return pairs


def rensa(texts: pa.Table) -> list[Pair]:
    """rensa's MinHash and LSH, pairs as the index gives them."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=LINK_JACCARD, num_perm=128, num_bands=32)
    pairs = []
    for number, shingles in enumerate(_shingles(texts)):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingles)
        pairs += [(other, number) for other in index.query(sketch)]
        index.insert(number, sketch)
    return pairs


METHODS: dict[str, Callable[[pa.Table], list[Pair]]] = {
    "communique": communique,
    "datasketch": datasketch,
    "rensa": rensa,
}


def _shingles(texts: pa.Table) -> Iterator[list[str]]:
    for text in texts.column("text"):
        words = text.as_py().split()
        yield [" ".join(words[i : i + 3]) for i in range(len(words) - 2)]


def truth(texts: Sequence[copies.Text]) -> Truth:
    """The copies, by exact shares of their 3-grams."""
    family = [number if t.source is None else t.source for number, t in enumerate(texts)]
    members: dict[int, list[int]] = defaultdict(list)
    for number, source in enumerate(family):
        members[source].append(number)
    near, parts = set(), set()
    for numbers in members.values():
        if len(numbers) == 1:
            continue
        sets = {n: _runs(texts[n].words) for n in numbers}
        for a, b in combinations(numbers, 2):
            shared = len(sets[a] & sets[b])
            if shared >= LINK_JACCARD * len(sets[a] | sets[b]):
                near.add((a, b))
            elif shared >= PART * min(len(sets[a]), len(sets[b])):
                parts.add((a, b))
    return Truth(tuple(family), frozenset(near), frozenset(parts))


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


def figures(pairs: Iterable[Pair], true: Truth) -> Figures:
    """How well the pairs match the truth; a pair is linked that a chain of found pairs joins."""
    found = {(min(p), max(p)) for p in pairs}
    right = sum(true.family[a] == true.family[b] for a, b in found)
    groups = networkx.Graph(found)
    group_of = {n: i for i, c in enumerate(networkx.connected_components(groups)) for n in c}

    def recall(wanted: frozenset[Pair]) -> float:
        linked = sum(a in group_of and group_of[a] == group_of.get(b) for a, b in wanted)
        return linked / max(1, len(wanted))

    return Figures(recall(true.near), right / max(1, len(found)), recall(true.parts))


def table(texts: Iterable[copies.Text]) -> pa.Table:
    """The texts as the stage reads them."""
    printed = pa.array([" ".join(t.words) for t in texts], pa.string())
    ids = pa.array([f"{n:09}" for n in range(len(printed))], pa.string())
    return pa.table({"article_id": ids, "text": printed})


def run(method: str, path: Path) -> Run:
    """One method on the texts of a file, in this process."""
    texts = pq.read_table(path)
    METHODS[method](texts.slice(0, 100))  # what is imported is no part of the cost
    start, cpu = time.perf_counter(), time.process_time()
    pairs = METHODS[method](texts)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Run(method, pairs, seconds, cpu_seconds, peak_mb)


def _apart(method: str, path: Path) -> Run:
    module = ["-m", "tests.benchmarks.duplicates", "--measure", method, str(path)]
    command = [sys.executable, *module]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Run(**json.loads(printed))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--only", choices=sorted(METHODS))
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(asdict(run(options.measure[0], Path(options.measure[1])))))
        return
    texts = list(copies.texts(options.size))
    true = truth(texts)
    print(f"{options.size:,} texts, {len(true.near):,} pairs of Jaccard {LINK_JACCARD} or more,")
    print(f"{len(true.parts):,} pairs of which one stands in the other\n")
    print("| method | texts/s | texts per CPU second | link recall | precision "
          "| containment recall | peak MB |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.parquet"
        pq.write_table(table(texts), path)
        for method in [options.only] if options.only else METHODS:
            if method != "communique" and importlib.util.find_spec(method) is None:
                print(f"| {method} (not installed) | | | | | | |")
                continue
            found = _apart(method, path)
            scored = figures(found.pairs, true)
            print(
                f"| {method} | {options.size / found.seconds:,.0f} "
                f"| {options.size / found.cpu_seconds:,.0f} | {scored.link_recall:.4f} "
                f"| {scored.precision:.4f} | {scored.containment_recall:.4f} "
                f"| {found.peak_mb:,.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
