"""How long the site of a large release takes, what it holds in memory and how large its pages are.

python -m tests.benchmarks.site --events 10000
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from flows import site
from flows.settings import available_cores
from tests.expectations.release import good
from tests.flows.site import releases

MEGABYTE = 1e6
KILOBYTE = 1000


def main() -> None:
    """Prints seconds, pages a second, the largest page, and the peak of the largest process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=available_cores())
    given = parser.parse_args()
    one = good()
    worlds = given.events // len(one["events"])
    with tempfile.TemporaryDirectory() as scratch:
        folder = releases.write(Path(scratch) / "1.0.0", (good(n) for n in range(worlds)))
        start = time.perf_counter()
        place = site.write(folder, Path(scratch) / "site", workers=given.workers).parent
        seconds = time.perf_counter() - start
        sizes = sorted((p.stat().st_size, str(p.relative_to(place))) for p in place.rglob("*.html"))
        data = sum(p.stat().st_size for p in (place / "data").iterdir())
    articles = worlds * len(one["articles"])
    peaks = [
        resource.getrusage(who).ru_maxrss * 1024 / MEGABYTE
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(
        f"{given.events:,} events, {articles:,} articles: {len(sizes):,} pages in {seconds:.0f} s "
        f"({len(sizes) / seconds:.0f}/s, {given.workers} workers)"
    )
    print(f"largest page {sizes[-1][1]}: {sizes[-1][0] / KILOBYTE:.0f} kB; scripts' data "
          f"{data / MEGABYTE:.1f} MB")  # fmt: skip
    print(f"peak memory: {peaks[0]:.0f} MB here (the made tables among it), {peaks[1]:.0f} MB the "
          "largest worker")  # fmt: skip


if __name__ == "__main__":
    main()
