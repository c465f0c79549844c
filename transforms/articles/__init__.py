"""Articles: from labelled blocks to title, byline, dateline place, language and text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from transforms import ids
from transforms.addresses import host_of
from transforms.articles import items, metadata
from transforms.articles.bylines import byline
from transforms.articles.language import language_of
from transforms.articles.opening import dateline_place, without_standfirst
from transforms.articles.titles import headline
from transforms.blocks import Page
from transforms.code import is_code
from transforms.furniture import Verdict
from transforms.tables import Rejection
from transforms.text import count_words

NAMED = ("title", "caption", "body")  # labels whose blocks are searched for names
OPENING = 1_500  # characters of a story that its headline is held against
MIN_WORDS = 9  # a shorter text is a headline or a stray line, not a report


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
    item_index: int = 0

    @property
    def word_count(self) -> int:
        return count_words(self.text)

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """One story, with the verdicts as seen from it: what is of another story is furniture."""

    story: Story
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """What a page tells: its stories, its verdicts, and of each block the story it is of.

    A page of one story has no numbers.
    """

    told: tuple[Told, ...]
    verdicts: tuple[Verdict, ...]
    numbers: tuple[int | None, ...]


def compose_all(
    capture_id: str,
    site_id: str,
    url: str | None,
    page: Page,
    verdicts: Sequence[Verdict],
    given_names: Set[str] = frozenset(),
) -> Composed | Rejection:
    """The stories that the labelled page tells, or the rejection of a page that tells none."""
    found, of_items = items.of_page(page, verdicts)
    if not found:
        verdicts = without_standfirst(page, verdicts)
        story = compose(capture_id, site_id, url, page, verdicts, given_names)
        if isinstance(story, Rejection):
            return story
        own = tuple(verdicts)
        return Composed((Told(story, own),), own, (None,) * len(own))
    marked = items.marked(of_items, found)
    told = []
    for number, item in enumerate(found):
        view = items.seen_from(item, found[0].start, marked)
        story = _of_item(capture_id, site_id, url, page, view, given_names, number, item)
        told.append(Told(story, view))
    return Composed(tuple(told), tuple(marked), items.numbers(found, marked))


def _of_item(
    capture_id: str,
    site_id: str,
    url: str | None,
    page: Page,
    verdicts: tuple[Verdict, ...],
    given_names: Set[str],
    number: int,
    item: items.Item,
) -> Story:
    """One report of a page of several; what the page states of itself is not said of it."""
    passages = _passages(page, verdicts)
    texts = [p.text for p in passages if p.label == "body"]
    text = "\n\n".join(texts)
    title = items.title_of(item, page, texts[0])
    part = replace(page, blocks=page.blocks[item.start : item.end])
    signed = byline(part, verdicts[item.start : item.end], metadata.NOTHING, given_names)
    signed = signed or items.signed(texts[-1], given_names)
    return Story(
        ids.article_id(capture_id, number),
        capture_id,
        site_id,
        url or _canonical(page),
        title.value if title else None,
        signed.value if signed else None,
        dateline_place(texts[0]),
        language_of(text, _declared_language(page)),
        text,
        passages,
        title.method if title else None,
        signed.method if signed else None,
        number,
    )


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
    if is_code(text):
        detail = "the text is that of a program, a style sheet or a feed"
        return Rejection(capture_id, "articles", "no_story", detail)
    stated = metadata.read(page)
    place = host_of(url) or site_id
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
    return next((u for u in stated if host_of(u) and u.strip().lower().startswith("http")), None)


def _declared_language(page: Page) -> str | None:
    stated = (f.text for f in page.facts if f.name in ("html:lang", "meta:content-language"))
    return next((v[:2].lower() for v in stated), None)
