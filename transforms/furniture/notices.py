"""Notices: what a site asks of its readers in whole sentences, whatever its stories are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from transforms.furniture.candidates import Candidate

# It speaks of "we" and "you": a story about cookies or subscriptions does not.
ASKED = re.compile(
    r"\b(?:we|our\s+partners|this\s+(?:web)?\s?site)\b.{0,60}\buses?\b.{0,40}\bcookies\b"
    r"|\b(?:accept|manage|reject)\s+(?:all\s+)?cookies\b"
    r"|\b(?:you|you['’]ve|your)\b.{0,60}\b(?:free|complimentary)\s+(?:articles?|stories|story)\b"
    r"|\byou(?:\s+have|['’]ve)\s+(?:read|reached|used)\b.{0,40}\b(?:limit|free|this\s+month)\b"
    r"|\balready\s+(?:a\s+subscriber|a\s+member|subscribed|registered)\b"
    r"|\b(?:subscribe|register|log\s?in|sign\s+in|sign\s+up)\b.{0,40}\bto\s+"
    r"(?:continue|keep|read|go\s+on|unlock|access)\b"
    r"|\bto\s+(?:continue|keep)\s+reading\b.{0,60}\b(?:subscri|log\s?in|sign|register)"
    r"|\b(?:sign\s+up|subscribe)\b.{0,30}\b(?:our|the|this)\b.{0,40}\bnewsletters?\b"
    r"|\b(?:delivered|straight|sent|right)\s+(?:\w+\s+)?to\s+your\s+(?:in-?box|e-?mail)\b"
    r"|\b(?:news|stories|headlines)\b.{0,40}\bin\s+your\s+in-?box\b"
    r"|\b(?:please|consider)\b.{0,40}\b(?:donat(?:e|ing|ion)"
    r"|support(?:ing)?\s+(?:us|our|independent))\b"
    r"|\byour\s+(?:donation|contribution|support)\b.{0,60}\b(?:us|our)\b",
    re.I,
)
WORDS = (
    "cookies", "free", "complimentary", "limit", "month", "already", "to read", "to continue",
    "to keep", "to go on", "to unlock", "to access", "newsletter", "inbox", "in-box", "your e",
    "donat", "support", "contribution",
)  # fmt: skip
NAMED = re.compile(r"cookie|consent|gdpr|paywall|regwall|newsletter|sign-?up|subscribe|donat")
MAX_CHARACTERS = 600
MIN_PROSE_WORDS = 9
# So much prose is left beside them, or else what names nearly all of the page so means another
# thing.
LEFT_WORDS, LEFT_SHARE = 15, 0.25


def of_page(candidates: Sequence[Candidate]) -> frozenset[int]:
    """The indices of the candidates that are notices, unless that leaves nothing of the page."""
    found = {n for n, c in enumerate(candidates) if _is_named(c.block.hints) or _asks(c)}
    if not found:
        return frozenset()
    prose = [c.word_count if c.word_count >= MIN_PROSE_WORDS else 0 for c in candidates]
    left = sum(prose) - sum(prose[n] for n in found)
    return frozenset(found if left >= max(LEFT_WORDS, LEFT_SHARE * sum(prose)) else ())


@lru_cache(maxsize=20_000)
def _is_named(hints: str) -> bool:
    return NAMED.search(hints) is not None


def _asks(c: Candidate) -> bool:
    text = c.block.text
    if not 20 <= len(text) <= MAX_CHARACTERS:
        return False
    lowered = text.lower()
    return any(word in lowered for word in WORDS) and ASKED.search(text) is not None
