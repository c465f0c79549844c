"""The signature of a mail is none of its story."""

from __future__ import annotations

import pytest

from tests.transforms.made import PROSE, text_page
from transforms.furniture import label

SIGNED = "The Coast List - to leave it write to the owner of this list at any time."


def _last(*below: str) -> str:
    page = text_page("\n\n".join(["Council closes northern pier", *PROSE, *below]))
    found = label(page, {})[-1]
    return f"{found.label} {found.rule}"


@pytest.mark.parametrize("ruled", ["-- ", "_" * 40])
def test_below_the_delimiter_stands_a_signature(ruled: str) -> None:
    assert _last(f"{ruled}\n\n{SIGNED}") == "furniture signature"


def test_a_story_goes_on_behind_a_short_rule_or_for_long() -> None:
    assert _last("- - -", SIGNED) == "body prose"
    assert _last("--", *PROSE, SIGNED) == "body prose"
