"""Dates printed on a page around its story: which is that of the story, which of the site."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.blocks import Page, PageBlock
from transforms.dates.heads import PROSE
from transforms.dates.printed import YEAR_PRINTED, Customs, Moment, moments
from transforms.dates.statements import Statement, first_of
from transforms.furniture import Verdict
from transforms.printed import is_site_stamp


@dataclass(frozen=True, slots=True)
class LineRules:
    """When a date printed near the story is that of the story.

    Points were set on the development pages of htmldate; the least is what a date line beside
    the title reaches without any word or class that says so.
    """

    longest: int = 200  # characters; a date line is short, or opens or closes its block
    edge: int = 60  # characters from either end of a longer block
    said: float = 2.0  # "Posted on", "Von ... am"
    classed: float = 2.0  # its element is called date, byline, posted, ...
    alone: float = 1.5  # hardly anything but the date
    beside_title: float = 2.0  # within a few blocks of the title
    distance: float = 0.05  # off for each block between it and the title
    recurring: float = -1.0  # a line of this form stands on the page several times
    framed: float = -1.5  # in the head or the navigation of the site
    aside: float = -3.0  # beside other stories
    edge_of_line: float = 0.5  # opens or closes its line
    # A date line further away is that of another story: swept 1.0 to 3.5 on development pages.
    least_sure: float = 2.5
    least: float = 1.5
    strong: float = 4.0
    # Above the headline of so many of a site's stories, one day is that of one visit to them all.
    on_most_pages: float = 0.6
    furthest: int = 60  # blocks below the title: a time element there is of something else


RULES = LineRules()
BESIDE = 6  # blocks
SAID = re.compile(
    r"\b(?:publish\w*|posted|date[ds]?|submitted|issued|released?|written|filed|created|erschienen"
    r"|ver[öo]ffentlich\w+|gespeichert|erstellt|geschrieben|eingetragen|datum|vom|publi\w+|posté"
    r"|mis\s+en\s+ligne|créé\w*|paru|fecha|publicado|escrito|pubblicato|geplaatst|gepubliceerd"
    r"|опубликовано|дата|(?:by|von|par|por|di|door)\s+\S.{2,60})\b[^\n]{0,50}$",
    re.I,
)
PUBLISHED = re.compile(
    r"\b(?:publish\w*|posted|issued|released|first\s+appeared|erschienen|ver[öo]ffentlich\w+|erstellt"
    r"|publi[éeck]\w*|posté|créé\w*|paru|pubblicato|geplaatst|опубликовано)\b",
    re.I,
)
UPDATED_BEHIND = re.compile(r"\bupdated\b", re.I)
# Words before a date that make it the day of a change, and of the site.
CHANGED = re.compile(
    r"\b(?:updated?|modifi\w+|changed|revis\w+|edited|reviewed|accessed|retrieved|aktualisier\w*"
    r"|aktualisierung|ge[äa]ndert|[äa]nderung|bearbeitet|überarbeitet|mis(?:e)?\s+à\s+jour"
    r"|modifié\w*|actualizad[oa]|actualización|aggiornat\w+|bijgewerkt|gewijzigd|обновлено"
    r"|copyright|today(?:'s)?(?:\s+date)?(?:\s+is)?|heute|joined|member\s+since|registered|expires?)\b"
    r"|©|\(c\)",
    re.I,
)
# Dates that are of something else than the page: events, deadlines, versions.
ELSEWHERE = re.compile(
    r"\b(?:event|deadline|until|till|bis\s+(?:zum)?|termin\w*|valid|gültig|starts?|ends?|born|geboren"
    r"|between|from|archiv\w*|abgerufen|am\s+\w+tag,?\s+den|next|nächste\w*|version)\W*$",
    re.I,
)
DATE_HINT = re.compile(
    r"date|datum|datetime|fecha|time(?!line)|publi[sc]|posted|created|erstellt|submitted|byline|pubdate"
    r"|(?:^|\s)data[_-](?:art|pub|not|post)|entry-meta|post-?meta|post-?info|article-?meta"
    r"|meta-?info|article-?info|timestamp|dateline"
)
# Whose dates are not the story's: readers' comments, other stories, the frame of the site.
COMMENT = re.compile(
    r"comment(?!s?-(?:count|link|number))|kommentar|coment|disqus|leserbrief|reply"
)
ASIDE = re.compile(
    r"related|recommend|popular|trending|similar|sidebar|side-bar|widget_|archive|calendar|event-"
    r"|footer-bottom|site-footer|copyright|legal|newsletter|teaser-list|read-also|readmore|latest"
    r"|most-read|ticker|hidden|(?:^|[\s_-])events?\b|opening-?hours|-hours"
)
# Elements that a site names after the day of a change ("updated" alone is any date in hAtom).
CHANGE_HINT = re.compile(r"modified|reviewed|lastmod|last-?(?:updated?|changed?)|changed-date")
FRAME = re.compile(r"(?:^|[\s_-])(?:nav|navbar|masthead|topbar|top-bar|box_date|site-header)")
WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Printed:
    """The dates printed on a page, each kind the best first."""

    sure: tuple[Statement, ...]  # date lines of the story
    strong: tuple[Statement, ...]  # lines that say by place and class that they are the story's
    likely: tuple[Statement, ...]
    site: tuple[Statement, ...]


def in_lines(
    page: Page,
    verdicts: Sequence[Verdict],
    customs: Customs,
    visit: Container[dt.date] = (),
    rules: LineRules = RULES,
) -> Printed:
    """Every date printed around the story, by how surely it is the story's.

    `visit` are the days on which the page can have been collected.
    """
    found: dict[str, list[tuple[float, int, Statement]]] = {
        kind: [] for kind in ("sure", "strong", "likely", "site")
    }
    title = title_index(page, verdicts)
    story = next((i for i, v in enumerate(verdicts) if v.label == "body"), title)
    for index, (block, verdict) in enumerate(zip(page.blocks, verdicts, strict=True)):
        if not YEAR_PRINTED.search(block.text, 0, rules.longest):
            continue
        for moment in _near_edges(block, verdict, customs, rules):
            away = min(abs(index - title), abs(index - story))
            score = _score(block, moment, verdict, away, rules)
            kind = _kind(block, verdict, moment, score, rules)
            is_of_visit = index < title and _is_of_visit(block, verdict, moment, visit, rules)
            kind = "site" if is_of_visit else kind
            if kind is not None:
                statement = _statement(kind, moment, block, index, is_of_visit)
                rank = 0.0 if kind == "site" else -score
                found[kind].append((rank, index, statement))
    for rows in found.values():
        rows.sort(key=lambda row: row[:2])
    return Printed(**{kind: tuple(s for _, _, s in rows) for kind, rows in found.items()})


def _kind(
    block: PageBlock, verdict: Verdict, moment: Moment, score: float, rules: LineRules
) -> str | None:
    if _is_of_site(block.text, moment) or CHANGE_HINT.search(block.hints):
        return "site"
    if COMMENT.search(block.hints):
        return "site" if verdict.label == "furniture" else None
    if verdict.label in ("dateline", "byline"):
        return "sure" if score >= rules.least_sure else "likely"
    if score >= rules.strong:
        return "strong"
    if score >= rules.least:
        return "likely"
    return "site" if verdict.label == "furniture" else None


def _is_of_visit(
    block: PageBlock,
    verdict: Verdict,
    moment: Moment,
    visit: Container[dt.date],
    rules: LineRules,
) -> bool:
    """Whether a date above the headline is that of the visit, not said to be of the story."""
    if PUBLISHED.search(block.text):
        return False
    return moment.day in visit or (not visit and verdict.site_share >= rules.on_most_pages)


def of_times(page: Page, verdicts: Sequence[Verdict], customs: Customs) -> list[Statement]:
    """The dates of time elements, the one nearest to the title first; none of comments."""
    if not page.blocks:
        return []
    ends = [b.char_end for b in page.blocks]
    title = title_index(page, verdicts)
    found: list[tuple[int, int, Statement]] = []
    for fact in page.facts:
        if fact.name != "time:datetime":
            continue
        block = min(bisect(ends, fact.char_end), len(ends) - 1)
        beside = page.blocks[block]
        is_of_change = CHANGE_HINT.search(beside.hints) or CHANGED.search(
            beside.text[: RULES.longest]
        )
        if COMMENT.search(beside.hints) or is_of_change or block > title + RULES.furthest:
            continue
        rank = 1 if ASIDE.search(beside.hints) else 0
        away = abs(fact.char_start - ends[title])
        found += [(rank, away, replace(s, is_sure=False)) for s in first_of(fact, customs)]
    return [statement for _, _, statement in sorted(found, key=lambda f: f[:2])]


def title_index(page: Page, verdicts: Sequence[Verdict]) -> int:
    """The title's block; where there is none, that of the story or of the first heading."""
    for label in ("title", "body"):
        for index, verdict in enumerate(verdicts):
            if verdict.label == label:
                return index
    headings = (i for i, b in enumerate(page.blocks) if b.heading_level == 1)
    return next(headings, 0)


def _near_edges(
    block: PageBlock, verdict: Verdict, customs: Customs, rules: LineRules
) -> Iterator[Moment]:
    """The dates of a short block; of a long one those it opens or closes with, set apart."""
    text = block.text
    if len(text) <= rules.longest:
        found = [*moments(text, customs=customs)]
        if found and (verdict.label != "body" or not PROSE.search(text)):
            yield from found
        return
    if verdict.label in ("body", "pull_quote", "caption"):
        return
    for moment in moments(text[: rules.edge], customs=customs):
        if moment.char_end < rules.edge - 1:
            yield moment


def _is_of_site(text: str, moment: Moment) -> bool:
    """Whether the nearest word before the date, or the whole line, says that it is of a change."""
    before = text[: moment.char_start]
    changed = max((m.end() for m in CHANGED.finditer(before)), default=-1)
    said = max((m.start() for m in PUBLISHED.finditer(before)), default=-1)
    if max(changed, said) < 0:
        return is_site_stamp(text) and not UPDATED_BEHIND.search(text, moment.char_end)
    return said < changed


def _score(
    block: PageBlock, moment: Moment, verdict: Verdict, away: int, rules: LineRules
) -> float:
    before, behind = block.text[: moment.char_start], block.text[moment.char_end :]
    if ELSEWHERE.search(before):
        return 0.0
    others = WORDS.findall(before + behind)
    score = rules.classed * (DATE_HINT.search(block.hints) is not None)
    score += rules.said * (SAID.search(before) is not None)
    score += rules.alone * (len(others) <= 2)
    score += rules.edge_of_line * (not before.strip(" (|") or not behind.strip(" )|."))
    score += rules.beside_title * (away <= BESIDE)
    score += rules.recurring * (verdict.rule == "recurs_on_page")
    score += rules.framed * (FRAME.search(block.hints) is not None)
    score += rules.aside * (ASIDE.search(block.hints) is not None)
    return score - rules.distance * min(away, 40)


def _statement(
    kind: str, moment: Moment, block: PageBlock, index: int, is_of_visit: bool
) -> Statement:
    method = "date_line" if kind == "sure" else "date_near_title"
    if kind == "site":
        is_stamp = _is_of_site(block.text, moment) or CHANGE_HINT.search(block.hints)
        method = "site_stamp" if is_stamp else "visit_stamp" if is_of_visit else "date_of_site"
    verbatim = block.text[moment.char_start : moment.char_end]
    published = "site" if kind == "site" else "published"
    return Statement(published, method, moment, verbatim, "block", index, kind != "likely")
