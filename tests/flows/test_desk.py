"""A capture that costs too much, or that ends its worker, costs itself alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows import build, store
from flows.desk import WorkersLostError, desk
from flows.direct import Clock, Direct
from flows.settings import MEGABYTE, Settings
from transforms.captures import RawCapture
from transforms.tables import Article, Rejection

PROJECT = Path(__file__).resolve().parents[2]
STORY = (
    "Ministers open the river bridge\nBy Anna Lindqvist\n"
    "GENEVA, June 4 - Ministers of four countries opened a bridge over the river on Tuesday and "
    "called it a sign of better neighbourhood after a decade of quarrels over its cost.\n"
    "Lorries will cross from Monday. Foot passengers, who had waited since dawn behind a ribbon, "
    "were let over at noon and came back with flags of all four countries in their hands.\n"
)


def raw(name: str, text: str) -> RawCapture:
    payload = text.encode()
    return RawCapture(name, payload, name, byte_count=len(payload))


def shard_of(work: Path, number: int, captures: list[RawCapture]) -> Path:
    folder = work / "shards" / f"{number:05}"
    store.write_captures(folder / f"{number:06}.arrow", captures)
    return folder


def made(work: Path, shard: Path, settings: Settings) -> tuple[list[Article], list[Rejection]]:
    """What comes of a shard in both stages."""
    build.blocks_of_shard(shard, work, settings)
    build.profile_sites(work)
    build.articles_of_shard(shard, work, settings)
    return build.gathered(work, Article).to_pylist(), build.gathered(work, Rejection).to_pylist()


def test_a_capture_over_its_time_is_rejected_with_the_stage(tmp_path: Path, story: str) -> None:
    endless = story + "The minister John Smith said so. " * 60_000
    shard = shard_of(tmp_path, 0, [raw("endless.txt", endless), raw("bridge.txt", story)])
    articles, rejections = made(tmp_path, shard, Settings(max_capture_seconds=0.5))
    assert [a["title"] for a in articles] == ["Ministers open the river bridge"]
    (row,) = rejections
    assert row["reason"] == "too_costly"
    assert row["stage"] in ("blocks", "furniture", "articles", "names")
    assert row["detail"] == "over 0.5 s of CPU time"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs the kernel's limit")
def test_a_capture_over_its_memory_is_rejected_with_the_stage(tmp_path: Path) -> None:
    # In a process of its own: one that has held much before gives from that without asking more.
    script = "import pathlib, sys; from tests.flows import test_desk as t; "
    script += "t.spend_memory(pathlib.Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True,
        cwd=PROJECT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def spend_memory(tmp_path: Path) -> None:
    endless = STORY + "\n".join(f"line {n} of them all" for n in range(15_000))
    made(tmp_path / "warm", shard_of(tmp_path / "warm", 0, [raw("a.txt", STORY)]), Settings())
    shard = shard_of(tmp_path, 0, [raw("endless.txt", endless * 9), raw("bridge.txt", STORY)])
    settings = Settings(max_capture_memory_bytes=20 * MEGABYTE)
    articles, rejections = made(tmp_path, shard, settings)
    assert [a["title"] for a in articles] == ["Ministers open the river bridge"]
    (row,) = rejections
    assert (row["reason"], row["detail"]) == ("too_costly", "over 20 MB of memory")


def ends_its_worker(shard: Path, work: Path, settings: Settings) -> None:
    """A stage that dies over captures whose name says so."""
    for batch in sorted(shard.iterdir()):
        with desk(batch, settings) as at:
            for capture in store.read_captures(batch):
                name = capture.source_uri

                def work_on(meter: object, name: str = name) -> str:
                    if name.startswith("deadly"):
                        os.kill(os.getpid(), signal.SIGKILL)
                    if name.startswith("once") and not (work / "died").exists():
                        (work / "died").touch()
                        os.kill(os.getpid(), signal.SIGKILL)
                    return name

                found = at.take(name, "names", work_on)
                (work / f"done-{name}").write_text(str(found))


def carried_out(work: Path, names: list[str], told: list[str]) -> dict[str, str]:
    shards = [shard_of(work, n, [raw(name, "x")]) for n, name in enumerate(names)]
    with Direct(2, Clock(told.append)) as executor:
        executor.each("articles", ends_its_worker, shards, work, Settings())
    return {p.name.removeprefix("done-"): p.read_text() for p in work.glob("done-*")}


def test_a_capture_that_ends_its_worker_is_left_out_and_the_run_goes_on(tmp_path: Path) -> None:
    told: list[str] = []
    done = carried_out(tmp_path, ["a", "b", "deadly", "c", "deadly-too", "d"], told)
    assert set(done) == {"a", "b", "deadly", "c", "deadly-too", "d"}
    assert {n for n, found in done.items() if found == n} == {"a", "b", "c", "d"}
    assert "'too_costly'" in done["deadly"]
    assert "stage='names'" in done["deadly"]
    assert "a worker process ended; what it held is done again, by itself" in told


def test_a_worker_that_is_killed_once_costs_nothing(tmp_path: Path) -> None:
    done = carried_out(tmp_path, ["a", "once", "b"], [])
    assert done == {"a": "a", "once": "once", "b": "b"}


def dies_at_once(shard: Path, work: Path, settings: Settings) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_workers_that_die_before_they_read_anything_end_the_run(tmp_path: Path) -> None:
    shards = [shard_of(tmp_path, n, [raw(str(n), "x")]) for n in range(2)]
    with (
        Direct(2, Clock(lambda _: None)) as executor,
        pytest.raises(WorkersLostError, match="before it had read anything"),
    ):
        executor.each("articles", dies_at_once, shards, tmp_path, Settings())
