"""Every rule of furniture and story, with a page that it fits and one that it nearly fits."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.made import PROSE, line, page, text_page
from transforms.blocks import PageBlock, cut
from transforms.furniture import RULES, Verdict, by_rules, label, with_label
from transforms.sites import Profile, Recurrence
from transforms.tables import LABELS
from transforms.text import fingerprint

HEAD = "Council closes northern pier"
QUOTE = "sail around the cape to the new dock"  # words of PROSE[2]
Part = str | PageBlock


def _profile(text: str, story_count: int, site_share: float) -> Profile:
    mark = fingerprint(text)
    return {mark: Recurrence("north", mark, story_count, site_share)}


def _rules(
    *parts: Part,
    profile: Profile | None = None,
    title: str | None = None,
    agencies: tuple[str, ...] = (),
) -> list[str]:
    verdicts = by_rules(page(*parts, title=title), profile or {}, agencies)
    return [f"{v.label} {v.rule}" for v in verdicts]


def _above(part: Part, **given: object) -> str:
    """What becomes of a block that stands between the headline and the story."""
    return _rules(line(HEAD, heading_level=1), part, *PROSE, **given)[1]  # type: ignore[arg-type]


def _within(part: Part, **given: object) -> str:
    """What becomes of a block that stands between two paragraphs of the story."""
    return _rules(line(HEAD, heading_level=1), *PROSE[:3], part, PROSE[3], **given)[4]  # type: ignore[arg-type]


def _below(part: Part, **given: object) -> str:
    """What becomes of a block right behind the story."""
    return _rules(line(HEAD, heading_level=1), *PROSE, part, **given)[5]  # type: ignore[arg-type]


# What is furniture whatever stands around it --------------------------------------------------


@pytest.mark.parametrize("text", ["* * *", "12:30", "1 2 3 4"])
def test_no_letters(text: str) -> None:
    assert _within(text) == "furniture no_letters"


def test_a_date_in_figures_is_no_mere_sign() -> None:
    assert _above("04.05.1999") == "dateline date_line"


def test_site_stamp() -> None:
    assert _within("Last updated: 07/08/2015") == "furniture site_stamp"
    assert _within("The charter was last updated.") == "furniture site_stamp"
    assert _within("The charter was last mended.") == "body short_sentence"


def test_page_control() -> None:
    assert _within("Print this page") == "furniture page_control"
    assert _within("Print works burn down") == "crosshead short_line"


def test_short_line_on_a_second_story() -> None:
    text = "News from the harbour"
    assert _within(text, profile=_profile(text, 2, 0.1)) == "furniture recurs_on_site"
    assert _within(text) == "crosshead short_line"


@pytest.mark.parametrize("text", ["By Ann Lee", "4 May 1999", "Additional reporting by Bo Ek"])
def test_what_belongs_to_a_story_may_recur(text: str) -> None:
    assert not _above(text, profile=_profile(text, 9, 0.9)).endswith("recurs_on_site")


@pytest.mark.parametrize(
    ("story_count", "site_share", "expected"),
    [
        (3, 0.25, "furniture recurs_on_site"),
        (2, 0.9, "body prose"),  # background printed twice
        (9, 0.24, "body prose"),  # background of one writer on a large site
    ],
)
def test_prose_needs_three_stories_and_a_share(
    story_count: int, site_share: float, expected: str
) -> None:
    profile = _profile(PROSE[1], story_count, site_share)
    assert _rules(HEAD, *PROSE, profile=profile)[2] == expected


def test_twice_on_the_page() -> None:
    parts = (HEAD, *PROSE[:2], "Weather and tides", *PROSE[2:], "Weather and tides")
    assert _rules(*parts)[3] == "furniture recurs_on_page"
    long = "Weather and tides along the coast today"
    assert _rules(HEAD, *PROSE[:2], long, *PROSE[2:], long)[3] != "furniture recurs_on_page"


def test_links() -> None:
    assert _within(line("Weather Tides Sport", link_share=0.51)) == "furniture links"
    assert _within(line("Weather Tides Sport", link_share=0.5)) == "crosshead short_line"
    heading = line("Weather Tides Sport", link_share=1.0, heading_level=3)
    assert _within(heading) == "crosshead short_line"


# Where the story is ---------------------------------------------------------------------------


def test_without_prose_there_is_no_story() -> None:
    found = _rules("Herald", "Ships", "Ten words in a row but they never end as")
    assert found == ["furniture no_story"] * 3
    assert label(page(), {}) == ()


def test_nine_words_make_a_story_where_they_are_most_of_the_page_and_thirty_anywhere() -> None:
    nine = "Eight more ships left the old harbour late today."
    assert len(nine.split()) == 9
    assert _rules(nine.replace("more ", "")) == ["furniture no_story"]
    assert _rules(nine) == ["body prose"]
    menu = "Weather Tides Sport Markets and more of what the readers like the best"
    assert _rules(nine, *[menu] * 2)[0] == "furniture no_story"
    others = [nine.replace("left", verb) for verb in ("reached", "passed", "saw")]
    assert _rules(nine, *others, *[menu] * 9)[:4] == ["body prose"] * 4


COMMENT = "I do not see why anybody should sail around the cape at all, and who can blame them."


@pytest.mark.parametrize("head", ["Comments (3)", "5 Responses to Pier closes", "Leave a Reply"])
@pytest.mark.parametrize("signed", ["Posted by Ann Roe at 5:12 pm", "jim says:", "3 days ago"])
def test_comments_end_the_story_and_are_no_part_of_it(head: str, signed: str) -> None:
    found = label(page("Pier closes", *PROSE, head, signed, COMMENT), {})
    assert [v.label for v in found] == [
        "title",
        *["body"] * 4,
        "furniture",
        found[6].label,
        "comment",
    ]
    assert found[6].label in ("comment", "furniture")
    assert found[7].rule == "below_comments"


def test_a_link_to_the_comments_above_the_story_ends_nothing() -> None:
    above = ("Comments (3)", "Posted by Ann Roe at 5:12 pm")
    assert [v.label for v in label(page("Pier closes", *above, *PROSE), {})][3:] == ["body"] * 4


def test_a_remark_in_a_listing_is_no_readers_comment() -> None:
    remark = "# This line opens the gate and is the last one of the listing."
    name = 'class="token comment"'
    told = "".join(f"<p>{p}</p>" for p in PROSE)
    for tag, rule in (("pre", False), ("div", True)):
        source = f"<h1>Pier closes</h1>{told}<{tag} {name}>{remark}</{tag}>"
        found = label(cut(f"<html><body>{source}</body></html>", "text/html"), {})
        assert (found[-1].label == "comment") is rule


def test_a_link_to_the_comments_below_the_first_sentence_ends_nothing() -> None:
    between = ("Comments (3)", "Posted by Ann Roe at 5:12 pm")
    found = label(page("Pier closes", PROSE[0], *between, *PROSE[1:]), {})
    assert [v.label for v in found][4:] == ["body"] * 3


@pytest.mark.parametrize(
    "notice",
    [
        "We and our partners use cookies to recognise visitors and to count our readers.",
        "You have read your three free stories of this month, so choose a subscription.",
        "Sign up for our newsletter and get the news delivered to your inbox each day.",
        line("By choosing this you agree to the use of it by all.", hints="cookie-consent"),
    ],
)
def test_what_a_site_asks_of_its_readers_is_no_story(notice: Part) -> None:
    found = [f"{v.label} {v.rule}" for v in label(page("Pier closes", *PROSE, notice), {})]
    assert found[5] == "furniture site_notice"
    assert found[1:5] == ["body prose"] * 4


def test_a_story_about_cookies_is_one() -> None:
    told = "The court said that sites which use cookies must ask their visitors before they do."
    assert _rules(*PROSE, told)[4] == "body prose"


def test_a_page_of_one_wall_of_text_is_its_story() -> None:
    wall = " ".join(PROSE * 8)
    assert [v.label for v in label(page(wall), {})] == ["body"]


def test_the_heavier_stretch_is_the_story() -> None:
    teaser = "A teaser of another story says this much and no more."
    menu = ["Home", "Ships", "Tides", "Weather", "Sport", "Letters"]
    found = _rules(teaser, *menu, *PROSE)
    assert found[0] == "furniture before_story"
    assert found[-4:] == ["body prose"] * 4
    assert _rules(*PROSE, *menu, teaser)[-1] == "furniture after_story"


def test_a_line_or_two_do_not_part_the_story() -> None:
    found = _rules(*PROSE[:2], "At sea", *PROSE[2:])
    assert found == [*["body prose"] * 2, "crosshead short_line", *["body prose"] * 2]


# The headline ---------------------------------------------------------------------------------


def test_headline_in_the_documents_title() -> None:
    heads = ("Pier", "Northern pier closed", "Old pier to go")
    found = _rules(*heads, *PROSE, title="The Daily | Northern PIER closed")
    assert found[1] == "title headline"


def test_a_sites_name_in_the_documents_title_is_none() -> None:
    parts = ("The Daily Harbour", HEAD, *PROSE)
    profile = _profile("The Daily Harbour", 9, 0.9)
    found = _rules(*parts, title="The Daily Harbour", profile=profile)
    assert found[:2] == ["furniture recurs_on_site", "title headline"]


def test_headline_beside_the_date() -> None:
    before = _rules("Pier council news", "Tides", HEAD, "4 May 1999", "Some other words", *PROSE)
    assert before[2:4] == ["title headline", "dateline date_line"]
    after = _rules("Weather and sport", "4 May 1999", HEAD, *PROSE)
    assert after[2] == "title headline"


def test_headline_by_heading_and_words_shared_with_the_lead() -> None:
    other, head = line("Other things", heading_level=1), line(HEAD, heading_level=2)
    found = _rules("Harbour news", other, head, *PROSE)
    assert found[2] == "title headline"
    found = _rules("Letters and sport", HEAD, "What people ate last night", *PROSE)
    assert found[1] == "title headline"


@pytest.mark.parametrize("text", ["Pier", "The pier was closed.", "By Ann Lee", "4 May 1999"])
def test_no_headline(text: str) -> None:
    assert _rules(text, *PROSE)[0] != "title headline"


def test_headline_again() -> None:
    assert _below(HEAD.upper()) == "furniture recurs_on_page"
    long = "Harbour council votes to close the old northern pier to ships"
    parts = (line(long, heading_level=1), *PROSE[:2], long, *PROSE[2:])
    assert _rules(*parts)[3] == "furniture repeats_title"


@pytest.mark.parametrize(
    "behind", [" (continued)", ", page 2", " - Part 2 of 3", " (2/3)", " | cont'd"]
)
def test_headline_of_a_later_page(behind: str) -> None:
    again = line(HEAD.title() + behind, heading_level=2)
    parts = (line(HEAD, heading_level=1), *PROSE[:2], again, *PROSE[2:])
    assert _rules(*parts)[3] == "furniture repeats_title"


@pytest.mark.parametrize("text", [f"{HEAD} again", f"{HEAD}, say 2", "Council 2 of 3"])
def test_other_headings_are_no_headline_again(text: str) -> None:
    assert _within(line(text, heading_level=2)).startswith("crosshead")


def test_what_a_site_prints_around_stories_is_no_story_within_one() -> None:
    head, stand_first = "Harbour Herald World News", "What the council closed and why it did so."
    for text in (head, stand_first):
        assert _within(text, profile=_profile(text, 4, 0.5)) == "furniture recurs_on_site"


def test_ways_to_other_stories() -> None:
    assert _within("Read more: how the pier was built") == "furniture page_control"
    assert _within(line("How the pier was built", link_share=1.0)) == "furniture links"
    ends = [line(f"Ministers open bridge number {n}", link_share=1.0) for n in range(3)]
    heads = (line("Other stories", heading_level=3), *ends, "Dock plans delayed once more")
    found = _rules(line(HEAD, heading_level=1), *PROSE, *heads)[5:]
    assert [verdict.split()[0] for verdict in found] == ["furniture"] * 5


# Above, within and below the story ------------------------------------------------------------


def test_date_line() -> None:
    assert _above("Tuesday, 4 May, 1999, 15:40 GMT") == "dateline date_line"
    assert _within("4 May 1999") == "dateline date_line"
    far = ("4 May 1999", "One", "Two", "Three", line(HEAD, heading_level=1))
    assert _rules(*far, *PROSE)[0] == "furniture before_story"


def test_byline() -> None:
    assert _above("By Ann Lee") == "byline byline"
    assert _below("By Ann Lee") == "byline byline"
    assert _rules(HEAD, *PROSE, "More soon", "By Ann Lee")[-1] == "furniture after_story"


def test_names_below_the_head() -> None:
    assert _above("Ann Lee and Bo Ek, Oslo") == "byline names_below_head"
    assert _above("Ann Lee and crew") == "caption beside_head"
    assert _above(line("Ann Lee", heading_level=3)) == "furniture beside_head"
    assert _above(line("Ann Lee", path="/ul/li")) == "furniture beside_head"


def test_deck() -> None:
    deck = "Timber found to be rotten"
    signed = _rules(line(HEAD, heading_level=1), deck, "By Ann Lee", *PROSE)
    assert signed[1] == "crosshead deck"
    assert _above(line(deck, is_emphasised=True)) == "crosshead deck"
    assert _above(line(deck, heading_level=3)) == "crosshead deck"
    assert _above(deck) == "caption beside_head"


def test_a_label_beside_the_head_is_furniture() -> None:
    assert _above("Local news") == "furniture beside_head"


def test_credit() -> None:
    text = "Ann Lee contributed to this report."
    assert _within(text) == "credit credit"
    assert _below(text) == "credit credit"
    assert _rules(HEAD, *PROSE, "a", "b", "c", text)[-1] == "furniture after_story"
    assert _rules("Ann Lee contributed to this report", HEAD, *PROSE)[0] == "furniture before_story"


def test_caption() -> None:
    assert _within("The old pier at dusk (AP Photo)") == "caption caption_credit"
    glued = "ABCChairwoman Lee walks along the rotten pier with two of the divers on Monday."
    assert _within(glued, agencies=("ABC",)) == "caption caption_credit"
    assert _within(glued) == "body prose"
    assert _within(line("The pier at dusk", hints="photo caption")) == "caption caption_credit"


def test_pull_quote_repeats_the_story() -> None:
    assert _within(f'"{QUOTE.capitalize()}"') == "pull_quote repeats_story"
    seven_of_ten = "who land their catch there must now do without it"
    assert _within(seven_of_ten) == "pull_quote repeats_story"
    assert _within("who land their catch there must do without it") == "caption open_line"  # 5 of 9
    assert _within("land their catch there must now") == "crosshead short_line"  # six words
    for kind in ({"path": "/ul/li"}, {"heading_level": 3}):
        assert not _within(line(QUOTE, **kind)).startswith("pull_quote")
    assert not _within("they sail around a cape to a dock").startswith("pull_quote")


def test_prose_must_repeat_nearly_all_to_be_a_pull_quote() -> None:
    whole = "Fishermen who land their catch there must now sail around the cape."
    half = "Fishermen who land their catch there are angry with the whole council."
    assert _within(whole) == "pull_quote repeats_story"
    assert _within(half) == "body prose"


def _repeated(*parts: Part) -> list[int | None]:
    return [v.repeats for v in by_rules(page(*parts), {})]


def test_what_a_pull_quote_repeats() -> None:
    quoted = f'"{QUOTE.capitalize()}"'
    assert _repeated(HEAD, *PROSE, quoted) == [None] * 6  # below the story, no pull quote
    assert _repeated(HEAD, quoted, *PROSE)[1] == 4
    assert _repeated(HEAD, PROSE[0], quoted, *PROSE[1:])[2] == 4
    # Of two paragraphs that hold its words the first; of others the one that holds most.
    longer = f"{PROSE[2][:-1]}, and so must all the others."
    assert _repeated(HEAD, PROSE[2], quoted, longer, *PROSE)[2] == 1
    part = f"They {' '.join(QUOTE.split()[:6])} pier that was built for them there."
    assert _repeated(HEAD, part, quoted, *PROSE)[2] == 5


def test_what_a_headline_again_repeats() -> None:
    parts = ("Tides", line(HEAD, heading_level=1), *PROSE[:2], f"{HEAD} (continued)", *PROSE[2:])
    assert _repeated(*parts) == [None, None, None, None, 1, None, None]


def test_blocks_count_from_the_top_of_the_page() -> None:
    """Even where the story lies so far down that its candidates begin further on."""
    menu = [line(f"Menu {'abcdefgh'[n % 8]}{n}", link_share=1.0) for n in range(60)]
    parts = (*menu, line(HEAD, heading_level=1), *PROSE[:2], f"{HEAD} (continued)", *PROSE[2:])
    chances = np.array([0.0] * 60 + [0.1, 0.9, 0.9, 0.1, 0.9, 0.9])
    found = label(page(*parts), {}, chances=chances)
    assert (found[60].label, found[63].rule, found[63].repeats) == ("title", "repeats_title", 60)


def test_a_paragraph_printed_again_repeats_the_first_printing() -> None:
    parts = (line(HEAD, heading_level=1), *PROSE, PROSE[3], "Tides", PROSE[1])
    found = label(page(*parts), {}, chances=np.array([0.1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.0, 0.9]))
    assert [v.repeats for v in found] == [None] * 5 + [4, None, 2]
    assert {(found[at].label, found[at].rule) for at in (5, 7)} == {("furniture", "repeats_story")}


def test_a_pull_quote_is_signed_below_itself() -> None:
    parts = (HEAD, *PROSE[:3], f'"{QUOTE}"', "Chairwoman Ann Lee", PROSE[3])
    assert _rules(*parts)[4:6] == ["pull_quote repeats_story", "pull_quote attribution"]
    profile = _profile("Chairwoman Ann Lee", 3, 0.5)
    assert _rules(*parts, profile=profile)[5] == "pull_quote attribution"
    for setting in ({"heading_level": 3}, {"path": "/ul/li"}):
        heading = line("Chairwoman Ann Lee", **setting)
        assert _rules(*parts[:5], heading, *parts[6:])[5] == "crosshead short_line"
    unsigned = (HEAD, *PROSE[:3], f'"{QUOTE}"', "and so on and on", PROSE[3])
    assert _rules(*unsigned)[5] == "crosshead short_line"
    assert _within("Chairwoman Ann Lee") == "crosshead short_line"


def test_short_sentences_and_what_leads_on_are_body() -> None:
    assert _within("He agreed.") == "body short_sentence"
    assert _within("The council then decided the following:") == "body short_sentence"
    assert _within("The council then") == "crosshead short_line"


def test_longer_lines_without_an_end() -> None:
    text = "What the divers found below the northern pier"
    assert _within(text) == "caption open_line"
    assert _within(line(text, heading_level=3)) == "crosshead heading"


def test_a_correction_sets_the_label() -> None:
    corrected = with_label(Verdict("furniture", "repeats_title", 0.5, repeats=3), "caption")
    assert corrected == Verdict("caption", "correction", 0.5)


# Whole pages ----------------------------------------------------------------------------------

PLAIN = f"""\
The Daily Herald
Home
Last updated: 07/08/2015

Council closes northern pier
By Ann Lee

{PROSE[0]}

{PROSE[1]}

Divers

{PROSE[2]}

{PROSE[3]}

Copyright 2015 The Daily Herald
"""


def test_a_plain_page() -> None:
    verdicts = label(text_page(PLAIN), {})
    body = ["body", "body", "crosshead", "body", "body"]
    assert [v.label for v in verdicts] == [
        *["furniture"] * 3, "title", "byline", *body, "furniture",
    ]  # fmt: skip


PARTS = st.lists(
    st.sampled_from(
        [
            *PROSE,
            HEAD,
            "Home",
            "By Ann Lee",
            "4 May 1999",
            QUOTE,
            "Photo: Bo Ek",
            "He agreed.",
            "*",
            "Last updated: 07/08/2015",
            "Print this page",
        ]
    )
    | st.text(min_size=1, max_size=9),
    max_size=12,
)


@settings(deadline=None)
@given(PARTS, st.sampled_from([None, HEAD, "Home"]))
def test_every_block_gets_one_declared_label(parts: list[str], title: str | None) -> None:
    verdicts = label(page(*parts, title=title), {}, ("AP",))
    assert len(verdicts) == len(parts)
    assert {v.label for v in verdicts} <= {*LABELS}
    assert sum(v.label == "title" for v in verdicts) <= 1
    assert verdicts == label(page(*parts, title=title), {}, ("AP",))


@pytest.mark.parametrize(
    "parts",
    [
        [PROSE[0]] * 3_000,
        [PROSE[0].replace("pier", f"pier{n}") for n in range(3_000)],
        [line(HEAD, heading_level=1), *(f"A kind of thing{n} x" for n in range(3_000)), *PROSE],
        ["no end of words " * 100_000],
    ],
    ids=["one paragraph over and over", "paragraphs alike", "lines below the head", "one line"],
)
def test_large_pages_cost_little(parts: list[Part]) -> None:
    started = time.process_time()
    assert len(label(page(*parts), {}, ("AP",))) == len(parts)
    assert time.process_time() - started < 4  # comparing each with each takes minutes


def test_thresholds_stand_where_the_tests_put_them() -> None:
    assert (RULES.min_stories_short, RULES.min_stories_prose, RULES.min_share_prose) == (2, 3, 0.25)
    assert (RULES.min_prose_words, RULES.min_story_words) == (9, 30)


def test_the_name_of_the_paper_is_no_headline() -> None:
    text = """Harbour Gazette

Ministers open the river bridge

By Anna Lindqvist

Ministers of four countries opened a bridge over the river on Tuesday and called it a sign of
better neighbourhood after a decade of quarrels over its cost. The harbour was closed all day.
"""
    paper = cut(text.replace("of\nbetter", "of better"), "text/plain")
    labelled = dict(zip((b.text for b in paper.blocks), label(paper, {}), strict=True))
    assert labelled["Ministers open the river bridge"].label == "title"
    assert labelled["Harbour Gazette"].label == "furniture"


def test_what_the_page_hides_is_furniture_and_no_part_of_the_story() -> None:
    hidden = line(
        "A hidden word on the pier that the council voted on Tuesday to close.", is_hidden=True
    )
    verdicts = label(page("Pier closes", hidden, *PROSE, hidden), {})
    assert [(v.label, v.rule) for v in verdicts][1::5] == [("furniture", "hidden")] * 2
    assert [v.label for v in verdicts[2:6]] == ["body"] * 4


def test_a_line_alone_in_a_box_with_a_picture_credit_is_a_caption() -> None:
    seen, credit = (
        "The northern pier on Monday, an hour before the council met.",
        "Courier photo: A. Lee",
    )
    boxed = [line(text, boxes=(1, 9)) for text in (seen, credit)]
    told = [line(text, boxes=(1,)) for text in PROSE]
    found = _rules(line(HEAD, heading_level=1, boxes=(1,)), *boxed, *told)
    assert found[1:4] == ["caption caption_credit", "caption caption_credit", "body prose"]
    same = [line(text, boxes=(1,)) for text in (seen, credit)]
    assert _rules(line(HEAD, heading_level=1, boxes=(1,)), *same, *told)[1] == "body prose"
