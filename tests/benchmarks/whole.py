"""The whole run, from page to event, on every collection at hand: lay out, run, score.

    python -m tests.benchmarks.whole                       # everything; takes a while
    python -m tests.benchmarks.whole --only reports cases
    python -m tests.benchmarks.whole --only reports --folder /tmp/whole --misses

What a stage finds alone is worth what arrives in the release. Each collection is run by the
command line into a warehouse of its own; the tools beside the data in ../shared lay out and
score. A figure is a share unless its goal says otherwise. Exit status 1 where a run fails.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared"
BENCHMARKS, CASES, FIVE = (SHARED / name for name in ("benchmarks", "cases", "seeds"))
CLI = (sys.executable, "-c", "from flows.cli import main; main()")
CASES_LINE = re.compile(r"(ok|FAIL)\s+(\S+) \((\d+)/(\d+)\)")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: what was measured, its goal as the issue words it, how it reads."""

    name: str
    goal: str
    pattern: str
    kind: str


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection: its captures, the truth beside them, and the kinds of score asked for."""

    captures: Callable[[Path], Path]
    kinds: tuple[str, ...] = ()
    truth: Path | None = None
    figures: tuple[Figure, ...] = ()


class RunError(RuntimeError):
    """A run or a score that failed, with the end of what it said."""


def _text(name: str, goal: str) -> Figure:
    return Figure(name, goal, r"word F1 ([\d.]+)", "text")


REPORTS = (
    Figure("events, B-cubed F1", ".95", r"events, B-cubed: .* F1 ([\d.]+)", "reports"),
    Figure("events, reports alone", ".97", r"events, reports alone: .* F1 ([\d.]+)", "reports"),
    Figure("published day", "missing or wrong at most 2", r"published day: (.*)", "reports"),
    Figure("event bracket within 8 days", "52 of 55", r"within 8 days: (\d+ of \d+)", "reports"),
    Figure("people", "", r"people: (.*)", "reports"),
    Figure("speakers", "80 of 86 right", r"speakers: (.*)", "reports"),
    Figure("body lines", "precision .98 recall .98", r"body lines: (.*)", "reports"),
    Figure("titles", "46 of 47", r"title: (\d+ of \d+)", "reports"),
    Figure("bylines", "11 of 12", r"byline: (\d+ of \d+)", "reports"),
    Figure("documents kept apart", "6 of 6", r"documents kept apart: (.*)", "documents"),
)
ECB = (
    Figure("events, B-cubed F1", ".93", r"B-cubed P .* F1 ([\d.]+)", "events"),
    Figure("names found", ".85", r"found ([\d.]+)", "names"),
    Figure("same entity", ".93", r"same-entity .* F1 ([\d.]+)", "names"),
)
EVALUATED = tuple(
    Figure(name, "1.00", rf"(?m)^{name} .*? ([\d.]+)   ", "evaluate")
    for name in ("labels", "events", "names", "dates", "published")
)


def _laid(name: str) -> Callable[[Path], Path]:
    return lambda folder: laid_out(folder) / name / "captures"


def _there(path: Path) -> Callable[[Path], Path]:
    return lambda folder: path


COLLECTIONS: Mapping[str, Collection] = {
    "reports": Collection(
        _there(BENCHMARKS / "reports_1998_2002" / "captures"),
        ("reports", "documents"),
        figures=REPORTS,
    ),
    "ecb": Collection(_laid("ecb_dev"), ("events", "names"), figures=ECB),
    "dates": Collection(
        _laid("dates_dev"),
        ("dates",),
        figures=(Figure("published day", ".92", r"day right ([\d.]+)", "dates"),),
    ),
    "wcxb": Collection(
        _laid("wcxb_dev"),
        ("text", "meta"),
        figures=(
            _text("word F1", ".950"),
            Figure("title", "", r"title ([\d.]+)", "meta"),
            Figure("author", "", r"author ([\d.]+)", "meta"),
            Figure("day", "", r"day ([\d.]+)", "meta"),
        ),
    ),
    "web2012": Collection(_laid("web2012_dev"), ("text",), figures=(_text("word F1", ".92"),)),
    "languages": Collection(
        _laid("languages_dev"),
        ("languages",),
        figures=tuple(
            Figure(f"word F1, {code}", goal, rf"{code} ([\d.]+)", "languages")
            for code, goal in (
                ("en", ".96"), ("el", ".97"), ("pl", ".90"), ("ru", ".90"), ("zh", ".90"),
            )
        ),
    ),
    "archive": Collection(
        _there(REPOSITORY / "seeds" / "captures"), truth=REPOSITORY / "seeds" / "truth",
        figures=EVALUATED,
    ),
    "five": Collection(_there(FIVE), truth=FIVE / "truth.json", figures=EVALUATED),
}  # fmt: skip


@cache
def laid_out(folder: Path) -> Path:
    """The folder that the development collections are laid out in, once a process."""
    out = folder / "laid_out"
    out.mkdir(parents=True, exist_ok=True)
    _said([sys.executable, str(BENCHMARKS / "lay_out.py"), str(out)])
    return out


def run(name: str, folder: Path, workers: int = 2) -> Path:
    """The warehouse that a whole run of the collection filled. Raises RunError where it failed."""
    warehouse = folder / name
    source = COLLECTIONS[name].captures(folder)
    paths = ["--source", str(source), "--warehouse", str(warehouse)]
    _said([*CLI, "run", "--direct", "--workers", str(workers), *paths])
    return warehouse


def scored(name: str, folder: Path, warehouse: Path, *, has_misses: bool = False) -> dict[str, str]:
    """What each kind of score of the collection printed."""
    collection = COLLECTIONS[name]
    source = collection.captures(folder).parent
    if collection.truth:
        command = [*CLI, "evaluate", "--warehouse", str(warehouse)]
        more = ["--verbose"] if has_misses else []
        return {"evaluate": _said([*command, "--truth", str(collection.truth), *more])}
    own = {"documents": documents, "languages": languages}
    command = [sys.executable, str(BENCHMARKS / "score.py")]
    more = ["-v"] if has_misses else []
    return {
        kind: own[kind](source, warehouse)
        if kind in own
        else _said([*command, kind, str(source), str(warehouse), *more])
        for kind in collection.kinds
    }


def documents(source: Path, warehouse: Path) -> str:
    """How many pages that are no story are told to be none, and which stories are taken for one."""
    kept, of_file = set(), _articles(source, warehouse)
    truth = _truth(source)
    for file, article in of_file.items():
        if not article.get("document_type"):
            kept.add(file)
    apart = [f for f, t in truth.items() if not t["is_story"] and f not in kept]
    wrong = [f for f, t in truth.items() if t["is_story"] and f in of_file and f not in kept]
    total = sum(not t["is_story"] for t in truth.values())
    lines = [f"documents kept apart: {len(apart)} of {total}; stories taken for one: {len(wrong)}"]
    return "\n".join([*lines, *(f"   taken for a document: {f}" for f in wrong)])


def languages(source: Path, warehouse: Path) -> str:
    """Word F1 by language, in characters where the script has no spaces; what is lost is 0."""
    truth, articles = _truth(source), _articles(source, warehouse)
    found: dict[str, list[float]] = {}
    for file, told in truth.items():
        text = str(articles.get(file, {}).get("text") or "")
        code = str(told["language"])[:2].lower()
        found.setdefault(code, []).append(_overlap(text, str(told["text"]), code == "zh"))
    return "\n".join(f"{c} {sum(f) / len(f):.4f} of {len(f)} pages" for c, f in found.items())


def _overlap(text: str, truth: str, has_no_spaces: bool) -> float:
    pattern = r"\w" if has_no_spaces else r"\w+"
    one, other = (Counter(re.findall(pattern, t.lower())) for t in (text, truth))
    shared = (one & other).total()
    return 2 * shared / max(1, one.total() + other.total())


def _truth(source: Path) -> dict[str, dict[str, object]]:
    lines = (source / "truth.jsonl").read_text("utf-8").splitlines()
    return {row["file"]: row for row in map(json.loads, lines)}


def _articles(source: Path, warehouse: Path) -> dict[str, dict[str, object]]:
    """The released articles by the file of their capture, site and name."""
    release = max((warehouse / "releases").iterdir(), key=os.path.getmtime)
    uris = {
        row["capture_id"]: row["source_uri"]
        for row in pq.read_table(release / "captures.parquet").to_pylist()
    }
    articles = pq.read_table(release / "articles.parquet").to_pylist()
    return {"/".join(uris[a["capture_id"]].split("/")[-2:]): a for a in articles}


@dataclass(frozen=True, slots=True)
class Cases:
    """How many checks of the small cases hold, by case, and what was printed of the others."""

    right: Mapping[str, tuple[int, int]]
    said: str = field(repr=False, default="")


def cases(folder: Path, words: Sequence[str] = ()) -> Cases:
    """The small cases whose names hold one of the words, or all of them."""
    command = [sys.executable, str(CASES / "run_all.py"), *words]
    given = {"PROJECT": str(REPOSITORY), "SCRATCH": str(folder / "cases")}
    (folder / "cases").mkdir(parents=True, exist_ok=True)
    said = _said(command, given, is_strict=False)
    found = CASES_LINE.findall(said)
    if not found:
        raise RunError(said[-500:])
    return Cases({name: (int(good), int(of)) for _, name, good, of in found}, said)


def _said(
    command: Sequence[str], given: Mapping[str, str] | None = None, *, is_strict: bool = True
) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=REPOSITORY, env=os.environ | (given or {})
    )
    if is_strict and done.returncode:
        raise RunError((done.stderr or done.stdout)[-1500:])
    return done.stdout


def rows(name: str, said: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(figure, goal, value) of each figure of the collection; a value not printed is a dash."""
    for figure in COLLECTIONS[name].figures:
        found = re.search(figure.pattern, said.get(figure.kind, ""))
        yield figure.name, figure.goal, found.group(1) if found else "-"


def _case_rows(found: Cases) -> Iterator[tuple[str, str, str]]:
    good = sum(right == of for right, of in found.right.values())
    right, of = (sum(column) for column in zip(*found.right.values(), strict=True))
    yield "cases ok", "all", f"{good} of {len(found.right)}"
    yield "checks", "all", f"{right} of {of}"


def main() -> int:
    """Print the table, a row as soon as it is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    known = [*COLLECTIONS, "cases"]
    parser.add_argument("--only", nargs="+", choices=known, default=known, metavar="COLLECTION")
    parser.add_argument("--cases", nargs="+", default=[], metavar="WORD", help="cases by name")
    parser.add_argument("--folder", type=Path, help="keep the warehouses there")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--misses", action="store_true", help="print what was missed too")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="whole-"))
    print("| collection | figure | goal | measured |\n|---|---|---|---|")
    misses, has_failed = [], False
    for name in given.only:
        try:
            if name == "cases":
                found = cases(folder, given.cases)
                said, measured = {name: found.said}, list(_case_rows(found))
            else:
                warehouse = run(name, folder, given.workers)
                said = scored(name, folder, warehouse, has_misses=given.misses)
                measured = list(rows(name, said))
        except RunError as error:
            measured, said, has_failed = [("run", "", "failed")], {name: str(error)}, True
            misses.append(f"== {name}\n{error}")
        for figure, goal, value in measured:
            print(f"| {name} | {figure} | {goal} | {value} |", flush=True)
        if given.misses:
            misses += [f"== {name} {kind}\n{text}" for kind, text in said.items()]
    print(*misses, f"warehouses: {folder}", sep="\n", file=sys.stderr)
    return int(has_failed)


if __name__ == "__main__":
    sys.exit(main())
