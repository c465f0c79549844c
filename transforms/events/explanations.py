"""Explanations: in words and figures, why reports are one event, or why they are not.

Text for `communique explain`, made from the tables of a release and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from transforms.events import scoring
from transforms.events.families import DUPLICATES, Groups
from transforms.events.reasons import WORDS, called
from transforms.text import sentences

Tables = Mapping[str, pa.Table]
Row = Mapping[str, Any]
EVIDENCE_LIMIT = 8
SENTENCE_LIMIT = 220
LACKING_LIMIT = 4


class UnknownError(KeyError):
    """An id that the tables do not have."""

    def __str__(self) -> str:
        return str(self.args[0])


def explain_pair(one: str, other: str, tables: Tables) -> str:
    """Why two articles are reports of one event or not: the decision, signals and evidence.

    Raises UnknownError where there is no such article.
    """
    left, right = sorted((one, other))
    articles = {i: _article(tables, i) for i in (left, right)}
    events = {i: _event_of(tables, i) for i in (left, right)}
    lines = [_headed(articles[i]) for i in (left, right)]
    is_one = events[left] == events[right]
    lines += ["", _verdict(events[left], events[right])]
    row, stand_in = _decision(tables, left, right)
    if row is None:
        lines += [
            "This pair was not compared, or is hardly likely: no rare word or name of their "
            "openings brings the two together."
        ]
        return "\n".join(lines)
    lines += [f"  ({note})" for note in stand_in]
    lines += [f"Decided: {row['reason']}.", ""]
    lines += _weighed(row)
    compared = [row["article_id_l"], row["article_id_r"]]
    lines += _evidence(row, [_article(tables, i) for i in compared])
    if is_one:
        lines += _closest(tables, compared, "other pair", row)
    return "\n".join(lines)


def explain_event(event_id: str, tables: Tables) -> str:
    """What holds an event together: its reports, their weakest link, and where they differ.

    Raises UnknownError where there is no such event.
    """
    found = _rows(tables["events"], "event_id", [event_id])
    if not found:
        raise UnknownError(f"there is no event {event_id}")
    event = found[0]
    reports = _rows(tables["event_reports"], "event_id", [event_id])
    members = [r["article_id"] for r in reports]
    lines = [f"{event_id}  {event['title'] or '(no title)'}"]
    lines += [f"  {_when(event)}; {event['place'] or 'place not printed'}"]
    lines += [
        f"  {event['report_count']} reports, {event['independent_report_count']} of them "
        f"independent, on {event['site_count']} sites",
        "",
        "Reports",
    ]
    for report in reports:
        headed = _headed(_article(tables, report["article_id"]))
        lines.append(f"  {report['role']:>14}  {headed}{_syndicated(report)}")
        lines += _kind(_article(tables, report["article_id"]))
    weakest = _weakest(tables, members)
    lines += _held(members, weakest)
    lines += _disagreements(tables, event_id)
    lines += _closest(tables, members, "report outside", weakest)
    return "\n".join(lines)


def _kind(article: Row) -> list[str]:
    """Why an article is no plain report."""
    if article["document_type"]:
        return [f"{'':18}a {article['document_type']}: {article['document_evidence']}"]
    if article["report_kind"] != "report":
        return [f"{'':18}a {article['report_kind']}: {article['report_kind_evidence']}"]
    return []


def _syndicated(report: Row) -> str:
    if report["syndication_group_id"] is None:
        return ""
    return f" [{report['syndication_group_id']}{', first' if report['is_first_printing'] else ''}]"


def _rows(table: pa.Table, column: str, values: Sequence[str]) -> list[dict[str, Any]]:
    # By hand: an Arrow array of the values would import pandas, a third of what this takes.
    wanted = set(values)
    places = [i for i, value in enumerate(table.column(column).to_pylist()) if value in wanted]
    return [row for i in places for row in table.slice(i, 1).to_pylist()]


def _article(tables: Tables, article_id: str) -> Row:
    found = _rows(tables["articles"], "article_id", [article_id])
    if not found:
        raise UnknownError(f"there is no article {article_id}")
    return found[0]


def _event_of(tables: Tables, article_id: str) -> str | None:
    found = _rows(tables["event_reports"], "article_id", [article_id])
    return str(found[0]["event_id"]) if found else None


def _headed(article: Row) -> str:
    title = article["title"] or "(no title)"
    return f"{article['article_id']}  {title}  ({article['site_id']}, {_when(article)})"


def _when(row: Row) -> str:
    start, end = row["event_date_start"], row["event_date_end"]
    if not start and not end:
        return "day unknown"
    return str(start) if start == end else f"{start or '..'} to {end or '..'}"


def _verdict(left: str | None, right: str | None) -> str:
    if left == right:
        return f"Both report one event, {left}."
    return f"They report different events, {left} and {right}."


def _decision(tables: Tables, left: str, right: str) -> tuple[Row | None, list[str]]:
    """The row on this pair, or on the texts that they are copies of, and a note on that."""
    one, other = _copies(tables, left), _copies(tables, right)
    best: Row | None = None
    for row in _rows(tables["pair_decisions"], "article_id_l", sorted({*one, *other})):
        pair = {row["article_id_l"], row["article_id_r"]}
        if pair == {left, right}:
            return row, []
        if best is None and pair & set(one) and pair & set(other):
            best = row
    if best is None:
        return None, []
    notes = [
        f"{mine} is a copy of {theirs}, which was compared in its place"
        for mine, group in ((left, one), (right, other))
        for theirs in (best["article_id_l"], best["article_id_r"])
        if theirs in group and theirs != mine and mine not in best.values()
    ]
    return best, notes


def _copies(tables: Tables, article_id: str) -> list[str]:
    found = _rows(tables["event_reports"], "article_id", [article_id])
    group = found[0]["syndication_group_id"] if found else None
    if group is None:
        return [article_id]
    return [
        r["article_id"] for r in _rows(tables["event_reports"], "syndication_group_id", [group])
    ]


def _weighed(row: Row) -> list[str]:
    """The log-odds taken apart: they start from a typical pair and end at the probability."""
    if row["relation"] in DUPLICATES:
        shares = f"Jaccard {row['jaccard']:.2f}, containment {row['containment']:.2f}"
        return [f"Word 3-grams: {shares}.", ""]
    parts = scoring.contributions(row)
    base = scoring.model().base
    lines = ["Log-odds that both report one event, in nats"]
    lines += [f"  {base:+6.2f}  two articles on different events, as a rule"]
    lines += [
        f"  {p.nats:+6.2f}  {called(p.signal, p.nats)}  ({p.signal} {p.value:.2f})" for p in parts
    ]
    total = base + sum(p.nats for p in parts)
    return [*lines, f"  {total:+6.2f}  together: probability {row['score']:.3f}", ""]


def _evidence(row: Row, articles: Sequence[Row]) -> list[str]:
    """What both print, each with the sentence and span it stands in, on both sides."""
    shared = row["shared_evidence"] or []
    if not shared:
        return []
    lines = ["Both print"]
    for literal in shared[:EVIDENCE_LIMIT]:
        lines.append(f"  {literal!r}")
        lines += [f"    {_place(article, literal)}" for article in articles]
    if len(shared) > EVIDENCE_LIMIT:
        lines.append("  and " + ", ".join(repr(s) for s in shared[EVIDENCE_LIMIT:]))
    return [*lines, ""]


def _place(article: Row, literal: str) -> str:
    """The first sentence that prints these words, whatever stands between them."""
    name, text = article["article_id"], article["text"]
    words = re.findall(r"[^\W_]+", literal)
    pattern = r"[\W_]+".join(re.escape(w) for w in words)
    begin = rf"(?<![^\W_]){pattern}"
    whole = re.search(rf"{begin}(?![^\W_])", text, re.IGNORECASE)
    match = whole or re.search(begin, text, re.IGNORECASE)
    if not match:
        where = "in the title" if re.search(pattern, article["title"] or "", re.I) else "other form"
        return f"{name} [{where}]"
    for start, end in sentences(text):
        if start <= match.start() < end:
            return f"{name} [{match.start()}:{match.end()}] {_cut(text, start, end, match.start())}"
    return f"{name} [{match.start()}:{match.end()}] {match.group()}"


def _cut(text: str, start: int, end: int, middle: int) -> str:
    first = max(start, middle - SENTENCE_LIMIT // 2)
    last = min(end, first + SENTENCE_LIMIT)
    inside = " ".join(text[first:last].split())
    return ("..." if first > start else "") + inside + ("..." if last < end else "")


def _closest(tables: Tables, members: Sequence[str], what: str, beside: Row | None) -> list[str]:
    """The likeliest pair of one of these with a report of another event, and what it lacks.

    What it lacks is told against `beside`, a pair that is one event.
    """
    inside = {_event_of(tables, m) for m in members}
    pairs = tables["pair_decisions"]
    rows = [
        *_rows(pairs, "article_id_l", members),
        *_rows(pairs, "article_id_r", members),
    ]
    event_of = dict(
        zip(
            tables["event_reports"].column("article_id").to_pylist(),
            tables["event_reports"].column("event_id").to_pylist(),
            strict=True,
        )
    )
    apart = [
        r for r in rows
        if event_of.get(r["article_id_l"]) != event_of.get(r["article_id_r"])
        and {event_of.get(r["article_id_l"]), event_of.get(r["article_id_r"])} - inside
    ]  # fmt: skip
    if not apart:
        return [f"No {what} comes near."]
    best = min(apart, key=lambda r: (-r["score"], r["article_id_l"], r["article_id_r"]))
    lines = [f"The closest {what} is another event: probability {best['score']:.3f}"]
    lines += [
        f"  {_headed(_article(tables, best[side]))}" for side in ("article_id_l", "article_id_r")
    ]
    lines += [f"  {best['reason']}"]
    return [*lines, *_lacking(best, beside)]


def _lacking(row: Row, beside: Row | None) -> list[str]:
    if beside is None or beside["relation"] in DUPLICATES:
        return []
    theirs = {p.signal: p for p in scoring.contributions(beside)}
    gaps = [(p.nats - theirs[p.signal].nats, p) for p in scoring.contributions(row)]
    largest = sorted(gaps, key=lambda g: (g[0], g[1].signal))[:LACKING_LIMIT]
    told = ", ".join(
        f"{WORDS[p.signal]} {gap:+.1f} ({p.value:.2f} against {theirs[p.signal].value:.2f})"
        for gap, p in largest
        if gap < 0
    )
    return [f"  what it lacks: {told}"] if told else []


def _weakest(tables: Tables, members: Sequence[str]) -> Row | None:
    """The link without which the event would fall apart soonest; None for a single report."""
    groups = Groups(members)
    weakest: Row | None = None
    for row in _links(tables, members):
        if groups.find(row["article_id_l"]) != groups.find(row["article_id_r"]):
            groups.join(row["article_id_l"], row["article_id_r"])
            weakest = row
    return weakest


def _held(members: Sequence[str], weakest: Row | None) -> list[str]:
    if weakest is None:
        single = "One report: nothing has to hold it together."
        return ["", single if len(members) == 1 else "No pair of its reports was compared.", ""]
    pair = f"{weakest['article_id_l']} with {weakest['article_id_r']}"
    relation = weakest["relation"].replace("_", " ")
    return [
        "",
        f"Weakest link: {pair}, {relation}, probability {weakest['score']:.3f}",
        f"  {weakest['reason']}",
        "",
    ]


def _links(tables: Tables, members: Sequence[str]) -> Iterable[Row]:
    """The compared pairs of these reports, the likeliest first."""
    inside = set(members)
    rows = _rows(tables["pair_decisions"], "article_id_l", members)
    within = [r for r in rows if r["article_id_r"] in inside]
    return sorted(within, key=lambda r: (-r["score"], r["article_id_l"], r["article_id_r"]))


def _disagreements(tables: Tables, event_id: str) -> list[str]:
    rows = _rows(tables["event_disagreements"], "event_id", [event_id])
    if not rows:
        return ["Its reports disagree on nothing that was compared.", ""]
    lines = ["Its reports disagree on"]
    lines += [f"  {r['fact']}: {r['value']}  ({r['article_id']})" for r in rows]
    return [*lines, ""]
