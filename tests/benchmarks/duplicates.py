"""Speed, recall and memory of the duplicates stage on texts with known copies, beside others.

    python -m tests.benchmarks.duplicates                    # 10,000 texts
    python -m tests.benchmarks.duplicates --size 100000
    python -m tests.benchmarks.duplicates --only communique --size 1000000

datasketch and rensa are measured where they are installed; they are no part of the project.
Every method runs in a process of its own, so that its peak memory is its own. A million texts
take some minutes to write and to compare word by word; nothing holds all of them but Arrow.
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
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, islice
from pathlib import Path

import networkx
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tests.benchmarks import copies

Pair = tuple[int, int]
LINK_JACCARD = 0.7
PART = 0.8
ROWS = 20_000
SCHEMA = pa.schema({"article_id": pa.string(), "text": pa.string(), "source": pa.int64()})


@dataclass(frozen=True, slots=True)
class Run:
    """What a method found and what it cost.

    The memory is the most that the process held, of which the texts take `texts_mb`.
    """

    method: str
    pairs: list[Pair]
    seconds: float
    cpu_seconds: float
    peak_mb: float
    texts_mb: float


@dataclass(frozen=True, slots=True)
class Truth:
    """Pairs of texts copied from one another: nearly the same, or one standing in the other.

    Text i was copied from family[i], or written on its own where that is i.
    """

    family: Sequence[int]
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


def truth(texts: Iterable[copies.Text]) -> Truth:
    """The copies, by exact shares of their 3-grams."""
    family = array("l")
    members: dict[int, list[tuple[int, Sequence[str]]]] = defaultdict(list)
    near: set[Pair] = set()
    parts: set[Pair] = set()
    for number, text in enumerate(texts):
        source = number if text.source is None else text.source
        family.append(source)
        members[source].append((number, text.words))
        if len(members) > copies.RECENT:
            # The oldest story is copied no more.
            _compare(members.pop(next(iter(members))), near, parts)
    for of_story in members.values():
        _compare(of_story, near, parts)
    return Truth(family, frozenset(near), frozenset(parts))


def _compare(
    members: Sequence[tuple[int, Sequence[str]]], near: set[Pair], parts: set[Pair]
) -> None:
    sets = [(number, _runs(words)) for number, words in members]
    for (a, one), (b, other) in combinations(sets, 2):
        shared = len(one & other)
        if shared >= LINK_JACCARD * len(one | other):
            near.add((a, b))
        elif shared >= PART * min(len(one), len(other)):
            parts.add((a, b))


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


def table(texts: Sequence[copies.Text], first: int = 0) -> pa.Table:
    """The texts as the stage reads them, numbered from `first`, with what they were copied from."""
    rows = [(f"{first + n:09}", " ".join(t.words), t.source) for n, t in enumerate(texts)]
    return pa.Table.from_arrays(
        [pa.array(c, f.type) for c, f in zip(zip(*rows, strict=True), SCHEMA, strict=True)],
        schema=SCHEMA,
    )


def write(texts: Iterator[copies.Text], path: Path) -> None:
    """The texts as a Parquet file, some at a time."""
    with pq.ParquetWriter(path, SCHEMA) as writer:
        first = 0
        while some := list(islice(texts, ROWS)):
            writer.write_table(table(some, first))
            first += len(some)


def read(path: Path, columns: Sequence[str] = ("article_id", "text")) -> pa.Table:
    """The texts of a file, read some at a time: reading all at once takes twice the memory."""
    with pq.ParquetFile(path) as file:
        return pa.Table.from_batches(file.iter_batches(ROWS, columns=list(columns)))


def _texts(path: Path) -> Iterator[copies.Text]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(ROWS, columns=["text", "source"]):
            columns = (batch.column(c).to_pylist() for c in ("text", "source"))
            for text, source in zip(*columns, strict=True):
                yield copies.Text(tuple(text.split(" ")), source)


def run(method: str, path: Path) -> Run:
    """One method on the texts of a file, in this process."""
    texts = read(path)
    METHODS[method](texts.slice(0, 100))  # what is imported is no part of the cost
    start, cpu = time.perf_counter(), time.process_time()
    pairs = METHODS[method](texts)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Run(method, pairs, seconds, cpu_seconds, peak_mb, texts.nbytes / 2**20)


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
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.parquet"
        write(copies.texts(options.size), path)
        true = truth(_texts(path))
        print(
            f"{options.size:,} texts, {len(true.near):,} pairs of Jaccard {LINK_JACCARD} or more,"
        )
        print(f"{len(true.parts):,} pairs of which one stands in the other\n")
        print("| method | texts/s | texts per CPU second | link recall | precision "
              "| containment recall | peak MB | of which texts |")  # fmt: skip
        print("|---|---|---|---|---|---|---|---|", flush=True)
        for method in [options.only] if options.only else METHODS:
            if method != "communique" and importlib.util.find_spec(method) is None:
                print(f"| {method} (not installed) | | | | | | | |")
                continue
            found = _apart(method, path)
            scored = figures(found.pairs, true)
            print(
                f"| {method} | {options.size / found.seconds:,.0f} "
                f"| {options.size / found.cpu_seconds:,.0f} | {scored.link_recall:.4f} "
                f"| {scored.precision:.4f} | {scored.containment_recall:.4f} "
                f"| {found.peak_mb:,.0f} | {found.texts_mb:,.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
