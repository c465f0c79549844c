"""Ids from content: the same parts give the same id on every machine and in every order."""

from __future__ import annotations

import hashlib

DIGEST_BYTES = 10  # 80 bits: one collision expected in a trillion ids


def make(prefix: str, *parts: str | None) -> str:
    """`prefix_` and 20 hex digits of the parts' hash.

    Each part goes in with its length before it, so that ("ab", "c") and ("a", "bc") differ;
    a missing part differs from an empty one.

    >>> make("c", "ab", "c") == make("c", "a", "bc")
    False
    """
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        data = b"" if part is None else part.encode()
        digest.update(f"{'-' if part is None else len(data)}:".encode())
        digest.update(data)
    return f"{prefix}_{digest.hexdigest()}"


def article_id(capture_id: str, item_index: int = 0) -> str:
    """The id of a story: the capture's digits under `a_`; new ones for a second and later story.

    >>> article_id("c_1f"), article_id("c_1f", 1) == article_id("c_1f", 2)
    ('a_1f', False)
    """
    if not item_index:
        return "a_" + capture_id.removeprefix("c_")
    # A digest that SQL has too, so that a rule can check it.
    digest = hashlib.sha256(f"{capture_id}:{item_index}".encode())
    return "a_" + digest.hexdigest()[: 2 * DIGEST_BYTES]


def entity_id(entity_type: str, key: str) -> str:
    """The id of an entity from its type and its key in seeds, or the name found.

    A name found has the id of the row that is later added for it under that name:

    >>> entity_id("person", "hanna lindqvist") == entity_id("person", "hanna-lindqvist")
    True
    """
    return make("n", entity_type, key.replace(" ", "-"))
