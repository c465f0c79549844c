"""Feeds, sitemaps and lists of addresses, fetched from a real server on this machine."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows import sources
from flows.sources import Met, Named
from flows.sources.web import FetchError, Manners, Web, is_public
from transforms.captures import RawCapture

PAGE = b"<html><body><h1>The council met</h1><p>It met again on Tuesday.</p></body></html>"
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A web site: answers by path, and the requests that came."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[dict[str, str]], Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.address = ""

    def page(self, path: str, body: bytes = PAGE, media: str = "text/html", **headers: str) -> None:
        told = {"Content-Type": media, **{k.replace("_", "-"): v for k, v in headers.items()}}
        self.answers[path] = (200, told, body)

    def paths(self) -> list[str]:
        """What was asked for since the last time."""
        asked, self.asked = [path for path, _ in self.asked], []
        return [path for path in asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            answer = site.answers.get(self.path, (404, {}, b""))
            if callable(answer):
                answer = answer(site.asked[-1][1])
            status, headers, body = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        site.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


class Remembered:
    """A memory as the store's, for these tests."""

    def __init__(self) -> None:
        self.met: dict[str, Met] = {}

    def recall(self, address: str) -> Met | None:
        return self.met.get(address)

    def remember(self, address: str, met: Met) -> None:
        self.met[address] = met


MANNERS = Manners(delay=0, allows_private=True, seconds=5)


def source(site: Site, kind: str, place: str = "", **more: object) -> Named:
    named = Named("press", kind, site.address + place, manners=MANNERS)
    return replace(named, **more)  # type: ignore[arg-type]


def gather(named: Named, memory: Remembered, **limits: int) -> tuple[list[RawCapture], list[str]]:
    notes = sources.Notes()
    found = sources.gather_named([named], sources.Limits(**limits), notes, memory)
    return [raw for _, raw in found], notes.told()


def rss(site: Site, *numbers: int) -> bytes:
    items = "".join(
        f"<item><title>{n}</title><link>{site.address}/{n}</link>"
        f"<pubDate>Sun, 0{n} May 2003 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>press</title>{items}</channel></rss>'.encode()


def test_the_new_pages_of_a_feed_are_fetched_once(site: Site) -> None:
    memory = Remembered()
    site.page("/feed", rss(site, 1, 2), "application/rss+xml")
    for n in (1, 2, 3):
        site.page(f"/{n}", PAGE + str(n).encode())
    named = source(site, "feed", "/feed")
    found, _ = gather(named, memory)
    assert [raw.payload for raw in found] == [PAGE + b"1", PAGE + b"2"]
    assert [raw.url for raw in found] == [f"{site.address}/1", f"{site.address}/2"]
    assert all(raw.captured_at is not None for raw in found)
    site.paths()
    site.page("/feed", rss(site, 2, 3), "application/rss+xml")
    assert [raw.payload for raw in gather(named, memory)[0]] == [PAGE + b"3"]
    assert site.paths() == ["/feed", "/3"]


def test_an_entry_that_is_newer_is_fetched_again(site: Site) -> None:
    memory = Remembered()
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>press</title><entry><title>1</title>'
        '<link href="/1"/><updated>2003-05-0{}T10:00:00Z</updated></entry></feed>'
    )
    site.page("/1", PAGE)
    for day in (4, 4, 5):
        site.page("/feed", atom.format(day).encode(), "application/atom+xml")
        gather(source(site, "feed", "/feed"), memory)
    assert site.paths() == ["/feed", "/1", "/feed", "/feed", "/1"]


def test_what_is_unchanged_is_not_sent_again(site: Site) -> None:
    def unchanged(asked: dict[str, str]) -> Answer:
        if asked.get("if-none-match") == '"one"':
            return 304, {"ETag": '"one"'}, b""
        return 200, {"Content-Type": "text/html", "ETag": '"one"'}, PAGE

    memory = Remembered()
    site.answers["/1"] = unchanged
    site.page("/feed", rss(site, 1), "application/rss+xml")
    named = source(site, "feed", "/feed", refresh=True)
    assert len(gather(named, memory)[0]) == 1
    assert gather(named, memory)[0] == []
    assert gather(named, memory)[0] == []
    assert site.paths().count("/1") == 3


def test_a_feed_that_is_unchanged_is_not_read_unless_a_page_failed(site: Site) -> None:
    def feed(asked: dict[str, str]) -> Answer:
        if "if-modified-since" in asked:
            return 304, {}, b""
        return 200, {"Last-Modified": "Sun, 04 May 2003 10:00:00 GMT"}, rss(site, 1)

    memory = Remembered()
    site.answers["/feed"] = feed
    site.answers["/1"] = (503, {}, b"")
    named = source(site, "feed", "/feed", manners=replace(MANNERS, attempts=1))
    found, told = gather(named, memory)
    assert found == []
    assert told == [f"source press: {site.address}/1 was not read: status 503"]
    site.page("/1")
    assert len(gather(named, memory)[0]) == 1
    site.paths()
    assert gather(named, memory)[0] == []
    assert site.paths() == ["/feed"]


def test_sitemaps_lead_to_their_pages(site: Site) -> None:
    xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = "".join(f"<sitemap><loc>{site.address}/map{n}</loc></sitemap>" for n in (1, 2))
    site.page("/map", f"<sitemapindex {xmlns}>{index}</sitemapindex>".encode(), "text/xml")
    for n in (1, 2):
        body = f"<urlset {xmlns}><url><loc>{site.address}/{n}</loc></url></urlset>".encode()
        site.page(f"/map{n}", gzip.compress(body) if n == 2 else body, "application/xml")
        site.page(f"/{n}", PAGE + str(n).encode())
    found, _ = gather(source(site, "sitemap", "/map"), Remembered())
    assert [raw.payload for raw in found] == [PAGE + b"1", PAGE + b"2"]


def test_addresses_of_a_list_are_fetched(site: Site, tmp_path: Path) -> None:
    site.page("/1")
    site.page("/logo.gif", b"GIF89a", "image/gif")
    lines = [f"{site.address}/1  # the council", "", "# nothing", f"{site.address}/logo.gif"]
    lines += [f"{site.address}/gone", f"{site.address}/1"]
    (tmp_path / "pages.txt").write_text("\n".join(lines))
    named = Named("press", "addresses", str(tmp_path / "pages.txt"), manners=MANNERS)
    found, told = gather(named, Remembered())
    assert [raw.payload for raw in found] == [PAGE]
    assert told == ["1 address answered with status 404", "1 address is image/gif, no page"]


def test_robots_txt_is_obeyed(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /2\n", "text/plain")
    site.page("/feed", rss(site, 1, 2), "application/rss+xml")
    site.page("/1")
    site.page("/2")
    found, told = gather(source(site, "feed", "/feed"), Remembered())
    assert [raw.source_uri for raw in found] == [f"{site.address}/1"]
    assert told == [f"source press: {site.address}/2 was not read: robots.txt forbids it"]
    assert site.paths() == ["/feed", "/1"]


def test_a_server_that_fails_over_its_robots_txt_is_left_alone(site: Site) -> None:
    site.answers["/robots.txt"] = (503, {}, b"")
    named = source(site, "feed", "/feed", manners=replace(MANNERS, attempts=1))
    with pytest.raises(sources.SourceError, match=r"does not answer for its robots\.txt"):
        gather(named, Remembered())
    assert site.paths() == []


def test_a_busy_server_is_asked_again_after_a_longer_wait(site: Site) -> None:
    answers = iter([(503, {}, b""), (429, {"Retry-After": "7"}, b""), (200, {}, PAGE)])
    site.answers["/1"] = lambda _: next(answers)
    waits: list[float] = []
    with Web(replace(MANNERS, delay=1.0, obeys_robots=False), pause=waits.append) as web:
        assert web.get(f"{site.address}/1", 10_000).body == PAGE
    assert len(site.asked) == 3
    assert 1.0 in waits
    assert 7.0 in waits


def test_requests_to_a_host_keep_their_distance(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    site.page("/1")
    start = time.monotonic()
    with Web(MANNERS) as web:
        for _ in range(3):
            web.get(f"{site.address}/1", 10_000)
    assert time.monotonic() - start >= 0.6


def test_redirects_are_followed_so_far(site: Site) -> None:
    site.answers["/a"] = (302, {"Location": "/b"}, b"")
    site.answers["/b"] = (301, {"Location": f"{site.address}/1"}, b"")
    site.answers["/round"] = (302, {"Location": "/round"}, b"")
    site.answers["/away"] = (302, {"Location": "file:///etc/hostname"}, b"")
    site.page("/1")
    with Web(MANNERS) as web:
        assert web.get(f"{site.address}/a", 10_000).address == f"{site.address}/1"
        with pytest.raises(FetchError, match="more than 5 redirects"):
            web.get(f"{site.address}/round", 10_000)
        with pytest.raises(FetchError, match="no address of the web"):
            web.get(f"{site.address}/away", 10_000)


def test_private_addresses_are_refused(site: Site) -> None:
    site.page("/1")
    port = site.address.rpartition(":")[2]
    with Web(Manners(delay=0, attempts=1)) as web:
        for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254"):
            with pytest.raises(FetchError, match=r"private network|robots"):
                web.get(f"http://{host}:{port}/1", 10_000)
    assert site.asked == []


@pytest.mark.parametrize(
    "address", ["::ffff:127.0.0.1", "2002:7f00:1::", "100.64.0.1", "192.168.1.1", "fe80::1"]
)
def test_no_disguise_makes_an_address_public(address: str) -> None:
    assert not is_public(address)


def test_what_is_too_large_or_too_slow_is_left(site: Site) -> None:
    def slow(_: dict[str, str]) -> Answer:
        time.sleep(0.4)
        return 200, {}, PAGE

    site.page("/large", gzip.compress(bytes(3_000_000)), Content_Encoding="gzip")
    site.answers["/slow"] = slow
    with Web(replace(MANNERS, seconds=0.2, attempts=1, obeys_robots=False)) as web:
        with pytest.raises(FetchError, match="more than 100,000 bytes"):
            web.get(f"{site.address}/large", 100_000)
        with pytest.raises(FetchError, match=r"longer than 0\.2 seconds"):
            web.get(f"{site.address}/slow", 100_000)


def test_a_run_takes_so_many_pages_and_the_rest_next_time(site: Site) -> None:
    memory = Remembered()
    site.page("/feed", rss(site, 1, 2, 3), "application/rss+xml")
    for n in (1, 2, 3):
        site.page(f"/{n}")
    named = source(site, "feed", "/feed", max_pages=2)
    found, told = gather(named, memory)
    assert len(found) == 2
    assert told == ["source press: 2 pages a run, the rest next time (max_pages)"]
    assert [raw.source_uri for raw in gather(named, memory)[0]] == [f"{site.address}/3"]


def test_a_feed_that_is_none_is_an_error_of_its_source(site: Site, tmp_path: Path) -> None:
    site.page("/feed", b"<html><body>No feed</body></html>")
    (tmp_path / "a.txt").write_text("a page")
    good, notes = Named("files", "files", str(tmp_path)), sources.Notes()
    named = [source(site, "feed", "/feed"), source(site, "sitemap", "/none"), good]
    found = list(sources.gather_named(named, sources.Limits(), notes, Remembered()))
    assert [raw.payload for _, raw in found] == [b"a page"]
    assert len(notes.failures) == 2
    assert "is no feed" in notes.failures[0]
    assert "status 404" in notes.failures[1]


def test_counting_fetches_no_page(site: Site) -> None:
    site.page("/feed", rss(site, 1, 2), "application/rss+xml")
    assert sources.count_links(source(site, "feed", "/feed"), Remembered()) == (2, 2)
    assert site.paths() == ["/feed"]


def test_a_connection_that_is_refused_is_told() -> None:
    with Web(replace(MANNERS, attempts=1, obeys_robots=False)) as web:
        with pytest.raises(FetchError, match="ConnectError"):
            web.get("http://127.0.0.1:9/", 1000)
        with pytest.raises(FetchError, match="no address of the web"):
            web.get("ftp://a.example/", 1000)
