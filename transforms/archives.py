"""Web archives: the page's own address and the time of the copy, from the address of a copy.

"http://web.archive.org/web/19970605123456id_/http://www.paper.example/pier.html": archives of the
web put the time of a copy and the page's address into the copy's own.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

# Year, month and day at least; a mark of how the copy is shown; the page's address.
COPY = re.compile(
    r"^https?://[^/]+/(?:[^?#]*?/)??(?P<time>(?:19|20)\d{6}(?:\d{6})?)(?:[a-z]{2}_|\*)?/"
    r"(?P<url>(?:https?:/{1,2})?(?P<host>[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?#].*)?)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in a web archive: the page's address and when it was taken, in UTC."""

    url: str
    at: dt.datetime


def copy_of(url: str | None) -> Copy | None:
    """The copy that the address is of; None where it is that of a page itself.

    >>> copy_of("http://web.archive.org/web/19970605123456/http://www.paper.example/pier.html").url
    'http://www.paper.example/pier.html'
    """
    match = COPY.match(url) if url else None
    if match is None:
        return None
    printed = match["time"]
    try:
        at = dt.datetime.strptime(printed.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    if not match["url"].lower().startswith("http") and not _is_page(match["host"]):
        return None
    return Copy(_whole(match["url"]), at)


def page_url(url: str | None) -> str | None:
    """The address of the page itself: of an archive's copy that of the page it is of."""
    copy = copy_of(url)
    return copy.url if copy else url


def _whole(url: str) -> str:
    """The address with its scheme: archives leave it out, or fold its two strokes into one."""
    bare = re.sub(r"^(https?:)/{1,2}", r"\1//", url, flags=re.I)
    return bare if bare.lower().startswith("http") else f"http://{bare}"


def _is_page(host: str) -> bool:
    """Whether what follows a time without a scheme is a host, and not the name of a file."""
    return host.lower().startswith("www.") or (
        host.rsplit(".", 1)[-1].isalpha()
        and not re.search(r"\.(?:html?|shtml|php|asp|aspx|stm|txt|cfm|jsp)$", host, re.I)
    )
