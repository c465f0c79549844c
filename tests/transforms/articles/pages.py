"""Pages that state something of themselves."""

from __future__ import annotations

from transforms.blocks import Page, PageBlock, PageFact


def stating(*blocks: PageBlock, title: str | None = None, **facts: str) -> Page:
    """A page of these blocks and statements; "og_title" stands for meta:og:title."""
    names = {key: f"meta:{key.replace('_', ':', 1)}" for key in facts}
    made = [PageFact(names[key], value, 0, len(value)) for key, value in facts.items()]
    return Page("text/html", title, tuple(made), blocks)
