"""A small server for people who have none: the site on loopback, until stopped."""

from __future__ import annotations

import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class _Handler(SimpleHTTPRequestHandler):
    # WebAssembly is compiled while it arrives only under its own type.
    extensions_map = {  # noqa: RUF012  (so declared by the base class)
        **SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/wasm",
        ".parquet": "application/vnd.apache.parquet",
    }

    def log_message(self, *_: Any) -> None:
        """Says nothing: the terminal shows where the site is."""


def server(site: Path, port: int) -> ThreadingHTTPServer:
    """A server of the folder on loopback; port 0 takes a free one."""
    handler = functools.partial(_Handler, directory=str(site))
    return ThreadingHTTPServer(("127.0.0.1", port), handler)
