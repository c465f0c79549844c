"""Items: whether a page tells one story or several, each under a head of its own.

Newslines, monitors and news in brief put many reports on one page. Headings alone make no
items: features, lists and interviews have them too. An item has a head and, of its own, what
only a whole report has: a dateline, a date or a byline, an agency's or a writer's mark at its
end; or the page calls itself news in brief and each item opens as news does, with its day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from transforms import persons, printed
from transforms.articles.metadata import Stated
from transforms.articles.opening import dateline_place, is_datelined
from transforms.blocks import Page, PageBlock
from transforms.furniture import Verdict
from transforms.printed import MONTH
from transforms.text import count_words, ends_as_sentence

MIN_ITEMS = 2
MIN_BRIEFS = 3  # where nothing but the page's name and the openings speak for items
MIN_PLACES = 3  # that datelines name, where nothing else parts the items
MIN_WORDS = 12  # of an item; a shorter one is a line of something else
LEAST_SHARE = 0.6  # of the items that have a mark of their own, or open as news
MAX_LINK_SHARE = 0.5
LEAST_COVERED = 0.7  # of the story's words stand in items
MAX_HEAD_WORDS = 18
OF_CHANCE = ("unlikely_story", "after_story")  # rules that leave out for a low chance alone
MAX_RUN_IN = 90  # characters of a head that opens its paragraph


@dataclass(frozen=True, slots=True)
class Item:
    """One report of a page of several: its head, if on a line of its own, and its blocks."""

    head: int | None
    start: int  # first block, the head included
    end: int  # behind the last


def of_page(page: Page, verdicts: Sequence[Verdict]) -> tuple[tuple[Item, ...], list[Verdict]]:
    """The reports of the page in order, and its verdicts as they are then.

    Without a report where the page tells one story or none.
    """
    verdicts = _signed_heads(page, verdicts)
    if LETTERS.search(page.document_title or ""):
        return (), verdicts
    for find in (_headed, _run_in, _datelined):
        items = _found(find, page, verdicts)
        if _leads_teasers(items, page, verdicts):
            return (), verdicts
        if items:
            # Further down the chances of a single story are low.
            longer = _signed_heads(page, _with_rest(page, verdicts, items[0].start))
            more = _found(find, page, longer)
            if _leads_teasers(more, page, longer):
                return (), verdicts
            return (more, longer) if len(more) > len(items) else (items, verdicts)
    return (), verdicts


Finder = Callable[[Page, Sequence[Verdict], Sequence[int]], list["Item"]]


def _found(find: Finder, page: Page, verdicts: Sequence[Verdict]) -> tuple[Item, ...]:
    bodies = [i for i, v in enumerate(verdicts) if v.label == "body"]
    if len(bodies) < MIN_ITEMS:
        return ()
    items = _whole(find(page, verdicts, bodies), page, verdicts)
    is_all = _covers(items, page, verdicts, bodies)
    return items if is_all and _are_reports(items, page, verdicts) else ()


def _with_rest(page: Page, verdicts: Sequence[Verdict], first: int) -> list[Verdict]:
    """The verdicts with paragraphs below `first` that were left out for their chance alone."""
    return [
        replace(v, label="body", rule="in_item")
        if i > first
        and v.rule in OF_CHANCE
        and b.link_share <= MAX_LINK_SHARE
        and ends_as_sentence(b.text.rsplit(" (")[0])
        and count_words(b.text) >= MIN_WORDS
        else v
        for i, (b, v) in enumerate(zip(page.blocks, verdicts, strict=True))
    ]


def marked(verdicts: Sequence[Verdict], items: Sequence[Item]) -> list[Verdict]:
    """The verdicts as they are on a page of several reports: heads are titles, each of its own.

    The page's own headline and what stands between its items are furniture.
    """
    found = list(verdicts)
    inside = {i for item in items for i in range(item.start, item.end)}
    for index, verdict in enumerate(verdicts):
        if verdict.label in ("title", "body", "crosshead", "caption") and index not in inside:
            found[index] = replace(verdict, label="furniture", rule="beside_items", repeats=None)
    for item in items:
        if item.head is not None:
            found[item.head] = replace(
                verdicts[item.head], label="title", rule="item_head", repeats=None
            )
        for index in range(item.start, item.end):
            if verdicts[index].label == "title" and index != item.head:
                found[index] = replace(verdicts[index], label="crosshead", rule="in_item")
    return found


def _signed_heads(page: Page, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with bylines and date lines below the head of each item told from its text."""
    found = list(verdicts)
    for at, (block, verdict) in enumerate(zip(page.blocks, verdicts, strict=True)):
        if not at or found[at - 1].label == "body":
            continue
        # Short as they are, their chances are often too low.
        is_below = found[at - 1].label in ("title", "crosshead")
        if verdict.label != "body" and not (is_below and verdict.rule in OF_CHANCE):
            continue
        if printed.is_byline(block.text):
            found[at] = replace(verdict, label="byline", rule="below_item_head")
        elif printed.is_date_line(block.text):
            found[at] = replace(verdict, label="dateline", rule="below_item_head")
    return found


def seen_from(item: Item, first: int, verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts as one item has them: what is of another item is furniture.

    A date line above the `first` item is printed for all.
    """
    return tuple(
        v
        if item.start <= i < item.end
        or v.label == "furniture"
        or (v.label == "dateline" and i < first)
        else replace(v, label="furniture", rule="other_item", repeats=None)
        for i, v in enumerate(verdicts)
    )


def numbers(items: Sequence[Item], verdicts: Sequence[Verdict]) -> tuple[int | None, ...]:
    """Of each block the number of the item it is of; None: of none, or furniture."""
    found: list[int | None] = [None] * len(verdicts)
    for number, item in enumerate(items):
        for index in range(item.start, item.end):
            if verdicts[index].label != "furniture":
                found[index] = number
    return tuple(found)


def title_of(item: Item, page: Page, opening: str) -> Stated | None:
    """The item's head: its line, or the capitals that open its paragraph."""
    if item.head is not None:
        text = NUMBER.sub("", page.blocks[item.head].text)
        return Stated(text, "item_head")
    run_in = RUN_IN.match(opening)
    return Stated(run_in.group(1).strip(), "run_in_head") if run_in else None


def signed(closing: str, given_names: Set[str]) -> Stated | None:
    """Who signs the item at its end, behind a dash."""
    mark = WRITER_MARK.search(closing)
    name = mark.group().strip("-–— .") if mark else ""
    if not name or persons.log_odds(name, given_names) < 0:
        return None
    return Stated(name, "closing")


# Where items begin ------------------------------------------------------------------------------

NUMBER = re.compile(r"^\W{0,2}\d{1,2}[.)]\s+(?=\S)")
SEPARATOR = re.compile(r"[\W_]{3,}$")
STORY = ("body", "crosshead", "title", "dateline", "byline", "credit", "caption", "pull_quote")


def _headed(page: Page, verdicts: Sequence[Verdict], bodies: Sequence[int]) -> list[Item]:
    """Items by lines set as heads right above a paragraph, or above its date and byline."""
    first, last = bodies[0], bodies[-1]
    heads = [
        i
        for i in range(max(0, first - 4), last)
        if _is_head(page.blocks[i], verdicts[i]) and _leads_on(i, page, verdicts, last)
    ]
    return _between(heads, heads, last)


def _is_head(block: PageBlock, verdict: Verdict) -> bool:
    text = block.text
    if verdict.label not in ("title", "crosshead", "caption", "furniture", "body"):
        return False
    if printed.is_control(text) or printed.is_site_stamp(text) or printed.is_date_line(text):
        return False
    if not 2 <= len(text.split()) <= MAX_HEAD_WORDS or text.endswith(":"):
        return False
    is_open = not text.rstrip("\"'”’").endswith(".")
    if (
        is_open
        and NUMBER.match(text)
        and verdict.rule in ("likely_story", "unlikely_story", "after_story")
    ):
        return True
    if block.heading_level or (block.is_emphasised and is_open):
        return True
    if verdict.label == "furniture" and verdict.rule not in OF_CHANCE:
        return False
    return is_open and (text.isupper() or verdict.label in ("title", "crosshead"))


def _leads_on(head: int, page: Page, verdicts: Sequence[Verdict], last: int) -> bool:
    """Whether a paragraph follows the head, with nothing but a date or a byline between.

    The byline of a later item may have been taken for furniture: its form tells it.
    """
    for index in range(head + 1, last + 1):
        label, text = verdicts[index].label, page.blocks[index].text
        if label == "body":
            return True
        is_signed = printed.is_byline(text) or printed.is_date_line(text)
        if label not in ("dateline", "byline", "caption") and not is_signed:
            return False
    return False


RUN_IN = re.compile(
    rf"^\W{{0,3}}(?:\d{{1,2}}[.)]\s+)?((?=[^a-zа-яё]*[A-ZА-ЯЁ]{{3}})[^a-zа-яё]{{12,{MAX_RUN_IN}}}?)"
    r"(?:[.:!?]|\s[-–—]+)\s+(?=[\"“'«]?[A-ZА-ЯЁ])"
)


def _run_in(page: Page, verdicts: Sequence[Verdict], bodies: Sequence[int]) -> list[Item]:
    """Items by paragraphs that open with a head in capitals."""
    starts = [i for i in bodies if RUN_IN.match(page.blocks[i].text)]
    starts = [i for i in starts if not is_datelined(page.blocks[i].text)]
    return _between(starts, [None] * len(starts), bodies[-1])


def _datelined(page: Page, verdicts: Sequence[Verdict], bodies: Sequence[int]) -> list[Item]:
    """Items by paragraphs that open with a dateline: parted by separators, or of many places."""
    starts = [i for i in bodies if is_datelined(page.blocks[i].text)]
    parted = [i for i in starts[1:] if SEPARATOR.fullmatch(page.blocks[i - 1].text)]
    is_parted = len(parted) == len(starts) - 1
    places = {dateline_place(page.blocks[i].text) for i in starts} - {None}
    if not starts or not (is_parted or len(places) >= MIN_PLACES):
        return []
    return _between(starts, [None] * len(starts), bodies[-1])


def _between(starts: Sequence[int], heads: Sequence[int | None], last: int) -> list[Item]:
    ends = [*starts[1:], last + 1][: len(starts)]
    return [Item(h, s, e) for s, h, e in zip(starts, heads, ends, strict=True)]


# Whether they are reports -----------------------------------------------------------------------

LETTERS = re.compile(r"\bletters?\b|\bletters to\b|\bcorrespondence\b", re.I)
BRIEFS = re.compile(
    r"\b(?:in brief|briefs|briefly|news\s?line|monitor|digest|round-?up|bulletin|news ?wire"
    r"|news summary|world news|headlines|kurz (?:notiert|gemeldet)|en bref|вкратце|коротко)\b",
    re.I,
)
DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|gestern|heute"
    r"|понедельник|вторник|сред[уы]|четверг|пятниц[уы]|суббот[уы]|воскресенье|вчера|сегодня"
    rf"|\d{{1,2}}\s+{MONTH}|{MONTH}\s+\d{{1,2}})(?!\w)",
    re.I,
)
# At the end of a report: its agency or its writer, in brackets, behind a dash, or as initials.
AGENCY_MARK = re.compile(r"[.!?\"”]\s*[(\[/](?:[A-ZА-Я][\w.-]+[ /]?){1,3}[)\]/]\.?$")
WRITER_MARK = re.compile(r"(?:--|[–—])\s*[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,2}\.?$")
INITIALS = re.compile(r"(?<=[.!?\"”])\s*(?:--|[–—(/])?\s*[A-Z]{2,3}(?:/[A-Z]{2,3})?\)?$")
ADDRESSED = re.compile(r"^\W*(?:Sir|Madam|Dear|To the [Ee]ditor|Q[.:]|A[.:])\b")


def _whole(items: Sequence[Item], page: Page, verdicts: Sequence[Verdict]) -> tuple[Item, ...]:
    """The items that are long enough to tell anything."""
    return tuple(i for i in items if count_words(" ".join(_texts(i, page, verdicts))) >= MIN_WORDS)


def _covers(
    items: Sequence[Item], page: Page, verdicts: Sequence[Verdict], bodies: Sequence[int]
) -> bool:
    """Whether the items are most of what the page tells: others stand below a story of its own."""
    held = sum(count_words(t) for item in items for t in _texts(item, page, verdicts))
    return held >= LEAST_COVERED * sum(count_words(page.blocks[i].text) for i in bodies)


def _texts(item: Item, page: Page, verdicts: Sequence[Verdict]) -> list[str]:
    inside = range(item.start, item.end)
    return [page.blocks[i].text for i in inside if verdicts[i].label == "body" and i != item.head]


def _are_reports(items: Sequence[Item], page: Page, verdicts: Sequence[Verdict]) -> bool:
    if len(items) < MIN_ITEMS:
        return False
    texts = [_texts(item, page, verdicts) for item in items]
    if any(ADDRESSED.match(t[0]) for t in texts):
        return False
    news = sum(DAY.search(t[0]) is not None for t in texts)
    own = sum(_is_own(item, t, page, verdicts) for item, t in zip(items, texts, strict=True))
    signed = sum(_is_signed(t[-1]) for t in texts)
    least = max(MIN_ITEMS, LEAST_SHARE * len(items))
    if own >= least or (own + signed >= least and news >= least):
        return True
    names = [page.document_title or "", *(page.blocks[i].text for i in _above(items, page))]
    is_named = any(BRIEFS.search(name) for name in names if len(name) < 120)
    return is_named and len(items) >= MIN_BRIEFS and news >= least


# What leads from the first lines of a story to all of it.
MORE = re.compile(
    r"^\W*(?:read\s+(?:more|on|full|the|all)\b|(?:full|whole)\s+(?:story|text|article|report)"
    r"|continue\s+reading|more\W*$|learn\s+more|weiterlesen|mehr\W*$|lire\s+la\s+suite"
    r"|подробнее|далее|читать)",
    re.I,
)


def _leads_teasers(items: Sequence[Item], page: Page, verdicts: Sequence[Verdict]) -> bool:
    """Whether the first item is a story of its own, and most of the others lead to theirs."""
    leads = [_leads_elsewhere(item, page, verdicts) for item in items]
    return bool(leads) and not leads[0] and sum(leads[1:]) >= LEAST_SHARE * len(leads[1:])


def _leads_elsewhere(item: Item, page: Page, verdicts: Sequence[Verdict]) -> bool:
    """Whether a line below the item's text is pressed to read the rest of it."""
    told = [i for i in range(item.start, item.end) if verdicts[i].label == "body"]
    below = page.blocks[told[-1] : item.end] if told else ()
    return any(len(b.text) < MAX_RUN_IN and MORE.match(b.text) for b in below)


def _above(items: Sequence[Item], page: Page) -> list[int]:
    """The lines set as headings above the items."""
    above = range(items[0].start)
    return [i for i in above if page.blocks[i].heading_level or page.blocks[i].is_emphasised]


def _is_own(item: Item, texts: Sequence[str], page: Page, verdicts: Sequence[Verdict]) -> bool:
    """Whether the item has a dateline, an agency's mark, or a date or byline below its head."""
    if is_datelined(texts[0]) or AGENCY_MARK.search(texts[-1]):
        return True
    below = [page.blocks[i].text for i in range(item.start + 1, item.end)]
    head = below[: below.index(texts[0])] if texts[0] in below else []
    return any(printed.is_date_line(text) or printed.is_byline(text) for text in head)


def _is_signed(closing: str) -> bool:
    """Whether a writer's name or initials close the item."""
    return WRITER_MARK.search(closing) is not None or INITIALS.search(closing) is not None
