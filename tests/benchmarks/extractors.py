"""Extractors that are measured: ours as the flow runs it, and its peers where they are installed.

Every one takes rows of a benchmark (`html` as bytes, `url`) and gives what it made of each page.
"""

from __future__ import annotations

import html
import importlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flows import knowledge
from flows.settings import SEEDS
from tests.benchmarks import wcxb
from transforms import articles, blocks, captures, furniture
from transforms.blocks import Page
from transforms.dates import publication
from transforms.furniture import story
from transforms.furniture.story import Chances
from transforms.tables import Rejection

FOLDS = Path(__file__).resolve().parent / "folds"
STORY = ("body", "crosshead")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extractor made of a page."""

    text: str = ""
    body: str = ""  # without crossheads: `articles.text`; of ours alone
    title: str | None = None
    author: str | None = None
    day: str | None = None


Extractor = Callable[[Sequence[Row]], list[Extract]]


# Ours -----------------------------------------------------------------------------------------


def communique(rows: Sequence[Row]) -> list[Extract]:
    """Our stories of a shard, from bytes on, as the flow takes it and with the weights it ships."""
    pages = [_page(row) for row in rows]
    return _told(rows, pages, story.judge(pages))


def unseen(rows: Sequence[Row]) -> list[Extract]:
    """Our stories by weights that have not seen the domain of the page they are asked about."""
    found: dict[int, Extract] = {}
    for number in range(wcxb.FOLDS):
        some = [i for i, row in enumerate(rows) if wcxb.fold(row) == number]
        pages = [_page(rows[i]) for i in some]
        chances = story.judge(pages, weights(number))
        found.update(zip(some, _told([rows[i] for i in some], pages, chances), strict=True))
    return [found[i] for i in range(len(rows))]


@cache
def weights(fold: int) -> story.Weights:
    """The weights that have not seen the pages of a fold."""

    def rows(name: str) -> list[list[str]]:
        lines = (FOLDS / f"{name}_{fold}.tsv").read_text("utf-8").splitlines()
        return [line.split("\t") for line in lines if not line.startswith("#")]

    return story.weights_of(rows)


def _page(row: Row) -> Page:
    decoded = _decoded(row)
    if isinstance(decoded, Rejection):
        return Page("text/html", None, (), ())
    return blocks.cut(decoded.text, decoded.media_type)


def _decoded(row: Row) -> captures.Decoded | Rejection:
    return captures.decode(captures.RawCapture("page", row["html"], "", row["url"]))


def _told(rows: Sequence[Row], pages: Sequence[Page], chances: Sequence[Chances]) -> list[Extract]:
    return [
        _extract(row, page, furniture.label(page, {}, chances=chance, given_names=_given_names()))
        for row, page, chance in zip(rows, pages, chances, strict=True)
    ]


def _extract(row: Row, page: Page, verdicts: Sequence[furniture.Verdict]) -> Extract:
    told = articles.compose("c_1", "site", row["url"], page, verdicts, _given_names())
    if isinstance(told, Rejection):
        return Extract()
    stated = publication.published(page, row["url"], verdicts)
    return Extract(
        "\n".join(b.text for b, v in zip(page.blocks, verdicts, strict=True) if v.label in STORY),
        told.text,
        told.title,
        told.byline,
        str(stated.moment.day) if stated else None,
    )


@cache
def _given_names() -> frozenset[str]:
    return knowledge.of_folders((SEEDS,)).lexicon.given_names


# Peers ----------------------------------------------------------------------------------------


def _text(row: Row) -> str:
    """The page as markup; of plain text, which peers do not read, each line as a paragraph."""
    decoded = _decoded(row)
    if isinstance(decoded, Rejection):
        return ""
    if decoded.media_type == "text/html":
        return decoded.text
    lines = (f"<p>{html.escape(line)}</p>" for line in decoded.text.split("\n"))
    return f"<html><body>{''.join(lines)}</body></html>"


def _boilerpy3(name: str) -> Callable[[Row], Extract]:
    from boilerpy3 import extractors

    extractor = getattr(extractors, name)(raise_on_failure=False)
    return lambda row: Extract(extractor.get_content(_text(row)))


def _trafilatura() -> Callable[[Row], Extract]:
    trafilatura = importlib.import_module("trafilatura")

    def extract(row: Row) -> Extract:
        found = trafilatura.bare_extraction(_text(row), url=row["url"], with_metadata=True)
        if found is None:
            return Extract()
        return Extract(found.text or "", "", found.title, found.author, found.date)

    return extract


def _readability() -> Callable[[Row], Extract]:
    lxml_html = importlib.import_module("lxml.html")
    readability = importlib.import_module("readability")

    def extract(row: Row) -> Extract:
        document = readability.Document(_text(row))
        content = lxml_html.fromstring(document.summary())
        return Extract(" ".join(content.itertext()), "", document.short_title())

    return extract


def _resiliparse() -> Callable[[Row], Extract]:
    html2text = importlib.import_module("resiliparse.extract.html2text")
    return lambda row: Extract(html2text.extract_plain_text(_text(row), main_content=True))


def _htmldate() -> Callable[[Row], Extract]:
    htmldate = importlib.import_module("htmldate")
    return lambda row: Extract(
        day=htmldate.find_date(_text(row), url=row["url"], original_date=True)
    )


ARTICLE = "boilerpy3 ArticleExtractor"
# By name: the module it needs, and what makes it.
PEERS: Mapping[str, tuple[str, Callable[[], Callable[[Row], Extract]]]] = {
    ARTICLE: ("boilerpy3", lambda: _boilerpy3("ArticleExtractor")),
    "boilerpy3 DefaultExtractor": ("boilerpy3", lambda: _boilerpy3("DefaultExtractor")),
    "boilerpy3 LargestContentExtractor": (
        "boilerpy3",
        lambda: _boilerpy3("LargestContentExtractor"),
    ),
    "trafilatura": ("trafilatura", _trafilatura),
    "readability-lxml": ("readability", _readability),
    "resiliparse": ("resiliparse", _resiliparse),
    "htmldate": ("htmldate", _htmldate),
}
OURS = "communique"


def names() -> Iterator[str]:
    """Ours, then every peer, whether it is installed or not."""
    yield OURS
    yield from PEERS


def is_installed(name: str) -> bool:
    """Whether the extractor can be run here."""
    return name == OURS or importlib.util.find_spec(PEERS[name][0]) is not None


def extractor(name: str) -> Extractor:
    """The extractor of that name; a peer that breaks on a page has found nothing on it."""
    if name == OURS:
        return communique
    extract = PEERS[name][1]()

    def run(rows: Sequence[Row]) -> list[Extract]:
        return [_or_nothing(extract, row) for row in rows]

    return run


def _or_nothing(extract: Callable[[Row], Extract], row: Row) -> Extract:
    try:
        return extract(row)
    except Exception:
        return Extract()
