"""The whole pipeline under load: captures a second by stage, memory, disk, and how they grow.

    python -m tests.benchmarks.pipeline 1000 10000 100000 --workers 2

Captures are made: 200 sites, HTML of three decades and plain text, 3 % damaged, 10 % copies,
events with several reports. Each size is a warehouse of its own, built by the command a user runs.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import html
import json
import math
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from flows import store
from tests.grammar import stories
from tests.grammar.stories import Happening

SITE_COUNT = 200
DAMAGED, COPIES, PLAIN = 0.03, 0.10, 0.15
REPORTS_AN_EVENT = (1, 1, 1, 1, 2, 2, 3, 5)
FILES_A_FOLDER = 1_000
PAGE_BYTES = 5_000
SAMPLE_SECONDS = 0.5
MEGABYTE = 1_000_000
# Below so many seconds the growth of a stage is noise.
LEAST_SECONDS = 1.0
# A stage whose time grows with a larger power of the captures is named.
LINEAR = 1.15


@dataclass(slots=True)
class Load:
    """What a run of one size took."""

    count: int
    seconds: float
    cpu_seconds: float
    stages: dict[str, float]
    disk: dict[str, int]
    peaks: dict[str, int] = field(default_factory=dict)
    peak_sum: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def make(folder: Path, count: int, seed: int = 1) -> None:
    """Writes so many captures with their listings, the same for the same seed."""
    rng, recent = Random(seed), list[str]()
    pages = _pages(rng, count)
    for start in range(0, count, FILES_A_FOLDER):
        place = folder / f"{start // FILES_A_FOLDER:05}"
        place.mkdir(parents=True)
        with (place / "captures.csv").open("w", encoding="utf-8", newline="") as file:
            listing = csv.writer(file)
            listing.writerow(("file", "url", "captured_at", "site", "invented"))
            for number in range(start, min(start + FILES_A_FOLDER, count)):
                told, text = next(pages)
                if recent and rng.random() < COPIES:
                    text = rng.choice(recent)
                recent = [*recent[-200:], text]
                site = rng.randrange(SITE_COUNT)
                name, content = _page(rng, number, site, told, text)
                (place / name).write_bytes(content)
                address = f"http://www.site{site:03}.example/{number}"
                noon = dt.datetime.combine(told.day, dt.time(12), dt.UTC).isoformat()
                listing.writerow((name, address, noon, f"site{site:03}.example", "yes"))


def _pages(rng: Random, count: int) -> Iterator[tuple[Happening, str]]:
    """Happenings with the text of a report of each; several reports of some."""
    while True:
        told = stories.happening(rng)
        for _ in range(rng.choice(REPORTS_AN_EVENT)):
            parts = stories.paragraphs(rng, told)
            while sum(map(len, parts)) < PAGE_BYTES // 2:
                parts += stories.paragraphs(rng, told)[1:]
            yield told, "\n\n".join(parts)


def _page(rng: Random, number: int, site: int, told: Happening, text: str) -> tuple[str, bytes]:
    title = stories.title(rng, told)
    if rng.random() < PLAIN:
        name, page = f"{number:07}.txt", f"{title}\n\n{text}\n\nCopyright Site {site:03}\n"
    else:
        # A site keeps its dress, and what stands on each of its pages.
        dress = (_of_the_nineties, _of_the_noughties, _of_today)[site % 3]
        name, page = f"{number:07}.html", dress(site, title, told, text)
    content = page.encode()
    if rng.random() < DAMAGED:
        content = _damaged(rng, content)
    return name, content


def _damaged(rng: Random, content: bytes) -> bytes:
    """Cut off, or with some bytes that are none of its own."""
    cut = rng.randrange(len(content))
    if rng.random() < 0.5:
        return content[:cut]
    return content[:cut] + rng.randbytes(rng.randrange(1, 60)) + content[cut:]


def _furniture(site: int) -> list[str]:
    rng = Random(site)
    words = rng.sample(stories.NOUNS, 12)
    return [f"{a.title()} and {b}" for a, b in zip(words[::2], words[1::2], strict=True)]


def _of_the_nineties(site: int, title: str, told: Happening, text: str) -> str:
    links = " | ".join(f'<A HREF="/{i}">{n}</A>' for i, n in enumerate(_furniture(site)))
    body = "\n<P>".join(html.escape(p) for p in text.split("\n\n"))
    return (
        f"<HTML><HEAD><TITLE>{html.escape(title)}</TITLE></HEAD><BODY BGCOLOR=white>"
        f"<TABLE WIDTH=600><TR><TD><FONT SIZE=-1>{links}</FONT></TD></TR><TR><TD>"
        f"<H2>{html.escape(title)}</H2><I>{told.day:%B %d, %Y}</I>\n<P>{body}\n"
        f"<HR><FONT SIZE=-2>Copyright {told.day.year} Site {site:03}</FONT></TABLE></BODY></HTML>"
    )


def _of_the_noughties(site: int, title: str, told: Happening, text: str) -> str:
    links = "".join(f'<li><a href="/{i}">{n}</a></li>' for i, n in enumerate(_furniture(site)))
    body = "".join(f"<p>{html.escape(p)}</p>\n" for p in text.split("\n\n"))
    return (
        f"<html><head><title>{html.escape(title)} - Site {site:03}</title></head><body>"
        f'<div id="nav"><ul>{links}</ul></div><div id="content"><h1>{html.escape(title)}</h1>'
        f'<div class="date">{told.day:%d %B %Y}</div><div class="story">{body}</div></div>'
        f'<div id="footer">&copy; Site {site:03}. All rights reserved.</div></body></html>'
    )


def _of_today(site: int, title: str, told: Happening, text: str) -> str:
    links = "".join(f'<a href="/{i}">{n}</a>' for i, n in enumerate(_furniture(site)))
    body = "".join(f"<p>{html.escape(p)}</p>" for p in text.split("\n\n"))
    data = {"@type": "NewsArticle", "headline": title, "datePublished": str(told.day)}
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}'
        f'</title><script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        f"<header><nav>{links}</nav></header><main><article><h1>{html.escape(title)}</h1>"
        f'<time datetime="{told.day}">{told.day:%d %b %Y}</time>{body}</article></main>'
        f"<footer>Site {site:03}, newsletter, cookies</footer></body></html>"
    )


def measure(folder: Path, count: int, workers: int) -> Load:
    """Makes the captures in the folder, builds and releases them there, and says what it took."""
    make(folder / "pages", count)
    out = folder / "warehouse"
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", "--json"]
    options = [
        "--workers",
        str(workers),
        "--warehouse",
        str(out),
        "--source",
        str(folder / "pages"),
    ]
    # A grammar of few words breaks rules of its own kind; what is measured is the work.
    options += ["--max-quarantine", "1"]
    start, cpu = time.perf_counter(), _cpu_of_children()
    with (folder / "log").open("w") as log:
        running = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=log)
        watch = _Memory(running.pid)
        watch.start()
        told, _ = running.communicate()
        watch.over.set()
        watch.join()
    seconds, cpu = time.perf_counter() - start, _cpu_of_children() - cpu
    if running.returncode:
        raise SystemExit((folder / "log").read_text()[-3000:])
    facts = json.loads(told)
    parts = {p.name: _bytes(p) for p in sorted(out.iterdir()) if not p.is_symlink()}
    return Load(
        count, seconds, cpu, facts["seconds"], parts, watch.peaks, watch.peak_sum, facts["rows"]
    )


def _cpu_of_children() -> float:
    """CPU seconds of the processes that have ended, with all below them that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Memory(threading.Thread):
    """Looks at the memory of a process and all below it until it is `over`."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.peaks: dict[str, int] = {}
        self.peak_sum = 0
        self._process = process

    def run(self) -> None:
        """Samples; what shares pages is counted once in the sum, by proportional set size."""
        while not self.over.wait(SAMPLE_SECONDS):
            total = 0
            for process, name in _tree(self._process):
                resident, proportional = _memory(process)
                label = f"{name} {process}"
                self.peaks[label] = max(self.peaks.get(label, 0), resident)
                total += proportional
            self.peak_sum = max(self.peak_sum, total)


def _tree(process: int) -> list[tuple[int, str]]:
    """The process and all below it, with what each is."""
    found, wanted = [], [process]
    while wanted:
        one = wanted.pop()
        place = Path(f"/proc/{one}")
        try:
            words = (place / "cmdline").read_bytes().decode(errors="replace")
            children = (place / "task" / str(one) / "children").read_text().split()
        except OSError:
            continue
        kinds = {"flows.validator": "validator", "spawn_main": "worker", "tracker": "tracker"}
        name = next((k for w, k in kinds.items() if w in words), "run")
        found.append((one, name))
        wanted += [int(c) for c in children]
    return found


def _memory(process: int) -> tuple[int, int]:
    """Bytes that a process holds, and those that are its part of what is shared."""
    told = {"Rss": 0, "Pss": 0}
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in told:
                told[name] = int(value.split()[0]) * 1024
    except OSError:
        pass
    return told["Rss"], told["Pss"]


def _bytes(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file() and not p.is_symlink())


def table(loads: Sequence[Load]) -> str:
    """The figures as Markdown: stages, then memory and disk, then what grows faster than linear."""
    names = list(dict.fromkeys(n for load in loads for n in load.stages))
    sizes = [f"{load.count:,}" for load in loads]
    lines = [
        f"| captures a second | {' | '.join(sizes)} | power |",
        f"|---{'|---' * len(sizes)}|---|",
    ]
    grows = []
    for name in names:
        spent = [load.stages.get(name, 0.0) for load in loads]
        rates = [f"{c.count / s:,.0f}" if s else "" for c, s in zip(loads, spent, strict=True)]
        power = growth(loads, spent)
        if power is not None and power > LINEAR:
            grows.append(f"{name} ({power:.2f})")
        lines.append(f"| {name} | {' | '.join(rates)} | {_power(power)} |")
    total = [load.seconds for load in loads]
    rates = [f"{load.count / load.seconds:,.0f}" for load in loads]
    lines.append(f"| **all** | {' | '.join(rates)} | {_power(growth(loads, total))} |")
    # On a machine that is busy with other things these say more than the rates.
    cpu = [load.cpu_seconds for load in loads]
    each = [f"{1000 * load.cpu_seconds / load.count:,.0f}" for load in loads]
    lines.append(
        f"| CPU milliseconds a capture | {' | '.join(each)} | {_power(growth(loads, cpu))} |"
    )
    peaks = [f"{load.peak_sum / MEGABYTE:,.0f}" for load in loads]
    lines.append(f"| memory of all processes, MB | {' | '.join(peaks)} | |")
    for kind in ("run", "worker", "validator"):
        most = [_most(load, kind) / MEGABYTE for load in loads]
        lines.append(f"| most of one {kind}, MB | {' | '.join(f'{m:,.0f}' for m in most)} | |")
    for part in dict.fromkeys(p for load in loads for p in load.disk):
        held = [load.disk.get(part, 0) / load.count for load in loads]
        if max(held) >= 1:
            told = " | ".join(f"{h:,.0f}" for h in held)
            lines.append(f"| {part}, bytes a capture | {told} | |")
    lines += ["", f"Faster than linear: {', '.join(grows) or 'nothing'}."]
    return "\n".join(lines)


def growth(loads: Sequence[Load], spent: Sequence[float]) -> float | None:
    """The power of the captures that the time grows with, from the last two sizes."""
    if len(loads) < 2 or min(spent[-2:]) < LEAST_SECONDS:
        return None
    return math.log(spent[-1] / spent[-2]) / math.log(loads[-1].count / loads[-2].count)


def _power(power: float | None) -> str:
    return "" if power is None else f"{power:.2f}"


def _most(load: Load, kind: str) -> int:
    return max((v for k, v in load.peaks.items() if k.split()[0] == kind), default=0)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table, as far as it goes, after each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", metavar="DIR", help="Leave captures and warehouses there.")
    options = parser.parse_args(arguments)
    loads: list[Load] = []
    for count in options.sizes:
        place = Path(options.keep or tempfile.mkdtemp(prefix="pipeline-")) / str(count)
        place.mkdir(parents=True, exist_ok=True)
        loads.append(measure(place, count, options.workers))
        told = ", ".join(
            f"{n:,} {t}" for t, n in loads[-1].rows.items() if t in ("articles", "events")
        )
        print(f"{count:,} captures: {loads[-1].seconds:,.0f} s; {told}", flush=True)
        if not options.keep:
            store.remove(place.parent)
    print(table(loads))


if __name__ == "__main__":
    main()
