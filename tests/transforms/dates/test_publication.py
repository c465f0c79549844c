"""Publication dates of any page: nothing raises, every span slices, the order of kinds holds."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import blocks, furniture
from transforms.articles import compose
from transforms.authority import Authority
from transforms.blocks import Page
from transforms.dates import build, date, publication
from transforms.dates.printed import moments
from transforms.tables import Rejection

PROSE = (
    "The ferry left the harbour at noon after eleven months in the dock, and the captain, who had "
    "waited longest of all, waved to the town from the bridge with both hands while it rained."
)
ADDRESS = "http://x/1996/05/03/"
PIECES = st.sampled_from(
    [
        "3 May 1996", "1996-05-03T10:00:00+14:00", "31.02.2001", "0000-00-00", "9999-12-31",
        "May 99, 1996", "2001年13月45日", "24.11.97", "03/04/1999", "Updated:", "Posted on",
        "12:61", "25:00 GMT", "1 year ago", "the 50th anniversary of", "last summer", "©",
        '<meta name="date" content="', '<meta name="published_time" content="1996-05-03">',
        '<time datetime="', "<time datetime=1999-12-31T23:59:60Z>",
        '<script type="application/ld+json">{"datePublished": "1996-05-03"', "</script>",
        '{"@type": ["x", 3], "datePublished": ["1996"]}', "[[[[[[", '"', ">", "<p>", "</p>", "<h1>",
        "<div class='post-date'>", "</div>", PROSE, "٣ مايو ١٩٩٦", "１９９６-０５-０３", "\x00",
    ]
)  # fmt: skip


def _page(html: str) -> tuple[Page, tuple[furniture.Verdict, ...]]:
    page = blocks.cut(html, "text/html")
    return page, furniture.label(page, {})


@settings(max_examples=150, deadline=None)
@given(
    pieces=st.lists(PIECES | st.text(max_size=20), max_size=20), joint=st.sampled_from(["", " "])
)
def test_no_page_breaks_it_and_every_span_slices(pieces: list[str], joint: str) -> None:
    html = joint.join(pieces)
    page, verdicts = _page(html)
    tokyo = publication.SiteCustoms("Asia/Tokyo")
    for statement in publication.printed_dates(page, ADDRESS, verdicts, tokyo):
        whole = {
            "capture": html,
            "url": ADDRESS,
            "block": page.blocks[statement.block_index or 0].text if page.blocks else "",
        }[statement.span_field]
        moment = statement.moment
        assert whole[moment.char_start : moment.char_end] == statement.verbatim
        assert moment.at.tzinfo == dt.UTC
        assert moment.first or abs(moment.at.date() - moment.day) <= dt.timedelta(days=1)
    assert publication.published(page, None, verdicts) == publication.published(
        page, None, verdicts
    )


@settings(max_examples=100, deadline=None)
@given(pieces=st.lists(PIECES, max_size=12))
def test_no_story_breaks_the_stage(pieces: list[str]) -> None:
    page, verdicts = _page(f"<h1>Ferry sails</h1><p>{' '.join(pieces)}</p><p>{PROSE}</p>")
    story = compose("c_1", "site", None, page, verdicts)
    if not isinstance(story, Rejection):
        found = date(story, page, verdicts, (), build(Authority()))
        assert [c.candidate_index for c in found.candidates] == list(range(len(found.candidates)))


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="0123456789-/.: ,TZMayOct年月日°ſK", max_size=40))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    for moment in moments(text):
        assert text[moment.char_start : moment.char_end].strip()


def test_the_capture_bounds_what_a_page_may_state() -> None:
    page, verdicts = _page(f"<h1>Ferry sails</h1><div>3 May 2096</div><p>{PROSE}</p>")
    captured = dt.datetime(1996, 5, 4, tzinfo=dt.UTC)
    assert publication.published(page, None, verdicts, captured_at=captured) is None
    assert publication.published(page, None, verdicts) is not None


@pytest.mark.parametrize(
    ("head", "line", "url", "method"),
    [
        ('<meta name="pubdate" content="1996-05-03">', "3 May 1996", None, "date_line"),
        ('<meta name="pubdate" content="1996-05-03">', "", None, "meta:pubdate"),
        ('<meta name="pubdate" content="1996-05-02">', "", "http://x/1996/05/03/a", "address"),
        ('<meta name="pubdate" content="1996-05-03">', "", "http://x/1996/05/03/a", "meta:pubdate"),
        ('<meta name="date" content="2001-01-01">', "", "http://x/1996/05/03/a", "address"),
        ('<time datetime="1996-05-03">', "", None, "time:datetime"),
    ],
)  # fmt: skip
def test_the_most_trusted_kind_of_statement_is_chosen(
    head: str, line: str, url: str | None, method: str
) -> None:
    page, verdicts = _page(f"{head}<h1>Ferry sails</h1><div>{line}</div><p>{PROSE}</p>")
    found = publication.published(page, url, verdicts)
    assert found is not None
    assert (found.method, found.moment.day) == (method, dt.date(1996, 5, 3))


def test_a_day_before_there_were_pages_is_none_of_publication() -> None:
    page, verdicts = _page(f"<h1>A ferryman is dead</h1><p>April 22, 1923</p><p>{PROSE}</p>")
    judged = publication.judge(publication.printed_dates(page, None, verdicts), None, None)
    assert [(j.statement.verbatim, j.is_chosen) for j in judged] == [("April 22, 1923", False)]
    assert judged[0].reason == "earlier than 1990, when there were no pages"


def test_every_other_statement_says_why_it_was_not_chosen() -> None:
    html = (
        '<meta name="pubdate" content="1996-05-03"><h1>Ferry sails</h1><div>3 May 1996</div>'
        f"<p>{PROSE}</p><p>Last updated: 9 May 2011</p>"
    )
    page, verdicts = _page(html)
    judged = publication.judge(publication.printed_dates(page, None, verdicts), None, None)
    assert [(j.kind, j.is_chosen, j.reason) for j in judged] == [
        ("published", True, "the most trusted statement"),
        ("published", False, "a more trusted statement was found"),
        ("site", False, "the day of a change or a notice of the site"),
    ]


STAMPS = st.sampled_from(
    [
        "Last updated: {}",
        "Updated {}",
        "Page last modified on {}",
        "Copyright {} Valley News",
        "© {} Valley News",
        "Letzte Aktualisierung: {}",
        "Mis à jour le {}",
        "Última actualización: {}",
        "Reviewed {}",
        "This page was last edited on {}.",
    ]
)
FORMS = st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%a, %d %b %Y 14:30 GMT"])
DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2024, 12, 31))


@settings(max_examples=150, deadline=None)
@given(stamp=STAMPS, form=FORMS, day=DAYS, is_first=st.booleans())
def test_law_7_a_stamp_of_the_site_is_never_the_publication(
    stamp: str, form: str, day: dt.date, is_first: bool
) -> None:
    line = f"<div class='date'>{stamp.format(day.strftime(form))}</div>"
    above, below = (line, "") if is_first else ("", line)
    page, verdicts = _page(f"<h1>Ferry sails</h1>{above}<p>{PROSE}</p>{below}")
    assert publication.published(page, None, verdicts) is None
    stated = publication.printed_dates(page, None, verdicts)
    assert {(s.kind, s.moment.day) for s in stated} <= {("site", day)}


@settings(max_examples=150, deadline=None)
@given(form=FORMS, day=DAYS)
def test_law_7_a_date_is_as_exact_as_it_is_printed(form: str, day: dt.date) -> None:
    printed = day.strftime(form)
    (moment,) = moments(printed)
    is_timed = "GMT" in printed
    hour, minute = (14, 30) if is_timed else (0, 0)
    assert moment.precision == ("minute" if is_timed else "day")
    assert moment.at == dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)
    assert printed[moment.char_start : moment.char_end] == printed


HEADS = [
    ("Moscow, 24 March 1999 (Wire) -- The premier came home.", "1999-03-24", "dateline"),
    ("HELSINKI, Finland, June 21, 1999 - The chiefs settled it.", "1999-06-21", "dateline"),
    ("Reykjavik, Iceland; 14 May 2002 (Wire) -- Ministers begin.", "2002-05-14",
     "dateline"),
    ("Brussels, 11 December 1996 (AB/CD) - Ministers ended their talks.", "1996-12-11", "dateline"),
    ("BONN, 14-Feb-96: The chancellor flew east.", "1996-02-14", "dateline"),
    ("(13 Jun 1999) English/Nat - Soldiers hold the airfield.", "1999-06-13", "opening_date"),
    ("DATE=2/17/2000 TYPE=REPORT TITLE=TALKS BYLINE=JANE DOE TEXT: He left.", "2000-02-17",
     "head_field"),
    ("DATE: THURSDAY, June 1, 1995 TAG: 9506010041 SECTION: NEWS DATELINE: BRUSSELS", "1995-06-01",
     "head_field"),
    ("At last! Pact Is Signed Wednesday, 16 February 2000 M O S C O W After a year", "2000-02-16",
     "head_date"),
    ("To: fox (15530) 2/16/2000 6:48:00 PM From: owl Pact Is Signed", "2000-02-16", "head_date"),
    ("The pact was signed in Paris, 27 May 1997, after a year.", None, None),
    ("In Paris, May 27, 1997 - a day of sun - the pact was signed.", None, None),
    ("Robertson arrived on 21 November 2001 (a Wednesday) in Volgograd.", None, None),
]  # fmt: skip
BEHIND = (
    " Officials on both sides said afterwards that the text would be shown to the allies first and "
    "to the parliaments of their countries at the end of the summer."
)


@pytest.mark.parametrize(("opening", "day", "method"), HEADS)
def test_the_day_in_the_head_of_the_text(opening: str, day: str | None, method: str | None) -> None:
    page, verdicts = _page(f"<h1>A pact</h1><p>{opening}{BEHIND}</p><p>{PROSE}</p>")
    found = publication.published(page, None, verdicts)
    assert (str(found.moment.day) if found else None) == day
    # A line that is nothing but a head is no text of the story: it is read as a date line.
    assert (found.method if found else None) in (method, method and "date_near_title")


@pytest.mark.parametrize(
    ("captured", "line", "expected"),
    [
        ("2003-02-01T09:00", "Saturday, 1 February 2003", None),
        ("2003-02-02T02:00", "Saturday, 1 February 2003", None),  # evening west of Greenwich
        ("2003-02-03T09:00", "Saturday, 1 February 2003", "2003-02-01"),
        ("2003-02-01T09:00", "Published Saturday, 1 February 2003", "2003-02-01"),
    ],
)
def test_the_day_of_the_visit_above_the_headline(
    captured: str, line: str, expected: str | None
) -> None:
    page, verdicts = _page(f"<p>{line}</p><h1>Pier is closed</h1><p>{PROSE}</p><p>{PROSE}</p>")
    at = dt.datetime.fromisoformat(captured).replace(tzinfo=dt.UTC)
    found = publication.published(page, None, verdicts, captured_at=at)
    assert (str(found.moment.day) if found else None) == expected


@pytest.mark.parametrize(
    ("url", "is_site_month_first", "expected"),
    [
        (None, None, None),
        (None, True, "2000-02-07"),
        (None, False, "2000-07-02"),
        ("http://a.example/000207.html", None, "2000-02-07"),
        ("http://a.example/2000/07/02/pier.html", None, "2000-07-02"),
    ],
)
def test_the_order_of_day_and_month(
    url: str | None, is_site_month_first: bool | None, expected: str | None
) -> None:
    page, verdicts = _page(f"<h1>Pier is closed</h1><p>2/7/2000</p><p>{PROSE}</p>")
    site = publication.SiteCustoms(None, is_site_month_first)
    found = publication.published(page, url, verdicts, site)
    assert (str(found.moment.day) if found else None) == expected


def test_a_range_of_days_or_a_folder_of_a_month_is_a_bound_and_no_day() -> None:
    page, verdicts = _page(f"<h1>Pier is closed</h1><p>12-18 May 1997</p><p>{PROSE}</p>")
    url = "http://a.example/1997/05/92713.html"
    judged = publication.judge(publication.printed_dates(page, url, verdicts), None, None)
    assert not any(j.is_chosen for j in judged)
    days = [(str(first), str(last)) for first, last in (j.statement.moment.days for j in judged)]
    assert days == [("1997-05-12", "1997-05-18"), ("1997-05-01", "1997-05-31")]
    assert publication.bounds(judged) == (dt.date(1997, 5, 12), dt.date(1997, 5, 18))
