"""Reports of public benchmark collections as the tables that the event stage reads.

Kept apart from the project, in ../shared beside the repository; absent elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa

from flows.sources import read_authority
from transforms import names
from transforms.articles import Passage
from transforms.authority import Authority
from transforms.schema import table_of, to_arrow
from transforms.tables import Article, Entity, Mention, Quotation

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared"
ECB_PLUS = SHARED / "benchmarks" / "ecbplus_events_dev.jsonl"
CAPTURES = SHARED / "seeds"
HEADLINE_WORDS = 20
QUOTED = re.compile(r"[\"“]([^\"“”]{2,600})[\"”]")


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its event is known."""

    report_id: str
    topic: str
    event: str
    title: str | None
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs as an article's text."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The tables `events.link` reads."""

    articles: pa.Table
    mentions: pa.Table
    entities: pa.Table
    quotations: pa.Table


def ecb_plus() -> list[Report]:
    """The development part of ECB+ (Cybulska and Vossen 2014), topics 1 to 25."""
    return [_report(json.loads(line)) for line in ECB_PLUS.read_text("utf-8").splitlines()]


def real_captures() -> list[Report]:
    """The five real captures, their title and body as labelled by hand."""
    truth = json.loads((CAPTURES / "truth.json").read_text("utf-8"))["captures"]
    reports = []
    for name in sorted(truth):
        lines = (CAPTURES / name).read_text("utf-8").split("\n")
        body = tuple(lines[i - 1].strip() for i in truth[name]["lines"]["body"])
        reports.append(
            Report(name[:3], "captures", truth[name]["event"], truth[name]["title"], body)
        )
    return reports


def tables(
    reports: Sequence[Report], days: Mapping[str, Mapping[str, object]] | None = None
) -> Inputs:
    """The reports as articles with their names, as the stages before would hand them on.

    `days` are the date columns of articles that have any, by report.
    """
    rows = [_article(report) | dict((days or {}).get(report.report_id, {})) for report in reports]
    found = [_named(report) for report in reports]
    mentions = to_arrow(Mention, [m for of_report, _ in found for m in of_report])
    strangers = to_arrow(Entity, sorted({e for _, new in found for e in new}, key=repr))
    quotations = [q for report in reports for q in _quotations(report)]
    return Inputs(
        pa.Table.from_pylist(rows, schema=table_of(Article).schema),
        mentions,
        names.collect(mentions, strangers, _authority())[0],
        to_arrow(Quotation, quotations),
    )


def _report(row: dict[str, object]) -> Report:
    printed = row["sentences"]
    assert isinstance(printed, list)
    lines = [_joined(line) for line in printed]
    title = None
    if not re.search(r"[.!?][\"']*\s*$", lines[0]) and len(lines[0].split()) < HEADLINE_WORDS:
        title, lines = lines[0], lines[1:]
    return Report(str(row["doc_id"]), str(row["topic"]), str(row["event"]), title, tuple(lines))


def _joined(line: str) -> str:
    """The sentence as it was printed before it was cut into tokens."""
    line = re.sub(r"\"\s+(.*?)\s+\"", r'"\1"', line.replace("``", '"').replace("''", '"'))
    return re.sub(r"(\w) - (\w)", r"\1-\2", re.sub(r"\s+([,.;:!?])", r"\1", line))


def _article(report: Report) -> dict[str, object]:
    return {
        "article_id": report.report_id,
        "capture_id": report.report_id,
        "site_id": report.report_id,
        "title": report.title,
        "word_count": len(report.text.split()),
        "text": report.text,
        "text_sha256": "",
        "report_kind": "report",
    }


def _named(report: Report) -> tuple[Iterable[Mention], tuple[Entity, ...]]:
    passages = [Passage(0, "title", report.title, None)] if report.title else []
    start = 0
    for index, paragraph in enumerate(report.paragraphs, start=1):
        passages.append(Passage(index, "body", paragraph, start))
        start += len(paragraph) + 2
    found = names.find(passages, _lexicon())
    resolved = names.resolve(report.report_id, found, passages, (None, None), _lexicon())
    return resolved, names.found(found)


@cache
def _authority() -> Authority:
    return read_authority([REPOSITORY / "seeds"])


@cache
def _lexicon() -> names.Lexicon:
    return names.build(_authority())


def _quotations(report: Report) -> Iterable[Quotation]:
    for number, match in enumerate(QUOTED.finditer(report.text)):
        yield Quotation(
            report.report_id, match.start(1), match.end(1), match.group(1), number,
            "direct", None, None, None, "quotation marks",
        )  # fmt: skip
