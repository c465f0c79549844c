"""A block with what the rules ask of it, and the thresholds they go by."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from boilerpy3.document import TextBlock
from boilerpy3.filters import NumWordsRulesClassifier

from transforms import printed
from transforms.blocks import Page, PageBlock
from transforms.sites import Profile
from transforms.text import ends_as_sentence, fingerprint, fold, measured_words, words

# Elements whose lines are points of a list, or set as they are.
LISTED = re.compile(r"/(?:li|dt|dd|pre)(?:/|$)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a block is, and the rule that says so."""

    label: str
    rule: str
    site_share: float
    repeats: int | None = None  # the block of the page that it prints again


@dataclass(frozen=True, slots=True)
class FurnitureRules:
    """Thresholds of the verdicts; figures are words unless said."""

    # A short block is furniture on its second story; a paragraph of background may be printed
    # twice by the same writer, so prose needs a third story and a fair share of the site.
    min_stories_short: int = 2
    min_stories_prose: int = 3
    min_share_prose: float = 0.25
    # Prose: closes as a sentence and is longer than any label or link.
    min_prose_words: int = 9
    # "He agreed." is prose too, if less surely.
    min_short_sentence_words: int = 3
    # Weights of the stretch that is the story: a paragraph counts its words up to 40, so that
    # one wall of text cannot outweigh a page; a line of anything else costs 6.
    max_prose_weight: int = 40
    other_weight: int = -6
    furniture_weight: int = -2
    # A story of fewer words is a teaser or a stray sentence, but where it is most of its page.
    min_story_words: int = 30
    min_brief_words: int = 9
    min_brief_share: float = 0.5
    max_title_words: int = 25
    max_title_share: float = 0.7
    max_crosshead_words: int = 6
    max_attribution_words: int = 7
    # A pull quote repeats a paragraph in runs of so many words, most of its own; what reads as a
    # sentence of the story must repeat nearly all of another. Shorter runs and shares take
    # headings and points of lists that share a phrase with the text for pull quotes: .0013 of
    # word F1 on the development pages.
    min_pull_quote_words: int = 7
    repeated_run: int = 5
    min_repeated_share: float = 0.7
    min_repeated_share_prose: float = 0.8
    # What so many blocks print is a formula; looking further would cost the square of a page
    # that prints one line ten thousand times.
    max_run_copies: int = 20
    # Links make up a navigation block; a story's own links do not.
    max_link_share: float = 0.5
    # So far above the first block that may be story a headline, below the last one a credit.
    max_head_blocks: int = 40
    max_foot_blocks: int = 6


RULES = FurnitureRules()


@dataclass(frozen=True)
class Candidate:
    """A block with what the rules ask of it, each answer worked out once and when asked for."""

    block: PageBlock
    site_share: float
    story_count: int
    copies: int  # blocks of the same text on the page
    above: PageBlock | None = None
    below: PageBlock | None = None
    index: int = 0  # of the block on its page

    @cached_property
    def words(self) -> list[str]:
        return words(self.block.text)

    @cached_property
    def word_count(self) -> int:
        return measured_words(self.block.text)

    @cached_property
    def is_closed(self) -> bool:
        return ends_as_sentence(self.block.text)

    @cached_property
    def is_credit(self) -> bool:
        return printed.is_credit(self.block.text)

    @cached_property
    def is_date_line(self) -> bool:
        return printed.is_date_line(self.block.text)

    @cached_property
    def is_byline(self) -> bool:
        return printed.is_byline(self.block.text)

    @cached_property
    def is_names(self) -> bool:
        return printed.is_names(self.block.text)

    @cached_property
    def folded(self) -> str:
        return fold(self.block.text)

    @cached_property
    def is_listed(self) -> bool:
        """Whether its element is a point of a list or set as it is."""
        return LISTED.search(self.block.path) is not None

    @cached_property
    def is_prose_to_boilerpipe(self) -> bool:
        """boilerpy3's own verdict, by the words and links of the block and its neighbours."""
        above, own, below = map(_text_block, (self.above, self.block, self.below))
        NumWordsRulesClassifier().classify(above, own, below)
        return bool(own.is_content)


def candidates_of(
    page: Page, profile: Profile, first: int = 0, after: int | None = None
) -> list[Candidate]:
    """The page's blocks from `first` up to `after` as candidates, in their order."""
    copies = Counter([b.text.lower() for b in page.blocks])
    around: list[PageBlock | None] = [None, *page.blocks, None]
    return [
        Candidate(
            block,
            *recurrence(block, profile),
            copies[block.text.lower()],
            around[number],
            around[number + 2],
            number,
        )
        for number, block in enumerate(page.blocks[first:after], start=first)
    ]


def recurrence(block: PageBlock, profile: Profile) -> tuple[float, int]:
    """Share and count of the site's stories that carry the block."""
    seen = profile.get(fingerprint(block.text)) if profile else None
    return (seen.site_share, seen.story_count) if seen else (0.0, 1)


def _text_block(block: PageBlock | None) -> TextBlock:
    """The block as boilerpipe counts it; beyond the page stands an empty one."""
    if block is None:
        return TextBlock.EMPTY_START
    count = measured_words(block.text)
    return TextBlock(
        block.text,
        num_words=count,
        num_words_in_anchor_text=round(count * block.link_share),
        # Boilerpipe wraps text at 80 characters to measure its density.
        num_words_in_wrapped_lines=count,
        num_wrapped_lines=max(1, len(block.text) // 80),
    )
