"""Marked text: spans of a story as links to their evidence, and literal evidence in excerpts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from transforms.text import sentences


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open span of a text, where it leads to, and what it is."""

    start: int
    end: int
    kind: str
    target: str
    title: str = ""


def paragraphs(
    text: str, names: Sequence[Mark], dates: Sequence[Mark], quoted: Sequence[Mark]
) -> list[Markup]:
    """The paragraphs of a text with names and dates marked inside quotations.

    Where marks overlap, a name comes before a date, and what begins first before the other; a
    quotation that goes on in the next paragraph is marked in both.
    """
    named = _without_overlaps(names)
    free = [d for d in dates if not any(n.start < d.end and d.start < n.end for n in named)]
    inner = _without_overlaps([*named, *free])
    outer = _without_overlaps(quoted)
    out = []
    for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        out.append(_paragraph(text, match.start(), match.end(), inner, outer))
    return out


def _paragraph(
    text: str, start: int, end: int, inner: Sequence[Mark], outer: Sequence[Mark]
) -> Markup:
    parts: list[Markup] = []
    place = start
    for quote in _within(outer, start, end):
        first, last = max(quote.start, start), min(quote.end, end)
        parts.append(_marked(text, place, first, inner))
        said = _marked(text, first, last, inner)
        parts.append(
            Markup('<span class="quoted" title="{}">{}</span>').format(quote.title, said)
            + _anchor(quote, is_last=quote.end <= end)
        )
        place = last
    parts.append(_marked(text, place, end, inner))
    return Markup("").join(parts)


def _anchor(quote: Mark, *, is_last: bool) -> Markup:
    # A link of its own: names inside the quotation are links already.
    return (
        Markup('<a class="note" href="#{0}" aria-label="{1}">&#8224;</a>').format(
            quote.target, quote.title
        )
        if is_last
        else Markup("")
    )


def _marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    parts: list[Markup] = []
    place = start
    for mark in _within(marks, start, end):
        first, last = max(mark.start, place), min(mark.end, end)
        parts.append(escape(text[place:first]))
        parts.append(
            Markup('<a class="{}" href="#{}" title="{}">{}</a>').format(
                mark.kind, mark.target, mark.title, text[first:last]
            )
        )
        place = last
    parts.append(escape(text[place:end]))
    return Markup("").join(parts)


def _within(marks: Sequence[Mark], start: int, end: int) -> Iterable[Mark]:
    return (m for m in marks if m.start < end and m.end > start)


def _without_overlaps(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.target)):
        if mark.end > mark.start and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept


def literal_pattern(literals: Sequence[str]) -> re.Pattern[str] | None:
    """What finds any of these names, numbers and quoted words, whatever stands between words."""
    forms = []
    for literal in sorted(literals, key=lambda s: (-len(s), s)):
        words = re.findall(r"[^\W_]+", literal)
        if words:
            forms.append(r"[\W_]{1,3}".join(map(re.escape, words)))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])", re.I) if forms else None


def excerpt(text: str, pattern: re.Pattern[str] | None, count: int = 4) -> list[Markup]:
    """The first sentence, and those with most evidence, in their order, evidence marked."""
    spans = list(sentences(text[:20_000]))
    found = {
        span: len({m.group().lower() for m in pattern.finditer(text, *span)})
        for span in spans
        if pattern
    }
    best = sorted(spans[1:], key=lambda s: (-found.get(s, 0), s))[: count - 1]
    chosen = [*spans[:1], *(s for s in best if found.get(s, 0))]
    return [_highlighted(text, start, end, pattern) for start, end in sorted(chosen)]


def _highlighted(text: str, start: int, end: int, pattern: re.Pattern[str] | None) -> Markup:
    parts: list[Markup] = []
    place = start
    for match in pattern.finditer(text, start, end) if pattern else ():
        parts.append(escape(text[place : match.start()]))
        parts.append(Markup("<mark>{}</mark>").format(match.group()))
        place = match.end()
    parts.append(escape(text[place:end]))
    return Markup("").join(parts)
