"""What proves that a run of capitalised words names a person."""

from __future__ import annotations

import re

from transforms.names.lexicon import Lexicon
from transforms.names.offices import PrintedOffice
from transforms.names.runs import is_given
from transforms.names.spellings import plain
from transforms.names.vocabulary import BELONGINGS, DEEDS, KIN, SPEECH, SUFFIXES
from transforms.words import APOSTROPHES, Words

MAYBE = ""  # the proof of what is printed as a name is, with nothing more to prove it
BEFORE_NAME = SPEECH - {"told", "asked", "urged", "urges", "praised", "called", "described"}
SURNAME_FIRST = "surname_first"  # "Szabo Istvan", as in Hungary and the far East
PERSONAL = frozenset({"bin", "den", "der", "ibn", "van", "von", "zu"})  # "de" is in places too
PROOF_BEHIND = SPEECH | DEEDS
AGE = re.compile(r"(?:, (?:aged )?| \()\d{1,3}\b[,;).]?(?! (?:million|percent|years))")
WHO = re.compile(r", (?:who|whose)\b")
THEIR_KIN = re.compile(r", (?:his|her|their|my) (?:late |former |then )?(\w+)")


def proof(
    words: Words, first: int, last: int, lexicon: Lexicon, office: PrintedOffice | None
) -> str | None:
    """Why these words name a person: `MAYBE` if only the article can tell, None if they don't."""
    has_given = is_given(words, first, lexicon)
    longer = (i for i in range(first, last + 1) if words.keys[i] not in SUFFIXES)
    capitals = [words.is_upper(i) for i in longer if len(words.keys[i]) > 1]
    if any(capitals) and not (all(capitals) and (has_given or words.text.isupper())):
        return None
    if has_given:
        return "given_name"
    if office is not None:
        return "title"
    if words.is_initial(first) and words.gap(first)[:1] == ".":
        return "initials"
    if words.keys[last] in ("jr", "jnr", "sr"):
        return "given_name"
    if last > first + 1 and is_given(words, first + 1, lexicon):
        return "given_name"
    if last == first + 1 and _is_surname(words, first, lexicon) and is_given(words, last, lexicon):
        return SURNAME_FIRST
    if not PERSONAL.isdisjoint(words.keys[first + 1 : last]):
        return "particle"
    if first and words.keys[first - 1] == "the" and words.before(first) == " ":
        return None
    told = _behind(words, last) or _ahead(words, first)
    return told or ("surname" if _is_surname(words, last, lexicon) else MAYBE)


def _is_surname(words: Words, index: int, lexicon: Lexicon) -> bool:
    return plain(words.keys[index]) in lexicon.surnames


def _behind(words: Words, last: int) -> str | None:
    """What stands behind a name and shows that it is a person's."""
    gap = words.gap(last)
    following = words.keys[last + 1] if last + 1 < len(words) else ""
    if gap == " " and following in PROOF_BEHIND:
        return "speech" if following in SPEECH else "deed"
    if gap in APOSTROPHES and following == "s":
        owned = words.keys[last + 2 : last + 3]
        return "kin" if owned and owned[0] in BELONGINGS else None
    if gap[:1] not in (",", " "):
        return None
    tail = words.text[words.ends[last] : words.ends[last] + 30]
    kin = THEIR_KIN.match(tail)
    if kin and kin.group(1) in KIN:
        return "kin"
    return "apposition" if AGE.match(tail) or WHO.match(tail) else None


def _ahead(words: Words, first: int) -> str | None:
    """What stands before a name and shows that it is a person's."""
    if not first:
        return None
    ahead, gap = words.keys[first - 1], words.before(first)
    if gap == " " and ahead in BEFORE_NAME:
        return "speech"
    if gap == " " and ahead == "old":  # "36-year-old Ann Berg"
        return "apposition"
    return "kin" if gap in (" ", ", ") and ahead in KIN else None
