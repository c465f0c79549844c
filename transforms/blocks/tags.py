"""Tags: where the markup of a page begins and ends, so that what is left is its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.blocks.elements import FORMATTING, RAW

NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*+)")


def _initial(names: Sequence[str]) -> str:
    """A pattern for the first letter of any of the names: choosing by it is quick."""
    letters = "".join(sorted({name[0] for name in names}))
    return f"[{letters}{letters.upper()}]"


# In drawings, elements may close themselves.
_RAW = "|".join(
    rf"{name}\b(?![^<>]*+(?<=/)>)(?:[^<]++|<(?!/{name}\s*+>))*+(?:</{name}\s*+>|\Z)" for name in RAW
)
# As the parser reads it: a quote opens a value only behind the "=" of a name.
ATTRIBUTE = re.compile(
    r"[\s/]*+[^\s/>][^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+|(?=>))|(?!\s*+=))"
)
# A tag, a declaration, a comment or an element whose content is no text. Group 2 is the name of a
# tag of formatting; group 3 takes part where a quote is never closed. The pattern begins with a
# sign, not with a choice, so that what is no tag is passed over quickly. Possessive and without
# nesting: linear in the page whatever its quotes and brackets look like.
TAG = re.compile(
    rf"(<(?:(?=/?{_initial(FORMATTING)})(?i:(/?(?:{'|'.join(FORMATTING)})))(?=[\s/>])"
    rf"(?:{ATTRIBUTE.pattern})*+[\s/]*+>"
    rf"|/[a-zA-Z][a-zA-Z0-9]*+>"
    rf"|(?={_initial(RAW)})(?i:{_RAW})"
    rf"|!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))"
    rf"|!\[CDATA\[(?:[^\]]++|\](?!\]>))*+(?:\]\]>|\Z)|[!?][^>]*+(?:>|\Z)"
    rf"|/?[a-zA-Z][^\s/>]*+(?:{ATTRIBUTE.pattern})*+[\s/]*+>"
    rf"|/(?=[^a-zA-Z])[^>]*+(?:>|\Z)"
    rf"|/?[a-zA-Z][^>]*+(?:>|\Z)()))"
)


COMMENT = re.compile(r"<!--")
COMMENT_END = re.compile(r"--!?>")
# What stands in markup, not in a remark: a comment with one of these in it swallows a page.
SWALLOWED = re.compile(r"(?i)<!--|</?p\b|<br\b|<td\b|<div\b")
BLUNT = "<!  "  # a declaration instead, which ends with its tag


def closed(text: str, *, reads_comments: bool = False) -> str:
    """The text with comments that are never closed as declarations, of the same length.

    To read comments: those that hold markup too.
    """
    start = text.find("<!--")
    if start < 0:
        return text
    last = max(text.rfind("-->"), text.rfind("--!>"))
    if not reads_comments and text.find("<!--", max(last - 2, 0)) < 0:
        return text
    pieces, done = [], 0
    for opened in COMMENT.finditer(text, start):
        at = opened.start()
        if at < done:
            continue
        end = COMMENT_END.search(text, at + 2) if at <= last else None
        holds_page = end and reads_comments and SWALLOWED.search(text, at + 4, end.start())
        if end and not holds_page:
            pieces.append(text[done : end.end()])
            done = end.end()
        else:
            pieces.append(text[done:at] + BLUNT)
            done = at + len(BLUNT)
    return "".join([*pieces, text[done:]])


def split(text: str) -> tuple[list[str], list[str | None], list[int]]:
    """The page as text, tag, text ... text; the name of each tag of formatting, None for others;
    and the numbers of the tags that have a quote that is never closed.

    >>> split("<p>a<b>c</b>")
    (['', '<p>', 'a', '<b>', 'c', '</b>', ''], [None, 'b', '/b'], [])
    """
    pieces = TAG.split(text)
    formatting: list[str | None] = pieces[2::4]
    unclosed: list[str | None] = pieces[3::4]
    del pieces[3::4], pieces[2::3]
    return pieces, formatting, [n for n, sign in enumerate(unclosed) if sign is not None]
