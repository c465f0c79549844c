"""Whether "he" or "she" can mean a person: by title, by the tables, by the given name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transforms.names.lexicon import Lexicon
from transforms.names.spellings import plain
from transforms.names.vocabulary import STANDING
from transforms.tables import Mention
from transforms.words import key, word_set

FEMALE_TITLES = word_set(
    "actress baroness congresswoman councilwoman countess dame frau lady madame mademoiselle miss "
    "mme mrs ms queen princess señora sheikha signora spokeswoman chairwoman businesswoman mother"
)
MALE_TITLES = word_set(
    "baron congressman councilman count emir father herr king lord monsieur mr prince sheik sheikh "
    "signor sir sultan spokesman chairman businessman viscount señor"
)


def of_people(mentions: Sequence[Mention], lexicon: Lexicon) -> Mapping[str, str]:
    """The gender of the people mentioned, by entity, where tables, title or name tell it.

    The reference tables beat a printed title ("Mrs", "Lord"), and that beats what the given name
    mostly is. Who is printed with titles of both is left out.
    """
    titled: dict[str, set[str]] = {}
    named: dict[str, str] = {}
    for mention in mentions:
        if mention.entity_id is None:
            continue
        words = key(f"{mention.office or ''} {mention.surface}")
        titled.setdefault(mention.entity_id, set()).update(_titles(words))
        bare = [word for word in key(mention.surface) if word not in STANDING]
        gender = lexicon.genders.get(plain(bare[0])) if len(bare) > 1 else None
        if gender is not None:
            named.setdefault(mention.entity_id, gender)
    told = {entity_id: genders.copy().pop() for entity_id, genders in titled.items() if genders}
    doubtful = {entity_id for entity_id, genders in titled.items() if len(genders) > 1}
    known = {e: lexicon.people_genders[e] for e in titled if e in lexicon.people_genders}
    found = {**named, **told, **known}
    return {entity_id: found[entity_id] for entity_id in found.keys() - (doubtful - known.keys())}


def _titles(words: Sequence[str]) -> set[str]:
    female = {"female"} if not FEMALE_TITLES.isdisjoint(words) else set()
    return female | ({"male"} if not MALE_TITLES.isdisjoint(words) else set())
