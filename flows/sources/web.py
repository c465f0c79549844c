"""Fetches pages as a polite reader: robots.txt, one request a host at a time, bounded in all ways.

Addresses on private networks are refused, before and after a redirect: what a feed or a page of
the web names must not reach the machine's own neighbours.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self

import httpx
from protego import Protego

from flows.sources.items import SourceError

AGENT = "communique/0.1 (archives news pages; obeys robots.txt)"
RETRIED = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
MAX_ROBOTS_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Manners:
    """How a source's pages are asked for."""

    delay: float = 1.0  # seconds between two requests to a host
    max_delay: float = 30.0  # what robots.txt or a server may ask for
    attempts: int = 3
    max_redirects: int = 5
    seconds: float = 60.0  # for one page, all in all
    allows_private: bool = False
    obeys_robots: bool = True
    agent: str = AGENT


@dataclass(frozen=True, slots=True)
class Met:
    """What is remembered of an address: how it answered last."""

    etag: str | None = None
    last_modified: str | None = None
    version: str | None = None  # what the feed or sitemap said of its age
    status: int = 0


class Memory(Protocol):
    """Remembers addresses from run to run."""

    def recall(self, address: str) -> Met | None:
        """What is remembered of the address; None where it was never met."""

    def remember(self, address: str, met: Met) -> None:
        """Remembers the address as met."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer; body None: unchanged since it was met last."""

    address: str  # after redirects
    status: int
    body: bytes | None
    media_type: str
    met: Met


class FetchError(Exception):
    """An address that gave no answer, or may not be asked; says why."""


@dataclass(slots=True)
class Host:
    """What is known of a host in this run."""

    next_at: float = 0.0
    delay: float = 0.0
    robots: Protego | None = None
    is_closed: bool = False


@dataclass(slots=True)
class Web:
    """A client that fetches one page after the other."""

    manners: Manners
    pause: Callable[[float], None] = time.sleep
    _hosts: dict[str, Host] = field(default_factory=dict)
    _client: httpx.Client | None = None

    def __enter__(self) -> Self:
        self._client = httpx.Client(
            transport=Guarded(allows_private=self.manners.allows_private),
            timeout=httpx.Timeout(20, connect=10),
            follow_redirects=False,
            # A proxy would ask for us what we refuse to ask.
            trust_env=False,
            headers={"User-Agent": self.manners.agent, "Accept-Encoding": "gzip, deflate"},
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    def get(self, address: str, max_bytes: int, met: Met | None = None) -> Answer:
        """The answer, redirects followed; unchanged where the server says so of what was met.

        Raises FetchError where there is none, where robots.txt or the guard forbids it, and where
        it is larger than `max_bytes`.
        """
        asked = {}
        if met is not None and met.etag:
            asked["If-None-Match"] = met.etag
        if met is not None and met.last_modified:
            asked["If-Modified-Since"] = met.last_modified
        deadline = time.monotonic() + self.manners.seconds * self.manners.attempts
        for _ in range(self.manners.max_redirects + 1):
            url = _url(address)
            host = self._host(url)
            if self.manners.obeys_robots and not self._may_ask(host, address):
                raise FetchError("robots.txt forbids it")
            response, body = self._patiently(host, url, max_bytes, asked, deadline)
            if response.status_code not in REDIRECTS:
                return _answer(address, response, body)
            address = str(url.join(response.headers.get("location", "")))
        raise FetchError(f"more than {self.manners.max_redirects} redirects")

    def _patiently(
        self,
        host: Host,
        url: httpx.URL,
        max_bytes: int,
        asked: Mapping[str, str],
        deadline: float,
    ) -> tuple[httpx.Response, bytes]:
        """The answer after as many attempts as it takes, each after a longer wait."""
        wait, trouble = max(self.manners.delay, 0.05), "no answer"
        for attempt in range(self.manners.attempts):
            if attempt:
                self.pause(min(wait, self.manners.max_delay))
                wait *= 2
            try:
                response, body = self._once(host, url, max_bytes, asked)
            except (httpx.TransportError, OSError) as error:
                trouble = f"{type(error).__name__}: {error}"
            else:
                if response.status_code not in RETRIED:
                    return response, body
                trouble = f"status {response.status_code}"
                wait = max(wait, _retry_after(response))
            if time.monotonic() > deadline:
                break
        raise FetchError(trouble)

    def _once(
        self, host: Host, url: httpx.URL, max_bytes: int, asked: Mapping[str, str]
    ) -> tuple[httpx.Response, bytes]:
        assert self._client is not None
        now = time.monotonic()
        if host.next_at > now:
            self.pause(host.next_at - now)
        deadline, parts, size = time.monotonic() + self.manners.seconds, list[bytes](), 0
        try:
            with self._client.stream("GET", url, headers=dict(asked)) as response:
                for part in response.iter_bytes():
                    size += len(part)
                    if size > max_bytes:
                        raise FetchError(f"more than {max_bytes:,} bytes, which is the limit")
                    if time.monotonic() > deadline:
                        raise FetchError(f"longer than {self.manners.seconds:g} seconds")
                    parts.append(part)
        except (httpx.DecodingError, httpx.InvalidURL) as error:
            raise FetchError(f"{type(error).__name__}: {error}") from error
        finally:
            host.next_at = time.monotonic() + max(self.manners.delay, host.delay)
        return response, b"".join(parts)

    def _host(self, url: httpx.URL) -> Host:
        name = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if name not in self._hosts:
            host = self._hosts[name] = Host()
            if self.manners.obeys_robots:
                self._read_robots(host, _url(f"{name}/robots.txt"))
        return self._hosts[name]

    def _read_robots(self, host: Host, url: httpx.URL) -> None:
        """RFC 9309: no such file, all may be read; no answer at all, nothing may."""
        deadline = time.monotonic() + self.manners.seconds
        try:
            response, body = self._patiently(host, url, MAX_ROBOTS_BYTES, {}, deadline)
            if response.status_code in REDIRECTS:
                url = url.join(response.headers.get("location", ""))
                response, body = self._patiently(host, url, MAX_ROBOTS_BYTES, {}, deadline)
        except FetchError:
            host.is_closed = True
            return
        if response.status_code == 200:
            host.robots = Protego.parse(body.decode("utf-8", "replace"))
            asked = host.robots.crawl_delay(self.manners.agent) or 0.0
            host.delay = min(float(asked), self.manners.max_delay)

    def _may_ask(self, host: Host, address: str) -> bool:
        if host.is_closed:
            raise FetchError("the server does not answer for its robots.txt")
        return host.robots is None or host.robots.can_fetch(address, self.manners.agent)


class Guarded(httpx.BaseTransport):
    """Looks up a host itself, refuses addresses of private networks, and connects to what it saw.

    The name is looked up once: one that answers differently the second time gains nothing.
    """

    def __init__(self, *, allows_private: bool) -> None:
        self._inner = httpx.HTTPTransport()
        self._allows_private = allows_private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of a public address of the host."""
        host = request.url.host
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=self._address(host, request.url.port or 0)),
            headers=request.headers,  # with the host's name in them
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return self._inner.handle_request(pinned)

    def close(self) -> None:
        """Closes the connections."""
        self._inner.close()

    def _address(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpx.ConnectError(f"{host} is not known: {error.strerror}") from error
        addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
        if self._allows_private:
            return addresses[0]
        public = [a for a in addresses if is_public(a)]
        if not public:
            raise FetchError(f"{host} is an address of a private network: allow_private = true")
        return public[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet.

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "10.1.2.3", "::ffff:10.1.2.3")]
    [True, False, False, False]
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            return inner.is_global
    return ip.is_global and not ip.is_multicast


def _url(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"no address: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError("no address of the web")
    return url.copy_with(fragment=None)


def _answer(address: str, response: httpx.Response, body: bytes) -> Answer:
    headers = response.headers
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    met = Met(headers.get("etag"), headers.get("last-modified"), None, response.status_code)
    return Answer(address, met.status, None if met.status == 304 else body, media, met)


def _retry_after(response: httpx.Response) -> float:
    printed = response.headers.get("retry-after", "")
    if printed.isdigit():
        return float(printed)
    try:
        at = email.utils.parsedate_to_datetime(printed)
    except ValueError:
        return 0.0
    return max((at - dt.datetime.now(dt.UTC)).total_seconds(), 0.0) if at.tzinfo else 0.0


def fetched(web: Web, address: str, max_bytes: int, met: Met | None) -> Answer:
    """The answer, or SourceError where a source itself cannot be had."""
    try:
        answer = web.get(address, max_bytes, met)
    except FetchError as error:
        raise SourceError(f"{address} cannot be read: {error}") from error
    if answer.status not in (200, 304):
        raise SourceError(f"{address} cannot be read: status {answer.status}")
    return answer
