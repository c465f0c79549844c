"""Previews and analyses are told from reports, with the words that say so."""

from __future__ import annotations

import datetime as dt

import pytest

from transforms import report_kinds
from transforms.articles import Story
from transforms.dates import Dated


def story(text: str, title: str | None = None, **told: str) -> Story:
    return Story("a_1", "c_1", "x.example", told.get("url"), title, None, None, "en", text, ())


def dated(published: str | None = None, event: str | None = None) -> Dated:
    at = dt.datetime.fromisoformat(f"{published}T00:00+00:00") if published else None
    day = dt.date.fromisoformat(event) if event else None
    return Dated(at, "day" if at else None, None, day, day, "day" if day else None, None, ())


@pytest.mark.parametrize(
    ("kind", "title", "text"),
    [
        ("preview", "Ministers to Meet on Pier",
         "The ministers of four states are to meet in Tunvik on Friday to settle who pays."),
        ("preview", "Minister leaves for Tunvik",
         "Eva Solheim is leaving for Tunvik to attend a session of the coast council. The session "
         "will look at the cost of the pier."),
        ("report", "Ministers settle cost of pier",
         "The ministers of four states agreed in Tunvik on Friday who pays. Work begins in May."),
        ("report", "Council to have chair",
         "The states of the coast have struck a deal under which the council will have a chair."),
        ("report", None, "Fire destroyed the pier late on Monday. Nobody was hurt."),
        ("analysis", "Analysis: What the pier means", "The pier stands for more than planks."),
        ("analysis", "A pier too far",
         "I have never liked the pier, and I say so. Perhaps the question is what I would put in "
         "its place? Of course nobody asked me. What would my neighbours say? Indeed, after all."),
    ],
)  # fmt: skip
def test_the_kind_of_a_report(kind: str, title: str | None, text: str) -> None:
    found = report_kinds.judge(story(text, title), dated())
    assert (found.report_kind, bool(found.evidence)) == (kind, True)


def test_an_event_after_the_day_of_publication_is_a_preview() -> None:
    found = report_kinds.judge(story("The session at Tunvik."), dated("1997-05-01", "1997-05-03"))
    assert found.report_kind == "preview"
    assert "1997-05-03" in found.evidence


def test_a_label_above_the_story_or_in_the_address_makes_an_analysis() -> None:
    plain = story("The pier stands for more than planks.")
    assert report_kinds.judge(plain, dated(), "NEWS ANALYSIS").report_kind == "analysis"
    addressed = story(plain.text, url="http://x.example/opinion/pier.html")
    assert report_kinds.judge(addressed, dated()).report_kind == "analysis"
    assert report_kinds.judge(plain, dated(), "Comment on this story").report_kind == "report"
