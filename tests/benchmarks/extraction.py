"""Extraction: stories out of pages, beside boilerpy3, trafilatura, readability and resiliparse.

    python -m tests.benchmarks.extraction            # the table, on all development pages
    python -m tests.benchmarks.extraction 4          # on every fourth

Every page is judged by weights that have not seen its domain (tests/benchmarks/folds, written by
fit_blocks.py). Peers that are not installed are left out; `pip install .[peers]` has them all.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import logging
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.benchmarks import wcxb
from transforms import articles, blocks, captures, furniture
from transforms.articles import metadata
from transforms.blocks.pages import Page
from transforms.furniture import story, trees
from transforms.tables import Rejection

FOLDS = Path(__file__).resolve().parent / "folds"
STORY = ("body", "crosshead")
SHARD = 50


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extractor made of a page."""

    text: str = ""
    title: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """An extractor's figures over the pages."""

    f1: float
    low: float  # share of pages with F1 under .5
    must: float  # share of snippets of the story that are there
    must_not: float  # share of snippets of furniture that are there
    title: float
    author: float
    pages_a_second: float
    peak_megabytes: float


# Ours -----------------------------------------------------------------------------------------


@cache
def forests(fold: int) -> dict[str, trees.Forest]:
    """The weights that have not seen the pages of a fold."""
    found = {}
    for name in ("story_markup", "story_text"):
        lines = (FOLDS / f"{name}_{fold}.tsv").read_text("utf-8").splitlines()
        found[name] = trees.read(line.split("\t") for line in lines if not line.startswith("#"))
    return found


def communique(rows: Sequence[dict[str, Any]], is_plain: bool = False) -> Iterator[Extract]:
    """Our stories, a shard at a time; the rows of a call are of one fold."""
    weights = forests(wcxb.fold(rows[0]))
    for start in range(0, len(rows), SHARD):
        pages = [_page(row, is_plain) for row in rows[start : start + SHARD]]
        for page, chances in zip(pages, story.judge(pages, weights), strict=True):
            yield _extract(page, furniture.label(page, {}, chances=chances))


def _page(row: dict[str, Any], is_plain: bool) -> Page:
    decoded = captures.decode(captures.RawCapture("page", row["html"], "", row["url"]))
    if isinstance(decoded, Rejection):
        return Page("text/html", None, (), ())
    if is_plain:
        return wcxb.sample(row, is_plain).page
    return blocks.cut(decoded.text, decoded.media_type)


def _extract(page: Page, verdicts: Sequence[furniture.Verdict]) -> Extract:
    pairs = list(zip(page.blocks, verdicts, strict=True))
    stated = metadata.read(page)
    title = next((b.text for b, v in pairs if v.label == "title"), None)
    names = articles.byline_names(b.text for b, v in pairs if v.label == "byline")
    return Extract(
        "\n".join(b.text for b, v in pairs if v.label in STORY),
        metadata.headline(page, title, stated),
        metadata.byline(page, names, stated),
    )


# Peers ----------------------------------------------------------------------------------------


def _text(row: dict[str, Any]) -> str:
    decoded = captures.decode(captures.RawCapture("page", row["html"], "", row["url"]))
    return "" if isinstance(decoded, Rejection) else decoded.text


def _boilerpy3(name: str) -> Callable[[dict[str, Any]], Extract]:
    from boilerpy3 import extractors

    extractor = getattr(extractors, name)(raise_on_failure=False)
    return lambda row: Extract(extractor.get_content(_text(row)))


def _trafilatura() -> Callable[[dict[str, Any]], Extract]:
    import trafilatura

    def extract(row: dict[str, Any]) -> Extract:
        found = trafilatura.bare_extraction(_text(row), url=row["url"], with_metadata=True)
        if found is None:
            return Extract()
        return Extract(found.text or "", found.title, found.author)

    return extract


def _readability() -> Callable[[dict[str, Any]], Extract]:
    import lxml.html
    from readability import Document

    def extract(row: dict[str, Any]) -> Extract:
        document = Document(_text(row))
        content = lxml.html.fromstring(document.summary())
        return Extract(" ".join(content.itertext()), document.short_title())

    return extract


def _resiliparse() -> Callable[[dict[str, Any]], Extract]:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda row: Extract(extract_plain_text(_text(row), main_content=True))


PEERS: dict[str, tuple[str, Callable[[], Callable[[dict[str, Any]], Extract]]]] = {
    "boilerpy3 article": ("boilerpy3", lambda: _boilerpy3("ArticleExtractor")),
    "boilerpy3 default": ("boilerpy3", lambda: _boilerpy3("DefaultExtractor")),
    "boilerpy3 largest": ("boilerpy3", lambda: _boilerpy3("LargestContentExtractor")),
    "trafilatura": ("trafilatura", _trafilatura),
    "readability": ("readability", _readability),
    "resiliparse": ("resiliparse", _resiliparse),
}


def _peer(
    extract: Callable[[dict[str, Any]], Extract],
) -> Callable[[Sequence[dict[str, Any]]], Iterator[Extract]]:
    def run(rows: Sequence[dict[str, Any]]) -> Iterator[Extract]:
        for row in rows:
            try:
                yield extract(row)
            except Exception:  # a peer that breaks on a page has found nothing on it
                yield Extract()

    return run


# Measures -------------------------------------------------------------------------------------


def measure(
    extract: Callable[[Sequence[dict[str, Any]]], Iterator[Extract]],
    rows: Sequence[dict[str, Any]],
) -> Figures:
    """The figures of an extractor that takes rows of one fold at a time."""
    found: list[tuple[dict[str, Any], Extract]] = []
    seconds = 0.0
    for number in range(wcxb.FOLDS):
        some = [row for row in rows if wcxb.fold(row) == number]
        if some:
            start = time.process_time()
            extracts = list(extract(some))
            seconds += time.process_time() - start
            found += zip(some, extracts, strict=True)
    f1 = [wcxb.word_f1(e.text, row["main_content"]) for row, e in found]
    signed = [(row, e) for row, e in found if row["author"]]
    return Figures(
        _mean(f1),
        _mean([f < 0.5 for f in f1]),
        _mean([s in _folded(e.text) for row, e in found for s in _snippets(row["must_have"])]),
        _mean([s in _folded(e.text) for row, e in found for s in _snippets(row["must_not_have"])]),
        _mean([_key(e.title) == _key(row["title"]) for row, e in found]),
        _mean([_tokens(e.author) == _tokens(row["author"]) for row, e in signed]),
        len(rows) / seconds,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _folded(text: str) -> str:
    return " ".join(text.split())


def _snippets(given: Sequence[str] | None) -> list[str]:
    return [_folded(s) for s in given or ()]


def _key(text: str | None) -> str:
    return re.sub(r"\W+", " ", (text or "").lower()).strip()


def _tokens(text: str | None) -> set[str]:
    return set(wcxb.WORD.findall((text or "").lower()))


def main() -> None:
    """Prints the table."""
    logging.disable(logging.CRITICAL)
    rows = wcxb.rows(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    print(f"{len(rows)} pages, {dt.date.today()}")
    print(f"{'':22} {'F1':>6} {'<.5':>6} {'must':>6} {'not':>6} {'title':>6} {'author':>6} "
          f"{'p/s':>6} {'MB':>6}")  # fmt: skip
    _print("communique", measure(communique, rows))
    _print("  as plain text", measure(lambda some: communique(some, is_plain=True), rows))
    for name, (module, make) in PEERS.items():
        if importlib.util.find_spec(module):
            _print(name, measure(_peer(make()), rows))


def _print(name: str, f: Figures) -> None:
    shares = f"{f.must:6.3f} {f.must_not:6.3f} {f.title:6.3f} {f.author:6.3f}"
    cost = f"{f.pages_a_second:6.1f} {f.peak_megabytes:6.0f}"
    print(f"{name:22} {f.f1:6.4f} {f.low:6.2%} {shares} {cost}", flush=True)


if __name__ == "__main__":
    main()
