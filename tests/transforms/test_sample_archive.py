"""The sample archive against its truth: labels, dates, and captures that are no story."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.transforms.readings import SEEDS, Reading, labels_of, read, truth_of
from transforms.articles import Story
from transforms.tables import Rejection

CAPTURES = SEEDS / "captures"
TRUTH = truth_of(SEEDS / "truth" / "truth.json")
STORIES = sorted(file for file, truth in TRUTH.items() if "rejected" not in truth)
REASONS = {"empty": "empty", "not text": "not_text", "no story": "no_story"}


@pytest.fixture(scope="module")
def archive() -> dict[str, Reading]:
    return read(CAPTURES)


def test_truth_and_archive_hold_the_same_captures(archive: dict[str, Reading]) -> None:
    assert sorted(archive) == sorted(TRUTH)


@pytest.mark.parametrize("file", sorted(TRUTH))
def test_every_line_has_its_label(file: str, archive: dict[str, Reading]) -> None:
    assert archive[file].labels == labels_of(TRUTH[file])


@pytest.mark.parametrize("file", sorted({*TRUTH} - {*STORIES}))
def test_what_is_no_story_is_rejected(file: str, archive: dict[str, Reading]) -> None:
    ending = archive[file].ending
    assert isinstance(ending, Rejection)
    assert ending.reason == REASONS[TRUTH[file]["rejected"]]


@pytest.mark.parametrize("file", STORIES)
def test_title(file: str, archive: dict[str, Reading]) -> None:
    ending = archive[file].ending
    assert isinstance(ending, Story)
    assert ending.title == TRUTH[file]["title"]


@pytest.mark.parametrize("file", STORIES)
def test_published_as_printed_or_not_at_all(file: str, archive: dict[str, Reading]) -> None:
    dated, printed = archive[file].dated, TRUTH[file]["published"]
    assert dated is not None
    if printed is None:
        assert (dated.published_at, dated.published_precision) == (None, None)
    else:
        assert dated.published_precision == ("minute" if "T" in printed else "day")
        stamp = dt.datetime.fromisoformat(printed)
        assert dated.published_at == (stamp if stamp.tzinfo else stamp.replace(tzinfo=dt.UTC))


@pytest.mark.parametrize("file", STORIES)
def test_the_event_lies_in_its_bracket(file: str, archive: dict[str, Reading]) -> None:
    dated = archive[file].dated
    assert dated is not None
    assert dated.event_date_start is not None
    assert dated.event_date_end is not None
    event = dt.date.fromisoformat(TRUTH[file]["event_date"])
    assert dated.event_date_start <= event <= dated.event_date_end


@pytest.mark.parametrize("file", STORIES)
def test_every_clue_slices_to_its_characters(file: str, archive: dict[str, Reading]) -> None:
    reading = archive[file]
    assert isinstance(reading.ending, Story)
    assert reading.dated is not None
    for clue in reading.dated.candidates:
        if clue.verbatim is None:
            assert clue.char_start is None
            continue
        sources = {"text": reading.ending.text, "capture": reading.text, "url": reading.ending.url}
        if clue.block_index is not None:
            sources["block"] = reading.page.blocks[clue.block_index].text
        source = sources[clue.span_field or ""]
        assert source is not None
        assert source[clue.char_start : clue.char_end] == clue.verbatim
