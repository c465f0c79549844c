"""Average linkage joins what agrees as a whole, and nothing through a chain of weak links."""

from __future__ import annotations

import random
from itertools import combinations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from transforms.events.clusters import Rules, cluster, components, sample

PAIRS = st.dictionaries(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda p: p[0] < p[1]),
    st.floats(0, 1),
)


def test_a_chain_of_weak_links_is_not_one_event() -> None:
    chain = {("a", "b"): 0.9, ("b", "c"): 0.55, ("c", "d"): 0.9}
    assert cluster("abcd", chain) == [("a", "b"), ("c", "d")]


def test_pairs_that_all_agree_are_one() -> None:
    assert cluster("abcd", dict.fromkeys(combinations("abc", 2), 0.6)) == [("a", "b", "c"), ("d",)]


def test_many_pairs_may_join_at_a_lower_mean_than_one() -> None:
    within = {("a", "b"): 0.8, ("c", "d"): 0.8}
    across = {(x, y): 0.4 for x in "ab" for y in "cd"}
    likely = {("b", "c"): 0.5}
    assert cluster("abcd", within | across | likely) == [("a", "b", "c", "d")]
    # Not without one pair that alone would join.
    assert cluster("abcd", within | across) == [("a", "b"), ("c", "d")]
    assert cluster("ab", {("a", "b"): 0.4}) == [("a",), ("b",)]


def test_like_events_stay_apart_where_each_agrees_far_more_within() -> None:
    halves = ("abcdef", "ghijkl")
    within = {pair: 0.98 for half in halves for pair in combinations(half, 2)}
    across = {(x, y): 0.5 for x in halves[0] for y in halves[1]}
    assert len(cluster("abcdefghijkl", within | across)) == 2
    loose = dict.fromkeys(within, 0.75)
    assert len(cluster("abcdefghijkl", loose | across)) == 1


def test_links_by_hand_are_honoured_beyond_the_pair() -> None:
    likely = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.9}
    assert cluster("abcd", likely, must=[("c", "d")], cannot=[("a", "d")]) == [
        ("a", "b"),
        ("c", "d"),
    ]
    assert cluster("ab", {}, must=[("a", "b")]) == [("a", "b")]


@given(PAIRS, st.randoms(use_true_random=False))
def test_order_of_pairs_is_of_no_account(pairs: dict, rng: random.Random) -> None:
    items = list(pairs.items())
    rng.shuffle(items)
    ids = list("abcdefg")
    rng.shuffle(ids)
    assert cluster(ids, dict(items)) == cluster("abcdefg", pairs)


@given(PAIRS, st.lists(st.sampled_from(sorted(combinations("abcdefg", 2))), max_size=4))
def test_cannot_is_never_broken(pairs: dict, cannot: list) -> None:
    for group in cluster("abcdefg", pairs, cannot=cannot):
        assert not any(a in group and b in group for a, b in cannot)


@given(PAIRS)
def test_components_as_networkx_has_them(pairs: dict) -> None:
    graph = networkx.Graph(list(pairs))
    graph.add_nodes_from("abcdefg")
    oracle = sorted(tuple(sorted(c)) for c in networkx.connected_components(graph))
    assert components(pairs, "abcdefg") == oracle


def test_a_large_event_is_one_though_few_of_its_pairs_were_compared() -> None:
    ids = [f"{i:03}" for i in range(60)]
    rules = Rules(complete_limit=10, sample_count=6)
    near = {(a, b): 0.95 for i, a in enumerate(ids) for b in ids[i + 1 : i + 6]}
    sampled = dict.fromkeys(sample(ids, rules), 0.9)
    assert len(cluster(ids, near | sampled, rules=rules)) == 1


def test_likely_neighbours_alone_do_not_join_what_the_sample_parts() -> None:
    ids = [f"{i:03}" for i in range(60)]
    rules = Rules(complete_limit=10, sample_count=6)
    half = {i: n < 30 for n, i in enumerate(ids)}
    near = {(a, b): 0.9 for a, b in combinations(ids, 2) if half[a] == half[b]}
    bridge = {(ids[29 - n], ids[30 + n]): 0.8 for n in range(3)}
    assert len(cluster(ids, near | bridge, rules=rules)) == 2


def test_sample_is_linear_and_meets_everyone() -> None:
    ids = [f"{i:04}" for i in range(1_000)]
    found = sample(ids)
    assert len(found) <= 6 * len(ids)
    assert {i for pair in found for i in pair} == set(ids)
    assert all(a < b for a, b in found)
