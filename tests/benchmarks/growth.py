"""How the time of a capture grows with its size: every stage over repeated atoms of text.

An exponent near 1 is a stage that is linear in the text; near 2, one that costs its square.

    python -m tests.benchmarks.growth                     every atom, 50, 100 and 400 kB
    python -m tests.benchmarks.growth --only said --sizes 20 40
"""

from __future__ import annotations

import argparse
import math
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any, TypeVar

from flows import build, knowledge
from flows.settings import SEEDS
from tests.benchmarks import atoms
from transforms import (
    articles,
    blocks,
    captures,
    datelines,
    dates,
    duplicates,
    events,
    furniture,
    names,
    quotations,
    sites,
)
from transforms.captures import RawCapture
from transforms.furniture.story import judge
from transforms.releases import UPCOMING
from transforms.schema import to_arrow
from transforms.tables import (
    Article,
    Block,
    DateCandidate,
    Mention,
    Quotation,
    Rejection,
)

Result = TypeVar("Result")

# Around the atoms: a page that is a story, whatever its middle is.
OPENING = (
    "Ministers of four countries opened a bridge over the river on Tuesday, and called it a sign "
    "of better neighbourhood after a decade of quarrels over what it would cost and who would pay."
)
CLOSING = (
    "Lorries will cross from Monday, and those who walk were let over at noon of the same day, "
    "when the ribbon had been cut and the bands of both towns had played what they had practised."
)
# Below this much CPU time a growth is noise.
LEAST_SECONDS = 0.1


class TooSlowError(Exception):
    """A stage took longer than it was given."""


@dataclass(frozen=True, slots=True)
class Grown:
    """CPU seconds of one stage over one atom at each size; infinite where it did not end."""

    stage: str
    atom: str
    layout: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """How the time grows from the last size but one to the last; 0 where it is noise."""
        before, after = self.seconds[-2:]
        if after < LEAST_SECONDS:
            return 0.0
        if math.isinf(after):
            return math.inf
        return math.log(after / max(before, 1e-3)) / math.log(self.sizes[-1] / self.sizes[-2])


class Stages:
    """Runs the stages of one capture and notes the CPU seconds of each."""

    def __init__(self, limit: float) -> None:
        self.seconds: dict[str, float] = {}
        self._limit = limit

    def __call__(self, name: str, work: Callable[..., Result], *arguments: Any) -> Result:
        start = time.process_time()
        try:
            with _ended_after(self._limit):
                return work(*arguments)
        except TooSlowError:
            self.seconds[name] = math.inf
            raise
        finally:
            spent = time.process_time() - start
            self.seconds[name] = max(self.seconds.get(name, 0.0), 0) + spent


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def measure(text: str, media_type: str, limit: float = 60.0) -> dict[str, float]:
    """CPU seconds of every stage over this capture, as the flow calls them.

    Where the furniture stage finds no story, the stages behind it read all blocks as body: what
    they cost must not hang on what a stage before them makes of the text.
    """
    stage = Stages(limit)
    with suppress(TooSlowError):
        _carry_out(text, media_type, stage)
    return stage.seconds


def _carry_out(text: str, media_type: str, stage: Stages) -> None:
    known = knowledge.of_folders((SEEDS,))
    raw = RawCapture("made.html", text.encode(), "made", byte_count=len(text))
    stage("decode", captures.decode, raw)
    capture_id = captures.identify(raw)
    page = stage("blocks", blocks.cut, text, media_type)
    if len(page.blocks) > blocks.MAX_BLOCKS:
        return
    stage("sites", lambda: set(sites.sight("c_1", "made", page.blocks)))
    chances = stage("judge", judge, [page])[0]
    verdicts = stage(
        "furniture",
        lambda: furniture.label(
            page, {}, known.agencies, chances=chances, given_names=known.lexicon.given_names
        ),
    )

    def compose(given: Sequence[furniture.Verdict]) -> Any:
        return articles.compose(capture_id, "made", None, page, given)

    story = stage("articles", compose, verdicts)
    if isinstance(story, Rejection) or len(story.text) < len(text) / 2:
        verdicts = tuple(furniture.with_label(v, "body") for v in verdicts)
        story = stage("articles", compose, verdicts)
    if isinstance(story, Rejection):
        return
    printed = stage("names", names.find, story.passages, known.lexicon)
    dated = stage(
        "dates",
        lambda: dates.date(
            story, page, verdicts, printed, known.calendar, None, dates.SiteCustoms()
        ),
    )
    mentions = stage(
        "names", names.resolve, story.article_id, printed, story.passages, dated.bracket,
        known.lexicon,
    )  # fmt: skip
    place = stage("articles", datelines.place_of, story, printed, mentions)
    quoted = stage(
        "quotations", quotations.find, story.article_id, story.passages, mentions,
        build._holder(dated, known),
    )  # fmt: skip
    article = build._article(story, dated, place)
    tables = {
        Article: to_arrow(Article, [article]),
        Mention: to_arrow(Mention, mentions),
        DateCandidate: to_arrow(DateCandidate, dated.candidates),
        Quotation: to_arrow(Quotation, quoted),
    }
    entities, _ = stage(
        "entities", names.collect, tables[Mention],
        to_arrow(build.Entity, set(names.found(printed))), known.authority,
    )  # fmt: skip
    copies = stage("duplicates", duplicates.compare, tables[Article])
    stage(
        "events",
        lambda: events.link(
            articles=tables[Article], mentions=tables[Mention], entities=entities,
            quotations=tables[Quotation], date_candidates=tables[DateCandidate],
            duplicates=copies, blocks=tables[Block], authority=known.authority,
            previous=None, release=UPCOMING,
        ),
    )  # fmt: skip


def framed(atom: str, size: int, layout: str, media_type: str) -> str:
    """A capture of about so many characters whose middle is the atom."""
    middle = atoms.text(atom, size, layout)
    if media_type == "text/plain":
        return f"{OPENING}\n\n{middle}\n\n{CLOSING}\n"
    return f"<html><body><p>{OPENING}</p>{middle}<p>{CLOSING}</p></body></html>"


def grown(
    cases: Sequence[tuple[str, str, str]], sizes: Sequence[int], limit: float = 60.0
) -> Iterator[Grown]:
    """The time of every stage over every case, at these sizes in characters."""
    for atom, layout, media_type in cases:
        rows = [measure(framed(atom, n, layout, media_type), media_type, limit) for n in sizes]
        for stage in rows[0]:
            seconds = tuple(row.get(stage, 0.0) for row in rows)
            yield Grown(stage, atom, f"{layout}, {media_type}", tuple(sizes), seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the stages that grow faster than the text, then the slowest of each stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[50, 100, 400], metavar="KB")
    parser.add_argument("--only", default="", metavar="WORD", help="atoms that hold this")
    parser.add_argument("--every", type=int, default=1, help="one case of so many")
    parser.add_argument("--limit", type=float, default=60.0, help="CPU seconds for a stage")
    given = parser.parse_args(arguments)
    cases = [c for c in atoms.cases() if given.only in c[0]][:: given.every]
    measure(framed("word", 1000, "line", "text/plain"), "text/plain")  # loads what is loaded once
    found: list[Grown] = []
    for row in grown(cases, [1000 * n for n in given.sizes], given.limit):
        found.append(row)
        if row.exponent > 1.3:
            print(_line(row), flush=True)
    print(f"\nslowest of each stage over {len(cases)} cases")
    for stage in dict.fromkeys(row.stage for row in found):
        rows = [row for row in found if row.stage == stage]
        print(_line(max(rows, key=lambda row: row.seconds[-1])))


def _line(row: Grown) -> str:
    seconds = " ".join(f"{s:8.2f}" for s in row.seconds)
    return f"{row.stage:11} {seconds} s  n^{row.exponent:4.2f}  {row.atom!r} ({row.layout})"


if __name__ == "__main__":
    main(sys.argv[1:])
