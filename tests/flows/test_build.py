"""Law 6: what a build holds does not follow the order of files, the shards or the workers."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.compute as pc
import pytest

from flows import stages, store
from flows.direct import Clock, Direct
from flows.settings import SAMPLE_ARCHIVE, Settings
from transforms import blocks

ROOT = Path(__file__).resolve().parents[2]


def built(source: Path, warehouse: Path, workers: int, shard_size: int | None) -> dict[str, bytes]:
    """The bytes of every table of a build of this source."""
    settings = Settings(
        sources=(source,), warehouse=warehouse, workers=workers, shard_size=shard_size
    )
    with Direct(workers, Clock(lambda _: None)) as executor:
        stages.make_build(settings, executor)
    return {p.name: p.read_bytes() for p in sorted(settings.build.glob("*.parquet"))}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The sample archive built in one shard."""
    return built(SAMPLE_ARCHIVE, tmp_path_factory.mktemp("whole"), 1, 1_000)


def test_shards_and_workers_change_no_byte(whole: dict[str, bytes], tmp_path: Path) -> None:
    assert built(SAMPLE_ARCHIVE, tmp_path, 4, 5) == whole


def test_the_order_of_files_changes_no_byte(whole: dict[str, bytes], tmp_path: Path) -> None:
    files = [p.relative_to(SAMPLE_ARCHIVE) for p in SAMPLE_ARCHIVE.rglob("*") if p.is_file()]
    random.Random(7).shuffle(files)
    for file in files:
        place = tmp_path / "captures" / file
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE_ARCHIVE / file, place)
    assert built(tmp_path / "captures", tmp_path / "out", 1, 7) == whole


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_changes_no_byte(seed: str, whole: dict[str, bytes], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows.cli", "build", "--warehouse", str(tmp_path)]
    seeded = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(command, check=True, env=seeded, cwd=ROOT, capture_output=True, timeout=120)
    assert {p.name: p.read_bytes() for p in sorted((tmp_path / "build").glob("*.parquet"))} == whole


def test_a_capture_found_twice_is_one_capture(tmp_path: Path, story: str) -> None:
    for name in ("one.txt", "two.txt", "three.txt"):
        (tmp_path / "gazette").mkdir(exist_ok=True)
        (tmp_path / "gazette" / name).write_text(story)
    built(tmp_path / "gazette", tmp_path / "out", 1, 1)
    captures = store.read_table(tmp_path / "out" / "build", "captures")
    assert captures.column("file_count").to_pylist() == [3]
    assert captures.column("source_uri").to_pylist() == ["one.txt"]


def test_a_build_without_any_article_still_has_every_table(tmp_path: Path) -> None:
    (tmp_path / "blank").mkdir()
    (tmp_path / "blank" / "a.txt").write_bytes(b"")
    tables = built(tmp_path / "blank", tmp_path / "out", 1, None)
    assert len(tables) == 18  # all but validation_results, which the rules write
    events = store.read_table(tmp_path / "out" / "build", "events")
    assert pc.count(events.column("event_id")).as_py() == 0


def test_a_page_that_breaks_the_parser_is_rejected_alone(
    tmp_path: Path, story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(text: str, media_type: str) -> blocks.Page:
        if "hostile" in text:
            raise RecursionError("too deep")
        return whole_cut(text, media_type)

    whole_cut = blocks.cut
    monkeypatch.setattr(blocks, "cut", cut)
    (tmp_path / "gazette").mkdir()
    (tmp_path / "gazette" / "a.txt").write_text(story)
    (tmp_path / "gazette" / "b.txt").write_text("hostile")
    built(tmp_path / "gazette", tmp_path / "out", 1, None)
    rejections = store.read_table(tmp_path / "out" / "build", "rejections").to_pylist()
    assert [(r["stage"], r["reason"], r["detail"]) for r in rejections] == [
        ("blocks", "unparseable", "RecursionError: too deep")
    ]
    assert store.read_table(tmp_path / "out" / "build", "articles").num_rows == 1


def test_a_page_of_countless_blocks_is_rejected_alone(tmp_path: Path, story: str) -> None:
    (tmp_path / "gazette").mkdir()
    (tmp_path / "gazette" / "a.txt").write_text(story)
    (tmp_path / "gazette" / "b.html").write_text("<body>" + "a<br>" * (blocks.MAX_BLOCKS + 1))
    built(tmp_path / "gazette", tmp_path / "out", 1, None)
    rejections = store.read_table(tmp_path / "out" / "build", "rejections").to_pylist()
    assert [(r["stage"], r["reason"]) for r in rejections] == [("blocks", "too_many_blocks")]
    assert store.read_table(tmp_path / "out" / "build", "articles").num_rows == 1


def test_a_shard_larger_than_a_batch_is_read_batch_by_batch(
    tmp_path: Path, story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gazette").mkdir()
    for number in range(5):
        (tmp_path / "gazette" / f"{number}.txt").write_text(f"{story}\nEdition {number}\n")
    whole = built(tmp_path / "gazette", tmp_path / "whole", 1, None)
    monkeypatch.setattr(stages, "BATCH_CAPTURES", 2)
    assert built(tmp_path / "gazette", tmp_path / "parts", 1, 4) == whole
