"""WCXB: article pages with their true text, cut into blocks that are told story from the rest."""

from __future__ import annotations

import hashlib
import re
import statistics
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from transforms import blocks, captures
from transforms.blocks.pages import Page

BENCHMARKS = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks"
PAGES = BENCHMARKS / "wcxb_articles_dev.parquet"
WORD = re.compile(r"\w+")
GRAM = 4
FOLDS = 3
BATCH = 50


@dataclass(frozen=True, slots=True)
class Sample:
    """One page of the collection."""

    row: dict[str, Any]
    page: Page
    fold: int


def rows(every: int = 1) -> list[dict[str, Any]]:
    """Every n-th page of the development articles that has a reference text."""
    return [row for shard in shards(PAGES, 1_000, every) for row in shard if row["main_content"]]


def shards(path: Path, size: int, every: int = 1) -> Iterator[list[dict[str, Any]]]:
    """Every n-th page of a file, so many at a time, so that none is held for long."""
    shard: list[dict[str, Any]] = []
    at = 0
    for batch in pq.ParquetFile(path).iter_batches(BATCH):
        wanted = pa.array(range(-at % every, len(batch), every), pa.int64())
        at += len(batch)
        shard += batch.take(wanted).to_pylist()
        while len(shard) >= size:
            yield shard[:size]
            shard = shard[size:]
    if shard:
        yield shard


def sample(row: dict[str, Any], is_plain: bool = False) -> Sample:
    """The page cut into blocks; as plain text, its visible blocks one a line."""
    decoded = captures.decode(captures.RawCapture(row["file_id"], row["html"], "", row["url"]))
    page = Page("text/html", None, (), ())
    if isinstance(decoded, captures.Decoded):
        page = blocks.cut(decoded.text, "text/html")
    if is_plain:
        page = blocks.cut("\n".join(b.text for b in page.blocks), "text/plain")
    return Sample(row, page, fold(row))


def fold(row: Mapping[str, Any]) -> int:
    """The fold of a page: the same for all pages of a domain."""
    return int(hashlib.sha256(domain(row).encode()).hexdigest(), 16) % FOLDS


def domain(row: Mapping[str, Any]) -> str:
    """The domain of a page, or its name where it has no address."""
    host = urlsplit(row["url"]).hostname if row["url"] else None
    return str(host or row["file_id"]).removeprefix("www.")


def word_f1(found: str, true: str) -> float:
    """Word F1 as the collection defines it: words as multisets; 0 for an empty extraction."""
    return f1(Counter(WORD.findall(found.lower())), Counter(WORD.findall(true.lower())))


def f1(found: Counter[str], true: Counter[str]) -> float:
    """F1 of two multisets."""
    both = (found & true).total()
    return 2 * both / (found.total() + true.total()) if both else 0.0


def is_story(texts: Sequence[str], reference: str) -> list[bool]:
    """Which blocks the reference text prints.

    Longer blocks by their runs of four words; copies as often as the reference has them, those
    amid other story first; short blocks where they stand between their neighbours.
    """
    tokens = [WORD.findall(t.lower()) for t in texts]
    true = WORD.findall(reference.lower())
    grams: dict[tuple[str, ...], int] = {}
    for at in range(len(true) - GRAM, -1, -1):
        grams[tuple(true[at : at + GRAM])] = at
    places = [_place(t, grams) for t in tokens]
    _drop_copies(tokens, places, f" {' '.join(true)} ")
    return _with_short(tokens, places, true)


def _place(words: list[str], grams: dict[tuple[str, ...], int]) -> int | None:
    """Where in the reference a longer block begins; None for one it does not print."""
    own = [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
    held = [grams[g] for g in own if g in grams]
    return held[0] if len(words) > GRAM and len(held) >= 0.5 * len(own) else None


def _drop_copies(tokens: list[list[str]], places: list[int | None], reference: str) -> None:
    copies: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, place in enumerate(places):
        if place is not None:
            copies[tuple(tokens[index])].append(index)
    single = [v[0] for v in copies.values() if len(v) == 1]
    middle = statistics.median(single) if single else 0
    for words, held in copies.items():
        allowed = max(1, reference.count(f" {' '.join(words)} "))
        for index in sorted(held, key=lambda i: (abs(i - middle), i))[allowed:]:
            places[index] = None


def _with_short(tokens: list[list[str]], places: list[int | None], true: list[str]) -> list[bool]:
    offsets = [0]
    for word in true:
        offsets.append(offsets[-1] + len(word) + 1)
    reference = f" {' '.join(true)} "
    long = [i for i, place in enumerate(places) if place is not None]
    found = [place is not None for place in places]
    last = 0
    for index, words in enumerate(tokens):
        place = places[index]
        if place is not None:
            last = max(last, offsets[place])
            continue
        if not words or len(words) > GRAM or not long:
            continue
        k = bisect_left(long, index)
        low = offsets[places[long[k - 1]] or 0] if k else 0
        high = offsets[places[long[k]] or 0] if k < len(long) else len(reference)
        at = reference.find(f" {' '.join(words)} ", max(low, last - 1), high + 2)
        distance = min(abs(index - long[j]) for j in (max(k - 1, 0), min(k, len(long) - 1)))
        if at >= 0 and distance <= 8 + 4 * len(words):
            found[index] = True
            last = at + sum(map(len, words)) + len(words)
    return found
