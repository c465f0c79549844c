"""A capture whose rows break a rule costs itself; what breaks the structure stops the run.

The fault is put into the dates of one story while real runs are at work, since no rule is known
to be broken.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from flows import publish, rereading, stages, store, summary
from flows.direct import Clock, Direct
from flows.settings import Settings
from flows.validator import ValidationError, Validator
from transforms import dates
from transforms.tables import DateCandidate

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = ("bridge", "ferry", "tunnel", "school", "market")
ODD = "tunnel"
RULE = "chosen_contains_event_date"
FAR = dt.date(2050, 1, 1)

# The same fault in a process of its own.
FAULTY = """
import sys
from tests.flows.test_quarantine import break_dates
break_dates()
"""


def break_dates(subject: str = ODD) -> None:
    """From here on the dates of stories about the subject lie outside a clue they rest on."""
    dates.date = _broken(dates.date, subject)


def _broken(date: Callable[..., dates.Dated], subject: str) -> Callable[..., dates.Dated]:
    def broken(story: Any, *arguments: Any) -> dates.Dated:
        found = date(story, *arguments)
        if subject not in story.text:
            return found
        clue = DateCandidate(
            story.article_id, len(found.candidates), "event", FAR, FAR, "day", "made up",
            None, None, None, None, None, None, True, "a test",
        )  # fmt: skip
        return replace(found, candidates=(*found.candidates, clue))

    return broken


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, story: str) -> Path:
    folder = tmp_path_factory.mktemp("quarantine") / "gazette"
    folder.mkdir()
    for subject in SUBJECTS:
        told = story.replace("bridge", subject).replace("Paul Favre", f"Paul {subject.title()}")
        (folder / f"{subject}.txt").write_text(told)
    return folder


@pytest.fixture(scope="module")
def validator() -> Iterator[Validator]:
    with Validator() as running:
        yield running


@pytest.fixture
def harm(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Breaks the dates of the stories about a subject, for this test."""
    return lambda subject: monkeypatch.setattr(dates, "date", _broken(dates.date, subject))


def run(settings: Settings, validator: Validator) -> stages.Outcome:
    with Direct(1, Clock(lambda _: None)) as executor:
        return stages.run(settings, executor, validator)


def rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    return store.read_table(settings.releases / "latest", table).to_pylist()


def test_the_others_are_released_and_keep_their_ids(
    archive: Path, tmp_path: Path, validator: Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(sources=(archive,), warehouse=tmp_path)
    run(settings, validator)
    before = events_of_articles(settings)
    # No digest of code sees a patch: what is kept of the run before would be taken.
    store.remove(settings.results)
    with monkeypatch.context() as patch:
        patch.setattr(dates, "date", _broken(dates.date, ODD))
        outcome = run(settings, validator)
    assert outcome.published.version == "1.1.0"
    assert outcome.verdict.quarantined_count == 1
    during = events_of_articles(settings)
    assert during == {a: e for a, e in before.items() if a in during}
    assert len(during) == len(before) - 1
    _check_release(settings, outcome)
    store.remove(settings.results)
    assert run(settings, validator).published.version == "1.2.0"
    after = events_of_articles(settings)
    assert during.items() <= after.items()
    assert len(after) == len(before)
    assert rows(settings, "rejections") == []


def events_of_articles(settings: Settings) -> dict[str, str]:
    return {r["article_id"]: r["event_id"] for r in rows(settings, "event_reports")}


def _check_release(settings: Settings, outcome: stages.Outcome) -> None:
    """The release without the odd story: what it says of it, and where it keeps it."""
    results = rows(settings, "validation_results")
    assert all(r["is_success"] for r in results if r["severity"] == "critical")

    (held,) = rows(settings, "rejections")
    uris = {c["capture_id"]: c["source_uri"] for c in rows(settings, "captures")}
    assert uris[held["capture_id"]] == f"{ODD}.txt"
    assert (held["stage"], held["reason"]) == ("expectations", RULE)
    assert "candidate_index=" in held["detail"]
    assert "date_start=2050-01-01" in held["detail"]

    outcomes = {c["source_uri"]: c["outcome"] for c in rows(settings, "captures")}
    assert outcomes.pop(f"{ODD}.txt") == "rejected"
    assert set(outcomes.values()) == {"article"}
    assert len(rows(settings, "articles")) == len(SUBJECTS) - 1
    assert sum(c["rejection_count"] for c in rows(settings, "coverage")) == 1
    articles = {a["article_id"] for a in rows(settings, "articles")}
    for table in ("mentions", "quotations", "date_candidates", "event_reports"):
        assert {r["article_id"] for r in rows(settings, table)} <= articles
    assert not [n for n in rows(settings, "entities") if ODD.title() in n["name"]]
    # What the capture looks like can still be read, and reads the same as its bytes.
    assert any(b["capture_id"] == held["capture_id"] for b in rows(settings, "blocks"))
    assert rereading.reread(outcome.published.folder, settings.captures).mismatches == ()
    assert publish.verify(outcome.published.folder) == []

    card = (outcome.published.folder / "README.md").read_text()
    assert f"**1 of {len(SUBJECTS)} captures is in quarantine**" in card
    assert f"| {ODD}.txt | {RULE} |" in card
    page = (outcome.published.folder / "validation.html").read_text()
    assert "In quarantine" in page
    assert f"{ODD}.txt" in page
    kept = pq.read_table(settings.build / "quarantine" / "1" / f"date_candidates.{RULE}.parquet")
    assert kept["method"].to_pylist() == ["made up"]
    told = summary.facts(settings, outcome.published, outcome.verdict)
    printed = summary.lines(told, settings.warehouse)
    assert any(line.startswith("warning: 1 of 5 captures") for line in printed)
    assert printed[printed.index("in quarantine") + 1].startswith(f"  {ODD}.txt: {RULE} (")


def test_strictness_and_too_many_captures_stop_the_run(
    archive: Path, tmp_path: Path, validator: Validator, harm: Callable[[str], None]
) -> None:
    harm("quarrels")  # which every story tells of
    settings = Settings(sources=(archive,), warehouse=tmp_path)
    with pytest.raises(ValidationError, match="5 of 5 captures break a rule, and --max-quarantine"):
        run(settings, validator)
    strict = replace(settings, is_strict=True)
    with (
        Direct(1, Clock(lambda _: None)) as executor,
        pytest.raises(ValidationError, match=rf"(?s){RULE}.*Without --strict the 5 captures"),
    ):
        stages.publish_build(strict, executor, validator)
    assert publish.latest(settings.releases) is None


@pytest.fixture(scope="module")
def built(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A build of the archive that is not yet a release."""
    settings = Settings(sources=(archive,), warehouse=tmp_path_factory.mktemp("built"))
    with Direct(1, Clock(lambda _: None)) as executor:
        stages.make_build(settings, executor)
    return settings


@pytest.fixture
def copied(built: Settings, tmp_path: Path) -> Settings:
    """The same, to be harmed."""
    shutil.copytree(built.warehouse, tmp_path / "copy")
    return replace(built, warehouse=tmp_path / "copy")


def release(settings: Settings, validator: Validator) -> stages.Outcome:
    with Direct(1, Clock(lambda _: None)) as executor:
        return stages.publish_build(settings, executor, validator)


def test_a_row_that_leads_back_to_no_capture_stops_the_run(
    copied: Settings, validator: Validator
) -> None:
    path = copied.build / "event_reports.parquet"
    reports = pq.read_table(path)
    number = reports.schema.get_field_index("event_id")
    strange = pa.array(["e_" + 20 * "0"] * len(reports), pa.string())
    pq.write_table(reports.set_column(number, reports.schema.field(number), strange), path)
    with pytest.raises(ValidationError, match="event_reports, column event_id: is_in_events"):
        release(copied, validator)


@pytest.mark.parametrize("table", ["rejections", "mentions"])
def test_a_missing_column_stops_the_run_at_once(
    copied: Settings, validator: Validator, table: str
) -> None:
    path = copied.build / f"{table}.parquet"
    pq.write_table(pq.read_table(path).drop_columns([pq.read_schema(path).names[-1]]), path)
    with pytest.raises(ValidationError, match=f"table {table}: columns_are_declared"):
        release(copied, validator)


def test_faults_of_a_build_are_taken_out_when_it_is_released(
    copied: Settings, validator: Validator
) -> None:
    """Also where the block of one capture is at fault, and the name of another leads nowhere."""
    articles = store.read_table(copied.build, "articles").to_pylist()
    first, second = articles[:2]
    _spoil(copied.build, "blocks", "capture_id", first["capture_id"], "text", " ")
    nobody = "n_" + 20 * "0"
    _spoil(copied.build, "mentions", "article_id", second["article_id"], "entity_id", nobody)
    assert release(copied, validator).verdict.quarantined_count == 2
    held = {r["capture_id"]: r for r in rows(copied, "rejections")}
    assert held[first["capture_id"]]["reason"] == "is_not_blank"
    assert held[second["capture_id"]]["reason"] == "is_in_entities"
    shown = {b["capture_id"] for b in rows(copied, "blocks")}
    assert first["capture_id"] not in shown
    assert second["capture_id"] in shown


def _spoil(build: Path, table: str, key: str, owner: str, column: str, value: str) -> None:
    path = build / f"{table}.parquet"
    data = pq.read_table(path)
    number = data.schema.get_field_index(column)
    harmed = pc.if_else(pc.equal(data[key], owner), value, data[column])
    pq.write_table(data.set_column(number, data.schema.field(number), harmed), path)


def faulty(code: str, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a process of its own says whose stories about the odd subject are harmed."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, "-c", f"{FAULTY}{code}", *arguments],
        env={**env, "PYTHONPATH": str(ROOT), "PREFECT_HOME": str(tmp_path / "prefect")},
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip


def test_the_command_line_warns_and_the_exit_status_is_a_choice(
    archive: Path, tmp_path: Path
) -> None:
    out = str(tmp_path / "out")
    done = faulty(
        "from flows.cli import main; main()", tmp_path, "run", "--direct", "--fail-on-quarantine",
        "--workers", "1", "--source", str(archive), "--warehouse", out, "--no-site",
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "warning: 1 of 5 captures breaks a rule and is left out" in done.stdout
    for command, words in (
        (["show", f"{ODD}.txt"], "breaks a rule and is left out"),
        (["query", "select source_uri, rule from quarantined", "--json"], RULE),
    ):
        asked = subprocess.run(
            [sys.executable, "-m", "flows.cli", *command, "--warehouse", out],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert words in asked.stdout
    assert json.loads(asked.stdout) == [{"source_uri": f"{ODD}.txt", "rule": RULE}]


def test_the_prefect_flow_warns_in_its_log(archive: Path, tmp_path: Path) -> None:
    """As a schedule runs it, with the server that Prefect embeds."""
    code = (
        "from flows import orchestrator; orchestrator.prepare(is_quiet=False)\n"
        "from flows import run\n"
        "version = run.communique([sys.argv[1]], sys.argv[2], workers=1, site=False)\n"
        "print(version)"
    )
    done = faulty(code, tmp_path, str(archive), str(tmp_path / "out"))
    assert done.stdout.splitlines()[-1] == "1.0.0", done.stderr
    (warning,) = [line for line in done.stderr.splitlines() if "| WARNING |" in line]
    assert "1 of 5 captures breaks a rule and is left out" in warning
