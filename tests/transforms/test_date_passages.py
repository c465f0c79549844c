"""Dates read from short passages written for the project: tests/passages/dates*.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from flows import sources
from tests.transforms.readings import SEEDS
from transforms import blocks, dates, furniture, names
from transforms.articles import Passage, Story, dateline_place
from transforms.authority import Authority, TimelineEvent
from transforms.blocks import Page, PageBlock
from transforms.dates import publication
from transforms.dates.printed import Customs, moments
from transforms.furniture import Verdict
from transforms.names.lexicon import Lexicon

FOLDER = Path(__file__).resolve().parents[1] / "passages"
PASSAGES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (FOLDER / "dates.toml").read_text("utf-8")
)
OPENINGS: list[dict[str, Any]] = tomllib.loads((FOLDER / "dates_openings.toml").read_text("utf-8"))[
    "opening"
]


def _named(row: dict[str, Any]) -> str:
    told = row.get("why") or row["text"]
    return told if isinstance(told, str) else str(told[0])


def _printed(at: dt.datetime, precision: str) -> str:
    return at.isoformat()[: 16 if precision == "minute" else 10]


def test_there_are_enough_passages() -> None:
    assert sum(len(PASSAGES[kind]) for kind in ("printed", "page", "story")) >= 60


@pytest.mark.parametrize("row", PASSAGES["printed"], ids=_named)
def test_dates_in_a_text(row: dict[str, Any]) -> None:
    customs = Customs(row.get("timezone"), row.get("month_first"), row.get("years", ()))
    found = list(moments(row["text"], customs=customs))
    assert [_printed(m.at, m.precision) for m in found] == row["moments"]
    assert all(0 <= m.char_start < m.char_end <= len(row["text"]) for m in found)
    assert all(row["text"][m.char_start : m.char_end].strip() for m in found)


@pytest.mark.parametrize("row", PASSAGES["page"], ids=_named)
def test_what_a_page_states_of_its_publication(row: dict[str, Any]) -> None:
    page = blocks.cut(row["html"], "text/html")
    found = publication.published(page, row.get("url"), furniture.label(page, {}))
    assert (_printed(found.moment.at, found.moment.precision) if found else None) == row.get(
        "published"
    )
    if found is not None:
        texts = {
            "capture": row["html"],
            "url": row.get("url", ""),
            "block": page.blocks[found.block_index or 0].text,
        }
        span = texts[found.span_field][found.moment.char_start : found.moment.char_end]
        assert span == found.verbatim


@pytest.mark.parametrize("row", PASSAGES["story"], ids=_named)
def test_the_days_of_a_story(row: dict[str, Any], authority: Authority, lexicon: Lexicon) -> None:
    calendar = dates.build(replace(authority, timeline=tuple(map(_event, PASSAGES["event"]))))
    story, page, verdicts = _story(row["text"], row.get("published"), row.get("place"))
    printed = names.find(story.passages, lexicon)
    found = dates.date(story, page, verdicts, printed, calendar)
    bracket = [str(d) if d else ".." for d in (found.event_date_start, found.event_date_end)]
    assert bracket == row.get("event", ["..", ".."])
    for clue in found.candidates:
        if clue.span_field == "text":
            assert story.text[clue.char_start : clue.char_end] == clue.verbatim
        assert clue.reason


def test_contradictory_clues_are_kept_and_the_choice_is_explained(
    authority: Authority, lexicon: Lexicon
) -> None:
    calendar = dates.build(replace(authority, timeline=tuple(map(_event, PASSAGES["event"]))))
    text = [
        "Foreign Minister Andrei Kozyrev and Defence Minister Volker Rühe of Germany shook hands.",
        "The harbour pact was concluded last month, and nothing has been built.",
    ]
    story, page, verdicts = _story(text, None, None)
    found = dates.date(story, page, verdicts, names.find(story.passages, lexicon), calendar)
    assert found.event_date_end == dt.date(1996, 1, 5)  # Kozyrev left office
    (against,) = (c for c in found.candidates if not c.is_chosen)
    assert (against.method, against.verbatim) == ("relative_period", "last month")
    assert "cannot be of" in (against.reason or "")
    assert '"Volker Rühe" (tenure)' in (against.reason or "")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("HELSINKI, Finland, June 21, 1999 - The ministers settled it late on June 18.", None),
        ("HELSINKI, June 21 (Wire) - The ministers settled it late on Friday.", "1999-06-22"),
        ("HELSINKI, June 21 (Wire) - The ministers settled it yesterday.", "1999-06-21"),
    ],
)
def test_every_chosen_clue_contains_the_bracket(
    text: str, published: str | None, authority: Authority, lexicon: Lexicon
) -> None:
    calendar = dates.build(authority)
    story, page, verdicts = _story([text, "NATO chief Javier Solana saw it."], published, None)
    printed = names.find(story.passages, lexicon)
    found = dates.date(story, page, verdicts, printed, calendar)
    chosen = [c for c in found.candidates if c.is_chosen and c.kind == "event"]
    assert chosen
    for clue in chosen:
        assert (clue.date_start or dt.date.min) <= (found.event_date_start or dt.date.min)
        assert (found.event_date_end or dt.date.max) <= (clue.date_end or dt.date.max)


@cache
def _reference() -> tuple[Lexicon, dates.Calendar]:
    """The reference tables that are released: the openings are of real events."""
    authority = sources.read_authority((SEEDS,))
    return names.build(authority), dates.build(authority)


@pytest.mark.parametrize("row", OPENINGS, ids=_named)
def test_the_day_of_a_news_story(row: dict[str, Any]) -> None:
    lexicon, calendar = _reference()
    place = dateline_place(row["text"][0])
    story, page, verdicts = _story(row["text"], row.get("published"), place)
    printed = names.find(story.passages, lexicon)
    found = dates.date(story, page, verdicts, printed, calendar)
    start, end = found.event_date_start, found.event_date_end
    assert start is not None or end is not None
    assert (start or row["day"]) <= row["day"] <= (end or row["day"])
    if not row.get("is_wide"):
        assert start is not None
        assert end is not None
        assert (end - start).days + 1 <= row.get("days", 1)


def test_the_openings_are_many_and_most_are_told_to_the_day() -> None:
    wide = sum(row.get("is_wide", False) or row.get("days", 1) > 1 for row in OPENINGS)
    assert len(OPENINGS) >= 30
    assert wide <= len(OPENINGS) / 4


def _event(row: dict[str, Any]) -> TimelineEvent:
    return TimelineEvent(
        row["id"],
        row["start"],
        row.get("end", row["start"]),
        row["id"],
        row["kind"],
        None,
        row.get("place"),
        (),
        tuple(row.get("people", ())),
        row["terms"],
    )


def _story(
    paragraphs: list[str], published: str | None, place: str | None
) -> tuple[Story, Page, tuple[Verdict, ...]]:
    lines = [("title", "A headline")]
    if published:
        lines.append(
            ("dateline", published.replace("T", " ") + (" GMT" if "T" in published else ""))
        )
    lines += [("body", text) for text in paragraphs]
    page = Page(
        "text/plain",
        None,
        (),
        tuple(PageBlock(i, i + 1, text, i, True) for i, (_, text) in enumerate(lines)),
    )
    passages, position = [], 0
    for index, (label, text) in enumerate(lines):
        if label != "dateline":
            start = position if label == "body" else None
            passages.append(Passage(index, label, text, start))
            position += len(text) + 2 if label == "body" else 0
    story = Story(
        "a_1", "c_1", "site", None, "A headline", None, place, "en",
        "\n\n".join(paragraphs), tuple(passages),
    )  # fmt: skip
    return story, page, tuple(Verdict(label, "test", 0.0) for label, _ in lines)
