"""The hand-made passages: what is found in them against what must be.

A passage is right if everything it tells is found so: the share of right passages is the figure.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flows.sources import read_authority
from transforms import ids, names, quotations
from transforms.articles import Passage
from transforms.names import Lexicon
from transforms.tables import Mention, Quotation

REPOSITORY = Path(__file__).resolve().parents[2]
PASSAGES = REPOSITORY / "tests" / "passages"


@dataclass(frozen=True, slots=True)
class Case:
    """One hand-made passage and what must be found in it; see the head of the files."""

    form: str
    text: str
    title: str | None
    bracket: tuple[dt.date | None, dt.date | None]
    names: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    quotations: tuple[tuple[str, str, str], ...] = ()
    speakers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.form}: {self.text[:50]}"


def cases(file: str) -> list[Case]:
    """The passages of a file in order."""
    rows = tomllib.loads((PASSAGES / file).read_text("utf-8"))["passage"]
    return [_case(row) for row in rows]


def _case(row: Mapping[str, Any]) -> Case:
    return Case(
        form=row["form"],
        text=row["text"].strip(),
        title=row.get("title"),
        bracket=(row.get("from"), row.get("to")),
        names=row.get("names", {}),
        offices=row.get("offices", {}),
        quotations=tuple(tuple(told) for told in row.get("quotations", ())),
        speakers=row.get("speakers", {}),
    )


def faults(case: Case) -> list[str]:
    """What is found otherwise than the passage tells; empty where all is right."""
    passages, mentions = _read(case)
    if case.names or case.offices:
        return [*_name_faults(case, mentions), *_office_faults(case, mentions)]
    holder = functools.partial(names.holder, bracket=case.bracket, lexicon=_lexicon())
    genders = names.genders(mentions, _lexicon())
    return list(_quotation_faults(case, quotations.find("a", passages, mentions, holder, genders)))


def _read(case: Case) -> tuple[list[Passage], tuple[Mention, ...]]:
    passages = [Passage(0, "title", case.title, None)] if case.title else []
    start = 0
    for index, text in enumerate(case.text.split("\n\n"), start=1):
        passages.append(Passage(index, "body", text, start))
        start += len(text) + 2
    found = names.find(passages, _lexicon())
    return passages, names.resolve("a", found, passages, case.bracket, _lexicon())


def _name_faults(case: Case, mentions: Iterable[Mention]) -> Iterable[str]:
    mentions = list(mentions)
    for surface, told in case.names.items():
        answers = [_answer(m) for m in mentions if m.surface == surface]
        if told == "nothing":
            answers = [m.surface for m in mentions if m.surface == surface]
            if answers:
                yield f"{surface!r} is no name"
        elif not answers:
            yield f"{surface!r} not found; found {[m.surface for m in mentions]}"
        elif set(answers) != {_expected(told)}:
            is_open = told == "open" and all(a.startswith("open") for a in answers)
            if not is_open:
                yield f"{surface!r} is {answers}, not {told}"


def _office_faults(case: Case, mentions: Iterable[Mention]) -> Iterable[str]:
    offices = {m.surface: m.office for m in mentions}
    for surface, office in case.offices.items():
        if offices.get(surface) != office:
            yield f"office of {surface!r} is {offices.get(surface)!r}, not {office!r}"


def _quotation_faults(case: Case, found: Iterable[Quotation]) -> Iterable[str]:
    found = list(found)
    rows = tuple((q.text, q.quotation_type, q.speaker_surface or "") for q in found)
    if rows != case.quotations:
        yield f"found {rows}"
    for quotation in found:
        surface = quotation.speaker_surface or ""
        told = case.speakers.get(surface, surface)
        expected = None if told in ("open", "") else _expected(told)
        if quotation.speaker_entity_id != expected:
            yield f"speaker {surface!r} is {quotation.speaker_entity_id}, not {told}"


def _answer(mention: Mention) -> str:
    if mention.entity_id is not None:
        return mention.entity_id
    between = mention.method.removeprefix("unresolved:").removeprefix("name:")
    return f"open {between}"


def _expected(told: str) -> str:
    if told.startswith("open"):
        return told
    if told.startswith("stranger "):
        return ids.entity_id("person", told.removeprefix("stranger "))
    if told.startswith("unlisted "):
        _, entity_type, key = told.split(" ", 2)
        return ids.entity_id(entity_type, key)
    return _by_name().get(told, f"nobody called {told}")


@cache
def _lexicon() -> Lexicon:
    return names.build(read_authority([REPOSITORY / "seeds"]))


@cache
def _by_name() -> dict[str, str]:
    known = read_authority([REPOSITORY / "seeds"])
    told = [(p.name, ids.entity_id("place", p.place_id)) for p in known.places]
    told += [
        (t.name, ids.entity_id("programme" if t.treaty_type == "programme" else "treaty",
                               t.treaty_id))
        for t in known.treaties
    ]  # fmt: skip
    told += [(o.name, ids.entity_id("organisation", o.organisation_id))
             for o in known.organisations]  # fmt: skip
    return {**dict(told), **{p.name: ids.entity_id("person", p.person_id) for p in known.people}}
