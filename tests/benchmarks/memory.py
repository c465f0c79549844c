"""Memory of one worker over many captures: the flow's own stages of a shard, one after another."""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows import build, store
from flows.settings import Settings
from flows.stages import SHARD_CAPTURES
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
    settings = Settings()
    lines = ["| captures | blocks, MB | articles, MB |", "|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        paths = list(_shards(work, count))
        step = max(1, len(paths) // 10)
        blocks, articles = [], []
        for path in paths:
            build.blocks_of_shard(path, work, settings)
            blocks.append(peak_megabytes())
        build.profile_sites(work)
        after = peak_megabytes()
        for path in paths:
            build.articles_of_shard(path, work, settings)
            articles.append(peak_megabytes())
        for number in range(step - 1, len(paths), step):
            taken = min(count, (number + 1) * SHARD_CAPTURES)
            lines.append(f"| {taken:,} | {blocks[number]:.0f} | {articles[number]:.0f} |")
        lines.append(f"\nsite profile of all: {after:.0f} MB")
    return "\n".join(lines)


def _shards(work: Path, count: int) -> Iterator[Path]:
    """The development pages over and over, each time as pages of other sites."""
    shard: list[RawCapture] = []
    for number, row in enumerate(_cycled(count), start=1):
        uri = f"{number:06}.html"
        site = f"site {row['file_id']} {number}"
        shard.append(RawCapture(uri, row["html"], "pages", row["url"], site=site))
        if len(shard) == SHARD_CAPTURES or number == count:
            path = work / "shards" / f"{number:06}.arrow"
            store.write_shard(path, shard)
            shard = []
            yield path


def _cycled(count: int) -> Iterator[dict[str, Any]]:
    taken = 0
    while True:
        for some in wcxb.shards(wcxb.PAGES, SHARD_CAPTURES):
            for row in some:
                if taken == count:
                    return
                taken += 1
                yield row
