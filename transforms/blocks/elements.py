"""Elements: what a tag's name alone says of the text inside it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import create_tag

INLINE = frozenset(
    "a abbr acronym b bdo big cite code del dfn em font i img ins kbd label map mark nobr q s samp"
    " script small span strike strong style sub sup time tt u var wbr".split()
)
INLINE_IDS = frozenset(create_tag(tag).tag_id for tag in INLINE)
TEXT_ID = 2  # of the parser's text nodes
INVISIBLE = frozenset("head title script style template iframe noembed noframes object".split())
# What a reader with a common browser does not see of it.
UNREAD = frozenset(("noscript",))
# Their content is neither markup nor text.
RAW = "script style iframe noembed noframes template".split()
# Those of them that the parser opens again in the next paragraph, and the two whose attributes
# it gathers: left open, each costs more than its tag.
FORMATTING = "b big body code em font html i s small strike strong tt u".split()
EMPHASIS = frozenset(("b", "strong"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# They say nothing of one block that they do not say of all.
FRAMES = frozenset(("html", "body"))

UNSEEN = re.compile(r"(?i)\bdisplay\s*:\s*none|\bvisibility\s*:\s*hidden")
# Elements that web archives and caches lay over a page.
ARCHIVE = re.compile(r"wm-|donato$|google-cache-hdr|ukwa-|archive-toolbar|arquivo")


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element says of itself that it is not shown, or is an archive's, not the page's.

    >>> is_hidden({"style": "display: none"}), is_hidden({"hidden": None}), is_hidden({"id": "a"})
    (True, True, False)
    """
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style, name = attributes.get("style"), attributes.get("id")
    if style and UNSEEN.search(style):
        return True
    return bool(name) and ARCHIVE.match(name or "") is not None
