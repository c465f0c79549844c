"""Retention keeps the newest and what is cited, and says what goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows import publish
from flows.cli import communique
from flows.sharing import prune


@pytest.fixture
def warehouse(released: Path, tmp_path: Path) -> Path:
    for version in ("1.0.0", "1.1.0", "1.2.0", "1.10.0"):
        shutil.copytree(released, tmp_path / "releases" / version)
    return tmp_path


def test_the_oldest_go_by_number_not_by_letter(warehouse: Path) -> None:
    assert prune.outdated(warehouse / "releases", 2) == ["1.0.0", "1.1.0"]
    assert prune.outdated(warehouse / "releases", 9) == []


def test_what_is_cited_stays(warehouse: Path) -> None:
    (warehouse / "releases" / "kept.csv").write_text("release,reason\n1.0.0,a thesis\n")
    done = CliRunner().invoke(communique, ["prune", "--keep", "1", "--warehouse", str(warehouse)])
    assert done.exit_code == 0, done.output
    assert publish.versions(warehouse / "releases") == ["1.0.0", "1.10.0"]
    assert "removed release 1.2.0" in done.output
    assert "MB before" in done.output


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"version\n1.0.0\n", "no column `release`"),
        (b"", "no column `release`"),
        (b"\xff\xfer\x00", "no CSV in UTF-8"),
    ],
)
def test_a_list_that_cannot_be_read_removes_nothing(
    warehouse: Path, text: bytes, problem: str
) -> None:
    (warehouse / "releases" / "kept.csv").write_bytes(text)
    done = CliRunner().invoke(communique, ["prune", "--keep", "1", "--warehouse", str(warehouse)])
    assert done.exit_code == 1
    assert problem in done.output
    assert len(publish.versions(warehouse / "releases")) == 4


def test_a_trial_removes_nothing(warehouse: Path) -> None:
    arguments = ["prune", "--keep", "1", "--dry-run", "--warehouse", str(warehouse)]
    done = CliRunner().invoke(communique, arguments)
    assert "would remove release 1.0.0" in done.output
    assert len(publish.versions(warehouse / "releases")) == 4
