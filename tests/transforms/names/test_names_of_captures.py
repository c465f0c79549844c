"""The names of the five real captures, read from their labelled lines, against their truth."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from transforms import authority, ids, names
from transforms.articles import Passage
from transforms.authority import Authority
from transforms.names.lexicon import Lexicon

ROOT = Path(__file__).parents[3]
CAPTURES = ROOT.parent / "shared" / "seeds"
TRUTH = CAPTURES / "truth.json"
pytestmark = pytest.mark.skipif(
    not TRUTH.exists() or not (ROOT / "seeds" / "names.csv").exists(),
    reason="the five captures and the reference tables are read where they are",
)
WEEK = dt.timedelta(days=7)


def read_authority() -> Authority:
    tables = {}
    for table in authority.ROW_TYPES:
        path = ROOT / "seeds" / f"{table}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as lines:
                tables[table] = list(csv.DictReader(lines))
    return authority.parse(tables)


def read_passages(file: str, lines: dict[str, list[int]]) -> list[Passage]:
    labels = {number: label for label, numbers in lines.items() for number in numbers}
    passages, start = [], 0
    for number, line in enumerate((CAPTURES / file).read_text("utf-8").splitlines(), start=1):
        label, text = labels.get(number), " ".join(line.split())
        if label not in ("title", "caption", "body"):
            continue
        passages.append(Passage(number, label, text, start if label == "body" else None))
        start += len(text) + 2 if label == "body" else 0
    return passages


@pytest.fixture(scope="module")
def seeds() -> tuple[Lexicon, dict[str, str]]:
    tables = read_authority()
    known = [("person", p.person_id, p.name) for p in tables.people]
    known += [("organisation", o.organisation_id, o.name) for o in tables.organisations]
    known += [("place", p.place_id, p.name) for p in tables.places]
    known += [
        ("programme" if t.treaty_type == "programme" else "treaty", t.treaty_id, t.name)
        for t in tables.treaties
    ]
    return names.build(tables), {ids.entity_id(kind, key): name for kind, key, name in known}


def truth() -> list[Any]:
    return sorted(json.loads(TRUTH.read_text("utf-8"))["captures"]) if TRUTH.exists() else []


@pytest.mark.parametrize("file", truth())
def test_every_name_resolves_as_given(seeds: tuple[Lexicon, dict[str, str]], file: str) -> None:
    lexicon, canonical = seeds
    told = json.loads(TRUTH.read_text("utf-8"))
    capture = told["captures"][file]
    passages = read_passages(file, capture["lines"])
    day = dt.date.fromisoformat(capture["event_date"])
    found = names.find(passages, lexicon)
    mentions = names.resolve("a_1", found, passages, (day - WEEK, day + WEEK), lexicon)
    resolved: dict[str, set[str | None]] = {}
    for mention in mentions:
        name = canonical.get(mention.entity_id or "")
        resolved.setdefault(mention.surface, set()).add(name)
    expected = {surface: {name} for surface, name in told["names"][file].items()}
    assert {surface: resolved.get(surface) for surface in expected} == expected
