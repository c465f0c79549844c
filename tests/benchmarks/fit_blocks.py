"""Fit transforms/weights/story_*.tsv to pages of several collections, held out in turn.

    python -m tests.benchmarks.fit_blocks                # prints figures and writes all weights
    python -m tests.benchmarks.fit_blocks story_markup   # those of HTML alone
    python -m tests.benchmarks.fit_blocks story_text     # those of plain text alone

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

from tests.benchmarks import collections, fit_words, wcxb
from tests.benchmarks.collections import Sample
from transforms import printed
from transforms.furniture import features, story
from transforms.furniture.shards import Columns, Shard, shard

WEIGHTS = Path(__file__).resolve().parents[2] / "transforms" / "weights"
# Weights that have not seen a fold: the benchmark measures every page with those.
Row = tuple[object, ...]
FOLDS = Path(__file__).resolve().parent / "folds"
TREES = {"story_markup": 300, "story_text": 150}
SETTINGS: dict[str, Any] = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.1, "feature_fraction": 0.3,
    "min_data_in_leaf": 100, "lambda_l2": 5, "max_bin": 63, "num_threads": 1, "verbose": -1,
    "force_col_wise": True, "seed": 0, "deterministic": True,
}  # fmt: skip
# Their reference texts print title, byline and day of some pages, which are no body.
TOLD_IN_WORDS = ("wcxb", "web2012")
LABELLED_WEIGHT = 3  # of the small collections whose every line is labelled
# Lines of a menu are many and alike: of short blocks that are no story some stand for all.
MIN_WORDS, EVERY_SHORT = 6, 3
# Some pages count again as of a language whose words no cue knows and whose letters know no case.
EVERY_STRANGE = 4
ENGLISH = ("cue_", "comments_", "signed_", "begun_", "share_capital", "share_upper")
LEFT_OUT = ("wcxb", "web2012")
# How far down its page a block stands, counted, holds for the pages of one collection alone: with
# these a collection that is left out of the fit does worse.
COUNTED_DOWN = ("index", "prose_words_before")
HEAD = """\
# Log-odds that a block of {what} is of the story: {trees} boosted trees, one a row (see
# transforms/trees.py). Fitted by tests/benchmarks/fit_blocks.py to the development pages of the
# Web Content eXtraction Benchmark (CC BY 4.0, Murrough Foley 2026), of the gold standard of
# dragnet (Peters and Lecocq 2013; data CC BY 4.0), of the sample archive and of plain-text
# reports written for the purpose. Word F1 of the blocks kept, in {folds} folds by domain:
# {by_domain}
"""
WORDS_HEAD = """\
# What a word says of a block of plain text, in hundredths of log-odds to be of the story: by
# itself (any), as the first of its block, in a short block. A digit is a nought. Fitted by
# tests/benchmarks/fit_blocks.py to the pages, and with the trees, of story_text.tsv, whose
# figures are those of both.
"""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of the collections with what is measured of their blocks."""

    samples: list[Sample]
    shard: Shard
    columns: Columns
    truth: npt.NDArray[np.bool_]
    weight: npt.NDArray[np.float64]
    fold: npt.NDArray[np.int64]  # of each block
    lexicon: fit_words.Lexicon | None  # of plain text

    def of(self, collection: str) -> npt.NDArray[np.bool_]:
        """Which blocks are of the collection."""
        held: npt.NDArray[np.bool_] = np.array([s.collection == collection for s in self.samples])
        return held[self.shard.page]


def main() -> None:
    """Fits what is asked for; what ships first, then what tells how good it is."""
    for name, is_plain in (("story_markup", False), ("story_text", True)):
        if len(sys.argv) < 2 or sys.argv[1] == name:
            _fit(name, _pages(is_plain))


def _pages(is_plain: bool) -> Pages:
    samples = collections.samples(is_plain)
    some = shard([s.page for s in samples])
    columns = features.measure(some, None)
    truth = np.concatenate([s.truth for s in samples])
    fold = np.array([s.fold for s in samples])[some.page]
    domains = {d: n for n, d in enumerate(sorted({s.domain for s in samples}))}
    domain = np.array([domains[s.domain] for s in samples])[some.page]
    lexicon = fit_words.lexicon([b.text for b in some.blocks], domain) if is_plain else None
    weight = _weight(samples, some, columns, truth)
    return Pages(samples, some, columns, truth, weight, fold, lexicon)


def _fit(name: str, pages: Pages) -> None:
    model, names, words = _model(pages, pages.fold >= 0)
    trees = _trees(model, names)
    what = "HTML" if pages.lexicon is None else "plain text"
    _write(WEIGHTS / f"{name}.tsv", "", trees)
    if words:
        _write(WEIGHTS / "story_words.tsv", WORDS_HEAD, words)
    scores = np.zeros(len(pages.truth))
    for number in range(wcxb.FOLDS):
        inside = pages.fold != number
        unseen, held, said = _model(pages, inside)
        scores[~inside] = _scores(pages, unseen, said)[~inside]
        head = f"# All folds but {number}.\n"
        _write(FOLDS / f"{name}_{number}.tsv", head, _trees(unseen, held))
        if said:
            _write(FOLDS / f"story_words_{number}.tsv", head, said)
    by_domain = _told(pages, scores)
    head = HEAD.format(what=what, trees=TREES[name], folds=wcxb.FOLDS, by_domain=by_domain)
    _write(WEIGHTS / f"{name}.tsv", head, trees)
    print(head, flush=True)
    for collection in LEFT_OUT:
        unseen, _, said = _model(pages, ~pages.of(collection))
        print(f"without {collection}: {_told(pages, _scores(pages, unseen, said))}", flush=True)


def _told(pages: Pages, scores: npt.NDArray[np.float64]) -> str:
    reached = np.array(_figures(pages, scores))
    kinds = np.array([s.collection for s in pages.samples])
    return ", ".join(f"{k} {reached[kinds == k].mean():.4f}" for k in dict.fromkeys(kinds.tolist()))


def _model(
    pages: Pages, inside: npt.NDArray[np.bool_]
) -> tuple[lightgbm.Booster, list[str], list[Row]]:
    """The trees fitted to the blocks inside, the names of their features, and the vocabulary."""
    columns, words = _columns(pages, inside)
    chosen = np.flatnonzero(inside & (pages.weight > 0) & _stands_for_others(pages, columns))
    share = np.where(_is_line(pages, columns), EVERY_SHORT, 1)[chosen] * pages.weight[chosen]
    matrix = _matrix(columns, chosen)
    strange = pages.shard.page[chosen] % EVERY_STRANGE == 0
    names = list(columns)
    other = matrix[strange].copy()
    for number, name in enumerate(names):
        if name.startswith((*ENGLISH, "said")):
            column = other[:, number]
            other[:, number] = np.where(
                column == features.NOTHING_SAID, column, np.minimum(column, 0)
            )
            if name.startswith("said"):
                other[:, number] = np.where(column == features.NOTHING_SAID, column, 0)
    data = lightgbm.Dataset(
        np.concatenate([matrix, other]),
        np.concatenate([pages.truth[chosen], pages.truth[chosen][strange]]).astype(float),
        weight=np.concatenate([share, share[strange]]),
        free_raw_data=True,
    )
    trees = TREES["story_markup" if pages.lexicon is None else "story_text"]
    return lightgbm.train(SETTINGS, data, trees), names, words


def _is_line(pages: Pages, columns: Columns) -> npt.NDArray[np.bool_]:
    """Which blocks are short and no story."""
    return ~pages.truth & (np.expm1(columns["words"].astype(float)) < MIN_WORDS)


def _stands_for_others(pages: Pages, columns: Columns) -> npt.NDArray[np.bool_]:
    at = np.arange(len(pages.truth))
    return ~_is_line(pages, columns) | (at % EVERY_SHORT == 0)


def _scores(pages: Pages, model: lightgbm.Booster, words: list[Row]) -> npt.NDArray[np.float64]:
    columns = _asked(pages)
    if pages.lexicon is not None:
        rows = [tuple(map(str, row)) for row in words]
        said = fit_words.vocabulary.read(rows).said(pages.lexicon.spelling)
        columns |= features.said(pages.shard, columns, said)
    found = model.predict(_matrix(columns, np.arange(len(pages.truth))), raw_score=True)
    return np.asarray(found)


def _matrix(columns: Columns, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    return np.stack([c[chosen].astype(np.float32) for c in columns.values()], axis=1)


def _columns(pages: Pages, inside: npt.NDArray[np.bool_]) -> tuple[Columns, list[Row]]:
    """The features of all blocks, and the vocabulary fitted to the blocks inside.

    What words say of a block inside is what a vocabulary fitted to the other folds inside says.
    """
    columns = _asked(pages)
    if pages.lexicon is None:
        return columns, []
    fitted = fit_words.fit(pages.lexicon, pages.truth, pages.weight * inside)
    own = fitted.said(pages.lexicon.spelling)
    for number in np.unique(pages.fold[inside]):
        others = inside & (pages.fold != number)
        unseen = fit_words.fit(pages.lexicon, pages.truth, pages.weight * others)
        held_out = inside & (pages.fold == number)
        own[held_out] = unseen.said(pages.lexicon.spelling)[held_out]
    columns |= features.said(pages.shard, columns, own)
    return columns, fit_words.rows(pages.lexicon, fitted)


def _asked(pages: Pages) -> Columns:
    """The features that the trees may ask for; on plain text, which has few, all."""
    if pages.lexicon is not None:
        return dict(pages.columns)
    return {name: c for name, c in pages.columns.items() if name not in COUNTED_DOWN}


def _write(path: Path, head: str, rows: Sequence[Row]) -> None:
    path.write_text(head + "".join("\t".join(map(str, row)) + "\n" for row in rows), "utf-8")


def _weight(
    samples: Sequence[Sample], some: Shard, columns: Columns, truth: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """A block counts by its share of its page's story, so that pages count alike."""
    counts = np.expm1(columns["words"].astype(float))
    weight = np.minimum(counts / np.maximum(some.of_page(counts * truth), 100), 0.2) + 0.002
    is_told = np.array([s.collection in TOLD_IN_WORDS for s in samples])[some.page]
    is_head = (columns["in_title"] > 0.5) | np.array([_is_signature(b.text) for b in some.blocks])
    weight[is_told & is_head & truth] = 0
    weight[~is_told] *= LABELLED_WEIGHT
    return np.asarray(weight * len(weight) / weight.sum())


def _is_signature(text: str) -> bool:
    return printed.is_byline(text) or printed.is_date_line(text)


def _figures(pages: Pages, scores: npt.NDArray[np.float64]) -> list[float]:
    reached = []
    for sample, first in zip(pages.samples, pages.shard.first, strict=True):
        chances = story.chances(scores[first : first + len(sample.page.blocks)])
        kept = story.choose(sample.page.blocks, chances).kept
        found: Counter[str] = Counter()
        for block, is_kept in zip(sample.page.blocks, kept, strict=True):
            if is_kept:
                found.update(wcxb.WORD.findall(block.text.lower()))
        true = Counter(wcxb.WORD.findall(sample.reference.lower()))
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
