"""Fit transforms/weights/story_*.tsv to the WCXB development pages, cross-validated by domain.

    python -m tests.benchmarks.fit_blocks          # prints figures and writes both weights

Needs ../shared/benchmarks and LightGBM, for development only.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from tests.benchmarks import fit_words, wcxb
from transforms.furniture import features, story
from transforms.furniture.shards import Columns, Shard, shard

WEIGHTS = Path(__file__).resolve().parents[2] / "transforms" / "weights"
# Weights that have not seen a fold: the benchmark measures every page with those.
Row = tuple[object, ...]
FOLDS = Path(__file__).resolve().parent / "folds"
TREES = 150
SETTINGS: dict[str, Any] = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.1, "feature_fraction": 0.3,
    "min_data_in_leaf": 100, "lambda_l2": 5, "max_bin": 63, "num_threads": 1, "verbose": -1,
    "force_col_wise": True, "seed": 0, "deterministic": True,
}  # fmt: skip
HEAD = """\
# Log-odds that a block of {what} is of the story: {trees} boosted trees, one a row (see
# transforms/trees.py). Fitted by tests/benchmarks/fit_blocks.py to the {pages} development pages
# of the Web Content eXtraction Benchmark (CC BY 4.0, Murrough Foley 2026). Cross-validated in
# {folds} folds by domain: word F1 {f1:.4f}, pages with F1 under .5 {low:.2%}.
"""
WORDS_HEAD = """\
# What a word says of a block of plain text, in hundredths of log-odds to be of the story: by
# itself (any), as the first of its block, in a short block. A digit is a nought. Fitted by
# tests/benchmarks/fit_blocks.py to the {pages} development pages of the Web Content eXtraction
# Benchmark (CC BY 4.0, Murrough Foley 2026), with the trees of story_text.tsv, whose figures are
# those of both: word F1 {f1:.4f}, cross-validated in {folds} folds by domain.
"""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of the collection with what is measured of their blocks."""

    samples: list[wcxb.Sample]
    shard: Shard
    columns: Columns
    truth: npt.NDArray[np.bool_]
    weight: npt.NDArray[np.float64]
    fold: npt.NDArray[np.int64]  # of each block
    lexicon: fit_words.Lexicon | None  # of plain text


def main() -> None:
    for name, is_plain in (("story_markup", False), ("story_text", True)):
        if len(sys.argv) < 2 or sys.argv[1] == name:
            _fit(name, _pages(is_plain))


def _pages(is_plain: bool) -> Pages:
    samples = [wcxb.sample(row, is_plain) for row in wcxb.rows()]
    samples = [s for s in samples if s.page.blocks]
    some = shard([s.page for s in samples])
    columns = features.measure(some, None)
    truth = [wcxb.is_story([b.text for b in s.page.blocks], s.row["main_content"]) for s in samples]
    flat = np.concatenate(truth)
    fold = np.array([s.fold for s in samples])[some.page]
    domains = {d: n for n, d in enumerate(sorted({wcxb.domain(s.row) for s in samples}))}
    domain = np.array([domains[wcxb.domain(s.row)] for s in samples])[some.page]
    lexicon = fit_words.lexicon([b.text for b in some.blocks], domain) if is_plain else None
    return Pages(samples, some, columns, flat, _weight(some, columns, flat), fold, lexicon)


def _fit(name: str, pages: Pages) -> None:
    scores = np.zeros(len(pages.truth))
    for number in range(wcxb.FOLDS):
        inside = pages.fold != number
        matrix, names, words = _matrix(pages, inside)
        model = _train(matrix[inside], pages.truth[inside], pages.weight[inside])
        scores[~inside] = model.predict(matrix[~inside], raw_score=True)
        head = f"# All folds but {number}.\n"
        _write(FOLDS / f"{name}_{number}.tsv", head, _trees(model, names))
        if words:
            _write(FOLDS / f"story_words_{number}.tsv", head, words)
    reached = np.array(_figures(pages, scores))
    figures = {
        "pages": len(pages.samples),
        "folds": wcxb.FOLDS,
        "f1": reached.mean(),
        "low": (reached < 0.5).mean(),
    }
    what = "HTML" if pages.lexicon is None else "plain text"
    head = HEAD.format(what=what, trees=TREES, **figures)
    print(head, flush=True)
    matrix, names, words = _matrix(pages, pages.fold >= 0)
    model = _train(matrix, pages.truth, pages.weight)
    _write(WEIGHTS / f"{name}.tsv", head, _trees(model, names))
    if words:
        _write(WEIGHTS / "story_words.tsv", WORDS_HEAD.format(**figures), words)


def _matrix(
    pages: Pages, inside: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float32], list[str], list[Row]]:
    """The features of all blocks, their names, and the vocabulary fitted to the blocks inside.

    What words say of a block inside is what a vocabulary fitted to the other folds inside says.
    """
    columns = dict(pages.columns)
    words: list[Row] = []
    if pages.lexicon is not None:
        fitted = fit_words.fit(pages.lexicon, pages.truth, pages.weight * inside)
        own = fitted.said(pages.lexicon.spelling)
        for number in np.unique(pages.fold[inside]):
            others = inside & (pages.fold != number)
            unseen = fit_words.fit(pages.lexicon, pages.truth, pages.weight * others)
            held_out = inside & (pages.fold == number)
            own[held_out] = unseen.said(pages.lexicon.spelling)[held_out]
        columns |= features.said(pages.shard, columns, own)
        words += fit_words.rows(pages.lexicon, fitted)
    matrix = np.stack([c.astype(np.float32) for c in columns.values()], axis=1)
    return matrix, list(columns), words


def _write(path: Path, head: str, rows: Sequence[Row]) -> None:
    path.write_text(head + "".join("\t".join(map(str, row)) + "\n" for row in rows), "utf-8")


def _weight(some: Shard, columns: Columns, truth: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """A block counts by its share of its page's story, so that pages count alike."""
    counts = np.expm1(columns["words"].astype(float))
    weight = np.minimum(counts / np.maximum(some.of_page(counts * truth), 100), 0.2) + 0.002
    return np.asarray(weight * len(weight) / weight.sum())


def _train(
    matrix: npt.NDArray[np.float32],
    truth: npt.NDArray[np.bool_],
    weight: npt.NDArray[np.float64],
) -> lightgbm.Booster:
    data = lightgbm.Dataset(matrix, truth.astype(float), weight=weight, free_raw_data=True)
    return lightgbm.train(SETTINGS, data, TREES)


def _figures(pages: Pages, scores: npt.NDArray[np.float64]) -> list[float]:
    reached = []
    for sample, first in zip(pages.samples, pages.shard.first, strict=True):
        chances = story.chances(scores[first : first + len(sample.page.blocks)])
        kept = story.choose(sample.page.blocks, chances).kept
        found: Counter[str] = Counter()
        for block, is_kept in zip(sample.page.blocks, kept, strict=True):
            if is_kept:
                found.update(wcxb.WORD.findall(block.text.lower()))
        true = Counter(wcxb.WORD.findall(sample.row["main_content"].lower()))
        reached.append(wcxb.f1(found, true))
    return reached


def _trees(model: lightgbm.Booster, names: list[str]) -> list[Row]:
    return [_row(tree["tree_structure"], names) for tree in model.dump_model()["tree_info"]]


def _row(tree: dict[str, Any], names: list[str]) -> Row:
    """The tree as a row: feature, threshold and leaves to the right of its splits; its leaves."""
    splits: list[str] = []
    leaves: list[float] = []

    def walk(node: dict[str, Any]) -> int:
        """The mask of the leaves below."""
        if "leaf_value" in node:
            leaves.append(node["leaf_value"])
            return 1 << (len(leaves) - 1)
        left = walk(node["left_child"])
        right = walk(node["right_child"])
        name = names[node["split_feature"]]
        splits.extend((name, f"{node['threshold']:.6g}", str(255 & ~left)))
        return left | right

    walk(tree)
    while len(splits) < 21:
        splits.extend((names[0], "inf", "255"))
    leaves += [0.0] * (8 - len(leaves))
    return *splits, *(f"{v:.4f}" for v in leaves)


if __name__ == "__main__":
    main()
