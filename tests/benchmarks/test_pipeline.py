"""The load benchmark makes what it says, and counts what it made."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks import pipeline


def test_made_captures_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        pipeline.make(tmp_path / name, 300)
    ones, twos = (sorted((tmp_path / name).rglob("*")) for name in ("one", "two"))
    assert len([p for p in ones if p.suffix in (".html", ".txt")]) == 300
    assert [p.read_bytes() for p in ones if p.is_file()] == [
        p.read_bytes() for p in twos if p.is_file()
    ]
    sizes = [p.stat().st_size for p in ones if p.suffix == ".html"]
    assert 3_000 < sum(sizes) / len(sizes) < 7_000


def test_what_grows_faster_than_linear_is_named() -> None:
    loads = [
        pipeline.Load(n, 30.0 * n, 9.0 * n, {"read": 2.0 * n, "link": 1.0 * n * n}, {})
        for n in (10, 100)
    ]
    told = pipeline.table(loads)
    assert "Faster than linear: link (2.00)." in told
    assert "| read | 0 | 0 | 1.00 |" in told
