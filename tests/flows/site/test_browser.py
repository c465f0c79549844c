"""The site in a real Chromium: from disk and over HTTP, by mouse and by keyboard alone.

Chromium is Debian's (`apt-get install chromium`); without it these tests are skipped.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from flows import site
from flows.site.serve import server
from tests.expectations.release import good
from tests.flows.site import releases

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
# Nothing is looked up in a network; as root Chromium runs without its own sandbox only.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
expect.set_options(timeout=60_000)
KINDS = ("index", "events", "articles", "person", "left_out", "validation", "search", "sql")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    site.write(releases.write(folder / "1.0.0", [good(n) for n in range(3)]), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def served(place: Path) -> Iterator[str]:
    with server(place, 0) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page; at the end nothing was complained of and nothing was asked from elsewhere."""
    complaints: list[str] = []
    opened = browser.new_page(**getattr(request, "param", {}))
    opened.set_default_timeout(60_000)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    opened.on(
        "request",
        lambda r: (
            None
            if r.url.startswith(("file:", "http://127.0.0.1:", "data:", "blob:"))
            else complaints.append(r.url)
        ),
    )
    yield opened
    opened.close()
    assert complaints == []


def kinds_of_page(place: Path) -> list[str]:
    firsts = [next(iter(sorted((place / kind).iterdir()))) for kind in
              ("event", "article", "entity", "capture")]  # fmt: skip
    return [f"{k}.html" for k in KINDS] + [str(f.relative_to(place)) for f in firsts]


@pytest.mark.parametrize("way", ["disk", "http"])
def test_from_timeline_to_event_to_article_to_person_and_back(
    page: Page, place: Path, served: str, way: str
) -> None:
    page.goto(f"file://{place}/index.html" if way == "disk" else f"{served}/index.html")
    page.locator("#timeline .drawing a").first.click()
    expect(page.locator("h2").first).to_have_text("The reports, side by side")
    page.locator(".card h3 a").first.click()
    expect(page.locator("#capture li.kept").first).to_be_visible()
    expect(page.locator("#capture li.dropped").first).to_be_visible()
    page.locator(".story a.name").first.click()
    target = page.url.split("#")[1]
    page.locator(f"#{target} a").click()
    expect(page.locator("h2", has_text="Printed variants")).to_be_visible()
    for _ in range(3):
        page.go_back()
    expect(page.locator(".cards")).to_be_visible()


def test_search_finds_events_names_and_text(page: Page, place: Path) -> None:
    page.goto(f"file://{place}/index.html")
    name = good()["entities"][0]["name"]
    page.fill("input[type=search]", name)
    page.keyboard.press("Enter")
    expect(page.locator("#found a").first).to_be_visible()
    assert page.locator("#found a", has_text=name).count() >= 1
    page.fill("input[type=search]", "zzyzx")
    expect(page.locator("#state")).to_have_text("Nothing found for “zzyzx”.")
    words = good()["articles"][0]["text"].split()[2:4]
    page.fill("input[type=search]", " ".join(words))
    expect(page.locator("#found a").first).to_be_visible()


def test_the_timeline_zooms_by_keyboard(page: Page, place: Path) -> None:
    page.goto(f"file://{place}/index.html")
    page.locator("#timeline").focus()
    before = page.locator("#timeline svg").inner_html()
    page.keyboard.press("+")
    narrow = page.locator("#timeline svg").inner_html()
    assert narrow != before
    page.keyboard.press("ArrowLeft")
    assert page.locator("#timeline svg").inner_html() != narrow
    page.keyboard.press("0")
    assert page.locator("#timeline svg").inner_html() == before


def test_the_keyboard_alone_reaches_an_event(page: Page, place: Path) -> None:
    page.goto(f"file://{place}/events.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        page.keyboard.press("Tab")
        if "event/" in str(page.evaluate("document.activeElement.getAttribute('href')")):
            break
    page.keyboard.press("Enter")
    expect(page.locator("h2").first).to_have_text("The reports, side by side")


@pytest.mark.parametrize(
    "page", [{"viewport": {"width": 380, "height": 700}}], indirect=True, ids=["380"]
)
def test_no_page_scrolls_sideways_on_a_telephone(page: Page, place: Path) -> None:
    for name in kinds_of_page(place):
        page.goto(f"file://{place}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 380, name


@pytest.mark.parametrize(
    "page", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=str
)
def test_everybody_can_read_every_kind_of_page(page: Page, place: Path, served: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for name in kinds_of_page(place):
        page.goto(f"{served}/{name}")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(20, 24, 31)") == is_dark
        found = Axe().run(page).response["violations"]
        grave = [v for v in found if v["impact"] in ("serious", "critical")]
        assert grave == [], (name, [(v["id"], v["nodes"][0]["html"]) for v in grave])


def test_sql_runs_in_the_page_where_the_files_were_vendored(
    page: Page, place: Path, served: str
) -> None:
    if not (place / "release").is_dir():
        page.goto(f"{served}/sql.html")
        expect(page.locator("#fallback")).to_contain_text("communique query")
        pytest.skip("DuckDB-WASM was not vendored: `make vendor`")
    page.goto(f"{served}/sql.html")
    page.fill("#query", "select count(*) as n from events")
    page.click("#panel button")
    expect(page.locator("#answer td")).to_have_text(str(3 * len(good()["events"])))


def test_from_disk_the_sql_page_says_what_to_run_instead(page: Page, place: Path) -> None:
    page.goto(f"file://{place}/sql.html")
    expect(page.locator("#fallback")).to_contain_text('communique query "from timeline()"')
    assert page.locator("#panel:visible").count() == 0
