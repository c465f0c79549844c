"""`communique evaluate` on a small release written by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from flows import store
from flows.cli import communique
from flows.evaluate import DEFAULT_TRUTH, TABLES, read_truth
from flows.packs import Packs
from transforms import ids
from transforms.schema import table_of, to_arrow
from transforms.tables import (
    RELEASED,
    Article,
    Block,
    Capture,
    Entity,
    EventReport,
    Mention,
)

PAGE = "Home\nDie Brücke steht\nAnna Berg sah zu.\n"
PAYLOAD = PAGE.encode("cp1252")
CAPTURE_ID, ARTICLE_ID = "c_1", ids.article_id("c_1")
TRUTH = {
    "captures": {
        "north/a.txt": {
            "event": "bridge",
            "event_date": "1998-03-04",
            "published": None,
            "lines": {"furniture": [1], "title": [2], "body": [3]},
        }
    },
    "names": {"north/a.txt": {"Anna Berg": "Anna Berg"}},
}
SHARED_TRUTH = Path(__file__).parents[3] / "shared" / "seeds" / "truth.json"


def rows(title_label: str) -> list[Any]:
    day = dt.date(1998, 3, 4)
    sha256 = hashlib.sha256(PAYLOAD).hexdigest()
    cuts = (("Home", "furniture"), ("Die Brücke steht", title_label), ("Anna Berg sah zu.", "body"))
    spans = [(PAGE.index(text), text, label) for text, label in cuts]
    return [
        Capture(
            CAPTURE_ID, "north/a.txt", "north", None, None, "text/plain", "cp1252",
            len(PAYLOAD), sha256, 1, "article",
        ),
        *(
            Block(CAPTURE_ID, i, start, start + len(text), text, label, "rule", 0.0)
            for i, (start, text, label) in enumerate(spans)
        ),
        Article(
            ARTICLE_ID, CAPTURE_ID, "north", None, None, None, None, "de", None, None, None,
            day, day, "day", "weekday", 4, "Anna Berg sah zu.", "00",
        ),
        Entity("n_1", "Anna Berg", "person", None, True),
        Mention(ARTICLE_ID, 2, 0, "text", 0, 9, "Anna Berg", "n_1", "exact", None),
        EventReport("e_1", ARTICLE_ID, "representative", None, None),
    ]  # fmt: skip


def make_release(warehouse: Path, title_label: str = "title") -> Path:
    """A warehouse with one release, in which the title may be taken for something else."""
    release = warehouse / "releases" / "1.0.0"
    held = rows(title_label)
    for table in RELEASED:
        if table.name in TABLES:
            mine = [r for r in held if table_of(type(r)) is table]
            store.write_table(release, table, to_arrow(table.record, mine))
    (release / "manifest.json").write_text("{}")
    with Packs(warehouse / "captures", is_writing=True) as kept:
        kept.keep(hashlib.sha256(PAYLOAD).hexdigest(), PAYLOAD)
    return warehouse


def write_truth(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
    return path


def evaluate(warehouse: Path, *arguments: str | Path) -> Result:
    given = ["evaluate", "--warehouse", str(warehouse), *map(str, arguments)]
    return CliRunner().invoke(communique, given)


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    return write_truth(tmp_path / "truth" / "truth.json", TRUTH)


def test_a_perfect_release_prints_full_marks(tmp_path: Path, truth: Path) -> None:
    result = evaluate(make_release(tmp_path / "w"), "--truth", truth, "--fail-under", "1.0")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == f"release 1.0.0 against {truth}: 1 of 1 captures found"
    figures = {w[0]: w[1:4] for line in lines[2:] if len(w := line.split()) > 4}
    for measure in ("labels", "events", "names", "dates"):
        assert figures[measure] == ["1.00", "1.00", "1.00"]
    assert "median 1 days, maximal 1 days" in result.stdout
    assert "missed" not in result.stdout


def test_a_folder_of_truths_is_read(tmp_path: Path, truth: Path) -> None:
    other = {"captures": {"south/b.txt": {"event_date": "1998-03-05"}}}
    write_truth(truth.parent / "more.json", other)
    result = evaluate(make_release(tmp_path / "w"), "--truth", truth.parent)
    assert result.exit_code == 0
    assert "1 of 2 captures found" in result.stdout
    assert "not in the release: south/b.txt" in result.stdout


def test_a_low_figure_fails_only_where_asked(tmp_path: Path, truth: Path) -> None:
    warehouse = make_release(tmp_path / "w", title_label="crosshead")
    assert evaluate(warehouse, "--truth", truth).exit_code == 0
    assert evaluate(warehouse, "--truth", truth, "--fail-under", "0.6").exit_code == 0
    result = evaluate(warehouse, "--truth", truth, "--fail-under", "0.7")
    assert result.exit_code == 1
    assert result.stderr == "F1 below 0.7: labels 0.66\n"


def test_verbose_lists_each_miss(tmp_path: Path, truth: Path) -> None:
    warehouse = make_release(tmp_path / "w", title_label="crosshead")
    assert "1 missed; --verbose lists them" in evaluate(warehouse, "--truth", truth).stdout
    said = evaluate(warehouse, "--truth", truth, "--verbose").stdout
    assert said.endswith(
        "labels: north/a.txt, line 2\n"
        "    expected  title\n"
        "    found     crosshead [rule]\n"
        "    text      Die Brücke steht\n"
    )


def test_json_holds_figures_and_misses(tmp_path: Path, truth: Path) -> None:
    warehouse = make_release(tmp_path / "w", title_label="crosshead")
    facts = json.loads(evaluate(warehouse, "--truth", truth, "--json").stdout)
    assert facts["measures"]["events"]["f1"] == 1
    assert facts["labels"]["title"]["recall"] == 0
    assert facts["bracket_days"]["median_days"] == 1
    assert [m["where"] for m in facts["misses"]] == ["line 2"]


def test_what_cannot_be_measured_has_its_own_exit_status(tmp_path: Path, truth: Path) -> None:
    warehouse = make_release(tmp_path / "w")
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    (tmp_path / "bare").mkdir()
    stranger = write_truth(tmp_path / "stranger.json", {"captures": {"z.txt": {"event": "x"}}})
    cases = {
        tmp_path / "none.json": "does not exist",
        broken: "no JSON",
        tmp_path / "bare": "no file in it ends in .json",
        stranger: "none of the captures",
    }
    for path, complaint in cases.items():
        result = evaluate(warehouse, "--truth", path)
        assert (result.exit_code, complaint in result.stderr) == (2, True), result.stderr
    empty = evaluate(tmp_path / "empty", "--truth", truth)
    assert (empty.exit_code, "no release yet" in empty.stderr) == (2, True)
    assert evaluate(warehouse, "--truth", truth, "--fail-under", "2").exit_code == 2


def test_lost_bytes_are_told(tmp_path: Path, truth: Path) -> None:
    warehouse = make_release(tmp_path / "w")
    store.remove(warehouse / "captures")
    result = evaluate(warehouse, "--truth", truth)
    assert (result.exit_code, "lacks the bytes of north/a.txt" in result.stderr) == (2, True)


def test_the_truth_of_the_sample_archive_can_be_read() -> None:
    told = read_truth(DEFAULT_TRUTH)
    assert len(told.captures) >= 30
    assert all(c.rejected or c.event for c in told.captures)


def test_a_truth_without_the_optional_parts_can_be_read() -> None:
    if not SHARED_TRUTH.is_file():
        pytest.skip("../shared/seeds is not beside this checkout")
    told = read_truth(SHARED_TRUTH)
    assert all(c.names and c.quotations is None for c in told.captures)
