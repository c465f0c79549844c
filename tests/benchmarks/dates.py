"""Dates: publication days of web pages, event brackets of the real captures and the archive.

    python -m tests.benchmarks.dates             # the tables
    python -m tests.benchmarks.dates --peers     # beside htmldate and trafilatura, if installed
    python -m tests.benchmarks.dates --missed    # and the pages whose day was missed

The truth of the page sets is the day that a page prints, in its own zone; a release holds the
moment in UTC, so that both are counted. Where a page prints only the day of its last change, the
truth of these sets often is that day: here it is a date of the site and never a publication's.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import importlib.util
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from flows.sources import read_authority
from tests.benchmarks.ecbplus import REPOSITORY, SHARED
from transforms import articles, blocks, captures, dates, furniture, names
from transforms.authority import Authority
from transforms.blocks import Page
from transforms.captures import Decoded, RawCapture
from transforms.dates import publication
from transforms.dates.addresses import in_address
from transforms.dates.printed import moments
from transforms.dates.publication import Judged
from transforms.dates.statements import Statement
from transforms.tables import Rejection

SETS = {
    "pages of htmldate": SHARED / "benchmarks" / "publication_dates_dev.parquet",
    "articles of WCXB, one in three": SHARED / "benchmarks" / "wcxb_articles_dev.parquet",
}
STEP = {"pages of htmldate": 1, "articles of WCXB, one in three": 3}
ARCHIVES = {
    "five real captures": (SHARED / "seeds" / "truth.json", SHARED / "seeds"),
    "sample archive": (REPOSITORY / "seeds/truth/truth.json", REPOSITORY / "seeds/captures"),
}


@dataclass(frozen=True, slots=True)
class Days:
    """How many pages of a set got the right day; of those without one, how many got none."""

    dated: int
    right: int
    right_in_utc: int
    wrong: int
    undated: int
    left_undated: int
    of_change: int  # missed: the page prints the true day as that of a change or of the site
    nowhere: int  # missed: nothing in the page's source or address is that day
    seconds: float
    missed: tuple[str, ...]

    @property
    def accuracy(self) -> float:
        """Of the pages with a day, the share with exactly that day."""
        return self.right / self.dated


@dataclass(frozen=True, slots=True)
class Brackets:
    """Event brackets of stories: how many hold the true day, their widths in days by file."""

    stories: int
    contained: int
    published: int  # of the stories, how many have exactly the printed publication or none
    widths: Mapping[str, int | None]


@cache
def _authority() -> Authority:
    return read_authority([REPOSITORY / "seeds"])


@cache
def _calendar() -> dates.Calendar:
    return dates.build(_authority())


@cache
def _lexicon() -> names.Lexicon:
    return names.build(_authority())


def pages(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a set of pages."""
    yield from pq.read_table(SETS[name]).to_pylist()[:: STEP[name]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page states of its publication, and every day that stands in its source."""

    source: str
    judged: tuple[Judged, ...]
    url: str | None

    @property
    def chosen(self) -> Statement | None:
        """The statement that is believed."""
        return next((j.statement for j in self.judged if j.is_chosen), None)

    def is_of_change(self, day: str) -> bool:
        """Whether the day is printed as one of the site."""
        return any(str(j.statement.moment.day) == day for j in self.judged if j.kind == "site")

    def is_nowhere(self, day: str) -> bool:
        """Whether neither the source nor the address holds the day."""
        address = in_address(self.url) if self.url else None
        found = [*moments(self.source), *([address] if address else [])]
        return not any(str(moment.day) == day for moment in found)


def read(row: Mapping[str, Any]) -> Reading:
    """What the page states of its publication."""
    decoded = captures.decode(RawCapture("page", row["html"], "pages", row["url"]))
    if not isinstance(decoded, Decoded):
        return Reading("", (), row["url"])
    page = blocks.cut(decoded.text, decoded.media_type)
    printed = publication.printed_dates(page, row["url"], furniture.label(page, {}))
    return Reading(decoded.text, tuple(publication.judge(printed, None, None)), row["url"])


def days(name: str) -> Days:
    """The publication days of a set of pages."""
    right = in_utc = wrong = left = 0
    missed: list[tuple[Mapping[str, Any], Reading]] = []
    start = time.perf_counter()
    rows = list(pages(name))
    for row in rows:
        reading = read(row)
        found, true = reading.chosen, (row["publish_date"] or "")[:10]
        day = str(found.moment.day) if found else ""
        right += bool(true) and day == true
        in_utc += bool(true) and found is not None and str(found.moment.at.date()) == true
        wrong += bool(true and day) and day != true
        left += not true and not day
        if day != true:
            missed.append((row, reading))
    seconds = time.perf_counter() - start
    dated = [(r, row["publish_date"][:10]) for row, r in missed if row["publish_date"]]
    of_change = sum(r.is_of_change(true) for r, true in dated)
    nowhere = sum(r.is_nowhere(true) for r, true in dated)
    count = sum(bool(row["publish_date"]) for row in rows)
    return Days(
        count, right, in_utc, wrong, len(rows) - count, left, of_change, nowhere, seconds,
        tuple(_told(row, reading.chosen) for row, reading in missed),
    )  # fmt: skip


def _told(row: Mapping[str, Any], found: Statement | None) -> str:
    day = f"{found.moment.day} {found.method}" if found else "none"
    return f"{row['url']}: {row['publish_date'] or 'none'}, found {day}"


def stage(name: str) -> int:
    """Stories of the set that went through the whole date stage; raises where it does."""
    count = 0
    for row in pages(name):
        decoded = captures.decode(RawCapture("page", row["html"], "pages", row["url"]))
        if isinstance(decoded, Decoded):
            count += dated(decoded, row["url"]) is not None
    return count


def brackets(truth: Path, folder: Path, is_bare: bool = False) -> Brackets:
    """The event brackets of labelled captures; `is_bare`: read from the story's text alone."""
    listing = folder / "captures.csv"
    known: dict[str, str] = {}
    if listing.is_file():
        with listing.open(encoding="utf-8", newline="") as file:
            known = {row["file"]: row["url"] for row in csv.DictReader(file)}
    told = json.loads(truth.read_text("utf-8"))["captures"]
    stories = contained = published = 0
    widths: dict[str, int | None] = {}
    for file, said in told.items():
        if said.get("rejected"):
            continue
        stories += 1
        url = known.get(file) or None
        decoded = captures.decode(RawCapture(file, (folder / file).read_bytes(), "seeds", url))
        found = dated(decoded, url, is_bare) if isinstance(decoded, Decoded) else None
        if found is None:
            widths[file] = None
            continue
        first, last = found.event_date_start, found.event_date_end
        true = dt.date.fromisoformat(said["event_date"])
        contained += bool(first or last) and (first or true) <= true <= (last or true)
        published += _said(found) in (said["published"], (said["published"] or "")[:10])
        widths[file] = (last - first).days + 1 if first and last else None
    return Brackets(stories, contained, published, widths)


def _said(found: dates.Dated) -> str | None:
    if found.published_at is None:
        return None
    moment = found.published_at.isoformat().replace("+00:00", "Z")
    return moment[:10] if found.published_precision == "day" else moment


def dated(decoded: Decoded, url: str | None, is_bare: bool = False) -> dates.Dated | None:
    """The dates of a capture; `is_bare`: read from the story's text alone."""
    page = blocks.cut(decoded.text, decoded.media_type)
    verdicts = furniture.label(page, {}, ["AP"])
    story = articles.compose("c_1", "page", url, page, verdicts)
    if isinstance(story, Rejection):
        return None
    printed = names.find(story.passages, _lexicon())
    if is_bare:
        empty = Page(page.media_type, None, (), ())
        return dates.date(replace(story, url=None), empty, (), printed, _calendar())
    return dates.date(story, page, verdicts, printed, _calendar())


def peers() -> Iterator[tuple[str, Callable[[str, str | None], str | None]]]:
    """Other finders of publication dates that are installed here."""
    logging.disable(logging.CRITICAL)
    if importlib.util.find_spec("htmldate"):
        find_date = importlib.import_module("htmldate").find_date
        yield "htmldate", lambda html, url: find_date(html, url=url, original_date=True)
    if importlib.util.find_spec("trafilatura"):
        read = importlib.import_module("trafilatura").extract_metadata
        yield "trafilatura", lambda html, url: getattr(read(html, default_url=url), "date", None)


def of_peer(name: str, find: Callable[[str, str | None], str | None]) -> Days:
    """The same counts for a peer."""
    rows, found = list(pages(name)), []
    start = time.perf_counter()
    for row in rows:
        try:
            found.append(find(row["html"].decode("utf-8", "replace"), row["url"]))
        except Exception:
            found.append(None)
    seconds = time.perf_counter() - start
    pairs = [(f, r["publish_date"][:10] if r["publish_date"] else None) for f, r in
             zip(found, rows, strict=True)]  # fmt: skip
    right = sum(f == t for f, t in pairs if t)
    wrong = sum(f != t for f, t in pairs if t and f)
    none = [f for f, t in pairs if not t]
    dated = len(rows) - len(none)
    left = sum(f is None for f in none)
    return Days(dated, right, right, wrong, len(none), left, 0, 0, seconds, ())


def main(arguments: list[str]) -> None:
    """Prints the tables."""
    print(
        "| pages | finder | exact day | in UTC | wrong | none where none | pages/s "
        "| truth is a change's | truth nowhere |"
    )
    print("|---" * 9 + "|")
    for name in SETS:
        found = [("communique", days(name))]
        if "--peers" in arguments:
            found += [(peer, of_peer(name, find)) for peer, find in peers()]
        for finder, d in found:
            unreachable = f"{d.of_change} | {d.nowhere}" if finder == "communique" else " | "
            print(
                f"| {name} | {finder} | {d.accuracy:.3f} of {d.dated} | "
                f"{d.right_in_utc / d.dated:.3f} | {d.wrong / d.dated:.3f} | "
                f"{d.left_undated} of {d.undated} | {(d.dated + d.undated) / d.seconds:.0f} | "
                f"{unreachable} |"
            )
            if "--missed" in arguments:
                print("\n".join(d.missed))
        print(f"| {name} | whole stage: {stage(name)} stories, none raised |")
    print("\n| stories | read from | bracket holds the day | publication exact | over a day |")
    print("|---|---|---|---|---|")
    for name, place in ARCHIVES.items():
        for is_bare in (False, True):
            b = brackets(*place, is_bare)
            wide = (f"{f.split('/')[-1]} {n or 'open'}" for f, n in b.widths.items() if n != 1)
            print(
                f"| {name} | {'the text alone' if is_bare else 'the page'} | {b.contained} of "
                f"{b.stories} | {'' if is_bare else b.published} | {', '.join(wide)} |"
            )
    table = importlib.import_module("tests.benchmarks.brackets")
    print("", *table.table(table.every()), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
