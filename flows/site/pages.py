"""Templates and words of the site: how a page is rendered, in every part the same way."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from expectations import page
from flows.summary import bracket

# What a browser or an editor would obey rather than show: controls, and marks that turn the
# direction of all that follows.
UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# What of the events' PLOVER codes is said in the place of a text (facts edition).
ABSENT = ""


@cache
def strings() -> Mapping[str, Any]:
    """Every string of the site by section and name."""
    return tomllib.loads(files("flows.site").joinpath("strings.toml").read_text("utf-8"))


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 report", "2 reports"."""
    singular, plural = strings()["nouns"][noun]
    return f"{number:,} {singular if number == 1 else plural}"


def days(row: Mapping[str, Any]) -> str:
    """The bracket of an event or article in words."""
    start, end = row["event_date_start"], row["event_date_end"]
    return strings()["common"]["no_day"] if start is None and end is None else bracket(start, end)


def harmless(text: str) -> str:
    """The text with what is obeyed rather than shown replaced: one character for one.

    >>> harmless("a\\u202eb")
    'a�b'
    """
    return UNSHOWN.sub("\ufffd", text)


def data(value: Any) -> Markup:
    """A value as JSON that may stand in a script element: no "<" in it ends one."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(harmless(text).replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def _finalize(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M UTC")
    return harmless(value) if isinstance(value, str) else value


def _template(name: str) -> str:
    own = files("flows.site").joinpath("templates", name)
    return own.read_text("utf-8") if own.is_file() else page.template(name)


@cache
def environment() -> Environment:
    """The templates, with what all of them use."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        loader=FunctionLoader(_template),
    )
    made.globals |= {"t": strings(), "count": count, "days": days, "data": data}
    made.filters["fill"] = lambda text, **values: text.format(**values)
    made.filters["percent"] = lambda share: f"{share:.0%}"
    return made


def render(template: str, *, depth: int, **context: Any) -> str:
    """A page, `depth` folders below the site's front page."""
    root = "../" * depth
    return environment().get_template(template).render(root=root, **context)
