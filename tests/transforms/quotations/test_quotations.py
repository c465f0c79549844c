"""Quotations in sentences of our own: the words, the speaker, the cue, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import ids, names, quotations
from transforms.articles import Passage
from transforms.names.lexicon import Lexicon
from transforms.tables import Quotation

IVANOV = "igor-ivanov"
PUTIN = "vladimir-putin"
ROBERTSON = "george-robertson"


def passages(*texts: str) -> list[Passage]:
    found, start = [], 0
    for index, text in enumerate(texts):
        found.append(Passage(index, "body", text, start))
        start += len(text) + 2
    return found


def find(lexicon: Lexicon, *texts: str) -> tuple[Quotation, ...]:
    story = passages(*texts)
    mentions = names.resolve("a_1", names.find(story, lexicon), story, (None, None), lexicon)
    genders = names.genders(mentions, lexicon)
    return quotations.find("a_1", story, mentions, genders=genders)


def person(key: str | None) -> str | None:
    return key and ids.entity_id("person", key)


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue"),
    [
        ('"It will hold," said Igor Ivanov.', "It will hold,", IVANOV, "said"),
        ('"It will hold," Igor Ivanov said.', "It will hold,", IVANOV, "said"),
        ('"It will hold," Igor Ivanov later told reporters.', "It will hold,", IVANOV, "told"),
        ('"Will it hold?" Igor Ivanov asked.', "Will it hold?", IVANOV, "asked"),
        ('"Will it hold?" asked Igor Ivanov. Nobody knew.', "Will it hold?", IVANOV, "asked"),
        ("“It will hold,” declared Russian Foreign Minister Igor Ivanov.", "It will hold,", IVANOV,
         "declared"),
        ("“It will hold,” Igor Ivanov, the foreign minister, said.", "It will hold,", IVANOV,
         "said"),
        ("“It will hold”, added Igor Ivanov at dinner.", "It will hold", IVANOV, "added"),
        ("“It will hold,” according to Igor Ivanov.", "It will hold,", IVANOV, "according to"),
        ('Igor Ivanov said: "It will hold."', "It will hold.", IVANOV, "said"),
        ('Igor Ivanov said, "It will hold."', "It will hold.", IVANOV, "said"),
        ('On Monday, Igor Ivanov, asked about it, said "It will hold."', "It will hold.", IVANOV,
         "said"),
        ('Igor Ivanov welcomed the news, saying, "It will hold."', "It will hold.", IVANOV,
         "saying"),
        ('The papers quoted Igor Ivanov as saying: "It will hold."', "It will hold.", IVANOV,
         "saying"),
        ('Igor Ivanov was calmer: "It will hold."', "It will hold.", IVANOV, None),
        ("Igor Ivanov said: «It will hold.»", "It will hold.", IVANOV, "said"),
        ("Igor Ivanov said: ‘It will hold.’", "It will hold.", IVANOV, "said"),
        ("\"It will hold,'' said Igor Ivanov.", "It will hold,", IVANOV, "said"),
    ],
)  # fmt: skip
def test_direct_speech_has_its_speaker(
    lexicon: Lexicon, text: str, words: str, speaker: str, cue: str | None
) -> None:
    (found,) = find(lexicon, text)
    assert (found.text, found.speaker_entity_id, found.cue) == (words, person(speaker), cue)
    assert found.quotation_type == "direct"


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ('Igor Ivanov said the allies had "lost their way" again.', "lost their way", IVANOV),
        ('Igor Ivanov called the plan "a sad mistake" again.', "a sad mistake", IVANOV),
        ('Igor Ivanov described it as "a sad mistake."', "a sad mistake.", IVANOV),
        ('Igor Ivanov welcomed the step as a "good sign."', "good sign.", IVANOV),
        ('The plan was "dead," Igor Ivanov said.', "dead,", IVANOV),
        ('It was dismissed by Igor Ivanov as "a sad mistake".', "a sad mistake", IVANOV),
        ('Nobody liked what Igor Ivanov called "the last word".', "the last word", IVANOV),
        ('Igor Ivanov promised "no more delays" but none believed it.', "no more delays", IVANOV),
        ('Igor Ivanov, who called it "a sad mistake", left.', "a sad mistake", IVANOV),
    ],
)
def test_words_inside_a_sentence_are_partial(
    lexicon: Lexicon, text: str, words: str, speaker: str
) -> None:
    (found,) = find(lexicon, text)
    assert (found.text, found.speaker_entity_id) == (words, person(speaker))
    assert found.quotation_type == "partial"


@pytest.mark.parametrize(
    "text",
    [
        "The “Partnership for Peace” program began.",
        'The so-called "old guard" left.',
        'It is known as the "iron rule" here.',
        'It was "old" news.',
        'He read "War and Peace" on the train.',
        'Igor "Bear" Ivanov came.',
        'Igor Ivanov said he had read "The Long Way Home" twice.',
        "It's the allies' plan.",
    ],
)
def test_scare_quotes_titles_and_nicknames_are_none(lexicon: Lexicon, text: str) -> None:
    assert find(lexicon, text) == ()


def test_speech_split_by_its_cue_is_one_utterance(lexicon: Lexicon) -> None:
    found = find(lexicon, '"I am sure," said Igor Ivanov, "that it will hold."')
    assert [(q.text, q.utterance_index, q.quotation_type) for q in found] == [
        ("I am sure,", 0, "direct"),
        ("that it will hold.", 0, "direct"),
    ]
    assert {q.speaker_entity_id for q in found} == {person(IVANOV)}


def test_speech_goes_on_behind_its_cue(lexicon: Lexicon) -> None:
    found = find(lexicon, '"It will hold," Igor Ivanov said. "Nobody doubts it." They left.')
    assert [(q.text, q.utterance_index) for q in found] == [
        ("It will hold,", 0),
        ("Nobody doubts it.", 0),
    ]
    assert {q.speaker_entity_id for q in found} == {person(IVANOV)}


def test_a_new_cue_is_a_new_utterance(lexicon: Lexicon) -> None:
    found = find(lexicon, '"It will hold," Igor Ivanov said. "It will not," Vladimir Putin said.')
    assert [(q.utterance_index, q.speaker_entity_id) for q in found] == [
        (0, person(IVANOV)),
        (1, person(PUTIN)),
    ]


def test_speech_over_paragraphs_is_one_utterance(lexicon: Lexicon) -> None:
    found = find(
        lexicon,
        "“It will hold,” said Igor Ivanov. “Nobody doubts it.",
        "“And nobody should.",
        "“So let us go home.”",
        "They went home.",
    )
    assert [q.text for q in found[2:]] == ["And nobody should.", "So let us go home."]
    assert {(q.utterance_index, q.speaker_entity_id) for q in found} == {(0, person(IVANOV))}


def test_the_speaker_may_be_named_in_the_second_paragraph(lexicon: Lexicon) -> None:
    found = find(lexicon, "“Nobody doubts it.", "“It will hold,” said Igor Ivanov.")
    assert {(q.utterance_index, q.speaker_entity_id) for q in found} == {(0, person(IVANOV))}


def test_a_quoted_paragraph_without_a_cue_goes_on(lexicon: Lexicon) -> None:
    found = find(lexicon, '"It will hold," Igor Ivanov said.', '"Nobody doubts it at all."')
    assert [q.speaker_entity_id for q in found] == [person(IVANOV)] * 2


def test_a_quoted_paragraph_behind_prose_has_no_speaker(lexicon: Lexicon) -> None:
    found = find(
        lexicon, '"It will hold," Igor Ivanov said. It rained.', '"Nobody doubts it at all."'
    )
    assert [q.speaker_entity_id for q in found] == [person(IVANOV), None]


def test_a_paragraph_that_ends_with_a_colon_announces_the_next(lexicon: Lexicon) -> None:
    (found,) = find(lexicon, "Then Igor Ivanov said:", "“It will hold.”")
    assert found.speaker_entity_id == person(IVANOV)


@pytest.mark.parametrize(
    ("texts", "speaker"),
    [
        (("Igor Ivanov sat down.", '"It will hold," he said.'), IVANOV),
        (('Igor Ivanov sat down. "It will hold," he said.',), IVANOV),
        (('"No," Igor Ivanov said. It rained.', '"It will hold," he added.'), IVANOV),
        (("Igor Ivanov sat down. Vladimir Putin stood up.", '"It will hold," he said.'), PUTIN),
        (('Vladimir Putin was bored. Igor Ivanov, he said, was "wrong again".',), PUTIN),
        (("Speeches were long. It rained.", '"It will hold," he said.'), None),
        (("Lord Robertson sat down.", '"It will hold," she said.'), None),
        (("Igor Ivanov sat down.", '"It will hold," they said.'), None),
    ],
)
def test_a_pronoun_is_the_nearest_fitting_person(
    lexicon: Lexicon, texts: tuple[str, ...], speaker: str | None
) -> None:
    found = find(lexicon, *texts)[-1]
    assert found.speaker_entity_id == person(speaker)
    assert found.speaker_surface in ("he", "she", "they")


def test_an_office_stands_for_the_one_person_named_with_it(lexicon: Lexicon) -> None:
    story = "Foreign Minister Igor Ivanov met President Vladimir Putin."
    (found,) = find(lexicon, story, '"It will hold," the foreign minister said.')
    assert (found.speaker_entity_id, found.method) == (person(IVANOV), "office")
    (found,) = find(lexicon, story, '"It will hold," the American president said.')
    assert found.speaker_entity_id in (None, person(PUTIN))


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ('A joint declaration said both sides "agreed to go on talking".', "A joint declaration"),
        ('"It will hold," the ministry said.', "the ministry"),
        ('"It will hold," NATO officials said.', "NATO officials"),
        ('"It will hold," said a spokesman for Igor Ivanov.', "a spokesman for Igor Ivanov"),
        ('"It will hold," Igor Ivanov and Vladimir Putin said.',
         "Igor Ivanov and Vladimir Putin"),
    ],
)  # fmt: skip
def test_a_speaker_that_is_no_person_is_kept_as_printed(
    lexicon: Lexicon, text: str, surface: str
) -> None:
    (found,) = find(lexicon, text)
    assert (found.speaker_surface, found.speaker_entity_id) == (surface, None)
    assert found.method.startswith("unresolved:")


def test_a_name_is_the_speaker_where_a_mention_covers_it(lexicon: Lexicon) -> None:
    (found,) = find(lexicon, '"It will hold," NATO said.')
    assert found.speaker_entity_id == ids.entity_id("organisation", "nato")


def test_an_owner_is_not_the_speaker(lexicon: Lexicon) -> None:
    (found,) = find(lexicon, '"It will hold," Igor Ivanov\'s driver said.')
    assert found.speaker_entity_id is None


def test_long_words_without_a_cue_are_kept_without_a_speaker(lexicon: Lexicon) -> None:
    (found,) = find(lexicon, 'They signed up to "a fair and open exchange of views" there.')
    assert (found.speaker_entity_id, found.method) == (None, "unresolved:no_cue")


def test_captions_and_titles_hold_no_quotations(lexicon: Lexicon) -> None:
    story = [Passage(0, "title", '"It will hold," said Ivanov', None)]
    assert quotations.find("a_1", story, ()) == ()


def test_spans_are_in_the_text_of_the_article(lexicon: Lexicon) -> None:
    texts = ("It rained.", '"It will hold," said Igor Ivanov.')
    (found,) = find(lexicon, *texts)
    assert "\n\n".join(texts)[found.char_start : found.char_end] == found.text


WORDS = st.sampled_from(
    "Igor Ivanov Putin Mr He he she said, said told added: called as saying according to "
    "the minister \" “ ” '' ‘ ’ , . ? ! : -- and who NATO Moscow It will hold never a sad "
    "mistake".split()
)


@given(st.lists(st.lists(WORDS, max_size=30), max_size=4))
def test_quotations_slice_and_never_overlap(lexicon: Lexicon, texts: list[list[str]]) -> None:
    lines = [" ".join(words) for words in texts]
    text, end = "\n\n".join(lines), 0
    found = find(lexicon, *lines)
    for quotation in found:
        assert text[quotation.char_start : quotation.char_end] == quotation.text != ""
        assert quotation.char_start >= end
        end = quotation.char_end
    numbers = [q.utterance_index for q in found]
    assert numbers == sorted(numbers)


@given(st.text(alphabet="aIb .,?!:;'\"“”‘’„«»`-\n", max_size=80))
def test_any_marks_can_be_read(lexicon: Lexicon, text: str) -> None:
    for quotation in find(lexicon, text):
        assert text[quotation.char_start : quotation.char_end] == quotation.text


def test_the_holder_of_a_described_office_speaks_if_the_article_names_him(
    lexicon: Lexicon,
) -> None:
    def holder(phrase: str) -> str | None:
        return person(IVANOV) if phrase == "the Russian diplomat" else None

    def spoken(first: str) -> str | None:
        story = passages(first, '"It will hold," the Russian diplomat said.')
        mentions = names.resolve("a_1", names.find(story, lexicon), story, (None, None), lexicon)
        (found,) = quotations.find("a_1", story, mentions, holder)
        return found.speaker_entity_id

    assert spoken("Igor Ivanov sat down.") == person(IVANOV)
    assert spoken("It rained.") is None


@pytest.mark.parametrize("text", ['"It is ', 'Hanna "Salty" ', "'It is ", '"It is," said Hanna. '])
def test_a_long_run_of_marks_costs_no_more_than_its_length(lexicon: Lexicon, text: str) -> None:
    story = passages(text * 3000)
    start = time.process_time()
    quotations.find("a_1", story, ())
    assert time.process_time() - start < 20  # a square of the marks takes minutes
