"""Law 3 end to end: every span of the sample archive's tables slices to its text again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from flows import rereading, stages, store
from flows.direct import Clock, Direct
from flows.packs import Packs
from flows.settings import Settings
from transforms import captures, spans
from transforms.captures import Decoded, RawCapture
from transforms.schema import from_arrow, table_of, to_arrow
from transforms.tables import Capture, DateCandidate, Mention, Quotation

Built = tuple[Settings, dict[str, pa.Table], dict[str, Decoded]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample archive's build, its tables and its decoded captures."""
    made = Settings(warehouse=tmp_path_factory.mktemp("out") / "warehouse")
    with Direct(1, Clock(lambda _: None)) as executor:
        stages.make_build(made, executor)
    tables = store.read_tables(made.build, [table_of(r) for r in spans.READ])
    texts = {}
    with Packs(made.captures) as kept:
        for row in from_arrow(Capture, tables["captures"]):
            if row.sha256:
                read = captures.decode(RawCapture("", kept.kept(row.sha256), ""))
                if isinstance(read, Decoded):
                    texts[row.capture_id] = read
    return made, tables, texts


def test_every_span_of_the_sample_archive_reads_the_same_again(built: Built) -> None:
    made, tables, _ = built
    again = rereading.reread(made.build, made.captures)
    assert again.mismatches == ()
    assert again.capture_count > 0
    assert all(tables[name].num_rows for name in ("mentions", "quotations", "date_candidates"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize("record", [Mention, Quotation, DateCandidate])
def test_no_span_can_be_moved_without_being_found(
    built: Built, record: type, data: st.DataObject
) -> None:
    _, tables, texts = built
    name = table_of(record).name
    index = data.draw(st.integers(0, tables[name].num_rows - 1), label="row")
    (row,) = from_arrow(record, tables[name].slice(index, 1))
    assume(row.char_start is not None)
    shift = data.draw(st.integers(1, 9), label="characters to the right")
    moved = replace(row, char_start=row.char_start + shift, char_end=row.char_end + shift)
    owner = next(
        c
        for a, c in zip(*(tables["articles"][n].to_pylist() for n in ("article_id", "capture_id")),
                        strict=True)
        if a == row.article_id
    )  # fmt: skip
    rows = {**tables, name: to_arrow(record, [moved])}
    found = list(spans.check(spans.part(rows, [owner]), texts))
    said = row.verbatim if record is DateCandidate else getattr(row, "surface", None) or row.text
    # "nana" moved by two within "nanana" is the same characters; else it is told where it is.
    whole = _whole(row, tables, texts[owner])
    assume(whole[moved.char_start : moved.char_end] != said)
    assert [m.table_name for m in found] == [name]


def test_a_capture_that_changed_or_is_gone_is_told(built: Built, tmp_path: Path) -> None:
    made, tables, _ = built
    kept = tmp_path / "captures"
    shutil.copytree(made.captures, kept)
    first, second = sorted(
        {s for s, o in zip(*(tables["captures"][c].to_pylist() for c in ("sha256", "outcome")),
                           strict=True) if o == "article"}
    )[:2]  # fmt: skip
    with Packs(kept, is_writing=True) as packs:
        packs.remove([first])
        (place,) = packs.index.execute(
            "SELECT pack, place FROM packed WHERE sha256 = ?", (bytes.fromhex(second),)
        ).fetchall()
    with (kept / "packs" / f"{place[0]:06}.pack").open("r+b") as pack:
        pack.seek(place[1])
        pack.write(b"another page")
    found = rereading.reread(made.build, kept).mismatches
    assert [m.table_name for m in found] == ["captures", "captures"]
    assert all("missing" in m.problem for m in found)


def test_without_the_raw_captures_none_counts_as_read(built: Built, tmp_path: Path) -> None:
    made, _, _ = built
    assert rereading.reread(made.build, tmp_path / "none") == rereading.Reread(0, ())


def test_tables_that_cannot_be_read_are_a_mismatch(built: Built, tmp_path: Path) -> None:
    made, _, _ = built
    shutil.copytree(made.build, tmp_path / "build")
    (tmp_path / "build" / "mentions.parquet").write_bytes(b"PAR1")
    (found,) = rereading.reread(tmp_path / "build", made.captures).mismatches
    assert "cannot be read" in found.problem


def _whole(row: object, tables: dict[str, pa.Table], decoded: Decoded) -> str:
    """What the row's span is counted in."""
    where = getattr(row, "span_field", "text")
    if where == "capture":
        return decoded.text
    articles = {a["article_id"]: a for a in tables["articles"].to_pylist()}
    article = articles[row.article_id]  # type: ignore[attr-defined]
    if where == "block":
        return next(
            str(b["text"])
            for b in tables["blocks"].to_pylist()
            if (b["capture_id"], b["block_index"]) == (article["capture_id"], row.block_index)  # type: ignore[attr-defined]
        )
    return str(article["url"] if where == "url" else article["text"])


def test_verify_tells_table_key_and_span_and_ends_with_status_1(tmp_path: Path, story: str) -> None:
    source, out = tmp_path / "pages", tmp_path / "out"
    source.mkdir()
    (source / "bridge.txt").write_text(story, encoding="utf-8")
    ran = communique("run", "--direct", "--source", source, "--warehouse", out)
    assert ran.returncode == 0, ran.stderr
    done = communique("verify", "--warehouse", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert "every span reads the same in 1 capture of" in done.stdout
    _forge(out / "releases" / "1.0.0", "quotations", "text", lambda text: f"{text} indeed")
    forged = communique("verify", "--warehouse", out)
    assert forged.returncode == 1
    assert "quotations.parquet has" in forged.stderr
    (key,) = {f"article_id={a}" for a in _column(out / "releases" / "1.0.0", "article_id")}
    assert f"quotations {key}, char_start=" in forged.stderr
    assert "of articles.text reads 'bout the price in fifty years.', the table" in forged.stderr
    told = communique("verify", "--json", "--warehouse", out)
    assert {m["table_name"] for m in json.loads(told.stdout)["mismatches"]} == {"quotations"}


def communique(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        timeout=120,
        check=False,
    )


def _forge(release: Path, name: str, column: str, change: Callable[[str], str]) -> None:
    """Changes a column of a released table behind the manifest's back."""
    table = store.read_table(release, name)
    values = pa.array([change(v) for v in table[column].to_pylist()])
    place = table.schema.get_field_index(column)
    forged = table.set_column(place, table.schema.field(place), values)
    pq.write_table(forged, release / f"{name}.parquet")


def _column(release: Path, name: str) -> list[str]:
    values: list[str] = store.read_table(release, "quotations")[name].to_pylist()
    return values
