"""Lists of pages on the web: feeds (RSS, Atom), sitemaps, lists of addresses; their pages fetched.

A page is fetched once; again only where its list says that it is newer, or the source asks for it
(`refresh`): then the server is asked whether it has changed.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import itertools
import time
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

import feedparser

from flows.sources.items import Context, Item, SourceError
from flows.sources.named import Named
from flows.sources.web import PAGE_TYPES, Answer, FetchError, Memory, Met, Web, fetched
from transforms.captures import RawCapture

MAX_LIST_BYTES = 60_000_000  # a sitemap may have 50 MB
MAX_LISTS = 1_000
MAX_DEPTH = 3
OLDER = ("next", "prev-archive")


@dataclass(frozen=True, slots=True)
class Link:
    """A page that a list names, with what it says of the page's age."""

    address: str
    version: str | None = None


def read(named: Named, context: Context, memory: Memory) -> Iterator[RawCapture]:
    """The pages of the source that are new, each as it is fetched."""
    with Web(named.manners) as web:
        lists = Lists(web, memory)
        fresh = _fresh(LINKS[named.kind](named, lists), named, memory)
        is_whole = True
        for link in itertools.islice(fresh, named.max_pages):
            try:
                raw = _page(link, named, web, context, memory)
            except FetchError as error:
                is_whole = False
                context.notes.say(f"source {named.name}: {link.address} was not read: {error}")
                continue
            if raw is not None:
                yield raw
        if next(fresh, None) is not None:
            context.notes.say(
                f"source {named.name}: {named.max_pages:,} pages a run, the rest next time "
                "(max_pages)"
            )
        elif is_whole:
            # Only now: a list that is known but not its pages would hide them next time.
            for address, met in lists.met.items():
                memory.remember(address, met)


def count_links(named: Named, memory: Memory) -> tuple[int, int]:
    """How many pages a source lists, and how many of them a run would fetch."""
    with Web(named.manners) as web:
        links = list(LINKS[named.kind](named, Lists(web, memory)))
        return len({link.address for link in links}), sum(1 for _ in _fresh(links, named, memory))


@dataclass(slots=True)
class Lists:
    """Fetches the lists of a source, and what is to be remembered of them."""

    web: Web
    memory: Memory
    met: dict[str, Met] = field(default_factory=dict)

    def fetch(self, address: str, *, is_known: bool = True) -> Answer:
        """The list; its body None where it is unchanged since all its pages were read."""
        key = f"list {address}"
        met = self.memory.recall(key) if is_known else None
        answer = fetched(self.web, address, MAX_LIST_BYTES, met)
        if answer.body is not None:
            self.met[key] = answer.met
        return answer


def feed(named: Named, lists: Lists) -> Iterator[Link]:
    """The entries of a feed and of the older pages that it points to; none where unchanged."""
    address = named.place
    for _ in range(MAX_LISTS):
        answer = lists.fetch(address, is_known=address == named.place)
        if answer.body is None:
            return
        parsed = feedparser.parse(
            io.BytesIO(answer.body), response_headers={"content-location": answer.address}
        )
        if parsed.bozo and not parsed.entries and not parsed.version:
            raise SourceError(f"{address} is no feed: {parsed.get('bozo_exception', 'no entries')}")
        for entry in parsed.entries:
            if link := entry.get("link"):
                # Asked by itself: the library would answer for what is not there.
                version = entry["updated"] if "updated" in entry else entry.get("published")
                yield Link(urljoin(answer.address, link), version)
        older = [n for n in parsed.feed.get("links", ()) if n.get("rel") in OLDER]
        if not older:
            return
        address = urljoin(answer.address, older[0].get("href", ""))


def sitemap(named: Named, lists: Lists) -> Iterator[Link]:
    """The pages of a sitemap and of those that it lists in turn."""
    waiting, seen = [(named.place, 0)], set[str]()
    while waiting and len(seen) < MAX_LISTS:
        address, depth = waiting.pop(0)
        if address in seen or depth > MAX_DEPTH:
            continue
        seen.add(address)
        answer = lists.fetch(address)
        if answer.body is None and not depth:
            # Itself unchanged; those that it lists may not be, but their ages stand in it.
            return
        for kind, link in _entries(answer):
            if kind == "sitemap":
                waiting.append((link.address, depth + 1))
            else:
                yield link


def addresses(named: Named, lists: Lists) -> Iterator[Link]:
    """The addresses of a list, one a line; what stands behind a blank or # is no part of it."""
    if named.is_remote:
        text = (lists.fetch(named.place, is_known=False).body or b"").decode("utf-8-sig")
    else:
        try:
            with open(named.place, encoding="utf-8-sig") as file:
                text = file.read(MAX_LIST_BYTES)
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(f"{named.place} cannot be read as a list: {error}") from error
    found = [line.split("#")[0].split() for line in text.splitlines()]
    links = [words[0] for words in found if words]
    if not links:
        raise SourceError(f"{named.place} lists no address")
    for link in links:
        yield Link(link)


def _fresh(links: Iterable[Link], named: Named, memory: Memory) -> Iterator[Link]:
    """The links that are to be fetched, each once."""
    seen = set[str]()
    for link in links:
        if link.address in seen:
            continue
        seen.add(link.address)
        met = memory.recall(link.address)
        is_newer = met is not None and link.version is not None and met.version != link.version
        if met is None or met.status != 200 or is_newer or named.refresh:
            yield link


def _page(
    link: Link, named: Named, web: Web, context: Context, memory: Memory
) -> RawCapture | None:
    item = Item(link.address, urlsplit(link.address).hostname or named.name, io.BytesIO)
    item = replace(item, known=named.known)
    answer = web.get(link.address, context.limits.capture_bytes, memory.recall(link.address))
    met = replace(answer.met, version=link.version)
    if answer.body is None:
        memory.remember(link.address, replace(met, status=200))
        return None
    memory.remember(link.address, met)
    if answer.status != 200:
        what = f"answered with status {answer.status}"
        context.notes.count(f"address {what}", f"addresses {what}")
        return None
    if answer.media_type and not answer.media_type.startswith(PAGE_TYPES):
        what = f"{answer.media_type}, no page"
        context.notes.count(f"address is {what}", f"addresses are {what}")
        return None
    now = dt.datetime.fromtimestamp(int(time.time()), dt.UTC)
    return item.capture(answer.body, url=answer.address, captured_at=now)


def _entries(answer: Answer) -> Iterator[tuple[str, Link]]:
    """What a sitemap lists: ("sitemap" or "url", link)."""
    body = answer.body or b""
    if body.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as unpacked:
                body = unpacked.read(MAX_LIST_BYTES)
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(f"{answer.address} is damaged: {error}") from error
    if not body.lstrip().startswith(b"<"):
        # The plain form: an address a line.
        yield from (("url", Link(w)) for w in body.decode("utf-8", "replace").split())
        return
    try:
        # Entities that grow are bounded by the parser itself (expat 2.4 and later).
        for _, element in ET.iterparse(io.BytesIO(body)):
            kind = element.tag.rpartition("}")[2]
            if kind in ("url", "sitemap"):
                told = {child.tag.rpartition("}")[2]: child.text or "" for child in element}
                if address := told.get("loc", "").strip():
                    link = Link(urljoin(answer.address, address), told.get("lastmod"))
                    yield kind, link
                element.clear()
    except ET.ParseError as error:
        raise SourceError(f"{answer.address} is no sitemap: {error}") from error


LINKS: Mapping[str, Callable[[Named, Lists], Iterator[Link]]] = {
    "feed": feed,
    "sitemap": sitemap,
    "addresses": addresses,
}
