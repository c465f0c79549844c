"""Pages, stories and names made by hand for the tests of single stages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from transforms.articles import Passage, Story
from transforms.authority import TimelineEvent
from transforms.blocks import Page, PageBlock, cut
from transforms.names import Name

PROSE = (
    "The harbour council voted on Tuesday to close the old northern pier to all ships.",
    "Its chairwoman said that the timber had rotted below the water line for many years.",
    "Fishermen who land their catch there must now sail around the cape to the new dock.",
    "A spokesman for the ferry company called the decision late but right after all.",
)


def line(text: str, **setting: Any) -> PageBlock:
    """A block with a setting of its own; its span is not that of any capture."""
    values: dict[str, Any] = {"char_start": 0, "char_end": len(text), "line": 0} | setting
    return PageBlock(text=text, follows_blank=True, **values)


def page(*parts: str | PageBlock, title: str | None = None) -> Page:
    """A page of these blocks, in order."""
    blocks = tuple(p if isinstance(p, PageBlock) else line(p) for p in parts)
    return Page("text/html", title, (), blocks)


def text_page(text: str) -> Page:
    """A page cut from plain text."""
    return cut(text, "text/plain")


def story(
    *body: str, title: str | None = None, url: str | None = None, place: str | None = None
) -> Story:
    """A story of these paragraphs, its blocks numbered from 1; the title is block 0."""
    passages = [] if title is None else [Passage(0, "title", title, None)]
    position = 0
    for index, text in enumerate(body, start=1):
        passages.append(Passage(index, "body", text, position))
        position += len(text) + 2
    return Story(
        "a_1", "c_1", "north", url, title, None, place, "en", "\n\n".join(body), tuple(passages)
    )


def day(printed: str) -> dt.date:
    """The day of an ISO date."""
    return dt.date.fromisoformat(printed)


def days(printed: str) -> tuple[dt.date, dt.date]:
    """The days from one ISO date to another, ".." between them."""
    start, _, end = printed.partition("..")
    return day(start), day(end or start)


def moment(printed: str) -> dt.datetime:
    """The UTC time of an ISO time."""
    return dt.datetime.fromisoformat(printed).replace(tzinfo=dt.UTC)


def name(story: Story, surface: str, key: str, **more: Any) -> Name:
    """The first place in the story's body where the surface is printed, as a name."""
    passage = next(p for p in story.passages if p.label == "body" and surface in p.text)
    start = passage.text.index(surface)
    values: dict[str, Any] = {
        "office": None, "office_name": None, "holder": None, "entity_type": "person",
        "candidates": (key,), "method": "authority", "is_authority": True, "surname": None,
        "form": "full",
    } | more  # fmt: skip
    return Name(passage.block_index, start, start + len(surface), surface, **values)


def happening(
    timeline_id: str, when: str, terms: str = "", kind: str = "opening", **more: Any
) -> TimelineEvent:
    """A dated event, its days as `days` reads them."""
    values: dict[str, Any] = {"event_type": None, "place_id": None} | more
    values = {"organisations": (), "people": (), "title": timeline_id} | values
    return TimelineEvent(timeline_id, *days(when), kind=kind, terms=terms, **values)
