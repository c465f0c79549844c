"""Fit transforms/weights/story_*.tsv to the WCXB development pages, cross-validated by domain.

    python -m tests.benchmarks.fit_blocks          # prints figures and writes both weights

Needs ../shared/benchmarks and LightGBM, for development only.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from tests.benchmarks import wcxb
from transforms.furniture import features, story

WEIGHTS = Path(__file__).resolve().parents[2] / "transforms" / "weights"
# Weights that have not seen a fold: the benchmark measures every page with those.
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


def main() -> None:
    for name, is_plain in (("story_markup", False), ("story_text", True)):
        if len(sys.argv) < 2 or sys.argv[1] == name:
            _fit(name, is_plain)


def _fit(name: str, is_plain: bool) -> None:
    samples = [wcxb.sample(row, is_plain) for row in wcxb.rows()]
    samples = [s for s in samples if s.page.blocks]
    shard = features.shard([s.page for s in samples])
    matrix, names = features.measure(shard)
    truth = np.concatenate(
        [wcxb.is_story([b.text for b in s.page.blocks], s.row["main_content"]) for s in samples]
    )
    weight = _weight(shard, matrix[:, names.index("words")], truth)
    fold = np.array([s.fold for s in samples])[shard.page]
    scores = np.zeros(len(truth))
    for number in range(wcxb.FOLDS):
        inside = fold != number
        model = _train(matrix[inside], truth[inside], weight[inside])
        scores[~inside] = model.predict(matrix[~inside], raw_score=True)
        _write(FOLDS / f"{name}_{number}.tsv", f"# All folds but {number}.\n", model, names)
    reached = np.array(_figures(samples, shard, scores))
    head = HEAD.format(
        what="plain text" if is_plain else "HTML",
        trees=TREES,
        pages=len(samples),
        folds=wcxb.FOLDS,
        f1=reached.mean(),
        low=(reached < 0.5).mean(),
    )
    print(head, flush=True)
    model = _train(matrix, truth, weight)
    _write(WEIGHTS / f"{name}.tsv", head, model, names)


def _write(path: Path, head: str, model: lightgbm.Booster, names: list[str]) -> None:
    rows = [_row(tree["tree_structure"], names) for tree in model.dump_model()["tree_info"]]
    path.write_text(head + "".join(f"{row}\n" for row in rows), "utf-8")


def _weight(shard: features.Shard, words: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """A block counts by its share of its page's story, so that pages count alike."""
    counts = np.expm1(words)
    story_words = np.bincount(shard.page, counts * truth)[shard.page]
    weight = np.minimum(counts / np.maximum(story_words, 100), 0.2) + 0.002
    return weight * len(weight) / weight.sum()


def _train(matrix: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> lightgbm.Booster:
    data = lightgbm.Dataset(matrix, truth.astype(float), weight=weight, free_raw_data=True)
    return lightgbm.train(SETTINGS, data, TREES)


def _figures(samples: list[wcxb.Sample], shard: features.Shard, scores: np.ndarray) -> list[float]:
    reached = []
    for number, sample in enumerate(samples):
        first = shard.first[number]
        chances = story.chances(scores[first : first + len(sample.page.blocks)])
        kept = story.choose(sample.page.blocks, chances)
        found: Counter[str] = Counter()
        for block, is_kept in zip(sample.page.blocks, kept, strict=True):
            if is_kept:
                found.update(wcxb.WORD.findall(block.text.lower()))
        true = Counter(wcxb.WORD.findall(sample.row["main_content"].lower()))
        reached.append(wcxb.f1(found, true))
    return reached


def _row(tree: dict[str, Any], names: list[str]) -> str:
    """The tree as text: feature, threshold and leaves to the right of its splits; its leaves."""
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
    return "\t".join([*splits, *(f"{v:.4f}" for v in leaves)])


if __name__ == "__main__":
    main()
