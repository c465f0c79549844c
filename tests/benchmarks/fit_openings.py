"""Fit which day a story's opening tells of its event; print the folds and the coverage.

    python -m tests.benchmarks.fit_openings          # folds and figures
    python -m tests.benchmarks.fit_openings --write  # and the weights, fitted to everything

Labelled openings: those written for it (`tests/passages/told_days.toml`, each also shifted by
some days, so that no weekday or month is learned), the sample archive, and the reports of 1998
to 2002 where they are at hand. Leaving a collection out says what a new one may expect.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from tests.benchmarks.ecbplus import REPOSITORY, SHARED
from transforms import articles, blocks, captures, furniture
from transforms.articles import Passage, Story
from transforms.captures import Decoded, RawCapture
from transforms.dates import openings, tellings
from transforms.dates.days import DAY
from transforms.dates.printed import Moment
from transforms.dates.tellings import Reading
from transforms.english import MONTHS, WEEKDAYS

WEIGHTS = REPOSITORY / "transforms/weights/told_day.tsv"
PASSAGES = REPOSITORY / "tests/passages"
SHIFTS = (0, 3, 12, 25)
PENALTY = 0.003  # of the squared weights, for each opening
FILED = dt.date(1996, 5, 15)
Floats = npt.NDArray[np.float64]
MARK = re.compile(r"\{([wamdon])([+-]\d+)\}")


@dataclass(frozen=True, slots=True)
class Opening:
    """One labelled opening."""

    collection: str
    name: str
    readings: tuple[Reading, ...]
    first: dt.date  # the days of the event
    last: dt.date


def written() -> Iterator[Opening]:
    """The openings of tests/passages/told_days.toml, shifted."""
    rows = tomllib.loads((PASSAGES / "told_days.toml").read_text("utf-8"))["opening"]
    for number, row in enumerate(rows):
        for shift in SHIFTS if "filed" not in row else (0,):
            filed = row.get("filed", FILED + DAY * (number % 7)) + DAY * shift
            days = row.get("day", 0)
            first, last = days if isinstance(days, list) else (days, days)
            text = [filled(t, filed) for t in row["text"]]
            found = read(text, filed, row.get("place", False), row.get("hour"))
            yield Opening("written", text[0][:60], found, filed + DAY * first, filed + DAY * last)


def filled(text: str, filed: dt.date) -> str:
    """The text with its days as they are said from this day."""

    def said(match: re.Match[str]) -> str:
        day = filed + DAY * int(match.group(2))
        month, weekday = MONTHS[day.month - 1].title(), WEEKDAYS[day.weekday()].title()
        return {
            "w": weekday,
            "a": f"{weekday[:3]}.",
            "m": f"{month} {day.day}",
            "d": f"{day.day} {month}",
            "o": f"the {_ordinal(day.day)} of {month}",
            "n": _ordinal(day.day),
        }[match.group(1)]

    return MARK.sub(said, text)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def read(
    text: Sequence[str], filed: dt.date, has_place: bool, hour: int | None
) -> tuple[Reading, ...]:
    """The readings of an opening filed on this day."""
    passages = tuple(Passage(n, "body", t, 0) for n, t in enumerate(text))
    place = articles.dateline_place(text[0]) or ("Somewhere" if has_place else None)
    story = Story("a", "c", "s", None, None, None, place, "en", "\n\n".join(text), passages)
    at = dt.datetime(filed.year, filed.month, filed.day, hour or 0, tzinfo=dt.UTC)
    moment = Moment(at, "day" if hour is None else "minute", 0, 0, day=filed)
    opening = openings.read(story)
    day = openings.filed_before(opening, filed) or filed
    return tuple(tellings.readings(opening, day, moment))


def told() -> Iterator[Opening]:
    """The passages of tests/passages/dates_openings.toml that print their day."""
    rows = tomllib.loads((PASSAGES / "dates_openings.toml").read_text("utf-8"))["opening"]
    for row in rows:
        at = row.get("published")
        if at:
            filed, hour = dt.date.fromisoformat(at[:10]), int(at[11:13]) if "T" in at else None
            found = read(row["text"], filed, False, hour)
            yield Opening("passages", row["why"], found, row["day"], row["day"])
    for row in tomllib.loads((PASSAGES / "dates.toml").read_text("utf-8"))["story"]:
        at = row.get("published")
        if at and ".." not in row["event"]:
            filed, hour = dt.date.fromisoformat(at[:10]), int(at[11:13]) if "T" in at else None
            found = read(row["text"], filed, "place" in row, hour)
            days = [dt.date.fromisoformat(d) for d in row["event"]]
            yield Opening("passages", row["text"][0][:50], found, days[0], days[1])


def archive() -> Iterator[Opening]:
    """The sample archive's stories, as the pipeline reads them."""
    truth = json.loads((REPOSITORY / "seeds/truth/truth.json").read_text("utf-8"))["captures"]
    for file, said in truth.items():
        if said.get("published") and said.get("event_date"):
            yield from _captured(
                "archive", file, (REPOSITORY / "seeds/captures" / file).read_bytes(),
                said["published"], said["event_date"],
            )  # fmt: skip


def reports() -> Iterator[Opening]:
    """The reports of 1998 to 2002 that print their day."""
    folder = SHARED / "benchmarks/reports_1998_2002"
    if not folder.exists():
        return
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        said = json.loads(line)
        if said.get("published") and said.get("event_date"):
            payload = (folder / "captures" / said["file"]).read_bytes()
            yield from _captured(
                "reports", said["file"], payload, said["published"], said["event_date"]
            )


def _captured(
    collection: str, file: str, payload: bytes, published: str, event: str
) -> Iterator[Opening]:
    decoded = captures.decode(RawCapture(file, payload, "folder"))
    if not isinstance(decoded, Decoded):
        return
    page = blocks.cut(decoded.text, decoded.media_type)
    verdicts = furniture.label(page, {})
    story = articles.compose("c", "s", None, page, verdicts)
    if not isinstance(story, Story):
        return
    at = dt.datetime.fromisoformat(published.replace("Z", "+00:00"))
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    moment = Moment(at, "minute" if "T" in published else "day", 0, 0, day=at.date())
    opening = openings.read(story)
    day = openings.filed_before(opening, moment.day) or moment.day
    first, _, last = event.partition("/")
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    yield Opening(collection, file, tuple(tellings.readings(opening, day, moment)), *days)


def fit(some: Sequence[Opening]) -> dict[str, float]:
    """The weights under which the openings' true days are likeliest."""
    names = sorted({mark for o in some for r in o.readings for mark in r.marks})
    column = {name: n for n, name in enumerate(names)}
    rows = [[[column[m] for m in r.marks] for r in o.readings] for o in some]
    held = [np.array([_held(r, o) for r in o.readings]) for o in some]
    share = np.array([1.0 / (len(SHIFTS) if o.collection == "written" else 1) for o in some])
    matrices = []
    for readings in rows:
        matrix = np.zeros((len(readings), len(names)))
        for n, marks in enumerate(readings):
            matrix[n, marks] = 1.0
        matrices.append(matrix)

    def loss(weight: Floats) -> tuple[float, Floats]:
        total = PENALTY * share.sum() / 2 * weight @ weight
        slope = PENALTY * share.sum() * weight
        for matrix, holds, much in zip(matrices, held, share, strict=True):
            scores = matrix @ weight
            odds = np.exp(scores - scores.max())
            chance = odds / odds.sum()
            right = chance * holds
            sure = right.sum() + 1e-4
            total -= much * np.log(sure)
            slope -= much * (right / sure - chance * right.sum() / sure) @ matrix
        return float(total), slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {n: float(w) for n, w in zip(names, best.x, strict=True) if abs(w) >= 0.005}


def _held(reading: Reading, opening: Opening) -> float:
    """How likely a day of the event is under the reading."""
    first, last = reading.days
    inside = (min(last, opening.last) - max(first, opening.first)).days + 1
    return max(0, inside) / ((last - first).days + 1) / ((opening.last - opening.first).days + 1)


def judge(some: Sequence[Opening], weight: dict[str, float], target: float) -> tuple[int, float]:
    """How many brackets hold a day of the event, and their mean width in days."""
    held, width = 0, 0
    for opening in some:
        chances = tellings.probabilities(opening.readings, weight)
        first, last = tellings.shortest(opening.readings, chances, target)
        is_held = first <= opening.last and opening.first <= last
        held += is_held
        width += (last - first).days + 1
        if not is_held and "-v" in sys.argv:
            print("  missed", opening.collection, opening.name, first, last, opening.first)
    return held, width / max(1, len(some))


def main() -> None:
    """Print the folds; with --write, the weights too."""
    every = [*written(), *told(), *archive(), *reports()]
    collections = sorted({o.collection for o in every})
    for target in (0.8, 0.85, 0.9, 0.95):
        for left in collections:
            rest = [o for o in every if o.collection != left]
            kept = [o for o in every if o.collection == left]
            weight = fit(rest) if target == 0.8 else _known[left]
            _known[left] = weight
            held, width = judge(kept, weight, target)
            print(f"{target} without {left}: {held} of {len(kept)}, {width:.2f} days")
        folds = [o for o in every if o.collection == "written"]
        held, width = 0, 0.0
        for fold in range(5):
            inside_rows = [o for n, o in enumerate(folds) if (n // len(SHIFTS)) % 5 == fold]
            known = [o for o in every if not any(o is i for i in inside_rows)]
            key = f"fold {fold}"
            _known[key] = fit(known) if key not in _known else _known[key]
            more, wide = judge(inside_rows, _known[key], target)
            held, width = held + more, width + wide * len(inside_rows)
        print(f"{target} folds of written: {held} of {len(folds)}, {width / len(folds):.2f} days")
    weight = fit(every)
    for target in (0.8, 0.9, 0.95):
        print(target, "fitted to all:", *judge(every, weight, target), len(every))
    if "--write" in sys.argv:
        write(weight, len(every))


_known: dict[str, dict[str, float]] = {}


def write(weight: dict[str, float], count: int) -> None:
    """Writes the weights with the figures they were fitted to."""
    head = f"# Fitted by tests.benchmarks.fit_openings to {count} labelled openings.\n"
    rows = "".join(f"{name}\t{value:.2f}\n" for name, value in sorted(weight.items()))
    WEIGHTS.write_text(head + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
