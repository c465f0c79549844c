"""Surroundings: what the class and id of an element say it is, in a small fixed vocabulary.

Sites name their elements as they like, but the stems repeat from site to site. Each stem counts
for one word of the vocabulary; what no stem matches says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

# Word of the vocabulary: stems as they occur inside classes and ids.
STEMS = {
    "navigation": "nav menu",
    "footer": "foot",
    "header": "header masthead topbar",
    "side": "sidebar aside rail side-",
    "related": "related recommend popular trending latest similar more-  readmore read-more also",
    "share": "share sharing social follow facebook twitter",
    "comments": "comment disqus respond reply",
    "advert": "advert promo sponsor banner -ad- ads ad-",
    "letter": "newsletter subscri signup sign-up mailing",
    "notice": "cookie consent modal popup overlay gdpr dialog lightbox",
    "crumbs": "crumb",
    "tags": "tags tag- categor topic keyword label",
    "author": "author bio byline contributor writer",
    "meta": "meta date time publish posted",
    "picture": "caption figure gallery image photo img thumb credit",
    "contents": "toc table-of contents",
    "pager": "pagin pager next prev",
    "form": "search form login input field",
    "button": "button btn cta action",
    "card": "card teaser tile grid",
    "list": "list item",
    "shop": "product price cart shop rating review",
    "legal": "copyright legal disclaimer privacy terms",
    "title": "title headline heading hed",
    "lead": "lead intro summary excerpt standfirst dek subtitle subhead description",
    "article": "article post entry story blog news",
    "body": "body content text rich copy prose richtext wysiwyg",
    "main": "main primary",
    "quote": "quote callout pullq highlight",
    "panel": "accordion tab- tabs collaps slider carousel swiper slide",
    "media": "video audio player embed",
    "hidden": "hidden sr-only screen-reader visually print",
    "widget": "widget module block component",
    "column": "col- column row wrap container",
    "question": "faq question answer",
    "step": "step recipe instruction ingredient",
}
WORDS = tuple(STEMS)
BIT = {word: 1 << number for number, word in enumerate(WORDS)}
OF_STEM = {stem: BIT[word] for word, stems in STEMS.items() for stem in stems.split()}


def _pattern(stems: Iterable[str]) -> str:
    """One choice of stems, the longest first, by their first letters: a quarter of the steps."""
    ordered = sorted(stems, key=lambda s: (s[0], -len(s), s))
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(re.escape(stem[1:]) for stem in some)})"
        for first, some in groupby(ordered, key=lambda s: s[0])
    )


STEM = re.compile(_pattern(OF_STEM))


# Names repeat from site to site; what one element is named all together does not.
@lru_cache(maxsize=20_000)
def bits(name: str) -> int:
    """The vocabulary's words that a class or id holds, one bit each.

    >>> bits("site-sidebar") == BIT["side"], bits("x7")
    (True, 0)
    """
    found = 0
    for stem in STEM.findall(name.lower()):
        found |= OF_STEM[stem]
    return found


@lru_cache(maxsize=20_000)
def spelt(mask: int) -> str:
    """The words of a mask, in the vocabulary's order.

    >>> spelt(BIT["body"] | BIT["article"])
    'article body'
    """
    return " ".join(word for word in WORDS if mask & BIT[word])


@lru_cache(maxsize=20_000)
def mask(words: str) -> int:
    """The mask that `spelt` put into words."""
    return sum(BIT[word] for word in words.split())
