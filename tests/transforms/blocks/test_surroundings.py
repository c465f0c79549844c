"""Surroundings: what classes and ids say, in the words of the vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks.surroundings import STEMS, WORDS, bits, mask, spelt


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("site-sidebar", "side"),
        ("SIDEBAR", "side"),
        ("x7 b12", ""),
        ("", ""),
        ("entry-content", "article body"),
        # The longest stem counts: a newsletter is no news.
        ("newsletter", "letter"),
        ("news", "article"),
        ("breadcrumb", "crumbs"),
        ("bread", ""),
        ("social-share", "share"),
        ("site-footer", "footer"),
        ("masthead", "header"),
        ("byline date", "author meta"),
        ("main body main", "body main"),
    ],
)
def test_words_of_names(names: str, words: str) -> None:
    assert spelt(bits(names)) == words


def test_every_stem_says_its_word() -> None:
    for word, stems in STEMS.items():
        for stem in stems.split():
            assert word in spelt(bits(stem)).split()


@given(st.sets(st.sampled_from(WORDS)))
def test_a_mask_is_spelt_and_read(some: set[str]) -> None:
    words = " ".join(w for w in WORDS if w in some)
    assert spelt(mask(words)) == words
    assert mask(" ".join(sorted(some))) == mask(words)
    assert mask(words).bit_count() == len(some)


@given(st.text())
def test_no_name_raises(names: str) -> None:
    assert 0 <= bits(names) < 1 << len(WORDS)
    assert mask(spelt(bits(names))) == bits(names)
