"""Sentences: who, what and where, and what they are quoted with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from tests.grammar import days

PEOPLE = (
    ("NATO Secretary General", "Javier Solana"), ("NATO Secretary General", "George Robertson"),
    ("Russian Foreign Minister", "Igor Ivanov"), ("Russian Foreign Minister", "Andrei Kozyrev"),
    ("Foreign Minister", "Yevgeny Primakov"), ("President", "Boris Yeltsin"),
    ("President", "Bill Clinton"), ("U.S. Secretary of State", "Madeleine Albright"),
    ("General", "Wesley Clark"), ("Lord", "Robertson"), ("Mr.", "Solana"), ("mayor", "Ada Lind"),
    ("spokesman", "Piet van der Velde"), ("Mrs", "O'Hara-Smith"), ("Dr", "Şahin Öztürk"),
    ("deputy minister", "JEAN-LUC MARTIN"), ("", "Putin"), ("analyst", "J. R. Tern"),
    ("President Vladimir", "Putin"), ("Premier", "Solano"), ("the late", "Georgia Paris"),
)  # fmt: skip
GIVEN = (
    "Anna",
    "Oleg",
    "Marta",
    "Per",
    "Ruth",
    "Tomas",
    "Vera",
    "Lech",
    "Ines",
    "Kofi",
    "Mr.",
    "Dr",
)
SURNAMES = (
    "Lindqvist", "Tarasov", "Hazel", "Brandt", "Okafor", "Petrova", "Moreau", "Novak", "Keller",
    "Wren", "Sandoval", "Ilyin", "Dahl", "Fontaine", "Marsh", "Kowalska", "Vance", "Bey", "Quist",
    "Hartmann", "Savin", "Rossi", "Tern", "Unwin", "Zeman", "Arslan", "Bloom", "Crane",
)  # fmt: skip
OFFICES = ("", "Foreign Minister", "General", "President", "spokesman", "Defense Minister", "envoy")
PLACES = (
    "Brussels", "Moscow", "MOSCOW", "Helsinki, Finland", "Paris", "Harrow", "Pratica di Mare",
    "Reykjavik, Iceland", "Washington", "St. Petersburg", "Georgia", "Bergen op Zoom", "Prague",
    "Noordwijk", "Karsk, Ukraine",
)  # fmt: skip
BODIES = (
    "NATO", "the alliance", "the European Union", "the OSCE", "the Permanent Joint Council",
    "the Tern League", "Harrow Shipping Ltd", "Partnership for Peace", "the State Duma", "the U.N.",
    "the Founding Act", "AT&T", "SFOR",
)  # fmt: skip
ACTS = (
    "signed a charter on grain and timber", "refused to open the northern pier",
    "agreed to share the cost of five bridges", "walked out of a meeting about ferries",
    "called for calm after a strike of pilots", "put off a vote on the new council",
    "is to meet the ministers of nine countries", "would send 3,600 soldiers to the airport",
    "broke off talks on the price of gas", "opened a school for interpreters",
    "will decide about the treaty", "had counted 17 ships in the harbour",
)  # fmt: skip
WORDS = (
    "we have a text", "nobody will ask about the price", "it is too early to say",
    "the ice is thin, and we are heavy", "yes", "this is a 'new' page, not a new book",
    "our partners know where the door is", "five of them said no", "I read it twice. Twice!",
)  # fmt: skip
CUES = ("said", "told reporters", "asked", "warned", "quipped", "added", "is quoted as saying")
NOUNS = (
    "boat", "bridge", "clerk", "herring", "treaty", "corridor", "battalion", "runway", "minister",
    "verb", "lamp", "ferry", "oak", "barrel", "ledger", "winter", "choir", "envelope", "tariff",
    "pilot", "stamp", "kettle", "border", "harbour", "wheel", "veto", "pier", "market", "cable",
    "tunnel", "orchard", "coin", "signal", "widow", "engine", "valley", "printer", "goose",
)  # fmt: skip
VERBS = (
    "crossed", "counted", "forgot", "painted", "sold", "lifted", "refused", "followed", "closed",
    "praised", "carried", "burned", "mended", "measured", "lent", "hid",
)  # fmt: skip
FILLERS = (
    "The {0} of {place} {verb} {number} {1}s before the {2} could be named.",
    "A {0} stood beside the {1}, and nobody {verb} the {2} until the {3} was gone.",
    "{number} percent of every {0} {verb} by the {1} belongs to {place}, a {2} with a {3}.",
    "Earlier drafts had spoken of a {0}, a word that neither the {1} nor the {2} wished to hear.",
    "Officials in {number} towns denied that a {0} {verb} the {1}, and then said that it had.",
)


@dataclass(frozen=True, slots=True)
class Happening:
    """What several pages may tell: a day, a place, some people and what they did."""

    day: dt.date
    place: str
    people: tuple[tuple[str, str], ...]
    body: str
    act: str


def _person(rng: Random) -> tuple[str, str]:
    """An office, or none, and a name: one that reference tables know, or any."""
    if rng.random() < 0.4:
        return rng.choice(PEOPLE)
    return rng.choice(OFFICES), f"{rng.choice(GIVEN)} {rng.choice(SURNAMES)}"


def filler(rng: Random) -> str:
    """A sentence that says nothing of the happening."""
    nouns = rng.sample(NOUNS, 4)
    return rng.choice(FILLERS).format(
        *nouns, place=rng.choice(PLACES), verb=rng.choice(VERBS), number=rng.randrange(2, 900)
    )


def _act(rng: Random) -> str:
    if rng.random() < 0.5:
        return rng.choice(ACTS)
    first, second = rng.sample(NOUNS, 2)
    return f"{rng.choice(VERBS)} {rng.randrange(2, 90)} {first}s for a {second}"


def happening(rng: Random) -> Happening:
    """Something that may have happened."""
    return Happening(
        days.any_day(rng),
        rng.choice(PLACES),
        tuple(_person(rng) for _ in range(rng.randrange(1, 5))),
        rng.choice(BODIES),
        _act(rng),
    )


def paragraphs(rng: Random, told: Happening) -> list[str]:
    """The text of a report: an opening, quotations, fillers, references to other days."""
    office, name = told.people[0]
    lead = f"{named(rng, office, name)} of {told.body} {told.act} {days.told(rng, told.day)}"
    lead = f"{lead} in {told.place.split(',')[0]}, {days.told(rng, told.day)}."
    parts = [lead[0].upper() + lead[1:]]
    for _ in range(rng.randrange(1, 9)):
        parts.append(rng.choice((_quoted, _dated, _filler, _filler))(rng, told))
    return parts


def _filler(rng: Random, _: Happening) -> str:
    return " ".join(filler(rng) for _ in range(rng.randrange(1, 4)))


def named(rng: Random, office: str, name: str) -> str:
    """A name with its office or without, whole or in part."""
    surname = name.split()[-1]
    return rng.choice(
        (f"{office} {name}".strip(), name, surname, f"{name}, {office or 'who was there'},",
         f"{office} {surname}".strip(), name.upper(), f"{surname}'s office")
    )  # fmt: skip


def title(rng: Random, told: Happening) -> str:
    """A headline."""
    _, name = rng.choice(told.people)
    words = f"{name.split()[-1]} {told.act.split(' ', 1)[0]} {told.body} in {told.place}"
    return rng.choice((words, words.title(), words.upper(), f"'{words}'", f"{told.body}: {words}"))


def _dated(rng: Random, told: Happening) -> str:
    office, name = rng.choice(told.people)
    other = days.told(rng, told.day + dt.timedelta(days=rng.randrange(-900, 900)))
    act, body = rng.choice(ACTS), rng.choice(BODIES)
    sentence = f"{named(rng, office, name)} {act} {other}, {body} {rng.choice(CUES)}."
    return sentence[0].upper() + sentence[1:]


def _quoted(rng: Random, told: Happening) -> str:
    who = rng.choice((*(named(rng, *p) for p in told.people), "he", "she", "the statement"))
    opened, shut = rng.choice(
        (('"', '"'), ("\u201c", "\u201d"), ("'", "'"), ("\u2018", "\u2019"), ("``", "''"),
         ("\u00ab", "\u00bb"), ('"', ""), ("", '"'), ("\u201e", "\u201c"), ('"\'', "'\""))
    )  # fmt: skip
    words, more, cue = rng.choice(WORDS), rng.choice(WORDS), rng.choice(CUES)
    return rng.choice(
        (
            f"{opened}{words.capitalize()},{shut} {who} {cue}.",
            f"{opened}{words.capitalize()},{shut} {cue} {who}. {opened}{more.capitalize()}.{shut}",
            f"{who} {cue}: {opened}{words.capitalize()}.{shut}",
            f"{opened}{words.capitalize()},{shut} {who} {cue}, {opened}{more}.{shut}",
            f"{who} spoke of {opened}{words}{shut} and {opened}{more}{shut}.",
            f"{opened}{words.capitalize()}. {filler(rng)}",
            f"He {cue} to {who}: {opened}{words}{shut}",
        )
    )
