"""Newsroom forms: each with lines that have it and lines that nearly do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import printed

AGENCIES = ("AP", "Reuters", "Agence France-Presse")


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday, 4 May, 1999, 15:40 GMT",
        "Published at 15.40 GMT on 4 May 1999",
        "May 4, 1999",
        "4th of May 1999",
        "04.05.1999",
        "1999-05-04",
        "Posted: Sept. 21st, 1999 11:05 p.m. EDT",
        "Oslo, 4 May 1999",
        "Friday June 5 1998, page A14",
    ],
)
def test_date_line(text: str) -> None:
    assert printed.is_date_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "He arrived on 4 May 1999.",
        "4 May",
        "May 1999",
        "The treaty of 4 May 1999",
        "Last Updated: 05/04/1999",
        "4 May 1899",
        "May 4, 1999 " + "x" * 90,
        "14:05",
    ],
)
def test_no_date_line(text: str) -> None:
    assert not printed.is_date_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "Last Updated: 04/05/2016",
        "Page last modified on 4 May 2003",
        "LAST REVISED 1999-05-04",
        "Updated on: 4 May",
        "Copyright 1999 The Daily Harbour",
        "© The Daily Harbour",
        "(c) 1999 Harbour Press",
        "All rights reserved",
    ],
)
def test_site_stamp(text: str) -> None:
    assert printed.is_site_stamp(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor last met the crew in May.",
        "They updated the charter on Friday.",
        "Clause (c) 12 of the lease",
        "4 May 1999",
        "The page was updated, and copyright claimed, " + "by the owner " * 12,
    ],
)
def test_no_site_stamp(text: str) -> None:
    assert not printed.is_site_stamp(text)


@pytest.mark.parametrize(
    "text",
    [
        "Advertisement",
        "[ADVERTISEMENT]",
        "Advertisement: soap for sailors",
        "- Print this page -",
        "E-mail this story to a friend",
        "Share on Facebook",
        "Back to top",
        "Related stories",
        "See also",
        "Skip to main content",
        "Click here for the weather",
        "Read more about ferries",
        "Continued from page A1",
        "FERRIES, from A12",
        "More >>",
        "Site map",
    ],
)
def test_control(text: str) -> None:
    assert printed.is_control(text)


@pytest.mark.parametrize(
    "text",
    [
        "Share prices fall",
        "Print works burn down",
        "Home rule for the islands",
        "Nextel buys a rival",
        "More ships leave port",
        "Advertisements banned",
        "Top general resigns",
        "Letter from page boy",
        "They read more slowly than we do.",
        "Searchlights",
    ],
)
def test_no_control(text: str) -> None:
    assert not printed.is_control(text)


@pytest.mark.parametrize(
    "text",
    [
        "By Ann Lee",
        "By ANN LEE and Bo Ek, Staff Writers",
        "BY ANN LEE",
        "By Ludwig van der Berg in Oslo",
        "From Ann Lee in Oslo",
        "From our correspondent in Oslo",
        "Text by: Ann Lee",
        "TIMES STAFF WRITERS",
        "Our Defence Correspondent",
        "Special to The Daily Harbour",
        "Ann Lee, Political Editor",
    ],
)
def test_byline(text: str) -> None:
    assert printed.is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "By Friday the crew had gone home.",
        "By and by they came",
        "from Ann Lee's own pen",
        "The correspondent was hurt.",
        "Correspondents killed in crash",
        "Ann Lee",
        "By Ann Lee, who sailed in from far away and wrote " + "on and " * 20 + "on",
    ],
)
def test_no_byline(text: str) -> None:
    assert not printed.is_byline(text)


@pytest.mark.parametrize(
    "text",
    ["Ann Lee", "ANN LEE and Bo Ek, Oslo", "Ann B. Lee, Bo Ek & Cy O'Hara", "Ann Lee (in Oslo)"],
)
def test_names(text: str) -> None:
    assert printed.is_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lee",
        "Ann Lee sails again",
        "Ann Lee and the ferry",
        "Ann Lee.",
        "ann lee",
        "Ships to Sail Soon Off Oslo",
    ],
)
def test_no_names(text: str) -> None:
    assert not printed.is_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee in Oslo contributed to this report.",
        "The Harbour Wire contributed to this story from Bergen and Tromsø.",
        "Bo Ek contributed reporting from Bergen.",
        "Ann Lee and Bo Ek contributed to the report.",
        "Additional reporting by Bo Ek",
        "(Reporting by Ann Lee; editing by Bo Ek)",
        "Writing by Ann Lee",
        "Compiled from wire services",
        "Correction: the pier is in Bergen.",
        "Editor’s note: this story was cut.",
        "Translated from the Norwegian by Bo Ek",
        "Material from the Harbour Wire was used in this report.",
        "Sources: port authority, union",
    ],
)
def test_credit(text: str) -> None:
    assert printed.is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "The union contributed money.",
        "The union contributed to the fund for the pier.",
        "Rotten timber contributed to the loss, the mate said.",
        "Nine engineers contributed to the report on the pier, which the council kept back.",
        "An additional reporter was sent to the pier.",
        "Writing letters by lamplight, the crew waited.",
        "A correction of course was ordered.",
        "Sources at the port say otherwise.",
        "The material from the pier was sold.",
        "The loss was reported by the mate, who had seen it from the mast and told all owners.",
    ],
)
def test_no_credit(text: str) -> None:
    assert not printed.is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "Photo: Bo Ek",
        "Photograph by Bo Ek",
        "Picture courtesy of the port",
        "The old pier. Photo: Bo Ek",
        "The old pier at dusk (AP Photo)",
        "File photo of the pier",
        "The old pier (Picture by Bo Ek)",
        "The pier on Monday. / ABC",
        "APHarbour mistress Lee on the pier.",
        "REUTERSThe pier at dusk.",
        "The pier at dusk (Reuters)",
        "The pier at dusk — Agence France-Presse",
    ],
)
def test_caption(text: str) -> None:
    assert printed.is_caption(text, AGENCIES)


@pytest.mark.parametrize(
    "text",
    [
        "OSLO (Reuters) - The pier closed on Monday.",
        "AP said the pier was closed.",
        "APPEALS court closes the pier.",
        "A photo of the pier was shown to the court.",
        "The crew told Reuters",
        "Ships and/or boats",
        "The picture is grim for the port.",
        "Photo finish at the regatta",
        "Photo: " + "a long story about the pier " * 20,
    ],
)
def test_no_caption(text: str) -> None:
    assert not printed.is_caption(text, AGENCIES)


def test_without_agencies_their_tags_mean_nothing() -> None:
    assert not printed.is_caption("APHarbour mistress Lee on the pier.", ())
    assert not printed.is_caption("XHarbour mistress Lee.", ("X",))


@given(st.text(), st.lists(st.text(max_size=4), max_size=2))
def test_no_text_breaks_the_forms(text: str, agencies: list[str]) -> None:
    answers = [
        printed.is_date_line(text), printed.is_site_stamp(text), printed.is_control(text),
        printed.is_byline(text), printed.is_names(text), printed.is_credit(text),
        printed.is_caption(text, agencies),
    ]  # fmt: skip
    assert {*answers} <= {True, False}


@pytest.mark.parametrize("text", ["Original article", "Read the full story", "Full text"])
def test_links_to_the_whole_are_controls(text: str) -> None:
    assert printed.is_control(text)
    assert not printed.is_control(f"{text} of the accord was signed")
