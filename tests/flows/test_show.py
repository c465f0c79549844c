"""A block as `communique show` prints it: label, rule, share of the site, text."""

from __future__ import annotations

import click

from flows.explain import block_lines, harmless
from transforms.tables import LABELS

BLOCK = {
    "block_index": 7,
    "label": "body",
    "rule": "prose",
    "repeats_block_index": None,
    "site_share": 0.0,
    "text": "The pier closed on Monday.",
}


def test_a_line_a_block() -> None:
    printed = click.unstyle(block_lines(BLOCK, None))
    assert printed == "  7 body       prose                    The pier closed on Monday."
    shared = BLOCK | {"label": "furniture", "rule": "recurs_on_site", "site_share": 0.4}
    assert click.unstyle(block_lines(shared, None)).split()[:4] == [
        "7", "furniture", "recurs_on_site", "40%",
    ]  # fmt: skip
    again = shared | {"rule": "repeats_title", "repeats_block_index": 0}
    assert click.unstyle(block_lines(again, None)).split()[2:5] == ["repeats_title", "0", "40%"]


def test_long_text_is_wrapped_beside_its_label() -> None:
    lines = click.unstyle(block_lines(BLOCK | {"text": "pier " * 40}, 80)).split("\n")
    assert max(map(len, lines)) <= 80
    assert {line[:40].strip() for line in lines[1:]} == {""}
    assert " ".join(line[40:] for line in lines).split() == ["pier"] * 40


def test_every_label_is_whole_beside_its_rule() -> None:
    for label in LABELS:
        assert click.unstyle(block_lines(BLOCK | {"label": label}, None)).split()[1] == label


def test_what_is_dropped_looks_unlike_what_is_kept() -> None:
    kept, dropped = (block_lines(BLOCK | {"label": n}, None) for n in ("body", "furniture"))
    assert kept.replace("body     ", "furniture") != dropped


def test_a_capture_cannot_steer_the_terminal() -> None:
    assert harmless("a\x1b]0;b\x07\x9b2J\r") == "a\ufffd]0;b\ufffd\ufffd2J\ufffd"
    assert "\x1b[2J" not in block_lines(BLOCK | {"text": "a\x1b[2J"}, 120)
