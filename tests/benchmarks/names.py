"""Names: people of ECB+, the five captures and the sample archive, and what reading costs.

    python -m tests.benchmarks.names             # the table
    python -m tests.benchmarks.names --missed    # and the people of ECB+ that were not found

Which mentions of ECB+ count is defined in people.py. Precision on ECB+ cannot be measured, since
its annotation leaves out most sentences; the captures and the archive hold it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from flows.cli import communique
from flows.sources import read_authority
from tests.benchmarks import ecbplus, people
from tests.benchmarks.measures import Score, b_cubed
from tests.benchmarks.people import Gold
from transforms import blocks, captures, dates, furniture, names, quotations
from transforms.articles import Passage, Story, compose
from transforms.authority import Authority, Person
from transforms.captures import RawCapture
from transforms.tables import Rejection

SEEDS = ecbplus.REPOSITORY / "seeds"
ARTICLE_CHARS = 3000
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Persons:
    """How the named people of ECB+ were found: shares of mentions, and groups of mentions."""

    mention_count: int
    found_share: float
    resolved_share: float
    across: Score  # all reports together
    within: Score  # each event by itself, mean over mentions
    missed: tuple[tuple[str, int], ...]


def of_people() -> Persons:
    """The figures of the named people of ECB+."""
    gold = people.gold()
    entities = people.matched(gold, _found())
    keys = [_key(number, entity) for number, entity in enumerate(entities)]
    missed = Counter(" ".join(m.name) for m, e in zip(gold, entities, strict=True) if not e)
    return Persons(
        mention_count=len(gold),
        found_share=sum(e is not None for e in entities) / len(gold),
        resolved_share=sum(bool(e) for e in entities) / len(gold),
        across=_grouped(gold, keys, lambda m: ""),
        within=_grouped(gold, keys, lambda m: m.event),
        missed=tuple(missed.most_common()),
    )


def _key(number: int, entity: str | None) -> str:
    """The group of a mention: its entity; one not found or left open is alone."""
    return entity or f"alone {number}"


def _grouped(gold: Sequence[Gold], keys: Sequence[str], part: Callable[[Gold], str]) -> Score:
    """B-cubed of all mentions, those of different parts being different items of any group."""
    found = {str(n): f"{part(m)} {key}" for n, (m, key) in enumerate(zip(gold, keys, strict=True))}
    return b_cubed(found, {str(n): f"{part(m)} {m.chain}" for n, m in enumerate(gold)})


@cache
def _found() -> dict[str, list[tuple[str, str | None]]]:
    lexicon = names.build(read_authority([SEEDS]))
    found = defaultdict(list)
    for report in ecbplus.ecb_plus():
        passages = passages_of(report)
        printed = names.find(passages, lexicon)
        mentions = names.resolve(report.report_id, printed, passages, (None, None), lexicon)
        for name, mention in zip(printed, mentions, strict=True):
            if name.is_person:
                found[report.report_id].append((mention.surface, mention.entity_id))
    return dict(found)


def passages_of(report: ecbplus.Report) -> list[Passage]:
    """The title and paragraphs of a report as the stage before hands them on."""
    passages = [Passage(0, "title", report.title, None)] if report.title else []
    start = 0
    for index, paragraph in enumerate(report.paragraphs, start=1):
        passages.append(Passage(index, "body", paragraph, start))
        start += len(paragraph) + 2
    return passages


def of_release(source: Path | None, truth: Path | None) -> dict[str, float]:
    """F1 by measure of a build of these captures, by default the sample archive."""
    runner = CliRunner()
    with tempfile.TemporaryDirectory() as folder:
        where = ["--warehouse", folder]
        chosen = ["--source", str(source)] if source else []
        run = runner.invoke(communique, ["run", "--direct", *where, *chosen])
        assert run.exit_code == 0, run.output
        told = ["--truth", str(truth)] if truth else []
        result = runner.invoke(communique, ["evaluate", "--json", *where, *told])
    told_of = json.loads(result.output)["measures"]
    return {name: m["f1"] for name, m in told_of.items() if m["f1"] is not None}


def articles() -> list[list[Passage]]:
    """The reports of ECB+ joined to articles of some 3,000 characters."""
    joined: list[list[Passage]] = []
    paragraphs: list[str] = []
    for paragraph in (p for report in ecbplus.ecb_plus() for p in report.paragraphs):
        paragraphs.append(paragraph)
        if sum(map(len, paragraphs)) >= ARTICLE_CHARS:
            joined.append(list(_body(paragraphs)))
            paragraphs = []
    return joined


def _body(paragraphs: Iterable[str]) -> Iterable[Passage]:
    start = 0
    for index, paragraph in enumerate(paragraphs):
        yield Passage(index, "body", paragraph, start)
        start += len(paragraph) + 2


def speed(person_count: int) -> tuple[float, float]:
    """Articles and megabytes a second, names and quotations, with so many people in the tables."""
    lexicon = names.build(_enlarged(person_count))
    texts = articles()
    size = sum(len(p.text.encode()) for passages in texts for p in passages)
    best = min(_seconds(texts, lexicon) for _ in range(ROUNDS))
    return len(texts) / best, size / best / 1e6


def _seconds(texts: Sequence[list[Passage]], lexicon: names.Lexicon) -> float:
    start = time.process_time()
    for number, passages in enumerate(texts):
        printed = names.find(passages, lexicon)
        mentions = names.resolve(f"a_{number}", printed, passages, (None, None), lexicon)
        quotations.find(f"a_{number}", passages, mentions)
    return time.process_time() - start


def speed_with_dates(person_count: int) -> tuple[float, float]:
    """Articles of 3,000 characters and megabytes a second, names, dates and quotations together.

    Of the stories of the sample archive, at home in the subject: all clues of dates are there.
    """
    known = _enlarged(person_count)
    lexicon, calendar = names.build(known), dates.build(known)
    stories = list(_stories())
    size = sum(len(p.text.encode()) for story, _, _ in stories for p in story.passages)
    best = 1e9
    for _ in range(ROUNDS):
        start = time.process_time()
        for story, page, verdicts in stories:
            printed = names.find(story.passages, lexicon)
            dated = dates.date(story, page, verdicts, printed, calendar)
            mentions = names.resolve(
                story.article_id, printed, story.passages, dated.bracket, lexicon
            )
            quotations.find(story.article_id, story.passages, mentions)
        best = min(best, time.process_time() - start)
    return size / best / ARTICLE_CHARS, size / best / 1e6


def _stories() -> Iterator[tuple[Story, blocks.Page, Sequence[furniture.Verdict]]]:
    for path in sorted((SEEDS / "captures").rglob("*")):
        if path.suffix not in (".txt", ".html"):
            continue
        decoded = captures.decode(RawCapture(path.name, path.read_bytes(), "archive", None))
        if isinstance(decoded, Rejection):
            continue
        page = blocks.cut(decoded.text, decoded.media_type)
        verdicts = furniture.label(page, {}, ["AP"])
        story = compose(path.name, "archive", None, page, verdicts)
        if not isinstance(story, Rejection):
            yield story, page, verdicts


def _enlarged(person_count: int) -> Authority:
    """The reference tables with people of made-up names, so many in all."""
    known = read_authority([SEEDS])
    made = tuple(_made(number) for number in range(len(known.people), person_count))
    return Authority(**{**_fields(known), "people": known.people + made})


def _fields(known: Authority) -> dict[str, object]:
    return {name: getattr(known, name) for name in known.__dataclass_fields__}


def _made(number: int) -> Person:
    letters = "".join(chr(97 + (number // 26**n) % 26) for n in range(5))
    given, surname = f"{letters[:3].title()}o", f"{letters.title()}ova"
    return Person(f"made-{number}", f"{given} {surname}", given, surname, None)


def main() -> None:
    """Prints the table."""
    found = of_people()
    print("| what | goal | reached |\n|---|---|---|")
    print(
        f"| ECB+ named people: mention found, of {found.mention_count} | .92 "
        f"| {found.found_share:.3f} |"
    )
    print(f"| ... and given an entity | | {found.resolved_share:.3f} |")
    for where, score in (("across events", found.across), ("within an event", found.within)):
        print(
            f"| ECB+ same person {where}, B-cubed P / R / F1 | .93 "
            f"| {score.precision:.3f} / {score.recall:.3f} / {score.f1:.3f} |"
        )
    builds = (
        ("five captures", ecbplus.CAPTURES, ecbplus.CAPTURES / "truth.json"),
        ("sample archive", None, None),
    )
    for title, source, truth in builds:
        measures = of_release(source, truth)
        print(
            f"| {title}: names, dates, quotations, speakers | 1.00, 1.00, .95 | "
            + ", ".join(
                f"{measures[m]:.3f}"
                for m in ("names", "dates", "quotations", "speakers")
                if m in measures
            )
            + " |"
        )
    for count in (5_000, 100_000):
        rate, megabytes = speed(count)
        print(
            f"| names and quotations, {count:,} people: articles/s, MB/s | 400 "
            f"| {rate:.0f}, {megabytes:.2f} |"
        )
    for count in (5_000, 100_000):
        rate, megabytes = speed_with_dates(count)
        print(
            f"| names, dates and quotations, {count:,} people: articles/s, MB/s | 400 "
            f"| {rate:.0f}, {megabytes:.2f} |"
        )
    if "--missed" in sys.argv:
        print(*(f"{count:4} {name}" for name, count in found.missed), sep="\n")


if __name__ == "__main__":
    main()
