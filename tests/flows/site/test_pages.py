"""The pages of a release, read as files: complete, linked, harmless, the same every time."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from flows import site
from flows.errors import ReaderError
from flows.site import search
from tests.expectations.release import good
from tests.flows.site import releases
from transforms.tables import RELEASED

HOSTILE = '<script>alert(1)</script>" onload="x \u202egnp.exe \x07 </title>'


class Links(HTMLParser):
    """The addresses a page leads to, the ids it has, and the scripts that stand in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.inline: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.targets += [v for k in ("href", "src") if (v := found.get(k))]
        self.handlers += [k for k in found if k.startswith("on")]
        if found.get("id"):
            self.ids.add(found["id"] or "")
        if tag == "script" and "src" not in found and found.get("type") != "application/json":
            self.inline.append(tag)


def pages(place: Path) -> dict[str, str]:
    return {
        str(p.relative_to(place)): p.read_text(encoding="utf-8")
        for p in sorted(place.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    site.write(releases.write(folder / "1.0.0"), folder / "site")
    return folder / "site"


def test_every_event_article_entity_and_rejection_has_a_page(made: Path) -> None:
    rows = good()
    for folder, table, key in (
        ("event", "events", "event_id"),
        ("article", "articles", "article_id"),
        ("entity", "entities", "entity_id"),
        ("capture", "rejections", "capture_id"),
    ):
        wanted = {f"{row[key]}.html" for row in rows[table]}
        assert wanted <= {p.name for p in (made / folder).iterdir()}


def test_every_link_leads_to_a_file_and_a_place_in_it(made: Path) -> None:
    found = {name: Links(text) for name, text in pages(made).items()}
    for name, page in found.items():
        for target in page.targets:
            assert not re.match(r"[a-z]+:|//", target), (name, target)
            path, _, fragment = unquote(target).partition("#")
            file = (made / name).parent / path if path else made / name
            assert file.is_file(), (name, target)
            if fragment:
                relative = str(file.resolve().relative_to(made.resolve()))
                assert fragment in found[relative].ids, (name, target)


def test_no_page_has_a_script_of_its_own_or_reaches_elsewhere(made: Path) -> None:
    for name, text in pages(made).items():
        page = Links(text)
        assert not page.inline, name
        assert not page.handlers, name
        assert "default-src 'none'; script-src 'self'" in text, name
    for script in made.glob("assets/*.js"):
        assert "http://" not in script.read_text(encoding="utf-8")
        assert "https://" not in script.read_text(encoding="utf-8")


def test_the_same_release_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    site.write(releases.write(tmp_path / "1.0.0"), tmp_path / "again")
    for path in sorted(made.rglob("*")):
        if path.is_file():
            again = tmp_path / "again" / path.relative_to(made)
            assert again.read_bytes() == path.read_bytes(), path


def test_a_site_of_this_release_is_left_as_it_is(tmp_path: Path) -> None:
    folder = releases.write(tmp_path / "1.0.0")
    front = site.write(folder, tmp_path / "site")
    before = front.stat().st_mtime_ns
    assert site.write(folder, tmp_path / "site").stat().st_mtime_ns == before
    site.write(folder, tmp_path / "site", edition=site.FACTS)
    assert front.stat().st_mtime_ns != before


def test_captured_values_are_shown_and_never_obeyed(tmp_path: Path) -> None:
    rows = good()
    for table in RELEASED:
        texts = [c.name for c in table.columns if c.name in ("title", "name", "surface", "detail",
                 "place", "office", "byline", "cause", "verbatim", "value", "site_id")]  # fmt: skip
        for row in rows.get(table.name, []):
            row.update({name: f"{row[name]}{HOSTILE}" for name in texts if row.get(name)})
    site.write(releases.write(tmp_path / "1.0.0", [rows]), tmp_path / "site")
    for name, text in pages(tmp_path / "site").items():
        page = Links(text)
        assert not page.inline, name
        assert not page.handlers, name
        assert "\u202e" not in text, name
        assert "\x07" not in text, name
    for script in (tmp_path / "site" / "data").iterdir():
        assert "<script" not in script.read_text(encoding="utf-8")
    event = next((tmp_path / "site" / "event").iterdir()).read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in event


def test_the_edition_of_facts_shows_no_text_beyond_quotations(tmp_path: Path) -> None:
    rows = good()
    site.write(releases.write(tmp_path / "1.0.0", [rows]), tmp_path / "site", edition="facts")
    quoted = {row["text"] for row in rows["quotations"]}
    everything = "\n".join(pages(tmp_path / "site").values()) + (
        tmp_path / "site" / "data" / "search.js"
    ).read_text(encoding="utf-8")
    bodies = [b["text"] for b in rows["blocks"] if b["label"] == "body"]
    assert bodies
    for text in bodies:
        rest = text
        for words in quoted:
            rest = rest.replace(words, "\n")
        for part in rest.split("\n"):
            if len(part.split()) > 6:
                assert part.strip() not in everything, part
    assert not (tmp_path / "site" / "release").exists()


def test_an_id_that_was_merged_leads_to_its_heir_and_a_retired_one_says_so(tmp_path: Path) -> None:
    rows = good()
    heir = rows["events"][0]["event_id"]
    rows["event_ledger"] += [
        {"old_event_id": old, "new_event_id": new, "change": change, "cause": cause,
         "release": release}
        for old, new, change, cause, release in (
            ("e_first", "e_second", "merged", "one happening", "1.1.0"),
            ("e_second", heir, "merged", "one happening again", "1.2.0"),
            ("e_gone", None, "retired", "its captures were withdrawn", "1.2.0"),
        )
    ]  # fmt: skip
    site.write(releases.write(tmp_path / "1.2.0", [rows]), tmp_path / "site")
    place = tmp_path / "site" / "event"
    assert f'href="{heir}.html"' in (place / "e_first.html").read_text()
    assert f'href="{heir}.html"' in (place / "e_second.html").read_text()
    gone = (place / "e_gone.html").read_text()
    assert "its captures were withdrawn" in gone
    assert "e_f00d" not in gone


def test_the_front_page_sets_each_measure_beside_that_of_the_release_before(tmp_path: Path) -> None:
    before = releases.write(tmp_path / "1.0.0")
    rows = good()
    for quotation in rows["quotations"]:
        quotation["speaker_entity_id"] = None
    after = releases.write(tmp_path / "1.1.0", [rows], before)
    text = site.write(after, tmp_path / "site", before=before).read_text()
    row = text[text.index("Quotations whose speaker could not be told") :][:300]
    count = len(rows["quotations"])
    now, then = re.findall(r'class="number">([^<]*)<', row)[:2]
    assert now == f"1.000 ({count} / {count})"
    assert 0 <= float(then) < 1


def test_the_index_is_what_minisearch_reads(made: Path) -> None:
    script = (made / "data" / "search.js").read_text(encoding="utf-8")
    index = json.loads(script.removeprefix("window.communiqueIndex=").removesuffix(";\n"))
    assert index["serializationVersion"] == search.SERIALIZATION_VERSION
    assert index["documentCount"] == len(index["documentIds"]) == len(index["storedFields"])
    terms = dict(index["index"])
    article = good()["articles"][0]
    for word in search.terms(article["title"]):
        holders = {index["storedFields"][n]["link"] for n in terms[word][str(0)]}
        assert f"article/{article['article_id']}.html" in holders


def test_a_release_that_is_damaged_is_told(tmp_path: Path) -> None:
    folder = releases.write(tmp_path / "1.0.0")
    (folder / "events.parquet").write_bytes(b"cut short")
    with pytest.raises(ReaderError, match=r"release 1\.0\.0 cannot be read"):
        site.write(folder, tmp_path / "site")
