"""Addresses as captures and lists print them: many are no addresses at all."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(address: str | None) -> str | None:
    """The host in small letters; None where there is no address, or none that can be read.

    >>> host_of("http://WWW.gazette.example:80/a"), host_of("story.html"), host_of("http://[bad/a")
    ('www.gazette.example', None, None)
    """
    try:
        return urlsplit(address).hostname if address else None
    except ValueError:
        return None
