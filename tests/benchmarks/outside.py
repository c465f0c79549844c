"""Names on pages outside the subject: people of the reference tables where nobody means them.

    python -m tests.benchmarks.outside             # the table
    python -m tests.benchmarks.outside --listed    # and every such mention

A mention counts as false if it takes a person of the tables though the page prints neither the
full name nor an office with the surname. Pages of ECB+ on American rules of 2009 rightly mean
the president by "Bush": they count too, so its share is an upper bound.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyarrow.parquet as pq

from flows.sources import read_authority
from tests.benchmarks import ecbplus
from tests.benchmarks.names import SEEDS, passages_of
from transforms import ids, names
from transforms.articles import Passage
from transforms.names.resolution import Bracket

FOLDER = ecbplus.SHARED / "benchmarks"
WCXB = FOLDER / "wcxb_articles_dev.parquet"
WEB_2012 = FOLDER / "web_articles_2012_dev.parquet"
AROUND = 40
Page = tuple[list[Passage], Bracket]


@dataclass(frozen=True, slots=True)
class Outside:
    """Of how many mentions of a collection how many take a person whom the page does not name."""

    mention_count: int
    false: tuple[str, ...]

    @property
    def share(self) -> float:
        """The false mentions among all."""
        return len(self.false) / max(1, self.mention_count)


def of_pages(pages: Iterable[Page]) -> Outside:
    """The figures of these pages."""
    lexicon = _lexicon()
    people = {ids.entity_id("person", key): person for key, person in lexicon.people.items()}
    count, false = 0, []
    for passages, bracket in pages:
        printed = names.find(passages, lexicon)
        texts = {p.block_index: p.text for p in passages}
        page = " ".join(texts.values()).casefold()
        for name, mention in zip(
            printed, names.resolve("a", printed, passages, bracket, lexicon), strict=True
        ):
            count += 1
            person = people.get(mention.entity_id or "")
            if person is None or name.form == "full" or name.office_name is not None:
                continue
            if person.name.casefold() not in page:
                start = max(0, mention.block_start - AROUND)
                around = texts[mention.block_index][start : mention.block_start + AROUND]
                false.append(f"{mention.surface} = {person.name} [{mention.method}] in {around!r}")
    return Outside(count, tuple(false))


@cache
def _lexicon() -> names.Lexicon:
    return names.build(read_authority([SEEDS]))


def wcxb() -> Iterator[Page]:
    """The stories of the Web Content eXtraction Benchmark, with their printed day."""
    for row in pq.read_table(WCXB, columns=["main_content", "title", "publish_date"]).to_pylist():
        day = _day(row["publish_date"])
        yield _passages(row["main_content"], row["title"]), (day, day)


def web_2012() -> Iterator[Page]:
    """The stories and posts of about 2012; their days are not known."""
    for row in pq.read_table(WEB_2012, columns=["main_content"]).to_pylist():
        yield _passages(row["main_content"], None), (None, None)


def ecb_plus() -> Iterator[Page]:
    """The news reports of ECB+, topics 1 to 25."""
    for report in ecbplus.ecb_plus():
        yield passages_of(report), (None, None)


COLLECTIONS: dict[str, Callable[[], Iterator[Page]]] = {
    "WCXB articles": wcxb,
    "web pages of 2012": web_2012,
    "ECB+": ecb_plus,
}


def _day(printed: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((printed or "")[:10])
    except ValueError:
        return None


def _passages(text: str | None, title: str | None) -> list[Passage]:
    passages = [Passage(0, "title", title, None)] if title else []
    start = 0
    for index, line in enumerate((text or "").split("\n"), start=1):
        if line.strip():
            passages.append(Passage(index, "body", line, start))
        start += len(line) + 1
    return passages


def main() -> None:
    """Prints the table."""
    print("| mentions on pages outside the subject | false people of the tables | share |")
    print("|---|---|---|")
    listed: list[str] = []
    for title, pages in COLLECTIONS.items():
        found = of_pages(pages())
        listed += found.false
        print(f"| {title}: {found.mention_count} | {len(found.false)} | {found.share:.4f} |")
    if "--listed" in sys.argv:
        print(*listed, sep="\n")


if __name__ == "__main__":
    main()
