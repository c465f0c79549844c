"""Newsroom forms: how bylines, date lines, credits, captions and page controls are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from transforms.months import month_pattern

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?"
DAY_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}"
MONTH_DAY = rf"{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d"
DIGIT = re.compile(r"\d")
NOTHING = re.compile(r"(?!)")
ANY_MONTH = month_pattern()  # in any of the languages of pages
FULL_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?[\s-]+(?:of\s+|de\s+)?{ANY_MONTH}\s*[,-]?\s*(?:de\s+)?"
    rf"(?:{YEAR}|['’]?\d\d\b)"
    rf"|{ANY_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s*(?:{YEAR}|['’]\d\d\b)"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-](?:{YEAR}|\d\d)\b|{YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}})\b",
    re.I,
)
ZONE = r"(?:GMT|UTC|BST|WET|CET|CEST|EET|EEST|MSK|MSD|E[SD]T|C[SD]T|M[SD]T|P[SD]T)"
# What may stand beside the date in a date line: weekday, time, zone, page, place, "Published".
DATE_LINE_REST = re.compile(
    rf"\b(?:{WEEKDAY}|published|posted|date|filed|issue|edition|web|at|on|page|\w?\d+"
    rf"|noon|midnight|[ap]\.?m\.?|{ZONE}|\d{{1,2}}[:.]\d\d|UK|local|moscow|time|o'clock|the)\b\.?",
    re.I,
)
FIELD = re.compile(r"([A-Z]{4,12})=")
TITLE_FIELD = re.compile(r"(?:TITLE|HEADLINE)=(?=.)")
BYLINE_FIELD = re.compile(r"(?:BYLINE|AUTHOR)=(?=.)")
SITE_STAMP = re.compile(
    r"\b(?:last\s+(?:updated?|modified|changed|revised)|updated(?:\s+on)?\s*:|page\s+updated"
    r"|copyright|all\s+rights\s+reserved)|©|\(c\)\s*(?:19|20)\d\d",
    re.I,
)
STAMPED = re.compile(r"^\W*copyright|copyright\W*(?:(?:19|20)\d\d|©|\(c\)|by\s+[A-Z])", re.I)
MIN_SENTENCE_BLANKS = 8
CONTROL = re.compile(
    r"^\W*(?:\[?advertisement\]?(?:\W.*)?|advert|ad|share(?:\s+(?:this|on\s+\w+))?|print(?:\s+this)?(?:\s+page)?"
    r"|e-?mail(?:\s+this)?|home(?:\s?page)?|search|subscribe|sign\s+(?:in|up)|log\s?in|register|help"
    r"|feedback|contact(?:\s+us)?|about(?:\s+us)?|site\s?map|archives?|back(?:\s+to\s+top)?|top|next"
    r"|previous|more|menu|comments?|reply|listen|watch|video|audio|related(?:\s+\w+)?|see\s+also"
    r"|(?:e-?mail|print|share|save)\s+(?:this|the)\s+(?:story|article|page)(?:\s+to\s+a\s+friend)?"
    r"|(?:\w+,\s+|continued\s+)from\s+(?:page\s+)?[A-Z]?\d+|(?:read\s+)?(?:the\s+)?(?:original|full)\s+(?:article|story|text|report)"
    r"|skip\s+to\s+.*|click\s+here.*|(?:read|find\s+out)\s+more.*|tweet|facebook|twitter)\W*$",
    re.I,
)
# What a broadcast script says of its recordings: "/// ACT DOE IN ENGLISH ///".
SCRIPT_CUE = re.compile(r"^\s*/{2,}[^/].{0,120}[^/]/{2,}\s*$")
ROLE = (
    r"(?:staff\s+(?:writer|reporter|correspondent)s?|(?:foreign|diplomatic|defen[cs]e|special|our|"
    r"moscow|european?|political|world\s+affairs|\w+)\s+(?:correspondent|editor|writer|reporter)s?"
    r"|(?:correspondent|columnist|commentator)s?)"
)
NAME_PART = r"(?:[A-Z][\w.'’-]*|de|von|van|der|la|al|di)"
BYLINE = re.compile(
    rf"^\W*(?:(?:[Bb]y|From|Text|Text\s+by|Story\s+by)\s*:?\s+{NAME_PART}(?:\s+{NAME_PART})*.{{0,80}}"
    rf"|[Ff]rom\s+our\s.{{3,60}}|BY\s+[A-Z][A-Z.'’ -]+.{{0,80}}|(?:the\s+)?(?:\w+\s+){{0,3}}{ROLE}"
    rf"|[Ss]pecial\s+to\s+.{{3,60}}"
    rf"|(?i:(?:from\s+)?(?:combined|wire|agency|staff|news)\s+(?:wire\s+|news\s+|and\s+wire\s+)?"
    rf"(?:reports?|services?|dispatches))"
    rf"|{NAME_PART}(?:\s+{NAME_PART}){{1,3}},\s*(?i:{ROLE}).{{0,40}})\W*$"
)
SIGNED_WITH_ROLE = re.compile(
    rf"^\W*(?i:by)\s+{NAME_PART}(?:\s+{NAME_PART}){{1,3}},?\s+(?:[A-Z]\w+\s+){{0,3}}(?i:{ROLE})\.$"
)
BYLINE_CAPITALS = re.compile(rf"^\W*(?:[A-Z]+\s+){{0,3}}{ROLE}\W*$", re.I)
CREDIT = re.compile(
    r"\bcontributed\s+to\s+this\s+(?:report|article|story|coverage|piece|column|dispatch)\b"
    r"|\bcontributed\s+to\s+(?:the\s+)?(?:report|article|story|reporting|coverage)\W*$"
    r"|\bcontributed\s+(?:additional\s+)?(?:reporting|research)\b"
    r"|\badditional\s+reporting\b|\breporting\s+by\b.{0,80}$|^\W*reported\s+by\b.{0,60}$"
    r"|^\W*(?:editing|writing|compiled|with\s+reports?)\s+(?:by|from)\b"
    r"|^\W*(?:correction|editor['’]s\s+note)\s*:|^\W*translated\s+(?:from|by)\b|\bmaterial\s+from\b.{0,80}\bwas\s+used\b|^\W*sources?\s*:",
    re.I,
)
CAPTION = re.compile(
    r"^\W*(?:photo(?:graph)?|picture|image|file\s+photo|pictured|graphic|map)\s*(?::|by\b|courtesy)"
    r"|\b(?:AP|Reuters?|AFP|EPA|Getty)\s+(?:photo|picture|image)s?\b|\bfile\s+(?:photo|picture)\b"
    r"|\b(?:photo|picture|image)\s*:.{0,60}$|\((?:photo|picture|image)\b[^)]*\)\W*$",
    re.I,
)
# A date before the byline on its line: "May 15, 2002|By Jane Doe, Tribune Staff Writer."
DATE_BEFORE = (
    rf"(?:{WEEKDAY}\s*,?\s*)?(?:{DAY_MONTH}|{MONTH_DAY})\s*,?\s*{YEAR}\s*[|•·/—–-]+\s*(?=(?i:by)\b)"
)
BEFORE_BYLINE = re.compile(DATE_BEFORE, re.I)
# Initials of an agency or a photographer behind a stroke: "Ministers on arrival. / ABC".
# An agency closes its briefs too, which are longer than a caption.
MAX_TAGGED = 130
CAPTION_INITIALS = re.compile(r"[.\w]\s*/\s*[A-Z]{2,5}\W*$")
FULL_NAME = r"[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]*){1,2}"
NAMES = re.compile(
    rf"^\W*{FULL_NAME}(?:\s*(?:,|and|with|&)\s*{FULL_NAME})*(?:,?\s*(?:\(|in\b|,).{{2,40}})?$"
)


# Without one of these words, lower case, the pattern beside them cannot match: looking for words
# costs a tenth of the pattern, and nearly every line of a page has none.
STAMP_WORDS = ("last", "updated", "copyright", "reserved", "©", "(c)")
CREDIT_WORDS = tuple(
    "contributed report editing writing compiled correction note translated material source".split()
)
CAPTION_WORDS = ("photo", "picture", "image", "graphic", "map")


def _holds(text: str, some: Sequence[str]) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in some)


def is_date_line(text: str) -> bool:
    """Whether the line prints a full date and hardly anything else, and is no site stamp.

    >>> is_date_line("Tuesday, 14 May, 2002, 15:40 GMT"), is_date_line("He left on 14 May 2002.")
    (True, False)
    """
    if len(text) > 90 or not DIGIT.search(text) or not FULL_DATE.search(text):
        return False
    if is_site_stamp(text):
        return False
    rest = DATE_LINE_REST.sub("", FULL_DATE.sub("", text))
    return len(re.findall(r"[^\W\d_]+", rest)) <= 1


def is_field(text: str) -> bool:
    """Whether the line is a field of a file's head, and neither its title nor its byline.

    >>> is_field("NUMBER=2-259"), is_field("BYLINE=JANE DOE")
    (True, False)
    """
    is_named = TITLE_FIELD.match(text) or BYLINE_FIELD.match(text)
    return FIELD.match(text) is not None and not is_named


def is_site_stamp(text: str) -> bool:
    """Whether the line says when the site was changed or whose it is.

    >>> is_site_stamp("Last Updated: 01/02/2016")
    True
    """
    if len(text) > 160 or not _holds(text, STAMP_WORDS):
        return False
    stamp = SITE_STAMP.search(text)
    if stamp is None or stamp.group().lower() != "copyright":
        return stamp is not None
    # "... talks on copyright and patents." is a sentence of a story; a stamp opens with the word,
    # or says whose and of when.
    is_sentence = text.endswith((".", '"', "”")) and text.count(" ") >= MIN_SENTENCE_BLANKS
    return not is_sentence or STAMPED.search(text) is not None


def is_control(text: str) -> bool:
    """Whether the line is something to press, or marks an advert.

    >>> is_control("E-mail this story to a friend"), is_control("Share of votes rises")
    (True, False)
    """
    return CONTROL.match(text) is not None


def is_script_cue(text: str) -> bool:
    """Whether the line of a broadcast script says where a recording begins or ends.

    >>> is_script_cue("/// END ACT ///"), is_script_cue("// He said so.")
    (True, False)
    """
    return SCRIPT_CUE.match(text) is not None


def is_byline(text: str) -> bool:
    """Whether the line says who wrote the story, with or without a name.

    >>> [is_byline(t) for t in ("By Jane Doe", "TIMES STAFF WRITER", "By Friday it was over.")]
    [True, True, False]
    >>> is_byline("May 1, 2002|By Jane Doe, Tribune Staff Writer.")
    True
    """
    if BYLINE_FIELD.match(text):
        return True
    dated = BEFORE_BYLINE.match(text)
    line = text[dated.end() :] if dated else text
    if len(line) > 120 or (line.endswith(".") and SIGNED_WITH_ROLE.match(line) is None):
        return False
    return BYLINE.match(line) is not None or BYLINE_CAPITALS.match(line) is not None


def is_names(text: str) -> bool:
    """Whether the line is nothing but full names, perhaps with the place they write from.

    >>> is_names("JANE DOE and John Roe, Madrid"), is_names("Ministers to Meet Again Soon")
    (True, False)
    """
    return len(text) <= 80 and not text.endswith((".", "?", "!")) and NAMES.match(text) is not None


def is_credit(text: str) -> bool:
    """Whether the line thanks contributors or an agency for the story.

    >>> is_credit("Staff writer Jane Doe contributed to this report.")
    True
    """
    if len(text) > 400 or not _holds(text, CREDIT_WORDS):
        return False
    return CREDIT.search(text) is not None


def is_caption(text: str, agencies: Sequence[str]) -> bool:
    """Whether the line is a picture's caption: it opens or closes with a picture credit.

    An agency's tag may stand glued to the first word, as copied pages print it; one that opens
    a dateline, in brackets behind the place, is not meant.

    >>> is_caption("REUTERSMinister Doe on arrival Monday.", ["Reuters"])
    True
    """
    if len(text) > 400:
        return False
    if _holds(text, CAPTION_WORDS) and CAPTION.search(text):
        return True
    if "/" in text and len(text) <= 200 and CAPTION_INITIALS.search(text):
        return True
    glued, closing = _tags(tuple(agencies))
    return glued.match(text) is not None or (
        len(text) <= MAX_TAGGED and closing.search(text) is not None
    )


@lru_cache(maxsize=16)
def _tags(agencies: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An agency's tag glued to the first word, and one that closes the line."""
    tags = "|".join(re.escape(a) for a in agencies if len(a) > 1)
    if not tags:
        return NOTHING, NOTHING
    return (
        re.compile(rf"(?:{tags}|{tags.upper()})(?=[A-Z][a-z])"),
        re.compile(rf"[(/—–-]\s*(?:{tags})\)?\W*$"),
    )
