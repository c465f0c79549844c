"""How a command ends: what a reader can mend as one message and status 1, results as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from flows.ask import plain
from flows.errors import ReaderError

# What SQLite and DuckDB raise over a full or failing disk, or too little memory; by name, so that
# neither is loaded here.
OF_STORAGE = frozenset({"OperationalError", "DatabaseError", "IOException", "OutOfMemoryException"})


@contextmanager
def told(as_json: bool = False) -> Iterator[None]:
    """Turns what a reader can mend into a message and exit status 1, without a traceback."""
    try:
        yield
    except ReaderError as error:
        if as_json:
            echo_json(error.facts())
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'input or output'}: {error}") from error
    except Exception as error:
        if type(error).__name__ not in OF_STORAGE:
            raise
        reason = str(error).splitlines()[0]
        raise click.ClickException(f"the warehouse cannot be read or written: {reason}") from error


def echo_json(value: Any) -> None:
    """The value as JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=plain))


def progress(message: str) -> None:
    """A word on what is being done, to whoever waits."""
    click.echo(message, err=True)
