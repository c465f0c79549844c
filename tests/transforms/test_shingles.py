"""The words found by arrays are those that `terms.tokens` finds one by one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from transforms import terms
from transforms.shingles import shingles, words

TEXTS = st.lists(st.text("abS's’_ -.\n12éÉß“ﬁ²İа\u0301\x00", max_size=40), max_size=5)


@given(TEXTS)
def test_words_are_those_of_terms(texts: list[str]) -> None:
    found = words([t.encode() for t in texts])
    expected = [terms.tokens(t) for t in texts]
    assert found.counts.tolist() == [len(t) for t in expected]
    flat = [word for tokens in expected for word in tokens]
    assert len(set(zip(flat, found.hashes.tolist(), strict=True))) == len(set(flat))
    assert len(set(found.hashes.tolist())) == len(set(flat))


@given(TEXTS)
def test_sets_are_those_of_runs(texts: list[str]) -> None:
    found = shingles([t.encode() for t in texts], 2)
    for i, text in enumerate(texts):
        codes = found.codes[found.starts[i] : found.starts[i + 1]].tolist()
        tokens = terms.tokens(text)
        assert codes == sorted(set(codes))
        assert len(codes) == len(set(pairwise(tokens)))
        assert (found.prints[i] != 0) == bool(tokens)


def test_very_long_words_differ_by_their_ends() -> None:
    long = "x" * 200
    found = words([f"{long} {long}y {long[:-1]} {long}".encode()])
    assert len(set(found.hashes.tolist())) == 3


def test_prints_tell_the_same_words_in_another_order() -> None:
    first, second, third = shingles([b"a b c", b"c b a", b"A, b. C"], 3).prints.tolist()
    assert first == third
    assert first != second
