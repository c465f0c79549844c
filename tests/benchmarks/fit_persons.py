"""Fit the weights that tell a person's name from a label: a logistic regression on `SIGNS`.

usage: python -m tests.benchmarks.fit_persons > transforms/weights/person_names.tsv

Names: the people of `seeds/people.csv`, and who the pages of the collections state as authors.
Labels: short lines of the same pages in capitals, of which a word stands in small letters in
running text of five pages or more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from flows import knowledge
from flows.settings import SEEDS
from tests.benchmarks import wcxb
from transforms import persons
from transforms.articles import metadata
from transforms.articles.bylines import NAME, TITLE_WORD
from transforms.blocks.pages import Page
from transforms.text import fold_letters

COLLECTIONS = ("wcxb_articles_dev", "web_articles_2012_dev", "publication_dates_dev")
MIN_PAGES = 5
LONG = 150  # characters of running text
SMALL = re.compile(r"(?<=[a-z,] )[a-z]+\b")
PENALTY = 0.01
SOURCE = """\
# What tells a person's name from a label or a paper, in nats; see transforms/persons.py.
# From seeds/people.csv and, of the development pages, the authors they state and their short
# lines: WCXB (CC BY 4.0, Murrough Foley 2026), the gold standard of dragnet (CC BY 4.0), the
# evaluation pages of htmldate (Apache 2.0). Made by tests/benchmarks/fit_persons.py."""

Examples = tuple[set[str], set[str]]


def main() -> None:
    """Prints the weights, with what they do on each collection when it is left out."""
    given = knowledge.of_folders((SEEDS,)).lexicon.given_names
    people = {p.name for p in knowledge.of_folders((SEEDS,)).authority.people}
    pages = {name: list(_pages(wcxb.BENCHMARKS / f"{name}.parquet")) for name in COLLECTIONS}
    found = _examples(pages, given)
    print(SOURCE)
    for left_out, (names, labels) in found.items():
        others = [examples for name, examples in found.items() if name != left_out]
        fitted = _fit(_joined(others, people), given)
        right, wrong = (_share(some, fitted, given) for some in (names, labels))
        print(
            f"# Left out {left_out}: over 0 are {right:.3f} of {len(names)} names, "
            f"{wrong:.3f} of {len(labels)} labels."
        )
    fitted = _fit(_joined([*found.values()], people), given).tolist()
    for sign, weight in zip(("bias", *persons.SIGNS), fitted, strict=True):
        print(f"{sign}\t{weight:.3f}")


def _pages(path: Path) -> Iterator[Page]:
    for shard in wcxb.shards(path, 100):
        for row in shard:
            yield wcxb.sample({"file_id": row.get("file") or row.get("url"), **row}).page


def _examples(pages: dict[str, list[Page]], given: frozenset[str]) -> dict[str, Examples]:
    """Names and labels of each collection."""
    small = Counter(
        word
        for some in pages.values()
        for page in some
        for word in {w for b in page.blocks if len(b.text) > LONG for w in SMALL.findall(b.text)}
    )
    known = {word for word, count in small.items() if count >= MIN_PAGES}
    names = {name: set(_authors(some)) for name, some in pages.items()}
    all_names = {n.lower() for some in names.values() for n in some}
    return {
        name: (names[name], set(_labels(_short(some), all_names, known, given)))
        for name, some in pages.items()
    }


def _labels(
    texts: set[str], names: set[str], known: set[str], given: frozenset[str]
) -> Iterator[str]:
    yield from (t for t in texts if t.lower() not in names and _is_label(t, known, given))


def _authors(pages: Sequence[Page]) -> Iterator[str]:
    for page in pages:
        stated = metadata.read(page)
        for author in (a for group in stated.authors for a in group if not a.is_site):
            if NAME.fullmatch(author.value) and not TITLE_WORD.search(author.value):
                yield author.value


def _short(pages: Sequence[Page]) -> set[str]:
    return {b.text for page in pages for b in page.blocks if NAME.fullmatch(b.text)}


def _is_label(text: str, known: set[str], given: frozenset[str]) -> bool:
    words = [fold_letters(word.strip(persons.MARKS)) for word in text.split()]
    is_known = [word in known for word in words]
    return all(is_known) if words[0] in given else any(is_known)


def _joined(some: Sequence[Examples], people: set[str]) -> Examples:
    return set(people).union(*(n for n, _ in some)), set().union(*(t for _, t in some))


def _table(texts: set[str], given: frozenset[str]) -> npt.NDArray[np.float64]:
    return np.array([(1.0, *persons.signs(text, given)) for text in sorted(texts)], float)


def _share(texts: set[str], fitted: npt.NDArray[np.float64], given: frozenset[str]) -> float:
    return float((_table(texts, given) @ fitted > 0).mean())


def _fit(examples: Examples, given: frozenset[str]) -> npt.NDArray[np.float64]:
    """Bias and weights; names and labels weigh the same, however many there are."""
    tables = [_table(some, given) for some in examples]
    x = np.concatenate(tables)
    y = np.concatenate([np.full(len(t), sign) for t, sign in zip(tables, (1.0, -1.0), strict=True)])
    weight = np.concatenate([np.full(len(t), len(x) / 2 / len(t)) for t in tables])

    def loss(fitted: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        margin = y * (x @ fitted)
        slope = -y * weight / (1 + np.exp(margin))
        squares = fitted[1:] @ fitted[1:]
        cost = weight @ np.logaddexp(0, -margin) + PENALTY / 2 * squares
        return float(cost), x.T @ slope + PENALTY * np.concatenate([[0.0], fitted[1:]])

    fitted = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return np.asarray(fitted, float)


if __name__ == "__main__":
    main()
