"""Elements: what a tag's name alone says of the text inside it."""

from __future__ import annotations

from selectolax.lexbor import create_tag

INLINE = frozenset(
    "a abbr acronym b bdo big cite code del dfn em font i img ins kbd label map mark nobr q s samp"
    " script small span strike strong style sub sup time tt u var wbr".split()
)
INLINE_IDS = frozenset(create_tag(tag).tag_id for tag in INLINE)
TEXT_ID = 2  # of the parser's text nodes
INVISIBLE = frozenset("head title script style template iframe noembed noframes object".split())
# Their content is neither markup nor text.
RAW = "script style iframe noembed noframes template".split()
# Those of them that the parser opens again in the next paragraph, and the two whose attributes
# it gathers: left open, each costs more than its tag.
FORMATTING = "b big body code em font html i s small strike strong tt u".split()
EMPHASIS = frozenset(("b", "strong"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# They say nothing of one block that they do not say of all.
FRAMES = frozenset(("html", "body"))
