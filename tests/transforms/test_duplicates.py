"""Copies of one text are found and verified; independent texts are left alone."""

from __future__ import annotations

import random
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import duplicates
from transforms.duplicates import candidates

STORY = (
    "Workers at the lighthouse of Skarvoy found a bottle with a letter of 1911 on Monday. The "
    "letter asks whoever finds it to plant an apple tree on the island. The keeper, who has not "
    "seen a tree there in thirty years, said that he would try. A gardener from the mainland has "
    "offered four saplings, and the ferry will carry them for nothing when the storms are over."
)
OTHER = (
    "The council of Hovde voted to close the swimming hall, since its roof lets in more water "
    "than the pool can hold. Parents called the vote a scandal and have started a collection."
)


def compared(**texts: str) -> list[tuple[str, str, str]]:
    table = pa.table({"article_id": list(texts), "text": list(texts.values())})
    found = duplicates.compare(table).to_pylist()
    return [(r["article_id_l"], r["article_id_r"], r["relation"]) for r in found]


@pytest.mark.parametrize(
    ("copy", "relation"),
    [
        (STORY.upper().replace(". ", ".\n\n"), "identical"),
        (STORY.replace("four saplings", "two saplings"), "reprint"),
        ("SKARVOY, Tuesday (Post) - " + STORY.replace("on Monday", "this week"), "reprint"),
        (STORY[: len(STORY) // 2], "contained"),
        (OTHER, None),
    ],
)
def test_relation(copy: str, relation: str | None) -> None:
    assert compared(a=STORY, b=copy, c=OTHER[:60]) == ([("a", "b", relation)] if relation else [])


def test_shares_are_exact() -> None:
    words = [f"w{i}" for i in range(40)]
    edited = [*words[:30], "x", *words[31:]]
    table = pa.table({"article_id": ["b", "a"], "text": [" ".join(words), " ".join(edited)]})
    (row,) = duplicates.compare(table).to_pylist()
    # Of 38 runs on either side the one changed word spoils three.
    assert (row["article_id_l"], row["article_id_r"]) == ("a", "b")
    assert row["jaccard"] == pytest.approx(35 / 41, abs=1e-6)
    assert row["containment"] == pytest.approx(35 / 38, abs=1e-6)


def test_stock_phrases_and_empty_texts_are_no_copies() -> None:
    assert compared(a="", b="", c="All rights reserved by us", d="reserved by us") == []


def test_nothing_of_nothing() -> None:
    assert compared() == []


def test_order_of_rows_is_of_no_account() -> None:
    texts = {"a": STORY, "b": STORY + " More soon.", "c": STORY[:200], "d": OTHER, "e": STORY}
    forward = compared(**texts)
    assert forward == compared(**dict(reversed(texts.items())))
    assert len(forward) == 4


def test_every_copy_is_found_and_no_more() -> None:
    """Against an oracle that compares all pairs."""
    rng = random.Random(4)
    texts: list[list[str]] = []
    for _ in range(150):
        if texts and rng.random() < 0.4:
            text = list(rng.choice(texts))
            for _ in range(rng.randint(0, 6)):
                text[rng.randrange(len(text))] = f"new{rng.randrange(10**9)}"
            texts.append(text[: rng.choice((len(text), len(text) * 2 // 3))])
        else:
            texts.append([f"w{rng.randrange(3000)}" for _ in range(rng.randint(60, 150))])
    found = {
        (a, b) for a, b, _ in compared(**{f"{i:03}": " ".join(t) for i, t in enumerate(texts)})
    }
    shingles = [set(zip(pairwise(t), pairwise(t[1:]), strict=False)) for t in texts]
    expected = set()
    for i, one in enumerate(shingles):
        for j in range(i + 1, len(shingles)):
            other, shared = shingles[j], len(one & shingles[j])
            low, high = sorted((len(one), len(other)))
            if shared >= 0.6 * (low + high - shared) or shared >= 0.8 * low or shared >= 0.7 * high:
                expected.add((f"{i:03}", f"{j:03}"))
    firsts = {tuple(t): f"{i:03}" for i, t in reversed(list(enumerate(texts)))}
    same = {f"{i:03}": firsts[tuple(t)] for i, t in enumerate(texts)}
    # Of identical texts only the first is compared with others.
    expected = {(a, b) for a, b in expected if same[a] == same[b] or (same[a], same[b]) == (a, b)}
    assert found == expected
    assert len(found) > 40


def test_thousands_of_copies_of_one_page_are_paired_with_the_first_only() -> None:
    found = compared(**{f"{i:05}": STORY for i in range(3000)})
    assert len(found) == 2999
    assert {left for left, _, _ in found} == {"00000"}


def test_size_of_parts_and_number_of_threads_change_no_row() -> None:
    rng = random.Random(8)
    words = [f"w{rng.randrange(400)}" for _ in range(6_000)]
    texts = [" ".join(words[i : i + 80]) for i in range(0, 5_900, 20)]
    table = pa.table({"article_id": [f"{i:03}" for i in range(len(texts))], "text": texts})
    whole = duplicates.compare(table, threads=1)
    search = candidates.Rules(part_probes=300, part_entries=90, part_meetings=40)
    rules = duplicates.Rules(search=search, part_bytes=700, part_entries=90)
    assert whole.num_rows > 100
    assert duplicates.compare(table, rules, threads=3).equals(whole)


@given(st.randoms(use_true_random=False))
def test_order_of_rows_and_their_cut_into_chunks_change_no_row(rng: random.Random) -> None:
    words = [f"w{i}" for i in range(300)]
    texts = [" ".join(words[i : i + 40]) for i in range(0, 260, 4)] + [" ".join(words[:40])] * 20
    rows = [(f"{i:02}", text) for i, text in enumerate(texts)]
    # Caps so low that it is often a tie who is compared with whom.
    search = candidates.Rules(probe_count=16, posting_cap=5, anchor_count=2)
    rules = duplicates.Rules(search=search, identical_cap=4)
    whole = duplicates.compare(pa.table(_columns(rows)), rules)
    rng.shuffle(rows)
    cut = rng.randrange(len(rows))
    chunks = [pa.table(_columns(part)) for part in (rows[:cut], rows[cut:])]
    assert whole.num_rows > 60
    assert duplicates.compare(pa.concat_tables(chunks), rules).equals(whole)


def _columns(rows: list[tuple[str, str]]) -> dict[str, pa.Array]:
    return {
        "article_id": pa.array([i for i, _ in rows], pa.string()),
        "text": pa.array([text for _, text in rows], pa.string()),
    }
