"""The dates of a whole story: published as stated or not at all, the event as clues leave it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.made import PROSE, day, days, happening, moment, name
from transforms import dates
from transforms.articles import Story, compose
from transforms.authority import Authority, OfficeSpell, TimelineEvent
from transforms.blocks import Page, cut
from transforms.dates import Dated
from transforms.furniture import Verdict, label
from transforms.names import Name

MAYOR = OfficeSpell("ann-lee", "Mayor", None, "Norway", day("1994-01-01"), day("1995-12-31"))
CAPTAIN = OfficeSpell("bo-ek", "Captain", None, "Norway", day("1995-01-01"), day("1996-12-31"))
# On a Tuesday; of a kind that no word of the leads tells, so that it is referred to at most.
PIER = happening("pier", "1995-02-07", "new pier", kind="flood")
AUTHORITY = Authority(offices=(MAYOR, CAPTAIN), timeline=(PIER,))
HOLDERS = {"Ann Lee": ("ann-lee", "Mayor"), "Bo Ek": ("bo-ek", "Captain")}
REST = " ".join(PROSE[1:])
PAGE = """\
<html><head><title>Old pier closed</title>{head}</head><body><h1>Old pier closed</h1>
<p>{line}</p><p>{lead}</p><p>{rest}</p><p>{foot}</p></body></html>
"""


def _read(source: str, url: str | None) -> tuple[Page, tuple[Verdict, ...], Story]:
    page = cut(source, "text/html")
    verdicts = label(page, {})
    story = compose("c_1", "north", url, page, verdicts)
    assert isinstance(story, Story)
    return page, verdicts, story


def _dated(
    lead: str,
    head: str = "",
    line: str = "",
    foot: str = "",
    url: str | None = None,
    captured_at: str | None = None,
    timezone: str | None = None,
    events: tuple[TimelineEvent, ...] = AUTHORITY.timeline,
) -> tuple[Dated, Story, Page, str]:
    source = PAGE.format(head=head, line=line, lead=lead, rest=REST, foot=foot)
    page, verdicts, story = _read(source, url)
    named: list[Name] = [
        name(story, surface, key, office_name=office)
        for surface, (key, office) in HOLDERS.items()
        if surface in story.text
    ]
    calendar = dates.build(Authority(offices=AUTHORITY.offices, timeline=events))
    collected = moment(captured_at) if captured_at else None
    dated = dates.date(
        story, page, verdicts, named, calendar, collected, dates.SiteCustoms(timezone)
    )
    return dated, story, page, source


LEAD = "The council of the harbour voted to close the old pier to ships of all kinds."


# Publication ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "at", "precision"),
    [
        ({"line": "Tuesday, 4 May, 1999, 15:40 GMT"}, "1999-05-04T15:40", "minute"),
        ({"line": "4 May 1999"}, "1999-05-04", "day"),
        ({"head": '<meta name="date" content="1999-05-04T15:40Z">'}, "1999-05-04T15:40", "minute"),
        ({"head": '<meta name="pubdate" content="1999-05-04">'}, "1999-05-04", "day"),
        ({"url": "http://a.example/1999/05/04/pier"}, "1999-05-04", "day"),
        ({"line": "4 May 1999, 15:40", "timezone": "Europe/Oslo"}, "1999-05-04T13:40", "minute"),
        ({"line": "4 May 1999, 15:40"}, "1999-05-04", "day"),
    ],
)
def test_published_as_stated(where: dict[str, str], at: str, precision: str) -> None:
    dated, *_ = _dated(LEAD, **where)  # type: ignore[arg-type]
    assert (dated.published_at, dated.published_precision) == (moment(at), precision)
    (chosen,) = [c for c in dated.candidates if c.kind == "published" and c.is_chosen]
    assert chosen.method == dated.published_method
    assert dated.bracket == (moment(at).date(), moment(at).date())


@pytest.mark.parametrize(
    "where",
    [
        {"foot": "Last updated: 07/08/2015"},
        {"foot": "Copyright 4 May 1999 The Herald"},
        {"head": '<meta name="last-modified" content="1999-05-04">'},
        {"line": "03/04/1999"},  # of March or of April
        {"line": "4 May 1999", "captured_at": "1999-05-02"},
    ],
)
def test_not_published_by_a_date_of_the_site(where: dict[str, str]) -> None:
    dated, *_ = _dated(LEAD, **where)  # type: ignore[arg-type]
    assert (dated.published_at, dated.published_precision, dated.published_method) == (None,) * 3
    assert not any(c.is_chosen for c in dated.candidates)
    assert all(c.reason for c in dated.candidates)


def test_a_printed_date_stands_against_office_holders_of_another_time() -> None:
    lead = "Mayor Ann Lee and Captain Bo Ek agreed to close the old pier to ships of all kinds."
    dated, *_ = _dated(lead, line="4 May 2003")
    assert dated.published_at == moment("2003-05-04")
    against = [c for c in dated.candidates if c.method == "tenure"]
    assert against
    assert all("contradicts the printed date" in c.reason for c in against)
    assert _dated(lead, line="4 May 1995")[0].published_at == moment("1995-05-04")


# Event ----------------------------------------------------------------------------------------


def test_a_dated_story_tells_its_day_by_the_weekday() -> None:
    dated, story, *_ = _dated("The pier closed on Tuesday, as all had feared.", line="6 May 1999")
    assert (dated.event_date_start, dated.event_date_end) == days("1999-05-04..1999-05-04")
    assert (dated.event_date_precision, dated.event_date_method) == ("day", "weekday")
    (clue,) = [c for c in dated.candidates if c.method == "weekday"]
    assert (clue.span_field, clue.verbatim) == ("text", "Tuesday")
    assert story.text[clue.char_start : clue.char_end] == "Tuesday"


def test_office_holders_bracket_an_undated_story() -> None:
    dated, *_ = _dated("Mayor Ann Lee and Captain Bo Ek agreed to close the old pier for good.")
    assert (dated.event_date_start, dated.event_date_end) == days("1995-01-01..1995-12-31")
    assert (dated.event_date_precision, dated.event_date_method) == ("bracket", "tenure")
    assert dated.bracket == (dated.event_date_start, dated.event_date_end)


def test_the_weekday_narrows_the_bracket() -> None:
    dated, *_ = _dated("Mayor Ann Lee and Captain Bo Ek agreed on Tuesday to close the old pier.")
    # The first and the last Tuesday of 1995.
    assert (dated.event_date_start, dated.event_date_end) == days("1995-01-03..1995-12-26")
    assert dated.event_date_method == "tenure+weekday"


def test_a_reference_narrows_the_bracket() -> None:
    lead = "Mayor Ann Lee closed the old pier to ships, two weeks after the new pier opened."
    dated, *_ = _dated(lead)
    assert (dated.event_date_start, dated.event_date_end) == days("1995-02-17..1995-02-25")
    assert dated.event_date_method == "relative_count+tenure"


def test_the_event_of_the_timeline_is_the_day() -> None:
    lead = "Mayor Ann Lee opened the new pier on Tuesday, and Captain Bo Ek sailed past it."
    event = happening("pier", "1995-02-07", "new pier & opened", people=("ann-lee", "bo-ek"))
    dated, *_ = _dated(lead, events=(event,))
    assert (dated.event_date_start, dated.event_date_end) == days("1995-02-07")
    assert dated.event_date_precision == "day"
    assert "timeline_event" in (dated.event_date_method or "").split("+")


def test_the_capture_bounds_an_open_bracket() -> None:
    lead = "Long after the new pier had opened, the council closed the old pier to all ships."
    dated, *_ = _dated(lead, captured_at="1999-05-04")
    assert (dated.event_date_start, dated.event_date_end) == days("1995-02-07..1999-05-04")
    assert "capture_time" in (dated.event_date_method or "")
    open_end, *_ = _dated(lead)
    assert (open_end.event_date_start, open_end.event_date_end) == (day("1995-02-07"), None)


def test_without_clues_nothing_is_known() -> None:
    dated, *_ = _dated(LEAD)
    assert dated == Dated(None, None, None, None, None, None, None, ())
    assert dated.bracket == (None, None)


# Laws -----------------------------------------------------------------------------------------

LEADS = st.lists(
    st.sampled_from(
        ["Mayor Ann Lee", "Captain Bo Ek", "opened", "the new pier", "on Tuesday", "last week",
         "two weeks ago", "in 1995", "4 May 1999", "will", "was", "May 4 --", "OSLO,", ".", ","]
    ),
    min_size=3,
    max_size=14,
).map(" ".join)  # fmt: skip
LINES = st.sampled_from(["", "4 May 1999", "Tuesday, 4 May 1995, 15:40 GMT", "03/04/1999", "May"])
HEADS = st.sampled_from(["", "<meta name=date content='1995-05-04'>", "<time datetime=1999>"])


@given(LEADS, LINES, HEADS, st.sampled_from([None, "1996-01-01"]))
def test_every_date_rests_on_a_clue_that_slices(
    lead: str, line: str, head: str, captured_at: str | None
) -> None:
    dated, story, page, source = _dated(lead + " " + LEAD, head, line, captured_at=captured_at)
    start, end = dated.event_date_start, dated.event_date_end
    assert start is None or end is None or start <= end
    assert (dated.event_date_precision == "day") == (start is not None and start == end)
    assert [c.candidate_index for c in dated.candidates] == list(range(len(dated.candidates)))
    published = [c for c in dated.candidates if c.kind == "published" and c.is_chosen]
    assert len(published) == (dated.published_at is not None)
    if start or end:
        assert any(c.kind == "event" and c.is_chosen for c in dated.candidates)
    for clue in dated.candidates:
        assert clue.reason
        if clue.verbatim is not None:
            texts = {"text": story.text, "capture": source}
            if clue.block_index is not None:
                texts["block"] = page.blocks[clue.block_index].text
            assert texts[clue.span_field or ""][clue.char_start : clue.char_end] == clue.verbatim
