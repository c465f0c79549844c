"""Fit transforms/weights/same_event.tsv to what arrives from the whole run, days and all.

    python -m tests.benchmarks.fit_events            # prints figures and writes the weights
    python -m tests.benchmarks.fit_events --words    # writes word_windows.tsv instead

Needs ../shared/benchmarks and scikit-learn's companion SciPy, both for development only.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from scipy.optimize import minimize

from tests.benchmarks import dated, ecbplus
from tests.benchmarks.ecbplus import Report
from tests.benchmarks.measures import b_cubed
from tests.benchmarks.variants import Collection, collections, placed, scenes, templates, twins
from transforms import duplicates
from transforms.events import clusters, decisions, neighbours, scoring
from transforms.events.neighbours import Floats
from transforms.terms import stems

WEIGHTS = ecbplus.REPOSITORY / "transforms" / "weights"
FOLDS = 5
TWIN_SETS = 3
# How often a pair counts, by the kind of its collection: small ones have few pairs.
IMPORTANCE = {
    "as it is": 1, "few reports": 1, "long reports": 1, "one beat": 1, "small beat": 6,
    "one topic": 4, "templates": 6, "twins": 6, "one scene": 6, "reports": 8,
    "archive": 12, "five": 0,
}  # fmt: skip
AGAINST = {"actor_conflict", "time_conflict", "place_conflict", "template_conflict"}
PENALTY = 1.0
WINDOW_FLOOR, PAGE_FLOOR = 8, 3
WORDS_HEAD = """\
# In how many windows of 120 words each word stem stands: what is rare in English at large.
# From the {windows:,} windows of the 793 development pages of the Web Content eXtraction Benchmark
# (reference texts; CC BY 4.0, Murrough Foley 2026), stems of 8 windows and 3 pages or more.
# Made by tests/benchmarks/fit_events.py --words. A word that is not here counts as half a window.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A collection with the signals of all its pairs, the copies of one text taken out.

    The event stage compares the near ones first, to which weights are fitted, and completes what
    they connect.
    """

    kind: str
    leads: tuple[str, ...]
    family: dict[str, str]
    events: dict[str, str]
    topics: dict[str, str]
    pairs: tuple[tuple[str, str], ...]
    values: Floats
    is_same: np.ndarray
    is_near: np.ndarray


def measure(
    kind: str, inputs: ecbplus.Inputs, events: Mapping[str, str], topics: Mapping[str, str]
) -> Measured:
    """The signals of all pairs, as the event stage measures them."""
    tables = inputs.articles, inputs.mentions, inputs.entities, inputs.quotations
    copies = decisions.occasions_parted(*tables, duplicates.compare(inputs.articles))
    found = decisions.families(inputs.articles, decisions.links(copies, ()))
    texts = decisions.texts_of(*tables, {f.lead for f in found})
    ids, count = texts.gathered.ids, len(texts.gathered.ids)
    left, right = (side.astype(np.int64) for side in np.triu_indices(count, 1))
    first, second = neighbours.pairs(texts.near, count)
    values = decisions.measured(texts, left, right)
    pairs = tuple((ids[a], ids[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True))
    return Measured(
        kind, ids, {member: f.lead for f in found for member in f.members},
        dict(events), dict(topics), pairs,
        np.stack([values[n] for n in decisions.SIGNALS], axis=1),
        np.array([events[a] == events[b] for a, b in pairs], bool),
        np.isin(left * count + right, first * count + second),
    )  # fmt: skip


def of_reports(collection: Collection, days: dated.Days) -> Measured:
    """A collection of ECB+ or made from it, with these days."""
    return measure(
        collection.kind,
        ecbplus.tables(collection.reports, days),
        {r.report_id: r.event for r in collection.reports},
        {r.report_id: r.topic for r in collection.reports},
    )


def of_run(run: dated.Arrived, days: dated.Days | None = None) -> Measured:
    """A collection as it arrived, perhaps with other days, each event a topic of its own."""
    inputs = run.inputs
    if days:
        rows = [row | dict(days[row["article_id"]]) for row in inputs.articles.to_pylist()]
        articles = pa.Table.from_pylist(rows, schema=inputs.articles.schema)
        inputs = replace(inputs, articles=articles)
    return measure(run.name, inputs, run.events, run.events)


def with_made_days(run: dated.Arrived, rng: random.Random) -> Measured:
    """The collection with the days of its events shifted and told as they would arrive."""
    articles = run.inputs.articles.column("article_id").to_pylist()
    stand_ins = [Report(i, run.events[i], run.events[i], None, ()) for i in articles]
    return of_run(run, dated.made(stand_ins, rng))


def _with_days_and_towns(collection: Collection, rng: random.Random) -> Measured:
    reports, towns = placed(collection.reports, rng)
    return of_reports(Collection(collection.kind, reports), dated.made(reports, rng, towns))


def made_from(reports: Sequence[Report], arrived: dated.Days, seed: int) -> Iterator[Measured]:
    """The collections made from these reports: half with days that arrived, half with made ones."""
    rng = random.Random(seed)
    for number, collection in enumerate(collections(reports, seed)):
        if number % 2:
            yield _with_days_and_towns(collection, rng)
        else:
            yield of_reports(collection, arrived)
    yield _with_days_and_towns(Collection("as it is", tuple(reports)), rng)
    for _ in range(TWIN_SETS):
        yield _with_days_and_towns(Collection("twins", twins(reports, rng)), rng)
        chosen, scene = scenes(reports, rng)
        told, towns = placed(chosen, rng, scene)
        days = dated.made(told, rng, towns, scene)
        yield of_reports(Collection("one scene", told), days)
    anew = templates(reports, rng)
    yield of_reports(Collection("templates", anew), dated.occasions(anew, rng))


def fit(values: Floats, is_same: np.ndarray, importance: Floats) -> scoring.Model:
    """Logistic regression whose weights may only speak the way their signal means."""
    typical = values[~is_same].mean(axis=0)
    centred = np.hstack([values - typical, np.ones((len(values), 1))])
    sign = np.where(is_same, 1.0, -1.0)
    importance = importance / importance.mean()

    def loss(b: Floats) -> tuple[float, Floats]:
        margin = sign * (centred @ b)
        slope = -(importance * sign / (1 + np.exp(np.clip(margin, -50, 50)))) @ centred
        slope[:-1] += PENALTY * b[:-1]
        cost = (importance * np.logaddexp(0, -margin)).sum() + PENALTY / 2 * (b[:-1] ** 2).sum()
        return float(cost), slope

    bounds = [(None, 0) if n in AGAINST else (0, None) for n in decisions.SIGNALS]
    found = minimize(
        loss,
        np.zeros(centred.shape[1]),
        jac=True,
        method="L-BFGS-B",
        bounds=[*bounds, (None, None)],
    ).x
    terms = [
        scoring.Term(n, round(float(w), 3), round(float(t), 4))
        for n, w, t in zip(decisions.SIGNALS, found[:-1], typical, strict=True)
    ]
    return scoring.Model(round(float(found[-1]), 3), tuple(terms))


def fitted_to(measured: Sequence[Measured]) -> scoring.Model:
    """The model of these collections' pairs."""
    importance = np.concatenate([np.full(m.is_near.sum(), IMPORTANCE[m.kind]) for m in measured])
    return fit(
        np.concatenate([m.values[m.is_near] for m in measured]),
        np.concatenate([m.is_same[m.is_near] for m in measured]),
        importance.astype(float),
    )


def probabilities(measured: Measured, model: scoring.Model) -> Floats:
    """One probability a pair."""
    by_name = {n: measured.values[:, i] for i, n in enumerate(decisions.SIGNALS)}
    return scoring.probabilities(by_name, model)


def b_cubed_f1(measured: Measured, found: Floats, rules: clusters.Rules) -> float:
    """B-cubed F1 of all reports, copies with the report they copy."""
    chances = dict(zip(measured.pairs, found.tolist(), strict=True))
    groups = clusters.cluster(measured.leads, chances, rules=rules)
    event_of = {i: group[0] for group in groups for i in group}
    return b_cubed({i: event_of[f] for i, f in measured.family.items()}, measured.events).f1


def cross_validate(
    whole: Measured,
    folds: Sequence[Sequence[Measured]],
    topics: Sequence[Sequence[str]],
    beside: Sequence[Measured],
) -> dict[str, dict[float, float]]:
    """B-cubed F1 by kind of collection and cut; every pair scored by a model that never saw it."""
    scores: dict[str, dict[float, list[float]]] = defaultdict(lambda: defaultdict(list))
    cuts = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
    of_whole = np.zeros(len(whole.pairs))
    for number, held_out in enumerate(topics):
        others = [m for i, fold in enumerate(folds) if i != number for m in fold] + [*beside]
        model = fitted_to(others)
        for measured in folds[number]:
            found = probabilities(measured, model)
            for cut in cuts:
                rules = clusters.Rules(cut=cut)
                scores[measured.kind][cut].append(b_cubed_f1(measured, found, rules))
        mine = np.array([whole.topics[a] in held_out for a, _ in whole.pairs])
        of_whole[mine] = probabilities(whole, model)[mine]
    for cut in cuts:
        scores["all topics"][cut] = [b_cubed_f1(whole, of_whole, clusters.Rules(cut=cut))]
    return {k: {c: float(np.mean(v)) for c, v in s.items()} for k, s in scores.items()}


def write(model: scoring.Model, figures: Sequence[str]) -> None:
    """The weights file, the figures they were fitted to in its head."""
    lines = [
        "# Log-odds that two reports are of one event: the base for a typical pair of different",
        "# events, and what each signal adds: weight x (value - typical).",
        "# Fitted by tests/benchmarks/fit_events.py to ECB+ (Cybulska and Vossen 2014, CC BY 3.0),",
        "# topics 1 to 25, and collections made from them, with the days of the whole run and made",
        "# ones, to the reports of 1998 to 2002 and to the archive; B-cubed F1, ECB+ by topic:",
        *(f"#   {figure}" for figure in figures),
        f"(base)\t{model.base}",
        *(f"{t.signal}\t{t.weight}\t{t.typical}" for t in model.terms),
    ]
    (WEIGHTS / "same_event.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def write_words() -> None:
    """The background of general English."""
    texts = duckdb.sql(
        f"select main_content from '{ecbplus.SHARED}/benchmarks/wcxb_articles_dev.parquet'"
    ).fetchall()
    windows: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    total = 0
    for (text,) in texts:
        words = stems(text or "")
        pages.update(set(words))
        for start in range(0, len(words), 120):
            window = words[start : start + 120]
            if len(window) >= 60:
                total += 1
                windows.update(set(window))
    kept = sorted(w for w, n in windows.items() if n >= WINDOW_FLOOR and pages[w] >= PAGE_FLOOR)
    rows = [f"(windows)\t{total}", *(f"{w}\t{windows[w]}" for w in kept)]
    text = WORDS_HEAD.format(windows=total) + "\n".join(rows) + "\n"
    (WEIGHTS / "word_windows.tsv").write_text(text, "utf-8")


def left_out(
    name: str, of_name: Sequence[Measured], others: Sequence[Measured]
) -> tuple[str, scoring.Model]:
    """The figure of a collection under a model that saw nothing of it, and that model."""
    model = fitted_to(others)
    scored = [b_cubed_f1(m, probabilities(m, model), clusters.Rules()) for m in of_name]
    told = ", with its days shifted ".join(
        f"{value:.3f}" for value in (scored[0], float(np.mean(scored[1:] or [np.nan])))
    )
    return f"{name}: {told}", model


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", action="store_true", help="write word_windows.tsv instead")
    parser.add_argument("--folder", type=Path, help="where runs are kept, or were made before")
    given = parser.parse_args()
    if given.words:
        write_words()
        return
    folder = given.folder or Path(tempfile.mkdtemp(prefix="fit-"))
    reports = ecbplus.ecb_plus()
    run_of_ecb = dated.arrived("ecb", folder, dated.names_of(reports))
    arrived = dated.of_reports(run_of_ecb)
    topics = sorted({r.topic for r in reports}, key=int)
    held_out = [topics[i::FOLDS] for i in range(FOLDS)]
    folds = [
        list(made_from([r for r in reports if r.topic in chosen], arrived, number))
        for number, chosen in enumerate(held_out)
    ]
    whole = of_reports(Collection("as it is", tuple(reports)), arrived)
    own = {}
    for name in ("reports", "archive", "five"):
        run = dated.arrived(name, folder, dated.events_of(name))
        shifted = [with_made_days(run, random.Random(i)) for i in range(3 if name != "five" else 0)]
        own[name] = [of_run(run), *shifted]
    beside = [m for name in own for m in own[name]]
    figures = []
    for kind, by_cut in cross_validate(whole, folds, held_out, beside).items():
        best = max(by_cut, key=lambda c: by_cut[c])
        figures.append(
            f"{kind}: {by_cut[0.5]:.3f} (best in hindsight {by_cut[best]:.3f} at {best})"
        )
    of_ecb = [m for fold in folds for m in fold]
    figures.append("each collection under a model that saw nothing of it:")
    for name in ("reports", "archive"):
        others = [m for other in own if other != name for m in own[other]]
        figures.append(left_out(name, own[name], of_ecb + others)[0])
    figures.append(left_out("ECB+ by the others alone", [whole], beside)[0])
    model = fitted_to(of_ecb + beside)
    captures = own["five"][0]
    found = probabilities(captures, model)
    true, false = found[captures.is_same].min(), found[~captures.is_same].max()
    worst = captures.pairs[int(np.argmax(np.where(captures.is_same, -1, found)))]
    figures.append(
        "five captures, not fitted to but looked at when signals were chosen: "
        f"true pair {true:.3f}, closest false {false:.3f}"
    )
    print("\n".join(figures), worst, sep="\n")
    write(model, figures)


if __name__ == "__main__":
    main()
