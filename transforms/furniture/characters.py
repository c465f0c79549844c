"""Characters: what the letters, marks and words of blocks say, counted without a loop over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms.furniture.shards import Columns, Ints

# Kinds of characters that are counted; a character is of one kind.
KINDS = "other space lower upper digit stop comma colon quote mark bracket wide".split()
KIND = {name: number for number, name in enumerate(KINDS)}
TABLE_SIZE = 0x3040  # beyond it, scripts without blanks, but for ...
FULL_WIDTH = (0xFF01, 0xFF5E)  # ... the signs of ASCII in full width
WIDE_LETTERS = 3  # of a script with blanks, that say as much as a character of one without
# What lines to press, to follow or to sign say, of any site.
CUES = (
    r"(?i)\b(?:share|tweet|follow|sign up|subscribe|log in|newsletter|read more|click here|related"
    r"|advertis|comments?|reply|cookies?|privacy|rights reserved|copyright|terms|skip to|menu"
    r"|search|download|contact us|about us|next|previous|see also|learn more|view all|©)",
    r"(?i)^(?:by|from|written by|text by|author|photo|image|source|credit|via|tags?|filed under"
    r"|categor|posted|published|updated|last updated)\b",
    r"(?i)\b(?:\d+ min|minutes? read|ago|(?:19|20)\d\d)\b",
    r"(?i)\b(?:is an?|was an?|has been an?)\b.{0,60}\b(?:writer|editor|author|journalist|reporter"
    r"|founder|expert|blogger|consultant|professor|specialist|manager|director|nutritionist)",
    r"(?i)\b(?:the|of|and|to|in|der|die|und|de|la|el|et|les|que|en|di|il|van|het|och|och|na|i)\b",
    # Where readers' comments begin, in the languages of the captures at hand ...
    r"(?i)^\W*(?:(?:\d+|no|one|two|all|view|show|read|user|readers?|your|add|latest)\W+)*"
    r"(?:comments?|responses?|replies|reactions|trackbacks?|pingbacks?|discussions?|feedback"
    r"|kommentare?|commentaires?|comentarios?|commenti|komentarz[ey]|комментари[ий]|σχόλια|评论|コメント)"
    r"(?:\W*\d*\W*$|\s+(?:to|on|for|so far|about)\b)"
    r"|^\W*(?:leave|post|add|write|make|submit)\s+(?:a|your)\s+(?:\w+\s+)?(?:comment|reply|response)"
    r"|^\W*(?:what do you think|have your say|join the (?:discussion|conversation))",
    # ... and what stands above or below each.
    r"(?i)^.{0,60}\b(?:says|said|wrote|writes|schrieb)\s*(?::|…|\.\.\.)?\s*$"
    r"|^\W*(?:posted|comment(?:ed)?) (?:by|on|at)\b"
    r"|^.{0,60}\b(?:\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m)?"
    r"|(?:minutes?|hours?|days?|weeks?|months?|years?) ago)\b.{0,20}$"
    r"|^\W*(?:reply|report|flag|permalink|like|dislike|recommend|abuse|ответить|antworten"
    r"|odpowiedz)\b.{0,30}$|^[\s#(]*\d{1,4}[.):]?\s*$",
)

COMMENTS_BEGIN, COMMENT_SIGNED = "cue_5", "cue_6"


@dataclass(frozen=True, slots=True)
class Spelling:
    """The characters of texts in one row, a line break behind each text, and their words.

    A word is a run of letters and digits.
    """

    codes: npt.NDArray[np.uint32]
    kinds: npt.NDArray[np.uint8]
    text: Ints  # of each character: the number of its text
    lengths: Ints  # of each text
    first: Ints  # of each word: its first character
    after: Ints  # of each word: the character behind it


def _kinds() -> npt.NDArray[np.uint8]:
    table = np.zeros(TABLE_SIZE + 1, np.uint8)
    for code in range(TABLE_SIZE):
        table[code] = KIND[_kind(chr(code))]
    table[TABLE_SIZE] = KIND["wide"]
    return table


def _kind(character: str) -> str:
    listed = {".!?…。｡": "stop", ",;،、": "comma", ":": "colon", "\"'“”‘’«»「」『』": "quote"}
    for characters, name in (
        listed | {"|•·»›→/–—-*#@©": "mark", "()[]{}<>【】〈〉《》": "bracket"}
    ).items():
        if character in characters:
            return name
    if character.isspace():
        return "space"
    if character.isdigit():
        return "digit"
    if character.isalpha():
        return "upper" if character.isupper() else "lower"
    return "other"


TABLE = _kinds()


def spell(texts: Sequence[str]) -> Spelling:
    """The characters and words of the texts."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), np.uint32)
    kinds = TABLE[np.minimum(_narrow(codes), TABLE_SIZE)]
    lengths = np.array([len(t) for t in texts], np.int64)
    text = np.repeat(np.arange(len(texts)), lengths + 1)[: len(kinds)]
    inside = (kinds == KIND["lower"]) | (kinds == KIND["upper"]) | (kinds == KIND["digit"])
    edges = np.diff(np.concatenate([[0], inside.view(np.int8), [0]]))
    return Spelling(
        codes, kinds, text, lengths, np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    )


def _narrow(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """The codes, those of full-width signs as those of ASCII."""
    first, last = FULL_WIDTH
    if not len(codes) or codes.max() < first:
        return codes
    return np.where((codes >= first) & (codes <= last), codes - first + 0x21, codes)


def measure(spelling: Spelling) -> Columns:
    """What each text is made of, and how it opens and closes."""
    kinds, lengths = spelling.kinds, spelling.lengths
    starts = np.cumsum(lengths + 1) - lengths - 1
    ends = starts + lengths
    counts = np.bincount(spelling.text * len(KINDS) + kinds, minlength=len(lengths) * len(KINDS))
    table = counts.reshape(len(lengths), len(KINDS))
    last = kinds[ends - 1]
    before = kinds[np.maximum(ends - 2, starts)]
    is_quoted = (last == KIND["quote"]) | (last == KIND["bracket"])
    closing = np.where(is_quoted, before, last)
    wide = table[:, KIND["wide"]]
    shares = {f"share_{k}": table[:, n] / lengths for k, n in KIND.items() if k != "space"}
    shares["share_lower"] = shares["share_lower"] + shares.pop("share_wide")
    return {
        "characters": np.log1p(lengths + (WIDE_LETTERS - 1) * wide),
        "is_closed": closing == KIND["stop"],
        "last_kind": _narrowed(last),
        "first_kind": _narrowed(kinds[starts]),
        "stops": np.log1p(table[:, KIND["stop"]]),
        "commas": np.log1p(table[:, KIND["comma"]]),
        **shares,
        **_words(spelling, wide),
    }


def _narrowed(kinds: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The kinds; letters that know no case as small ones."""
    return np.where(kinds == KIND["wide"], np.uint8(KIND["lower"]), kinds)


def _words(spelling: Spelling, wide: Ints) -> Columns:
    count = len(spelling.lengths)
    of = spelling.text[spelling.first]
    length = spelling.after - spelling.first
    opening = spelling.kinds[spelling.first]
    words = np.bincount(of, minlength=count) + wide // 2
    capital = np.bincount(of[opening == KIND["upper"]], minlength=count)
    short = np.bincount(of[(length <= 3) & (opening == KIND["lower"])], minlength=count)
    some = np.maximum(words, 1)
    return {
        "words": np.log1p(words),
        "word_length": (np.bincount(of, length, minlength=count) + WIDE_LETTERS * wide) / some,
        "share_capital": capital / some,
        "share_short": short / some,
    }


def cues(texts: Sequence[str]) -> Columns:
    """Which cues stand in the first characters of each text."""
    heads = pc.utf8_slice_codeunits(pa.array(texts, pa.large_string()), 0, 160)
    return {
        f"cue_{number}": pc.match_substring_regex(heads, cue).to_numpy(zero_copy_only=False)
        for number, cue in enumerate(CUES)
    }
