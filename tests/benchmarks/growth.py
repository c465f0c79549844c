"""How the time of a capture grows with its size: every stage over repeated atoms of text.

An exponent near 1 is a stage that is linear in the text; near 2, one that costs its square.

    python -m tests.benchmarks.growth                     every atom, 50, 100 and 400 kB
    python -m tests.benchmarks.growth --only said --sizes 20 40
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from flows import build, knowledge
from flows.budget import Budget, Meter, TooCostlyError, held_to
from flows.settings import MEGABYTE, SEEDS
from tests.benchmarks import atoms
from transforms import captures, duplicates, events, names
from transforms.captures import RawCapture
from transforms.furniture.story import judge
from transforms.releases import UPCOMING
from transforms.schema import to_arrow
from transforms.tables import Article, Block, DateCandidate, Entity, Mention, Quotation, Rejection

MEMORY_BYTES = 4_000 * MEGABYTE
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


class Watch:
    """Notes the CPU seconds of each stage as it begins the next."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage = ""
        self._since = 0.0

    def __call__(self, stage: str) -> None:
        now = time.process_time()
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, time.process_time()


def measure(text: str, media_type: str, limit: float = 60.0) -> dict[str, float]:
    """CPU seconds of every stage over this capture, carried out as the flow does.

    What the furniture stage makes of a page must not hide what the stages behind it cost: they
    read every block as one that is surely of the story. A stage beyond the limit is infinite.
    """
    watch = Watch()
    meter = Meter(Budget(limit, MEMORY_BYTES), "captures", watch)
    try:
        with held_to(meter):
            _carry_out(text, media_type, meter)
    except TooCostlyError:
        return {**watch.seconds, meter.stage: math.inf}
    meter.at("end")
    return watch.seconds


def _carry_out(text: str, media_type: str, meter: Meter) -> None:
    known = knowledge.of_folders((SEEDS,))
    raw = RawCapture("made", text.encode(), "made", byte_count=len(text))
    cutting = build._cut(raw, captures.identify(raw), "made", meter)
    if isinstance(cutting.outcome, Rejection):
        return
    cut = cutting.outcome
    assert cut.page.media_type == media_type
    meter.at("judge")
    chances = np.ones_like(judge([cut.page])[0])
    meter.at("furniture")
    reading = build._read(cut, {}, known, chances, build._customs(cut, {}, known), meter)
    if not reading.articles:
        return
    meter.at("entities")
    tables = {
        Article: to_arrow(Article, reading.articles),
        Block: to_arrow(Block, reading.blocks),
        Mention: to_arrow(Mention, reading.mentions),
        DateCandidate: to_arrow(DateCandidate, reading.date_candidates),
        Quotation: to_arrow(Quotation, reading.quotations),
    }
    entities, _ = names.collect(
        tables[Mention],
        to_arrow(Entity, {found.entity for found in reading.found}),
        known.authority,
    )
    meter.at("duplicates")
    copies = duplicates.compare(tables[Article])
    meter.at("events")
    events.link(
        articles=tables[Article],
        blocks=tables[Block],
        mentions=tables[Mention],
        entities=entities,
        quotations=tables[Quotation],
        date_candidates=tables[DateCandidate],
        duplicates=copies,
        authority=known.authority,
        previous=None,
        release=UPCOMING,
    )


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
