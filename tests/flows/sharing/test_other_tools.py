"""A release opens in the tools of its readers, and validators accept what it says of itself."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.expectations.release import good
from transforms.tables import RELEASED

COUNTS = {name: 3 * len(rows) for name, rows in good().items()}


def test_frictionless_accepts_the_package_and_every_row(released: Path) -> None:
    from frictionless import Package, Resource, Schema

    descriptor = json.loads((released / "datapackage.json").read_text())
    assert not list(Package.validate_descriptor(descriptor).errors)
    resources = []
    for said in descriptor["resources"]:
        # Rows by Arrow: frictionless reads Parquet by pandas, in which null integers are floats.
        rows = pq.read_table(released / said["path"]).to_pylist()
        header = [field["name"] for field in said["schema"]["fields"]]
        cells = [header, *([row[name] for name in header] for row in rows)]
        schema = Schema.from_descriptor(said["schema"])
        resources.append(Resource(name=said["name"], data=cells, schema=schema))
    report = Package(resources=resources).validate()
    assert report.valid, [(t.name, e.message) for t in report.tasks for e in t.errors][:5]


def test_a_dangling_key_is_found_by_frictionless(released: Path) -> None:
    descriptor = json.loads((released / "datapackage.json").read_text())
    keys = {
        (said["name"], key["fields"][0]): key["reference"]["resource"]
        for said in descriptor["resources"]
        for key in said["schema"].get("foreignKeys", ())
    }
    assert keys["mentions", "article_id"] == "articles"
    assert keys["event-reports", "event_id"] == "events"


def test_croissant_is_valid_and_its_records_are_readable(released: Path) -> None:
    with warnings.catch_warnings():
        # Its own dependencies warn of one another.
        warnings.simplefilter("ignore")
        import mlcroissant

        dataset = mlcroissant.Dataset(str(released / "croissant.json"))
        for table in RELEASED:
            found = list(dataset.records(table.name))
            assert len(found) == COUNTS.get(table.name, 0), table.name
        first = next(iter(dataset.records("events")))
    assert first["events/event_id"].decode().startswith("e_")
    said = json.loads((released / "croissant.json").read_text())
    manifest = json.loads((released / "manifest.json").read_text())
    for file in said["distribution"]:
        assert file["sha256"] == manifest["files"][file["name"]]["sha256"]


def test_hugging_face_loads_each_table_offline(released: Path, tmp_path: Path) -> None:
    # In a process of its own: the library reads what it may do when it is imported.
    script = (
        "import sys, datasets\n"
        "path, cache = sys.argv[1:]\n"
        "print(datasets.load_dataset(path, cache_dir=cache)['train'].num_rows)\n"
        "print(datasets.load_dataset(path, 'mentions', cache_dir=cache)['train'].num_rows)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(released), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "PATH": ""},
    )
    assert done.stdout.split() == [str(COUNTS["events"]), str(COUNTS["mentions"])], done.stderr


def test_cffconvert_accepts_the_citation(released: Path) -> None:
    # Its dependencies contradict Prefect's, so it runs in an environment of its own.
    done = subprocess.run(
        [sys.executable, "-m", "uv", "tool", "run", "--from", "cffconvert==2.0.0", "cffconvert",
         "--validate", "-i", str(released / "CITATION.cff")],
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )  # fmt: skip
    if "valid according to schema" not in done.stdout and "error: " in done.stderr:
        pytest.skip(f"cffconvert could not be installed: {done.stderr.splitlines()[-1]}")
    assert "Citation metadata are valid according to schema version 1.2.0" in done.stdout
    text = (released / "CITATION.cff").read_text()
    assert 'type: "dataset"' in text
    assert 'version: "1.0.0"' in text


# Ibis and pandas warn of one another's next versions.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:The .future:FutureWarning")
@pytest.mark.filterwarnings("ignore:The .future.infer_string")
def test_each_tool_opens_it_in_one_line(released: Path) -> None:
    import duckdb
    import ibis
    import pandas
    import polars
    import pyarrow.dataset

    path = released / "events.parquet"
    counts = [
        len(pandas.read_parquet(path)),
        polars.scan_parquet(path).collect().height,
        pyarrow.dataset.dataset(path).count_rows(),
        ibis.duckdb.connect().read_parquet(path).count().execute(),
        len(duckdb.sql(f"from '{path}'").fetchall()),
    ]
    assert counts == [COUNTS["events"]] * 5
