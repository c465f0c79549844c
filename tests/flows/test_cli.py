"""Commands as a reader types them: what they print, and the exit status they end with."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest


def communique(
    *arguments: str | Path, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root},
        timeout=120,
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, story: str) -> tuple[Path, str]:
    """A warehouse after one run on a small archive, and what the run printed."""
    folder = tmp_path_factory.mktemp("cli")
    archive = folder / "gazette"
    archive.mkdir()
    (archive / "bridge.txt").write_text(story)
    (archive / "empty.txt").touch()
    (archive / "picture.gif").touch()
    (archive / "picture.html").write_bytes(b"GIF89a\x01\x00\x00\x00" + bytes(range(256)) * 4)
    (archive / "huge.txt").write_bytes(b"many words " * 20_000)
    done = communique(
        "run", "--direct", "--timings", "--source", archive, "--warehouse", folder / "out",
        "--max-capture-mb", "0.1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "validate" in done.stderr
    assert "1 .gif file is no capture" in done.stderr
    return folder / "out", done.stdout


@pytest.fixture
def warehouse(ran: tuple[Path, str]) -> Path:
    return ran[0]


def test_a_run_says_what_it_made_and_what_it_rejected(ran: tuple[Path, str]) -> None:
    _, said = ran
    assert said.startswith("release 1.0.0 (new): ")
    assert "4 captures: 1 article, 3 rejected; 1 event" in said
    assert "Ministers open the river bridge" in said
    assert "empty.txt: empty (" in said
    assert "picture.html: not_text (" in said
    assert "huge.txt: too_large (more than 100,000 bytes, which is the limit)" in said


def test_what_was_published_verifies(warehouse: Path) -> None:
    done = communique("verify", "--warehouse", warehouse)
    assert (done.returncode, done.stderr) == (0, "")
    assert "as published" in done.stdout


def test_harm_to_a_release_gives_status_1(warehouse: Path, tmp_path: Path) -> None:
    shutil.copytree(warehouse, tmp_path / "out", symlinks=True)
    (tmp_path / "out" / "releases" / "1.0.0" / "README.md").write_text("mine")
    done = communique("verify", "1.0.0", "--warehouse", tmp_path / "out")
    assert done.returncode == 1
    assert "README.md has 4 bytes" in done.stderr


def test_query_prints_a_table_json_and_csv(warehouse: Path) -> None:
    sql = "select reason, count(*) as n from rejections group by all order by all"
    table = communique("query", sql, "--warehouse", warehouse)
    assert table.stdout.splitlines()[0].split() == ["reason", "n"]
    assert table.stdout.splitlines()[-1] == "(3 rows)"
    as_json = communique("query", sql, "--json", "--warehouse", warehouse)
    assert json.loads(as_json.stdout)[0] == {"reason": "empty", "n": 1}
    as_csv = communique("query", sql, "--csv", "--warehouse", warehouse)
    assert list(csv.reader(io.StringIO(as_csv.stdout)))[1:] == [
        ["empty", "1"], ["not_text", "1"], ["too_large", "1"],
    ]  # fmt: skip


def test_a_story_reads_in_the_order_of_its_page(warehouse: Path) -> None:
    done = communique("query", "from story('bridge.txt')", "--json", "--warehouse", warehouse)
    told = json.loads(done.stdout)
    assert [b["label"] for b in told[:3]] == ["title", "byline", "body"]
    assert told[-1]["text"].endswith("flags of all four countries in their hands.")


def test_quotations_are_found_by_their_speaker(warehouse: Path) -> None:
    done = communique("query", "from said('favre')", "--json", "--warehouse", warehouse)
    assert [q["name"] for q in json.loads(done.stdout)] == ["Paul Favre", "Paul Favre"]


def test_a_wrong_query_gives_the_reason_and_status_1(warehouse: Path) -> None:
    done = communique("query", "select nothing from nowhere", "--warehouse", warehouse)
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_query_cannot_write(warehouse: Path) -> None:
    assert communique("query", "drop view events", "--warehouse", warehouse).returncode == 1


def test_a_moved_warehouse_still_answers(warehouse: Path, tmp_path: Path) -> None:
    shutil.copytree(warehouse, tmp_path / "moved", symlinks=True)
    done = communique("query", "select folder from release", "--warehouse", tmp_path / "moved")
    assert done.returncode == 0
    assert "moved" in done.stdout


def test_show_tells_what_each_block_was_taken_for(warehouse: Path) -> None:
    done = communique("show", "bridge", "--warehouse", warehouse, "--json")
    assert done.returncode == 0, done.stderr
    labels = {b["label"] for b in json.loads(done.stdout)["blocks"]}
    assert {"title", "byline", "body"} <= labels


def test_show_of_an_unknown_capture_gives_status_1(warehouse: Path) -> None:
    done = communique("show", "nowhere.html", "--warehouse", warehouse)
    assert done.returncode == 1
    assert "no capture 'nowhere.html'" in done.stderr


def test_an_event_is_explained_by_the_start_of_its_id(warehouse: Path) -> None:
    done = communique("explain", "e_", "--warehouse", warehouse)
    assert done.returncode == 0, done.stderr
    assert "Ministers open the river bridge" in done.stdout


def test_the_site_is_a_folder_of_pages(warehouse: Path, tmp_path: Path) -> None:
    done = communique("site", "--warehouse", warehouse, "--output", tmp_path / "pages")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path / 'pages' / 'index.html'}\n"
    assert "Ministers open the river bridge" in (tmp_path / "pages" / "index.html").read_text()
    assert (warehouse / "site" / "index.html").is_file()


def test_without_a_release_there_is_nothing_to_ask(tmp_path: Path) -> None:
    for command in (["query", "from events"], ["site"], ["verify"], ["show", "x"]):
        done = communique(*command, "--warehouse", tmp_path)
        assert done.returncode == 1
        assert "holds no release yet" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["run", "--direct"], ["build"]])
def test_a_missing_or_empty_source_is_named(tmp_path: Path, command: list[str]) -> None:
    out = tmp_path / "out"
    done = communique(*command, "--source", tmp_path / "nowhere", "--warehouse", out)
    assert done.returncode == 1
    assert "nowhere does not exist" in done.stderr
    (tmp_path / "bare").mkdir()
    done = communique(*command, "--source", tmp_path / "bare", "--warehouse", out)
    assert done.returncode == 1
    assert "holds no captures" in done.stderr
    assert "Traceback" not in done.stderr
    # The store and the results are there, and empty; runs are remembered, also those that fail.
    kept = {p.name for p in out.iterdir()} - {"history.jsonl"}
    assert kept == {".lock", "captures", "results"}


def test_a_broken_rule_stops_the_release(warehouse: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(warehouse, out, symlinks=True)
    catalog = (out / "communique.duckdb").read_bytes()
    events = pq.read_table(out / "build" / "events.parquet")
    pq.write_table(events.slice(0, 0), out / "build" / "events.parquet")
    done = communique("release", "--warehouse", out)
    assert done.returncode == 1
    assert "nothing was released" in done.stderr
    assert "table event_reports" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((out / "build" / "failures").iterdir())
    assert [p.name for p in sorted((out / "releases").iterdir())] == ["1.0.0", "latest"]
    assert (out / "communique.duckdb").read_bytes() == catalog
    assert communique("verify", "--warehouse", out).returncode == 0


def test_diff_of_a_release_with_itself(warehouse: Path) -> None:
    done = communique("diff", "1.0.0", "1.0.0", "--warehouse", warehouse)
    assert (done.returncode, done.stdout) == (0, "no row and no column differs\n")
    done = communique("diff", "1.0.0", "2.0.0", "--warehouse", warehouse)
    assert done.returncode == 1
    assert "there is no release 2.0.0" in done.stderr


def test_wrong_usage_gives_status_2() -> None:
    assert communique("run", "--no-such-option").returncode == 2
    assert communique("query", "x", "--json", "--csv").returncode == 2
    assert communique("serve", "--cron", "* * * * *", "--interval", "5").returncode == 2


@pytest.mark.parametrize(
    "command",
    ["run", "build", "validate", "release", "diff", "verify", "explain", "show", "query", "serve",
     "site"],
)  # fmt: skip
def test_every_command_has_help_with_an_example(command: str) -> None:
    from click.testing import CliRunner

    from flows.cli import communique as group

    said = CliRunner().invoke(group, [command, "--help"]).output
    assert f"Example:\n    communique {command}" in said


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'prefect', 'great_expectations', 'pyarrow', 'duckdb', 'pandas'}"
    code = f"import sys, flows.cli; sys.exit(len({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_killed_run_leaves_release_and_catalog(
    warehouse: Path, tmp_path: Path, story: str
) -> None:
    out = tmp_path / "out"
    shutil.copytree(warehouse, out, symlinks=True)
    archive = tmp_path / "more"
    archive.mkdir()
    (archive / "bridge.txt").write_text(story.replace("four countries", "three countries"))
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", "--source", str(archive)]
    process = subprocess.Popen(
        [*command, "--warehouse", str(out)], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("articles"):
            break
    time.sleep(0.1)
    process.kill()
    process.communicate()
    assert list(out.glob(".unfinished*"))
    assert communique("verify", "--warehouse", out).returncode == 0
    assert communique("query", "from events", "--warehouse", out).returncode == 0
    done = communique("build", "--source", archive, "--warehouse", out)
    assert done.returncode == 0, done.stderr
    assert not list(out.glob(".unfinished*"))


def test_a_correction_that_cannot_be_applied_is_one_message(
    warehouse: Path, tmp_path: Path
) -> None:
    (article,) = pq.read_table(warehouse / "releases/1.0.0/articles.parquet")[
        "article_id"
    ].to_pylist()
    source = warehouse.parent / "gazette"
    header = "correction_id,kind,target,value,expect,reason,source\n"
    (tmp_path / "corrections.csv").write_text(f"{header}k1,must_link,{article},,,same,a reader\n")
    done = communique(
        "run", "--direct", "--source", source, "--authority", tmp_path,
        "--warehouse", tmp_path / "out",
    )  # fmt: skip
    assert done.returncode == 1
    assert "Error: corrections.csv, k1: the target of a must_link must be two" in done.stderr
    assert "Traceback" not in done.stderr
