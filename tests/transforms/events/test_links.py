"""Links drawn by hand are read, matched and checked against each other."""

from __future__ import annotations

import pytest

from tests.transforms.events.reports import correction
from transforms.events.families import Family
from transforms.events.links import ContradictionError, check, drawn, fitting

APART = [Family(i, (i,)) for i in ("a_1", "a_2", "a_3")]


def test_captures_and_articles_in_either_order() -> None:
    rows = [correction("k1", "must_link", "c_2|a_1"), correction("k2", "label", "c_2")]
    (link,) = drawn(rows)
    assert (link.article_id_l, link.article_id_r, link.is_same) == ("a_1", "a_2", True)
    assert fitting([link], {"a_1", "a_3"}) == ()


@pytest.mark.parametrize("target", ["a_1", "a_1|c_1", "a_1|a_2|a_3"])
def test_a_target_that_is_no_pair_is_an_error(target: str) -> None:
    with pytest.raises(ContradictionError, match=r"corrections\.csv, k1.*two\s+different"):
        drawn([correction("k1", "must_link", target)])


def test_a_chain_that_contradicts_names_all_its_rows() -> None:
    links = drawn(
        [
            correction("k1", "must_link", "a_1|a_2"),
            correction("k2", "must_link", "a_2|a_3"),
            correction("k3", "cannot_link", "a_1|a_3"),
        ]
    )
    with pytest.raises(ContradictionError, match=r"k3.*k1, k2 make them one event"):
        check(links, APART)
    check(links[:1], APART)


def test_copies_of_one_text_cannot_be_parted() -> None:
    links = drawn([correction("k1", "cannot_link", "a_1|a_2")])
    with pytest.raises(ContradictionError, match="one text"):
        check(links, [Family("a_1", ("a_1", "a_2")), Family("a_3", ("a_3",))])
