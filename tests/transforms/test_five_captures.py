"""The five real captures against the truth made for them by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.transforms.readings import ROOT, Reading, labels_of, read, truth_of
from transforms.articles import Story

FOLDER = ROOT.parent / "shared" / "seeds"
TRUTH = FOLDER / "truth.json"
pytestmark = pytest.mark.skipif(
    not TRUTH.exists(), reason="../shared/seeds/truth.json and its five captures are not there"
)
FILES = sorted(truth_of(TRUTH)) if TRUTH.exists() else ["none"]
WIDEST = dt.timedelta(days=366)  # the widest bracket of a story that names its office holders


@pytest.fixture(scope="module")
def together() -> dict[str, Reading]:
    return read(FOLDER)


@pytest.fixture(scope="module")
def alone() -> dict[str, Reading]:
    return read(FOLDER, together=False)


@pytest.mark.parametrize("file", FILES)
def test_every_line_has_its_label(file: str, together: dict[str, Reading]) -> None:
    assert together[file].labels == labels_of(truth_of(TRUTH)[file])


@pytest.mark.parametrize("file", FILES)
def test_labels_do_not_need_the_site(file: str, alone: dict[str, Reading]) -> None:
    assert alone[file].labels == labels_of(truth_of(TRUTH)[file])


@pytest.mark.parametrize("file", FILES)
def test_the_text_is_the_body_and_nothing_else(file: str, together: dict[str, Reading]) -> None:
    reading, truth = together[file], truth_of(TRUTH)[file]
    assert isinstance(reading.ending, Story)
    lines = reading.text.splitlines()
    body = [" ".join(lines[n - 1].split()) for n in sorted(truth["lines"]["body"])]
    assert reading.ending.text == "\n\n".join(body)
    assert reading.ending.title == truth["title"]


@pytest.mark.parametrize("file", FILES)
def test_published_as_printed_or_not_at_all(file: str, together: dict[str, Reading]) -> None:
    dated, truth = together[file].dated, truth_of(TRUTH)[file]
    assert dated is not None
    expected = truth["published"] and dt.datetime.fromisoformat(truth["published"])
    assert dated.published_at == expected
    stamps = [c for c in dated.candidates if c.date_start and c.date_start.year > 2010]
    assert not any(c.kind == "published" or c.is_chosen for c in stamps)


@pytest.mark.parametrize("file", FILES)
def test_the_event_lies_in_its_bracket(file: str, together: dict[str, Reading]) -> None:
    dated = together[file].dated
    event = dt.date.fromisoformat(truth_of(TRUTH)[file]["event_date"])
    assert dated is not None
    assert dated.event_date_start is not None
    assert dated.event_date_end is not None
    assert dated.event_date_start <= event <= dated.event_date_end
    assert dated.event_date_end - dated.event_date_start <= WIDEST
    assert any(c.kind == "event" and c.is_chosen for c in dated.candidates)


@pytest.mark.parametrize("file", FILES)
def test_every_clue_slices_to_its_characters(file: str, together: dict[str, Reading]) -> None:
    reading = together[file]
    assert reading.dated is not None
    assert isinstance(reading.ending, Story)
    for clue in reading.dated.candidates:
        if clue.verbatim is None:
            assert clue.char_start is None
            continue
        sources = {"text": reading.ending.text, "capture": reading.text, "url": reading.raw.url}
        if clue.span_field == "block":
            assert clue.block_index is not None
            sources["block"] = reading.page.blocks[clue.block_index].text
        assert (sources[clue.span_field or ""] or "")[
            clue.char_start : clue.char_end
        ] == clue.verbatim
