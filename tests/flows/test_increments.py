"""Law 6 from run to run: what is kept gives the bytes that a build from nothing gives."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flows import build, digests, stages
from flows.budget import TooCostlyError
from flows.direct import Clock, Direct
from flows.settings import SEEDS, Settings
from flows.validator import Validator

PARAGRAPHS = (
    '"It took us eleven years to get to this bank," the transport minister of the canton, Paul '
    "Favre, told reporters in Geneva. Nobody asked about the price.",
    "Foreign Minister Igor Ivanov and NATO Secretary General Lord Robertson met in Brussels on "
    "Tuesday to talk of the new council, a day after the summit in Moscow.",
    "Lorries will cross from Monday. Foot passengers, who had waited since dawn behind a ribbon, "
    "were let over at noon and came back with flags in their hands.",
    "Diplomats in KARSK said the talks would go on; Anna Lindqvist of the river board called the "
    "date of 03/17/1999 the last that all sides could still meet.",
)


class Work:
    """A source, a warehouse and reference tables that change from step to step."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.source = folder / "source"
        self.source.mkdir()
        self.tables: list[Path] = []
        self.worked: dict[str, int] = {}
        self.add()
        self.add()

    def add(self) -> None:
        """A page, or another version of one, on one of two sites."""
        chance = self.chance
        site, number = chance.choice(["gazette", "courier"]), chance.randrange(6)
        body = "".join(f"<p>{p}</p>" for p in chance.sample(PARAGRAPHS, chance.randint(1, 3)))
        page = (
            f"<html><title>Ministers open bridge {number}</title><body><div>Home | News</div>"
            f"<div>Subscribe to our letter of the day</div><h1>Ministers open bridge {number}</h1>"
            f"{body}<div>Copyright Harbour {site}</div></body></html>"
        )
        (self.source / site).mkdir(exist_ok=True)
        (self.source / site / f"{number}.html").write_text(page)

    def remove(self) -> None:
        """A page that is gone."""
        pages = sorted(self.source.rglob("*.html"))
        if len(pages) > 1:
            self.chance.choice(pages).unlink()

    def tell(self) -> None:
        """What is told of the pages."""
        pages = [p.relative_to(self.source).as_posix() for p in self.source.rglob("*.html")]
        day = self.chance.randint(10, 28)
        rows = "".join(f"{page},1999-06-{day}\n" for page in sorted(pages)[:2])
        (self.source / "captures.csv").write_text(f"file,captured_at\n{rows}")

    def correct(self) -> None:
        """Another row of the reference tables."""
        folder = self.folder / f"tables-{len(self.tables)}"
        folder.mkdir()
        names = (SEEDS / "people.csv").read_text("utf-8").splitlines()
        dropped = self.chance.randrange(1, len(names))
        (folder / "people.csv").write_text("\n".join(names[:dropped] + names[dropped + 1 :]))
        self.tables.append(folder)

    def settings(self, warehouse: str) -> Settings:
        return Settings(
            sources=(self.source,),
            warehouse=self.folder / warehouse,
            authority=(SEEDS, *self.tables[-1:]),
            is_mirror=self.chance.random() < 0.5,
        )


def built(settings: Settings) -> dict[str, bytes]:
    with Direct(1, Clock(lambda _: None)) as executor:
        stages.make_build(settings, executor)
    return {p.name: p.read_bytes() for p in sorted(settings.build.glob("*.parquet"))}


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Changes a rule: what the stage makes is different, and so is the digest of its code."""
    whole, real = digests.of_code, build.articles.compose
    state = {"mark": ""}

    def of_code(module: str, *functions: str) -> str:
        mark = state["mark"] if functions == ("articles_of_shard",) else ""
        return whole(module, *functions) + mark

    def compose(*given: object, **more: object) -> object:
        story = real(*given, **more)  # type: ignore[arg-type]
        if state["mark"] and hasattr(story, "byline"):
            object.__setattr__(story, "byline", f"By {state['mark']}")
        return story

    monkeypatch.setattr(digests, "of_code", of_code)
    monkeypatch.setattr(build.articles, "compose", compose)
    return lambda mark: state.__setitem__("mark", mark)


@pytest.mark.parametrize("seed", range(2))
def test_any_history_gives_what_a_build_from_nothing_gives(
    seed: int, tmp_path: Path, code: Callable[[str], None]
) -> None:
    chance = random.Random(seed)
    work = Work(tmp_path, chance)
    for step in range(6):
        for _ in range(chance.randint(1, 2)):
            kind = chance.choice(["add", "add", "add", "remove", "tell", "correct", "rule"])
            if kind == "rule":
                code(chance.choice(["", "Ada Lind", "Bo Lind"]))
            else:
                getattr(work, kind)()
        kept = built(work.settings("kept"))
        # What is kept is all there is: nothing that is gone from the source is to go here.
        fresh = replace(work.settings(f"fresh-{step}"), is_mirror=False)
        shutil.copytree(tmp_path / "kept" / "captures", fresh.captures)
        assert built(fresh) == kept


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many captures each stage works on."""
    counts = {"cut": 0, "read": 0}
    capture, read = build._capture, build._read

    def counting_capture(*given: object) -> object:
        counts["cut"] += 1
        return capture(*given)  # type: ignore[arg-type]

    def counting_read(*given: object) -> object:
        counts["read"] += 1
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "_capture", counting_capture)
    monkeypatch.setattr(build, "_read", counting_read)
    return counts


def test_only_what_is_new_or_depends_on_it_is_worked_on(
    tmp_path: Path, counted: dict[str, int]
) -> None:
    for site in ("gazette", "courier"):
        (tmp_path / "in" / site).mkdir(parents=True)
        for number in range(4):
            text = f"Story {number} of {site}\n\n" + "\n\n".join(PARAGRAPHS[:3])
            (tmp_path / "in" / site / f"{number}.txt").write_text(text)
    settings = Settings(sources=(tmp_path / "in",), warehouse=tmp_path / "out")

    def worked() -> tuple[int, int]:
        counted.update(cut=0, read=0)
        built(settings)
        return counted["cut"], counted["read"]

    assert worked() == (8, 8)
    assert worked() == (0, 0)
    # One more page of a site changes the shares of what its pages repeat, and nobody else's.
    (tmp_path / "in" / "gazette" / "9.txt").write_text("Story 9\n\n" + PARAGRAPHS[3])
    cut, read = worked()
    assert cut == 1
    assert 1 <= read <= 5
    assert worked() == (0, 0)
    shutil.rmtree(settings.results)
    assert worked() == (9, 9)


def test_a_kept_index_that_is_damaged_costs_only_time(tmp_path: Path) -> None:
    work = Work(tmp_path, random.Random(1))
    before = built(work.settings("out"))
    (tmp_path / "out" / "results" / "index.sqlite").write_bytes(b"no database" * 999)
    assert built(work.settings("out")) == before


def test_a_capture_that_cost_too_much_is_tried_again(
    tmp_path: Path, counted: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(2):
        (tmp_path / "in" / f"{number}.txt").write_text(f"Story {number}\n\n{PARAGRAPHS[number]}")
    settings = Settings(sources=(tmp_path / "in",), warehouse=tmp_path / "out")
    with monkeypatch.context() as slow:
        slow.setattr(build.blocks, "cut", _costly(build.blocks.cut))
        built(settings)
    counted.update(cut=0, read=0)
    built(settings)
    # The other is read again too: now there are two stories of the site.
    assert counted == {"cut": 1, "read": 2}


def _costly(cut: Callable[..., object]) -> Callable[..., object]:
    def costly(text: str, media_type: str) -> object:
        if "Story 1" in text:
            raise TooCostlyError("took too long")
        return cut(text, media_type)

    return costly


def test_a_run_that_finds_nothing_new_says_so_and_stops_there(tmp_path: Path) -> None:
    work, told = Work(tmp_path, random.Random(2)), list[str]()
    settings = replace(work.settings("out"), has_site=False, is_mirror=False)
    with Validator() as validator, Direct(1, Clock(told.append)) as executor:
        first = stages.run(settings, executor, validator)
        told.clear()
        again = stages.run(settings, executor, validator)
        assert "nothing has changed since release 1.0.0" in told
        assert not any(word.startswith(("link", "validate")) for word in told)
        assert again.published.version == first.published.version
        assert again.verdict == first.verdict
        assert not again.published.is_new
        told.clear()
        (work.source / "gazette").mkdir(exist_ok=True)
        (work.source / "gazette" / "new.html").write_text(f"<h1>News</h1><p>{PARAGRAPHS[1]}</p>")
        assert stages.run(settings, executor, validator).published.version == "1.1.0"
        assert any(word.startswith("validate") for word in told)
