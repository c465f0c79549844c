"""The page's own address, site and time from the address of a web archive's copy."""

from __future__ import annotations

import pytest

from tests.transforms.made import moment
from transforms import captures
from transforms.archives import copy_of, page_url
from transforms.captures import RawCapture

PAGE = "http://www.paper.example/1997/05/28/pact.html"


@pytest.mark.parametrize(
    ("url", "page", "at"),
    [
        (f"http://web.archive.org/web/19970605123456/{PAGE}", PAGE, "1997-06-05T12:34:56"),
        (f"https://web.archive.org/web/19970605123456id_/{PAGE}", PAGE, "1997-06-05T12:34:56"),
        (f"https://archive.example/wayback/20010203/{PAGE}", PAGE, "2001-02-03T00:00:00"),
        (f"https://archive.example/all/2001-02/20010203040506/{PAGE}", PAGE, "2001-02-03T04:05:06"),
        ("http://a.example/web/20010203040506/www.paper.example/p", "http://www.paper.example/p",
         "2001-02-03T04:05:06"),
        ("http://a.example/web/20010203040506/http:/paper.example/p?q=1", "http://paper.example/p?q=1",
         "2001-02-03T04:05:06"),
    ],
)  # fmt: skip
def test_a_copy_in_an_archive(url: str, page: str, at: str) -> None:
    found = copy_of(url)
    assert found is not None
    assert (found.url, found.at) == (page, moment(at))
    raw = RawCapture("a.html", b"x", "folder", url=url)
    assert captures.site_of(raw) == "paper.example"
    assert captures.collected_at(raw) == moment(at)


@pytest.mark.parametrize(
    "url",
    [
        None,
        PAGE,
        "http://www.paper.example/19970528/pact.html",
        "http://www.paper.example/19970528/12.html",
        "http://www.paper.example/news/20011399/http://b.example/",
        "http://www.paper.example/archive/19970528",
    ],
)
def test_the_address_of_a_page_is_its_own(url: str | None) -> None:
    assert copy_of(url) is None
    assert page_url(url) == url


def test_a_time_that_was_given_is_kept() -> None:
    url = f"http://web.archive.org/web/19970605123456/{PAGE}"
    raw = RawCapture("a.html", b"x", "folder", url=url, captured_at=moment("2003-01-01"))
    assert captures.collected_at(raw) == moment("2003-01-01")
