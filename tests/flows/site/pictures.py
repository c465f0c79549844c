"""Makes the README's pictures of the site of the sample archive, in Debian's Chromium.

python -m tests.flows.site.pictures
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from flows.cli import communique

FOLDER = Path(__file__).resolve().parent / "pictures"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTH, HEIGHT = 1100, 700


def main() -> None:
    """Writes front.png, event.png and capture.png."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        done = CliRunner().invoke(communique, ["run", "--direct", "--warehouse", scratch])
        assert done.exit_code == 0, done.output
        site = Path(scratch) / "site"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=ARGUMENTS
            )
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(f"file://{site}/index.html")
            page.screenshot(path=FOLDER / "front.png")
            page.locator("#timeline .drawing a").nth(3).click()
            page.screenshot(path=FOLDER / "event.png")
            page.locator(".card h3 a").first.click()
            page.locator("#capture").scroll_into_view_if_needed()
            page.evaluate("document.querySelector('#capture').scrollIntoView()")
            page.screenshot(path=FOLDER / "capture.png")
            browser.close()
    print(*sorted(FOLDER.iterdir()), sep="\n")


if __name__ == "__main__":
    main()
