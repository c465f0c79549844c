"""Bodies that no table and no noun tells: by how the text uses the capitalised words.

"AMD shares fell", "the Colts have", "a Lionsgate spokesman" and "Portia said" name bodies though
no word of them says so. A score of signs, fitted to reports whose participants are labelled,
weighs how the words are printed and what stands beside them wherever the article prints them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, compress
from operator import not_

from transforms import weights
from transforms.names.bodies import Body
from transforms.names.body_nouns import GENERIC, NOUNS
from transforms.names.hits import Hit, by_first, by_last
from transforms.names.lexicon import Lexicon
from transforms.names.proofs import MAYBE
from transforms.names.readings import Reading
from transforms.names.spellings import plain
from transforms.names.usage_words import (
    AGENTS,
    BODY_HEADS,
    DETERMINERS,
    MANY,
    ONE,
    OPENERS,
    OWNERS,
    PLACE_HEADS,
    SMALL,
    SPORT,
    STAFF,
    THING_HEADS,
    TRADE,
    WHERE,
)
from transforms.names.vocabulary import (
    AUXILIARIES,
    DEEDS,
    KIN,
    NOT_A_NAME,
    QUALIFIERS,
    SPEECH,
    STANDING,
)
from transforms.persons import commonness
from transforms.words import APOSTROPHES, HYPHENS, Words

LINKS = frozenset({" ", "\u00a0", "\n", " & ", *HYPHENS})
NO_PART = NOT_A_NAME | STANDING | QUALIFIERS
NO_OPENERS = NO_PART - OPENERS
HEADS = BODY_HEADS | NOUNS.keys()
ACTING = SPEECH | STAFF | MANY | ONE
LONGEST = 5  # words
BEHIND_AT = 10  # the first of the signs of what stands behind
LEAST = 0.5  # nats from which words name a body
METHOD = "body:usage"
LEAST_SPORT = 0.5
HALF = 5  # so many different words of a subject are half a proof that an article is about it

SIGNS = (
    "the_before", "article_before", "owner_before", "where_before", "of_before", "agent_before",
    "noun_before", "comma_before", "start_before", "title_before",
    "speech_behind", "many_behind", "one_behind", "did_behind", "owns_behind", "staff_behind",
    "noun_behind", "where_behind", "comma_behind",
    "is_single", "is_long", "is_shout", "is_camel",  "has_hyphen",
    "is_plural", "is_given", "is_surname", "has_place", "is_bodys", "is_places", "is_things",
    "common_first", "common_last", "unknown_last", "is_repeated", "is_small_too",
    "plural_behind_the", "plural_of_place", "acronym_behind_the", "acts_unknown", "acts_single",
    "body_of_place", "acronym_acts", "sport_the", "sport_plural", "sport_place", "sport_acts",
    "trade_single", "trade_unknown", "trade_acts", "the_unknown", "opens_always",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `last` of a passage, printed with capitals and covered by no other name."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Printed:
    """One passage with the runs found in it."""

    words: Words
    parts: Mapping[int, Hit]
    runs: Sequence[Run]


@dataclass(frozen=True)
class About:
    """What an article is about, as far as that tells what its capitals may be; read when asked."""

    printed: Sequence[Printed]

    @cached_property
    def small(self) -> frozenset[str]:
        """The words it prints without a capital."""
        printed = (passage.words for passage in self.printed)
        return frozenset(
            chain.from_iterable(compress(w.keys, map(not_, w.capitals)) for w in printed)
        )

    @cached_property
    def sport(self) -> float:
        """How much it is about sport, 0 to 1."""
        return self._share(SPORT)

    @cached_property
    def trade(self) -> float:
        """How much it is about trade, 0 to 1."""
        return self._share(TRADE)

    def _share(self, subject: frozenset[str]) -> float:
        count = len(self.small & subject)
        return count / (count + HALF)


def runs(words: Words, parts: Mapping[int, Hit], taken: frozenset[int]) -> list[Run]:
    """The runs of capitals of a passage; the name of a place may open one.

    `parts` are the hits under each of their words, `taken` the words of other names.
    """
    found, free, keys = [], 0, words.keys
    for first in words.capital_at:
        if (
            first < free
            or first in taken
            or (keys[first] in NO_PART and keys[first] not in OPENERS)
        ):
            continue
        if not _may_open(words, first, parts, taken):
            continue
        last = first if first not in parts else parts[first].last
        while last + 1 < len(keys) and words.gaps[last] in LINKS and last - first < LONGEST:
            if not _may_go_on(words, last + 1, parts, taken):
                break
            last += 1
        free = last + 1
        if last not in parts:
            found.append(Run(first, last))
    return found


def _may_open(words: Words, index: int, parts: Mapping[int, Hit], taken: frozenset[int]) -> bool:
    hit = parts.get(index)
    if hit is not None:
        is_place = all(e.entity_type == "place" and e.form != "demonym" for e in hit.entries)
        return is_place and hit.first == index and index not in taken
    if words.keys[index] in OPENERS and index not in taken:
        follows = index + 1 < len(words) and words.gap(index) == " "
        return follows and _may_go_on(words, index + 1, parts, taken)
    return _is_free(words, index, taken) and not words.keys[index][0].isdigit()


def _may_go_on(words: Words, index: int, parts: Mapping[int, Hit], taken: frozenset[int]) -> bool:
    return index not in parts and _is_free(words, index, taken)


def _is_free(words: Words, index: int, taken: frozenset[int]) -> bool:
    key = words.keys[index]
    if not words.capitals[index] or key in NO_PART or index in taken:
        return False
    # "T-Mobile"
    is_part = len(key) > 1 or (words.gap(index) in HYPHENS and words.is_initial(index))
    return is_part and not key.isdigit()


def signs(
    key: tuple[str, ...], places: Sequence[tuple[Printed, Run]], about: About, lexicon: Lexicon
) -> tuple[float, ...]:
    """The signs of `SIGNS` for the words `key`, over all places where the article prints them.

    `about` is what the article is about.
    """
    beside = [_beside(printed.words, run) for printed, run in places]
    inside = [b for b, (p, r) in zip(beside, places, strict=True)
              if not p.words.opens_sentence(r.first)]  # fmt: skip
    told = inside or beside
    # What stands behind tells as much where the words open a sentence.
    shares = (*_means(told)[:BEHIND_AT], *_means(beside)[BEHIND_AT:])
    named = dict(zip(SIGNS, (*shares, *_form(key, places, about.small, lexicon)), strict=False))
    acts = max(named[s] for s in ("speech_behind", "many_behind", "owns_behind", "staff_behind",
                                  "agent_before", "did_behind"))  # fmt: skip
    return (
        *named.values(),
        named["is_plural"] * named["the_before"],
        named["is_plural"] * named["has_place"],
        named["is_shout"] * named["the_before"],
        acts * named["unknown_last"],
        acts * named["is_single"],
        named["is_bodys"] * named["has_place"],
        acts * named["is_shout"],
        about.sport * named["the_before"],
        about.sport * named["is_plural"],
        about.sport * named["has_place"],
        about.sport * acts,
        about.trade * named["is_single"],
        about.trade * named["unknown_last"],
        about.trade * acts,
        named["the_before"] * named["unknown_last"],
        float(not inside),
    )


def _means(rows: Sequence[tuple[bool, ...]]) -> Sequence[float]:
    if len(rows) == 1:
        return rows[0]
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]


def _beside(words: Words, run: Run) -> tuple[bool, ...]:
    before = words.keys[run.first - 1] if run.first else ""
    gap = words.before(run.first)
    is_near = gap == " " or (gap in APOSTROPHES)
    behind = words.keys[run.last + 1] if run.last + 1 < len(words) else ""
    gap_behind = words.gap(run.last)
    is_next = gap_behind == " "
    is_capital = run.last + 1 < len(words) and words.capitals[run.last + 1]
    is_title = is_near and before in STANDING | KIN
    is_word = is_near and before.isalpha() and before not in SMALL and len(before) > 1
    is_verb = behind.endswith("ed") or behind in AUXILIARIES or behind in DEEDS
    return (
        is_near and before == "the",
        is_near and before in DETERMINERS,
        is_near and before in OWNERS,
        is_near and before in WHERE,
        is_near and before == "of",
        is_near and before in AGENTS,
        is_word and not is_title and not words.capitals[run.first - 1],
        gap.startswith(","),
        words.opens_sentence(run.first),
        is_title,
        is_next and behind in SPEECH,
        is_next and behind in MANY,
        is_next and behind in ONE,
        is_next and is_verb and behind not in MANY | ONE | SPEECH,
        gap_behind in APOSTROPHES and behind == "s",
        is_next and behind in STAFF,
        is_next and not is_capital and not is_verb and behind not in SMALL | STAFF | SPEECH,
        is_next and behind in WHERE | {"on", "of"},
        gap_behind.startswith(","),
    )


def _form(
    key: tuple[str, ...], places: Sequence[tuple[Printed, Run]], small: frozenset[str],
    lexicon: Lexicon,
) -> tuple[float, ...]:  # fmt: skip
    printed, run = places[0]
    words = printed.words
    shown = [words.text[words.starts[i] : words.ends[i]] for i in range(run.first, run.last + 1)]
    is_acronym = [word.isupper() and len(word) > 1 for word in shown]
    is_joined = any(words.gap(i) in HYPHENS for i in range(run.first, run.last))
    rarest = min(map(commonness, key))
    first, last = (
        # Initials are no words, and a compound is as rare as its rarest part.
        0.0 if is_shout else rarest if is_joined else commonness(word)
        for word, is_shout in ((key[0], is_acronym[0]), (key[-1], is_acronym[-1]))
    )
    return (
        len(key) == 1,
        len(key) > 2,
        any(is_acronym),
        any(word[1:] != word[1:].lower() and not word.isupper() for word in shown),
        is_joined,
        key[-1].endswith("s") and not key[-1].endswith("ss"),
        plain(key[0]) in lexicon.given_names,
        plain(key[-1]) in lexicon.common_surnames,
        any(i in printed.parts for i in range(run.first, run.last + 1)),
        key[-1] in HEADS,
        key[-1] in PLACE_HEADS,
        key[-1] in THING_HEADS,
        first,
        last,
        last == 0.0,
        math.log(len(places)),
        key[-1] in small,
    )


def score(found: Sequence[float]) -> float:
    """The log-odds, in nats, that words of these signs name a body."""
    bias, fitted = _fitted()
    return bias + sum(map(float.__mul__, fitted, map(float, found)))


@cache
def _fitted() -> tuple[float, tuple[float, ...]]:
    told = {sign: float(weight) for sign, weight in weights.rows("body_usage")}
    return told["bias"], tuple(told[sign] for sign in SIGNS)


def told(readings: Sequence[Reading], lexicon: Lexicon) -> list[Reading]:
    """The readings, with the bodies that only the use of their names tells.

    A part of a longer body's name that stands alone too is that body: "Kraft" and "Kraft Foods".
    """
    printed = [(reading, of_reading(reading)) for reading in readings if not reading.is_headline]
    found = by_key([passage for _, passage in printed], people(readings))
    topic = About([passage for _, passage in printed])
    scores = {
        key: score(signs(key, at, topic, lexicon))
        for key, at in found.items()
        if may_be_body(key, at, topic)
    }
    bodies = {key: plain(" ".join(key)) for key in scores if scores[key] > LEAST}
    for short in sorted(found, key=lambda key: (-len(key), key)):
        whole = _whole(short, bodies)
        if whole is not None:
            # The next article prints the short form alone: it is what both are known by.
            bodies[short] = bodies[whole] = plain(" ".join(short))
    if not bodies:
        return list(readings)
    in_body = {id(reading): passage.runs for reading, passage in printed}
    return [
        _with(reading, _placed(reading, in_body.get(id(reading)), bodies)) for reading in readings
    ]


def may_be_body(key: tuple[str, ...], places: Sequence[tuple[Printed, Run]], topic: About) -> bool:
    """Whether the text anywhere uses the words as the name of somebody who acts.

    The name of a product or a notion stands beside the same words as a company's, and does not
    act: pages of manuals are full of them.
    """
    if len(key) > 1 and key[-1] in HEADS:
        return True
    for printed, run in places:
        words = printed.words
        behind = words.keys[run.last + 1] if run.last + 1 < len(words) else ""
        if behind in ACTING and words.gap(run.last) == " ":
            return True
        if run.first and words.keys[run.first - 1] == "the" and topic.sport > LEAST_SPORT:
            return True
    return False


def _whole(key: tuple[str, ...], bodies: Mapping[tuple[str, ...], str]) -> tuple[str, ...] | None:
    """The only longer name of a body that this one opens or ends."""
    longer = [b for b in bodies if len(b) > len(key) and key in (b[: len(key)], b[-len(key) :])]
    return longer[0] if len(longer) == 1 else None


def _placed(
    reading: Reading, found: Sequence[Run] | None, bodies: Mapping[tuple[str, ...], str]
) -> Iterator[Body]:
    """The bodies of a passage; of a headline, wherever it prints their words."""
    words = reading.words
    for run in found if found is not None else _of_headline(reading, bodies):
        key = bodies.get(words.keys[run.first : run.last + 1])
        if key is not None:
            yield Body(run.first, run.last, "organisation", key, METHOD, None)


def _of_headline(reading: Reading, bodies: Mapping[tuple[str, ...], str]) -> Iterator[Run]:
    words, free = reading.words, 0
    longest = max(map(len, bodies))
    for first in words.capital_at:
        for length in range(longest, 0, -1):
            key = words.keys[first : first + length]
            is_free = first >= free and first not in reading.ends
            if is_free and len(key) == length and key in bodies:
                yield Run(first, first + length - 1)
                free = first + length
                break


def _with(reading: Reading, found: Iterable[Body]) -> Reading:
    """The reading with these bodies; the names of places in them fall."""
    bodies = tuple(found)
    if not bodies:
        return reading
    inside = {i for body in bodies for i in range(body.first, body.last + 1)}
    hits = [hit for hit in reading.hits if hit.first not in inside]
    return replace(
        reading,
        hits=tuple(hits),
        bodies=(*reading.bodies, *bodies),
        starts=by_first(hits),
        ends=by_last(hits),
    )


def of_reading(reading: Reading) -> Printed:
    """The passage with its runs that no other rule names."""
    if not reading.words.capital_at:
        return Printed(reading.words, {}, ())
    parts = {i: h for h in reading.hits for i in range(h.first, h.last + 1)}
    spans = [(s.first, s.last) for s in reading.strangers if s.method != MAYBE]
    spans += [(b.first, b.last) for b in reading.bodies]
    spans += [(p.first, p.last) for p in reading.localities]
    taken = frozenset(i for first, last in spans for i in range(first, last + 1))
    return Printed(reading.words, parts, runs(reading.words, parts, taken))


def people(readings: Sequence[Reading]) -> frozenset[str]:
    """The words of the names of people in the article, and the initials it explains."""
    found = {
        key
        for reading in readings
        for s in reading.strangers
        if s.method != MAYBE
        for key in reading.words.keys[s.first : s.last + 1]
    }
    known = {
        reading.words.keys[hit.last]
        for reading in readings
        for hit in reading.hits
        if hit.of_type("person")
    }
    initials = {body.acronym for reading in readings for body in reading.bodies if body.acronym}
    return frozenset(found | known | initials)


def by_key(
    printed: Sequence[Printed], known: frozenset[str]
) -> Mapping[tuple[str, ...], list[tuple[Printed, Run]]]:
    """The runs of an article by their words, without those of `known` names.

    Words that bodies of every country are called by tell nobody which one is meant.
    """
    found: dict[tuple[str, ...], list[tuple[Printed, Run]]] = {}
    for passage in printed:
        for run in passage.runs:
            key = passage.words.keys[run.first : run.last + 1]
            if key[-1] not in known and key[0] not in known and not GENERIC.issuperset(key):
                found.setdefault(key, []).append((passage, run))
    return found
