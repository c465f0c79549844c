"""Words, sentences and folded text: what every stage means by them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence

WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
# Scripts that put no blank between words, by the characters of an average word.
UNSPACED = {2: re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),
            4: re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")}  # fmt: skip
# A full stop that ends no sentence: initials, titles, months and other common abbreviations.
ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Adm|Sen|Rep|Gov|Prof|Rev|Hon|St|Jr|Sr|Sgt"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|No|vs|etc|Inc|Co|Corp|Ltd|U\.S|U\.N|U\.K))\.$"
)
WIDE_STOPS = "。！？｡"
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9À-ÞЀ-Я]|\s*$)")
CLOSING_MARKS = "\"'”’»)]」』）】"
QUOTES_FOLDED = str.maketrans("“”„‟«»‘’‚‛`´–—‑", "\"\"\"\"\"\"''''''---")


def fold_space(text: str) -> str:
    """The text with every run of white space (no-break spaces too) as one blank, ends trimmed.

    >>> fold_space(" a\\u00a0 b\\n")
    'a b'
    """
    return " ".join(text.split())


def fold(text: str) -> str:
    """The text as compared: lower case, plain quotation marks and dashes, white space folded.

    >>> fold("The  “Peace”")
    'the "peace"'
    """
    return fold_space(unicodedata.normalize("NFKC", text).translate(QUOTES_FOLDED)).lower()


def fold_letters(text: str) -> str:
    """The text in lower case without accents: "Rühe" and "Ruhe" become equal.

    >>> fold_letters("Rühe")
    'ruhe'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def squashed(text: str) -> str:
    """The letters and digits of a text, lower case, without accents: as hosts spell names.

    >>> squashed("The Cape-Coast Record")
    'thecapecoastrecord'
    """
    return "".join(filter(str.isalnum, fold_letters(text)))


def words(text: str) -> list[str]:
    """The words of a text, lower case, in order.

    >>> words("Mr Smith's U.S. visit")
    ['mr', "smith's", 'u.s', 'visit']
    """
    return [word.lower() for word in WORD.findall(text)]


def count_words(text: str) -> int:
    """How many words the text has.

    >>> count_words("Mr Smith's U.S. visit"), count_words("北约领导人")
    (4, 2)
    """
    if text.isascii():
        return len(WORD.findall(text))
    unspaced = _unspaced_words(text)
    return len(WORD.findall(_spaced(text) if unspaced else text)) + unspaced


def measured_words(text: str) -> int:
    """Runs of characters between blanks: as good as words for a threshold, and cheap.

    Where a script puts no blank between words, a word is two or four of its characters.

    >>> measured_words("Mr Smith's visit."), measured_words("北约领导人")
    (3, 2)
    """
    if text.isascii():
        return len(text.split())
    unspaced = _unspaced_words(text)
    return len((_spaced(text) if unspaced else text).split()) + unspaced


def _unspaced_words(text: str) -> int:
    if max(text) < "\u0e00":
        return 0
    return sum(len(script.findall(text)) // size for size, script in UNSPACED.items())


def _spaced(text: str) -> str:
    for script in UNSPACED.values():
        text = script.sub(" ", text)
    return text


def fingerprint(text: str) -> int:
    """A signed 64-bit hash of the text as a site repeats it: folded, each number as one digit.

    Counters and dates that change from page to page ("12 comments") thus stay one block.
    """
    steady = re.sub(r"\d+", "0", fold(text))
    return int.from_bytes(hashlib.blake2b(steady.encode(), digest_size=8).digest(), signed=True)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the text's sentences, in order; together they cover all but white space."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        stop = match.start() + 1
        if match.group().startswith(".") and ABBREVIATION.search(text, max(0, stop - 12), stop):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def ends_as_sentence(text: str) -> bool:
    """Whether the text closes as prose does: with a full stop, a question or exclamation mark.

    >>> ends_as_sentence('They agreed."'), ends_as_sentence("Role of the council")
    (True, False)
    """
    bare = text.rstrip(CLOSING_MARKS + " ")
    return bare.endswith((".", "!", "?", "…", *WIDE_STOPS)) and not bare.endswith("..")


def runs(some: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    """Every run of so many words, in order.

    >>> list(runs(["a", "b", "c"], 2))
    [('a', 'b'), ('b', 'c')]
    """
    return zip(*(some[i:] for i in range(length)), strict=False)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
