"""Kinds of reports: whether one tells what happened, what is to come, or what it means.

Previews and analyses belong to the event they speak of, and are no reports of it: who counts how
many saw it happen must not count them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.articles import Story, documents
from transforms.blocks import Page
from transforms.dates import Dated
from transforms.text import sentences

REPORT, PREVIEW, ANALYSIS = "report", "preview", "analysis"
# Signs of as many points make a preview or an analysis.
MARK = 2.0
# Sentences of the opening that tell whether the event is still to come.
OPENING = 4

TO_COME = re.compile(
    r"\b(?:(?:is|are) (?:(?:now|also|still) )?(?:(?:due|set|expected|scheduled|slated|planning|"
    r"planned|preparing|about|likely|supposed|hoping|poised|ready) )?to \w+"
    r"|(?:is|are) (?:scheduled|planned|expected|due|slated|set) (?:for|on|in|at|this|next)\b"
    r"|will (?:be |also |then |probably |meet|hold|sign|visit|travel|attend|take|discuss|open|"
    r"begin|start|deal|look|speak|seek|try|ask|press|join|host|gather|vote|decide|consider|arrive|leave|"
    r"fly|go|see|receive)\w*"
    r"|(?:begins?|opens?|starts?|meets?|arrives?|leaves?|convenes?|gathers?|flies|fly|travels?|"
    r"heads?)\b[^.;]{0,60}\b(?:today|tomorrow|tonight|next week|this week|later|on (?:Mon|Tues|"
    r"Wednes|Thurs|Fri|Satur|Sun)day)"
    r"|(?:is|are) (?:leaving|travelling|traveling|flying|heading|preparing|meeting|arriving)\b"
    r"|(?:the )?(?:coming|upcoming|forthcoming|planned|next week's|tomorrow's) "
    r"(?:session|meeting|summit|visit|talks|conference|vote|election)s?"
    r"|on the eve of|ahead of|in the run-up to)",
    re.IGNORECASE,
)
# What has happened, with its day: such a sentence tells of no coming event.
HAPPENED = re.compile(
    r"\b(?:\w{3,}ed|met|won|said|told|left|fell|began|held|gave|took|went|came|struck|shot|sent|"
    r"put|broke|made|chose|flew|drew|cut|hit|died|lost|led|spoke)\b[^.;]{0,80}\b(?:yesterday|today|"
    r"last night|late|early|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
    r"|\b(?:has|have) (?:\w+ed|struck|won|met|made|taken|given|begun|put|sent|left|broken|chosen|"
    r"become|come|gone|held|found|signed)\b"
    r"|\b(?:yesterday|last night|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^.;]{0,60}"
    r"\b(?:\w{3,}ed|met|won|said|left|fell|began|held|gave|took|went|came|broke|made)\b"
)
TITLE_TO_COME = re.compile(
    r"(?<=[a-z’'] )[Tt]o [A-Z]?[a-z]+\b|\b(?:leaves|heads|sets off|prepares|due) (?:for|to|in)\b"
    r"|\b(?:[Ee]ve|[Aa]head) of\b|\b(?:coming|upcoming)\b"
)
LABELLED = re.compile(
    r"^\W*(?:news |the )?(?:analysis|commentary|comment|opinions?|editorials?|op-ed|viewpoint|"
    r"perspective|leader|leading article|essay|point of view|guest column|column|columnists?|"
    r"review|letters? (?:to the editor|from))\b(?:\s*[:|–—/-]|\W*$)",
    re.IGNORECASE | re.MULTILINE,
)
ADDRESS = re.compile(
    r"/(?:opinions?|editorials?|comment(?:ary|isfree)?|analys[ie]s|op-?eds?|columns?|columnists?|"
    r"views?|viewpoints?|perspectives?)(?:/|$|\.)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[\"“][^\"“”]{2,600}[\"”]|``.*?''", re.DOTALL)
MYSELF = re.compile(r"\b(?:I|my|me|myself)\b")
WEIGHED = re.compile(
    r"\b(?:perhaps|arguably|no doubt|of course|in truth|in fact|indeed|after all|it (?:seems|would "
    r"seem|appears)|the (?:real |main )?(?:question|lesson|danger|irony|paradox) is|analysts?|"
    r"observers?|experts?|commentators?|what (?:it|this) means|in other words|ought to|surely)\b",
    re.IGNORECASE,
)
PRESS_CITED = re.compile(r"\((?:[A-Z][\w. -]{2,40}, )+(?:[A-Z][a-z]{2,8}\.? \d{1,2})[^)]{0,40}\)")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind of a report, and the signs that say so."""

    report_kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What an article is: a document, or a story of some kind, each with its evidence."""

    document_type: str | None = None
    document_evidence: str | None = None
    report_kind: str | None = None
    report_kind_evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for a kind, with its points; below 0: against it."""

    report_kind: str
    points: float
    what: str


def of(story: Story, page: Page, dated: Dated) -> Kind:
    """What the article is."""
    seen = documents.seen(story, page)
    document = documents.judge(seen)
    if document:
        return Kind(document.document_type, document.evidence)
    judged = judge(story, dated, seen.heads)
    return Kind(None, None, judged.report_kind, judged.evidence)


def judge(story: Story, dated: Dated, labels: str = "") -> Judgement:
    """The kind of the report; `labels` are short lines above it on its page."""
    signs = [*_previewed(story, dated), *_analysed(story, labels)]
    points = {
        kind: sum(s.points for s in signs if s.report_kind == kind) for kind in (ANALYSIS, PREVIEW)
    }
    kind = max(points, key=lambda k: points[k])
    if points[kind] < MARK:
        return Judgement(REPORT, "no sign that it previews or explains")
    told = [s.what for s in signs if s.report_kind == kind and s.points > 0]
    return Judgement(kind, "; ".join(told))


def _previewed(story: Story, dated: Dated) -> Iterator[Sign]:
    start, end, published = dated.event_date_start, dated.event_date_end, dated.published_at
    if published and start and start > published.date():
        yield Sign(PREVIEW, 2.0, f"its event is on {start} at the earliest, after its publication")
    title = TITLE_TO_COME.search(story.title or "")
    if title:
        yield Sign(PREVIEW, 1.25, f"its title says {title.group()!r}")
    plain = QUOTED.sub(" ", story.text[:2000])
    opening = [plain[a:b] for a, b in sentences(plain)][:OPENING]
    for number, sentence in enumerate(opening):
        coming = TO_COME.search(sentence)
        if coming:
            points = 1.25 if number == 0 else 0.75
            yield Sign(PREVIEW, points, f"sentence {number + 1} says {coming.group()!r}")
    if opening and HAPPENED.search(opening[0]):
        yield Sign(PREVIEW, -1.5, "its first sentence tells what happened")
    elif published and end and end < published.date():
        yield Sign(PREVIEW, -0.5, "its event was before its publication")


def _analysed(story: Story, labels: str) -> Iterator[Sign]:
    label = LABELLED.search("\n".join((labels, story.title or "")))
    if label:
        yield Sign(ANALYSIS, 2.0, f"it is labelled {label.group().strip()!r}")
    address = ADDRESS.search(story.url or "")
    if address:
        yield Sign(ANALYSIS, 2.0, f"its address says {address.group()!r}")
    plain = QUOTED.sub(" ", story.text)
    count = max(1, len(plain.split()))
    mine = len(MYSELF.findall(plain))
    if mine >= 3 and mine / count >= 0.006:
        yield Sign(ANALYSIS, 1.5, f"its author says I {mine} times")
    weighed = len(WEIGHED.findall(plain))
    if weighed >= 3 and weighed / count >= 0.005:
        yield Sign(ANALYSIS, 1.0, f"{weighed} words that weigh")
    asked = plain.count("?")
    if asked >= 2:
        yield Sign(ANALYSIS, 0.75, f"it asks {asked} questions")
    cited = len(PRESS_CITED.findall(plain))
    if cited >= 2:
        yield Sign(ANALYSIS, 2.0 if cited > 2 else 1.25, f"it cites {cited} reports of others")
    if story.dateline_place:
        yield Sign(ANALYSIS, -0.75, "it has a dateline")
