"""A digest reaches what a stage's result depends on, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows import digests

ROOT = Path(__file__).resolve().parents[2]
PRINT = """
from flows import digests
for stage in ("blocks_of_shard", "articles_of_shard"):
    print(digests.of_code("flows.build", stage))
"""


def printed(root: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PRINT], cwd=root, env={"PYTHONPATH": str(root)}, text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("code")
    for package in digests.PACKAGES:
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    return folder


@pytest.mark.parametrize(
    ("place", "changed"),
    [
        ("transforms/encodings.py", [True, True]),
        ("transforms/names/resolution.py", [False, True]),
        ("transforms/weights/story_words.tsv", [False, True]),
        ("transforms/events/clusters.py", [False, False]),
        ("transforms/weights/same_event.tsv", [False, False]),
        ("flows/cli.py", [False, False]),
        ("expectations/rules.py", [False, False]),
    ],
)
def test_a_change_reaches_the_stages_that_rest_on_it(
    copy: Path, place: str, changed: list[bool]
) -> None:
    before, path = printed(copy), copy / place
    text = path.read_text("utf-8")
    path.write_text(f"{text}\n# Another rule.\n", "utf-8")
    try:
        after = printed(copy)
    finally:
        path.write_text(text, "utf-8")
    assert [a != b for a, b in zip(before, after, strict=True)] == changed


def test_parts_stand_for_themselves() -> None:
    assert digests.of("ab", "c") != digests.of("a", "bc")
    assert digests.of(None) != digests.of("")
