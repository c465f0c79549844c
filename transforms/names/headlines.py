"""People in headlines, where every word has a capital: told by the story, or left in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from transforms.names.hits import ORDINARY
from transforms.names.proofs import MAYBE
from transforms.names.readings import Reading
from transforms.names.strangers import Stranger, name_key
from transforms.names.vocabulary import NOT_A_NAME, NOT_A_PERSON, ROLES
from transforms.words import APOSTROPHES, word_set

# Given names that are words too: with a capital at the head of a sentence they prove nothing.
WORDS_TOO = ORDINARY | word_set(
    "amber angel april art august autumn bill bob carol chance chase christian chuck crystal dawn "
    "don drew eve faith frank gene ginger grace guy holly iris ivy jack jean joy june lily mark "
    "max miles olive pat patience pearl penny ray rob robin rock rod ruby sandy stormy sue summer "
    "violet wade warren will"
)
InFull = Mapping[str, Sequence[tuple[tuple[str, ...], Stranger]]]


def in_full(readings: Sequence[Reading]) -> InFull:
    """The people the stories name in full, by first word: all words of the name, longest first."""
    printed = {
        r.words.keys[s.first : s.last + 1]: s
        for r in readings
        for s in r.strangers
        if s.method != MAYBE and s.last > s.first
    }
    by_first: dict[str, list[tuple[tuple[str, ...], Stranger]]] = {}
    for keys in sorted(printed, key=lambda keys: (-len(keys), keys)):
        by_first.setdefault(keys[0], []).append((keys, printed[keys]))
    return by_first


def with_people(reading: Reading, named: InFull) -> Reading:
    """The reading; of a headline, the people the story names in full, and as doubtful ones each
    given name with a word behind it."""
    words = reading.words
    if not reading.is_headline:
        return reading
    people = [
        replace(
            stranger,
            first=i,
            last=i + len(keys) - 1,
            office=reading.office_before(i),
            method="full_name",
        )
        for i in words.capital_at
        for keys, stranger in named.get(words.keys[i], ())
        if words.keys[i : i + len(keys)] == keys and i not in reading.starts
    ]
    told = {i for person in people for i in range(person.first, person.last + 1)}
    pairs = [
        Stranger(i, last, *name_key(words, i, last, reading.lexicon), None, MAYBE)
        for i, key in enumerate(words.keys[:-1])
        if key in reading.lexicon.given_names and key not in WORDS_TOO | NOT_A_NAME
        for last in [_end_in_headline(reading, i + 1)]
        if last and i not in reading.ends and told.isdisjoint((i, last))
    ]
    return replace(reading, strangers=(*people, *pairs))


def _end_in_headline(reading: Reading, index: int) -> int | None:
    """The last word of the surname that starts with this word of a headline, or None."""
    words = reading.words
    if not words.joins(index - 1) or words.gap(index - 1) in APOSTROPHES:
        return None
    if words.gap(index) in APOSTROPHES and words.is_initial(index):
        index += 1  # "O'Brien"
    is_free = index < len(words) and index not in reading.starts and index not in reading.ends
    is_free = is_free and not words.keys[index][0].isdigit()
    no_names = NOT_A_PERSON | NOT_A_NAME | ROLES
    return index if is_free and words.keys[index] not in no_names else None
