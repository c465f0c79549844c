"""Extraction: stories and what is known of them out of pages, beside other extractors.

    python -m tests.benchmarks.extraction                 # all pages, all extractors
    python -m tests.benchmarks.extraction --every 8       # a quick look
    python -m tests.benchmarks.extraction --only communique
    python -m tests.benchmarks.extraction --memory 10000  # a worker's memory over so many pages

Our pages are judged by weights that have not seen their domain (tests/benchmarks/folds, written
by fit_blocks.py). Every extractor runs in a process of its own, so that its peak memory is its
own, and takes turns there with boilerpy3's ArticleExtractor on the same shard of pages: `speed` is
the ratio of their CPU times, which a busy machine does not change. Ours is timed from bytes to
labelled blocks, headline, authors and day, a shard at a time as the flow takes it.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from flows.stages import BATCH_CAPTURES
from tests.benchmarks import extractors, memory, wcxb
from tests.benchmarks.extractors import Extract, Extractor, Row
from tests.benchmarks.pages import Pages, score
from tests.transforms import readings

DATED = wcxb.BENCHMARKS / "publication_dates_dev.parquet"
FIVE = wcxb.BENCHMARKS.parent / "seeds"


@dataclass(frozen=True, slots=True)
class Report:
    """What one extractor reached on every set; None where it does not speak of it."""

    name: str
    pages: Pages
    body: Pages | None  # with the text of `articles.text`
    plain: Pages
    dated: Pages
    five: Pages
    pages_a_second: float
    speed: float
    peak_megabytes: float


def report(name: str, every: int) -> Report:
    """The figures of an extractor; its peak memory is that of this process."""
    logging.disable(logging.CRITICAL)
    timed = extractors.extractor(name)
    extract = extractors.unseen if name == extractors.OURS else None
    told, seconds, yardstick = _timed(timed, extract, every)
    peak = memory.peak_megabytes()
    body = [(row, replace(e, text=e.body)) for row, e in told]
    as_text = [
        pair for shard in _shards(every) for pair in _pairs(extract or timed, map(plain, shard))
    ]
    dated = [p for shard in wcxb.shards(DATED, BATCH_CAPTURES, every) for p in _pairs(timed, shard)]
    return Report(
        name,
        score(told),
        score(body) if name == extractors.OURS else None,
        score(as_text),
        score(dated),
        score(_five(name, timed)),
        len(told) / seconds,
        yardstick / seconds,
        peak,
    )


def _shards(every: int) -> Iterator[list[Row]]:
    for shard in wcxb.shards(wcxb.PAGES, BATCH_CAPTURES, every):
        yield [row for row in shard if row["main_content"]]


def _timed(
    timed: Extractor, extract: Extractor | None, every: int
) -> tuple[list[tuple[Row, Extract]], float, float]:
    """The extracts of all pages, the extractor's CPU time and that of the yardstick."""
    article = extractors.extractor(extractors.ARTICLE)
    told: list[tuple[Row, Extract]] = []
    own = yardstick = 0.0
    for shard in _shards(every):
        if not told:  # what is loaded once is no part of the cost
            timed(shard[:3])
            article(shard[:3])
        start = time.process_time()
        extracts = timed(shard)
        middle = time.process_time()
        article(shard)
        own += middle - start
        yardstick += time.process_time() - middle
        rows = ({k: v for k, v in row.items() if k != "html"} for row in shard)
        told += zip(rows, extract(shard) if extract else extracts, strict=True)
    return told, own, yardstick


def _pairs(extract: Extractor, rows: Iterable[Row]) -> list[tuple[Row, Extract]]:
    rows = list(rows)
    return list(zip(rows, extract(rows), strict=True))


def plain(row: Row) -> Row:
    """The page as it looks when it was copied from a browser."""
    page = wcxb.sample(dict(row), is_plain=True).page
    return {**row, "html": "\n".join(b.text for b in page.blocks).encode()}


def _five(name: str, extract: Extractor) -> list[tuple[Row, Extract]]:
    """The five real captures; ours with what their sites repeat, as the flow knows it."""
    told: list[tuple[Row, Extract]] = []
    read = readings.read(FIVE) if name == extractors.OURS else {}
    for file, truth in readings.truth_of(FIVE / "truth.json").items():
        payload = (FIVE / file).read_bytes()
        lines = payload.decode().split("\n")
        numbers = sorted(n for label in extractors.STORY for n in truth["lines"].get(label, ()))
        story = "\n".join(lines[n - 1] for n in numbers)
        row = {"html": payload, "url": None, "main_content": story, "title": truth["title"]}
        told.append((row, _reread(read[file]) if read else extract([row])[0]))
    return told


def _reread(reading: readings.Reading) -> Extract:
    pairs = zip(reading.page.blocks, reading.verdicts, strict=True)
    text = "\n".join(b.text for b, v in pairs if v.label in extractors.STORY)
    return Extract(text, title=getattr(reading.ending, "title", None))


def reports(names: Iterable[str], every: int) -> Iterator[Report]:
    """The report of every extractor, one process after the other."""
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        # A forked process would begin with this one's memory.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            yield pool.submit(report, name, every).result()


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every n-th page")
    parser.add_argument("--only", choices=list(extractors.names()), help="measure one extractor")
    parser.add_argument("--memory", type=int, metavar="N", help="run ours over so many pages")
    options = parser.parse_args()
    if options.memory:
        print(memory.over(options.memory))
        return
    names = [options.only] if options.only else list(extractors.names())
    here = [name for name in names if extractors.is_installed(name)]
    print(_tables(list(reports(here, options.every))))
    for name in names:
        if name not in here:
            print(f"{name} is not installed: pip install -e .[peers]")


def _tables(found: Sequence[Report]) -> str:
    tables = [
        _table("articles of WCXB", PAGES_HEAD, (cells for r in found for cells in _page_rows(r))),
        _table("the same as plain text", STORY_HEAD, (_plain_cells(r) for r in found)),
        _table("pages of htmldate", DAY_HEAD, (_day_cells(r) for r in found)),
        _table("five real captures", FIVE_HEAD, (_five_cells(r) for r in found)),
    ]
    return "\n\n".join(tables)


STORY_HEAD = "word F1|precision|recall|under .5|must|must not|title"
PAGES_HEAD = f"{STORY_HEAD}|author|day|no day|pages/s|speed|MB"
DAY_HEAD = "exact day|no day where there is none"
FIVE_HEAD = "word F1|title"


def _page_rows(r: Report) -> Iterator[list[str]]:
    p = r.pages
    known = [_share(p.author), _share(p.day), _share(p.undated)]
    cost = [f"{r.pages_a_second:.0f}", f"{r.speed:.2f}", f"{r.peak_megabytes:.0f}"]
    yield [r.name, *_story_cells(p), *known, *cost]
    if r.body:
        yield [f"{r.name}, articles.text alone", *_story_cells(r.body), *[""] * 6]


def _plain_cells(r: Report) -> list[str]:
    return [r.name, *_story_cells(r.plain)] if r.plain.f1 else []


def _story_cells(p: Pages) -> list[str]:
    return [*map(_share, (p.f1, p.precision, p.recall, p.low, p.must, p.must_not, p.title))]


def _day_cells(r: Report) -> list[str]:
    return [r.name, _share(r.dated.day), _share(r.dated.undated)] if r.dated.day else []


def _five_cells(r: Report) -> list[str]:
    return [r.name, _share(r.five.f1), _share(r.five.title)] if r.five.f1 else []


def _table(name: str, head: str, rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {name} | {head.replace('|', ' | ')} |", "|---" * (head.count("|") + 2) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows if row)])


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
