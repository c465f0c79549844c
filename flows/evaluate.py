"""Measures the newest release against a truth and prints how near it comes."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from flows import publish, store
from flows.packs import Packs
from flows.settings import SEEDS, from_options
from transforms import captures, evaluation
from transforms.captures import RawCapture
from transforms.evaluation import Evaluation, Measure, Miss, Truth, TruthError
from transforms.tables import Capture

DEFAULT_TRUTH = SEEDS / "truth"
# What --fail-under holds a release to.
HELD = ("labels", "events", "names", "dates")
TABLES = (
    "captures",
    "rejections",
    "blocks",
    "articles",
    "entities",
    "mentions",
    "quotations",
    "pair_decisions",
    "event_reports",
)


class NotMeasuredError(click.ClickException):
    """Nothing could be measured: exit status 2, so that 1 always means a low figure."""

    exit_code = 2


def evaluate(
    warehouse: str,
    truth: str | None,
    *,
    as_json: bool,
    is_verbose: bool,
    fail_under: float | None,
) -> None:
    """Prints the measures; exit status 1 where one of `HELD` has an F1 below `fail_under`."""
    settings = from_options(warehouse=warehouse)
    path = Path(truth) if truth else DEFAULT_TRUTH
    try:
        told = read_truth(path)
        release = publish.find(settings.releases, None)
        tables = {name: store.read_table(release, name) for name in TABLES}
        texts = _texts(settings.captures, told, tables["captures"])
    except (TruthError, publish.ReleaseError) as error:
        raise NotMeasuredError(str(error)) from error
    except OSError as error:
        raise NotMeasuredError(f"{error.filename or 'input'}: {error}") from error
    if not texts:
        raise NotMeasuredError(f"{release} holds none of the captures of {path}")
    result = evaluation.evaluate(told, tables, texts)
    if as_json:
        click.echo(json.dumps(_facts(release.name, path, result), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(release.name, path, result, is_verbose)))
    low = [m for m in result.measures if m.name in HELD and _is_below(m, fail_under)]
    if low:
        names = ", ".join(f"{m.name} {_figure(m.f1)}" for m in low)
        click.echo(f"F1 below {fail_under:g}: {names}", err=True)
        sys.exit(1)


def figures(place: Path, kept: Path, truth: Path) -> dict[str, float | None]:
    """F1 of the tables in `place`, a build or release, by what was measured against the truth."""
    told = read_truth(truth)
    tables = {name: store.read_table(place, name) for name in TABLES}
    texts = _texts(kept, told, tables["captures"])
    return {m.name: m.f1 for m in evaluation.evaluate(told, tables, texts).measures}


def read_truth(path: Path) -> Truth:
    """The truth of a file, or of all files *.json of a folder; TruthError where it has none."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise TruthError(f"{path} holds no truth: no file in it ends in .json")
    return evaluation.merge(_read(file) for file in files)


def _read(file: Path) -> Truth:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TruthError(f"truth {file} does not exist: give a file or a folder") from None
    except ValueError as error:
        raise TruthError(f"truth {file} is no JSON in UTF-8: {error}") from error
    return evaluation.parse(str(file), content)


def _texts(folder: Path, truth: Truth, rows: pa.Table) -> dict[str, str]:
    """The decoded captures of the truth by capture_id, from the store of raw captures."""
    matched = evaluation.match(truth, rows).values()
    with Packs(folder) as kept:
        return {c.capture_id: _text(kept, c) for c in matched}


def _text(kept: Packs, capture: Capture) -> str:
    if capture.sha256 is None:
        return ""
    try:
        payload = kept.kept(capture.sha256)
    except FileNotFoundError:
        raise TruthError(
            f"{kept.folder} lacks the bytes of {capture.source_uri} ({capture.sha256}): the "
            "lines of the truth cannot be counted; run again"
        ) from None
    decoded = captures.decode(RawCapture(capture.source_uri, payload, capture.site_id))
    return decoded.text if isinstance(decoded, captures.Decoded) else ""


def _is_below(measure: Measure, floor: float | None) -> bool:
    # What the truth does not speak of cannot be too low.
    return floor is not None and measure.f1 is not None and measure.f1 < floor


def _facts(release: str, path: Path, result: Evaluation) -> dict[str, Any]:
    return {
        "release": release,
        "truth": str(path),
        "captures": result.capture_count,
        "missing": list(result.missing),
        "measures": {m.name: _figures(m) for m in result.measures},
        "labels": {m.name: _figures(m) for m in result.labels},
        "bracket_days": asdict(result.widths),
        "misses": [asdict(m) for m in result.misses],
    }


def _figures(measure: Measure) -> dict[str, Any]:
    return {
        "precision": measure.precision,
        "recall": measure.recall,
        "f1": measure.f1,
        "note": measure.note,
    }


def _lines(release: str, path: Path, result: Evaluation, is_verbose: bool) -> Iterator[str]:
    found = result.capture_count - len(result.missing)
    yield f"release {release} against {path}: {found} of {result.capture_count} captures found"
    for file in result.missing:
        yield f"  not in the release: {file}"
    yield ""
    yield from _table(result.measures)
    yield ""
    yield _widths(result)
    if result.labels:
        yield ""
        yield from _table(result.labels)
    misses = result.misses
    if is_verbose:
        if result.widths.widest:
            yield ""
            yield "the widest brackets"
        for days, file, bracket in result.widths.widest:
            yield f"{days:>6} days  {file}  {bracket}"
        for miss in misses:
            yield ""
            yield from _miss(miss)
    elif misses:
        yield ""
        yield f"{len(misses)} missed; --verbose lists them"


def _table(measures: Iterable[Measure]) -> Iterator[str]:
    yield f"{'':12} precision  recall      F1"
    for m in measures:
        figures = f"{_figure(m.precision):>9} {_figure(m.recall):>7} {_figure(m.f1):>7}"
        yield f"{m.name:12} {figures}   {m.note}"


def _figure(value: float | None) -> str:
    """Two places, cut off: 1.00 is said of nothing less."""
    return "-" if value is None else f"{math.floor(value * 100 + 1e-9) / 100:.2f}"


def _widths(result: Evaluation) -> str:
    widths = result.widths
    if widths.median_days is None:
        days = "no event bracket has both ends"
    else:
        days = (
            f"event brackets: median {widths.median_days:g} days, "
            f"maximal {widths.maximal_days} days"
        )
    return f"{days}; {widths.open_count} open on one side, {widths.missing_count} missing"


def _miss(miss: Miss) -> Iterator[str]:
    yield f"{miss.measure}: {miss.file}, {miss.where}"
    yield f"    expected  {miss.expected}"
    yield f"    found     {miss.found}"
    if miss.excerpt:
        yield f"    text      {miss.excerpt}"
