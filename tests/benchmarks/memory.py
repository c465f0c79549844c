"""Memory of one worker over many captures: the flow's own stages of a shard, one after another."""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from flows import build, store
from flows.settings import Settings
from flows.stages import BATCH_CAPTURES
from tests.benchmarks import wcxb
from transforms.captures import RawCapture

STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """The most memory this process has held so far."""
    if STATUS.exists():
        # getrusage counts in what the process was forked from.
        lines = STATUS.read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def over(count: int) -> str:
    """The peak after every tenth of so many captures, through both stages of a shard."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        paths = list(_shards(work, count))
        # In a process of its own, which has held nothing but what a worker holds.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            imported = pool.submit(peak_megabytes).result()
            blocks = pool.submit(_peaks, build.blocks_of_shard, paths, work).result()
        build.profile_sites(work)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            articles = pool.submit(_peaks, build.articles_of_shard, paths, work).result()
    lines = [
        "| captures | blocks, MB | articles, MB |",
        "|---|---|---|",
        f"| 0 | {imported:.0f} | |",
    ]
    step = max(1, len(paths) // 10)
    for number in range(step - 1, len(paths), step):
        taken = min(count, (number + 1) * BATCH_CAPTURES)
        lines.append(f"| {taken:,} | {blocks[number]:.0f} | {articles[number]:.0f} |")
    return "\n".join(lines)


def _peaks(stage: Callable[..., None], paths: Sequence[Path], work: Path) -> list[float]:
    """The peak after every shard."""
    peaks = []
    for path in paths:
        stage(path, work, Settings())
        peaks.append(peak_megabytes())
    return peaks


def _shards(work: Path, count: int) -> Iterator[Path]:
    """The development pages over and over, each time as pages of other sites; a batch a shard."""
    shard: list[RawCapture] = []
    for number, row in enumerate(_cycled(count), start=1):
        uri = f"{number:06}.html"
        site = f"site {row['file_id']} {number}"
        shard.append(RawCapture(uri, row["html"], "pages", row["url"], site=site))
        if len(shard) == BATCH_CAPTURES or number == count:
            folder = work / "shards" / f"{number:06}"
            store.write_captures(folder / f"{number:06}.arrow", shard)
            shard = []
            yield folder


def _cycled(count: int) -> Iterator[dict[str, Any]]:
    taken = 0
    while True:
        for some in wcxb.shards(wcxb.PAGES, BATCH_CAPTURES):
            for row in some:
                if taken == count:
                    return
                taken += 1
                yield row
