"""Texts made by a seeded generator, with copies of known kinds among them.

Words follow Zipf's law, as in print, and every site puts its stock phrases under its stories:
so texts that have nothing to do with each other share some 3-grams, as they do in an archive.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

# Shares of the texts; the others are written on their own.
SHARE_OF = {"identical": 0.05, "edited": 0.15, "truncated": 0.1, "new head": 0.1}
VOCABULARY = 20_000
STOCK_PHRASES = 400
WORD_COUNT = (180, 340)
RECENT = 5_000


@dataclass(frozen=True, slots=True)
class Text:
    """One text; `source` is the number of the text it was copied from, and `kind` how."""

    words: tuple[str, ...]
    source: int | None = None
    kind: str | None = None


class _Writer:
    """Writes words as they fall in print: a few common ones, many rare ones."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.vocabulary = [self._word() for _ in range(VOCABULARY)]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def written(self, count: int) -> list[str]:
        """So many words."""
        return self.rng.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def copied(self, body: list[str], kind: str) -> list[str]:
        """The words as a copy of that kind prints them."""
        rng = self.rng
        if kind == "edited":
            for _ in range(rng.randint(1, max(1, len(body) // 25))):
                place = rng.randrange(len(body))
                body[place : place + rng.randint(0, 2)] = self.written(rng.randint(0, 2))
        elif kind == "truncated":
            body = body[: int(len(body) * rng.uniform(0.35, 0.8))]
        elif kind == "new head":
            body = self.written(rng.randint(40, 160)) + body
        return body

    def _word(self) -> str:
        count = self.rng.choices((1, 2, 3, 4), (4, 5, 3, 1))[0]
        return "".join(
            self.rng.choice("bcdfghklmnprstvw") + self.rng.choice("aeiou") for _ in range(count)
        )


def texts(count: int, seed: int = 1994) -> Iterator[Text]:
    """So many texts, the first ones the same whatever the count."""
    rng = random.Random(seed)
    writer = _Writer(rng)
    stock = [writer.written(20) for _ in range(STOCK_PHRASES)]
    # Copies are made of stories of these days, as wire copy is.
    originals: deque[tuple[int, tuple[str, ...]]] = deque(maxlen=RECENT)
    for number in range(count):
        kind = rng.choices((None, *SHARE_OF), (1 - sum(SHARE_OF.values()), *SHARE_OF.values()))[0]
        if kind is None or not originals:
            body = (*writer.written(rng.randint(*WORD_COUNT)), *rng.choice(stock))
            originals.append((number, body))
            yield Text(body)
        else:
            source, whole = originals[rng.randrange(len(originals))]
            yield Text(tuple(writer.copied(list(whole), kind)), source, kind)
