"""Names in sentences of our own: what is found, what it resolves to, and what stays open."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import ids, names
from transforms.articles import Passage
from transforms.authority import Authority
from transforms.names import usage
from transforms.names.lexicon import Lexicon
from transforms.tables import Mention

OPEN = (None, None)
SPRING_2000 = (dt.date(2000, 3, 1), dt.date(2000, 3, 31))
SUMMER_2002 = (dt.date(2002, 6, 1), dt.date(2002, 6, 30))


def passages(*texts: str, title: str | None = None) -> list[Passage]:
    found = [] if title is None else [Passage(0, "title", title, None)]
    start = 0
    for index, text in enumerate(texts, start=1):
        found.append(Passage(index, "body", text, start))
        start += len(text) + 2
    return found


def mentions(
    lexicon: Lexicon,
    *texts: str,
    title: str | None = None,
    bracket: tuple[dt.date | None, dt.date | None] = OPEN,
) -> tuple[Mention, ...]:
    story = passages(*texts, title=title)
    return names.resolve("a_1", names.find(story, lexicon), story, bracket, lexicon)


def person(key: str) -> str:
    return ids.entity_id("person", key)


def told(found: Sequence[Mention], surface: str) -> list[str | None]:
    return [m.entity_id for m in found if m.surface == surface]


@pytest.mark.parametrize(
    ("text", "surface", "key"),
    [
        ("Then Andrei Kozyrev left.", "Andrei Kozyrev", "andrei-kozyrev"),
        ("Then Andrei V. Kozyrev left.", "Andrei V. Kozyrev", "andrei-kozyrev"),
        (
            "Then Andrei Vladimirovich Kozyrev left.",
            "Andrei Vladimirovich Kozyrev",
            "andrei-kozyrev",
        ),
        ("Then A. V. Kozyrev left.", "A. V. Kozyrev", "andrei-kozyrev"),
        ("Then A.V. Kozyrev left.", "A.V. Kozyrev", "andrei-kozyrev"),
        ("S. Ivanov came too.", "S. Ivanov", "sergei-ivanov"),
        ("It was Kozyrev's idea.", "Kozyrev", "andrei-kozyrev"),
        ("KOZYREV SAYS NO TO THE PLAN", "KOZYREV", "andrei-kozyrev"),
        ("Kozyrev Andrei was on the list.", "Kozyrev Andrei", "andrei-kozyrev"),
        ("So Mr Putin waited.", "Mr Putin", "vladimir-putin"),
        ("So Mr. Putin waited.", "Mr. Putin", "vladimir-putin"),
        ("Then Lord Robertson spoke.", "Lord Robertson", "george-robertson"),
        ("Later President Clinton rang.", "President Clinton", "bill-clinton"),
        ("Boris Eltsin was ill.", "Boris Eltsin", "boris-yeltsin"),
        ("Eltsin was ill.", "Eltsin", "boris-yeltsin"),
        ("It was signed by Игорь Иванов.", "Игорь Иванов", "igor-ivanov"),
        ("Then Jaap de Hoop Scheffer came.", "Jaap de Hoop Scheffer", "jaap-de-hoop-scheffer"),
        ("Nobody asked de Hoop Scheffer.", "de Hoop Scheffer", "jaap-de-hoop-scheffer"),
        ("De Hoop Scheffer was asked.", "De Hoop Scheffer", "jaap-de-hoop-scheffer"),
    ],
)
def test_a_person_is_found_in_every_form(
    lexicon: Lexicon, text: str, surface: str, key: str
) -> None:
    found = mentions(lexicon, text, "Boris Yeltsin and Bill Clinton told Russia so.")
    assert told(found, surface) == [person(key)]


@pytest.mark.parametrize(
    ("text", "surface", "office"),
    [
        ("NATO Secretary-General George Robertson rose.", "George Robertson",
         "NATO Secretary-General"),
        ("Russia's acting President Vladimir Putin rose.", "Vladimir Putin", "acting President"),
        ("Russian Foreign Minister Igor Ivanov rose.", "Igor Ivanov", "Russian Foreign Minister"),
        ("U.S. Secretary of State Madeleine Albright rose.", "Madeleine Albright",
         "U.S. Secretary of State"),
        ("Igor Ivanov, the Russian foreign minister, rose.", "Igor Ivanov",
         "Russian foreign minister"),
        ("Igor Ivanov, Russia's minister of foreign affairs, rose.", "Igor Ivanov",
         "minister of foreign affairs"),
        ("The Russian president, Boris Yeltsin, rose.", "Boris Yeltsin", "Russian president"),
        ("Then President Clinton rose.", "President Clinton", "President"),
        ("Then U.S. President Clinton rose.", "President Clinton", "U.S. President"),
        ("Then Foreign Minister Kozyrev rose.", "Foreign Minister Kozyrev", "Foreign Minister"),
        ("Then Mr Ivanov rose.", "Mr Ivanov", "Mr"),
        ("His German counterpart Volker Rühe rose.", "Volker Rühe", None),
        ("Gen. Igor Ivanov rose.", "Igor Ivanov", "Gen."),
    ],
)  # fmt: skip
def test_the_title_is_split_from_the_name_and_kept(
    lexicon: Lexicon, text: str, surface: str, office: str | None
) -> None:
    found = [m for m in mentions(lexicon, text) if m.surface == surface]
    assert [m.office for m in found] == [office]


def test_an_office_of_the_past_or_of_a_deputy_is_not_the_office(lexicon: Lexicon) -> None:
    story = passages("Former President Boris Yeltsin met Deputy Foreign Minister Igor Ivanov.")
    found = names.find(story, lexicon)
    assert [(n.office, n.office_name) for n in found] == [
        ("Former President", None),
        ("Deputy Foreign Minister", None),
    ]


def test_plural_titles_are_shared(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "Presidents Bill Clinton and Boris Yeltsin dined.")
    assert [(m.surface, m.office) for m in found] == [
        ("Bill Clinton", "Presidents"),
        ("Boris Yeltsin", "Presidents"),
    ]


def test_a_full_name_anywhere_settles_the_surname(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "Ivanov waited.", "Then Sergei Ivanov spoke.", title="Ivanov Waits")
    assert told(found, "Ivanov") == [person("sergei-ivanov")] * 2


def test_the_office_settles_the_surname(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "Foreign Minister Ivanov came. Ivanov then left.")
    assert {m.entity_id for m in found} == {person("igor-ivanov")}


def test_office_and_date_settle_the_surname(lexicon: Lexicon) -> None:
    then = (dt.date(1991, 5, 1), dt.date(1991, 5, 2))
    text = "President Bush came. Then Bush left."
    assert {m.entity_id for m in mentions(lexicon, text, bracket=then)} == {
        person("george-h-w-bush")
    }
    assert {m.entity_id for m in mentions(lexicon, text, bracket=SUMMER_2002)} == {
        person("george-w-bush")
    }


def test_a_former_office_holder_is_not_the_one_in_office(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "Former President Bush came.", bracket=SUMMER_2002)
    assert [m.entity_id for m in found] == [person("george-h-w-bush")]


def test_the_only_bearer_in_office_is_meant(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "Ivanov said no to Poland, Russia's old ally.", bracket=SPRING_2000)
    assert (found[0].entity_id, found[0].method) == (person("igor-ivanov"), "surname:date")


def test_two_candidates_left_stay_open_and_are_both_named(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "Ivanov said no to Poland, Russia's old ally.", bracket=SUMMER_2002)
    assert (found[0].entity_id, found[0].method) == (
        None,
        "unresolved:igor-ivanov|sergei-ivanov",
    )


def test_of_two_named_in_full_the_one_introduced_so_far_is_meant(lexicon: Lexicon) -> None:
    found = mentions(
        lexicon, "Igor Ivanov came. Mr Ivanov smiled.", "Sergei Ivanov came. Mr Ivanov left."
    )
    assert told(found, "Mr Ivanov") == [person("igor-ivanov"), None]


def test_nobody_is_named_before_his_time(lexicon: Lexicon) -> None:
    early = (dt.date(1992, 1, 1), dt.date(1992, 12, 31))
    assert [m.entity_id for m in mentions(lexicon, "Putin said no.", bracket=early)] == [None]


def test_another_given_name_is_another_person(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "The singer Paul Robertson was there. Robertson sang.")
    assert {m.entity_id for m in found} == {person("paul robertson")}


def test_an_english_word_is_no_surname_at_the_head_of_a_sentence(lexicon: Lexicon) -> None:
    assert mentions(lexicon, "Major powers agreed.") == ()
    assert mentions(lexicon, "MAJOR CHANGE AHEAD") == ()
    found = mentions(lexicon, "Major said so, and Mr Major meant it. They asked him.")
    assert [m.surface for m in found] == ["Major", "Mr Major"]


def test_a_surname_inside_another_name_is_none(lexicon: Lexicon) -> None:
    (library,) = mentions(lexicon, "They met in the Clinton Library.")
    assert (library.surface, library.method) == ("Clinton Library", "body:noun")
    found = mentions(lexicon, "The Clinton Administration agreed.")
    assert told(found, "Clinton") == [person("bill-clinton")]


@pytest.mark.parametrize(
    "printed", ["Volker R--he", "Volker R?he", "Volker R\ufffdhe", "Volker RÃ¼he"]
)
def test_a_damaged_letter_is_read_and_kept(lexicon: Lexicon, printed: str) -> None:
    found = mentions(lexicon, f"Then {printed} rose, and R--he sat down.")
    assert [m.surface for m in found] == [printed, "R--he"]
    assert {m.entity_id for m in found} == {person("volker-ruehe")}
    assert all(m.method.endswith("+damage") for m in found)


@pytest.mark.parametrize("printed", ["Volker Ruhe", "Volker Ruehe", "Volker Rühe"])
def test_an_umlaut_may_be_written_in_three_ways(lexicon: Lexicon, printed: str) -> None:
    assert told(mentions(lexicon, f"Then {printed} rose."), printed) == [person("volker-ruehe")]


def test_a_dash_between_words_is_no_damage(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "After the Cold War--Russia and NATO--peace came. Is it so?Russia.")
    assert [m.surface for m in found] == ["Russia", "NATO", "Russia"]
    assert not any("damage" in m.method for m in found)


@pytest.mark.parametrize(
    ("text", "surface", "entity_type", "key"),
    [
        ("So NATO agreed.", "NATO", "organisation", "nato"),
        ("So Nato agreed.", "Nato", "organisation", "nato"),
        ("The North Atlantic Treaty Organization agreed.", "North Atlantic Treaty Organization",
         "organisation", "nato"),
        ("The Permanent Joint Council met.", "Permanent Joint Council", "organisation", "pjc"),
        ("The NATO-Russia Council met.", "NATO-Russia Council", "organisation",
         "nato-russia-council"),
        ("The NATO\u2013Russia Council met.", "NATO\u2013Russia Council", "organisation",
         "nato-russia-council"),
        ("They ratified START II in time.", "START II", "treaty", "start-ii"),
        ("They ratified the START II Treaty in time.", "START II Treaty", "treaty", "start-ii"),
        ("They joined the “Peace Partnership” then.", "Peace Partnership", "programme", "pfp"),
        ("They joined the Partnership for Peace program.", "Partnership for Peace", "programme",
         "pfp"),
        ("The WHO agreed.", "WHO", "organisation", "who"),
    ],
)  # fmt: skip
def test_things_are_one_mention_of_one_entity(
    lexicon: Lexicon, text: str, surface: str, entity_type: str, key: str
) -> None:
    found = [m for m in mentions(lexicon, text) if m.surface != "Russia"]
    assert [(m.surface, m.entity_id) for m in found] == [(surface, ids.entity_id(entity_type, key))]


def test_an_acronym_that_is_a_word_needs_its_capitals(lexicon: Lexicon) -> None:
    assert mentions(lexicon, "Who agreed?") == ()
    assert mentions(lexicon, "THE MAN WHO AGREED TO ALL OF IT") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Moscow insisted that the plan was dead.",
        "It was Moscow's former allies who asked.",
        "They urged Moscow to sign.",
        "There were complaints from Moscow about the plan.",
        "Ties with Moscow were cut.",
        "Moscow, which had fought hard, gave way.",
        "It was a concession to Moscow by the allies.",
        "He said Moscow was ready to talk.",
        "There were talks between Moscow and NATO.",
        "A Kremlin spokesman agreed.",
    ],
)
def test_a_capital_that_acts_is_its_government(lexicon: Lexicon, text: str) -> None:
    (first, *_) = mentions(lexicon, text)
    assert first.entity_id == ids.entity_id("organisation", "government-of-russia")
    assert first.method == "metonym"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("He arrived in Moscow by train.", "moscow"),
        ("She visits Moscow next month.", "moscow"),
        ("They flew from Moscow at noon.", "moscow"),
        ("He invited them to Moscow for the day.", "moscow"),
        ("MOSCOW (AW) -- It rained.", "moscow"),
        ("MOSCOW, May 3 -- It rained.", "moscow"),
        ("The Washington summit was long.", "washington"),
        ("Moscow's streets were empty.", "moscow"),
        ("They were received in the Kremlin by nobody.", "kremlin"),
        ("They met in the capital, Moscow, at noon.", "moscow"),
        ("They met in Washington and Moscow twice.", "washington"),
    ],
)
def test_a_capital_where_something_happens_is_a_place(
    lexicon: Lexicon, text: str, key: str
) -> None:
    (first, *_) = mentions(lexicon, text)
    assert (first.entity_id, first.method) == (ids.entity_id("place", key), "locative")


def test_what_cannot_be_told_is_not_guessed(lexicon: Lexicon) -> None:
    (found,) = mentions(lexicon, "It was all about Moscow.")
    assert (found.entity_id, found.method) == (None, "unresolved:place_or_government")


def test_a_country_is_itself(lexicon: Lexicon) -> None:
    (found,) = mentions(lexicon, "Russia insisted on it.")
    assert found.entity_id == ids.entity_id("place", "russia")


@pytest.mark.parametrize(
    "text",
    [
        "“It rained,” said Hanna Lindqvist. Later Lindqvist left with Ms Lindqvist.",
        "The spokesman Hanna Lindqvist came. Later Lindqvist left with Ms Lindqvist.",
        "Colonel Hanna Lindqvist came. Later Lindqvist left with Ms Lindqvist.",
        "Hanna Lindqvist, 34, came. Later Lindqvist left with Ms Lindqvist.",
        "Hanna Lindqvist, a lawyer, came. Later Lindqvist left with Ms Lindqvist.",
        "Hanna B. Lindqvist said so. Later Lindqvist left with Ms Lindqvist.",
    ],
)
def test_an_unknown_person_is_one_entity(lexicon: Lexicon, text: str) -> None:
    found = mentions(lexicon, text)
    assert [m.surface for m in found[1:]] == ["Lindqvist", "Ms Lindqvist"]
    assert {m.entity_id for m in found} == {person("hanna lindqvist")}


def test_what_is_no_person_is_not_found_as_one(lexicon: Lexicon) -> None:
    text = (
        "On Monday the Workers Union said no. Last Week Magazine said so too. "
        "The Cold War was over, and the Black Forest Hotel said it was full."
    )
    assert {m.method for m in mentions(lexicon, text)} <= {usage.METHOD}


def test_an_unknown_surname_alone_stays_open(lexicon: Lexicon) -> None:
    (found,) = mentions(lexicon, "Then Mr Lindqvist left.")
    assert (found.surface, found.entity_id) == ("Mr Lindqvist", None)
    assert found.method == "unresolved:surname_only"


def test_a_given_name_alone_stands_for_the_one_so_called(lexicon: Lexicon) -> None:
    found = mentions(lexicon, "Bill Clinton laughed. Nobody had told Bill about it.")
    assert told(found, "Bill") == [person("bill-clinton")]


def test_spans_are_in_the_text_or_in_the_block(lexicon: Lexicon) -> None:
    story = passages("It rained.", "Then Vladimir Putin came.", title="Putin Comes")
    found = names.resolve("a_1", names.find(story, lexicon), story, OPEN, lexicon)
    assert [(m.span_field, m.char_start, m.block_start) for m in found] == [
        ("block", 0, 0),
        ("text", 17, 5),
    ]


def test_an_empty_authority_still_reads() -> None:
    lexicon = names.build(Authority())
    assert [m.surface for m in mentions(lexicon, "Then Mr Smith and NATO left.")] == ["Mr Smith"]


def test_the_order_of_the_tables_changes_nothing(authority: Authority) -> None:
    turned = replace(
        authority,
        people=authority.people[::-1],
        names=authority.names[::-1],
        offices=authority.offices[::-1],
    )
    text = "President Bush, Ivanov and Volker R--he met Foreign Minister Ivanov in Moscow."
    one, other = (mentions(names.build(a), text, bracket=SUMMER_2002) for a in (authority, turned))
    assert one == other


WORDS = st.sampled_from(
    "Andrei V. Kozyrev Ivanov Igor Mr Lord Robertson President Foreign Minister NATO Nato -Russia "
    "R--he R?he Volker Moscow Moscow's said the of and , . ( ) \" “ ” in to START II Treaty U.S. "
    "Presidents Clinton Boris Hanna Lindqvist a. 34, -- de Hoop Scheffer É ? \ufffd 1999 (Jerry) "
    '"Jerry" O\'Brien Jr. van al-Zawahiri Judge singer her husband, said who & Sons'.split()
)


@given(st.lists(st.lists(WORDS, max_size=25), max_size=4), st.booleans())
def test_spans_slice_and_never_overlap(
    lexicon: Lexicon, texts: list[list[str]], is_titled: bool
) -> None:
    story = passages(*map(" ".join, texts), title="Mr Putin Meets NATO" if is_titled else None)
    article_text = "\n\n".join(p.text for p in story if p.text_start is not None)
    blocks = {p.block_index: p.text for p in story}
    printed = names.find(story, lexicon)
    found = names.resolve("a_1", printed, story, SUMMER_2002, lexicon)
    strangers = {e.entity_id for e in names.found(printed)}
    last = (-1, 0)
    for m in found:
        assert not m.method.startswith("found") or m.entity_id in {*strangers, None}
        end = m.block_start + len(m.surface)
        assert blocks[m.block_index][m.block_start : end] == m.surface != ""
        if m.span_field == "text":
            assert article_text[m.char_start : m.char_end] == m.surface
        assert (m.block_index, m.block_start) >= last
        last = (m.block_index, end)


@pytest.mark.parametrize(
    "text",
    ["Ab Cd ", "A. B. ", "Sgt. Dr. ", 'Hanna "Salty" ', "Van der ", "Anne-", "O'", "her husband, ",
     "Hanna Lindqvist, Igor Ivanov and Mr Bush met. ", "Karsk Bank of Karsk ", "in Karsk, Russia, ",
     "Karsk Relief Agency (KRA) ", "R--he?ab--"],
)  # fmt: skip
def test_a_long_run_costs_no_more_than_its_length(lexicon: Lexicon, text: str) -> None:
    story = passages(text * 3000)
    start = time.process_time()
    names.find(story, lexicon)
    assert time.process_time() - start < 20  # a square of the words takes minutes


@given(st.text(max_size=120))
def test_any_text_can_be_read(lexicon: Lexicon, text: str) -> None:
    for m in mentions(lexicon, text):
        assert text[m.block_start : m.block_start + len(m.surface)] == m.surface


def test_a_caption_before_the_story_means_whom_the_story_means(lexicon: Lexicon) -> None:
    found = mentions(
        lexicon,
        "Igor Ivanov came. Mr Ivanov smiled.",
        "Sergei Ivanov came too.",
        title="Mr Ivanov: came by train",
    )
    assert told(found, "Mr Ivanov") == [person("igor-ivanov")] * 2


def test_a_headline_may_print_a_surname_that_is_a_word(lexicon: Lexicon) -> None:
    found = mentions(
        lexicon, "President Bush smiled.", title="Bush Smiles at Last", bracket=SUMMER_2002
    )
    assert told(found, "Bush") == [person("george-w-bush")]
    found = mentions(lexicon, "John Major smiled.", title="Major Smiles at Last")
    assert told(found, "Major") == [person("john-major")]
    assert mentions(lexicon, "It rained.", title="Major Changes Ahead for All") == ()


@pytest.mark.parametrize(
    ("phrase", "bracket", "key"),
    [
        ("the Russian foreign minister", SPRING_2000, "igor-ivanov"),
        ("Russia's foreign minister", SPRING_2000, "igor-ivanov"),
        ("the Russian foreign minister", OPEN, None),
        ("the U.S. president", SUMMER_2002, "george-w-bush"),
        ("the foreign minister", SPRING_2000, None),
        ("the Russian poet", SPRING_2000, None),
        ("", SPRING_2000, None),
    ],
)
def test_an_office_and_a_date_tell_who_held_it(
    lexicon: Lexicon,
    phrase: str,
    bracket: tuple[dt.date | None, dt.date | None],
    key: str | None,
) -> None:
    assert names.holder(phrase, bracket, lexicon) == (key and person(key))


def test_a_full_name_is_not_lost_to_the_echo_of_an_open_one(lexicon: Lexicon) -> None:
    found = mentions(
        lexicon,
        "Mr Ferro Wander left. Then Judge Wander Carbone Hessel came. Hessel laughed.",
    )
    assert [m.surface for m in found][-2:] == ["Wander Carbone Hessel", "Hessel"]
    assert found[-1].entity_id == found[-2].entity_id is not None
