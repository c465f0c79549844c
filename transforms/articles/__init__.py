"""Articles: from labelled blocks to title, byline, dateline place, language and text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from transforms import ids
from transforms.articles import metadata
from transforms.articles.bylines import byline
from transforms.articles.language import language_of
from transforms.articles.titles import headline
from transforms.blocks import Page
from transforms.furniture import Verdict
from transforms.tables import Rejection
from transforms.text import count_words

NAMED = ("title", "caption", "body")  # labels whose blocks are searched for names
OPENING = 1_500  # characters of a story that its headline is held against
MIN_WORDS = 25  # a shorter text is a teaser, not a report


GLUED_TAG = re.compile(r"^[A-Z]{2,8}(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the story or around it that may print names: title, caption, body.

    `text_start` is where the block begins in the article's text; None where it is no body.
    """

    block_index: int
    label: str
    text: str
    text_start: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """One article before its dates are known."""

    article_id: str
    capture_id: str
    site_id: str
    url: str | None
    title: str | None
    byline: str | None
    dateline_place: str | None
    language: str | None
    text: str
    passages: tuple[Passage, ...]
    title_method: str | None = None
    byline_method: str | None = None

    @property
    def word_count(self) -> int:
        return count_words(self.text)

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def compose(
    capture_id: str,
    site_id: str,
    url: str | None,
    page: Page,
    verdicts: Sequence[Verdict],
    given_names: Set[str] = frozenset(),
) -> Story | Rejection:
    """The story that the labelled page tells, or the rejection of a page that tells none.

    `given_names`, folded, help to tell whose names a byline prints.
    """
    passages = _passages(page, verdicts)
    body = [p for p in passages if p.label == "body"]
    if not body:
        detail = f"none of {len(page.blocks)} blocks belongs to a story"
        return Rejection(capture_id, "articles", "no_story", detail)
    text = "\n\n".join(p.text for p in body)
    count = count_words(text)
    if count < MIN_WORDS:
        detail = f"{count} words of text, {MIN_WORDS} make a report"
        return Rejection(capture_id, "articles", "too_short", detail)
    stated = metadata.read(page)
    place = (urlsplit(url).hostname if url else None) or site_id
    named = headline(
        page, _first(page, verdicts, "title"), stated, place, body[0].block_index, text[:OPENING]
    )
    signed = byline(page, verdicts, stated, given_names)
    return Story(
        ids.article_id(capture_id),
        capture_id,
        site_id,
        url or _canonical(page),
        named.value if named else None,
        signed.value if signed else None,
        _field(page, "field:dateline") or dateline_place(body[0].text),
        language_of(text, _declared_language(page)),
        text,
        passages,
        named.method if named else None,
        signed.method if signed else None,
    )


def _passages(page: Page, verdicts: Sequence[Verdict]) -> tuple[Passage, ...]:
    passages = []
    position = 0
    for index, (block, verdict) in enumerate(zip(page.blocks, verdicts, strict=True)):
        if verdict.label not in NAMED:
            continue
        start = position if verdict.label == "body" else None
        text = without_glued_tag(block.text) if verdict.label == "caption" else block.text
        passages.append(Passage(index, verdict.label, text, start))
        if start is not None:
            position += len(block.text) + 2
    return tuple(passages)


def without_glued_tag(caption: str) -> str:
    """The caption with an agency's tag that stands glued to its first word as blanks.

    The length stays, and with it every span.

    >>> without_glued_tag("XYMinister Doe arrives.")
    '  Minister Doe arrives.'
    """
    return GLUED_TAG.sub(lambda tag: " " * len(tag.group()), caption)


def _first(page: Page, verdicts: Sequence[Verdict], label: str) -> str | None:
    found = (b.text for b, v in zip(page.blocks, verdicts, strict=True) if v.label == label)
    return next(found, None)


def _field(page: Page, name: str) -> str | None:
    value = next((f.text for f in page.facts if f.name == name), None)
    return value.title() if value and value.isupper() else value


def _canonical(page: Page) -> str | None:
    stated = (f.text for f in page.facts if f.name in ("link:canonical", "meta:og:url"))
    return next((u for u in stated if urljoin(u, "/").startswith("http")), None)


def _declared_language(page: Page) -> str | None:
    stated = (f.text for f in page.facts if f.name in ("html:lang", "meta:content-language"))
    return next((v[:2].lower() for v in stated), None)


CAPITAL = "A-ZÀ-ÖØ-ÞА-ЯЁ"
# The place in capitals that opens a story, before a dash: "BRUSSELS, Belgium (Reuters) -- ".
DATELINE = re.compile(
    rf"^\W{{0,2}}([{CAPITAL}][{CAPITAL}.'’-]+(?:[ -][{CAPITAL}][{CAPITAL}.'’-]+){{0,3}})"
    rf"(?:/[{CAPITAL}]+)?(?:,\s*[A-Z][\w.' ]{{1,30}})?"
    r"(?:,\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s*\d{4})?)?"
    r"\s*(?:\([^)]{2,40}\))?\s*(?:--+|[-–—:])\s*(?=\S)"
)


PLACE_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# The little words inside a place's name: Rio de Janeiro, Frankfurt am Main, Stoke on Trent.
SMALL_WORD = re.compile(r"(?<=[ -])(?:De|Del|Di|La|Le|Les|Am|An|Der|Den|On|Of|The|Sur)(?=[ -])")


def dateline_place(opening: str) -> str | None:
    """The place in capitals that opens the story, in title case; None where there is none.

    >>> dateline_place("RIO DE JANEIRO, Brazil (Agency) -- Ministers met.")
    'Rio de Janeiro'
    """
    match = DATELINE.match(opening)
    if match is None:
        return None
    words_of_place = re.sub(PLACE_WORD, lambda m: m.group().capitalize(), match.group(1))
    return re.sub(SMALL_WORD, lambda m: m.group().lower(), words_of_place)
