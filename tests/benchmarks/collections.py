"""Collections: pages of several origins with the truth of each block, to fit and to measure with.

Each is left out of a fit in turn: what helps only the pages it was fitted on shows there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from flows import sources
from tests.benchmarks import wcxb
from tests.transforms import readings
from transforms import blocks, captures
from transforms.blocks.pages import Page

REPORTS = wcxb.BENCHMARKS / "reports_1998_2002"
WEB_2012 = wcxb.BENCHMARKS / "web_articles_2012_dev.parquet"
STORY = ("body", "crosshead")


@dataclass(frozen=True, slots=True)
class Sample:
    """One page, the truth of its blocks and which of them say something to a fit."""

    collection: str
    domain: str
    page: Page
    truth: npt.NDArray[np.bool_]
    reference: str

    @property
    def fold(self) -> int:
        """The fold of the page: the same for all pages of a domain."""
        return int(hashlib.sha256(self.domain.encode()).hexdigest(), 16) % wcxb.FOLDS


def wcxb_pages() -> Iterator[Sample]:
    """Article pages of our days, chosen for the benchmark of that name."""
    for row in wcxb.rows():
        yield _told("wcxb", wcxb.domain(row), wcxb.sample(row).page.shown, row["main_content"])


def web_2012() -> Iterator[Sample]:
    """News and blogs of about 2012, in English, many with readers' comments."""
    for row in pq.read_table(WEB_2012).to_pylist():
        decoded = captures.decode(captures.RawCapture(row["file"], row["html"], "", row["url"]))
        if row["language"] == "en" and isinstance(decoded, captures.Decoded):
            page = blocks.cut(decoded.text, "text/html").shown
            yield _told("web2012", row["file"].split("/")[0], page, row["main_content"])


def archive() -> Iterator[Sample]:
    """The sample archive: invented captures of 1994 to 2002, labelled line by line."""
    truth = readings.truth_of(readings.SEEDS / "truth" / "truth.json")
    for uri, page in _pages(readings.SEEDS / "captures"):
        if "lines" in truth[uri]:
            lines = {n for label in STORY for n in truth[uri]["lines"].get(label, ())}
            yield _labelled("archive", uri.split("/")[0], page, lines)


def reports() -> Iterator[Sample]:
    """Plain-text captures of 1998 to 2002, labelled line by line."""
    rows = map(json.loads, (REPORTS / "truth.jsonl").read_text("utf-8").splitlines())
    truth = {row["file"]: row for row in rows if row["is_story"]}
    for uri, page in _pages(REPORTS / "captures"):
        if uri in truth:
            yield _labelled("reports", uri.split("/")[0], page, set(truth[uri]["body_lines"]))


COLLECTIONS: Mapping[str, Callable[[], Iterator[Sample]]] = {
    "wcxb": wcxb_pages,
    "web2012": web_2012,
    "archive": archive,
    "reports": reports,
}


def samples(is_plain: bool) -> list[Sample]:
    """The pages of all collections that have blocks; as plain text, those copied from HTML too."""
    found = [s for read in COLLECTIONS.values() for s in read()]
    if not is_plain:
        return [s for s in found if s.page.blocks and s.page.media_type != "text/plain"]
    texts = (s if s.page.media_type == "text/plain" else as_text(s) for s in found)
    return [s for s in texts if s.page.blocks]


def as_text(sample: Sample) -> Sample:
    """The page as it looks when it was copied from a browser."""
    page = blocks.cut("\n".join(b.text for b in sample.page.blocks), "text/plain")
    if len(page.blocks) != len(sample.page.blocks):  # lines run on, as if they had been wrapped
        return _told(sample.collection, sample.domain, page, sample.reference)
    return replace(sample, page=page)


def _told(collection: str, domain: str, page: Page, reference: str) -> Sample:
    truth = wcxb.is_story([b.text for b in page.blocks], reference)
    return Sample(collection, domain, page, np.array(truth, bool), reference)


def _labelled(collection: str, domain: str, page: Page, lines: set[int]) -> Sample:
    truth = [
        any(n in lines for n in range(b.line + 1, b.line + 2 + b.text.count("\n")))
        for b in page.blocks
    ]
    told = [b.text for b, is_told in zip(page.blocks, truth, strict=True) if is_told]
    return Sample(collection, domain, page, np.array(truth, bool), "\n".join(told))


def _pages(folder: Path) -> Iterator[tuple[str, Page]]:
    for raw in sources.read([folder]):
        decoded = captures.decode(raw)
        if isinstance(decoded, captures.Decoded):
            yield raw.source_uri, blocks.cut(decoded.text, decoded.media_type).shown
